"""Rasters of arrays, in memory and as FLAC files."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import numpy as np
from flac_raster_qgis.engine import ArrayRaster, Band, RasterMetadata, WriteOptions, write_raster

_OF_RASTER = {field.name for field in fields(RasterMetadata)}
_OF_WRITING = {field.name for field in fields(WriteOptions)}


def slope(width=40, height=30, count=1, dtype="uint16"):
    """Pixels that rise to the right and downwards."""
    rows, columns = np.mgrid[:height, :width]
    return np.stack([(rows * 7 + columns * 3 + band).astype(dtype) for band in range(count)])


def array_raster(array, mask=None, *, bands=None, band_tags=None, **described):
    """Make a raster of an array of shape (bands, height, width).

    ``described`` has fields of `RasterMetadata`, and others of `Band`, which all bands get.
    """
    count, height, width = array.shape
    of_raster = {name: value for name, value in described.items() if name in _OF_RASTER}
    of_band = {name: value for name, value in described.items() if name not in _OF_RASTER}
    if band_tags is not None:
        of_band["tags"] = band_tags
    bands = bands or tuple(Band(**of_band) for _ in range(count))
    metadata = RasterMetadata(
        width, height, array.dtype.name, bands, has_mask=mask is not None, **of_raster
    )
    return ArrayRaster(metadata, array, mask)


def write_flac(path, array=None, tile_size=16, *, mask=None, **described):
    """Write an array, a slope where none is given; return the path.

    ``described`` has options of writing, and what `array_raster` takes.
    """
    options = {name: described.pop(name) for name in _OF_WRITING & set(described)}
    raster = array_raster(slope() if array is None else array, mask, **described)
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    write_raster(raster, Path(path), WriteOptions(tile_size=tile_size, **options))
    return Path(path)
