"""Which pixels of a tile interpolation stores: those that are neither padding nor skipped.

Pixels that are not stored have words nevertheless, which predict others near them. Those further
than the reach from all stored pixels have no influence, so interpolation works on a *window* around
the stored pixels, which is small in a tile that has only one corner of a coast. Several tiles share
a window around the stored pixels of all.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from ...model.data_types import Array
from . import context_sort

Phases = tuple[tuple[int, int], ...]
#: Largest planes, in pixels, whose occupancy is cached.
_MAX_CACHED_PIXELS = 1 << 18


class StoredMask:
    """The stored pixels of tiles with padded planes.

    Parameters
    ----------
    size : (int, int)
        Height and width of the planes without padding.
    skipped : ndarray of bool, shape (tiles, planes or 1, height, width), optional
        One mask for all planes of a tile, or one for each.
    multiple : int
        Divisor of the sides of padded planes and of the window.
    reach : int
        Distance over which pixels have influence.
    """

    #: Height and width with padding.
    padded: tuple[int, int]
    #: Rows and columns of the padded planes that interpolation works on, and those not of padding.
    window: tuple[slice, slice]
    inside: tuple[slice, slice]

    def __init__(self, size: tuple[int, int], skipped: Array | None, multiple: int, reach: int):
        height, width = (n + -n % multiple for n in size)
        self.padded = height, width
        rows, columns = slice(0, height), slice(0, width)
        if skipped is not None:
            each = skipped.reshape(-1, *size)
            filled: Array = ~each[0] if len(each) == 1 else ~np.all(each, axis=0)
            rows = _around(np.any(filled, axis=1), height, multiple, reach)
            columns = _around(np.any(filled, axis=0), width, multiple, reach)
            skipped = skipped[..., rows, columns]
        self.window = rows, columns
        self.inside = (
            slice(rows.start, min(rows.stop, size[0])),
            slice(columns.start, min(columns.stop, size[1])),
        )
        self._skipped = skipped

    @property
    def all(self) -> bool:
        """Whether all pixels of the window are stored."""
        return self._skipped is None and self.inside == self.window

    def at(self, step: int, phases: Phases) -> Array:
        """Return which pixels of a pass of the refinement ``step`` are stored.

        The shape is (planes or 1, tiles or 1, phases, rows, columns).
        """
        if self._skipped is None:
            found = _inside(_size(self.inside), _size(self.window), step, phases)
            return found[np.newaxis, np.newaxis]
        rows, columns = (n // (2 * step) for n in _size(self.window))
        tiles, planes = self._skipped.shape[:2]
        found = np.zeros((planes, tiles, len(phases), rows, columns), bool)
        for number, (row, column) in enumerate(phases):
            own = self._skipped[..., row * step :: 2 * step, column * step :: 2 * step]
            target = found[:, :, number, : own.shape[2], : own.shape[3]]
            np.logical_not(own.swapaxes(0, 1), out=target)
        return found

    def occupancies(
        self, step: int, phases: Phases, side: int, stored: Array | None = None
    ) -> list[context_sort.BlockOccupancy | None]:
        """Return which blocks of a pass are stored, of all tiles: of each plane, or one for all.

        ``stored`` is the result of `at`, if known.
        """
        if self.all:
            return [None]
        size, padded = _size(self.inside), _size(self.window)
        if self._skipped is None and padded[0] * padded[1] <= _MAX_CACHED_PIXELS:
            return [_padding_occupancy(size, padded, step, phases, side)]
        stored = self.at(step, phases) if stored is None else stored
        return [context_sort.block_occupancy(planes, side) for planes in stored]


def _size(parts: tuple[slice, slice]) -> tuple[int, int]:
    return parts[0].stop - parts[0].start, parts[1].stop - parts[1].start


def _inside(size: tuple[int, int], padded: tuple[int, int], step: int, phases: Phases) -> Array:
    """Return which pixels of a pass are not padding, shape (phases, rows, columns)."""
    found = np.zeros((len(phases), *(n // (2 * step) for n in padded)), bool)
    for target, phase in zip(found, phases):
        rows, columns = (-((first * step - n) // (2 * step)) for first, n in zip(phase, size))
        target[:rows, :columns] = True
    return found


@lru_cache(maxsize=64)
def _padding_occupancy(
    size: tuple[int, int], padded: tuple[int, int], step: int, phases: Phases, side: int
) -> context_sort.BlockOccupancy:
    """Return the occupancy of a pass without skipped pixels; all tiles at an edge share it."""
    return context_sort.block_occupancy(_inside(size, padded, step, phases)[np.newaxis], side)


def _around(found: Array, padded: int, multiple: int, reach: int) -> slice:
    """Return the smallest multiples with all places and what has influence on them."""
    places = np.flatnonzero(found)
    if not places.size:
        return slice(0, multiple)
    first = max(0, int(places[0]) - reach) // multiple * multiple
    last = min(padded, int(places[-1]) + 1 + reach)
    return slice(first, last + -last % multiple)
