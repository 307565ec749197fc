"""Whole cubes: a raster for each variable of a file, or variables together in one."""

from __future__ import annotations

import os

import numpy as np
import pytest
import xarray
from flac_raster_qgis.engine import FlacRaster, Job, compare, convert, convert_files
from flac_raster_qgis.engine.errors import (
    Cancelled,
    InputError,
    MissingDependency,
    OutputExists,
)
from flac_raster_qgis.engine.operations import stores
from flac_raster_qgis.engine.operations.variables import contents_of
from kits.cubes import climate, cube, curvilinear, geotiff, grib, in_groups, netcdf

rasterio = pytest.importorskip("rasterio", exc_type=ImportError)


def pixels(path):
    with FlacRaster.open(path) as raster:
        return raster.read()


def tags(path, key):
    with FlacRaster.open(path) as raster:
        return [band.tags.get("", {}).get(key) for band in raster.metadata.bands]


def codes(texts):
    return [text.code for text in texts]


def variables(path):
    return [variable.name for variable in contents_of(path).variables]


def stored(path, name):
    """Return the values of a variable of classic NetCDF, as another reader finds them."""
    with xarray.open_dataset(path, engine="scipy", mask_and_scale=False, decode_cf=False) as found:
        return found[name].values[..., ::-1, :]  # from north to south


@pytest.fixture
def models(tmp_path):
    return climate(tmp_path / "cube.nc")


# ---------------------------------------------------------------- a file for each


def test_each_variable_becomes_a_file(models, tmp_path):
    outcomes = list(convert_files([models], tmp_path / "out"))
    assert [(o.status, o.variable) for o in outcomes] == [
        ("done", name) for name in ("tas", "pr", "snow", "orog")
    ]
    for outcome in outcomes:
        made = tmp_path / "out" / f"cube_{outcome.variable}.flac"
        assert outcome.output == str(made)
        expected = stored(models, outcome.variable).reshape(-1, 3, 4)
        assert pixels(made).dtype == expected.dtype.newbyteorder("=")
        np.testing.assert_array_equal(pixels(made), expected)
        assert compare(f'NETCDF:"{models}":{outcome.variable}', made).identical
    assert len(list((tmp_path / "out").iterdir())) == 4


def test_what_is_left_out_is_named_once(models, tmp_path):
    first, *others = convert_files([models], tmp_path)
    assert codes(first.notes) == ["note.bounds_left", "note.variables_left", "note.empty_left"]
    assert [note.get("found") for note in first.notes] == ["time_bnds, lat_edges", "names", "later"]
    assert not any(other.notes for other in others)


def test_times_and_packing_are_kept(models, tmp_path):
    list(convert_files([models], tmp_path))
    months = [f"2001-0{month}-01T00:00:00Z" for month in (1, 2, 3, 4)]
    for name in ("tas", "snow"):
        assert tags(tmp_path / f"cube_{name}.flac", "TIME_START") == months[:3]
        assert tags(tmp_path / f"cube_{name}.flac", "TIME_END") == months[1:]
    assert tags(tmp_path / "cube_orog.flac", "TIME_START") == [None]
    with FlacRaster.open(tmp_path / "cube_snow.flac") as raster:
        (band, *_) = raster.metadata.bands
        assert (band.scale, band.offset, band.nodata) == (0.1, 5.0, -999)
        assert raster.metadata.tags[""]["TIME_CALENDAR"] == "360_day"


def test_a_rerun_skips_what_is_there(models, tmp_path):
    list(convert_files([models], tmp_path))
    (tmp_path / "cube_pr.flac").unlink()
    outcomes = list(convert_files([models], tmp_path))
    assert [o.status for o in outcomes] == ["skipped", "done", "skipped", "skipped"]


def test_a_file_of_one_variable_keeps_its_name(tmp_path):
    source = cube(
        tmp_path / "tos.nc", [15, 45], "days since 2001-01-01", bounds=[[0, 31], [31, 59]]
    )
    (outcome,) = convert_files([source], tmp_path)
    assert (outcome.status, outcome.output) == ("done", str(tmp_path / "tos.flac"))
    assert codes(outcome.notes) == ["note.bounds_left"]
    result = convert(source, tmp_path / "x.flac")
    assert codes(result.notes) == ["note.bounds_left"]
    assert compare(tmp_path / "tos.flac", tmp_path / "x.flac").identical


