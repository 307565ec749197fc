"""Find valid pixels: neither NaN, nodata nor masked."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from . import data_types
from .data_types import Array, DType
from .metadata import Number, RasterMetadata


def valid_mask(band: Array, nodata: Number | None, mask: Array | None) -> Array:
    """Return a boolean array of the valid pixels of a band."""
    ok = np.ones(band.shape, bool) if mask is None else mask.copy()
    if band.dtype.kind in "fc":
        ok &= ~np.isnan(band)
    value = cast_nodata(band.dtype, nodata)
    if value is not None and not np.isnan(value):
        with np.errstate(invalid="ignore"):  # for signaling NaNs
            ok &= band != value
    return ok


def cast_nodata(dtype: DType, nodata: Number | None) -> np.generic | None:
    """Return nodata in a data type, or None if no pixel can have the value."""
    if nodata is None:
        return None
    dtype = np.dtype(dtype)
    if dtype.kind in "iu":
        if not math.isfinite(nodata) or nodata != int(nodata):
            return None
        info = np.iinfo(dtype)
        return dtype.type(int(nodata)) if info.min <= nodata <= info.max else None
    with np.errstate(over="ignore"):
        pixel: np.generic = dtype.type(nodata)
        return pixel


def is_all_nodata(array: Array, nodata: Sequence[Number | None]) -> bool:
    """Whether every pixel is bit-identical to the nodata value of its band."""
    for band, value in zip(array, nodata):
        pixel = cast_nodata(array.dtype, value)
        if pixel is None:
            return False
        if not (
            data_types.to_bits(band) == data_types.to_bits(np.asarray(pixel)[np.newaxis])[0]
        ).all():
            return False
    return True


def alpha_band(metadata: RasterMetadata) -> int | None:
    """Return the alpha band that masks the others, as in GDAL: the last of two or four."""
    is_alpha = metadata.count in (2, 4) and metadata.bands[-1].color_interpretation == "alpha"
    has_other = metadata.has_mask or metadata.bands[0].nodata is not None
    return metadata.count - 1 if is_alpha and not has_other else None
