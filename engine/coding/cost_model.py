"""Estimate what predictions would leave to store, from a few rows of a tile.

Residuals of like activity share a Rice parameter, so their cost is close to the logarithm of their
mean size: of those with the same key in the order of `interpolation.context_sort`, or of a few
neighbors where residuals are not sorted.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from ..model.data_types import Array
from .effort import RICE_PARTITION, EncodingProfile
from .words import log2_quarters


class CostEstimate(NamedTuple):
    """Estimated bits per pixel, up to an additive constant."""

    #: Prediction by the plane through the neighbors above, to the left, and between these.
    plane: float
    #: Interpolation with either of its two predictions.
    median: float
    mean: float
    #: Interpolation with sharpened means; infinite unless requested.
    sharpened: float
    #: Interpolation with the better of the first two and range folding; infinite unless requested.
    folded: float

    @property
    def interpolation(self) -> float:
        """Interpolation with the better of its first two predictions and nothing else."""
        return min(self.median, self.mean)


def estimate_bits(
    words: Array,
    valid: Array | None,
    profile: EncodingProfile,
    *,
    fold: bool = False,
    sharpen: bool = False,
) -> CostEstimate | None:
    """Return the estimate for words of shape (planes, height, width), None if there are too few.

    Masks of ``valid`` pixels are one for all planes, or one each; default all pixels. Range folding
    and sharpening are only estimated on request.
    """
    height, width = words.shape[1:]
    if height < 3 or width < 3:
        return None
    fewest, most = profile.estimate_pixels
    every = max(1, words.size // min(most, max(fewest, words.size // profile.estimate_fraction)))
    chosen: Any = ...  # all
    if valid is not None:
        chosen = _with_neighbors(valid, words.shape, every)
        if not chosen.any():
            return None

    def sample(down: int, across: int) -> Array:
        rows = words[:, down : height - 2 + down : every, across : width - 2 + across]
        pixels: Array = rows[chosen].astype(np.float64).reshape(-1)
        return pixels

    (a, b, c), (d, value, e), (f, g, h) = ([sample(y, x) for x in range(3)] for y in range(3))
    # a third of the interpolated pixels has diagonal neighbors, the others direct ones
    diagonal, direct = _Interpolation(value, a, c, f, h), _Interpolation(value, b, d, e, g)
    kinds = (1 / 3, diagonal), (2 / 3, direct)
    median = sum(share * kind.cost(kind.median_error) for share, kind in kinds)
    mean = sum(share * kind.cost(kind.mean_error) for share, kind in kinds)
    sharpened = folded = np.inf
    if sharpen:
        # the four means around a pixel with direct neighbors depend on others further out
        outer = _knight_moves(words, valid, every)
        excess = (direct.mean - outer[chosen].reshape(-1)) / 4
        excess[np.isnan(excess)] = 0
        errors = diagonal.mean_error, np.abs(value - direct.mean - excess)
        sharpened = sum(share * kind.cost(error) for (share, kind), error in zip(kinds, errors))
    if fold:
        ends, rare = (float(value.min()), float(value.max())), profile.min_foldable_pixels
        folded = sum(share * kind.folded_cost(mean < median, *ends, rare) for share, kind in kinds)
    plane = _unsorted_cost(np.abs(value - b - d + a))
    return CostEstimate(plane, median, mean, sharpened, folded)


class _Interpolation:
    """Interpolation of the sampled pixels from four neighbors: predictions and absolute errors."""

    def __init__(self, value: Array, *neighbors: Array):
        a, b, c, d = neighbors
        largest = np.maximum(np.maximum(a, b), np.maximum(c, d))
        smallest = np.minimum(np.minimum(a, b), np.minimum(c, d))
        total: Array = a + b
        total += c
        total += d
        self.mean = total / 4
        total -= largest
        total -= smallest
        self.median = total / 2
        self.median_error = np.abs(value - self.median)
        self.mean_error = np.abs(value - self.mean)
        largest -= smallest
        largest += 1
        self._key = log2_quarters(largest.astype(np.float32)).astype(np.intp)
        counts = np.bincount(self._key)
        self._used = counts.nonzero()[0]
        self._counts = counts[self._used]

    def cost(self, error: Array) -> float:
        """Return the bits per pixel of residuals sorted by activity."""
        means = np.bincount(self._key, weights=error)[self._used] / self._counts
        return float(self._counts @ np.log2(means + 0.5)) / error.size

    def folded_cost(self, by_mean: bool, low: float, high: float, rare: int) -> float:
        """Return the cost with range folding of the residuals of either prediction."""
        prediction = self.mean if by_mean else self.median
        error = self.mean_error if by_mean else self.median_error
        room = np.minimum(prediction - low, high - prediction)
        beyond = (error > room).nonzero()[0]
        if beyond.size > error.size // rare:
            error = error.copy()
            error[beyond] = (error[beyond] + np.maximum(room[beyond], 0)) / 2
        return self.cost(error)


def _knight_moves(words: Array, valid: Array | None, every: int) -> Array:
    """Return the mean of eight pixels around each sampled one; NaN where any is not valid."""
    height, width = words.shape[1:]
    moves = (-2, 1), (-1, 2), (1, 2), (2, 1)  # rows down, columns to either side
    down = np.array([rows for rows, _ in moves])[:, np.newaxis]
    chosen = (np.arange(1, height - 1, every) + down).clip(0, height - 1)
    rows = words[:, chosen].astype(np.float64)
    if valid is not None:
        rows[~np.broadcast_to(valid[:, chosen], rows.shape)] = np.nan
    # repeat the first and the last column, for pixels whose neighbor lies two columns away
    rows = np.concatenate((rows[..., :1], rows, rows[..., -1:]), axis=-1)
    total = np.zeros((len(words), chosen.shape[1], width - 2))
    for number, (_, across) in enumerate(moves):
        for start in (2 - across, 2 + across):
            total += rows[:, number, :, start : start + width - 2]
    total /= 8
    return total


def _with_neighbors(valid: Array, shape: tuple[int, ...], every: int) -> Array:
    """Return which pixels of the sampled rows are valid with all of their neighbors."""
    height = shape[1]
    rows = [valid[:, n : height - 2 + n : every] for n in range(3)]
    column = rows[0] & rows[1] & rows[2]
    found = column[..., :-2] & column[..., 1:-1] & column[..., 2:]
    return np.broadcast_to(found, (shape[0], *found.shape[1:]))


def _unsorted_cost(error: Array) -> float:
    whole = error[: error.size - error.size % RICE_PARTITION].reshape(-1, RICE_PARTITION)
    means = whole.mean(axis=1) if whole.size else error
    return float(np.log2(means + 0.5).mean())
