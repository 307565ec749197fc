"""Bands by date and label, and the steps between dates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from .band_times import BandTimes, find_times
from .metadata import RasterMetadata
from .times import Time


@dataclass(frozen=True)
class TimeTable:
    """Bands in rows, one for each date, and columns, one for each label.

    Parameters
    ----------
    dates : tuple of Time
    labels : tuple of str
    bands : tuple of tuple of (int or None)
        Numbers from 1; None where there is no band.
    """

    dates: tuple[Time, ...]
    labels: tuple[str, ...]
    bands: tuple[tuple[int | None, ...], ...]

    @property
    def is_complete(self) -> bool:
        """Whether each date has a band of each label."""
        return all(None not in row for row in self.bands)


#: Cells of a table for each band, at most.
_EMPTIEST = 16


def time_table(found: BandTimes) -> TimeTable | None:
    """Arrange bands by date and label; None if several bands have the same of both.

    Bands without labels are numbered in each date, if all dates have as many. There is no table
    that would be nearly empty, either: one of 65,535 dates and as many labels fills the memory.
    """
    labels = found.labels
    if len({*zip(found.times, labels)}) < len(found.times):
        if len({*labels}) > 1:
            return None
        labels = tuple(_numbered(found.times))
        if len({*Counter(found.times).values()}) > 1:
            return None
    dates = found.dates
    rows = {date: row for row, date in enumerate(dates)}
    columns = {label: column for column, label in enumerate(dict.fromkeys(labels))}
    if len(rows) * len(columns) > _EMPTIEST * len(labels):
        return None
    table: list[list[int | None]] = [[None] * len(columns) for _ in rows]
    for number, (time, label) in enumerate(zip(found.times, labels), start=1):
        table[rows[time]][columns[label]] = number
    return TimeTable(dates, tuple(columns), tuple(map(tuple, table)))


def date_counts(metadata: RasterMetadata) -> tuple[int, int]:
    """Return how many dates bands have, and how many bands each date has.

    The second is 1 unless all dates have as many, next to each other.
    """
    found = find_times(metadata, [])
    times = () if found is None else found.times
    different = len({*times})
    if different < 2:
        return different, 1
    count = len(times) // different
    dates = [times[first : first + count] for first in range(0, len(times), count)]
    is_even = len(dates) == different and all(len({*each}) == 1 for each in dates)
    return different, count if is_even else 1


def _numbered(times: Sequence[Time]) -> Iterator[str]:
    counts: dict[Time, int] = {}
    for time in times:
        counts[time] = counts.get(time, 0) + 1
        yield str(counts[time])


def regular_step(dates: Sequence[Time]) -> str | None:
    """Return the step between dates as ISO 8601, such as ``P1M`` or ``PT6H``; None if uneven."""
    starts = [date.start for date in dates]
    if len(starts) < 2:
        return None
    pairs = list(zip(starts, starts[1:]))
    months = {(b.year - a.year) * 12 + b.month - a.month for a, b in pairs}
    within = {(when.day, when.time()) for when in starts}
    if len(months) == 1 and len(within) == 1 and 0 not in months:
        (count,) = months
        return f"P{count // 12}Y" if count % 12 == 0 else f"P{count}M"
    gaps = {b - a for a, b in pairs}
    return _duration_text(gaps.pop()) if len(gaps) == 1 else None


def _duration_text(length: timedelta) -> str:
    """Return a duration as ISO 8601 writes it."""
    hours, rest = divmod(length.seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    exact = f"{seconds}.{length.microseconds:06d}".rstrip("0").rstrip(".")
    clock = "".join(
        f"{number}{unit}"
        for number, unit in ((hours or "", "H"), (minutes or "", "M"), (exact, "S"))
        if number not in ("", "0")
    )
    days = f"{length.days}D" if length.days else ""
    return f"P{days}{'T' if clock else ''}{clock}"
