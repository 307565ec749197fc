"""Minimum, maximum, mean and deviation, and the pixels of an area to take them from."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from ..engine.grid import Bounds, Grid, Level, Window, level_transform
from ..engine.overlap import bounds_window
from ..engine.tile_set import TileSet
from .georeference import Georeference


@dataclass(frozen=True)
class Moments:
    """What is known of a set of values.

    Parameters
    ----------
    count : int
    minimum, maximum, total, mean : float
    squares : float
        Sum of the squared differences from the mean.
    """

    count: int = 0
    minimum: float = math.inf
    maximum: float = -math.inf
    total: float = 0.0
    mean: float = 0.0
    squares: float = 0.0

    @classmethod
    def of(cls, values: np.ndarray) -> Moments:
        """Take them from an array of float64."""
        if not values.size:
            return cls()
        with np.errstate(all="ignore"):
            total = float(values.sum())
            mean = total / values.size
            squares = float(np.square(values - mean).sum())
        return cls(values.size, float(values.min()), float(values.max()), total, mean, squares)

    @classmethod
    def of_equal(cls, value: float, count: int) -> Moments:
        """Take them from the same value, many times."""
        return cls(count, value, value, value * count, value) if count else cls()

    def joined(self, other: Moments) -> Moments:
        """Return those of both sets together."""
        if not self.count or not other.count:
            return self if self.count else other
        count = self.count + other.count
        apart = other.mean - self.mean
        return Moments(
            count,
            min(self.minimum, other.minimum),
            max(self.maximum, other.maximum),
            self.total + other.total,
            self.mean + apart * other.count / count,
            self.squares + other.squares + apart * apart * self.count * other.count / count,
        )

    @property
    def deviation(self) -> float:
        """Standard deviation of the population that the values are a sample of."""
        return math.sqrt(self.squares / (self.count - 1)) if self.count > 1 else 0.0


@dataclass(frozen=True)
class Area:
    """The pixels of one level whose centres lie in a rectangle of the map.

    Parameters
    ----------
    place : Georeference
    level : Level
    bounds : Bounds
    window : Window
        Holds all these pixels, and for a rotated raster others as well.
    """

    place: Georeference
    level: Level
    bounds: Bounds
    window: Window

    @classmethod
    def of(cls, place: Georeference, level: Level, bounds: Bounds) -> Area:
        """Find the pixels of a level."""
        window = bounds_window(level_transform(place.transform, level.number), bounds, level)
        return cls(place, level, bounds, window)

    def keys(self, band: int) -> TileSet:
        """Tiles that hold pixels of the area of a band, counted from 0."""
        return TileSet.in_window(self.level, self.window, (band,))

    def pixel_count(self) -> int:
        """Count the pixels of the area."""
        if not self.place.axis_aligned:
            windows = (self.level.tile_window(key.row, key.column) for key in self.keys(0))
            return sum(int(np.count_nonzero(self.selection(one))) for one in windows)
        a, _, c, _, e, f = level_transform(self.place.transform, self.level.number)
        left, top, width, height = self.window
        xmin, ymin, xmax, ymax = self.bounds
        return _centers(left, width, a, c, xmin, xmax) * _centers(top, height, e, f, ymin, ymax)

    def selection(self, window: Window) -> np.ndarray:
        """Say which pixels of a window of the level belong to the area."""
        a, b, c, d, e, f = level_transform(self.place.transform, self.level.number)
        xmin, ymin, xmax, ymax = self.bounds
        columns = window.col_off + np.arange(window.width) + 0.5
        rows = (window.row_off + np.arange(window.height) + 0.5)[:, np.newaxis]
        xs, ys = a * columns + b * rows + c, d * columns + e * rows + f
        return (xs >= xmin) & (xs <= xmax) & (ys >= ymin) & (ys <= ymax)


def _centers(first: int, count: int, step: float, origin: float, low: float, high: float) -> int:
    """Count pixels along an axis whose centers lie between two coordinates.

    They touch the space between these, so that only the outermost centers can lie outside.
    """
    last = first + count - 1
    ends = {n for n in (first, first + 1, last - 1, last) if first <= n <= last}
    inside = sum(low <= step * (n + 0.5) + origin <= high for n in ends)
    return count - len(ends) + inside


def sampling_level(place: Georeference, grid: Grid, bounds: Bounds, sample_size: int) -> Level:
    """Coarsest level with ``sample_size`` pixels in an area; level 0 for a size of 0."""
    if sample_size > 0:
        for level in reversed(grid.levels):
            window = Area.of(place, level, bounds).window
            if window.width * window.height >= sample_size:
                return level
    return grid.levels[0]
