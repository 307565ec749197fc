"""Dates in texts that people and satellites write: descriptions of bands, names of files."""

from __future__ import annotations

import re

from .times import Time, parse_time_or_none

_YEAR = r"(?<!\d)((?:1[5-9]|20|21)\d\d)"
#: A month, perhaps with a day, perhaps with a time, whatever stands between them.
_DATE = re.compile(
    _YEAR + r"([-_./]?)(0[1-9]|1[0-2])(?:\2(0[1-9]|[12]\d|3[01])"
    r"(?:[T_ ]([01]\d|2[0-3]):?([0-5]\d)(?::?([0-5]\d)(?:\.\d{1,9})?)?)?)?Z?(?!\d)",
    re.ASCII,
)
#: A year and the day of it, as in names of MODIS and Landsat.
_DAY_OF_YEAR = re.compile(
    _YEAR + r"[-_.]?(00[1-9]|0[1-9]\d|[12]\d\d|3[0-5]\d|36[0-6])(?!\d)", re.ASCII
)


def find_date(text: str) -> tuple[Time, str] | None:
    """Return the first date in a text, and the text without it; None if there is none.

    A day or month without a clock time is an interval.
    """
    for found in _DATE.finditer(text):
        year, _, month, day, hour, minute, second = found.groups()
        date = "-".join(filter(None, (year, month, day)))
        clock = ":".join(filter(None, (hour, minute, second)))
        time = parse_time_or_none(f"{date}T{clock}" if clock else date)
        if time is not None:
            return time, _without(text, found)
    for found in _DAY_OF_YEAR.finditer(text):
        time = parse_time_or_none("-".join(found.groups()))
        if time is not None:
            return time, _without(text, found)
    return None


def _without(text: str, found: re.Match[str]) -> str:
    before, after = text[: found.start()].rstrip(_BETWEEN), text[found.end() :].lstrip(_BETWEEN)
    return f"{before} {after}".strip(_BETWEEN)


#: Characters that separate a date from the rest of a text.
_BETWEEN = " _-.,;:()[]@"
