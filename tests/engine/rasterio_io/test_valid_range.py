"""Values that a NetCDF file calls invalid are kept: they are what it holds."""

import numpy as np
import pytest
import xarray
from flac_raster_qgis.engine import FlacRaster, compare, convert

VALUES = np.arange(60, dtype="int16").reshape(6, 10)


@pytest.mark.parametrize(
    "attributes",
    [
        {"valid_range": np.array([0, 10], "int16")},
        {"valid_max": np.int16(10)},
        {"valid_min": np.int16(30)},
    ],
    ids=lambda attributes: next(iter(attributes)),
)
@pytest.mark.parametrize("names", [("v",), ("v", "w")])
def test_values_out_of_the_range(tmp_path, attributes, names):
    source = tmp_path / "a.nc"
    variables = {name: (("lat", "lon"), VALUES, attributes) for name in names}
    places = {
        "lat": ("lat", np.arange(6.0)[::-1], {"units": "degrees_north"}),
        "lon": ("lon", np.arange(10.0), {"units": "degrees_east"}),
    }
    xarray.Dataset(variables, places).to_netcdf(source, engine="scipy")
    convert(source, tmp_path / "a.flac", variable="v")
    with FlacRaster.open(tmp_path / "a.flac") as raster:
        assert (raster.read()[0] == VALUES).all()
    whole = source if len(names) == 1 else f'NETCDF:"{source}":v'
    assert compare(whole, tmp_path / "a.flac").identical
