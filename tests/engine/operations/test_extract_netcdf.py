"""Extracting as NetCDF; xarray, cftime and GDAL read it."""

from __future__ import annotations

import builtins
import sys

import numpy as np
import pytest
import rasterio
from flac_raster_qgis.engine import (
    Area,
    ArrayRaster,
    Band,
    Cancelled,
    InputError,
    Job,
    MissingDependency,
    OutputExists,
    RasterMetadata,
    UnsupportedRaster,
    WriteOptions,
    convert,
    extract,
    write_raster,
)
from kits.cubes import cube, geotiff, need_driver

xarray = pytest.importorskip("xarray", reason="xarray is not installed")
pytest.importorskip("scipy", reason="xarray writes classic NetCDF with scipy")

MONTHS = [[0, 31], [31, 59], [59, 90]]
UNITS = "days since 2001-01-01"
TRANSFORM = (10.0, 0.0, 380000.0, 0.0, -10.0, 5140000.0)


@pytest.fixture(params=["netcdf4", "h5netcdf", "scipy"], autouse=True)
def engine(request, monkeypatch):
    """Each package that writes NetCDF, if it is installed."""
    from flac_raster_qgis.engine.xarray_io import netcdf

    pairs = [pair for pair in netcdf._ENGINES if pair[1] == request.param]
    pytest.importorskip(pairs[0][0], reason="a package that writes NetCDF is not installed")
    monkeypatch.setattr(netcdf, "_ENGINES", pairs)
    return request.param


def opened(path, **options):
    return xarray.open_dataset(path, **options)


def flac(folder, array, *, bands=None, **described):
    array = np.asarray(array)
    count, height, width = array.shape
    described = {"crs": "EPSG:32632", "transform": TRANSFORM, **described}
    metadata = RasterMetadata(
        width, height, array.dtype.name, tuple(bands or [Band()] * count), **described
    )
    write_raster(ArrayRaster(metadata, array), folder / "x.flac", WriteOptions(tile_size=64))
    return folder / "x.flac"


@pytest.mark.parametrize("calendar", [None, "noleap", "360_day", "all_leap", "julian"])
@pytest.mark.parametrize("levels", [None, [500, 850]])
def test_netcdf_flac_netcdf(tmp_path, calendar, levels):
    """Values, dimensions, times, bounds and units are those of the first file."""
    if calendar:
        pytest.importorskip("cftime", reason="cftime is not installed")
    attributes = {"long_name": "time of the mean"}
    source = cube(
        *(tmp_path / "tos.nc", [15.5, 45, 74.5], UNITS, calendar, MONTHS, levels),
        attributes=attributes,
    )
    convert(source, tmp_path / "tos.flac")
    result = extract(tmp_path / "tos.flac", tmp_path / "back.nc")
    assert result.warnings == ()
    expected, found = opened(source, engine="scipy"), opened(tmp_path / "back.nc")
    renamed = expected.rename(lat="y", lon="x")
    assert found.tos.dims == renamed.tos.dims
    assert np.array_equal(found.tos.values, renamed.tos.values)
    for name in ("time", "time_bnds"):
        assert found[name].values.tolist() == expected[name].values.tolist()
    for name in ("x", "y", *(["level"] if levels else [])):
        assert np.array_equal(found[name], renamed[name])
    assert found.tos.attrs["units"] == "K"
    assert found.tos.attrs["long_name"] == "sea surface temperature"
    raw = opened(tmp_path / "back.nc", decode_cf=False)
    assert raw.time.attrs["units"] == UNITS and raw.time.values.tolist() == [15.5, 45, 74.5]
    assert np.allclose(raw.time_bnds.values, MONTHS, atol=1e-6)
    assert raw.time.attrs["calendar"] == (calendar or "standard")
    assert "coordinates" not in raw.attrs and "_FillValue" not in raw.time_bnds.attrs


