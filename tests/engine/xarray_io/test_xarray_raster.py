"""Arrays of xarray as rasters; numpy's own arithmetic on the arrays is the judge."""

from __future__ import annotations

import numpy as np
import pytest
from flac_raster_qgis.engine import InputError, UnsupportedRaster, Window

xarray = pytest.importorskip("xarray", reason="xarray is not installed")

from flac_raster_qgis.engine.xarray_io.raster import XarrayRaster  # noqa: E402

Y, X = np.array([40.0, 40.5, 41.0, 41.5]), np.array([5.0, 6.0, 7.0])
#: Of the raster that these axes make: it goes from north to south.
TRANSFORM = (1.0, 0.0, 4.5, 0.0, -0.5, 41.75)


def array(dims=("y", "x"), sizes=None, coords=None, dtype="f4", **options):
    sizes = {"y": 4, "x": 3, **(sizes or {})}
    shape = [sizes[each] for each in dims]
    values = np.arange(np.prod(shape)).reshape(shape).astype(dtype)
    own = {"y": Y, "x": X} if coords is None else coords
    return xarray.DataArray(values, own, dims, **options)


def read(raster):
    size = raster.metadata
    return raster.read_window(Window(0, 0, size.width, size.height))[0]


def times_of(raster):
    keys = ("TIME_START", "TIME_END", "TIME_BAND")
    return [tuple(b.tags.get("", {}).get(key) for key in keys) for b in raster.metadata.bands]


def test_rows_go_from_north_to_south_whatever_their_order():
    up = array()
    for each in (up, up.isel(y=slice(None, None, -1)), up.isel(x=slice(None, None, -1)), up.T):
        raster = XarrayRaster(each)
        assert raster.metadata.transform == TRANSFORM
        assert np.array_equal(read(raster)[0], up.values[::-1])
        part, mask = raster.read_window(Window(1, 1, 2, 2))
        assert mask is None and np.array_equal(part[0], up.values[::-1][1:3, 1:])


@pytest.mark.parametrize("chunks", [None, {"y": 3, "x": 2, "time": 1}])
@pytest.mark.parametrize(
    "dims", [("time", "band", "y", "x"), ("y", "x", "band", "time"), ("band", "y", "time", "x")]
)
def test_dimensions_in_any_order(dims, chunks):
    days = np.array(["2020-01-01", "2020-02-01", "2020-03-01"], "M8[ns]")
    made = array(dims, {"time": 3, "band": 2}, {"y": Y, "x": X, "time": days})
    if chunks:
        pytest.importorskip("dask.array", reason="dask is not installed")
    raster = XarrayRaster(made.chunk(chunks) if chunks else made)
    expected = made.transpose("time", "band", "y", "x").values[:, :, ::-1].reshape(6, 4, 3)
    assert np.array_equal(read(raster), expected)
    assert times_of(raster)[1:3] == [
        ("2020-01-01T00:00:00Z", None, None),
        ("2020-02-01T00:00:00Z", None, None),
    ]


def test_only_what_a_window_needs_is_computed():
    dask_array = pytest.importorskip("dask.array", reason="dask is not installed")
    computed = []

    def block(block_info=None):
        place = block_info[None]["array-location"]
        computed.append(place)
        return np.ones([stop - start for start, stop in place], "f4")

    lazy = dask_array.map_blocks(block, chunks=((4, 4), (5, 5)), dtype="f4", meta=np.empty((0, 0)))
    raster = XarrayRaster(xarray.DataArray(lazy.astype("f4"), dims=("y", "x")))
    computed.clear()
    raster.read_window(Window(6, 0, 3, 2))
    assert computed == [[(0, 4), (5, 10)]]


def test_some_bands():
    days = np.array(["2020-01-01", "2020-02-01"], "M8[ns]")
    coords, sizes = {"time": days, "y": Y, "x": X}, {"time": 2, "level": 2}
    cube = array(("level", "time", "y", "x"), sizes, coords)
    raster = XarrayRaster(xarray.Dataset({"a": cube, "b": cube[0] + 100}))
    window = Window(1, 1, 2, 2)
    every = raster.read_window(window)[0]
    for bands in ([1], [6], [3, 6], [5, 2, 4], [1, 3, 5], [6, 1], [1, 2, 3, 4, 5, 6]):
        found = raster.read_window(window, bands)[0]
        assert np.array_equal(found, every[np.array(bands) - 1])
    flat = XarrayRaster(xarray.Dataset({"a": array(), "b": array() + 50}))
    assert flat.read_window(window, [2])[0].tolist() == [flat.read_window(window)[0][1].tolist()]


