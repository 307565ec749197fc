"""Which band shows which time: rules, tags, tables and steps."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from flac_raster_qgis.engine import Band, RasterMetadata
from flac_raster_qgis.engine.model.band_times import (
    cf_instants,
    find_times,
    with_times,
)
from flac_raster_qgis.engine.model.file_time import find_file_time
from flac_raster_qgis.engine.model.time_table import regular_step, time_table
from flac_raster_qgis.engine.model.times import Time, parse_time
from hypothesis import given, settings
from hypothesis import strategies as st

D = datetime


def raster(*bands: Band, tags: dict | None = None) -> RasterMetadata:
    return RasterMetadata(4, 3, "int16", bands, tags=tags or {})


def of_tags(*items: dict, top: dict | None = None) -> RasterMetadata:
    bands = (Band(tags={"": own} if "" not in own else own) for own in items)
    return raster(*bands, tags={"": top} if top else None)


def found_in(metadata: RasterMetadata):
    problems = []
    return find_times(metadata, problems), [problem.code for problem in problems]


def test_tags_give_back_what_was_put_into_them():
    times = [parse_time(text) for text in ("2020-07", "2020-07-04T12:00", "2021")]
    metadata = with_times(raster(Band(), Band(), Band()), times, ["a", "b", "a"], "360_day")
    assert metadata.bands[0].tags[""] == {
        "TIME_START": "2020-07-01T00:00:00Z",
        "TIME_END": "2020-08-01T00:00:00Z",
        "TIME_BAND": "a",
    }
    assert metadata.tags[""] == {"TIME_CALENDAR": "360_day"}
    found, problems = found_in(metadata)
    assert (list(found.times), found.labels, found.calendar) == (times, ("a", "b", "a"), "360_day")
    assert (found.source, problems) == ("TIME_START", [])


def test_new_times_replace_all_of_the_old_ones():
    old = with_times(
        raster(Band(tags={"": {"A": "1"}, "X": {"B": "2"}}), Band(), tags={"": {"C": "3"}}),
        [parse_time("2020"), parse_time("2021")],
        ["a", "b"],
        "noleap",
    )
    new = with_times(old, [Time(D(2000, 1, 1)), Time(D(2001, 1, 1))], ["", ""])
    assert new.bands[0].tags == {
        "": {"A": "1", "TIME_START": "2000-01-01T00:00:00Z"},
        "X": {"B": "2"},
    }
    assert new.tags == {"": {"C": "3"}}


@pytest.mark.parametrize(
    "items",
    [
        ({"TIME_START": "2020-01-01"}, {}),
        ({"TIME_START": "2020-01-01"}, {"TIME_START": "12:30"}),
        ({"TIME_START": "2020-01-01"}, {"TIME_END": "2020-01-01"}),
        ({"TIME_START": "2020-01-01"}, {"TIME_START": "2020-01-02", "TIME_END": "2020-01-02"}),
        ({"TIME_START": "2020-01-01"}, {"TIME_START": "2020-01-02", "TIME_END": "2020-01-01"}),
    ],
)
def test_own_tags_that_are_wrong_are_reported_and_nothing_else_is_tried(items):
    imagery = [{"": own, "IMAGERY": {"ACQUISITIONDATETIME": "2020-01-01 10:00"}} for own in items]
    found, problems = found_in(of_tags(*imagery))
    assert (found, problems) == (None, ["time.band_tag"])


def test_dates_of_other_writers_are_read():
    found, _ = found_in(
        of_tags({"TIME_START": "2020-07"}, {"TIME_START": "2020-08-01T00:00+02:00"})
    )
    assert [str(time) for time in found.times] == ["2020-07", "2020-07-31T22:00"]


def test_all_bands_or_none():
    top = {"time#units": "days since 2000-01-01"}
    found, problems = found_in(of_tags({"NETCDF_DIM_time": "1"}, {}, top=top))
    assert (found, problems) == (None, [])
    acquired = {"": {}, "IMAGERY": {"ACQUISITIONDATETIME": "2020-01-01 10:00"}}
    assert found_in(of_tags(acquired, {"": {}}))[0] is None
    assert found_in(raster(Band(description="2020-01"), Band(description="mean")))[0] is None


def test_the_first_rule_that_fits_wins():
    own = {"NETCDF_DIM_time": "1", "GRIB_VALID_TIME": "0 sec UTC"}
    band = {"": own, "IMAGERY": {"ACQUISITIONDATETIME": "2020-01-01 10:00"}}
    found, _ = found_in(of_tags(band, top={"time#units": "days since 2000-01-01"}))
    assert (found.source, found.times) == ("NETCDF_DIM_time", (Time(D(2000, 1, 2)),))
    found, problems = found_in(of_tags(band, top={"time#units": "fortnights since 2000-01-01"}))
    assert (found.source, found.times) == ("GRIB_VALID_TIME", (Time(D(1970, 1, 1)),))
    assert problems == ["time.dimension"]
    del own["GRIB_VALID_TIME"]
    found, _ = found_in(of_tags(band))
    assert (found.source, found.times) == ("ACQUISITIONDATETIME", (Time(D(2020, 1, 1, 10)),))


def test_zarr_as_gdal_shows_it():
    items = [{"DIM_time_VALUE": n, "DIM_time_UNIT": "hours since 2020-01-01"} for n in ("0", "6")]
    found, _ = found_in(of_tags(*items))
    assert (found.source, found.times[1]) == ("DIM_time", Time(D(2020, 1, 1, 6)))


def test_grib_labels_tell_elements_and_forecasts_apart():
    def band(element, made):
        names = {"GRIB_ELEMENT": element, "GRIB_SHORT_NAME": "2-HTGL"}
        return {"GRIB_VALID_TIME": "1577836800 sec UTC", "GRIB_REF_TIME": made, **names}

    found, _ = found_in(of_tags(band("TMP", "0"), band("DPT", "0")))
    assert found.labels == ("TMP 2-HTGL", "DPT 2-HTGL")
    found, _ = found_in(of_tags(band("TMP", "1577750400 sec UTC"), band("TMP", "1577793600")))
    assert found.labels == ("TMP 2-HTGL 2019-12-31T00:00", "TMP 2-HTGL 2019-12-31T12:00")


def test_descriptions_must_differ_in_their_dates():
    same = raster(Band(description="red 2020-07-04"), Band(description="green 2020-07-04"))
    assert found_in(same)[0] is None
    found, _ = found_in(raster(Band(description="NDVI 2020-07"), Band(description="NDVI 2020-08")))
    assert [str(time) for time in found.times] == ["2020-07", "2020-08"]
    assert found.labels == ("NDVI", "NDVI")


def test_variables_and_levels_are_labels():
    top = {"time#units": "days since 2000-01-01"}
    items = [
        {"NETCDF_DIM_time": day, "NETCDF_DIM_level": level, "NETCDF_VARNAME": name}
        for day in "01"
        for name in ("u", "v")
        for level in ("500", "850")
    ]
    found, _ = found_in(of_tags(*items, top=top))
    table = time_table(found)
    assert table.labels == ("u level=500", "u level=850", "v level=500", "v level=850")
    assert table.bands == ((1, 2, 3, 4), (5, 6, 7, 8)) and table.is_complete


@pytest.mark.parametrize(
    "name, units, is_told",
    [
        ("month", None, True),
        ("time", None, True),
        ("time", "months since 2000-01-01", True),
        ("step", "days since the flood", True),
        ("level", "hPa", False),
        ("bnds", None, False),
    ],
)
def test_only_dimensions_that_claim_to_be_times_are_told(name, units, is_told):
    top = {f"{name}#units": units} if units else {"other": "x"}
    found, problems = found_in(of_tags({f"NETCDF_DIM_{name}": "1"}, top=top))
    assert (found, bool(problems)) == (None, is_told)


def with_bounds(pairs, numbers=("15", "45")):
    top = {"time#units": "days since 2001-01-01", "time#calendar": "360_day"}
    top["time#bounds"] = "time_bnds"
    metadata = of_tags(*({"NETCDF_DIM_time": number} for number in numbers), top=top)
    return [str(time) for time in find_times(metadata, [], lambda name: pairs).times]


def test_bounds_upside_down_are_turned():
    assert with_bounds([("0.0", "30.0"), ("30.0", "60.0")]) == ["2001-01", "2001-02"]
    assert with_bounds([("30.0", "60.0"), ("0.0", "30.0")]) == ["2001-01", "2001-02"]
    twice = with_bounds([("30.0", "60.0"), ("0.0", "30.0")], ("15", "15", "45", "45"))
    assert twice == ["2001-01", "2001-01", "2001-02", "2001-02"]


@pytest.mark.parametrize(
    "pairs",
    [
        None,
        [("0.0", "30.0")],
        [("0.0", "30.0"), ("60.0", "90.0")],
        [("0.0", "30.0"), ("nan", "60.0")],
        [("15.0", "15.0"), ("45.0", "45.0")],
    ],
)
def test_bounds_that_do_not_fit_are_left_out(pairs):
    assert with_bounds(pairs) == ["2001-01-16T00:00", "2001-02-15T00:00"]


def table_of(times, labels=None):
    metadata = raster(*(Band() for _ in times))
    labels = labels or [""] * len(times)
    problems = []
    tagged = with_times(metadata, [parse_time(text) for text in times], labels)
    return time_table(find_times(tagged, problems))


def test_tables_are_sorted_by_date_and_may_have_gaps():
    table = table_of(["2021", "2020", "2020"], ["a", "a", "b"])
    assert [str(date) for date in table.dates] == ["2020", "2021"]
    assert (table.labels, table.bands) == (("a", "b"), ((2, 3), (1, None)))
    assert not table.is_complete


def test_bands_without_labels_are_numbered_in_each_date():
    table = table_of(["2020", "2020", "2021", "2021"])
    assert (table.labels, table.bands) == (("1", "2"), ((1, 2), (3, 4)))
    assert table_of(["2020", "2020", "2021"]) is None
    assert table_of(["2020", "2020", "2021"], ["a", "a", "b"]) is None


def test_tables_that_would_fill_the_memory_are_not_made():
    times = [Time(D(2000, 1, 1) + timedelta(hours=n)) for n in range(65535)]
    metadata = with_times(
        raster(*(Band() for _ in times)), times, [str(n) for n in range(len(times))]
    )
    assert time_table(find_times(metadata, [])) is None


@pytest.mark.parametrize(
    "texts, step",
    [
        (["2020-01", "2020-02", "2020-03"], "P1M"),
        (["2020-01-31", "2020-04-30"], "P90D"),
        (["2019", "2020", "2021"], "P1Y"),
        (["2020-11", "2021-02", "2021-05"], "P3M"),
        (["2020-02-28", "2020-02-29", "2020-03-01"], "P1D"),
        (["2020-01-01T00:00", "2020-01-01T06:00"], "PT6H"),
        (["2020-01-01T00:00", "2020-01-02T12:30:01.5"], "P1DT12H30M1.5S"),
        (["2020-01", "2020-02", "2020-04"], None),
        (["2020-01-01", "2020-01-02", "2020-01-04"], None),
        (["2020"], None),
    ],
)
def test_steps(texts, step):
    assert regular_step([parse_time(text) for text in texts]) == step


@pytest.mark.parametrize(
    "tags, name, expected",
    [
        (
            {"IMAGERY": {"ACQUISITIONDATETIME": "2020-01-02 10:00:00"}},
            "S2_20240704.tif",
            "2020-01-02T10:00",
        ),
        (
            {"": {"NC_GLOBAL#time_coverage_start": "2020-01-01T00:00:00Z"}},
            "x.nc",
            "2020-01-01T00:00",
        ),
        (
            {
                "": {
                    "NC_GLOBAL#time_coverage_start": "2020-01-01",
                    "NC_GLOBAL#time_coverage_end": "2020-01-31",
                }
            },
            "x.nc",
            "2020-01",
        ),
        (
            {"": {"TIFFTAG_DATETIME": "2021:02:03 04:05:06"}},
            "/2019-01/S2_20240704.tif",
            "2024-07-04",
        ),
        ({"": {"TIFFTAG_DATETIME": "2021:02:03 04:05:06"}}, "dem.tif", "2021-02-03T04:05:06"),
        ({"": {"TIFFTAG_DATETIME": "soon"}}, "https://example.org/2019-01-01/dem.tif", None),
    ],
)
def test_the_time_of_a_whole_file(tags, name, expected):
    found = find_file_time(raster(Band(), tags=tags), name)
    assert (found and str(found[0])) == expected


def test_many_bands_are_quick():
    items = [{"NETCDF_DIM_time": str(hour)} for hour in range(65535)]
    found, _ = found_in(of_tags(*items, top={"time#units": "hours since 1900-01-01"}))
    assert len(time_table(found).dates) == 65535


def test_attributes_of_variables_in_groups():
    top = {"/model/time#units": "days since 2000-01-01", "/model/time#bounds": "time_bnds"}
    asked = []
    metadata = of_tags({"NETCDF_DIM_time": "1"}, top=top)
    found = find_times(metadata, [], asked.append)
    assert (found.times, asked) == ((Time(D(2000, 1, 2)),), ["/model/time_bnds"])
    assert cf_instants(metadata, found) == (
        (D(2000, 1, 2),),
        {"units": "days since 2000-01-01", "calendar": "standard"},
    )


@settings(max_examples=300)
@given(
    key=st.sampled_from(
        ["TIME_START", "TIME_END", "NETCDF_DIM_time", "GRIB_VALID_TIME", "DIM_t_VALUE"]
    ),
    text=st.text(max_size=30) | st.from_regex(r"\A-?[0-9]{1,30}(\.[0-9]*)?(e[0-9]{1,9})?\Z"),
    units=st.text(max_size=30)
    | st.from_regex(r"\A(days|hours|months) since [0-9]{1,6}-[0-9]{1,2}-[0-9]{1,2}[ 0-9:.+Z-]*\Z"),
    calendar=st.sampled_from(["standard", "360_day", "julian", "", "none", "x" * 5000]),
    description=st.text(max_size=40),
)
def test_whatever_strangers_write_gives_times_or_none(key, text, units, calendar, description):
    items = {key: text, "DIM_t_UNIT": units}
    bands = (
        Band(description=description, tags={"": items, "IMAGERY": {"ACQUISITIONDATETIME": text}}),
        Band(description=text, tags={"": dict(items)}),
    )
    top = {"time#units": units, "time#calendar": calendar, "time#bounds": "b"}
    metadata = raster(*bands, tags={"": top})
    found = find_times(metadata, [], lambda name: [(text, text), (units, text)])
    if found is not None:
        assert all(time.end is None or time.end > time.start for time in found.times)
        tagged = with_times(metadata, found.times, found.labels, found.calendar)
        again = find_times(tagged, [])
        assert (again.times, again.calendar) == (found.times, found.calendar)
    find_file_time(metadata, text)
