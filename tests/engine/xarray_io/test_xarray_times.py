"""Times of bands as a dimension of xarray, as xarray itself opens the NetCDF they come from."""

from __future__ import annotations

import pickle

import numpy as np
import pytest
from flac_raster_qgis.engine import FlacRaster, convert
from kits.cubes import cube, geotiff

xarray = pytest.importorskip("xarray", reason="xarray is not installed")
pytestmark = pytest.mark.filterwarnings("ignore::rasterio.errors.NotGeoreferencedWarning")
MONTHS = [[0, 31], [31, 59], [59, 90]]


def opened(source, **options):
    output = source.with_suffix(".flac")
    convert(source, output, overwrite=True)
    return xarray.open_dataset(output, engine="flac_raster", **options)


def as_netcdf(path):
    pytest.importorskip("scipy", reason="xarray reads classic NetCDF with scipy")
    return xarray.open_dataset(path, engine="scipy")


@pytest.mark.parametrize("calendar", [None, "noleap", "360_day", "all_leap", "julian"])
@pytest.mark.parametrize("levels", [None, [500, 850]])
def test_netcdf_flac_xarray_netcdf(tmp_path, calendar, levels):
    if calendar:
        pytest.importorskip("cftime", reason="cftime is not installed")
    source = cube(
        *(tmp_path / "tos.nc", [15.5, 45, 74.5], "days since 2001-01-01", calendar, MONTHS, levels)
    )
    found, expected = opened(source), as_netcdf(source)
    assert found.band_data.dims == (("time", "band") if levels else ("time",)) + ("y", "x")
    assert np.array_equal(found.band_data.values, expected.tos.values)
    assert found.time.values.tolist() == expected.time.values.tolist()
    assert found.time_bnds.values.tolist() == expected.time_bnds.values.tolist()
    assert found.time.dtype == expected.time.dtype
    back = tmp_path / "back.nc"
    found.drop_vars("band_label", errors="ignore").to_netcdf(back, engine="scipy")
    raw = {
        name: xarray.open_dataset(path, engine="scipy", decode_times=False)
        for name, path in (("source", source), ("back", back))
    }
    for name in ("time", "time_bnds"):
        assert np.allclose(raw["back"][name].values, raw["source"][name].values, atol=1e-6)
    assert raw["back"].time.attrs["units"] == "days since 2001-01-01"
    assert raw["back"].time.attrs["calendar"] == (calendar or "standard")


def test_dates_of_other_calendars_can_be_selected(tmp_path):
    pytest.importorskip("cftime", reason="cftime is not installed")
    source = cube(tmp_path / "a.nc", [0, 30, 59], "days since 2001-01-01", "360_day")
    found = opened(source)
    assert found.time.values[2].isoformat() == "2001-02-30T00:00:00"
    assert found.sel(time="2001-02").sizes["time"] == 2


def test_without_cftime_other_calendars_are_shown_in_the_usual_one(tmp_path, monkeypatch):
    import sys

    source = cube(tmp_path / "a.nc", [0, 30, 60], "days since 2001-01-01", "360_day")
    monkeypatch.setitem(sys.modules, "cftime", None)
    found = opened(source)
    assert found.time.values.astype("datetime64[D]").astype(str).tolist() == [
        "2001-01-01",
        "2001-02-01",
        "2001-03-01",
    ]


@pytest.fixture
def rgb(tmp_path):
    """Two colors of three dates, the latest first."""
    return geotiff(
        tmp_path / "rgb.tif", [f"{c} 2020-0{m}" for m in (3, 2, 1) for c in ("red", "nir")]
    )


def test_several_bands_a_time(rgb):
    found = opened(rgb)
    assert found.band_data.dims == ("time", "band", "y", "x")
    assert found.band_data.shape == (3, 2, 20, 30)
    assert found.time.values.astype("datetime64[M]").astype(str).tolist() == [
        "2020-01",
        "2020-02",
        "2020-03",
    ]
    assert found.band.values.tolist() == [1, 2]
    assert found.band_label.values.tolist() == ["red", "nir"]
    with FlacRaster.open(rgb.with_suffix(".flac")) as raster:
        stored = raster.read()
    assert np.array_equal(found.band_data.values, stored.reshape(3, 2, 20, 30)[::-1])
    assert found.sizes["bnds"] == 2
    assert "long_name" not in found.band_data.attrs
    assert found.band_data.encoding["preferred_chunks"]["time"] == 2


