"""What every raster can do, whatever holds its pixels: say what it is and read a window."""

from __future__ import annotations

from typing import Optional, Protocol

import numpy as np

from .grid import Window
from .metadata import RasterMetadata

#: Pixels of shape (bands, height, width), and valid pixels of shape (height, width) or None where
#: all are valid.
Block = tuple[np.ndarray, Optional[np.ndarray]]


class Raster(Protocol):
    """A source of pixels at full resolution."""

    #: Path or URL, as messages show it.
    name: str
    metadata: RasterMetadata
    #: What of the raster is not as it was, one sentence each.
    warnings: tuple[str, ...]

    def read_block(self, window: Window) -> Block:
        """Return pixels and mask of all bands in a window inside the raster."""

    def close(self) -> None:
        """Release what the raster holds."""


class ArrayRaster:
    """A raster in memory.

    Parameters
    ----------
    metadata : RasterMetadata
    array : ndarray, shape (bands, height, width)
    mask : ndarray of bool, shape (height, width), optional
        True where pixels are valid; must be given where ``metadata.mask`` says so.
    name : str
    """

    def __init__(
        self,
        metadata: RasterMetadata,
        array: np.ndarray,
        mask: np.ndarray | None = None,
        name: str = "array",
    ):
        expected = (metadata.count, metadata.height, metadata.width)
        if array.shape != expected or array.dtype != np.dtype(metadata.dtype):
            raise ValueError(
                f"{name} is {array.shape} {array.dtype}, its metadata says {expected} "
                f"{metadata.dtype}"
            )
        if metadata.mask is not (mask is not None):
            raise ValueError(f"{name}: a mask must be given exactly where the metadata says so")
        self.name, self.metadata, self.warnings = name, metadata, ()
        self._array, self._mask = array, mask

    def read_block(self, window: Window) -> Block:
        """See `Raster`."""
        rows, columns = window.slices
        mask = None if self._mask is None else self._mask[rows, columns]
        return self._array[:, rows, columns], mask

    def close(self) -> None:
        """See `Raster`."""