def test_names_and_attributes_find_the_axes():
    for y, x, attributes in (
        ("lat", "lon", {}),
        ("Latitude", "Longitude", {}),
        ("n", "m", {"n": {"axis": "Y"}, "m": {"axis": "X"}}),
        ("r", "c", {"r": {"units": "degrees_north"}, "c": {"units": "degrees_east"}}),
        ("x", "y", {"x": {"axis": "Y"}, "y": {"axis": "X"}}),
    ):
        made = array().rename({"y": y, "x": x}) if {y, x} != {"y", "x"} else None
        if made is None:
            made = xarray.DataArray(array().values, {"x": Y, "y": X}, ("x", "y"))
        for name, own in attributes.items():
            made[name].attrs.update(own)
        assert XarrayRaster(made).metadata.transform == TRANSFORM


def test_without_rows_or_columns():
    with pytest.raises(InputError) as found:
        XarrayRaster(xarray.DataArray(np.zeros((2, 3)), dims=("a", "b"), name="t"))
    assert found.value.code == "xarray.no_grid" and "a, b" in str(found.value)


@pytest.mark.parametrize(
    "y, step",
    [
        ([40, 40.5, 41.2, 41.7], "from 40.5 to 41.2 (number 2 and the next) is a step of 0.7"),
        ([40, 40.5, 40.5, 41], "is a step of 0;"),
        ([40, 40, 41, 42], "from 40 to 40 (number 1 and the next)"),
        ([41.5, 41, 40.4, 40], "from 41 to 40.4 (number 2"),
    ],
)
def test_the_first_uneven_step_is_named(y, step):
    with pytest.raises(InputError) as found:
        XarrayRaster(array(coords={"y": y, "x": X}, name="tas"))
    assert found.value.code == "xarray.uneven"
    assert str(found.value).startswith("tas: the coordinates of y") and step in str(found.value)


def test_coordinates_that_are_no_numbers():
    for y in ([40, 40.5, np.nan, 41], ["a", "b", "c", "d"]):
        with pytest.raises(InputError, match="the coordinates of y are .*; finite numbers"):
            XarrayRaster(array(coords={"y": y, "x": X}))


def test_coordinates_rounded_to_float32_are_even():
    x = (np.arange(3600) / 10 - 179.95).astype("f4")
    made = xarray.DataArray(np.zeros((2, 3600), "i2"), {"y": [1.0, 2.0], "x": x}, ("y", "x"))
    assert XarrayRaster(made).metadata.transform[0] == pytest.approx(0.1, rel=1e-6)


def test_the_stated_transform_is_exact_where_it_fits():
    made = array(coords={"y": [2 / 3, 1 / 3, 0, -1 / 3], "x": X}, attrs={"grid_mapping": "crs"})
    made = made.assign_coords(crs=((), 0, {"GeoTransform": f"4.5 1 0 {5 / 6} 0 {-1 / 3}"}))
    assert XarrayRaster(made).metadata.transform == (1, 0, 4.5, 0, -1 / 3, 5 / 6)
    moved = XarrayRaster(made.isel(x=slice(1, None))).metadata.transform
    assert moved == pytest.approx((1, 0, 5.5, 0, -1 / 3, 5 / 6))
    turned = made.drop_vars(["x", "y"])
    turned.coords["crs"].attrs["GeoTransform"] = "4.5 1 0.5 40 0.5 -1"
    assert XarrayRaster(turned).metadata.transform == (1, 0.5, 4.5, 0.5, -1, 40)


def test_a_single_pixel_is_a_square():
    made = array(sizes={"y": 1}, coords={"y": [40.0], "x": X})
    assert XarrayRaster(made).metadata.transform == (1, 0, 4.5, 0, -1, 40.5)


def test_without_coordinates_there_is_no_transform():
    raster = XarrayRaster(array(coords={}))
    assert raster.metadata.has_transform is False and raster.warnings == ()


