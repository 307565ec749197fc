"""NetCDF whose dimensions are in another order than rows and columns."""

from __future__ import annotations

import numpy as np
import pytest
import rasterio
from flac_raster_qgis.engine.operations.opening import open_raster
from kits.cubes import netcdf

LAT, LON = np.array([3.0, 2, 1]), np.array([11.0, 12, 13, 14])


def codes(path, dims, lat=LAT, lon=LON):
    """Write a variable, and return the codes of warnings and how GDAL places its columns."""
    sizes = {"time": 2, "lat": len(lat), "lon": len(lon)}
    variables = {
        "lat": (("lat",), lat, {"units": "degrees_north"}),
        "lon": (("lon",), lon, {"units": "degrees_east"}),
        "time": (("time",), np.array([0.0, 1]), {"units": "days since 2000-01-01"}),
        "rain": (dims, np.zeros([sizes[each] for each in dims], "f4"), {}),
    }
    netcdf(path, sizes, variables)
    with rasterio.open(path) as judge:
        first = judge.transform.c + judge.transform.a / 2
    with open_raster(path) as raster:
        return [each.code for each in raster.warnings], first


@pytest.mark.parametrize("lat", [LAT, LAT[::-1], np.array([3.0, 2, 1, 0])])
def test_columns_that_are_latitudes_are_told(tmp_path, lat):
    """As in rain of GPM: maps would show it mirrored, far from where it is."""
    found, first = codes(tmp_path / "x.nc", ("time", "lon", "lat"), lat)
    assert found == ["note.axes_order"] and first == lat[0]


@pytest.mark.parametrize("lat", [LAT, LAT[::-1], np.array([14.0, 13, 12, 11])])
def test_rows_and_columns_in_order_are_told_nothing(tmp_path, lat):
    """Also where latitudes are the same numbers as longitudes."""
    found, first = codes(tmp_path / "x.nc", ("time", "lat", "lon"), lat)
    assert found == [] and first == LON[0]
