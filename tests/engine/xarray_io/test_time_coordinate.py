"""The times that arrays of xarray give to bands; cftime and pandas are the judges."""

from __future__ import annotations

import warnings

import numpy as np
import pytest

xarray = pytest.importorskip("xarray", reason="xarray is not installed")

from flac_raster_qgis.engine.xarray_io.raster import XarrayRaster  # noqa: E402

DAYS = np.array(["2020-01-01", "2020-02-01", "2020-03-01"], "M8[ns]")


def array(dims, **coords):
    shape = [len(np.atleast_1d(coords.get(each, range(3)))) for each in dims]
    values = np.arange(np.prod([*shape, 4]), dtype="f4").reshape(*shape, 2, 2)
    return xarray.DataArray(values, coords, (*dims, "y", "x"))


def times_of(obj):
    """Return start, end and label of each band, and the codes of warnings."""
    raster = XarrayRaster(obj)
    keys = ("TIME_START", "TIME_END", "TIME_BAND")
    found = [tuple(b.tags.get("", {}).get(key) for key in keys) for b in raster.metadata.bands]
    return found, [warning.code for warning in raster.warnings]


def starts(obj):
    return [start for start, _, _ in times_of(obj)[0]]


def test_dates_and_their_fractions():
    when = np.array(["2020-01-01T06:30:15.123456700", "1600-02-29", "2200-12-31"], "M8[ns]")
    when[1:] = np.array(["1700-02-28", "2200-12-31"], "M8[ns]")
    assert starts(array(("time",), time=when)) == [
        "2020-01-01T06:30:15.123457Z",
        "1700-02-28T00:00:00Z",
        "2200-12-31T00:00:00Z",
    ]


def test_what_is_lost_of_times_is_told():
    when = DAYS + np.array([0, 0, 1], "m8[ns]")
    assert "note.times_rounded" in times_of(array(("time",), time=when))[1]
    assert "note.times_rounded" not in times_of(array(("time",), time=DAYS))[1]
    dataset = array(("time",), time=DAYS).to_dataset(name="tas")
    dataset["time_bnds"] = ("time", "nv"), np.stack([DAYS, DAYS + np.timedelta64(1, "D")], 1)
    assert "note.bounds" not in times_of(dataset)[1]
    dataset["time_bnds"][0, 1] = DAYS[0]
    found, codes = times_of(dataset)
    assert "note.bounds" in codes and found[1][:2] == ("2020-02-01T00:00:00Z", None)


@pytest.mark.parametrize("unit", ["s", "ns"])
def test_dates_of_a_zone_are_in_utc(unit):
    pandas = pytest.importorskip("pandas", reason="pandas is not installed")
    when = pandas.DatetimeIndex(["2020-01-01", "2020-07-01"], tz="Europe/Berlin").as_unit(unit)
    assert starts(array(("time",), time=when)) == ["2019-12-31T23:00:00Z", "2020-06-30T22:00:00Z"]


@pytest.mark.parametrize("calendar", ["noleap", "all_leap", "360_day", "julian", "standard"])
def test_calendars_keep_their_name(calendar):
    cftime = pytest.importorskip("cftime", reason="cftime is not installed")
    numbers = [0, 58, 59, 60.25]
    made = cftime.num2date(numbers, "days since 2001-01-01", calendar)
    raster = XarrayRaster(array(("time",), time=made))
    found = raster.metadata.tags.get("", {}).get("TIME_CALENDAR")
    assert found == (None if calendar == "standard" else calendar)
    if calendar == "noleap":
        texts = [band.tags[""]["TIME_START"][:13] for band in raster.metadata.bands]
        assert texts == [each.strftime("%Y-%m-%dT%H") for each in made]


