"""The calendars of the CF conventions: dates in them, and the Gregorian dates that maps show."""

from __future__ import annotations

from bisect import bisect_right
from calendar import isleap, monthrange
from dataclasses import dataclass
from datetime import datetime, timedelta

from ..errors import Message

#: Microseconds of a day.
DAY = 86_400_000_000
#: Calendars by their names in CF, each with the one used here.
_NAMES = {
    "standard": "standard",
    "gregorian": "standard",
    "proleptic_gregorian": "proleptic_gregorian",
    "julian": "julian",
    "noleap": "noleap",
    "365_day": "noleap",
    "all_leap": "all_leap",
    "366_day": "all_leap",
    "360_day": "360_day",
}
#: The default of CF: Julian until 1582-10-04, Gregorian from 1582-10-15 on.
STANDARD = "standard"
_SWITCH = (1582, 10, 15)
#: Calendars whose dates from 1582 on are those of ISO 8601.
_REAL = ("standard", "proleptic_gregorian")
#: Days before each month of a year of 365 days.
_BEFORE = (0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365)
#: The same of 366 days.
_BEFORE_LEAP = tuple(days + (month > 1) for month, days in enumerate(_BEFORE))

#: Year, month, day, and microseconds since midnight.
Date = tuple[int, int, int, int]


@dataclass(frozen=True)
class Calendar:
    """A calendar of CF. Years before 1 and after 9999 have no `datetime`.

    Dates of ``noleap``, ``all_leap`` and ``360_day`` are shown by the same date. Where February has
    more days in them than in ISO 8601, they are spread evenly over it, so that none coincide. Real
    days keep their place in time: those of ``julian``, and of ``standard`` before 1582, are
    converted by their number.
    """

    name: str

    @classmethod
    def named(cls, name: str) -> Calendar:
        """Return a calendar by its name in CF, or the default if it is empty.

        Raises `ValueError` for any other name.
        """
        try:
            return cls(_NAMES[name.strip().lower() or STANDARD])
        except KeyError:
            raise ValueError(Message("time.calendar", found=f"{name:.60}")) from None

    @property
    def is_real(self) -> bool:
        """Whether its dates are those of ISO 8601, at least from 1582 on."""
        return self.name in _REAL

    def day_number(self, year: int, month: int, day: int) -> int:
        """Number the days; `ValueError` for a date that the calendar has not."""
        if not (1 <= month <= 12 and 1 <= day <= self._month_length(year, month)):
            raise ValueError(self._no_date(year, month, day))
        if self.name == "360_day":
            return year * 360 + (month - 1) * 30 + day - 1
        if self.name in ("noleap", "all_leap"):
            before = self._before
            return year * before[-1] + before[month - 1] + day - 1
        if self._is_julian(year, month, day):
            return _julian_day(year, month, day)
        if self.name == STANDARD and (year, month, day) < _SWITCH:
            raise ValueError(self._no_date(year, month, day))
        return _gregorian_day(year, month, day)

    def to_datetime(self, day: int, microseconds: int) -> datetime:
        """Return the Gregorian date of a day by its number; `ValueError` outside years 1 to 9999.

        Microseconds are those since midnight, less than a day's.
        """
        try:
            if self.name == "360_day":
                year, rest = divmod(day, 360)
                month, day = divmod(rest, 30)
                return _spread(year, month + 1, day * DAY + microseconds, 30)
            if self.name in ("noleap", "all_leap"):
                year, rest = divmod(day, self._before[-1])
                month = bisect_right(self._before, rest)
                day = rest - self._before[month - 1]
                length = self._month_length(year, month)
                return _spread(year, month, day * DAY + microseconds, length)
            return _midnight(day - _FIRST_DAY) + timedelta(microseconds=microseconds)
        except (OverflowError, ValueError):
            raise ValueError(Message("time.year")) from None

    def from_datetime(self, when: datetime) -> Date:
        """Return the date in this calendar that `to_datetime` made this one of.

        In a February whose days were spread, it is exact to a millisecond.
        """
        if self.name == "julian":
            day, microseconds = divmod((when - datetime.min) // _MICROSECOND, DAY)
            return (*_julian_date(day + _FIRST_DAY), microseconds)
        start = datetime(when.year, when.month, 1)
        passed = (when - start) // _MICROSECOND
        length = monthrange(when.year, when.month)[1]
        own = length if self.is_real else self._month_length(when.year, when.month)
        if own > length:
            passed = _rounded(passed * own, length * 1000) * 1000
        day, microseconds = divmod(passed, DAY)
        return when.year, when.month, day + 1, microseconds

    @property
    def _before(self) -> tuple[int, ...]:
        return _BEFORE_LEAP if self.name == "all_leap" else _BEFORE

    def _month_length(self, year: int, month: int) -> int:
        if self.name == "360_day":
            return 30
        if self.name in ("noleap", "all_leap"):
            return self._before[month] - self._before[month - 1]
        is_leap = year % 4 == 0 if self._is_julian(year, month, 1) else isleap(year)
        before = _BEFORE_LEAP if is_leap else _BEFORE
        return before[month] - before[month - 1]

    def _is_julian(self, year: int, month: int, day: int) -> bool:
        return self.name == "julian" or (
            self.name == STANDARD and (year, month, day) <= (1582, 10, 4)
        )

    def _no_date(self, year: int, month: int, day: int) -> Message:
        found = f"{year:04d}-{month:02d}-{day:02d}"
        return Message("time.no_date", found=found, calendar=self.name)


_MICROSECOND = timedelta(microseconds=1)


def _spread(year: int, month: int, passed: int, length: int) -> datetime:
    """Return the place of a date in a Gregorian month, which may have fewer days."""
    start, own = datetime(year, month, 1), monthrange(year, month)[1]
    if own < length:
        passed = _rounded(passed * own, length)
    return start + timedelta(microseconds=passed)


def _rounded(dividend: int, divisor: int) -> int:
    """Divide, and round to the nearest integer."""
    return (2 * dividend + divisor) // (2 * divisor)


def _midnight(days: int) -> datetime:
    return datetime.min + timedelta(days=days)


def _gregorian_day(year: int, month: int, day: int) -> int:
    """Return the Julian day number of a date of the proleptic Gregorian calendar."""
    years, months = _from_march(year, month)
    return (
        day
        + (153 * months + 2) // 5
        + 365 * years
        + years // 4
        - years // 100
        + (years // 400 - 32045)
    )


def _julian_day(year: int, month: int, day: int) -> int:
    """Return the Julian day number of a date of the Julian calendar."""
    years, months = _from_march(year, month)
    return day + (153 * months + 2) // 5 + 365 * years + years // 4 - 32083


def _julian_date(number: int) -> tuple[int, int, int]:
    """Return the date of the Julian calendar with a Julian day number."""
    years, rest = divmod(4 * (number + 32082) + 3, 1461)
    months, days = divmod(5 * (rest // 4) + 2, 153)
    return years - 4800 + months // 10, months + 3 - 12 * (months // 10), days // 5 + 1


def _from_march(year: int, month: int) -> tuple[int, int]:
    """Return years since 4801 BC and months, both from March on, so that a leap day is last."""
    before_march = (14 - month) // 12
    return year + 4800 - before_march, month + 12 * before_march - 3


#: Julian day number of 0001-01-01.
_FIRST_DAY = _gregorian_day(1, 1, 1)
