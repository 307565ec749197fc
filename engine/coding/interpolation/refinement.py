"""One refinement of interpolation: the pixels between the known ones, predicted pass by pass.

All arithmetic is modulo the width of the words. All steps are numpy operations on whole flat
buffers: planes are stored with two more columns and one more row than they have, so that left,
right, above and below are constant offsets and each step is one contiguous run through all rows,
bands and tiles. Few and long operations also let threads run side by side, because each releases
the GIL.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator, Sequence

import numpy as np

from ...model.data_types import Array, DType
from ..segment import Flag
from ..workspace import buffer, scalar
from . import context_sort

#: Row and column of each plane's pixels in a square of four, pass by pass.
PASSES = (((1, 1),), ((0, 1), (1, 0)))
_ViewsToSharpen = tuple[Array, list[tuple[Array, ...]], list[Array]]


class Prediction(enum.Enum):
    """How a pixel is predicted from its four neighbors."""

    #: Mean of the middle two.
    MEDIAN = 0
    #: Mean of all four.
    MEAN = Flag.BY_MEAN
    #: Mean of all four, sharpened; see `Pass.predict`.
    SHARPENED_MEAN = Flag.BY_MEAN | Flag.SHARP


class BufferLayout:
    """Layout of the planes of tiles and their bands in flat buffers.

    A plane takes one more row than it has, each ``pitch`` long, two columns more than it has. The
    planes of one phase, of all bands of all tiles, follow one another and have ``size`` items; then
    come those of the next.
    """

    def __init__(self, tiles: int, bands: int, rows: int, columns: int):
        self.tiles, self.bands, self.rows, self.columns = tiles, bands, rows, columns
        self.pitch = columns + 2
        self._plane = (rows + 1) * self.pitch
        self.size = tiles * bands * self._plane

    def grids(self, flat: Array) -> Array:
        """View a buffer as (bands, tiles, phases, rows + 1, pitch)."""
        shape = (-1, self.tiles, self.bands, self.rows + 1, self.pitch)
        return flat.reshape(shape).transpose(2, 1, 0, 3, 4)

    def pixels(self, flat: Array) -> Array:
        """View a buffer as (bands, tiles, phases, rows, columns)."""
        return self.grids(flat)[..., : self.rows, : self.columns]

    def runs(self, flat: Array) -> Array:
        """View a buffer as (bands, tiles, phases, n), with what lies between the pixels."""
        return flat.reshape(-1, self.tiles, self.bands, self._plane).transpose(2, 1, 0, 3)


class Pass:
    """The pixels that are predicted at once: the centers, or both kinds of edges.

    ``target``, ``residual``, ``prediction`` and ``activity`` are flat buffers, the last two filled
    by `predict` and valid until the next pass predicts; what is named ``_pixels`` and ``_runs`` are
    views of them, see `BufferLayout`.
    """

    def __init__(
        self,
        shape: BufferLayout,
        neighbors: Sequence[tuple[Array, ...]],
        target: Array,
        beside: Sequence[tuple[int, tuple[int, ...]]],
    ):
        def work(name: str) -> Array:
            return buffer(name, target.size, target.dtype)

        self._bands = shape.bands
        self._high1, self._low1, self._high2, self._low2, self._smallest = map(work, "abcde")
        self.target, self.residual = target, work("residual")
        self.prediction, self.activity = self._high1, work("activity")
        self.pixels, self.residual_pixels = map(shape.pixels, (target, self.residual))
        self._activity_pixels = shape.pixels(self.activity)
        self.residual_runs, self.prediction_runs = map(shape.runs, (self.residual, self.prediction))
        self._one = scalar(1, target.dtype)
        results = (self._high1, self._low1, self._high2, self._low2)
        self._phases = [
            (*four, *(flat[n * shape.size : (n + 1) * shape.size] for flat in results))
            for n, four in enumerate(neighbors)
        ]
        self._shape, self._beside = shape, beside
        self._to_sharpen: _ViewsToSharpen | None = None  # most refinements need none

    def predict(self, prediction: Prediction) -> None:
        """Compute prediction and activity.

        The prediction is the mean, rounded up, of two values: with ``x``, ``y`` these two it is
        ``(x | y) - ((x ^ y) >> 1)``, which cannot overflow. They are the middle two of the four
        neighbors, or each the mean, rounded down, of two opposite ones.

        Interpolation flattens peaks and fills valleys, so sharpened predictions are raised by half
        of their excess over the mean of the four nearest predictions of their pass.
        """
        high1, low1, high2, low2 = self._high1, self._low1, self._high2, self._low2
        for a, b, c, d, high_ab, low_ab, high_cd, low_cd in self._phases:
            np.maximum(a, b, out=high_ab)
            np.minimum(a, b, out=low_ab)
            np.maximum(c, d, out=high_cd)
            np.minimum(c, d, out=low_cd)
        np.maximum(high1, high2, out=self.activity)
        np.minimum(low1, low2, out=self._smallest)
        self.activity -= self._smallest
        if prediction is not Prediction.MEDIAN:
            for high, low in ((high1, low1), (high2, low2)):
                high -= low
                high >>= self._one
                high += low
        else:
            np.minimum(high1, high2, out=high1)
            np.maximum(low1, low2, out=high2)
        half = np.bitwise_xor(high1, high2, out=low1)
        half >>= self._one
        high1 |= high2
        high1 -= half
        if prediction is Prediction.SHARPENED_MEAN:
            self._sharpen()

    def _views_to_sharpen(self) -> _ViewsToSharpen:
        """Return the buffer of excesses, views of each phase, and views of the border.

        Of predictions that have one on every side; flat, the border lies within these bounds.
        """
        size, pitch = self._shape.size, self._shape.pitch
        first, last = pitch + 1, size - pitch - 1

        def view(flat: Array, phase: int, offset: int = 0) -> Array:
            return flat[phase * size + first + offset : phase * size + last + offset]

        results = self._high1, self._low1, self._high2
        views = [
            (
                *(view(flat, phase) for flat in results),
                *(view(self._high1, other, offset) for offset in offsets),
            )
            for phase, (other, offsets) in enumerate(self._beside)
        ]
        excess = self._low1.view(f"i{self.target.itemsize}")
        grid, rows, columns = self._shape.grids(excess), self._shape.rows, self._shape.columns
        edges = (..., 0, slice(None)), (..., slice(rows - 1, None), slice(None))
        border = [grid[cut] for cut in (*edges, (..., 0), (..., slice(columns - 1, None)))]
        return excess, views, border

    def _sharpen(self) -> None:
        """Add half the excess over the mean of the four predictions around each, see `predict`."""
        if self._to_sharpen is None:
            self._to_sharpen = self._views_to_sharpen()
        found, views, border = self._to_sharpen
        two = scalar(2, self.target.dtype)
        for own, excess, four_times, a, b, c, d in views:
            np.left_shift(own, two, out=four_times)
            np.add(a, b, out=excess)
            excess += c
            excess += d
            np.subtract(four_times, excess, out=excess)
        found += scalar(4, found.dtype)  # half of what the next line divides by
        found >>= scalar(3, found.dtype)
        for part in border:
            part[...] = 0
        self._high1 += self._low1

    def orders(
        self, occupied: Sequence[context_sort.BlockOccupancy | None], side: int
    ) -> Iterator[context_sort.BlockOrder]:
        """Yield the block order of each band; the previous band must have its residual by then.

        The first band has keys of its own, all others share one set. ``occupied`` is of each band,
        or one for all of them.
        """
        activity = self._activity_pixels
        order = context_sort.order_blocks(
            context_sort.keys(activity[0], None, side), occupied[0], side
        )
        yield order
        if self._bands == 1:
            return
        largest = activity[1]
        for band in range(2, self._bands):
            np.maximum(largest, activity[band], out=largest)
        keys = context_sort.keys(largest, self.residual_pixels[0], side)
        for band in range(1, self._bands):
            if band == 1 or len(occupied) > 1:
                order = context_sort.order_blocks(keys, occupied[band % len(occupied)], side)
            yield order


class Refinement:
    """Buffers of one refinement of ``rows`` x ``columns`` known pixels, of tiles and their bands.

    ``known`` is of shape (tiles, bands, rows, columns).
    """

    def __init__(self, tiles: int, bands: int, rows: int, columns: int, dtype: DType, parity: int):
        self.rows, self.columns = rows, columns
        shape = BufferLayout(tiles, bands, rows, columns)
        pitch, room = shape.pitch, shape.size + shape.pitch + 2  # beyond the last pixel, too
        # two refinements are at work at a time, so their known pixels lie in two buffers by turns
        known = buffer(f"known {parity}", room, dtype)
        # one row down, so that the row above the first one is there to be read
        centers = buffer("centers", room, dtype)
        edges = buffer("edges", 2 * shape.size, dtype)

        def at(flat: Array, offset: int) -> Array:
            return flat[offset : offset + shape.size]

        here, right, below = at(known, 0), at(known, 1), at(known, pitch)
        above_center, left_center = at(centers, 0), at(centers, pitch - 1)
        center = at(centers, pitch)
        corners = [(here, at(known, pitch + 1), right, below)]
        around = [(here, right, above_center, center), (here, below, left_center, center)]
        # where the four nearest predictions are: the number of their phase, and how far away
        of_centers = [(0, (-1, 1, -pitch, pitch))]
        of_edges = [(1, (0, 1, -pitch, 1 - pitch)), (0, (0, -1, pitch, pitch - 1))]
        # the larger one first: its buffers are large enough for both
        last = Pass(shape, around, edges, of_edges)
        self.passes = Pass(shape, corners, center, of_centers), last
        self.known = shape.pixels(here)[:, :, 0].swapaxes(0, 1)
        self._known_grid = shape.grids(here)[:, :, 0]
        self._center_grid = shape.grids(above_center)[:, :, 0]

    def repeat_known_edge(self) -> None:
        """Give the last row and column of known pixels the neighbors that they lack."""
        grid, rows, columns = self._known_grid, self.rows, self.columns
        grid[..., columns] = grid[..., columns - 1]
        grid[..., rows, :] = grid[..., rows - 1, :]

    def repeat_center_edge(self) -> None:
        """Give the first row and column of centers the neighbors that they lack."""
        grid = self._center_grid
        grid[..., 0, :] = grid[..., 1, :]
        grid[..., :-1, -1] = grid[..., 1:, 0]
