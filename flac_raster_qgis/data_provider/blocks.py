"""Blocks of pixels, as QGIS draws them and computes with them."""

from __future__ import annotations

import math

import numpy as np
from qgis.core import QgsRasterBlock, QgsRasterRange

from ..core.message_log import log_error
from ..core.translation import tr
from .band_values import BandValues


def make_block(
    band: BandValues, values: np.ndarray, valid: np.ndarray, use_nodata: bool
) -> QgsRasterBlock:
    """Return stored values, shape (height, width), as a block.

    ``valid`` is False for pixels outside the raster or masked; ``use_nodata`` says whether the
    nodata value of the band counts as nodata.
    """
    height, width = values.shape
    block = QgsRasterBlock(band.qgis_type, width, height)
    pixels = np.ascontiguousarray(band.to_qgis(values))
    missing = ~(valid & band.valid_mask(values, use_nodata))
    value_is_data = not use_nodata and band.stored_nodata is not None
    if band.nodata is not None and not value_is_data:
        block.setNoDataValue(band.nodata)
        pixels = _filled(pixels, missing, band.nodata)
    elif band.dtype.kind == "c":
        # QGIS has no other way to mark complex pixels
        pixels = _filled(pixels, missing, complex(math.nan, math.nan))
    elif missing.any():
        _mark(block, missing, band.dtype)
    block.setData(pixels.tobytes())
    return block


def empty_block(band: BandValues, width: int, height: int) -> QgsRasterBlock:
    """Return a block of nodata."""
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
    """Mark pixels as nodata in the bitmap of the block, because no value is free to mark them.

    QGIS can set the bitmap for all pixels in a range of values: the block contains 1 for missing
    pixels meanwhile.
    """
    block.setData(missing.astype(dtype).tobytes())
    block.applyNoDataValues([QgsRasterRange(1, 1)])
