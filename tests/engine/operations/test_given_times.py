"""Times that the user gives win over those that a raster says."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from flac_raster_qgis.engine import FlacRaster, InputError, compare, convert, convert_files, info
from flac_raster_qgis.engine.operations.given_times import regular_times
from kits.cubes import geotiff


@pytest.fixture
def raster(tmp_path):
    return geotiff(tmp_path / "a.tif", ["NDVI 2013-09", "NDVI 2013-10", "NDVI 2013-11"])


def times_in(path):
    with FlacRaster.open(path) as raster:
        items = [band.tags.get("", {}) for band in raster.metadata.bands]
    keys = ("TIME_START", "TIME_END", "TIME_BAND")
    return [tuple(own.get(key) for key in keys) for own in items]


def converted(raster, **options):
    output = raster.with_name("out.flac")
    convert(raster, output, overwrite=True, **options)
    return times_in(output)


def csv(folder, text, encoding="utf-8"):
    path = folder / "times.csv"
    path.write_text(text, encoding=encoding)
    return path


JULY = ("2020-07-01T00:00:00Z", "2020-08-01T00:00:00Z", None)
AUGUST = ("2020-08-01T00:00:00Z", "2020-09-01T00:00:00Z", None)
NOON = ("2020-09-02T12:00:00Z", None, None)


@pytest.mark.parametrize(
    "text",
    [
        "2020-07\n2020-08\n2020-09-02T12:00\n",
        "start\n2020-07\n2020-08\n2020-09-02T12:00",
        "2020-07-01,2020-08-01\r\n2020-08-01,2020-09-01\r\n2020-09-02T12:00:00Z,\r\n",
        "Band;Time\n2;2020-08\n1;2020-07\n3;2020-09-02T14:00+02:00\n",
        "\n\n2020-07\n\n2020-08\n2020-09-02 12:00\n\n",
        'label\tdate\n""\t2020-07\n\t"2020-08"\n\t2020-09-02T12:00\n',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_files(raster, tmp_path, text, encoding):
    path = csv(tmp_path, text, encoding)
    assert converted(raster, times=path) == [JULY, AUGUST, NOON]
    assert converted(raster, times=str(path)) == [JULY, AUGUST, NOON]


def test_labels_of_a_file(raster, tmp_path):
    path = csv(tmp_path, "2020,2021,rot\n2020,,grün\n2021,,rot\n")
    assert [label for _, _, label in converted(raster, times=path)] == ["rot", "grün", "rot"]
    assert info(tmp_path / "out.flac")["times"]["labels"] == ["rot", "grün"]


def test_lists(raster):
    noon = datetime(2020, 9, 2, 14, tzinfo=timezone(timedelta(hours=2)))
    given = ["2020-07", ("2020-08-01", "2020-09-01"), noon]
    assert converted(raster, times=given) == [JULY, AUGUST, NOON]
    given = [(datetime(2020, 7, 1), datetime(2020, 8, 1)), ["2020-08", None], (noon, None)]
    assert converted(raster, times=given) == [JULY, AUGUST, NOON]


def test_a_start_and_a_step(raster):
    months = converted(raster, time_start="2020-07", time_step="P1M")
    assert months[:2] == [JULY, AUGUST]
    hours = converted(raster, time_start="2020-07-01T18:00", time_step="PT6H")
    assert hours[1] == ("2020-07-02T00:00:00Z", None, None)
    one = converted(raster, time_start="2020-07")
    assert one == [JULY] * 3
    assert converted(raster, time_start=datetime(2020, 9, 2, 12)) == [NOON] * 3


@pytest.mark.parametrize(
    "start, step, texts",
    [
        ("2020-01-31", "P1M", ["2020-01-31..2020-02-28", "2020-02-29..2020-03-30"]),
        ("2019", "p1y", ["2019", "2020"]),
        ("2020-02-18", "P16D", ["2020-02-18..2020-03-04", "2020-03-05..2020-03-20"]),
        ("2020-01-01", "P1W", ["2020-01-01..2020-01-07", "2020-01-08..2020-01-14"]),
        ("2020-01-01T00:00", "PT30M", ["2020-01-01T00:00", "2020-01-01T00:30"]),
        ("2020-01-01T00:00", "PT1.5S", ["2020-01-01T00:00", "2020-01-01T00:00:01.500000"]),
        ("2020-01-01T00:00", "P1DT12H", ["2020-01-01T00:00", "2020-01-02T12:00"]),
    ],
)
def test_steps(start, step, texts):
    assert [str(time) for time in regular_times(start, step, 2)] == texts


@pytest.mark.parametrize(
    "options, code",
    [
        ({"times": ["2020"], "time_start": "2020"}, "times.two_ways"),
        ({"times": ["2020"], "time_step": "P1M"}, "times.two_ways"),
        ({"time_step": "P1M"}, "times.step_alone"),
        ({"time_start": "soon"}, "times.start"),
        ({"time_start": 2020}, "times.start"),
        *(
            ({"time_start": "2020", "time_step": step}, "times.step")
            for step in (
                "",
                "1M",
                "P",
                "PT",
                "P1",
                "P0D",
                "P1M1Y",
                "-P1D",
                "P1.5M",
                30,
                "P9999999D1",
            )
        ),
        ({"time_start": "9999-11", "time_step": "P1M"}, "times.beyond"),
        ({"time_start": "2020", "time_step": "P9999999D"}, "times.beyond"),
        ({"times": ["2020", "2021"]}, "times.count"),
        ({"times": ["2020", "2021", "2022", "2023"]}, "times.count"),
        ({"times": []}, "times.count"),
        ({"times": ["2020", "x", "2021"]}, "times.of_band"),
        ({"times": ["2020", None, "2021"]}, "times.of_band"),
        ({"times": ["2020", 7, "2021"]}, "times.of_band"),
        ({"times": ["2020", ("2020", "2021", "2022"), "2021"]}, "times.of_band"),
        ({"times": ["2020", ("2020", "2020"), "2021"]}, "times.of_band"),
        ({"times": "nowhere.csv"}, "input.missing"),
    ],
)
def test_what_makes_no_sense_is_refused(raster, options, code):
    with pytest.raises(InputError) as caught:
        converted(raster, **options)
    assert caught.value.code == code
    assert not raster.with_name("out.flac").exists()


def test_an_end_that_is_a_datetime_is_shown_as_one(raster):
    day = datetime(2020, 7, 1)
    with pytest.raises(InputError, match=r"the end '2020-07-01 00:00:00' is not after the start"):
        converted(raster, times=[(day, day), "2021", "2022"])


@pytest.mark.parametrize(
    "text, code, line",
    [
        ("2020-07\n2020-08\n", "times.count", None),
        ("", "times.count", None),
        ("2020\n2021\n2022\n2023\n", "times.too_many", 4),
        ("2020\n2021-02-30\n2022\n", "times.line", 2),
        ("start,end\n2020,2020\n2021,\n2022,\n", "times.line", 2),
        ("start,end\n2020,soon\n2021,\n2022,\n", "times.line", 2),
        ("label,start\na,\n", "times.line", 2),
        ("band,start\n1,2020\n1,2021\n2,2022\n", "times.band", 3),
        ("band,start\n0,2020\n1,2021\n2,2022\n", "times.band", 2),
        ("band,start\nfirst,2020\n", "times.band", 2),
        ("band,start\n1,2020\n2,2021\n4,2022\n", "times.band", 4),
        ("2020,2021,a,b\n", "times.cells", 1),
        ("begin,end\n2020,2021\n", "times.columns", None),
        ("end,label\n2020,2021\n", "times.columns", None),
        ("start,time\n2020,2021\n", "times.columns", None),
        ("x" * 200_000, "times.too_long", None),
        ('2020,"' + "x" * 132_000 + '"\n', "times.too_long", None),
    ],
)
def test_files_that_are_wrong_say_where(raster, tmp_path, text, code, line):
    with pytest.raises(InputError) as caught:
        converted(raster, times=csv(tmp_path, text))
    error = caught.value
    assert (error.code, error.message.get("line")) == (code, line)
    assert error.place.name.endswith("times.csv") and "times.csv" in str(error)


def test_files_that_are_no_text(raster, tmp_path):
    with pytest.raises(InputError) as caught:
        converted(raster, times=csv(tmp_path, "2020,,grün\n", "latin-1"))
    assert caught.value.code == "times.not_utf8"
    with pytest.raises(InputError) as caught:
        converted(raster, times=tmp_path)
    assert caught.value.code == "input.folder"


def test_given_times_reach_geotiff_and_replace_those_of_flac(raster, tmp_path):
    first, second, tiff = (tmp_path / name for name in ("1.flac", "2.flac", "3.tif"))
    convert(raster, first, time_start="2020", time_step="P1Y")
    convert(first, second, time_start="2000", time_step="P1Y")
    assert times_in(second)[0][0] == "2000-01-01T00:00:00Z"
    with FlacRaster.open(second) as opened:
        convert(opened, tiff, time_start="1990", time_step="P1Y")
        assert opened.metadata.bands[0].tags[""]["TIME_START"] == "2000-01-01T00:00:00Z"
        assert opened.read().shape == (3, 20, 30)
    assert info(tiff)["times"]["first"] == "1990"
    assert not compare(first, second).identical


def test_an_output_with_the_given_times_is_skipped(raster):
    output = raster.with_name("out.flac")
    options = {"time_start": "2020", "time_step": "P1Y", "skip_identical": True}
    assert not convert(raster, output, **options).skipped
    assert convert(raster, output, **options).skipped
    with pytest.raises(Exception, match="different band 1 tags"):
        convert(raster, output, skip_identical=True)


def test_batches_and_processes(raster, tmp_path):
    options = {"time_start": "2020", "time_step": "P1M", "tile_size": 16}
    (outcome,) = convert_files([raster], tmp_path / "out", **options)
    assert outcome.status == "done"
    assert times_in(tmp_path / "out" / "a.flac")[1][0] == "2020-02-01T00:00:00Z"
