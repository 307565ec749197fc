"""Small scenes of a satellite, in two UTM zones, and what a collection of them must show."""

from __future__ import annotations

import numpy as np
from flac_raster_qgis.engine import Band, FlacRaster
from flac_raster_qgis.engine.collection.catalog import Collection
from flac_raster_qgis.engine.collection.document import read_document
from flac_raster_qgis.engine.collection.members import Members

from kits.rasters import write_flac

SIZE, PIXEL = 64, 10.0
WEST, NORTH = "EPSG:32632", 5_000_000.0


def scene(
    path, x=600_000.0, y=NORTH, *, crs=WEST, seed=0, size=SIZE, pixel=PIXEL, holes=True, **how
):
    """Write a scene of two bands, whose upper left corner lies at x and y; return its pixels."""
    generator = np.random.default_rng(seed)
    array = generator.integers(1, 1000, (2, size, size)).astype("uint16")
    if holes:
        array[:, : size // 4, : size // 4] = 0
    bands = (Band(nodata=0, description="B04"), Band(nodata=0, description="B08"))
    how = {"tile_size": 32, "effort": "fast", **how}
    write_flac(path, array, crs=crs, transform=(pixel, 0, x, 0, -pixel, y), bands=bands, **how)
    return array


def opened(path, **options):
    """Return the members of a collection, which fail the test where one cannot be read."""
    collection = Collection(str(path), read_document(str(path)))
    options.setdefault("on_failure", _fail)
    return Members(collection, lambda name, first: FlacRaster.open(name, workers=1), **options)


def _fail(number, error):
    raise AssertionError(f"member {number}: {error}") from error
