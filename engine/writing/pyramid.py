"""Encode the tiles of a raster and build its overviews, on any executor."""

from __future__ import annotations

from collections import deque
from collections.abc import Generator, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Union

import numpy as np

from .._version import __version__
from ..coding.gil_contention import serialize_small_ops
from ..errors import WorkerError
from ..job import NO_JOB, Job
from ..model.data_types import Array
from ..model.grid import Grid, TileKey, Window
from ..model.metadata import Number, RasterMetadata
from ..model.raster import MaskedPixels
from ..parallel.ordered import Call
from ..parallel.raster_reference import RasterWindow
from ..tile.encoding import EncodedTile, encode_tile
from . import overviews

#: Pixels of a block: sent with the call, or read by the worker.
Pixels = Union[MaskedPixels, RasterWindow]


@dataclass(frozen=True)
class EncodingSpec:
    """What workers need to encode the blocks of a raster."""

    grid: Grid
    #: One value or None per band.
    nodata: Sequence[Number | None]
    #: As in `WriteOptions`.
    effort: str
    compression_level: int | None
    #: Of downsampling, see `overviews.downsample`.
    method: str
    #: Of the package that writes the file; other versions may produce different bytes.
    version: str = __version__
    #: Checked between tiles, because a block of thousands of bands takes long; not in other
    #: processes.
    job: Job = NO_JOB


class EncodedBlock(NamedTuple):
    """The encoded tiles of a block, and its downsampled pixels, except at the coarsest level."""

    key: TileKey
    tiles: dict[TileKey, EncodedTile]
    half: MaskedPixels | None


def encode_block(encoding: EncodingSpec, key: TileKey, pixels: Pixels) -> EncodedBlock:
    """Encode all bands of a block, whose first tile is ``key``, and downsample it; in workers."""
    if encoding.version != __version__:
        raise WorkerError("worker.version", found=__version__, expected=encoding.version)
    array, mask = pixels.read() if isinstance(pixels, RasterWindow) else pixels
    # the first stream of the file carries the tags and must not be empty
    first = TileKey(encoding.grid.level_count - 1, 0, 0)
    tiles = {}
    with serialize_small_ops(array[0].size):  # more bands are more operations, not longer ones
        for band in encoding.grid.levels[key.level].band_starts:
            encoding.job.check()
            tile = key._replace(band=band)
            bands = encoding.grid.tile_band_range(tile)
            own = slice(bands.start, bands.stop)
            tiles[tile] = encode_tile(
                tile,
                array[own],
                mask,
                encoding.nodata[own],
                encoding.effort,
                encoding.compression_level,
                allow_empty=tile != first,
            )
        half = None
        if key.level != first.level:
            half = overviews.downsample(array, mask, encoding.nodata, encoding.method)
    return EncodedBlock(key, tiles, half)


@dataclass
class _Parent:
    """A block of an overview, filled by up to four blocks of the finer level."""

    array: Array
    mask: Array | None
    missing: int


class PyramidBuilder:
    """Calls that encode all tiles of a raster, overviews included."""

    def __init__(self, metadata: RasterMetadata, encoding: EncodingSpec, name: str):
        self._grid, self._metadata, self._encoding = encoding.grid, metadata, encoding
        self._name = name
        self._parents: dict[TileKey, _Parent] = {}
        self._filled: deque[TileKey] = deque()
        self._in_flight = 0

    def calls(
        self, tiles: Iterable[tuple[TileKey, Pixels]]
    ) -> Generator[Call[EncodedBlock] | None, None, None]:
        """Yield the calls for `map_ordered`; each result must be passed to `add`.

        The order of the tiles, which are of level 0, is that of `traversal.iter_tile_pixels`.
        Overviews are encoded as soon as they are filled, so that few of them are in memory.
        """
        for key, pixels in tiles:
            while self._filled:
                yield self._parent_call()
            yield self._call(key, pixels)
        while self._filled or self._in_flight:
            yield self._parent_call() if self._filled else None

    def add(self, block: EncodedBlock) -> None:
        """Copy the downsampled pixels of an encoded block into its parent."""
        self._in_flight -= 1
        if block.half is None:
            return
        (array, mask), key = block.half, block.key.parent
        if key not in self._parents:
            self._parents[key] = self._new_parent(key)
        parent = self._parents[key]
        half = self._grid.tile_size // 2
        top, left = (block.key.row % 2) * half, (block.key.column % 2) * half
        place = Window(left, top, array.shape[2], array.shape[1]).slices
        parent.array[(slice(None), *place)] = array
        if mask is not None and parent.mask is not None:  # all have one, or none
            parent.mask[place] = mask
        parent.missing -= 1
        if not parent.missing:
            self._filled.append(key)

    def _parent_call(self) -> Call[EncodedBlock]:
        key = self._filled.popleft()
        parent = self._parents.pop(key)
        return self._call(key, (parent.array, parent.mask))

    def _call(self, key: TileKey, pixels: Pixels) -> Call[EncodedBlock]:
        self._in_flight += 1
        name = f"{self._name}, tile {key} ({self._grid.tile_window(key)})"
        return Call(name, encode_block, self._encoding, key, pixels)

    def _new_parent(self, key: TileKey) -> _Parent:
        window = self._grid.tile_window(key)
        shape = (window.height, window.width)
        finer = self._grid.levels[key.level - 1]
        children = min(2, finer.tile_rows - 2 * key.row) * min(
            2, finer.tile_columns - 2 * key.column
        )
        return _Parent(
            np.empty((self._metadata.count, *shape), self._metadata.dtype),
            np.empty(shape, bool) if self._metadata.has_mask else None,
            children,
        )
