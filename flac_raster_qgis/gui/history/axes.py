"""Marks of the axes of a chart, at round values and dates."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

#: The beginning of the count of days in `to_days`.
_ORIGIN = datetime(1, 1, 1)
_DAY = 86_400.0


class Mark(NamedTuple):
    """A value of an axis, and its label."""

    value: float
    text: str


class Step(NamedTuple):
    """A distance of marks on a time axis: so many months, or so many seconds."""

    months: int = 0
    seconds: int = 0

    @property
    def days(self) -> float:
        """Length in days, about."""
        return self.months * 30.4 + self.seconds / _DAY


_SECONDS = [1, 5, 15, 30, 60, 300, 900, 1800, 3600, 10_800, 21_600, 43_200]
_STEPS = [
    *(Step(seconds=seconds) for seconds in _SECONDS),
    *(Step(seconds=86_400 * days) for days in (1, 2, 5, 10)),
    *(Step(months=months) for months in (1, 2, 3, 6)),
    *(Step(months=12 * years) for years in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000)),
]


def to_days(when: datetime) -> float:
    """Return a date as days, for an axis."""
    return (when - _ORIGIN).total_seconds() / _DAY


def number_marks(low: float, high: float, most: int, *, whole: bool = False) -> list[Mark]:
    """Return at most about ``most`` marks at round numbers from low to high.

    Examples
    --------
    >>> [mark.text for mark in number_marks(-3.0, 12.0, 4)]
    ['0', '5', '10']
    >>> [mark.text for mark in number_marks(0.11, 0.42, 4)]
    ['0.2', '0.3', '0.4']
    """
    span = high / most - low / most  # in this order: it may be infinite
    if not 0 < span < math.inf:
        return [Mark(low, f"{low:g}")]
    power = math.floor(math.log10(span))
    step = next(
        (n * 10.0**power for n in (1, 2, 5, 10) if n * 10.0**power >= span * (1 - 1e-9)), span
    )
    if whole:
        step = max(1.0, round(step))
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    digits = max(0, -math.floor(math.log10(step) + 1e-9))
    values = [number * step for number in range(first, last + 1)]
    if step < 1e-5 or max(abs(low), abs(high)) >= 1e7:
        return [Mark(value, f"{value:.6g}") for value in values]
    return [Mark(value, f"{value + 0.0:.{digits}f}") for value in values]


def time_marks(low: float, high: float, most: int) -> list[Mark]:
    """Return at most about ``most`` marks at round dates, as days, from low to high.

    Examples
    --------
    >>> days = [to_days(datetime(2020, 1, 15)), to_days(datetime(2020, 12, 15))]
    >>> [mark.text for mark in time_marks(*days, 6)]
    ['2020-03', '2020-05', '2020-07', '2020-09', '2020-11']
    >>> days = [to_days(datetime(2020, 2, 27)), to_days(datetime(2020, 3, 3))]
    >>> [mark.text for mark in time_marks(*days, 3)]
    ['2020-02-27', '2020-02-29', '2020-03-01', '2020-03-03']
    """
    span = (high - low) / max(most, 1)
    step = next((step for step in _STEPS if 1.05 * step.days >= span), _STEPS[-1])
    return [Mark(to_days(when), _text(when, step)) for when in _dates(low, high, step)]


def _dates(low: float, high: float, step: Step) -> Iterator[datetime]:
    start = _ORIGIN + timedelta(days=max(low, 0.0))
    if step.months:
        number = start.year * 12 + start.month - 1
        number -= number % step.months
        while number < 12 * 10_000:
            year, month = divmod(number, 12)
            number += step.months
            when = datetime(max(year, 1), month + 1, 1)
            if to_days(when) > high:
                return
            if year >= 1 and to_days(when) >= low:
                yield when
        return
    first = start.replace(hour=0, minute=0, second=0, microsecond=0)
    days = max(1, step.seconds // 86_400)
    length = timedelta(seconds=min(step.seconds, 86_400))
    number = max(0, math.ceil((low - to_days(first)) / (length.total_seconds() / _DAY) - 1e-6))
    while True:
        try:
            when = first + number * length
        except OverflowError:  # after the year 9999
            return
        number += 1
        if to_days(when) > high + 1e-9:
            return
        # every month begins anew, and its last days are not marked just before
        if (when.day - 1) % days == 0 and when.day <= 31 - days // 2:
            yield when


def _text(when: datetime, step: Step) -> str:
    """Return a date as precisely as the step needs."""
    text = when.isoformat(sep=" ", timespec="seconds")
    if step.months:
        return text[:4] if step.months % 12 == 0 else text[:7]
    if step.seconds >= 86_400:
        return text[:10]
    return text[5:16] if step.seconds >= 60 else text[11:]
