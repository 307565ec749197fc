"""Marks of the axes of charts, and what counts as a gap."""

from __future__ import annotations

import doctest
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flac_raster_qgis.gui.history import axes, series
from flac_raster_qgis.gui.history.axes import number_marks, time_marks, to_days


@pytest.mark.parametrize("module", [axes, series])
def test_examples(module):
    found = doctest.testmod(module)
    assert found.failed == 0 and found.attempted


@settings(max_examples=200, deadline=None)
@given(
    st.datetimes(datetime(1, 1, 1), datetime(9990, 1, 1)),
    st.floats(1e-4, 3e6),
    st.integers(1, 12),
)
def test_times(start, length, most):
    """Marks lie inside, not too many, and none the same."""
    low = to_days(start)
    high = low + length
    marks = time_marks(low, high, most)
    assert len(marks) <= 2 * most + 2
    assert all(low - 1e-6 <= mark.value <= high + 1e-6 for mark in marks)
    assert len({mark.text for mark in marks}) == len(marks)


@pytest.mark.parametrize(
    ("length", "most", "expected"),
    [
        (timedelta(days=3650), 5, ["2022", "2024", "2026", "2028", "2030"]),
        (timedelta(days=365), 4, ["2020-04", "2020-07", "2020-10", "2021-01"]),
        (timedelta(days=40), 4, ["2020-03-11", "2020-03-21", "2020-04-01", "2020-04-11"]),
        (timedelta(days=2), 4, ["03-04 12:00", "03-05 00:00", "03-05 12:00", "03-06 00:00"]),
        (timedelta(minutes=3), 3, ["03-04 10:31", "03-04 10:32", "03-04 10:33"]),
    ],
)
def test_steps(length, most, expected):
    start = datetime(2020, 3, 4, 10, 30, 20)
    marks = time_marks(to_days(start), to_days(start + length), most)
    assert [mark.text for mark in marks] == expected


@settings(max_examples=300, deadline=None)
@given(st.floats(-1e300, 1e300), st.floats(1e-12, 1e300), st.integers(1, 12))
def test_numbers(low, length, most):
    high = low + length
    marks = number_marks(low, high, most)
    assert len(marks) <= most + 2
    slack = 1e-6 * (high - low) + 1e-9 * abs(low)
    assert all(low - slack <= mark.value <= high + slack for mark in marks)


def test_bands_are_whole_numbers():
    assert [mark.text for mark in number_marks(1, 4, 12, whole=True)] == ["1", "2", "3", "4"]
