"""Undo the scaling of a whole stream, after finding out from its samples how it was made."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from . import forward
from .facts import FULL_SCALE, Facts
from .inverse import (
    AnyOf,
    Constant,
    Inverse,
    ScaledFloats,
    Search,
    Shifted,
    Table,
    UnscaledFloats,
)

#: Samples that are restored at once: what that takes in between stays small.
_AT_ONCE = 1 << 18


def restore(facts: Facts, samples: np.ndarray) -> tuple[np.ndarray, int]:
    """Return the pixels of a stream.

    Parameters
    ----------
    facts : Facts
    samples : ndarray of int16 or int32, shape (bands, rows * columns)

    Returns
    -------
    pixels : ndarray of ``facts.dtype``, shape ``facts.shape``
    uncertain : int
        How many of them may be others, because several would have become the same sample.
    """
    inverse = inverse_of(facts, samples)
    pixels = np.empty(samples.shape, facts.dtype)
    uncertain = 0
    for place in _parts(samples):
        pixels[place], certain = inverse.restore(samples[place])
        uncertain += certain.size - int(np.count_nonzero(certain))
    return pixels.reshape(facts.shape), uncertain


def is_exact(facts: Facts) -> bool | None:
    """Whether all pixels of a stream can be restored, None where only its samples show that."""
    found = {way.exact for way in _ways(facts)}
    return found.pop() if len(found) == 1 else None


def inverse_of(facts: Facts, samples: np.ndarray) -> Inverse:
    """Choose how to undo the scaling: the release that wrote a file is not named in it."""
    ways = _ways(facts)
    if len(ways) == 1:
        return ways[0]
    distinct = _distinct(samples)
    possible = [way for way in ways if way.explains(distinct)]
    if len(possible) == 1:
        return possible[0]
    return AnyOf(possible or ways, certain=bool(possible))


def _ways(facts: Facts) -> list[Inverse]:
    """Return the inverses of what releases 0.1.2 and 0.2.0 do, once where they do the same."""
    dtype, full = facts.dtype, FULL_SCALE[facts.bits]
    low, high = facts.minimum, facts.maximum
    if facts.offset is not None:
        return [Shifted(dtype, facts.offset)]
    if dtype.kind == "f":
        return _ways_of_floats(facts)
    if low is None or high is None or low == high:
        return [Constant(dtype, low or 0)]
    low, high = int(low), int(high)
    wraps = [False]
    if dtype.kind == "i" and high - low > np.iinfo(dtype).max:
        wraps = [True, False]
        if dtype.itemsize == 1:  # of which the two releases make samples of different width
            wraps = [facts.bits == 32]
    if dtype.itemsize <= 2:
        return [Table(dtype, low, high, facts.bits, full, way) for way in wraps]
    return [Search(dtype, low, high, full, way) for way in wraps]


def _ways_of_floats(facts: Facts) -> list[Inverse]:
    dtype, full = facts.dtype, FULL_SCALE[facts.bits]
    low, high = facts.minimum, facts.maximum
    if low is None or high is None:  # only 0.1.2 gives up where there is NaN
        return [UnscaledFloats(dtype, full, None, None)]
    if low < high:
        return [UnscaledFloats(dtype, full, low, high), ScaledFloats(dtype, full, low, high)]
    sample = forward.unscaled_floats(np.array([low], dtype), full)[0]
    return [Constant(dtype, low, int(sample)), Constant(dtype, low, 0, certain=False)]


def _distinct(samples: np.ndarray) -> np.ndarray:
    """Return all samples that occur, or of 32 bits the smallest and the largest."""
    if samples.itemsize > 2:
        return np.array([samples.min(), samples.max()])
    seen = np.zeros(1 << 16, bool)
    for place in _parts(samples):
        seen[samples[place].view(np.uint16)] = True
    return np.flatnonzero(seen).astype(np.uint16).view(np.int16)


def _parts(samples: np.ndarray) -> Iterator[tuple[int, slice]]:
    for band in range(len(samples)):
        for start in range(0, samples.shape[1], _AT_ONCE):
            yield band, slice(start, start + _AT_ONCE)
