"""Supported data types, and pixels viewed as bits."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from ..errors import UnsupportedRaster

#: An array of any data type; docstrings give its shape and data type.
Array = npt.NDArray[Any]
DType = np.dtype[Any]

#: Supported data types in the order of their codes in the tile header (append only).
DTYPES = (
    *("uint8", "int8", "uint16", "int16", "uint32", "int32", "uint64", "int64"),
    *("float16", "float32", "float64", "complex64", "complex128"),
)
_UNSIGNED: dict[int, DType] = {size: np.dtype(f"u{size}") for size in (1, 2, 4, 8)}


def check_dtype(dtype: str, name: str) -> None:
    """Raise `UnsupportedRaster` unless the data type is supported."""
    if dtype not in DTYPES:
        raise UnsupportedRaster("raster.data_type", name, found=dtype, expected=", ".join(DTYPES))


def planes_per_band(dtype: DType) -> int:
    """Return the number of planes per band: two for complex data types."""
    return 2 if np.dtype(dtype).kind == "c" else 1


def real_dtype(dtype: DType) -> DType:
    """Return the data type of the planes."""
    return np.zeros(0, dtype).real.dtype


def to_bits(array: Array) -> Array:
    """Return a view as unsigned integers, to compare NaN payloads and -0.0 by bits.

    Complex arrays gain a trailing axis of length 2.
    """
    array = np.ascontiguousarray(array)
    if array.dtype.kind == "c":
        array = array.view(array.real.dtype).reshape(*array.shape, 2)
    return array.view(_UNSIGNED[array.dtype.itemsize])
