"""Which date stands for a range of time."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from flac_raster_qgis.engine.model.shown_dates import ShownDates
from flac_raster_qgis.engine.model.times import Time, TimeRange, parse_time
from hypothesis import given
from hypothesis import strategies as st


def shown(*texts: str, time: str = "all") -> ShownDates:
    return ShownDates(list(map(parse_time, texts)), TimeRange.parse(time))


def picked(dates: ShownDates, start: str | None, end: str | None) -> int | None:
    times = (None if text is None else parse_time(text).start for text in (start, end))
    return dates.pick(*times)


MONTHS = ("2020-01", "2020-02", "2020-03", "2020-05")


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2020-01-01", "2020-02-01", 0),
        ("2020-01-31T23:00", "2020-02-01", 0),
        ("2020-01-20", "2020-02-20", 1),  # 12 days of January, 19 of February
        ("2020-01-01", "2020-06-01", 3),  # January, March and May are equal: the latest
        ("2020-04-01", "2020-05-01", None),
        ("2020-04-01", "2020-05-01T01:00", 3),
        ("2019-01-01", "2020-01-01", None),
        ("2020-06-01", "2020-07-01", None),
        ("2020-02-01", "2020-02-01", 1),  # a moment
        (None, "2020-02-01", 0),
        ("2020-02-10", None, 3),
        (None, None, 3),
    ],
)
def test_intervals(start, end, expected):
    assert picked(shown(*MONTHS), start, end) == expected


def test_instants_are_shown_until_the_next_but_not_in_gaps():
    dates = shown("2020-01-01T12:00", "2020-01-02T12:00", "2020-01-03T12:00", "2020-01-09T12:00")
    ends = [str(span.end) for span in dates.spans]
    assert ends == [
        *("2020-01-02 12:00:00", "2020-01-03 12:00:00", "2020-01-05 00:00:00"),
        "2020-01-10 12:00:00",
    ]
    assert picked(dates, "2020-01-04", "2020-01-05") == 2
    assert picked(dates, "2020-01-05", "2020-01-06") is None


def test_an_instant_in_the_range_comes_before_one_that_is_still_shown():
    """Of an overpass at half past one, a day shows its own, not that of the day before."""
    dates = shown("2020-01-01T13:30", "2020-01-02T13:30", "2020-01-03T13:30")
    assert picked(dates, "2020-01-02", "2020-01-03") == 1
    assert picked(dates, "2020-01-02", "2020-01-02T13:00") == 0
    middles = shown("2001-01-16T12:00", "2001-02-15T00:00", "2001-03-16T12:00")
    assert [
        picked(middles, f"2001-{month:02d}-01", f"2001-{month + 1:02d}-01") for month in (1, 2, 3)
    ] == [0, 1, 2]


def test_some_dates_are_shown_when_they_would_be_among_all():
    whole = shown(*(f"2020-01-{day:02d}T00:00" for day in (1, 2, 3, 9)))
    part = shown(*(f"2020-01-{day:02d}T00:00" for day in (1, 2, 3, 9)), time="2020-01-03")
    assert part.numbers == (2,) and part.spans == (whole.spans[2],)
    assert picked(part, "2020-01-03", "2020-01-04") == 2
    assert picked(part, "2020-01-02", "2020-01-03") is None


def test_one_date_and_the_ends_of_time():
    assert shown("2020-01-01T00:00").median_length == timedelta(days=1)
    last = shown("0001-01-01T00:00", "9999-12-31T23:00")
    assert last.spans[1].end == datetime.max
    assert picked(last, "9999-12-31T23:30", None) == 1


times = st.datetimes(datetime(2000, 1, 1), datetime(2000, 3, 1)).map(
    lambda when: when.replace(minute=0, second=0, microsecond=0)
)
dates = st.lists(
    st.tuples(times, st.none() | st.integers(1, 400)).map(
        lambda pair: Time(pair[0], pair[1] and pair[0] + timedelta(hours=pair[1]))
    ),
    min_size=1,
    max_size=12,
    unique=True,
).map(lambda found: sorted(found, key=lambda time: (time.start, time.end or time.start)))


@given(dates, times, st.integers(1, 900))
def test_what_a_time_includes_comes_first(found, start, hours):
    """The rule for maps and `TimeRange`, which the command line follows, never disagree."""
    end = start + timedelta(hours=hours)
    wanted = TimeRange(start, end)
    included = [number for number, time in enumerate(found) if wanted.includes(time)]
    all_dates = ShownDates(found)
    number = all_dates.pick(start, end)
    spans = all_dates.spans
    candidates = included or range(len(found))
    overlaps = {n: min(spans[n].end, end) - max(spans[n].start, start) for n in candidates}
    best = max(overlaps.values())
    if best <= timedelta():
        assert number is None
    else:
        assert number == max(n for n, overlap in overlaps.items() if overlap == best)