def test_gdal_reads_what_it_would_read_of_any_cube(tmp_path):
    need_driver("netCDF")
    array = np.arange(2 * 5 * 6, dtype="i2").reshape(2, 5, 6)
    tags = [{"": {"TIME_START": f"2020-0{month}-01T00:00:00Z"}} for month in (1, 2)]
    bands = [
        Band(nodata=-9, scale=0.1, offset=5.0, unit="K", description="air", tags=each)
        for each in tags
    ]
    extract(flac(tmp_path, array, bands=bands), tmp_path / "x.nc")
    with rasterio.open(f"NETCDF:{tmp_path / 'x.nc'}:band_data") as found:
        assert np.array_equal(found.read(), array)
        assert found.crs.to_epsg() == 32632
        assert tuple(found.transform)[:6] == TRANSFORM
        assert found.nodata == -9 and set(found.scales) == {0.1} and set(found.offsets) == {5.0}
        assert found.units == ("K", "K")
        assert [found.tags(n)["NETCDF_DIM_time"] for n in (1, 2)] == ["0", "31"]
        assert found.tags()["time#units"] == "days since 2020-01-01"
        assert found.tags()["NC_GLOBAL#Conventions"] == "CF-1.8"
    convert(f"NETCDF:{tmp_path / 'x.nc'}:band_data", tmp_path / "again.flac")
    again = xarray.open_dataset(tmp_path / "again.flac", engine="flac_raster")
    assert again.time.values.astype("M8[D]").astype(str).tolist() == ["2020-01-01", "2020-02-01"]


def test_packed_values_and_coordinates(tmp_path):
    array = np.arange(20, dtype="i2").reshape(1, 4, 5)
    array[0, 0, 0] = -9
    extract(
        flac(tmp_path, array, bands=[Band(nodata=-9, scale=0.5, offset=1.0)]), tmp_path / "x.nc"
    )
    raw, found = (opened(tmp_path / "x.nc", mask_and_scale=each) for each in (False, True))
    assert raw.band_data.dtype == "int16" and np.array_equal(raw.band_data, array[0])
    assert np.isnan(found.band_data[0, 0]) and found.band_data.values[1, 1] == 6 * 0.5 + 1
    assert found.x.values[0] == 380005 and found.y.values[0] == 5139995
    assert found.x.attrs == {"axis": "X", "standard_name": "projection_x_coordinate", "units": "m"}
    mapping = raw[raw.band_data.attrs["grid_mapping"]]
    assert mapping.attrs["crs_wkt"].startswith("PROJC")
    plain = opened(tmp_path / "x.nc", decode_coords="all")
    rioxarray = pytest.importorskip("rioxarray")
    assert rioxarray and plain.band_data.rio.crs.to_epsg() == 32632
    assert tuple(plain.band_data.rio.transform())[:6] == TRANSFORM


@pytest.mark.parametrize(
    "dtype", ["u1", "i1", "u2", "i2", "u4", "i4", "u8", "i8", "f2", "f4", "f8"]
)
def test_data_types_keep_their_values(tmp_path, dtype):
    array = np.array([[[0, 1, 100, 7]]]).astype(dtype)
    if array.dtype.kind in "iu":
        info = np.iinfo(dtype)
        array[0, 0, :2] = (info.min, info.max) if array.itemsize < 8 else (-(2**40) % 2**52, 2**53)
    bands = [Band(nodata=7)]
    extract(flac(tmp_path, array, bands=bands), tmp_path / "x.nc")
    raw = opened(tmp_path / "x.nc", mask_and_scale=False).band_data
    found = opened(tmp_path / "x.nc").band_data.values[0]
    if raw.attrs.get("_Unsigned"):
        raw = raw.astype("u1")
    assert [int(each) for each in raw.values[0]] == [int(each) for each in array[0, 0]]
    assert found[:3].tolist() == [float(each) for each in array[0, 0, :3]] and np.isnan(found[3])


def test_numbers_that_the_classic_format_cannot_hold(tmp_path, engine):
    array = np.array([[[2**60 + 1, 1]]], "u8")
    source = flac(tmp_path, array)
    if engine != "scipy":
        extract(source, tmp_path / "x.nc")
        assert opened(tmp_path / "x.nc").band_data.values.tolist() == array[0].tolist()
        return
    with pytest.raises(MissingDependency, match="needs the Python package netCDF4"):
        extract(source, tmp_path / "x.nc")
    assert not (tmp_path / "x.nc").exists()


