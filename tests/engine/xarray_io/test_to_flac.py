"""Writing arrays and datasets of xarray as FLAC rasters."""

from __future__ import annotations

import warnings

import numpy as np
import pytest
from flac_raster_qgis.engine import (
    Cancelled,
    FlacRaster,
    InputError,
    Job,
    OutputExists,
    ProcessExecutor,
    compare,
    convert,
    extract,
    verify,
)
from kits.cubes import cube, geotiff

from flac_raster_qgis import to_flac

xarray = pytest.importorskip("xarray", reason="xarray is not installed")

MONTHS = [[0, 31], [31, 59], [59, 90]]
Y, X = 41.75 - np.arange(4) / 2, 5.0 + np.arange(3)
PACKING = {"scale_factor": 0.01, "add_offset": 273.15, "_FillValue": np.int16(-32768)}


def opened(path, **options):
    return xarray.open_dataset(path, engine="flac_raster", **options)


def written(obj, path, **options):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        to_flac(obj, path, **options)
    return path


def dataset(**attributes):
    days = np.array(["2020-01-01", "2020-02-01"], "M8[ns]")
    pixels = np.arange(24, dtype="i2").reshape(2, 4, 3)
    dims = ("time", "y", "x")
    made = {name: (dims, pixels + n, attributes) for n, name in enumerate(("tas", "pr"))}
    return xarray.Dataset(made, {"time": days, "y": Y, "x": X})


# ---------------------------------------------------------------- there and back


@pytest.mark.parametrize("calendar", [None, "noleap", "360_day", "all_leap", "julian"])
@pytest.mark.parametrize("levels", [None, [500, 850]])
@pytest.mark.parametrize("decoded", [True, False])
def test_netcdf_xarray_flac_xarray_flac_netcdf(tmp_path, calendar, levels, decoded):
    """Values, times, bounds, calendars and units stay, decoded by xarray or not."""
    pytest.importorskip("scipy", reason="xarray reads classic NetCDF with scipy")
    if calendar:
        pytest.importorskip("cftime", reason="cftime is not installed")
    units = "days since 2001-01-01"
    source = cube(tmp_path / "tos.nc", [15.5, 45, 74.5], units, calendar, MONTHS, levels)
    expected = xarray.open_dataset(source, engine="scipy")
    first = expected if decoded else xarray.open_dataset(source, engine="scipy", decode_cf=False)
    one = opened(written(first, tmp_path / "one.flac"))
    two = opened(written(one, tmp_path / "two.flac"))
    assert not compare(tmp_path / "one.flac", tmp_path / "two.flac").differences
    for found in (one, two):
        assert np.array_equal(found.band_data.values, expected.tos.values)
        assert found.time.values.tolist() == expected.time.values.tolist()
        assert found.time_bnds.values.tolist() == expected.time_bnds.values.tolist()
        assert found.time.dtype == expected.time.dtype
        assert found.band_data.attrs["units"] == "K"
        assert np.array_equal(found.x, expected.lon) and np.array_equal(found.y, expected.lat)
    two.drop_vars("band_label", errors="ignore").to_netcdf(tmp_path / "back.nc", engine="scipy")
    raw = [
        xarray.open_dataset(tmp_path / name, engine="scipy", decode_cf=False)
        for name in ("tos.nc", "back.nc")
    ]
    for name in ("time", "time_bnds"):
        assert np.allclose(raw[1][name].values, raw[0][name].values, atol=1e-6)
    assert raw[1].time.attrs["units"] == units
    # xarray itself writes the one for the other
    expected = {calendar} if calendar else {"standard", "proleptic_gregorian"}
    assert raw[1].time.attrs["calendar"] in expected


def test_what_convert_and_xarray_write_is_the_same_raster(tmp_path):
    pytest.importorskip("scipy", reason="xarray reads classic NetCDF with scipy")
    source = cube(tmp_path / "tos.nc", [15.5, 45, 74.5], "days since 2001-01-01", None, MONTHS)
    convert(source, tmp_path / "a.flac")
    written(xarray.open_dataset(source, engine="scipy"), tmp_path / "b.flac")
    with FlacRaster.open(tmp_path / "a.flac") as a, FlacRaster.open(tmp_path / "b.flac") as b:
        assert np.array_equal(a.read(), b.read())
        for ours, theirs in zip(b.metadata.bands, a.metadata.bands):
            own, other = ours.tags[""], theirs.tags[""]
            assert {key: other[key] for key in own} == {
                **own,
                "NETCDF_DIM_time": other["NETCDF_DIM_time"],
            }
            assert float(own["NETCDF_DIM_time"]) == float(other["NETCDF_DIM_time"])
            assert (ours.nodata, ours.unit) == (theirs.nodata, theirs.unit)
        assert a.metadata.transform == b.metadata.transform


