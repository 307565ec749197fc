"""Smallest and largest valid pixels as numpy finds them."""

from __future__ import annotations

from flac_raster_qgis.engine.model.nodata import valid_mask

SIZE = 16


def expected(raster, band, rows, columns):
    """Smallest and largest valid pixel of a part of a band, or None."""
    pixels = raster._array[band, rows, columns]
    mask = None if raster._mask is None else raster._mask[rows, columns]
    found = pixels[valid_mask(pixels, raster.metadata.nodata[band], mask)]
    return (found.min().item(), found.max().item()) if found.size else None


def under(key):
    """Rows and columns of the pixels of full resolution that a tile stands for."""
    side = SIZE << key.level
    return tuple(slice(n * side, (n + 1) * side) for n in (key.row, key.column))
