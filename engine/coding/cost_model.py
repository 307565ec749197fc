"""What predictions would leave to store, judged on a few rows: cheap tests of what is worth trying.

Residuals of like activity share a Rice parameter, so what they cost is close to the logarithm of
their mean size: of those with the same key in the order of `context_sort`, or of a few side by side
where there is no such order.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from ..model.data_types import Array
from .interpolation import context_sort

#: Pixels that are judged, in whole rows: one in so many, within these bounds.
_ONE_IN, _FEWEST, _MOST = 16, 1 << 11, 1 << 13
#: One pixel in so many must have a residual that folding makes smaller. With fewer the estimate can
#: fall all the same, where a few large ones decide the mean of many, but files become no smaller.
_RARE = 64
#: Samples that share a Rice parameter.
_PARTITION = 16


class Bits(NamedTuple):
    """Estimated bits a pixel, by a constant too few.

    Parameters
    ----------
    plane : float
        By the plane through the neighbours above, to the left, and between these.
    middle, mean : float
        By the lattice, with either of its two predictions.
    sharp : float
        By the lattice, with sharpened means; infinite if not asked for.
    folded : float
        By the lattice, with the better of the first two and residuals folded at the ends of the
        range; infinite if not asked for.
    """

    plane: float
    middle: float
    mean: float
    sharp: float
    folded: float

    @property
    def plain_lattice(self) -> float:
        """By the lattice, with the better of its first two predictions and nothing further."""
        return min(self.middle, self.mean)


def bits(
    words: Array, valued: Array | None, *, fold: bool = False, sharpen: bool = False
) -> Bits | None:
    """Judge words; None if there are too few to judge.

    Parameters
    ----------
    words : ndarray of unsigned, shape (planes, height, width)
    valued : ndarray of bool, shape (planes or 1, height, width), optional
        Pixels that count, default all.
    fold, sharpen : bool
        Judge folding, or sharpening, too.
    """
    height, width = words.shape[1:]
    if height < 3 or width < 3:
        return None
    enough = min(_MOST, max(_FEWEST, words.size // _ONE_IN))
    every = max(1, words.size // enough)
    counts: Any = ...  # all
    if valued is not None:
        counts = _counted(valued, words.shape, every)
        if not counts.any():
            return None

    def taken(down: int, across: int) -> Array:
        own = words[:, down : height - 2 + down : every, across : width - 2 + across]
        judged: Array = own[counts].astype(np.float64).reshape(-1)
        return judged

    (a, b, c), (d, value, e), (f, g, h) = ([taken(y, x) for x in range(3)] for y in range(3))
    # a third of the lattice's pixels has diagonal neighbours, the others direct ones
    diagonal, direct = _Around(value, a, c, f, h), _Around(value, b, d, e, g)
    around = (1 / 3, diagonal), (2 / 3, direct)
    by_middle = sum(share * own.cost(own.size_by_middle) for share, own in around)
    by_mean = sum(share * own.cost(own.size_by_mean) for share, own in around)
    by_sharp = by_folded = np.inf
    if sharpen:
        # the four means around a pixel with direct neighbours have others further out beside these
        outer = _knight_moves(words, valued, every)
        excess = (direct.mean - outer[counts].reshape(-1)) / 4
        excess[np.isnan(excess)] = 0
        sizes = diagonal.size_by_mean, np.abs(value - direct.mean - excess)
        by_sharp = sum(share * own.cost(size) for (share, own), size in zip(around, sizes))
    if fold:
        ends = float(value.min()), float(value.max())
        by_mean_too = by_mean < by_middle
        by_folded = sum(share * own.folded_cost(by_mean_too, *ends) for share, own in around)
    plane = _side_by_side(np.abs(value - b - d + a))
    return Bits(plane, by_middle, by_mean, by_sharp, by_folded)


class _Around:
    """What the four neighbours say of each judged pixel.

    Attributes
    ----------
    middle, mean : ndarray of float64
        Predictions of the lattice.
    size_by_middle, size_by_mean : ndarray of float64
        How far off they are.
    """

    def __init__(self, value: Array, *neighbours: Array):
        a, b, c, d = neighbours
        largest = np.maximum(np.maximum(a, b), np.maximum(c, d))
        smallest = np.minimum(np.minimum(a, b), np.minimum(c, d))
        total: Array = a + b
        total += c
        total += d
        self.mean = total / 4
        total -= largest
        total -= smallest
        self.middle = total / 2
        self.size_by_middle = np.abs(value - self.middle)
        self.size_by_mean = np.abs(value - self.mean)
        largest -= smallest
        largest += 1
        self._key = context_sort.logarithm(largest.astype(np.float32)).astype(np.intp)
        counts = np.bincount(self._key)
        self._there = counts.nonzero()[0]
        self._counts = counts[self._there]

    def cost(self, size: Array) -> float:
        """Return the bits a pixel of residuals of a size, in the order of activity."""
        means = np.bincount(self._key, weights=size)[self._there] / self._counts
        return float(self._counts @ np.log2(means + 0.5)) / size.size

    def folded_cost(self, by_mean: bool, low: float, high: float) -> float:
        """Return them once `bounds` has folded the residuals of either prediction."""
        prediction = self.mean if by_mean else self.middle
        size = self.size_by_mean if by_mean else self.size_by_middle
        room = np.minimum(prediction - low, high - prediction)
        beyond = (size > room).nonzero()[0]
        if beyond.size > size.size // _RARE:
            size = size.copy()
            size[beyond] = (size[beyond] + np.maximum(room[beyond], 0)) / 2
        return self.cost(size)


def _knight_moves(words: Array, valued: Array | None, every: int) -> Array:
    """Return the mean of eight pixels around each judged one; NaN where some do not count."""
    height, width = words.shape[1:]
    moves = (-2, 1), (-1, 2), (1, 2), (2, 1)  # rows down, columns to either side
    down = np.array([rows for rows, _ in moves])[:, np.newaxis]
    chosen = (np.arange(1, height - 1, every) + down).clip(0, height - 1)
    rows = words[:, chosen].astype(np.float64)
    if valued is not None:
        rows[~np.broadcast_to(valued[:, chosen], rows.shape)] = np.nan
    # the first and the last column once more, for who looks two columns away from the next
    rows = np.concatenate((rows[..., :1], rows, rows[..., -1:]), axis=-1)
    total = np.zeros((len(words), chosen.shape[1], width - 2))
    for number, (_, across) in enumerate(moves):
        for start in (2 - across, 2 + across):
            total += rows[:, number, :, start : start + width - 2]
    total /= 8
    return total


def _counted(valued: Array, shape: tuple[int, ...], every: int) -> Array:
    """Return which pixels of the judged rows count, as do all their neighbours."""
    height = shape[1]
    rows = [valued[:, n : height - 2 + n : every] for n in range(3)]
    column = rows[0] & rows[1] & rows[2]
    counted = column[..., :-2] & column[..., 1:-1] & column[..., 2:]
    return np.broadcast_to(counted, (shape[0], *counted.shape[1:]))


def _side_by_side(size: Array) -> float:
    flat = size.reshape(-1)
    whole = flat[: flat.size - flat.size % _PARTITION].reshape(-1, _PARTITION)
    means = whole.mean(axis=1) if whole.size else flat
    return float(np.log2(means + 0.5).mean())
