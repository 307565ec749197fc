"""Blocks of pixels in the form QGIS draws and computes with."""

from __future__ import annotations

import math

import numpy as np
from qgis.core import QgsRasterBlock, QgsRasterRange

from ..core.message_log import log_error
from ..core.translation import tr
from .band_values import BandValues


def make_block(
    band: BandValues, values: np.ndarray, there: np.ndarray, use_nodata: bool
) -> QgsRasterBlock:
    """Return stored values as a block.

    Parameters
    ----------
    band : BandValues
    values : ndarray, shape (height, width)
        As stored.
    there : ndarray of bool, shape (height, width)
        False for pixels that have no value at all.
    use_nodata : bool
        Whether pixels of the band's own nodata value are nodata.
    """
    height, width = values.shape
    block = QgsRasterBlock(band.qgis_type, width, height)
    pixels = np.ascontiguousarray(band.to_qgis(values))
    missing = ~(there & band.valid(values, use_nodata))
    value_is_data = not use_nodata and band.stored_nodata is not None
    if band.nodata is not None and not value_is_data:
        block.setNoDataValue(band.nodata)
        pixels = _filled(pixels, missing, band.nodata)
    elif band.dtype.kind == "c":
        # QGIS computes with none of their values, so there is nothing else to mark them with
        pixels = _filled(pixels, missing, complex(math.nan, math.nan))
    elif missing.any():
        _mark(block, missing, band.dtype)
    block.setData(pixels.tobytes())
    return block


def empty_block(band: BandValues, width: int, height: int) -> QgsRasterBlock:
    """Return a block without any data."""
    block = QgsRasterBlock(band.qgis_type, width, height)
    if band.nodata is not None:
        block.setNoDataValue(band.nodata)
    if not block.setIsNoData():
        log_error(
            tr("There is no memory for {width} x {height} pixels.").format(
                width=width, height=height
            )
        )
    return block


def _filled(pixels: np.ndarray, missing: np.ndarray, value: complex) -> np.ndarray:
    if not missing.any():
        return pixels
    filled = pixels.copy()
    filled[missing] = value
    return filled


def _mark(block: QgsRasterBlock, missing: np.ndarray, dtype: np.dtype) -> None:
    """Mark pixels as nodata where every value is a value, in the bitmap that a block has for this.

    QGIS sets the bitmap pixel by pixel, or for all pixels in a range of values: so the block holds
    1 for the missing ones while it does the latter.
    """
    block.setData(missing.astype(dtype).tobytes())
    block.applyNoDataValues([QgsRasterRange(1, 1)])