def test_variables_in_groups(tmp_path):
    source = in_groups(tmp_path / "cube.nc")
    assert variables(source) == ["tas", "model/tas", "model/run 1/tas"]
    outcomes = list(convert_files([source], tmp_path))
    names = ["cube_tas.flac", "cube_model_tas.flac", "cube_model_run_1_tas.flac"]
    assert [o.output for o in outcomes] == [str(tmp_path / name) for name in names]
    assert [pixels(tmp_path / name).min() for name in names] == [0, 1, 2]
    convert(source, tmp_path / "one.flac", variable="/model/run 1/tas")
    assert pixels(tmp_path / "one.flac").min() == 2


def test_netcdf_by_another_suffix(tmp_path):
    """GDAL's driver of HDF5 takes it, which knows neither times nor coordinates."""
    source = in_groups(tmp_path / "cube.h5")
    assert variables(source) == ["tas", "model/tas", "model/run 1/tas"]
    convert(source, tmp_path / "tas.flac", variable="tas")
    with FlacRaster.open(tmp_path / "tas.flac") as raster:
        assert raster.metadata.transform == (1, 0, 0.5, 0, -1, 3.5)


def test_coordinates_of_each_pixel_are_left_out(tmp_path):
    source = curvilinear(tmp_path / "rain.nc")
    assert variables(source) == ["rain"]
    (outcome,) = convert_files([source], tmp_path)
    assert outcome.output == str(tmp_path / "rain.flac")
    assert [note.get("found") for note in outcome.notes] == ["lat, lon"]
    assert codes(outcome.result.warnings) == ["note.no_grid"]
    convert(source, tmp_path / "lat.flac", variable="lat")  # who asks for it gets it
    assert pixels(tmp_path / "lat.flac").max() == pytest.approx(40.23)


def test_a_file_of_nothing_but_coordinates(tmp_path):
    rows, columns = np.mgrid[0:3, 0:4] * 1.0
    of_rows = (("y", "x"), rows, {"units": "degrees_north"})
    of_columns = (("y", "x"), columns, {"units": "degrees_east"})
    source = netcdf(tmp_path / "a.nc", {"y": 3, "x": 4}, {"lat": of_rows, "lon": of_columns})
    assert variables(source) == ["lat", "lon"]


def test_texts_in_latin_1(tmp_path):
    many = climate(tmp_path / "many.nc")
    one = cube(tmp_path / "one.nc", [15, 45], "days since 2001-01-01")
    for source, text, other in (
        (many, b"degrees_east", b"degr\xe9s  est "),
        (one, b"sea surface", b"s\xe9a surface"),
    ):
        assert text in source.read_bytes()
        source.write_bytes(source.read_bytes().replace(text, other))
        outcomes = list(convert_files([source], tmp_path))
        assert [o.status for o in outcomes] == ["done"] * len(outcomes)
        assert "note.recoded" in codes(outcomes[0].result.warnings)


def test_a_file_without_rasters(tmp_path):
    source = netcdf(
        tmp_path / "a.nc",
        {"n": 2, "letters": 3, "bnds": 2},
        {
            "names": (("n", "letters"), np.array([[*"abc"], [*"def"]], "S1"), {}),
            "n_bnds": (("n", "bnds"), np.ones((2, 2)), {}),
        },
    )
    with pytest.raises(InputError) as caught:
        convert(source, tmp_path / "a.flac")
    assert caught.value.code == "variable.nothing" and "names" in str(caught.value)


