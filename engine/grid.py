"""Where pixels are: windows, the affine transform, and the pyramid of levels cut into square tiles.

Level 0 is full resolution; each further level halves width and height, rounding up, so one pixel of
level ``n`` covers exactly ``2**n`` pixels of level 0 in each direction (the last row and column may
hang over the edge).
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from .errors import InputError

#: Affine transform ``(a, b, c, d, e, f)``: ``x = a * column + b * row + c``, ``y = d * column + e *
#: row + f``.
Transform = tuple[float, float, float, float, float, float]
#: ``(xmin, ymin, xmax, ymax)`` in the units of the CRS.
Bounds = tuple[float, float, float, float]

IDENTITY: Transform = (1.0, 0.0, 0.0, 0.0, 1.0, 0.0)


class Window(NamedTuple):
    """A rectangle of pixels of one level: offsets of its upper left pixel, then its size."""

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
        """Return the common part; its width or height is 0 when there is none."""
        left = max(self.col_off, other.col_off)
        top = max(self.row_off, other.row_off)
        right = min(self.col_off + self.width, other.col_off + other.width)
        bottom = min(self.row_off + self.height, other.row_off + other.height)
        return Window(left, top, max(0, right - left), max(0, bottom - top))

    def relative_to(self, origin: Window) -> Window:
        """Return the same rectangle counted from the upper left pixel of ``origin``."""
        return self._replace(
            col_off=self.col_off - origin.col_off, row_off=self.row_off - origin.row_off
        )


class TileKey(NamedTuple):
    """Which tile: its level, and its row and column in the level's grid of tiles."""

    level: int
    row: int
    column: int

    @property
    def parent(self) -> TileKey:
        """The tile of the next coarser level that shows the same place."""
        return TileKey(self.level + 1, self.row // 2, self.column // 2)

    def __str__(self) -> str:
        return f"level {self.level}, row {self.row}, column {self.column}"


@dataclass(frozen=True)
class Level:
    """One resolution of the pyramid."""

    number: int
    width: int
    height: int
    tile_size: int

    @property
    def window(self) -> Window:
        """All pixels of the level."""
        return Window(0, 0, self.width, self.height)

    @property
    def rows(self) -> int:
        """Number of tile rows."""
        return -(-self.height // self.tile_size)

    @property
    def columns(self) -> int:
        """Number of tile columns."""
        return -(-self.width // self.tile_size)

    @property
    def tile_count(self) -> int:
        """Number of tiles."""
        return self.rows * self.columns

    def tile_window(self, row: int, column: int) -> Window:
        """Pixels of one tile; tiles at the right and bottom edge are cut to the level."""
        size = self.tile_size
        return Window(column * size, row * size, size, size).intersection(self.window)

    def keys(self) -> Iterator[TileKey]:
        """All tiles, row by row: their order in the file."""
        for row in range(self.rows):
            for column in range(self.columns):
                yield TileKey(self.number, row, column)

    def keys_in(self, window: Window) -> list[TileKey]:
        """Tiles that share at least one pixel with ``window``, in the order of the file."""
        inside = window.intersection(self.window)
        if not inside.width or not inside.height:
            return []
        size = self.tile_size
        rows = range(inside.row_off // size, (inside.row_off + inside.height - 1) // size + 1)
        columns = range(inside.col_off // size, (inside.col_off + inside.width - 1) // size + 1)
        return [TileKey(self.number, row, column) for row in rows for column in columns]


@dataclass(frozen=True)
class Grid:
    """The pyramid of a raster of ``width`` × ``height`` pixels with ``level_count`` levels."""

    width: int
    height: int
    tile_size: int
    level_count: int

    @classmethod
    def pyramid(cls, width: int, height: int, tile_size: int) -> Grid:
        """Halve until one tile holds the whole level."""
        count = 1
        while max(halved(width, count - 1), halved(height, count - 1)) > tile_size:
            count += 1
        return cls(width, height, tile_size, count)

    @cached_property
    def levels(self) -> tuple[Level, ...]:
        """Finest first, so that ``levels[n]`` is level ``n``."""
        return tuple(
            Level(n, halved(self.width, n), halved(self.height, n), self.tile_size)
            for n in range(self.level_count)
        )

    @property
    def tile_count(self) -> int:
        """Number of tiles of all levels."""
        return sum(level.tile_count for level in self.levels)

    def keys(self) -> Iterator[TileKey]:
        """All tiles in the order of the file: coarsest level first, each row by row."""
        for level in reversed(self.levels):
            yield from level.keys()

    def tile_window(self, key: TileKey) -> Window:
        """Pixels of the tile in its level."""
        return self.levels[key.level].tile_window(key.row, key.column)


def halved(size: int, times: int) -> int:
    """Return ``size`` divided by two ``times`` times, rounding up each time."""
    return -(-size >> times)


# ---------------------------------------------------------------- pixels and map coordinates


def level_transform(transform: Transform, level: int) -> Transform:
    """Transform of a coarser level: same origin, pixels ``2**level`` times as large."""
    a, b, c, d, e, f = transform
    factor = float(2**level)
    return (a * factor, b * factor, c, d * factor, e * factor, f)


def window_transform(transform: Transform, window: Window) -> Transform:
    """Transform of a part of a raster: same pixels, origin moved to the window's corner."""
    x, y = pixel_to_map(transform, window.col_off, window.row_off)
    a, b, _, d, e, _ = transform
    return (a, b, x, d, e, y)


def pixel_to_map(transform: Transform, column: float, row: float) -> tuple[float, float]:
    """Map coordinates of a pixel position; whole numbers are pixel corners."""
    a, b, c, d, e, f = transform
    return (a * column + b * row + c, d * column + e * row + f)


def map_to_pixel(transform: Transform, x: float, y: float) -> tuple[float, float]:
    """Pixel position ``(column, row)`` of map coordinates.

    Raises
    ------
    InputError
        If the transform is singular, so that no pixel position exists.
    """
    a, b, c, d, e, f = transform
    determinant = a * e - b * d
    if determinant == 0 or not math.isfinite(determinant):
        raise InputError(f"The transform {transform} cannot be inverted: its pixels have no area.")
    return (
        (e * (x - c) - b * (y - f)) / determinant,
        (a * (y - f) - d * (x - c)) / determinant,
    )


def window_bounds(transform: Transform, window: Window) -> Bounds:
    """Smallest upright rectangle on the map that holds the window (any rotation)."""
    corners = [
        pixel_to_map(transform, column, row)
        for column in (window.col_off, window.col_off + window.width)
        for row in (window.row_off, window.row_off + window.height)
    ]
    xs, ys = zip(*corners)
    return (min(xs), min(ys), max(xs), max(ys))


def bounds_window(transform: Transform, bounds: Bounds, level: Level) -> Window:
    """Pixels of a level that a bbox touches with more than an edge, clipped to the level.

    Parameters
    ----------
    transform : Transform
        Of this level (see `level_transform`).
    bounds : Bounds
        In the CRS of the raster; ``xmin <= xmax`` and ``ymin <= ymax``.
    level : Level
        Clips the result.

    Raises
    ------
    InputError
        If the bounds are not ordered, finite numbers.
    """
    xmin, ymin, xmax, ymax = bounds
    if not all(map(math.isfinite, bounds)) or xmin > xmax or ymin > ymax:
        raise InputError(
            f"The bbox {bounds} is not (xmin, ymin, xmax, ymax) with xmin <= xmax and ymin <= ymax."
        )
    corners = [map_to_pixel(transform, x, y) for x in (xmin, xmax) for y in (ymin, ymax)]
    columns, rows = zip(*corners)
    left, right = _covered(min(columns), max(columns), level.width)
    top, bottom = _covered(min(rows), max(rows), level.height)
    return Window(left, top, right - left, bottom - top)


#: Pixel positions nearer than this to a pixel edge count as the edge: a bbox written with a few
#: decimals, meant to end on an edge, must not pull in a further row of pixels by a rounding error
#: of the inverse transform.
_EDGE = 1e-6


def _covered(low: float, high: float, size: int) -> tuple[int, int]:
    """First and past-the-last pixel of ``low..high``, at least one, clipped to 0..size."""
    first = math.floor(low + _EDGE)
    last = max(math.ceil(high - _EDGE), first + 1)
    return min(max(first, 0), size), min(max(last, 0), size)