@pytest.mark.parametrize(
    "mapping",
    [
        {"attrs": {"grid_mapping": "proj"}, "variable": "proj"},
        {"attrs": {}, "variable": "spatial_ref"},
        {"attrs": {"grid_mapping": "proj: x y"}, "variable": "proj"},
    ],
)
def test_crs_of_the_grid_mapping(mapping):
    rasterio = pytest.importorskip("rasterio")
    wkt = rasterio.crs.CRS.from_epsg(32632).to_wkt()
    made = array(attrs=mapping["attrs"])
    made = made.assign_coords({mapping["variable"]: ((), 0, {"crs_wkt": wkt})})
    raster = XarrayRaster(made)
    assert raster.metadata.crs == "EPSG:32632" and raster.warnings == ()
    dataset = made.to_dataset(name="tas").reset_coords(mapping["variable"])
    assert XarrayRaster(dataset).metadata.crs == "EPSG:32632"


def test_crs_from_elsewhere():
    assert XarrayRaster(array(attrs={"crs": "+init=epsg:3035"})).metadata.crs == "EPSG:3035"
    own = array(attrs={"crs": "EPSG:3035"})
    assert XarrayRaster(own, crs=4326).metadata.crs == "EPSG:4326"
    none = XarrayRaster(array(name="tas"))
    assert none.metadata.crs is None
    assert [each.code for each in none.warnings] == ["note.no_crs"]
    wrong = XarrayRaster(array(attrs={"crs": "nowhere"}))
    assert [each.code for each in wrong.warnings] == ["note.crs_unread", "note.no_crs"]
    with pytest.raises(InputError, match="EPSG:1 is"):
        XarrayRaster(own, crs="EPSG:1")


def test_crs_of_rioxarray_and_of_parameters():
    pytest.importorskip("rioxarray")
    pyproj = pytest.importorskip("pyproj")
    for code in (25832, 3857, 4326):
        assert XarrayRaster(array().rio.write_crs(code)).metadata.crs == f"EPSG:{code}"
        given = pyproj.CRS(code)
        assert XarrayRaster(array(), crs=given).metadata.crs == f"EPSG:{code}"
    items = pyproj.CRS.from_epsg(32633).to_cf()
    items = {key: items[key] for key in items if key != "crs_wkt"}
    made = array(attrs={"grid_mapping": "utm"}).assign_coords(utm=((), 0, items))
    found = XarrayRaster(made).metadata.crs
    assert pyproj.CRS.from_user_input(found).to_cf()["longitude_of_central_meridian"] == 15


@pytest.mark.parametrize("dtype", ["u1", "i1", ">i2", "u2", "i4", "u8", "f2", ">f4", "f8", "c8"])
def test_data_types(dtype):
    made = array(dtype=dtype)
    raster = XarrayRaster(made)
    assert read(raster).dtype == np.dtype(dtype).newbyteorder("=")
    assert np.array_equal(read(raster)[0], made.values[::-1])


def test_types_that_are_no_pixels():
    assert XarrayRaster(array() > 3).metadata.dtype == "uint8"
    for made in (array().astype(str), array().astype("m8[ns]")):
        with pytest.raises(UnsupportedRaster, match="cannot be kept without loss"):
            XarrayRaster(made)
    with pytest.raises(InputError, match="a DataArray or Dataset of xarray was"):
        XarrayRaster(array().values)
    with pytest.raises(InputError, match="has no pixels"):
        XarrayRaster(array().isel(x=slice(0)))


def test_signed_numbers_that_stand_for_unsigned_ones():
    """As classic NetCDF has them."""
    made = array(dtype="i1", attrs={"_Unsigned": "true", "_FillValue": np.int8(-1)})
    made.values[0, 0] = -1
    raster = XarrayRaster(made)
    assert raster.metadata.dtype == "uint8" and raster.metadata.nodata == (255,)
    assert read(raster)[0, -1, 0] == 255


def test_packed_values_are_kept_with_their_scale():
    packing = {"scale_factor": 0.01, "add_offset": 273.15, "_FillValue": np.int16(-9)}
    raster = XarrayRaster(array(dtype="i2", attrs={**packing, "units": "K", "long_name": "air"}))
    (band,) = raster.metadata.bands
    assert (band.scale, band.offset, band.nodata) == (0.01, 273.15, -9)
    assert (band.unit, band.description) == ("K", "air") and raster.metadata.tags == {}