def test_uneven_axes_lie_nowhere(tmp_path):
    lat = (("lat",), np.array([1.0, 2, 7]), {"units": "degrees_north"})
    lon = (("lon",), np.array([1.0, 2, 3, 4]), {"units": "degrees_east"})
    values = (("lat", "lon"), np.arange(12.0).reshape(3, 4), {})
    source = netcdf(tmp_path / "a.nc", {"lat": 3, "lon": 4}, {"lat": lat, "lon": lon, "v": values})
    result = convert(source, tmp_path / "a.flac")
    assert codes(result.warnings) == ["note.no_grid"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
@pytest.mark.parametrize(
    "name, code",
    [(b'a"b.nc', "variable.quoted"), (b"r\xe9gion.nc", "input.name_not_utf8"), (b"a b:c.nc", None)],
)
def test_names_that_gdal_cannot_write_down(models, tmp_path, name, code):
    source = tmp_path / os.fsdecode(name)
    models.rename(source)
    outcomes = list(convert_files([source], tmp_path / "out"))
    found = [None if o.error is None else o.error.code for o in outcomes]
    assert found == ([None] * 4 if code is None else [code])


def test_a_cancelled_batch_leaves_whole_files(models, tmp_path):
    made = []
    with pytest.raises(Cancelled):
        for outcome in convert_files([models], tmp_path, job=Job(is_cancelled=lambda: bool(made))):
            made.append(outcome.variable)
    assert made == ["tas"]
    assert [path.name for path in tmp_path.glob("*.flac")] == ["cube_tas.flac"]


# ---------------------------------------------------------------- names and choices


def test_chosen_variables(models, tmp_path):
    found = [o.variable for o in convert_files([models], tmp_path, variable="pr, tas")]
    assert found == ["pr", "tas"]
    assert convert(models, variable="orog").output == str(tmp_path / "cube_orog.flac")
    assert convert(models, variable=["time_bnds"]).output.endswith("cube_time_bnds.flac")


def test_a_wrong_name_lists_the_right_ones(models, tmp_path):
    with pytest.raises(InputError, match="no variable tass. Choose some of these: tas, pr, snow,"):
        convert(models, tmp_path / "a.flac", variable="tass")
    (outcome,) = convert_files([models], tmp_path, variable="tas,tass")
    assert outcome.error.code == "variable.unknown"
    for wrong in ("", "tas,,pr", [3], 3):
        with pytest.raises(InputError) as caught:
            convert(models, tmp_path / "a.flac", variable=wrong)
        assert caught.value.code == "variable.choice"


@pytest.mark.parametrize("suffix", ["tif", "flac"])
def test_rasters_without_variables(tmp_path, suffix):
    source = geotiff(tmp_path / "a.tif", ["red", "green"])
    if suffix == "flac":
        source = convert(source).output
    with pytest.raises(InputError) as caught:
        convert(source, tmp_path / "b.flac", variable="red")
    assert caught.value.code == "variable.none_here"
    convert(source, tmp_path / "b.flac", stack=True)
    assert compare(source, tmp_path / "b.flac").identical


def test_one_output_for_several_is_refused(models, tmp_path):
    for choice in (None, "tas,pr"):
        with pytest.raises(InputError) as caught:
            convert(models, tmp_path / "x.flac", variable=choice)
        assert caught.value.code == "variable.several" and "tas, pr" in str(caught.value)
    assert not (tmp_path / "x.flac").exists()


def test_outputs_of_one_name(models, tmp_path):
    """The variable of one file may be called as another file is."""
    other = geotiff(tmp_path / "cube_pr.tif", ["red"])
    statuses = {o.variable: o for o in convert_files([models, other], tmp_path / "out")}
    assert statuses["pr"].error.code == "batch.same_output"
    assert (statuses["tas"].status, statuses[None].status) == ("done", "done")
    assert compare(other, tmp_path / "out" / "cube_pr.flac").identical


def test_a_broken_file_among_others(models, tmp_path):
    broken = tmp_path / "a.nc"
    broken.write_bytes(models.read_bytes()[:300])
    found = [o.status for o in convert_files([broken, models], tmp_path / "out")]
    assert found == ["failed", "done", "done", "done", "done"]


def test_existing_outputs_are_kept(models, tmp_path):
    (tmp_path / "cube_tas.flac").write_bytes(b"mine")
    outcomes = list(convert_files([models], tmp_path, skip_identical=False))
    assert isinstance(outcomes[0].error, OutputExists)
    assert (tmp_path / "cube_tas.flac").read_bytes() == b"mine"
    assert [o.status for o in outcomes[1:]] == ["done"] * 3


# ---------------------------------------------------------------- together


def test_variables_of_the_same_times_in_one_file(models, tmp_path):
    result = convert(models, tmp_path / "x.flac", variable="tas,pr", stack=True)
    assert tags(tmp_path / "x.flac", "TIME_BAND") == ["tas", "pr"] * 3
    months = [f"2001-0{month}-01T00:00:00Z" for month in (1, 2, 3, 4)]
    assert tags(tmp_path / "x.flac", "TIME_START") == [m for m in months[:3] for _ in range(2)]
    assert tags(tmp_path / "x.flac", "TIME_END") == [m for m in months[1:] for _ in range(2)]
    made = pixels(tmp_path / "x.flac")
    np.testing.assert_array_equal(made[0::2], stored(models, "tas"))
    np.testing.assert_array_equal(made[1::2], stored(models, "pr"))
    with FlacRaster.open(tmp_path / "x.flac") as raster:
        assert [band.nodata for band in raster.metadata.bands][:2] == [
            pytest.approx(1e20),
            pytest.approx(9.96921e36),
        ]
        assert [band.unit for band in raster.metadata.bands] == ["K", "mm"] * 3
        top = raster.metadata.tags[""]
        assert (top["TIME_CALENDAR"], top["NC_GLOBAL#history"]) == ("360_day", "made by hand")
    assert codes(result.warnings) == ["note.no_crs"]
    again = convert(models, tmp_path / "x.flac", variable="tas,pr", stack=True, skip_identical=True)
    assert again.skipped


def test_xarray_finds_variables_and_dates(models, tmp_path):
    convert(models, tmp_path / "x.flac", variable="tas,pr", stack=True)
    with xarray.open_dataset(tmp_path / "x.flac", engine="flac_raster", mask_and_scale=False) as d:
        found = d["band_data"]
        assert found.dims == ("time", "band", "y", "x") and found.sizes["time"] == 3
        np.testing.assert_array_equal(found[:, 1].values, stored(models, "pr"))


def test_levels_of_variables_in_one_file(tmp_path):
    """A variable without levels may stand beside others with some, if their times are the same."""
    steps = np.arange(72, dtype="f4").reshape(2, 3, 3, 4)
    axes = ("time", "plev", "lat", "lon")
    source = netcdf(
        tmp_path / "a.nc",
        {"time": 2, "plev": 3, "lat": 3, "lon": 4},
        {
            "time": (("time",), np.array([0.0, 31]), {"units": "days since 2001-01-01"}),
            "plev": (("plev",), np.array([1000.0, 500, 100]), {"units": "hPa"}),
            "lat": (("lat",), np.array([1.0, 2, 3]), {"units": "degrees_north"}),
            "lon": (("lon",), np.array([1.0, 2, 3, 4]), {"units": "degrees_east"}),
            "ta": (axes, steps, {}),
            "pr": (("time", "lat", "lon"), -steps[:, 0], {}),
            "ua": (axes, steps + 100, {}),
        },
    )
    convert(source, tmp_path / "x.flac", stack=True)
    levels = ("plev=1000", "plev=500", "plev=100")
    labels = [*(f"ta {level}" for level in levels), "pr", *(f"ua {level}" for level in levels)]
    assert tags(tmp_path / "x.flac", "TIME_BAND") == labels * 2
    found = {name: stored(source, name) for name in ("ta", "pr", "ua")}
    expected = [
        plane
        for date in range(2)
        for plane in (*found["ta"][date], found["pr"][date], *found["ua"][date])
    ]
    np.testing.assert_array_equal(pixels(tmp_path / "x.flac"), expected)


@pytest.mark.parametrize(
    "choice, reason",
    [
        ("tas,snow", "tas and snow do not fit into one raster: their data types are float32 and"),
        ("tas,orog", "orog has no times"),
        ("orog,pr", "orog has no times"),
        (None, "tas and snow do not fit"),
        ("tas,lat_edges", "they have 4 x 3 and 2 x 3 pixels"),
    ],
)
def test_the_first_difference_is_named(models, tmp_path, choice, reason):
    with pytest.raises(InputError, match=reason):
        convert(models, tmp_path / "x.flac", variable=choice, stack=True)


def two_grids(path, moved=0.0, days=(0, 31), calendar="standard"):
    """Write two variables, of which the second has a grid and times of its own."""
    dims, found = {}, {}
    for name, shift, numbers, kind in (
        ("a", 0.0, (0, 31), "standard"),
        ("b", moved, days, calendar),
    ):
        lengths = {"time": len(numbers), "lat": 2, "lon": 2}
        dims |= {f"{key}_{name}": length for key, length in lengths.items()}
        time, lat, lon = (f"{key}_{name}" for key in lengths)
        units = {"units": "days since 2001-01-01", "calendar": kind, "standard_name": "time"}
        found[time] = ((time,), np.array(numbers, "f8"), units)
        found[lat] = ((lat,), np.array([2.0, 1]) + shift, {"units": "degrees_north"})
        found[lon] = ((lon,), np.array([1.0, 2]), {"units": "degrees_east"})
        found[name] = ((time, lat, lon), np.ones((len(numbers), 2, 2), "f4"), {})
    return netcdf(path, dims, found)


@pytest.mark.parametrize(
    "change, reason",
    [
        ({"moved": 0.5}, "their grids begin at 0.5, 2.5 .* and 0.5, 3 "),
        ({"days": (0, 59)}, "their date 2 is 2001-02-01T00:00 and 2001-03-01T00:00"),
        ({"days": (0,)}, "they have 2 and 1 dates"),
        ({"calendar": "noleap"}, "their calendars are standard and noleap"),
    ],
)
def test_other_grids_and_times_do_not_fit(tmp_path, change, reason):
    with pytest.raises(InputError, match=reason):
        convert(two_grids(tmp_path / "a.nc", **change), tmp_path / "x.flac", stack=True)
    convert(two_grids(tmp_path / "b.nc"), tmp_path / "y.flac", stack=True)
    assert tags(tmp_path / "y.flac", "TIME_BAND") == ["a", "b", "a", "b"]


def test_variables_without_times_together(tmp_path):
    values = np.arange(12, dtype="f4").reshape(3, 4)
    source = netcdf(
        tmp_path / "soil.nc",
        {"lat": 3, "lon": 4},
        {name: (("lat", "lon"), values + n, {}) for n, name in enumerate(("sand", "clay"))},
    )
    convert(source, tmp_path / "x.flac", stack=True)
    with FlacRaster.open(tmp_path / "x.flac") as raster:
        assert [band.description for band in raster.metadata.bands] == ["sand", "clay"]
        np.testing.assert_array_equal(raster.read()[:, :, 0].min(axis=1), [0, 1])


def test_the_same_bytes_by_processes(models, tmp_path):
    from flac_raster_qgis.engine import ProcessExecutor

    with ProcessExecutor(2) as executor:
        for n, options in enumerate(({}, {"executor": executor})):
            convert(models, tmp_path / f"{n}.flac", variable="tas,pr", stack=True, **options)
    assert (tmp_path / "0.flac").read_bytes() == (tmp_path / "1.flac").read_bytes()


# ---------------------------------------------------------------- a CRS of its own


def test_a_crs_is_assigned(models, tmp_path):
    result = convert(models, tmp_path / "x.flac", variable="tas", crs="EPSG:4326")
    assert result.warnings == ()
    with FlacRaster.open(tmp_path / "x.flac") as raster:
        assert raster.metadata.crs == "EPSG:4326"
        assert raster.metadata.transform == (1, 0, 0.5, 0, -1, 3.5)
    np.testing.assert_array_equal(pixels(tmp_path / "x.flac"), stored(models, "tas"))
    assert codes(convert(models, tmp_path / "y.flac", variable="tas").warnings) == ["note.no_crs"]
    assert not any(
        outcome.result.warnings for outcome in convert_files([models], tmp_path, crs="EPSG:4326")
    )


def test_a_raster_with_a_crs_keeps_it(tmp_path):
    source = geotiff(tmp_path / "a.tif", ["red"])
    convert(source, tmp_path / "a.flac", crs="EPSG:4326")
    assert compare(source, tmp_path / "a.flac").identical
    with pytest.raises(InputError, match="a.tif has a CRS already, EPSG:4326, so EPSG:32632"):
        convert(source, tmp_path / "b.flac", crs="EPSG:32632")
    for wrong, code in (
        ("EPSG:0", "crs.unknown"),
        ("berlin", "crs.unknown"),
        (3, "crs.given_type"),
    ):
        with pytest.raises(InputError) as caught:
            convert(source, tmp_path / "b.flac", crs=wrong)
        assert caught.value.code == code


# ---------------------------------------------------------------- GRIB


ELEMENTS = [(0, 0, 2), (2, 2, 10), (2, 2, 100), (2, 3, 10)]


def test_grib_by_element(tmp_path):
    source = grib(tmp_path / "era.grib2", ELEMENTS, [0, 6])
    with rasterio.open(source) as opened:
        expected = opened.read()
    outcomes = list(convert_files([source], tmp_path))
    assert [o.variable for o in outcomes] == ["TMP", "UGRD", "VGRD"]
    assert outcomes[1].output == str(tmp_path / "era_UGRD.flac")
    made = tmp_path / "era_UGRD.flac"
    np.testing.assert_array_equal(pixels(made), expected[[1, 2, 5, 6]])
    assert tags(made, "TIME_BAND") == ["UGRD 10-HTGL", "UGRD 100-HTGL"] * 2
    assert tags(made, "TIME_START") == ["2020-01-01T00:00:00Z"] * 2 + ["2020-01-01T06:00:00Z"] * 2


def test_grib_is_one_raster_where_an_output_is_named(tmp_path):
    source = grib(tmp_path / "era.grib2", ELEMENTS, [0, 6])
    convert(source, tmp_path / "all.flac")
    assert compare(source, tmp_path / "all.flac").identical
    assert len({*tags(tmp_path / "all.flac", "TIME_BAND")}) == 4
    convert(source, tmp_path / "stack.flac", stack=True)
    assert compare(source, tmp_path / "stack.flac").identical
    convert(source, tmp_path / "two.flac", variable="TMP,VGRD", stack=True)
    assert len(pixels(tmp_path / "two.flac")) == 4


def test_grib_of_one_element(tmp_path):
    source = grib(tmp_path / "t.grib2", ELEMENTS[:1], [0, 6, 12])
    (outcome,) = convert_files([source], tmp_path)
    assert outcome.output == str(tmp_path / "t.flac")
    assert compare(source, outcome.output).identical


# ---------------------------------------------------------------- through xarray


def zarr_store(path, format_):
    zarr = pytest.importorskip("zarr", exc_type=ImportError)
    if format_ == 3 and int(zarr.__version__.split(".")[0]) < 3:
        pytest.skip("this zarr writes no format 3")
    steps = np.arange(36, dtype="i2").reshape(3, 3, 4)
    dataset = xarray.Dataset(
        {
            "tas": (("time", "lat", "lon"), steps / np.float32(7)),
            "snow": (("time", "lat", "lon"), steps, {"scale_factor": 0.1}),
            "orog": (("lat", "lon"), steps[0] * 1.5),
            "time_bnds": (("time", "bnds"), np.array([[0, 31], [31, 59], [59, 90]])),
            "series": (("time",), np.arange(3.0)),
        },
        {
            "time": (
                "time",
                [15, 45, 75],
                {"units": "days since 2001-01-01", "bounds": "time_bnds"},
            ),
            "lat": ("lat", [1.0, 2, 3], {"units": "degrees_north"}),
            "lon": ("lon", [1.0, 2, 3, 4], {"units": "degrees_east"}),
        },
    )
    try:
        dataset.to_zarr(path, consolidated=False, zarr_format=format_)
    except TypeError:  # before xarray 2024.10
        dataset.to_zarr(path, consolidated=False, zarr_version=format_)
    return path, dataset


@pytest.mark.parametrize("format_", [2, 3])
@pytest.mark.filterwarnings("ignore")
def test_zarr(tmp_path, format_):
    source, dataset = zarr_store(tmp_path / "cube.zarr", format_)
    outcomes = {o.variable: o for o in convert_files([source], tmp_path, crs="EPSG:4326")}
    assert {*outcomes} == {"tas", "snow", "orog"}
    assert all(o.status == "done" and not o.result.warnings for o in outcomes.values())
    for name in outcomes:
        made = pixels(tmp_path / f"cube_{name}.flac")
        expected = dataset[name].values.reshape(-1, 3, 4)[:, ::-1]
        assert made.dtype == expected.dtype
        np.testing.assert_array_equal(made, expected)
    starts = tags(tmp_path / "cube_tas.flac", "TIME_START")
    assert starts == [f"2001-0{month}-01T00:00:00Z" for month in (1, 2, 3)]
    with FlacRaster.open(tmp_path / "cube_snow.flac") as raster:
        assert raster.metadata.bands[0].scale == 0.1
    notes = [note.get("found") for o in outcomes.values() for note in o.notes]
    assert {*notes} == {"time_bnds", "series"}
    again = list(convert_files([source], tmp_path, crs="EPSG:4326"))
    assert [o.status for o in again] == ["skipped"] * 3


@pytest.mark.filterwarnings("ignore")
def test_variables_of_zarr_together(tmp_path):
    source, _ = zarr_store(tmp_path / "cube.zarr", 2)
    with pytest.raises(InputError, match="holds 3 variables"):
        convert(source, tmp_path / "x.flac")
    with pytest.raises(InputError, match="their data types are"):
        convert(source, tmp_path / "x.flac", stack=True)
    convert(source, tmp_path / "x.flac", variable="tas")
    assert pixels(tmp_path / "x.flac").shape == (3, 3, 4)


def test_without_the_packages_a_sentence_says_what_to_install(tmp_path, monkeypatch):
    folder = tmp_path / "cube.zarr"
    folder.mkdir()
    (folder / "zarr.json").write_text("{}")
    monkeypatch.setattr(stores, "version", lambda name: "2.18.7")
    with pytest.raises(MissingDependency, match='python -m pip install xarray "zarr>=3"'):
        convert(folder, tmp_path / "x.flac")
    (outcome,) = convert_files([folder], tmp_path)
    assert outcome.error.code == "package.store"


def test_a_broken_store(tmp_path):
    pytest.importorskip("zarr", exc_type=ImportError)
    folder = tmp_path / "cube.zarr"
    folder.mkdir()
    (folder / ".zgroup").write_text("no JSON")
    with pytest.raises(InputError):
        convert(folder, tmp_path / "x.flac")


def test_netcdf_where_gdal_lacks_the_driver(models, tmp_path, monkeypatch):
    from flac_raster_qgis.engine.rasterio_io import dataset, environment

    expected = {name: stored(models, name) for name in ("tas", "snow", "orog")}

    def refuse(*_):
        raise rasterio.errors.RasterioIOError("not recognized as a supported file format")

    monkeypatch.setattr(dataset, "_as_netcdf", refuse)
    monkeypatch.setattr(environment, "has_driver", lambda name: False)
    outcomes = list(convert_files([models], tmp_path / "out"))
    assert [o.status for o in outcomes] == ["done"] * 4, [str(o.error) for o in outcomes]
    for name, values in expected.items():
        made = pixels(tmp_path / "out" / f"cube_{name}.flac")
        np.testing.assert_array_equal(made, values.reshape(-1, 3, 4))
    months = [f"2001-0{month}-01T00:00:00Z" for month in (1, 2, 3)]
    assert tags(tmp_path / "out" / "cube_tas.flac", "TIME_START") == months
