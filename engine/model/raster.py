"""Interface of all rasters: metadata and reading of windows."""

from __future__ import annotations

from typing import Optional, Protocol

import numpy as np

from ..errors import InputError
from .data_types import Array, DType
from .grid import Window
from .metadata import RasterMetadata

#: Pixels of shape (bands, height, width), and boolean mask of valid pixels of shape (height, width)
#: or None.
MaskedPixels = tuple[Array, Optional[Array]]


class Raster(Protocol):
    """Source of pixels at full resolution."""

    #: Path or redacted URL, for messages.
    name: str
    metadata: RasterMetadata

    @property
    def warnings(self) -> tuple[str, ...]:
        """Properties that are not preserved, one sentence each."""

    def read_window(self, window: Window) -> MaskedPixels:
        """Return pixels and mask of all bands in a window inside the raster."""

    def close(self) -> None:
        """Release resources."""


class ArrayRaster:
    """Raster in memory.

    Parameters
    ----------
    metadata : RasterMetadata
    array : ndarray, shape (bands, height, width)
    mask : ndarray of bool, shape (height, width), optional
        True for valid pixels; required if ``metadata.has_mask``.
    name : str

    Raises
    ------
    InputError
        If metadata and array do not match.
    """

    def __init__(
        self,
        metadata: RasterMetadata,
        array: Array,
        mask: Array | None = None,
        name: str = "array",
    ):
        array = np.asanyarray(array)
        expected = (metadata.count, metadata.height, metadata.width)
        if array.shape != expected or not _is_dtype(array.dtype, metadata.dtype):
            raise InputError(
                "array.shape",
                name,
                found=array.shape,
                dtype=array.dtype,
                expected=expected,
                expected_dtype=metadata.dtype,
            )
        if metadata.has_mask is not (mask is not None):
            code = "array.mask_missing" if mask is None else "array.mask_extra"
            raise InputError(code, name)
        if mask is not None and mask.shape != expected[1:]:
            raise InputError("array.mask_shape", name, found=mask.shape, expected=expected[1:])
        self.name, self.metadata = name, metadata
        self.warnings: tuple[str, ...] = ()
        self._array, self._mask = array, mask

    def read_window(self, window: Window) -> MaskedPixels:
        """See `Raster`."""
        rows, columns = window.slices
        mask = None if self._mask is None else self._mask[rows, columns]
        return self._array[:, rows, columns], mask

    def close(self) -> None:
        """See `Raster`."""


def _is_dtype(dtype: DType, name: str) -> bool:
    try:
        return dtype == np.dtype(name)
    except TypeError:  # unknown name
        return False
