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
from .pixels import CachedTiles, to_samples

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
            numbers = range(first, min(first + step, stop))
            contents = [self._contents(number) for number in numbers]
            stored = self._takes_bytes(np.array(numbers))
            keys = [
                self.level.keys_in(*content) if is_stored else []
                for content, is_stored in zip(contents, stored)
            ]
            tiles = self._tiles.read(list(dict.fromkeys(chain.from_iterable(keys))))
            for (window, bands), of_block in zip(contents, keys):
                found = {key: tiles[key] for key in of_block}
                yield (
                    self._mask(window, found)
                    if self.is_mask
                    else self._pixels(window, bands, found)
                )

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


def _block_side(tile_size: int, pixels: int) -> int:
    """Return a multiple of 16: a tile's side or an even part of it, no longer than needed."""
    side = next(
        (n for n in range(_LARGEST, _SMALLEST - 1, -16) if tile_size % n == 0), _LARGEST // 2
    )
    return min(tile_size if tile_size <= _LARGEST else side, -(-pixels // 16) * 16)
