"""Texts of times, and what ranges of them select."""

from __future__ import annotations

from datetime import datetime

import pytest
from flac_raster_qgis.engine import InputError
from flac_raster_qgis.engine.model.text_dates import find_date
from flac_raster_qgis.engine.model.times import Time, TimeRange, add_months, format_time, parse_time

D = datetime


@pytest.mark.parametrize(
    "text, expected",
    [
        ("2020", Time(D(2020, 1, 1), D(2021, 1, 1))),
        ("2020-12", Time(D(2020, 12, 1), D(2021, 1, 1))),
        ("202002", Time(D(2020, 2, 1), D(2020, 3, 1))),
        ("2020-2-9", Time(D(2020, 2, 9), D(2020, 2, 10))),
        ("20200229", Time(D(2020, 2, 29), D(2020, 3, 1))),
        ("2020-366", Time(D(2020, 12, 31), D(2021, 1, 1))),
        ("2020-07-04T12", Time(D(2020, 7, 4, 12))),
        ("2020-07-04 12:30", Time(D(2020, 7, 4, 12, 30))),
        ("20200704T123005Z", Time(D(2020, 7, 4, 12, 30, 5))),
        ("2020-07-04t12:30:05.25+02:00", Time(D(2020, 7, 4, 10, 30, 5, 250000))),
        ("2020-07-04T00:30-0330", Time(D(2020, 7, 4, 4))),
        ("9999-12-31", Time(D(9999, 12, 31), D.max)),
    ],
)
def test_a_date_without_a_clock_time_is_all_of_it(text, expected):
    assert parse_time(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        *("", "yesterday", "2020-13", "2021-02-29", "2021-366", "2020-000", "20-07-04"),
        *("2020-07-04T24:00", "2020-07-04T12:60", "2020-07-04Z", "12:00", "2020/07/04"),
        *("0000-01-01", "0001-01-01T00:00+01:00", "2020-07-04T12:00 Europe/Berlin", "٢٠٢٠"),
    ],
)
def test_what_is_no_time_is_refused(text):
    with pytest.raises(ValueError) as caught:
        parse_time(text)
    assert caught.value.args[0].code == "time.text"


@pytest.mark.parametrize(
    "start, end, text",
    [
        (D(2020, 1, 1), D(2021, 1, 1), "2020"),
        (D(2020, 1, 1), D(2022, 1, 1), "2020..2021"),
        (D(2020, 7, 1), D(2020, 8, 1), "2020-07"),
        (D(2020, 7, 1), D(2020, 10, 1), "2020-07..2020-09"),
        (D(2020, 7, 4), D(2020, 7, 5), "2020-07-04"),
        (D(2020, 7, 4), D(2020, 7, 20), "2020-07-04..2020-07-19"),
        (D(2020, 7, 4, 12), D(2020, 7, 4, 13), "2020-07-04T12:00..2020-07-04T12:59"),
        (D(2020, 7, 4, 12), D(2020, 7, 4, 12, 1), "2020-07-04T12:00"),
        (D(2020, 7, 4, 12, 0, 7), D(2020, 7, 4, 12, 0, 8), "2020-07-04T12:00:07"),
    ],
)
def test_a_short_text_selects_what_it_is_of(start, end, text):
    assert str(Time(start, end)) == text
    found = TimeRange.parse(text)
    assert (found.start, found.end) == (start, end)


def test_texts_of_instants():
    assert str(Time(D(2020, 1, 1))) == "2020-01-01T00:00"
    assert str(Time(D(2020, 7, 4, 12, 30, 5))) == "2020-07-04T12:30:05"
    assert str(Time(D(2020, 7, 4, 0, 0, 0, 50))) == "2020-07-04T00:00:00.000050"
    assert format_time(D(1, 1, 1)) == "0001-01-01T00:00:00Z"
    assert format_time(D(2020, 7, 4, 0, 0, 0, 250000)) == "2020-07-04T00:00:00.250Z"
    assert format_time(D(2020, 7, 4, 0, 0, 0, 7)) == "2020-07-04T00:00:00.000007Z"


