"""Samples from pixels, computed exactly as flac-raster computes them.

The files of two releases look alike: 0.1.2 computes differences of integers in their own data type,
where signed ones may wrap, and does not shift floats to their range; 0.2.0 computes everything in
float64 and scales floats like integers.
"""

from __future__ import annotations

import numpy as np

from ..model.data_types import Array, DType


def scale(difference: Array, span: float, full: int) -> Array:
    """Return the samples of pixels.

    Parameters
    ----------
    difference : ndarray of float64
        Pixels minus their minimum.
    span : float
        Maximum minus minimum, not 0.
    full : int
        Sample at full scale.

    Returns
    -------
    ndarray of float64
        Whole numbers, monotonic in the differences.
    """
    scaled: Array = np.trunc((2.0 * difference / span - 1.0) * full)
    return scaled


def unscale(samples: Array, span: float, full: int) -> Array:
    """Return the middle of the differences that `scale` truncates to the samples, as float64."""
    middle: Array = ((samples + 0.5 * np.sign(samples)) / full + 1.0) * span / 2.0
    return middle


def wrapped_span(low: int, high: int, dtype: DType) -> int:
    """Return maximum minus minimum, computed in the data type itself."""
    span = np.array([high], dtype) - np.array([low], dtype)
    return int(span[0])


def as_samples(scaled: Array, bits: int) -> Array:
    """Convert whole numbers to the type of samples; beyond 16 bits they wrap."""
    return scaled.astype(np.int64).astype(np.int16 if bits == 16 else np.int32)


def unscaled_floats(pixels: Array, full: int, product: DType) -> Array:
    """Return the samples that 0.1.2 computes from floats, before they are limited to 32 bits.

    Parameters
    ----------
    pixels : ndarray of float32 or float64
    full : int
        Sample at full scale.
    product : dtype
        Type of the product: the pixels' own since numpy 2, float64 before.

    Returns
    -------
    ndarray of float64
        Whole numbers.
    """
    with np.errstate(over="ignore", invalid="ignore"):
        scaled: Array = np.trunc((pixels.astype(product) * product.type(full)).astype(np.float64))
    return scaled
