"""Prediction between bands: residuals of a band resemble those of the previous band.

So they are predicted from those at the same place, times a weight that is fitted for each plane and
stored in eighths.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ...model.data_types import Array
from ..effort import MAX_WEIGHT, WEIGHT_OUTLIER, WEIGHT_SAMPLE

#: Weights are multiples of ``1 / 2**_SHIFT``.
_SHIFT = 3
_WIDER = {1: np.int16, 2: np.int32, 4: np.int64, 8: np.int64}


def apply_weight(before: Array, weights: Sequence[int]) -> Array:
    """Return residuals times the weight of their tile, rounded, as unsigned of the same width.

    The product has twice the width: overflow would cost several percent of size. The first axis of
    ``before`` is that of tiles.
    """
    if all(weight == 1 << _SHIFT for weight in weights):
        return before
    wide = _WIDER[before.itemsize]
    signed = before.view(f"i{before.itemsize}")
    factors = np.array(weights, wide).reshape(-1, *[1] * (before.ndim - 1))
    product = np.multiply(signed, factors, dtype=wide)
    product += 1 << (_SHIFT - 1)
    product >>= _SHIFT
    result: Array = product.astype(before.dtype)
    for tile, weight in enumerate(weights):
        if weight == 1 << _SHIFT:  # exactly, where the product of a word of 64 bits would wrap
            result[tile] = before[tile]
    return result


def fit_weight(residual: Array, before: Array, valid: Array | None) -> int:
    """Return the weight that predicts a residual best: least squares without outliers.

    All arrays have shape (planes, rows, columns); default all pixels are valid.
    """
    rows = slice(None, None, max(1, residual.size // WEIGHT_SAMPLE))
    real_type = np.float64 if residual.itemsize == 8 else np.float32  # whose squares fit

    def real(array: Array) -> Array:
        return array.view(f"i{array.itemsize}")[:, rows].astype(real_type).reshape(-1)

    y, x = real(residual), real(before)
    if valid is not None:
        counts = valid[:, rows].reshape(-1)
        y, x = y[counts], x[counts]
        if not y.size:
            return 0
    usual_y, usual_x = map(_no_outliers, (y, x))
    usual_y &= usual_x
    x *= usual_y
    power = float(x @ x)
    if power <= 0:
        return 0
    return max(-MAX_WEIGHT, min(round((1 << _SHIFT) * float(y @ x) / power), MAX_WEIGHT))


def _no_outliers(values: Array) -> Array:
    """Return which values are not outliers."""
    sizes = np.abs(values)
    mean = sizes.dtype.type(np.add.reduce(sizes) / values.size)  # rounded, in any numpy
    usual: Array = sizes < WEIGHT_OUTLIER * mean + 1
    return usual