@pytest.mark.parametrize(
    "descriptions", [["2020-01", "2020-02"], ["red", "nir"], ["red 2020-01", "nir 2020-01"]]
)
@pytest.mark.parametrize("options", [{}, {"mask_and_scale": False}, {"decode_times": False}])
def test_flac_xarray_flac(tmp_path, descriptions, options):
    convert(geotiff(tmp_path / "a.tif", descriptions), tmp_path / "a.flac")
    written(opened(tmp_path / "a.flac", **options), tmp_path / "b.flac")
    found = compare(tmp_path / "a.flac", tmp_path / "b.flac")
    assert found.pixels_identical
    # descriptions that are dates are not those of a variable
    fields = {each.field for each in found.differences}
    assert fields <= {"band 1 description", "band 2 description"}
    assert not fields or descriptions[0] == "2020-01"


@pytest.mark.parametrize("step", [None, "P1M"])
def test_intervals_of_bands_without_a_dimension_stay(tmp_path, step):
    start, path = {"time_start": "2020-07", "time_step": step}, tmp_path / "a.flac"
    convert(geotiff(tmp_path / "a.tif", ["red", "nir"]), path, **start)
    with FlacRaster.open(path) as raster:
        assert raster.metadata.bands[0].tags[""]["TIME_END"]
    written(opened(path), tmp_path / "b.flac")
    found = compare(path, tmp_path / "b.flac")
    fields = {each.field for each in found.differences}
    assert found.pixels_identical and {each[-11:] for each in fields} <= {"description"}


def test_rasters_on_the_slant_with_ground_control_points_and_without_place(
    tmp_path, make_raster, terrain
):
    from flac_raster_qgis.engine import write_raster
    from flac_raster_qgis.engine.model.metadata import GroundControlPoint

    turned = {"transform": (10.0, 2.0, 500000.0, 2.0, -10.0, 5000000.0), "crs": "EPSG:32633"}
    corners = [(row, column) for row in (0, 9) for column in (0, 9)]
    points = tuple(GroundControlPoint(r, c, r * 2.0, c * 3.0, 4.0, "a", "b") for r, c in corners)
    nowhere = {"crs": None, "transform": (1, 0, 0, 0, 1, 0)}
    for own in (turned, {**nowhere, "gcps": points, "gcps_crs": "EPSG:4326"}, nowhere):
        write_raster(make_raster(terrain(10, 10), **own), tmp_path / "a.flac")
        written(opened(tmp_path / "a.flac"), tmp_path / "b.flac", overwrite=True)
        with FlacRaster.open(tmp_path / "a.flac") as a, FlacRaster.open(tmp_path / "b.flac") as b:
            assert np.array_equal(a.read(), b.read())
            for key in ("transform", "crs", "gcps", "gcps_crs", "has_transform"):
                assert getattr(a.metadata, key) == getattr(b.metadata, key), key


# ---------------------------------------------------------------- packing


def test_values_are_packed_as_their_file_had_them(tmp_path):
    raw = dataset(**PACKING, units="K")
    raw.tas.values[0, 0, 0] = -32768
    decoded = xarray.decode_cf(raw)
    assert decoded.tas.dtype.kind == "f" and np.isnan(decoded.tas.values[0, 0, 0])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        to_flac(decoded, tmp_path / "a.flac", crs="EPSG:4326")
    stored = opened(tmp_path / "a.flac", mask_and_scale=False, band_as_variable=True)
    for name in ("tas", "pr"):
        assert stored[name].dtype == "int16"
        assert np.array_equal(stored[name].values, raw[name].values)
        assert stored[name].attrs["scale_factor"] == 0.01
        assert stored[name].attrs["add_offset"] == 273.15
        assert stored[name].attrs["_FillValue"] == -32768