@pytest.mark.parametrize(
    "key",
    [
        (1, 1, 5, 6),
        (slice(None), 0, slice(2, 9, 3), 4),
        (slice(None, None, -1), slice(1, None), 3, slice(5, 2, -1)),
        ([2, 0], [1, 0, 1], [7, 3], [1, 1, 0]),
        (-1, slice(0, 0), slice(None), slice(None)),
    ],
)
def test_any_part_of_four_dimensions(rgb, key):
    lazy = opened(rgb).band_data
    whole = lazy.load().copy(deep=True)
    index = dict(zip(lazy.dims, key))
    again = pickle.loads(pickle.dumps(opened(rgb))).band_data.isel(index)
    assert np.array_equal(again.values, whole.isel(index).values)


def test_variables_are_named_by_labels(rgb):
    found = opened(rgb, band_as_variable=True)
    assert {*found.data_vars} == {"red", "nir"} and found.red.dims == ("time", "y", "x")
    both = opened(rgb).band_data
    assert np.array_equal(found.nir.values, both.sel(band=2).values)


def test_labels_that_are_names_of_coordinates(tmp_path):
    labels = ("time", "x", "spatial_ref", "")
    texts = [f"{label} 2020-0{month}" for month in (1, 2) for label in labels]
    found = opened(geotiff(tmp_path / "a.tif", texts), band_as_variable=True)
    assert [*found.data_vars] == ["band_time", "band_x", "band_spatial_ref", "band_4"]
    assert found.band_x.dims == ("time", "y", "x")


def test_times_are_left_out_on_request(rgb):
    for options in ({"decode_times": False}, {"decode_cf": False}):
        found = opened(rgb, **options)
        assert found.band_data.dims == ("band", "y", "x") and "time" not in found.coords
    assert "band_1" in opened(rgb, band_as_variable=True, decode_times=False)


def test_bands_that_make_no_table_have_times_beside_them(tmp_path):
    path = geotiff(tmp_path / "a.tif", ["red 2020-01", "nir 2020-01", "red 2020-02"])
    found = opened(path)
    assert found.band_data.dims == ("band", "y", "x")
    assert found.time.dims == ("band",)
    assert found.time.values.astype("datetime64[M]").astype(str).tolist() == [
        "2020-01",
        "2020-01",
        "2020-02",
    ]
    assert "time" not in opened(path, band_as_variable=True).coords


def test_one_time_is_that_of_all_bands(tmp_path):
    path = geotiff(tmp_path / "a.tif", ["red", "nir"])
    convert(path, tmp_path / "a.flac", time_start="2020-07-04T10:30")
    found = xarray.open_dataset(tmp_path / "a.flac", engine="flac_raster")
    assert found.band_data.dims == ("band", "y", "x")
    assert str(found.time.values)[:16] == "2020-07-04T10:30"
    plain = opened(path)
    assert "time" not in plain.coords


@pytest.mark.parametrize("first", ["0500", "9000"])
def test_years_beyond_nanoseconds(tmp_path, first):
    path = geotiff(tmp_path / "a.tif", ["a", "b"])
    convert(path, tmp_path / "a.flac", time_start=f"{first}-01-01", time_step="P100Y")
    found = xarray.open_dataset(tmp_path / "a.flac", engine="flac_raster")
    assert str(found.time.values[0])[:10] == f"{first}-01-01"
    assert str(found.time_bnds.values[1][1])[:4] == f"{int(first) + 200:04d}"


def test_scale_of_each_band_is_applied(tmp_path):
    import rasterio

    path = geotiff(tmp_path / "a.tif", ["2020-01", "2020-02"])
    with rasterio.open(path, "r+") as made:
        made.scales, made.offsets = (0.5, 2.0), (1.0, 0.0)
    found = opened(path)
    with FlacRaster.open(path.with_suffix(".flac")) as raster:
        stored = raster.read()
    assert np.array_equal(found.band_data[0].values, stored[0] * 0.5 + 1)
    assert np.array_equal(found.band_data[1].values, stored[1] * 2.0)


def test_one_variable_is_a_data_array(tmp_path):
    source = cube(tmp_path / "a.nc", [15, 45, 74], "days since 2001-01-01", None, MONTHS)
    convert(source, tmp_path / "a.flac")
    array = xarray.open_dataarray(tmp_path / "a.flac", engine="flac_raster")
    assert array.sel(time="2001-02").shape == (1, 3, 4)
