"""Windows, and the pyramid of levels divided into tiles.

Level 0 is full resolution; each further level halves width and height, rounding up, so one pixel of
level ``n`` covers exactly ``2**n`` pixels of level 0 in each direction (the last row and column may
extend beyond the edge). Each level is divided into blocks, and the bands of a block into tiles of
one or more bands each.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

#: Supported widths and heights of tiles, in pixels.
TILE_SIZES = range(16, 8193, 16)


class Window(NamedTuple):
    """Rectangle of pixels of one level: offsets of the upper left pixel, width and height."""

    col_off: int
    row_off: int
    width: int
    height: int

    @property
    def slices(self) -> tuple[slice, slice]:
        """Row and column slices into an array of the level."""
        return (
            slice(self.row_off, self.row_off + self.height),
            slice(self.col_off, self.col_off + self.width),
        )

    def intersection(self, other: Window) -> Window:
        """Return the intersection; its width or height is 0 if it is empty."""
        left = max(self.col_off, other.col_off)
        top = max(self.row_off, other.row_off)
        right = min(self.col_off + self.width, other.col_off + other.width)
        bottom = min(self.row_off + self.height, other.row_off + other.height)
        return Window(left, top, max(0, right - left), max(0, bottom - top))

    def relative_to(self, origin: Window) -> Window:
        """Return the window relative to the upper left pixel of another one."""
        return self._replace(
            col_off=self.col_off - origin.col_off, row_off=self.row_off - origin.row_off
        )


def default_tile_size(width: int, height: int) -> int:
    """Return the default width and height of tiles.

    Small rasters, which are mostly read whole, have large tiles, which are faster to read and
    write; large rasters, which are read in windows, have small tiles; see docs/format.md for the
    measurements. A raster thinner than a tile has longer tiles with the same number of pixels.
    """
    pixels = width * height
    side = 1024 if pixels <= 2048**2 else 512 if pixels <= 4096**2 else 256
    short, long = sorted((width, height))
    if short >= side or long <= side:
        return side
    length = min(-(-(side**2) // short), long, TILE_SIZES[-1])
    return -(-length // TILE_SIZES.step) * TILE_SIZES.step


class TileKey(NamedTuple):
    """Key of a tile: level, row and column of its block, and first band, counted from 0."""

    level: int
    row: int
    column: int
    band: int = 0

    @property
    def parent(self) -> TileKey:
        """The tile of the next coarser level that covers the same area."""
        return TileKey(self.level + 1, self.row // 2, self.column // 2, self.band)

    def __str__(self) -> str:
        block = f"level {self.level}, row {self.row}, column {self.column}"
        return f"{block}, from band {self.band + 1}" if self.band else block


@dataclass(frozen=True)
class Level:
    """Resolution of the pyramid.

    Parameters
    ----------
    number : int
    width, height : int
        Pixels.
    tile_size : int
    band_starts : range
        First band of each tile of a block.
    """

    number: int
    width: int
    height: int
    tile_size: int
    band_starts: range = range(1)

    @property
    def window(self) -> Window:
        """All pixels of the level."""
        return Window(0, 0, self.width, self.height)

    @property
    def tile_rows(self) -> int:
        """Number of rows of tiles."""
        return -(-self.height // self.tile_size)

    @property
    def tile_columns(self) -> int:
        """Number of columns of tiles."""
        return -(-self.width // self.tile_size)

    @property
    def tile_pixels(self) -> int:
        """Number of pixels of the largest tile, in one band."""
        return min(self.tile_size, self.width) * min(self.tile_size, self.height)

    @property
    def tile_count(self) -> int:
        """Number of tiles."""
        return self.tile_rows * self.tile_columns * len(self.band_starts)

    def tile_window(self, row: int, column: int) -> Window:
        """Return the window of a tile; tiles are clipped at the right and bottom edge."""
        size = self.tile_size
        return Window(column * size, row * size, size, size).intersection(self.window)

    def keys(self) -> Iterator[TileKey]:
        """Yield all tiles in file order: by row, column and band."""
        for row in range(self.tile_rows):
            for column in range(self.tile_columns):
                for band in self.band_starts:
                    yield TileKey(self.number, row, column, band)

    def first_band(self, band: int) -> int:
        """Return the first band of the tiles that contain a band."""
        return band - band % self.band_starts.step

    def keys_in(self, window: Window, bands: Iterable[int] | None = None) -> list[TileKey]:
        """Return the tiles that intersect a window, in file order.

        Only tiles that contain one of the bands, counted from 0; default all.
        """
        rows, columns = self.blocks_in(window)
        starts = self.tile_starts(bands)
        return [
            TileKey(self.number, row, column, band)
            for row in rows
            for column in columns
            for band in starts
        ]

    def blocks_in(self, window: Window) -> tuple[range, range]:
        """Return the rows and columns of the blocks that intersect a window."""
        inside = window.intersection(self.window)
        if not inside.width or not inside.height:
            return range(0), range(0)
        size = self.tile_size
        return (
            range(inside.row_off // size, (inside.row_off + inside.height - 1) // size + 1),
            range(inside.col_off // size, (inside.col_off + inside.width - 1) // size + 1),
        )

    def tile_starts(self, bands: Iterable[int] | None = None) -> Sequence[int]:
        """Return the first bands of the tiles that contain some bands (from 0; default all)."""
        return self.band_starts if bands is None else sorted({*map(self.first_band, bands)})


@dataclass(frozen=True)
class Grid:
    """Pyramid of a raster, divided into tiles.

    Parameters
    ----------
    width, height : int
        Pixels of level 0.
    tile_size : int
    level_count : int
    bands : int
        Number of bands of the raster.
    tile_bands : int
        Number of bands per tile; the last tile of a block may have fewer.
    """

    width: int
    height: int
    tile_size: int
    level_count: int
    bands: int = 1
    tile_bands: int = 1

    @classmethod
    def pyramid(
        cls, width: int, height: int, tile_size: int, bands: int = 1, tile_bands: int = 1
    ) -> Grid:
        """Return a grid with levels down to one that fits into one block."""
        count = 1
        while max(halve_size(width, count - 1), halve_size(height, count - 1)) > tile_size:
            count += 1
        return cls(width, height, tile_size, count, bands, tile_bands)

    @cached_property
    def levels(self) -> tuple[Level, ...]:
        """Levels from 0 on."""
        starts = range(0, self.bands, self.tile_bands)
        return tuple(
            Level(n, halve_size(self.width, n), halve_size(self.height, n), self.tile_size, starts)
            for n in range(self.level_count)
        )

    @property
    def tile_count(self) -> int:
        """Number of tiles of all levels."""
        return sum(level.tile_count for level in self.levels)

    def keys(self) -> Iterator[TileKey]:
        """Yield all tiles in file order: coarsest level first, each as in `Level.keys`."""
        for level in reversed(self.levels):
            yield from level.keys()

    def tile_window(self, key: TileKey) -> Window:
        """Return the window of a tile in its level."""
        return self.levels[key.level].tile_window(key.row, key.column)

    def overlap(
        self, key: TileKey, window: Window
    ) -> tuple[tuple[slice, slice], tuple[slice, slice]]:
        """Return the slices of the common pixels in a window of a tile's level and in the tile."""
        covered = self.tile_window(key)
        common = covered.intersection(window)
        return common.relative_to(window).slices, common.relative_to(covered).slices

    def tile_band_range(self, key: TileKey) -> range:
        """Return the bands of a tile, counted from 0."""
        return range(key.band, min(key.band + self.tile_bands, self.bands))

    def requested_bands(self, key: TileKey, bands: Collection[int] | None) -> list[int]:
        """Return the requested bands (from 1; default all) that a tile contains, counted from 0."""
        return [n for n in self.tile_band_range(key) if bands is None or n + 1 in bands]


def halve_size(size: int, times: int) -> int:
    """Return a size halved a number of times, rounding up each time."""
    return -(-size >> times)


#: Relative tolerance when a level is selected by its resolution.
_RESOLUTION_ROUNDING = 1e-6


def is_fine_enough(reduction: float) -> bool:
    """Whether pixels of level 0 are no larger than ``reduction`` times themselves."""
    return reduction * (1 + _RESOLUTION_ROUNDING) >= 1


def level_for_resolution(grid: Grid, reduction: float) -> Level:
    """Return the coarsest level whose pixels are at most ``reduction`` times those of level 0."""
    if not reduction > 1:
        return grid.levels[0]
    times = math.floor(math.log2(reduction * (1 + _RESOLUTION_ROUNDING)))
    return grid.levels[min(times, grid.level_count - 1)]
