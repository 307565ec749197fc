"""One refinement of the lattice: the pixels between the known ones, predicted pass by pass.

All arithmetic is modulo the width of the words. All steps are whole-array numpy operations on flat
buffers: planes are stored with two more columns and one more row than they have, so that left,
right, above and below are constant offsets and each step is one contiguous run through all rows and
bands. Few and long operations also let threads run side by side, because each lets go of the
interpreter lock.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from . import order
from .scratch import buffer

#: Row and column of each plane's pixels in a square of four, pass by pass.
PASSES = (((1, 1),), ((0, 1), (1, 0)))


class Refinement:
    """Buffers of one refinement of ``rows`` x ``columns`` known pixels, of tiles and their bands.

    A plane takes ``stride`` items: one more row than it has, each ``pitch`` long, two columns more
    than it has. C starts one row down, so that the row above its first is there to be read.
    """

    def __init__(
        self, tiles: int, bands: int, rows: int, columns: int, dtype: np.dtype, parity: int
    ):
        self.tiles, self.bands, self.rows, self.columns = tiles, bands, rows, columns
        self.pitch = columns + 2
        self.stride = (rows + 1) * self.pitch
        room = (
            tiles * bands * self.stride + self.pitch + 2
        )  # neighbours of the last pixel are read too
        # two refinements are at work at a time, so their known pixels lie in two buffers by turns
        self.known = buffer(f"G{parity}", room, dtype)
        self.centres = buffer("C", room, dtype)
        self._flat = [buffer(name, 2 * room, dtype) for name in "ERabcdef"]

    def _planes(self, flat: np.ndarray, planes: int) -> np.ndarray:
        """View a buffer as shape (tiles, bands, planes, stride)."""
        shape = (self.tiles, self.bands, planes, self.stride)
        return flat[: math.prod(shape)].reshape(shape)

    def pixels(self, planes: np.ndarray) -> np.ndarray:
        """View planes as (tiles, bands, planes, rows, columns), without what lies in between."""
        shape = (*planes.shape[:3], self.rows + 1, self.pitch)
        return planes.reshape(shape)[..., : self.rows, : self.columns]

    @property
    def known_pixels(self) -> np.ndarray:
        """G, shape (tiles, bands, rows, columns)."""
        return self.pixels(self._planes(self.known, 1))[:, :, 0]

    def target(self, number: int) -> np.ndarray:
        """Return the planes that a pass finds, shape (tiles, bands, 1 or 2, stride)."""
        if number == 0:
            return self._planes(self.centres[self.pitch :], 1)
        return self._planes(self._flat[0], 2)

    def residual(self, number: int) -> np.ndarray:
        """Return the buffer of residuals, shaped like `target`."""
        return self._planes(self._flat[1], len(PASSES[number]))

    def repeat_known_edge(self) -> None:
        """Give the last row and column of known pixels the neighbours that they lack."""
        known = self._planes(self.known, 1).reshape(-1, self.rows + 1, self.pitch)
        known[:, :, self.columns] = known[:, :, self.columns - 1]
        known[:, self.rows] = known[:, self.rows - 1]

    def repeat_centre_edge(self) -> None:
        """Give the first row and column of centres the neighbours that they lack."""
        centres = self._planes(self.centres, 1).reshape(-1, self.rows + 1, self.pitch)
        centres[:, 0] = centres[:, 1]
        centres[:, :-1, self.pitch - 1] = centres[:, 1:, 0]

    def _neighbours(self, number: int) -> list[tuple[np.ndarray, ...]]:
        """Return the four neighbours of every pixel of each plane of a pass."""

        def at(flat: np.ndarray, offset: int) -> np.ndarray:
            return self._planes(flat[offset:], 1)[:, :, 0]

        known, centres, pitch = self.known, self.centres, self.pitch
        here = at(known, 0)
        if number == 0:
            return [(here, at(known, pitch + 1), at(known, 1), at(known, pitch))]
        below = at(centres, pitch)
        return [
            (here, at(known, 1), at(centres, 0), below),
            (here, at(known, pitch), at(centres, pitch - 1), below),
        ]

    def predict(self, number: int, by_mean: bool) -> tuple[np.ndarray, np.ndarray]:
        """Return prediction and activity of a pass; both stay valid until the next call.

        The prediction is the mean, rounded up, of two values: with ``x``, ``y`` these two it is
        ``(x | y) - ((x ^ y) >> 1)``, which cannot overflow. They are the middle two of the four
        neighbours, or each the mean, rounded down, of two opposite ones.

        Returns
        -------
        prediction, activity : ndarray of unsigned, shape (tiles, bands, 1 or 2, stride)
        """
        neighbours = self._neighbours(number)
        high1, low1, high2, low2, first, second = (
            self._planes(flat, len(neighbours)) for flat in self._flat[2:]
        )
        for plane, (a, b, c, d) in enumerate(neighbours):
            np.maximum(a, b, out=high1[:, :, plane])
            np.minimum(a, b, out=low1[:, :, plane])
            np.maximum(c, d, out=high2[:, :, plane])
            np.minimum(c, d, out=low2[:, :, plane])
        largest = np.maximum(high1, high2, out=first)
        smallest = np.minimum(low1, low2, out=second)
        activity = np.subtract(largest, smallest, out=first)
        if by_mean:
            for high, low in ((high1, low1), (high2, low2)):
                high -= low
                high >>= 1
                high += low
        else:
            np.minimum(high1, high2, out=high1)
            np.maximum(low1, low2, out=high2)
        np.bitwise_xor(high1, high2, out=second)
        second >>= 1
        prediction = np.bitwise_or(high1, high2, out=high1)
        prediction -= second
        return prediction, activity

    def arrangements(
        self,
        number: int,
        activity: np.ndarray,
        valued: np.ndarray | None,
        side: int,
    ) -> Iterator[order.Arrangement]:
        """Yield the order of each band's blocks; the band before has its residual by then.

        The first band has keys of its own, all others share theirs.

        Parameters
        ----------
        valued : ndarray of bool, shape (bands or 1, 1 or 2, rows, columns), optional
            The same in all tiles.
        side : int
            Of a block.
        """
        occupied: list[order.Occupancy | None] = [None]
        if valued is not None:
            occupied = [order.occupancy(planes, side) for planes in valued]
        activities = self.pixels(activity)
        arrangement = order.arrange(order.keys(activities[:, 0], None, side), occupied[0], side)
        yield arrangement
        if self.bands == 1:
            return
        largest = activities[:, 1]
        for band in range(2, self.bands):
            np.maximum(largest, activities[:, band], out=largest)
        keys = order.keys(largest, self.pixels(self.residual(number))[:, 0], side)
        for band in range(1, self.bands):
            if band == 1 or len(occupied) > 1:
                arrangement = order.arrange(keys, occupied[band % len(occupied)], side)
            yield arrangement
