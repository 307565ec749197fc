"""How flac-raster made samples of pixels, computed as it computed them.

Two releases, whose files look alike: 0.1.2 computes differences of integers in their own data
type, where those of signed ones may wrap, and takes floats as they are; 0.2.0 computes everything
in float64 and scales floats as well.
"""

from __future__ import annotations

import numpy as np

from ..model.data_types import Array, DType


def scale(difference: Array, span: float, full: int) -> Array:
    """Return what pixels become, given how far above the smallest they are.

    Parameters
    ----------
    difference : ndarray of float64
    span : float
        Largest minus smallest pixel, not 0.
    full : int
        A sample at full scale.

    Returns
    -------
    ndarray of float64
        Whole numbers, which rise and fall with the differences, never against them.
    """
    scaled: Array = np.trunc((2.0 * difference / span - 1.0) * full)
    return scaled


def wrapped_span(low: int, high: int, dtype: DType) -> int:
    """Return largest minus smallest as a number of the data type itself."""
    span = np.array([high], dtype) - np.array([low], dtype)
    return int(span[0])


def as_samples(scaled: Array, bits: int) -> Array:
    """Make samples of whole numbers: what does not fit into 16 bits wraps."""
    return scaled.astype(np.int64).astype(np.int16 if bits == 16 else np.int32)


def unscaled_floats(pixels: Array, full: int, product: DType) -> Array:
    """Return what 0.1.2 makes of floats, before they are cut to 32 bits.

    Parameters
    ----------
    pixels : ndarray of float32 or float64
    full : int
    product : dtype
        That the product is rounded to: the pixels' own since numpy 2, float64 before.

    Returns
    -------
    ndarray of float64
        Whole numbers.
    """
    with np.errstate(over="ignore", invalid="ignore"):
        scaled: Array = np.trunc((pixels.astype(product) * product.type(full)).astype(np.float64))
    return scaled
