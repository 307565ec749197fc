"""Moments of sets of values, and the pixels of an area that they are computed from."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from ..engine.format.tile_set import TileSet
from ..engine.model.grid import Grid, Level, Window
from ..engine.model.overlap import window_from_bounds
from ..engine.model.transform import Bounds, level_transform
from .georeference import LayerGeoreference

#: Lines of pixels that are counted at once, to limit memory.
_LINES = 1 << 16


@dataclass(frozen=True)
class Moments:
    """Moments of a set of values; ``squares`` is the sum of squared differences from the mean."""

    count: int = 0
    minimum: float = math.inf
    maximum: float = -math.inf
    total: float = 0.0
    mean: float = 0.0
    squares: float = 0.0

    @classmethod
    def from_values(cls, values: np.ndarray) -> Moments:
        """Compute the moments of an array of float64."""
        if not values.size:
            return cls()
        with np.errstate(all="ignore"):
            total = float(values.sum())
            mean = total / values.size
            squares = float(np.square(values - mean).sum())
        return cls(values.size, float(values.min()), float(values.max()), total, mean, squares)

    @classmethod
    def from_constant(cls, value: float, count: int) -> Moments:
        """Return the moments of one value that occurs many times."""
        return cls(count, value, value, value * count, value) if count else cls()

    def merged(self, other: Moments) -> Moments:
        """Return the moments of the union of both sets."""
        if not self.count or not other.count:
            return self if self.count else other
        count = self.count + other.count
        difference = other.mean - self.mean
        return Moments(
            count,
            min(self.minimum, other.minimum),
            max(self.maximum, other.maximum),
            self.total + other.total,
            self.mean + difference * other.count / count,
            self.squares + other.squares + difference**2 * self.count * other.count / count,
        )

    @property
    def deviation(self) -> float:
        """Sample standard deviation."""
        return math.sqrt(self.squares / (self.count - 1)) if self.count > 1 else 0.0


@dataclass(frozen=True)
class SampleArea:
    """The pixels of one level whose centers are inside a rectangle in map coordinates.

    The window contains all these pixels; for a rotated raster, others as well.
    """

    georeference: LayerGeoreference
    level: Level
    bounds: Bounds
    window: Window

    @classmethod
    def from_bounds(
        cls, georeference: LayerGeoreference, level: Level, bounds: Bounds
    ) -> SampleArea:
        """Select the pixels of a level."""
        window = window_from_bounds(
            level_transform(georeference.transform, level.number), bounds, level
        )
        return cls(georeference, level, bounds, window)

    def tiles(self, band: int) -> TileSet:
        """Return the tiles of a band, counted from 0, that contain pixels of the area."""
        return TileSet.in_window(self.level, self.window, (band,))

    def pixel_count(self) -> int:
        """Return the number of pixels in the area."""
        (lines, _), count = self._axes(self.window), 0
        for start in range(lines.start, lines.stop, _LINES):
            first, end = self._ends(np.arange(start, min(start + _LINES, lines.stop)))
            count += int((end - first).sum())
        return count

    def selection(self, window: Window) -> np.ndarray:
        """Return a mask of the pixels of a window that belong to the area."""
        lines, along = self._axes(window)
        first, end = self._ends(np.arange(lines.start, lines.stop))
        positions = np.arange(along.start, along.stop)
        selected = (first[:, np.newaxis] <= positions) & (positions < end[:, np.newaxis])
        return selected if self._along_rows else selected.T

    @property
    def _along_rows(self) -> bool:
        """Whether pixels are counted by rows: few long lines are faster."""
        return self.level.width >= self.level.height

    def _axes(self, window: Window) -> tuple[slice, slice]:
        """Return the lines of pixels of a window, and the positions along them."""
        rows, columns = window.slices
        return (rows, columns) if self._along_rows else (columns, rows)

    def _ends(self, lines: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return the first pixel of the area in each line, and the first pixel after it.

        A rectangle intersects a line in one run of pixels, even if the raster is rotated. Counting
        therefore takes time by lines, not by pixels. `selection` uses the same runs, so that both
        agree on centers on an edge.
        """
        a, b, c, d, e, f = level_transform(self.georeference.transform, self.level.number)
        if not self._along_rows:
            a, b, d, e = b, a, e, d
        xmin, ymin, xmax, ymax = self.bounds
        across, along = self._axes(self.window)
        is_inside = (across.start <= lines) & (lines < across.stop)
        first = np.full(len(lines), along.start, np.float64)
        last = np.full(len(lines), along.stop - 1, np.float64)
        with np.errstate(all="ignore"):
            for step, origin, low, high in (
                (a, b * (lines + 0.5) + c, xmin, xmax),
                (d, e * (lines + 0.5) + f, ymin, ymax),
            ):
                if not step:
                    is_inside &= (low <= origin) & (origin <= high)
                    continue
                near, far = (low, high) if step > 0 else (high, low)
                first = np.fmax(first, np.ceil((near - origin) / step - 0.5))
                last = np.fmin(last, np.floor((far - origin) / step - 0.5))
        is_inside &= first <= last
        first, end = np.where(is_inside, first, 0), np.where(is_inside, last + 1, 0)
        return first.astype(np.int64), end.astype(np.int64)


def sampling_level(
    georeference: LayerGeoreference, grid: Grid, bounds: Bounds, sample_size: int
) -> Level:
    """Return the coarsest level with ``sample_size`` pixels in an area; level 0 for size 0."""
    if sample_size > 0:
        for level in reversed(grid.levels):
            window = SampleArea.from_bounds(georeference, level, bounds).window
            if window.width * window.height >= sample_size:
                return level
    return grid.levels[0]
