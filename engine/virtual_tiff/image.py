"""One image of a virtual TIFF: the pixels or the mask of one level, cut into blocks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np

from ..model.data_types import Array
from ..model.grid import Level, TileKey, Window
from ..reading.flac_raster import FlacRaster
from ..tile.decoding import Tile
from .pixels import to_samples
from .read_ahead import Runs
from .tiles import CachedTiles

#: Tags of the arrays that say where blocks are.
OFFSETS, BYTE_COUNTS = 324, 325
#: Bytes of blocks whose tiles are read and decoded together.
_BATCH = 16 << 20
#: Blocks have tiles' sizes up to this many pixels, of which larger tiles are cut into several.
_LARGEST, _SMALLEST = 1024, 128


@dataclass(frozen=True)
class Samples:
    """How a TIFF stores the pixels of an image: bits per sample and sample format, as in a TIFF.

    ``bands`` are those of the raster, from 0, that it has. In a chunky image a block has all bands;
    else each band has blocks of its own. ``fills_nodata`` says whether GDAL fills in the pixels of
    blocks that take no bytes. A mask, ``is_mask``, has a bit per pixel, and is that of a band.
    """

    bits: int
    format: int
    bands: tuple[int, ...]
    is_chunky: bool
    fills_nodata: bool
    is_mask: bool = False


#: The mask of the first band.
MASK = Samples(1, 1, bands=(0,), is_chunky=True, fills_nodata=False, is_mask=True)


class Image:
    """Blocks of equal size, one behind the other: row by row, band by band unless chunky.

    ``window`` is the part of the level that the image shows.
    """

    def __init__(
        self, raster: FlacRaster, tiles: CachedTiles, level: Level, window: Window, samples: Samples
    ):
        self.level, self.window, self.samples = level, window, samples
        self._raster, self._tiles = raster, tiles
        self.block_width = _block_side(level.tile_size, window.width)
        self.block_height = _block_side(level.tile_size, window.height)
        self._columns = -(-window.width // self.block_width)
        self._rows = -(-window.height // self.block_height)
        bands = len(samples.bands) if samples.is_chunky else 1
        #: Bytes of each block.
        self.block_bytes = self.block_height * -(-self.block_width * bands * samples.bits // 8)
        planes = 1 if samples.is_chunky else len(samples.bands)
        self.block_count = planes * self._rows * self._columns
        #: First byte of the first block in the file.
        self.offset = 0
        self._runs = Runs()
        self._has_empty_blocks = (
            samples.fills_nodata
            and window == level.window
            and (self._columns == 1 or level.tile_size % self.block_width == 0)
            and (self._rows == 1 or level.tile_size % self.block_height == 0)
        )

    @property
    def is_mask(self) -> bool:
        """Whether it is the mask of a level, not its pixels."""
        return self.samples.is_mask

    @property
    def size(self) -> int:
        """Bytes of all blocks."""
        return self.block_count * self.block_bytes

    def array(self, tag: int, start: int, stop: int) -> bytes:
        """Return some elements of the array of the blocks' offsets or byte counts."""
        numbers = np.arange(start, stop, dtype=np.int64)
        values = np.full(len(numbers), self.block_bytes, np.uint64)
        if tag == OFFSETS:
            values = numbers.astype(np.uint64) * values + np.uint64(self.offset)
        values[~self._takes_bytes(numbers)] = 0
        return values.astype("<u8").tobytes()

    def blocks(self, start: int, stop: int) -> Iterator[bytes]:
        """Yield the bytes of some blocks; the tiles of several are read together."""
        step = max(1, _BATCH // self.block_bytes)
        for first in range(start, stop, step):
            last = min(first + step, stop)
            keys = self._keys(first, last)
            tiles = self._tiles.read(_distinct(keys))
            self._read_ahead(first, last)
            for number, of_block in enumerate(keys, start=first):
                window, bands = self._contents(number)
                found = {key: tiles[key] for key in of_block}
                yield (
                    self._mask(window, found)
                    if self.is_mask
                    else self._pixels(window, bands, found)
                )

    def _read_ahead(self, start: int, stop: int) -> None:
        """Decode what follows some blocks that are read, at most as much as the reader has read.

        But only for a reader of whole rows of blocks; another one reads a window.
        """
        run = self._runs.extend(start, stop, self._are_empty)
        if run == stop - start:  # the reader has moved
            self._tiles.cancel()
        if run >= self._columns:
            plane = start // (self._rows * self._columns)
            room = self._tiles.room((self.level.number, self.is_mask, plane))
            parts = max(1, self.level.tile_size**2 // (self.block_width * self.block_height))
            last = min(stop + min(run, room * parts), self.block_count)
            self._tiles.read_ahead(_distinct(self._keys(stop, last))[:room])

    def _keys(self, start: int, stop: int) -> list[list[TileKey]]:
        """Return the tiles that each of some blocks needs."""
        stored = self._takes_bytes(np.arange(start, stop))
        return [
            self.level.keys_in(*self._contents(number)) if is_stored else []
            for number, is_stored in enumerate(stored, start=start)
        ]

    def _are_empty(self, start: int, stop: int) -> bool:
        return not self._takes_bytes(np.arange(start, stop)).any()

    def _takes_bytes(self, numbers: Array) -> Array:
        """Whether blocks take bytes: not where GDAL fills in pixels of tiles that take none."""
        if not self._has_empty_blocks:
            return np.ones(len(numbers), bool)
        plane, block = np.divmod(numbers, self._rows * self._columns)
        row, column = np.divmod(block, self._columns)
        size, bands = self.level.tile_size, np.array(self.samples.bands)
        rows, columns = row * self.block_height // size, column * self.block_width // size
        index = self._raster.head.index
        return index.takes_bytes(self.level.number, rows, columns, bands[plane])

    def _contents(self, number: int) -> tuple[Window, Sequence[int]]:
        """Return the pixels of the level and the bands, from 0, that a block has."""
        plane, block = divmod(number, self._rows * self._columns)
        row, column = divmod(block, self._columns)
        width, height = self.block_width, self.block_height
        left = self.window.col_off + column * width
        top = self.window.row_off + row * height
        window = Window(left, top, width, height).intersection(self.window)
        bands = self.samples.bands
        return window, bands if self.samples.is_chunky else bands[plane : plane + 1]

    def _pixels(self, window: Window, bands: Sequence[int], tiles: Mapping[TileKey, Tile]) -> bytes:
        block = np.zeros((self.block_height, self.block_width, len(bands)), self._raster.dtype)
        for key, tile in tiles.items():
            target, source = self._raster.grid.overlap(key, window)
            held = self._raster.grid.tile_band_range(key)
            for index, band in enumerate(bands):
                if band in held:
                    block[target][..., index] = tile.pixels[band - held.start][source]
        rows = block.reshape(self.block_height, -1)
        return to_samples(rows, self.samples.bits, self.samples.format)

    def _mask(self, window: Window, tiles: Mapping[TileKey, Tile]) -> bytes:
        block = np.zeros((self.block_height, self.block_width), bool)
        block[: window.height, : window.width] = True
        for key, tile in tiles.items():
            if tile.mask is not None:
                target, source = self._raster.grid.overlap(key, window)
                block[target] = tile.mask[source]
        return np.packbits(block, axis=1).tobytes()


def _distinct(keys: list[list[TileKey]]) -> list[TileKey]:
    return list(dict.fromkeys(chain.from_iterable(keys)))


def _block_side(tile_size: int, pixels: int) -> int:
    """Return a multiple of 16: a tile's side or an even part of it, no longer than needed."""
    side = next(
        (n for n in range(_LARGEST, _SMALLEST - 1, -16) if tile_size % n == 0), _LARGEST // 2
    )
    return min(tile_size if tile_size <= _LARGEST else side, -(-pixels // 16) * 16)