def test_without_nodata_there_is_none(tmp_path):
    extract(flac(tmp_path, np.ones((1, 2, 3), "f4")), tmp_path / "x.nc")
    raw = opened(tmp_path / "x.nc", decode_cf=False)
    assert "_FillValue" not in raw.band_data.attrs and "scale_factor" not in raw.band_data.attrs


def test_labels_are_variables(tmp_path):
    texts = ["red 2020-01", "near infrared 2020-01", "red 2020-02", "near infrared 2020-02"]
    convert(geotiff(tmp_path / "a.tif", texts), tmp_path / "a.flac")
    extract(tmp_path / "a.flac", tmp_path / "a.nc")
    found = opened(tmp_path / "a.nc")
    assert {*found.data_vars} - {"spatial_ref"} == {"red", "near_infrared", "time_bnds"}
    assert found.red.dims == ("time", "y", "x")
    assert found.x.attrs["units"] == "degrees_east"
    assert found.time_bnds.values.astype("M8[D]").astype(str).tolist() == [
        ["2020-01-01", "2020-02-01"],
        ["2020-02-01", "2020-03-01"],
    ]
    with rasterio.open(tmp_path / "a.tif") as source:
        assert np.array_equal(found.red.values, source.read([1, 3]))
        assert np.array_equal(found.near_infrared.values, source.read([2, 4]))


def test_one_time_keeps_its_dimension(tmp_path):
    convert(geotiff(tmp_path / "a.tif", ["2020-01", "2020-02"]), tmp_path / "a.flac")
    extract(tmp_path / "a.flac", tmp_path / "a.nc", time="2020-02")
    found = opened(tmp_path / "a.nc")
    assert found.band_data.dims == ("time", "y", "x") and found.sizes["time"] == 1
    assert str(found.time.values[0])[:10] == "2020-02-01"
    assert str(found.time_bnds.values[0, 1])[:10] == "2020-03-01"


@pytest.mark.parametrize(
    "step, units, number",
    [("P1M", "days", 31), ("PT6H", "hours", 6), ("PT90S", "seconds", 90), ("PT1M", "minutes", 1)],
)
def test_times_are_whole_numbers_of_a_unit(tmp_path, step, units, number):
    convert(
        *(geotiff(tmp_path / "a.tif", ["a", "b"]), tmp_path / "a.flac"),
        time_start="2020-01-01T00:00",
        time_step=step,
    )
    extract(tmp_path / "a.flac", tmp_path / "a.nc")
    raw = opened(tmp_path / "a.nc", decode_cf=False)
    assert raw.time.attrs["units"] == f"{units} since 2020-01-01"
    assert raw.time.values.tolist() == [
        0,
        {"days": 31, "hours": 6, "seconds": 90, "minutes": 1}[units],
    ]


@pytest.mark.parametrize(
    "numbers, units, calendar",
    [
        ([0, 100], "days since 1500-01-01", "standard"),
        ([20200115.5, 20200116], "day as %Y%m%d.%f", None),
        ([0, 2], "months since 2000-01-01", "360_day"),
        ([0, 1500], "msecs since 2000-01-01", None),
        ([0, 3], "DAYS SINCE 2000-1-1", None),
    ],
)
def test_times_in_units_that_xarray_does_not_write(tmp_path, numbers, units, calendar):
    """They get other units: the dates stay, and no error stops the extraction."""
    cftime = pytest.importorskip("cftime", reason="cftime is not installed")
    convert(cube(tmp_path / "x.nc", numbers, units, calendar), tmp_path / "x.flac")
    extract(tmp_path / "x.flac", tmp_path / "back.nc")
    shown = xarray.open_dataset(tmp_path / "x.flac", engine="flac_raster").time.values
    time = opened(tmp_path / "back.nc", decode_times=False).time
    own = "360_day" if calendar == "360_day" else "proleptic_gregorian"
    assert time.attrs["calendar"] == own
    found = cftime.num2date(time.values, time.attrs["units"], own)
    assert [str(each)[:19] for each in found] == [
        str(each)[:19].replace("T", " ") for each in shown
    ]