@pytest.mark.parametrize("change", ["last", "nodata", "range", "sign"])
def test_values_that_packing_would_change_are_kept_as_they_are(tmp_path, change):
    decoded = xarray.decode_cf(dataset(**PACKING)).load()
    values = decoded.pr.values
    values[1, 3, 2] = {
        "last": np.nextafter(values[1, 3, 2], 400),
        "nodata": values.dtype.type(-32768 * 0.01 + 273.15),
        "range": 1e9,
        "sign": -0.0,
    }[change]
    if change == "sign":
        for array in decoded.data_vars.values():
            array.encoding.pop("add_offset")
            array.values[...] = np.round(array.values) * 0
        decoded.pr.values[1, 3, 2] = -0.0
    with pytest.warns(UserWarning, match="are stored as float.*, because stored as int16"):
        to_flac(decoded, tmp_path / "a.flac", crs=4326)
    with FlacRaster.open(tmp_path / "a.flac") as raster:
        found = raster.read()
    expected = np.stack([decoded[name].values[k] for k in (0, 1) for name in ("tas", "pr")])
    assert found.dtype == expected.dtype and found.tobytes() == expected.tobytes()


def test_unsigned_numbers_of_classic_netcdf_are_packed(tmp_path):
    raw = dataset(_Unsigned="true", _FillValue=np.int8(-1)).astype("i1")
    for name in raw.data_vars:
        raw[name].attrs.update({"_Unsigned": "true", "_FillValue": np.int8(-1)})
    raw.tas.values[0, 0] = (-1, -2, 127)
    to_flac(xarray.decode_cf(raw), tmp_path / "a.flac", crs=4326)
    stored = opened(tmp_path / "a.flac", mask_and_scale=False, band_as_variable=True)
    assert stored.tas.dtype == "uint8" and stored.tas.values[0, 0].tolist() == [255, 254, 127]
    assert stored.tas.attrs["_FillValue"] == 255


def test_variables_packed_in_different_types_are_written_as_they_are(tmp_path):
    raw = dataset(**PACKING)
    raw["pr"] = raw.pr.astype("i4").assign_attrs(raw.pr.attrs)
    decoded = xarray.decode_cf(raw)
    same = decoded.tas.dtype == decoded.pr.dtype
    if not same:
        with pytest.raises(InputError, match="different data types"):
            to_flac(decoded, tmp_path / "a.flac")
    else:
        written(decoded, tmp_path / "a.flac")
        found = opened(tmp_path / "a.flac", band_as_variable=True)
        assert np.array_equal(found.pr.values, decoded.pr.values)
    with pytest.raises(InputError, match="tas: int16, pr: int32"):
        to_flac(raw, tmp_path / "b.flac")


# ---------------------------------------------------------------- attributes


def test_attributes_are_kept(tmp_path):
    made = dataset(units="K", standard_name="air_temperature", valid_range=[0, 9], n=3)
    made.attrs = {"title": "a title", "history": "made", "none": None}
    written(made, tmp_path / "a.flac")
    found = opened(tmp_path / "a.flac", band_as_variable=True)
    assert found.attrs == {"title": "a title", "history": "made"}
    for name in ("tas", "pr"):
        own = {
            key: found[name].attrs[key] for key in ("units", "standard_name", "valid_range", "n")
        }
        assert own == {
            "units": "K",
            "standard_name": "air_temperature",
            "valid_range": "{0,9}",
            "n": "3",
        }
    written(made[["tas"]], tmp_path / "b.flac")
    attributes = opened(tmp_path / "b.flac").band_data.attrs
    assert attributes["title"] == "a title" and attributes["standard_name"] == "air_temperature"


def test_the_name_of_a_variable_comes_back_in_netcdf(tmp_path):
    pytest.importorskip("scipy", reason="xarray writes classic NetCDF with scipy")
    written(dataset().tas, tmp_path / "a.flac")
    written(opened(tmp_path / "a.flac").band_data, tmp_path / "b.flac")
    for name in ("a", "b"):
        extract(tmp_path / f"{name}.flac", tmp_path / f"{name}.nc")
        found = xarray.open_dataset(tmp_path / f"{name}.nc")
        assert np.array_equal(found.tas.values, dataset().tas.values)


# ---------------------------------------------------------------- the accessor and its options


def test_accessor_of_arrays_and_datasets(tmp_path):
    made = dataset()
    made.flac_raster.to_flac(tmp_path / "a.flac", crs=4326)
    made.tas.flac_raster.to_flac(str(tmp_path / "b.flac"), crs=4326)
    with FlacRaster.open(tmp_path / "a.flac") as both, FlacRaster.open(tmp_path / "b.flac") as one:
        assert (both.metadata.count, one.metadata.count) == (4, 2)
        assert np.array_equal(both.read(bands=[1, 3]), one.read())
        assert both.grid.tile_bands == 4