@pytest.mark.parametrize("calendar", ["noleap", "all_leap", "360_day", "julian", "standard"])
def test_objects_of_cftime_are_the_dates_of_their_numbers(calendar):
    cftime = pytest.importorskip("cftime", reason="cftime is not installed")
    units = "hours since 1850-01-01"
    numbers = np.random.default_rng(5).integers(-5_000_000, 20_000_000, 500)
    numbers = numbers if calendar != "standard" else abs(numbers)
    decoded = array(("time",), time=cftime.num2date(numbers, units, calendar))
    as_numbers = array(("time",), time=numbers)
    as_numbers.time.attrs = {"units": units, "calendar": calendar}
    assert starts(decoded) == starts(as_numbers)


def test_times_that_are_not_decoded():
    made = array(("time",), time=[0.0, 0.5, 1])
    made.time.attrs = {"units": "days since 2001-02-28", "calendar": "noleap"}
    assert starts(made) == ["2001-02-28T00:00:00Z", "2001-02-28T12:00:00Z", "2001-03-01T00:00:00Z"]


@pytest.mark.parametrize("kind", ["nat", "months", "year", "object"])
def test_what_is_no_time_is_told_and_stays_bands(kind):
    if kind == "nat":
        made = array(("time",), time=np.array(["2020-01-01", "NaT"], "M8[ns]"))
    elif kind == "months":
        made = array(("time",), time=[0, 1])
        made.time.attrs["units"] = "months since 2000-01-01"
    elif kind == "year":
        cftime = pytest.importorskip("cftime", reason="cftime is not installed")
        old = cftime.DatetimeNoLeap(-50, 1, 1)
        made = array(("time",), time=[old, cftime.DatetimeNoLeap(20000, 1, 1)])
    else:
        pytest.importorskip("cftime", reason="cftime is not installed")
        import cftime

        made = array(
            ("time",), time=[cftime.DatetimeNoLeap(2000, 1, 1), cftime.Datetime360Day(1, 1, 1)]
        )
        made = made.assign_coords(time=("time", np.array([made.time.values[0], None], object)))
    found, codes = times_of(made)
    assert found == [(None, None, None)] * 2 and codes == ["note.times"]


def test_numbers_are_no_times():
    assert times_of(array(("level",), level=[500, 850])) == ([(None, None, None)] * 2, [])


def test_one_time_of_all_bands():
    made = array(("band",), band=[1, 2]).assign_coords(time=DAYS[1])
    assert times_of(made)[0] == [("2020-02-01T00:00:00Z", None, None)] * 2
    one = array(("time",), time=DAYS).isel(time=2)
    assert times_of(one)[0] == [("2020-03-01T00:00:00Z", None, None)]
    when_made = one.drop_vars("time").assign_coords(created=DAYS[0])
    assert times_of(when_made)[0] == [(None, None, None)]


def test_bounds_make_intervals():
    made = array(("time",), time=DAYS + np.timedelta64(5, "D")).to_dataset(name="a")
    ends = np.stack([DAYS, np.append(DAYS[1:], np.datetime64("2020-04-01", "ns"))], axis=1)
    made["time_bnds"] = (("time", "bnds"), ends)
    expected = [
        ("2020-01-01T00:00:00Z", "2020-02-01T00:00:00Z", None),
        ("2020-02-01T00:00:00Z", "2020-03-01T00:00:00Z", None),
        ("2020-03-01T00:00:00Z", "2020-04-01T00:00:00Z", None),
    ]
    assert times_of(made) == (expected, [])
    other = made.rename(time_bnds="limits")
    assert times_of(other)[0][0] == ("2020-01-06T00:00:00Z", None, None)
    other.time.attrs["bounds"] = "limits"
    assert times_of(other)[0] == expected
    raster = XarrayRaster(other)  # the instants within the intervals stay too
    assert [band.tags[""]["NETCDF_DIM_time"] for band in raster.metadata.bands] == ["0", "31", "60"]
    assert raster.metadata.tags[""]["time#units"].startswith("days since 2020-01-06")