def test_given_nodata_takes_the_place_of_nan():
    made = array()
    made[0, 0] = np.nan
    raster = XarrayRaster(made, nodata=-1)
    assert read(raster)[0, -1, 0] == -1 and raster.metadata.nodata == (-1,)
    assert XarrayRaster(made).metadata.nodata == (None,)
    with pytest.raises(InputError, match="no pixel of type uint8 can have the nodata value -1"):
        XarrayRaster(array(dtype="u1"), nodata=-1)


@pytest.mark.parametrize("nodata", ["7", True, [1]])
def test_nodata_that_is_no_number(nodata):
    with pytest.raises(InputError, match="a number was expected"):
        XarrayRaster(array(), nodata=nodata)


def test_nodata_of_numpy():
    assert XarrayRaster(array(dtype="i2"), nodata=np.int16(-9)).metadata.nodata == (-9,)


def test_variables_are_bands_date_by_date():
    days = np.array(["2020-01-01", "2020-02-01"], "M8[ns]")
    coords = {"time": days, "y": Y, "x": X, "level": [500, 850]}
    sizes = {"time": 2, "level": 2}
    air = array(("level", "time", "y", "x"), sizes, coords, attrs={"long_name": "air"})
    wind = array(("time", "y", "x"), sizes, {k: coords[k] for k in ("time", "y", "x")}) + 100
    dataset = xarray.Dataset({"air": air, "wind": wind}, attrs={"title": "t", "list": [1, 2]})
    dataset["area"], dataset["note"] = 3.0, "text"
    raster = XarrayRaster(dataset)
    expected = [air[0, 0], air[1, 0], wind[0], air[0, 1], air[1, 1], wind[1]]
    assert np.array_equal(read(raster), [each.values[::-1] for each in expected])
    labels = [label for _, _, label in times_of(raster)]
    assert labels == ["air level=500", "air level=850", "wind"] * 2
    assert raster.metadata.tags == {"": {"title": "t", "list": "{1,2}"}}
    assert str(raster.warnings[0]) == (
        "Variables of Dataset that are not numbers on a grid of rows and columns are left out: "
        "area, note."
    )


def test_variables_that_do_not_fit_together():
    days = {"time": np.array(["2020-01-01", "2020-02-01"], "M8[ns]")}
    cube = array(("time", "y", "x"), {"time": 2}, {**days, "y": Y, "x": X})
    for dataset, code in (
        (xarray.Dataset({"a": cube, "b": array()}), "xarray.other_times"),
        (xarray.Dataset({"a": cube, "b": cube.astype("i2")}), "xarray.types"),
        (xarray.Dataset({"a": array(), "b": array().rename(x="lon", y="lat")}), "xarray.grids"),
        (xarray.Dataset({"a": 3}), "xarray.no_variable"),
        (xarray.Dataset(), "xarray.no_variable"),
    ):
        with pytest.raises(InputError) as found:
            XarrayRaster(dataset)
        assert found.value.code == code


def test_a_failing_computation_is_told_with_its_place():
    dask_array = pytest.importorskip("dask.array", reason="dask is not installed")

    def fail(block):
        raise ValueError("no such sensor")

    lazy = dask_array.zeros((4, 4), chunks=2, dtype="f4").map_blocks(
        fail, dtype="f4", meta=np.empty((0, 0), "f4")
    )
    raster = XarrayRaster(xarray.DataArray(lazy, dims=("y", "x"), name="sensor"))
    with pytest.raises(InputError, match="sensor: the values at .*ValueError: no such sensor"):
        read(raster)


def test_an_array_that_is_not_what_it_says():
    dask_array = pytest.importorskip("dask.array", reason="dask is not installed")
    lazy = dask_array.zeros((4, 4), chunks=4, dtype="f4").map_blocks(
        lambda block: block.astype("f8"), dtype="f4", meta=np.empty((0, 0), "f4")
    )
    named = XarrayRaster(xarray.DataArray(lazy, dims=("y", "x")))
    assert named.name == "DataArray" and named.metadata.bands[0].description is None  # not Dask's
    with pytest.raises(InputError, match=r"is float64 \(4, 4\); float32"):
        read(named)