def test_options(tmp_path):
    made = xarray.DataArray(
        np.arange(400 * 300, dtype="i4").reshape(400, 300),
        {"y": np.arange(400.0)[::-1], "x": np.arange(300.0)},
        ("y", "x"),
    )
    written(
        made,
        *(tmp_path / "a.flac",),
        crs="EPSG:3857",
        nodata=-1,
        effort="fast",
        tile_size=64,
        overview_resampling="nearest",
    )
    with FlacRaster.open(tmp_path / "a.flac") as raster:
        assert raster.metadata.crs == "EPSG:3857" and raster.metadata.nodata == (-1,)
        assert raster.grid.tile_size == 64 and len(raster.levels) > 1
        assert raster.read(level=1)[0, 0, 1] == 2
    written(dataset(), tmp_path / "c.flac", tile_bands=2)
    with FlacRaster.open(tmp_path / "c.flac") as raster:
        assert raster.grid.tile_bands == 2
    with pytest.warns(DeprecationWarning, match="overviews is now named"):
        written(made, tmp_path / "b.flac", overviews="none")
    with FlacRaster.open(tmp_path / "b.flac") as raster:
        assert len(raster.levels) == 1


def test_an_existing_file_stays(tmp_path):
    made, path = dataset(), tmp_path / "a.flac"
    path.write_bytes(b"mine")
    with pytest.raises(OutputExists):
        to_flac(made, path)
    with pytest.raises(Cancelled), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        to_flac(made, path, overwrite=True, job=Job(is_cancelled=lambda: True))
    assert path.read_bytes() == b"mine" and [*tmp_path.iterdir()] == [path]
    for name, code in (("a.nc", "output.flac_suffix"), ("a", "output.flac_suffix")):
        with pytest.raises(InputError) as found:
            to_flac(made, tmp_path / name)
        assert found.value.code == code


def test_nothing_is_written_over_its_own_source(tmp_path):
    written(dataset(), tmp_path / "a.flac")
    with pytest.raises(InputError, match="both input and output"):
        written(opened(tmp_path / "a.flac").band_data, tmp_path / "a.flac", overwrite=True)


def test_progress_and_errors_of_other_functions(tmp_path):
    seen = []
    written(dataset(), tmp_path / "a.flac", job=Job(lambda done, total: seen.append((done, total))))
    assert seen and seen[-1][0] == seen[-1][1]
    with pytest.raises(InputError, match="expected one of|fast"):
        to_flac(dataset(), tmp_path / "b.flac", effort="best")


def test_other_processes_encode(tmp_path):
    made = dataset()
    written(made, tmp_path / "a.flac")
    with ProcessExecutor(1) as executor:
        written(made, tmp_path / "b.flac", executor=executor)
    assert (tmp_path / "b.flac").read_bytes()[-64:] == (tmp_path / "a.flac").read_bytes()[-64:]
    assert compare(tmp_path / "a.flac", tmp_path / "b.flac").identical


# ---------------------------------------------------------------- lazy arrays


def test_a_lazy_array_is_written_window_by_window(tmp_path):
    """Its chunks are of one date and one place; few are alive at once."""
    import weakref

    dask_array = pytest.importorskip("dask.array", reason="dask is not installed")
    alive, most = weakref.WeakSet(), [0]

    class Pixels(np.ndarray):
        """An array that is counted as long as it is in memory."""

        __hash__ = object.__hash__

    def field(block_info=None):
        (date, _), (top, bottom), (left, right) = block_info[None]["array-location"]
        values = np.add.outer(np.arange(top, bottom) * 3.0, np.arange(left, right)) + date * 0.5
        made = values[np.newaxis].astype("f4").view(Pixels)
        alive.add(made)
        most[0] = max(most[0], len(alive))
        return made

    chunks = ((1,) * 6, (128,) * 8, (128,) * 8)
    lazy = dask_array.map_blocks(field, chunks=chunks, dtype="f4", meta=np.empty((0, 0, 0), "f4"))
    days = np.datetime64("2020-01-01", "ns") + np.arange(6).astype("m8[D]")
    made = xarray.DataArray(lazy, {"time": days}, ("time", "y", "x"))
    written(made, tmp_path / "a.flac", tile_size=128, workers=1)
    assert most[0] < 6 * 8 * 8 / 2
    with FlacRaster.open(tmp_path / "a.flac") as raster:
        assert np.array_equal(raster.read(), np.asarray(made.values))
    assert verify(tmp_path / "a.flac").valid
