"""Which pixels of a tile the lattice stores: neither padding nor holes.

Pixels that are not stored have words nevertheless, which predict others near them. Those further
than some reach from every stored pixel have no influence on any, so the lattice works on a *window*
around those that are stored: in a tile with one corner of a coast a small part of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from . import order


#: Tiles at the edges of a raster have the same padding: it is looked at once. One of 512 x 512
#: pixels takes half a megabyte.
_kept = lru_cache(maxsize=64)(order.without_padding)
_LARGEST_KEPT = 1 << 18


class Present:
    """The stored pixels of planes that are padded to whole multiples of some size.

    Parameters
    ----------
    size : (int, int)
        Height and width of the planes without padding.
    holes : ndarray of bool, shape (planes or 1, height, width), optional
        One for all planes, or for each its own.
    multiple : int
        Sides of the padded planes, and of the window in them, are multiples of this.
    reach : int
        How far away pixels have influence.

    Attributes
    ----------
    padded : (int, int)
        Height and width with padding.
    window : (slice, slice)
        Rows and columns of the padded planes that the lattice works on.
    inside : (slice, slice)
        Those of them that are no padding.
    """

    def __init__(
        self, size: tuple[int, int], holes: np.ndarray | None, multiple: int, reach: int
    ):
        self.padded = tuple(n + -n % multiple for n in size)
        self.window = tuple(slice(0, n) for n in self.padded)
        if holes is not None:
            filled = ~holes[0] if len(holes) == 1 else ~holes.all(axis=0)
            axes = zip((filled.any(axis=1), filled.any(axis=0)), self.padded)
            self.window = tuple(_around(found, n, multiple, reach) for found, n in axes)
            holes = holes[(..., *self.window)]
        self.inside = tuple(
            slice(part.start, min(part.stop, n)) for part, n in zip(self.window, size)
        )
        self._holes = holes

    @property
    def all(self) -> bool:
        """Whether all pixels of the window are stored."""
        return self._holes is None and self.inside == self.window

    def _size(self, parts: tuple[slice, ...]) -> tuple[int, int]:
        return parts[0].stop - parts[0].start, parts[1].stop - parts[1].start

    def at(self, step: int, phases: Sequence[tuple[int, int]]) -> np.ndarray:
        """Return which pixels of a pass are stored, shape (planes or 1, phases, rows, columns).

        Parameters
        ----------
        step : int
            Of the refinement.
        phases : sequence of (int, int)
            Row and column of the pixels in a square of four.
        """
        height, width = self._size(self.window)
        count = 1 if self._holes is None else len(self._holes)
        found = np.zeros(
            (count, len(phases), height // (2 * step), width // (2 * step)), bool
        )
        for number, (row, column) in enumerate(phases):
            rows, columns = self._stored_at(step, row, column)
            target = found[:, number, :rows, :columns]
            if self._holes is None:
                target[...] = True
            else:
                own = self._holes[:, row * step :: 2 * step, column * step :: 2 * step]
                np.logical_not(own, out=target)
        return found

    def _stored_at(self, step: int, row: int, column: int) -> tuple[int, int]:
        """Return how many rows and columns of a phase are no padding."""
        height, width = self._size(self.inside)
        return -((row * step - height) // (2 * step)), -((column * step - width) // (2 * step))

    def occupancies(
        self, step: int, phases: Sequence[tuple[int, int]], side: int
    ) -> list[order.Occupancy | None]:
        """Return which blocks of a pass are stored: of each plane, or one for all."""
        if self.all:
            return [None]
        if self._holes is not None:
            return [order.occupancy(planes, side) for planes in self.at(step, phases)]
        height, width = self._size(self.window)
        shape = height // (2 * step), width // (2 * step)
        sizes = tuple(self._stored_at(step, *phase) for phase in phases)
        without_padding = _kept if height * width <= _LARGEST_KEPT else order.without_padding
        return [without_padding(shape, sizes, side)]


def _around(found: np.ndarray, padded: int, multiple: int, reach: int) -> slice:
    """Return the multiples that hold all places found, and what has influence on them."""
    places = np.flatnonzero(found)
    if not places.size:
        return slice(0, multiple)
    first = max(0, int(places[0]) - reach) // multiple * multiple
    last = min(padded, int(places[-1]) + 1 + reach)
    return slice(first, last + -last % multiple)
