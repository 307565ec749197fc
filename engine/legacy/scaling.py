"""Samples from pixels, computed exactly as flac-raster computes them.

The files of two releases look alike: 0.1.2 computes differences of integers in their own data type,
where signed ones may wrap, and does not shift floats to their range; 0.2.0 computes everything in
float64 and scales floats like integers.
"""

from __future__ import annotations

import numpy as np

from ..model.data_types import Array, DType


def scale(difference: Array, span: float, full: int) -> Array:
    """Return the samples of pixels: whole numbers as float64, monotonic in the differences.

    ``difference`` is pixels minus their minimum as float64, ``span`` the maximum minus the minimum,
    not 0, and ``full`` the sample at full scale.
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

    They are whole numbers as float64. ``product`` is the type of the product: the pixels' own since
    numpy 2, float64 before.
    """
    with np.errstate(over="ignore", invalid="ignore"):
        scaled: Array = np.trunc((pixels.astype(product) * product.type(full)).astype(np.float64))
    return scaled