def test_bounds_that_are_not_given_are_told():
    made = array(("time",), time=DAYS).to_dataset(name="a")
    made["time_bnds"] = (("time", "bnds"), np.stack([DAYS, DAYS + np.timedelta64(1, "D")], axis=1))
    made.time.attrs["bounds"] = "time_bnds"
    assert times_of(made[["a", "time_bnds"]])[1] == []
    for lacks in (made[["a"]], made.a):
        found, codes = times_of(lacks)
        assert codes == ["note.no_bounds"] and found[0] == ("2020-01-01T00:00:00Z", None, None)


@pytest.mark.parametrize("wrong", ["outside", "reversed", "missing"])
def test_bounds_that_do_not_contain_their_times_are_ignored(wrong):
    made = array(("time",), time=DAYS).to_dataset(name="a")
    ends = np.stack([DAYS, DAYS + np.timedelta64(20, "D")], axis=1)
    if wrong == "outside":
        ends = ends + np.timedelta64(1, "D")
    elif wrong == "reversed":
        ends = ends[:, ::-1]
    else:
        ends[1, 1] = np.datetime64("NaT")
    made["time_bnds"] = (("time", "bnds"), ends)
    assert [end for _, end, _ in times_of(made)[0]] == [None] * 3


def test_a_climatology_is_told():
    made = array(("time",), time=DAYS)
    made.time.attrs["climatology"] = "climatology_bounds"
    found, codes = times_of(made)
    assert codes == ["note.climatology"] and found[0] == ("2020-01-01T00:00:00Z", None, None)


def test_forecasts_are_valid_at_their_time_and_step():
    """As cfgrib has them: the dimensions are the time of the run and the step from it."""
    steps = np.array([0, 24], "m8[h]").astype("m8[ns]")
    runs = np.array(["2020-01-01", "2020-01-02"], "M8[ns]")
    made = array(("time", "step"), time=runs, step=steps)
    made = made.assign_coords(valid_time=(("time", "step"), runs[:, None] + steps))
    made.time.attrs["standard_name"] = "forecast_reference_time"
    made.valid_time.attrs["standard_name"] = "time"
    assert times_of(made)[0] == [
        ("2020-01-01T00:00:00Z", None, "time=2020-01-01T00:00:00 step=0h"),
        ("2020-01-02T00:00:00Z", None, "time=2020-01-01T00:00:00 step=24h"),
        ("2020-01-02T00:00:00Z", None, "time=2020-01-02T00:00:00 step=0h"),
        ("2020-01-03T00:00:00Z", None, "time=2020-01-02T00:00:00 step=24h"),
    ]


def test_bands_that_have_times_of_their_own():
    made = array(("band",), band=[1, 2, 3])
    made = made.assign_coords(time=("band", DAYS), band_label=("band", ["red", "nir", "red"]))
    assert times_of(made)[0] == [
        ("2020-01-01T00:00:00Z", None, "red"),
        ("2020-02-01T00:00:00Z", None, "nir"),
        ("2020-03-01T00:00:00Z", None, "red"),
    ]


def test_units_of_the_source_stay():
    made = array(("time",), time=DAYS)
    made.time.encoding = {"units": "hours since 2019-12-31", "calendar": "standard"}
    raster = XarrayRaster(made)
    assert raster.metadata.tags[""]["time#units"].startswith("hours since 2019-12-31")
    assert raster.metadata.bands[0].tags[""]["NETCDF_DIM_time"] == "24"


def test_units_that_are_not_whole_numbers_are_kept_without_noise():
    made = array(("time",), time=DAYS + np.timedelta64(1, "s"))
    made.time.encoding = {"units": "days since 2019-12-31", "dtype": np.dtype("i4")}
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        raster = XarrayRaster(made)
    items = raster.metadata.bands[0].tags[""]
    assert items["TIME_START"] == "2020-01-01T00:00:01Z"
    assert float(items["NETCDF_DIM_time"]) == 1 + 1 / 86400
