"""Numbers of CF time axes in seven calendars; cftime is the judge."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

import pytest
from flac_raster_qgis.engine.errors import Message
from flac_raster_qgis.engine.model.calendars import DAY, Calendar
from flac_raster_qgis.engine.model.cf_times import decode_times, is_time_unit

CALENDARS = (
    *("standard", "gregorian", "proleptic_gregorian", "julian"),
    *("noleap", "all_leap", "360_day"),
)
UNITS = {"days": 1, "day": 1, "hours": 24, "Hours": 24, "minutes": 1440, "seconds": 86400}
REFERENCES = (
    *("1850-01-01", "1900-1-1 00:00:0.0", "2001-12-30T23:00:00Z", "1-1-1 00:00:00"),
    *("1800-01-01 12:00", "1970-01-01 00:00:00 +01:00", "1970-01-01 00:00:00 -03:30"),
)


def one(number, units, calendar="standard"):
    (found,) = decode_times([str(number)], units, calendar)
    return found


@pytest.mark.parametrize("calendar", CALENDARS)
def test_random_times_are_those_of_cftime(calendar):
    cftime = pytest.importorskip("cftime")
    rng = random.Random(calendar)
    own = Calendar.named(calendar)
    for _ in range(3000):
        unit, reference = rng.choice([*UNITS]), rng.choice(REFERENCES)
        days = (rng.uniform(1, 2990) - int(reference.split("-")[0])) * 365
        number = days * UNITS[unit]
        number = float(int(number)) if rng.random() < 0.7 else round(number, 2)
        units = f"{unit} since {reference}"
        judge = cftime.num2date(number, units, calendar, only_use_cftime_datetimes=True)
        if judge.year < 2:
            continue
        found = one(number, units, calendar)
        if own.name in ("standard", "proleptic_gregorian"):
            iso = cftime.date2num(judge, "microseconds since 2000-01-01", calendar)
            expected = datetime(2000, 1, 1) + timedelta(microseconds=int(iso))
            assert abs(found - expected) < timedelta(milliseconds=2), (number, units)
        year, month, day, passed = own.from_datetime(found)
        back = own.day_number(year, month, day) * DAY + passed
        clock = (judge.hour * 60 + judge.minute) * 60 + judge.second
        expected = own.day_number(judge.year, judge.month, judge.day) * DAY
        expected += clock * 1_000_000 + judge.microsecond
        if own.name != "standard" or judge.year > 1582:
            assert abs(back - expected) <= 2000, (number, units)


@pytest.mark.parametrize("calendar", ["noleap", "all_leap", "360_day", "julian"])
def test_no_two_days_coincide_and_order_is_kept(calendar):
    own = Calendar.named(calendar)
    first = own.day_number(1899, 1, 1)
    dates = [own.to_datetime(first + day, 0) for day in range(3000)]
    assert dates == sorted(set(dates))
    for day, date in enumerate(dates):
        year, month, number, passed = own.from_datetime(date)
        assert (own.day_number(year, month, number), passed) == (first + day, 0)


def test_dates_of_other_calendars_are_shown_by_the_same_date():
    assert one(14, "days since 2001-01-01", "360_day") == datetime(2001, 1, 15)
    assert one(59, "days since 2000-01-01", "noleap") == datetime(2000, 3, 1)
    assert one(0, "days since 2001-02-01", "360_day") == datetime(2001, 2, 1)
    # 28 days of 30: the last one starts before the month ends
    assert datetime(2001, 2, 28) < one(29, "days since 2001-02-01", "360_day")
    assert one(30, "days since 2001-02-01", "360_day") == datetime(2001, 3, 1)


def test_the_standard_calendar_switches_in_1582():
    assert one(0, "days since 1582-10-04") == datetime(1582, 10, 14)
    assert one(1, "days since 1582-10-04") == datetime(1582, 10, 15)
    # two days apart from what the Gregorian calendar would say
    assert one(730119, "days since 1-1-1") == datetime(1999, 12, 30)


@pytest.mark.parametrize(
    "number, units, expected",
    [
        ("0.5", "Day since 2001-12-31T23:00:00Z", datetime(2002, 1, 1, 11)),
        ("6", "hours since 1900-01-01 00:00:0.0", datetime(1900, 1, 1, 6)),
        ("1", "weeks since 2000-01-01", datetime(2000, 1, 8)),
        ("0", "seconds since 1970-01-01 00:00:00 -6", datetime(1970, 1, 1, 6)),
        ("0", "seconds since 1970-01-01 00:00 +0530", datetime(1969, 12, 31, 18, 30)),
        ("1577836800000000001", "nanoseconds since 1970-01-01", datetime(2020, 1, 1)),
        ("1577836800000007", "microseconds since 1970-01-01", datetime(2020, 1, 1, 0, 0, 0, 7)),
        ("43830.041666666664", "days since 1900-01-01", datetime(2020, 1, 2, 1)),
        ("20200115.5", "day as %Y%m%d.%f", datetime(2020, 1, 15, 12)),
        ("-1", "days since 2000-01-01 UTC", datetime(1999, 12, 31)),
    ],
)
def test_units_as_real_files_write_them(number, units, expected):
    assert is_time_unit(units)
    assert one(number, units) == expected


def test_calendars_have_other_names():
    assert Calendar.named("gregorian") == Calendar.named(" Standard ")
    assert Calendar.named("365_day") == Calendar.named("noleap")
    assert Calendar.named("366_day") == Calendar.named("all_leap")


def test_an_empty_name_is_that_of_the_default():
    assert Calendar.named("") == Calendar.named(" ") == Calendar.named("standard")
    assert one(1, "days since 1582-10-04", "") == datetime(1582, 10, 15)


def test_whole_months_have_a_length_in_the_calendar_of_360_days():
    assert one(13, "months since 2001-01-01", "360_day") == datetime(2002, 2, 1)


@pytest.mark.parametrize(
    "number, units, calendar, code",
    [
        ("1", "months since 2000-01-01", "standard", "time.uneven"),
        ("1.5", "months since 2000-01-01", "360_day", "time.uneven"),
        ("1", "years since 2000-01-01", "360_day", "time.uneven"),
        ("1", "fortnights since 2000-01-01", "standard", "time.units"),
        ("1", "degrees_north", "standard", "time.units"),
        ("1", "days since yesterday", "standard", "time.reference"),
        ("1", "days since 2000-01-01 25:00", "standard", "time.reference"),
        ("1", "days since 2001-02-29", "standard", "time.no_date"),
        ("1", "days since 2000-02-30", "noleap", "time.no_date"),
        ("1", "days since 1582-10-10", "standard", "time.no_date"),
        ("1", "days since 0000-01-01", "standard", "time.no_date"),
        ("1", "days since 2000-01-01", "lunar", "time.calendar"),
        ("nan", "days since 2000-01-01", "standard", "time.number"),
        ("1e999", "days since 2000-01-01", "standard", "time.number"),
        ("x", "days since 2000-01-01", "standard", "time.number"),
        ("1e20", "days since 2000-01-01", "standard", "time.year"),
        ("4000000", "days since 2000-01-01", "360_day", "time.year"),
        ("-1000000", "days since 2000-01-01", "julian", "time.year"),
        ("20201301", "day as %Y%m%d.%f", "standard", "time.no_date"),
        ("0", "day as %Y%m%d.%f", "standard", "time.number"),
    ],
)
def test_what_would_be_a_guess_is_not_decoded(number, units, calendar, code):
    with pytest.raises(ValueError) as caught:
        one(number, units, calendar)
    assert isinstance(caught.value.args[0], Message)
    assert caught.value.args[0].code == code


def test_years_beyond_those_of_numpy_do_not_overflow():
    assert one(0, "days since 9999-12-31") == datetime(9999, 12, 31)
    assert one(0, "days since 1000-01-01", "proleptic_gregorian") == datetime(1000, 1, 1)
