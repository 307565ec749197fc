"""Times in UTC: instants and intervals, their texts, and ranges that select them.

Texts are those of ISO 8601. A date without a clock time stands for all of its day, month or year.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import NamedTuple

from ..errors import InputError, Message

#: Lengths of texts of each precision: of years, months, days, minutes and seconds.
_LENGTHS = (4, 7, 10, 16, 19)
_MINUTES = 3
#: Beginning of each year, month and so on.
_FIRST = "0001-01-01T00:00:00.000000"
_TICK = timedelta(microseconds=1)


class Time(NamedTuple):
    """An instant, or with an end, which it does not include, an interval; naive, in UTC."""

    start: datetime
    end: datetime | None = None

    def __str__(self) -> str:
        """Return a short text, which `TimeRange.parse` reads: ``2020-07``, ``2020-07-04T12:00``."""
        first = _text(self.start)
        if self.end is None:
            return first[: _length(first, shortest=_MINUTES)]
        length = max(map(_length, (first, _text(self.end))))
        first, last = first[:length], _text(self.end - _TICK)[:length]
        return first if first == last else f"{first}..{last}"


def _text(when: datetime) -> str:
    return when.isoformat(timespec="microseconds")


def _length(text: str, shortest: int = 0) -> int:
    """Return how much of a text says it all: a year if it is the beginning of one, and so on."""
    lengths = (n for n in _LENGTHS[shortest:] if text[n:] == _FIRST[n:])
    return next(lengths, len(text))


def format_time(when: datetime) -> str:
    """Return the full text of an instant: ``2020-07-04T12:00:00Z``."""
    spec = "milliseconds" if when.microsecond % 1000 == 0 else "microseconds"
    return f"{when.isoformat(timespec=spec if when.microsecond else 'seconds')}Z"


_ISO = re.compile(
    r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?|(\d{2})(\d{2})?|-?(\d{3}))?"
    r"(?:[T ](\d{1,2})(?::?(\d{2})(?::?(\d{2})(?:[.,](\d{1,9}))?)?)?"
    r" ?(Z|UTC|([+-])(\d{2})(?::?(\d{2}))?)?)?",
    re.ASCII,
)


def parse_time(text: str) -> Time:
    """Return the instant that a text names, or the interval if it has no clock time.

    Raises `ValueError` with a `Message`. A time without a zone is in UTC.
    """
    start, end = _span(text)
    return Time(start, None if ":" in text or "T" in text.upper() else end)


def parse_time_or_none(text: str) -> Time | None:
    """Return what `parse_time` does; None where it raises."""
    try:
        return parse_time(text)
    except ValueError:  # 2021-02-30
        return None


def interval(start: Time, end: Time, given: object) -> Time:
    """Return the interval from the start of one time to that of another, which is not part of it.

    Raises `ValueError` with a `Message`, which shows the end as it was given, if it is not later.
    """
    if end.start <= start.start:
        raise ValueError(Message("time.end_first", found=f"{given!s:.60}"))
    return Time(start.start, end.start)


def _span(text: str) -> tuple[datetime, datetime]:
    """Return the begin of what a text names, and its end by its precision."""
    found = _ISO.fullmatch(text.strip().upper())
    if not found:
        raise ValueError(Message("time.text", found=f"{text:.60}"))
    year, month, day = found[1], found[2] or found[4], found[3] or found[5]
    hour, minute, second, fraction = found.group(7, 8, 9, 10)
    try:
        start = datetime(int(year), int(month or 1), int(day or 1))
        if found[6]:
            start += timedelta(days=int(found[6]) - 1)
            if start.year != int(year) or found[6] == "000":
                raise ValueError(text)
        start = start.replace(hour=int(hour or 0), minute=int(minute or 0), second=int(second or 0))
        start = start.replace(microsecond=int((fraction or "0").ljust(6, "0")[:6]))
        if found[12]:
            zone = timedelta(hours=int(found[13]), minutes=int(found[14] or 0))
            start += zone if found[12] == "-" else -zone
    except (ValueError, OverflowError):
        raise ValueError(Message("time.text", found=f"{text:.60}")) from None
    if fraction:
        return start, _later(start, _TICK)
    if hour:
        length = timedelta(seconds=1 if second else 60 if minute else 3600)
        return start, _later(start, length)
    if day or found[6]:
        return start, _later(start, timedelta(days=1))
    return start, add_months(start, 1 if month else 12)


def _later(when: datetime, length: timedelta) -> datetime:
    return when + length if when <= datetime.max - length else datetime.max


def add_months(when: datetime, months: int) -> datetime:
    """Return the same day some months later, or the last one of a shorter month.

    What lies beyond the year 9999 is its end.
    """
    years, month = divmod(when.year * 12 + when.month - 1 + months, 12)
    if years > datetime.max.year:
        return datetime.max
    length = monthrange(years, month + 1)[1]
    return when.replace(year=years, month=month + 1, day=min(when.day, length))


def utc(when: datetime) -> datetime:
    """Return a date without its zone, in UTC; one without a zone is in UTC."""
    return when if when.tzinfo is None else when.astimezone(timezone.utc).replace(tzinfo=None)


@dataclass(frozen=True)
class TimeRange:
    """What ``--time`` selects: from its start to its end, which it does not include.

    Parameters
    ----------
    start, end : datetime, optional
        Naive, in UTC; None where it is open.
    """

    start: datetime | None
    end: datetime | None

    @classmethod
    def parse(cls, text: str) -> TimeRange:
        """Read ``all``, ``2020-07``, ``2020-01..2020-06``, ``2020..`` or ``..2020-07-04T12:00``.

        Both ends are included with all of their precision. Raises `InputError`.
        """
        if not isinstance(text, str):
            raise InputError("time.range_type", found=f"{text!r:.80}")
        shown, (first, dots, last) = f"{text:.80}", text.strip().partition("..")
        if first.lower() == ALL and not dots:
            return cls(None, None)
        if "/" in text:
            raise InputError("time.range_slash", found=shown)
        try:
            if not dots:
                return cls(*_span(first))
            start = _span(first)[0] if first.strip() else None
            end = _span(last)[1] if last.strip() else None
        except ValueError as error:
            raise InputError("time.range", found=shown, reason=error) from error
        if start is not None and end is not None and start >= end:
            raise InputError("time.range_reversed", found=shown)
        return cls(start, end)

    def includes(self, time: Time) -> bool:
        """Whether an instant lies in the range, or an interval overlaps it."""
        if self.end is not None and time.start >= self.end:
            return False
        if self.start is None or time.start >= self.start:
            return True
        return time.end is not None and time.end > self.start


#: Selects all times.
ALL = "all"
