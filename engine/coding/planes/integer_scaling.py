"""Decimal floats, and integers in a type wider than their range, as narrow integers.

A surface model in centimeters is often stored as float32. As bits, 12.34 and 12.35 have little in
common; as 1234 and 1235 they are neighbors. So floats whose valid values are all exactly ``n /
factor`` for integers ``n`` become ``n``, checked bit for bit (-0.0 and NaN fail the check). The
minimum is then subtracted, and the difference stored in the narrowest unsigned type.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ...model.data_types import Array, DType
from ..effort import DECIMAL_FACTORS, DECIMAL_SAMPLE
from ..workspace import scalar

#: Limit of the integers that floats may stand for: float64 holds all of them, int64 their
#: differences.
_LARGEST = 2**52


class ScaledIntegers(NamedTuple):
    """Values as ``(word + offset) / factor``."""

    #: Unsigned; 0 for invalid values.
    words: Array
    #: 1 for integers.
    factor: int
    offset: int


def find_scaling(values: Array, valid: Array | None) -> ScaledIntegers | None:
    """Return values as integers; None if they are not integers, or would not become narrower.

    ``valid`` tells which values count, default all.
    """
    counted = values.reshape(-1) if valid is None else values[valid]
    if not counted.size or values.dtype.itemsize == 1:
        return None
    if values.dtype.kind == "f":
        factor = _factor(counted)
        if factor is None:
            return None
        chosen = values if valid is None else np.where(valid, values, 0)
        whole = _multiplied(chosen, factor).astype(np.int64)
        counted = whole.reshape(-1) if valid is None else whole[valid]
    else:
        factor, whole = 1, values
    low, high = int(counted.min()), int(counted.max())
    width = np.min_scalar_type(high - low).itemsize
    if width > values.itemsize or (values.dtype.kind != "f" and width == values.itemsize):
        return None
    words = (whole.astype(np.uint64) - np.uint64(low % 2**64)).astype(f"u{width}")
    if valid is not None:
        words *= valid
    return ScaledIntegers(words, factor, low)


def undo_scaling(scaled: ScaledIntegers, dtype: DType) -> Array:
    """Undo `find_scaling`; invalid values are undefined."""
    words, factor, offset = scaled
    dtype = np.dtype(dtype)
    if dtype.kind != "f":
        bits = np.dtype(f"u{dtype.itemsize}")
        return np.add(words, scalar(offset % (1 << 8 * bits.itemsize), bits), dtype=bits).view(
            dtype
        )
    with np.errstate(over="ignore"):  # of a damaged file only
        if words.itemsize <= 4 and abs(offset) <= _LARGEST:  # the sum is exact as a float64
            whole = np.add(words, float(offset), dtype=np.float64)
        else:
            whole = (words.astype(np.uint64) + np.uint64(offset % 2**64)).view(np.int64)
        values = np.empty(words.shape, dtype)
        return np.divide(whole, float(factor), out=values, dtype=np.float64, casting="same_kind")


def _factor(values: Array) -> int | None:
    sample = np.ascontiguousarray(values[:: max(1, values.size // DECIMAL_SAMPLE)])
    for factor in DECIMAL_FACTORS:
        if _is_exact(sample, factor) and _is_exact(values, factor):
            return factor
    return None


def _multiplied(values: Array, factor: int) -> Array:
    """Return the nearest whole numbers, as float64 whatever the release of numpy would take."""
    nearest: Array = np.rint(np.multiply(values, float(factor), dtype=np.float64))
    return nearest


def _is_exact(values: Array, factor: int) -> bool:
    with np.errstate(all="ignore"):
        whole = _multiplied(values, factor) + 0.0  # -0.0 becomes 0.0, and fails below
        if not (np.abs(whole) < _LARGEST).all():
            return False
        back = (whole / factor).astype(values.dtype)
    unsigned = f"u{values.itemsize}"
    return bool((back.view(unsigned) == values.view(unsigned)).all())
