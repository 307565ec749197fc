"""Decode the numbers of a time axis of the CF conventions, such as ``days since 2000-01-01``."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from ..errors import Message
from .calendars import DAY, STANDARD, Calendar

_SECOND = 1_000_000
#: Microseconds of each unit, by its names in UDUNITS without a plural ``s``.
_UNITS: dict[str, Fraction] = {
    name: Fraction(length)
    for names, length in (
        ("week", 7 * DAY),
        ("day d", DAY),
        ("hour hr h", 3600 * _SECOND),
        ("minute min", 60 * _SECOND),
        ("second sec s", _SECOND),
        ("millisecond millisec msec ms", 1000),
        ("microsecond microsec", 1),
        ("nanosecond", Fraction(1, 1000)),
    )
    for name in names.split()
}
#: Units whose length differs; whole months have one in the calendar ``360_day`` only.
_UNEVEN = ("month", "mon", "year", "yr", "common_year")
#: Times are rounded to these microseconds, unless the unit is finer: float64 is not exact.
_RESOLUTION = 1000
_SINCE = re.compile(r"\s*([a-z_]{1,12})\s+since\s+(\S.{0,60}?)\s*", re.IGNORECASE | re.ASCII)
_REFERENCE = re.compile(
    r"([+-]?\d{1,6})-(\d{1,2})-(\d{1,2})"
    r"(?:[T\s]\s*(\d{1,2})(?::(\d{1,2})(?::(\d{1,2}(?:\.\d{0,9})?))?)?)?"
    r"\s*(?:Z|UTC|GMT|([+-])(\d{1,2})(?::?(\d{2}))?)?",
    re.IGNORECASE | re.ASCII,
)
#: Of `cdo` and some climate models: the number is a date, its fraction the time of day.
_AS_DATE = re.compile(r"\s*day as %Y%m%d(?:\.%f)?\s*", re.IGNORECASE | re.ASCII)
_INTEGER = re.compile(r"[+-]?\d{1,18}", re.ASCII)


def is_time_unit(units: str) -> bool:
    """Whether units claim to be those of times, whether they can be decoded or not."""
    return bool(_AS_DATE.fullmatch(units)) or " since " in units.lower()


def decode_times(numbers: Sequence[str], units: str, calendar: str = STANDARD) -> list[datetime]:
    """Return the Gregorian dates of numbers, in UTC.

    Parameters
    ----------
    numbers : sequence of str
        Decimal numbers.
    units : str
        ``UNIT since DATE``; a date without a zone is in UTC. Or ``day as %Y%m%d.%f``.
    calendar : str
        Name of CF.

    Raises
    ------
    ValueError
        With a `Message`, where decoding would be a guess.
    """
    chosen = Calendar.named(calendar)
    if _AS_DATE.fullmatch(units):
        return [_from_digits(_number(number), chosen) for number in numbers]
    axis = _Axis.parse(units, chosen)
    return [axis.decode(_number(number)) for number in numbers]


@dataclass(frozen=True)
class _Axis:
    """A reference date by its number, microseconds after its midnight, and a unit in these."""

    calendar: Calendar
    day: int
    microseconds: int
    unit: Fraction

    @classmethod
    def parse(cls, units: str, calendar: Calendar) -> _Axis:
        found = _SINCE.fullmatch(units)
        if not found:
            raise ValueError(Message("time.units", found=f"{units:.80}"))
        name = found[1].lower()
        unit = _UNITS.get(name) or _UNITS.get(name[:-1] if name.endswith("s") else name)
        if unit is None and name.rstrip("s") in _UNEVEN:
            if calendar.name != "360_day" or not name.startswith("mon"):
                raise ValueError(Message("time.uneven", found=found[1]))
            unit = Fraction(30 * DAY)
        if unit is None:
            raise ValueError(Message("time.units", found=f"{units:.80}"))
        day, microseconds = _reference(found[2], calendar)
        return cls(calendar, day, microseconds, unit)

    def decode(self, number: Fraction) -> datetime:
        if self.unit == 30 * DAY and number.denominator != 1:
            raise ValueError(Message("time.uneven", found="months"))
        resolution = _RESOLUTION if self.unit >= _RESOLUTION else 1
        passed = round(number * self.unit / resolution) * resolution
        days, microseconds = divmod(self.microseconds + passed, DAY)
        return self.calendar.to_datetime(self.day + days, microseconds)


def _reference(text: str, calendar: Calendar) -> tuple[int, int]:
    """Return the number of the day of a reference date, and the microseconds since its midnight."""
    found = _REFERENCE.fullmatch(text)
    if not found:
        raise ValueError(Message("time.reference", found=f"{text:.60}"))
    year, month, day = (int(part) for part in found.group(1, 2, 3))
    hours, minutes, seconds = (Fraction(part or 0) for part in found.group(4, 5, 6))
    if hours > 23 or minutes > 59 or seconds >= 60:
        raise ValueError(Message("time.reference", found=f"{text:.60}"))
    if year < 1 and calendar.name in ("standard", "julian"):  # these have no year 0
        raise ValueError(Message("time.no_date", found=text, calendar=calendar.name))
    zone = int(found[8] or 0) * 3600 + int(found[9] or 0) * 60
    zone = -zone if found[7] == "-" else zone
    past = round((hours * 3600 + minutes * 60 + seconds - zone) * _SECOND)
    return calendar.day_number(year, month, day), past


def _number(text: str) -> Fraction:
    if _INTEGER.fullmatch(text.strip()):
        return Fraction(int(text))
    try:
        number = float(text)  # a Fraction of 1e999999999 would fill the memory
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise ValueError(Message("time.number", found=f"{text:.40}"))
    return Fraction(number)


def _from_digits(number: Fraction, calendar: Calendar) -> datetime:
    """Return the date whose digits are a number: 20200115.5 is noon of 2020-01-15."""
    whole, rest = divmod(number, 1)
    if not 10101 <= whole <= 99991231:
        raise ValueError(Message("time.number", found=f"{float(number):g}"))
    year, month, day = whole // 10000, whole // 100 % 100, whole % 100
    passed = round(rest * DAY / _RESOLUTION) * _RESOLUTION
    number_of_day = calendar.day_number(year, month, day)
    return calendar.to_datetime(number_of_day + passed // DAY, passed % DAY)