def test_bands_without_times(tmp_path):
    convert(geotiff(tmp_path / "a.tif", ["red", "nir"]), tmp_path / "a.flac")
    extract(tmp_path / "a.flac", tmp_path / "a.nc")
    found = opened(tmp_path / "a.nc")
    assert found.band_data.dims == ("band", "y", "x") and found.band.values.tolist() == [1, 2]
    assert [str(each) for each in found.band_label.values] == ["red", "nir"]
    packed = flac(
        tmp_path,
        np.ones((2, 3, 4), "i2"),
        bands=[Band(description="a b", scale=0.1), Band(description="a b")],
    )
    extract(packed, tmp_path / "b.nc")
    found = opened(tmp_path / "b.nc")
    assert found.a_b.values[0, 0] == pytest.approx(0.1) and found.a_b_2.values[0, 0] == 1


def test_bands_of_a_variable_that_are_packed_differently(tmp_path):
    tags = [{"": {"TIME_START": f"2020-0{month}-01T00:00:00Z"}} for month in (1, 2)]
    bands = [Band(scale=scale, tags=each) for scale, each in zip((0.1, 0.2), tags)]
    with pytest.raises(UnsupportedRaster, match="band_data differ in scale, offset or nodata"):
        extract(flac(tmp_path, np.ones((2, 3, 4), "i2"), bands=bands), tmp_path / "x.nc")
    assert [each.name for each in tmp_path.iterdir()] == ["x.flac"]


def test_an_area_at_a_level(tmp_path):
    array = np.arange(300 * 400, dtype="i4").reshape(1, 300, 400)
    source = flac(tmp_path, array)
    bbox = (380100.0, 5139000.0, 381000.0, 5139900.0)
    result = extract(source, tmp_path / "x.nc", Area(bbox=bbox))
    window = result.plan.window
    assert (window.width, window.height) == (90, 90)
    found = opened(tmp_path / "x.nc").band_data
    rows, columns = window.slices
    assert np.array_equal(found.values, array[0, rows, columns])
    assert found.x.values[0] == 380105 and found.y.values[0] == 5139895
    coarse = extract(source, tmp_path / "y.nc", resolution=100)
    assert opened(tmp_path / "y.nc").sizes["x"] == coarse.plan.window.width < 200


def test_masks_are_a_variable(tmp_path):
    metadata = RasterMetadata(3, 2, "uint8", (Band(),), has_mask=True)
    mask = np.array([[True, False, True], [True, True, False]])
    array = np.arange(6, dtype="u1").reshape(1, 2, 3)
    write_raster(ArrayRaster(metadata, array, mask), tmp_path / "x.flac")
    extract(tmp_path / "x.flac", tmp_path / "x.nc")
    found = opened(tmp_path / "x.nc")
    assert np.array_equal(found["mask"].values == 1, mask)
    assert found.band_data.attrs["ancillary_variables"] == "mask"


def test_attributes_of_the_raster_and_its_bands(tmp_path):
    tags = {"": {"title": "a title", "NC_GLOBAL#history": "made", "a b": "no name in NetCDF"}}
    bands = [Band(tags={"": {"standard_name": "air_temperature", "STATISTICS_MEAN": "3"}})]
    extract(flac(tmp_path, np.ones((1, 3, 4), "i2"), bands=bands, tags=tags), tmp_path / "x.nc")
    found = opened(tmp_path / "x.nc")
    assert found.attrs == {"Conventions": "CF-1.8", "title": "a title", "history": "made"}
    assert found.band_data.attrs["standard_name"] == "air_temperature"
    assert "STATISTICS_MEAN" not in found.band_data.attrs