@pytest.mark.parametrize(
    "text, included, excluded",
    [
        ("all", [D(1, 1, 1), D.max], []),
        ("2020-07", [D(2020, 7, 1), D(2020, 7, 31, 23, 59)], [D(2020, 8, 1), D(2020, 6, 30)]),
        ("2020-01..2020-06", [D(2020, 1, 1), D(2020, 6, 30, 23)], [D(2020, 7, 1)]),
        ("2020..", [D(2020, 1, 1), D(9999, 1, 1)], [D(2019, 12, 31)]),
        ("..2020-07-04T12:00", [D(1, 1, 1), D(2020, 7, 4, 12)], [D(2020, 7, 4, 12, 1)]),
        (" 2020 .. 2021 ", [D(2021, 12, 31)], [D(2022, 1, 1)]),
    ],
)
def test_both_ends_of_a_range_are_included(text, included, excluded):
    chosen = TimeRange.parse(text)
    assert all(chosen.includes(Time(when)) for when in included)
    assert not any(chosen.includes(Time(when)) for when in excluded)


def test_intervals_are_included_where_they_overlap():
    chosen = TimeRange.parse("2020-07")
    assert chosen.includes(Time(D(2020, 6, 25), D(2020, 7, 11)))
    assert chosen.includes(Time(D(2020, 1, 1), D(2021, 1, 1)))
    assert not chosen.includes(Time(D(2020, 6, 1), D(2020, 7, 1)))
    assert not chosen.includes(Time(D(2020, 8, 1), D(2020, 9, 1)))


@pytest.mark.parametrize(
    "text, code",
    [
        ("2020-01/2020-06", "time.range_slash"),
        ("../2020", "time.range_slash"),
        ("", "time.range"),
        ("July", "time.range"),
        ("2020...2021", "time.range"),
        ("2020..2021..2022", "time.range"),
        ("2021..2020", "time.range_reversed"),
        (2020, "time.range_type"),
    ],
)
def test_what_is_no_range_is_refused(text, code):
    with pytest.raises(InputError) as caught:
        TimeRange.parse(text)
    assert caught.value.code == code


def test_months_later_is_the_same_day_or_the_last_one():
    assert add_months(D(2020, 1, 31), 1) == D(2020, 2, 29)
    assert add_months(D(2021, 1, 31), 1) == D(2021, 2, 28)
    assert add_months(D(1900, 1, 31), 1) == D(1900, 2, 28)
    assert add_months(D(2020, 1, 31), -2) == D(2019, 11, 30)
    assert add_months(D(9999, 12, 1), 1) == D.max


@pytest.mark.parametrize(
    "text, time, rest",
    [
        ("NDVI 2013-09-14", "2013-09-14", "NDVI"),
        ("2020_07 mean", "2020-07", "mean"),
        ("S2A_MSIL2A_20240704T143000_N05", "2024-07-04T14:30", "S2A_MSIL2A N05"),
        ("MOD13Q1.A2013257.h13", "2013-09-14", "MOD13Q1.A h13"),
        ("LC08_L2SP_193024_20200104_02", "2020-01-04", "LC08_L2SP_193024 02"),
        ("ERA5 1979-01-01 06:00", "1979-01-01T06:00", "ERA5"),
        ("tas (2020-07-04T12:00:30Z)", "2020-07-04T12:00:30", "tas"),
        ("2020-07", "2020-07", ""),
        ("2020-02-30, then 2020-03-01", "2020-03-01", "2020-02-30, then"),
    ],
)
def test_dates_in_texts(text, time, rest):
    found, other = find_date(text)
    assert (str(found), other) == (time, rest)


@pytest.mark.parametrize(
    "text",
    ["", "band 3", "B02 20m", "5120x2048", "1985-2014", "2020", "t2m@2020-02-30", "12020071"],
)
def test_texts_without_dates(text):
    assert find_date(text) is None
