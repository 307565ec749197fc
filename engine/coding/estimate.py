"""What predictions would leave to store, judged on a few rows: cheap tests of what is worth trying.

Residuals of like activity share a Rice parameter, so what they cost is close to the logarithm of
their mean size: of those with the same key in the order of `order`, or of a few side by side where
there is no such order.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

#: Pixels that are judged, in whole rows.
_ENOUGH = 1 << 13
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
    words: np.ndarray, valued: np.ndarray | None, *, fold: bool = False, sharpen: bool = False
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
    every = max(1, words.size // _ENOUGH)
    above, here, below = (words[:, n : height - 2 + n : every].astype(np.float64) for n in range(3))
    counts = ...  # all
    if valued is not None:
        counts = _counted(valued, words.shape, every)
        if not counts.any():
            return None
    (a, b, c), (d, value, e), (f, g, h) = (
        (row[..., :-2][counts], row[..., 1:-1][counts], row[..., 2:][counts])
        for row in (above, here, below)
    )
    low, high = float(value.min()), float(value.max())
    direct = (b, d, e, g)
    by_middle = by_mean = 0.0
    by_sharp = 0.0 if sharpen else np.inf
    folded_middle = folded_mean = 0.0 if fold else np.inf
    # a third of the lattice's pixels has diagonal neighbours, the others direct ones
    for share, neighbours in ((1 / 3, (a, c, f, h)), (2 / 3, direct)):
        largest, smallest = np.maximum.reduce(neighbours), np.minimum.reduce(neighbours)
        total = sum(neighbours)
        key = (4 * np.log2(largest - smallest + 1)).astype(np.intp)
        middle, mean = (total - largest - smallest) / 2, total / 4
        by_middle += share * _ordered(np.abs(value - middle), key)
        by_mean += share * _ordered(np.abs(value - mean), key)
        if sharpen:
            excess = 0.0
            if neighbours is direct:  # the four means around have pixels further out beside these
                outer = _knight_moves(words, valued, every)[counts]
                excess = np.nan_to_num((mean - outer) / 4)
            by_sharp += share * _ordered(np.abs(value - mean - excess), key)
        if fold:
            folded_middle += share * _ordered(_folded(value, middle, low, high), key)
            folded_mean += share * _ordered(_folded(value, mean, low, high), key)
    return Bits(
        _side_by_side(np.abs(value - b - d + a)),
        by_middle,
        by_mean,
        by_sharp,
        folded_middle if by_middle <= by_mean else folded_mean,
    )


def _knight_moves(words: np.ndarray, valued: np.ndarray | None, every: int) -> np.ndarray:
    """Return the mean of eight pixels around each judged one; NaN where some do not count."""
    height = words.shape[1]
    rows, total = np.arange(1, height - 1, every), 0.0
    for down, across in ((-2, 1), (-1, 2), (1, 2), (2, 1)):
        chosen = np.clip(rows + down, 0, height - 1)
        row = words[:, chosen].astype(np.float64)
        if valued is not None:
            row[~np.broadcast_to(valued[:, chosen], row.shape)] = np.nan
        row = np.pad(row, ((0, 0), (0, 0), (1, 1)), mode="edge")
        middle = row.shape[2] - 4
        total = total + row[..., 2 - across :][..., :middle] + row[..., 2 + across :][..., :middle]
    return total / 8


def _counted(valued: np.ndarray, shape: tuple[int, ...], every: int) -> np.ndarray:
    """Return which pixels of the judged rows count, as do all their neighbours."""
    height = shape[1]
    rows = [valued[:, n : height - 2 + n : every] for n in range(3)]
    column = rows[0] & rows[1] & rows[2]
    every = column[..., :-2] & column[..., 1:-1] & column[..., 2:]
    return np.broadcast_to(every, (shape[0], *every.shape[1:]))


def _folded(value: np.ndarray, prediction: np.ndarray, low: float, high: float) -> np.ndarray:
    """Return the size of residuals once `bounds` has folded them."""
    room = np.minimum(prediction - low, high - prediction)
    size = np.abs(value - prediction)
    return np.minimum(size, (size + np.maximum(room, 0)) / 2)


def _ordered(size: np.ndarray, key: np.ndarray) -> float:
    key = key.reshape(-1)
    counts = np.bincount(key)
    sums = np.bincount(key, weights=size.reshape(-1))
    there = counts > 0
    counts, sums = counts[there], sums[there]
    return float(counts @ np.log2(sums / counts + 0.5) / key.size)


def _side_by_side(size: np.ndarray) -> float:
    flat = size.reshape(-1)
    whole = flat[: flat.size - flat.size % _PARTITION].reshape(-1, _PARTITION)
    means = whole.mean(axis=1) if whole.size else flat
    return float(np.log2(means + 0.5).mean())