def test_attributes_that_cf_wants_as_numbers(tmp_path):
    """Tags have their text; readers mask by them, and reject texts."""
    tags = {"valid_range": "{0,10}", "flag_values": "{0,1,2}"}
    wrong = {"flag_masks": "{0.5}", "valid_min": "x"}
    bands = [Band(tags={"": {**tags, **wrong}})]
    extract(flac(tmp_path, np.ones((1, 3, 4), "i2"), bands=bands), tmp_path / "x.nc")
    found = opened(tmp_path / "x.nc", mask_and_scale=False).band_data
    for key, expected in (("valid_range", [0, 10]), ("flag_values", [0, 1, 2])):
        assert found.attrs[key].tolist() == expected
        assert found.attrs[key].dtype.newbyteorder("=") == found.dtype.newbyteorder("=") == "i2"
    assert not {"flag_masks", "valid_min"} & found.attrs.keys()


@pytest.mark.parametrize("crs", [None, "EPSG:4326"])
def test_without_a_place_there_are_no_coordinates(tmp_path, crs):
    described = {"crs": crs, "transform": (1.0, 0.0, 0.0, 0.0, 1.0, 0.0)}
    extract(flac(tmp_path, np.ones((1, 3, 4), "i2"), **described), tmp_path / "x.nc")
    found = opened(tmp_path / "x.nc")
    assert not found.coords and ("spatial_ref" in found) is (crs is not None)
    if crs:
        assert "crs_wkt" in found.spatial_ref.attrs
        assert "GeoTransform" not in found.spatial_ref.attrs


def test_what_netcdf_cannot_hold_is_told(tmp_path):
    band = Band(colormap={0: (1, 2, 3, 255)}, category_names=("water",))
    result = extract(flac(tmp_path, np.ones((1, 3, 4), "u1"), bands=[band]), tmp_path / "x.nc")
    assert ["color table, category names" in each for each in result.warnings] == [True]
    result = extract(tmp_path / "x.flac", tmp_path / "y.nc", cog=True)
    assert any("a NetCDF file" in each for each in result.warnings)
    with pytest.raises(UnsupportedRaster, match="no data type for complex numbers"):
        extract(flac(tmp_path, np.ones((1, 3, 4), "c8")), tmp_path / "z.nc")


def test_outputs_are_atomic(tmp_path):
    source, path = flac(tmp_path, np.ones((1, 3, 4), "i2")), tmp_path / "x.nc"
    path.write_bytes(b"mine")
    with pytest.raises(OutputExists):
        extract(source, path)
    with pytest.raises(Cancelled):
        extract(source, path, overwrite=True, job=Job(is_cancelled=lambda: True))
    assert path.read_bytes() == b"mine" and len([*tmp_path.iterdir()]) == 2
    seen = []
    extract(source, path, overwrite=True, job=Job(lambda *done: seen.append(done)))
    assert seen[-1] == (12, 12) and len([*tmp_path.iterdir()]) == 2
    with pytest.raises(InputError, match="expected .tif for a GeoTIFF or .nc for NetCDF"):
        extract(source, tmp_path / "x.grib")


def test_what_is_missing_is_told_before_any_work(tmp_path, monkeypatch):
    from flac_raster_qgis.engine.xarray_io import netcdf

    source = flac(tmp_path, np.ones((1, 3, 4), "i2"), tags={"": {"TIME_CALENDAR": "noleap"}})
    monkeypatch.setattr(netcdf, "find_spec", lambda name: None if name == "cftime" else name)
    with pytest.raises(MissingDependency, match="needs the Python package cftime"):
        extract(source, tmp_path / "x.nc")
    monkeypatch.setattr(netcdf, "find_spec", lambda name: None)
    with pytest.raises(MissingDependency, match="Writing NetCDF needs the Python package netCDF4|"):
        extract(source, tmp_path / "x.nc")
    real = builtins.__import__

    def without(name, *rest, **options):
        if name == "xarray":
            raise ImportError(name)
        return real(name, *rest, **options)

    for module in [each for each in sys.modules if "engine.xarray_io" in each]:
        monkeypatch.delitem(sys.modules, module)
    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(MissingDependency, match="Writing NetCDF needs the Python package xarray"):
        extract(source, tmp_path / "x.nc")
    assert not (tmp_path / "x.nc").exists()
