"""Which of a raster's dates a map shows for a range of time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import numpy as np

from .data_types import Array
from .times import Time, TimeRange

_EPOCH, _TICK = datetime(1970, 1, 1), timedelta(microseconds=1)
#: Before and after all times, in ticks.
_OPEN = 1 << 62
#: How long the only date of a raster is shown, if it is an instant.
_ONE_DAY = timedelta(days=1) // _TICK


class ShownDates:
    """When each date is shown, and which one stands for a range of time.

    An interval is shown from its start to its end. An instant is shown until the next date, but at
    most for one and a half of the median step between dates, so that gaps stay empty.

    Parameters
    ----------
    dates : sequence of Time
        All dates of the raster, in order.
    chosen : TimeRange, optional
        Only dates in it are shown, when they would be shown with all the others.

    Attributes
    ----------
    numbers : tuple of int
        Those of the dates that are shown, from 0.
    spans : tuple of Time
        When each of these is shown.
    """

    def __init__(self, dates: Sequence[Time], chosen: TimeRange | None = None):
        self.numbers = tuple(
            number for number, date in enumerate(dates) if chosen is None or chosen.includes(date)
        )
        starts, own_ends, ends = _spans(dates)
        kept = list(self.numbers)
        self._starts, self._own_ends, self._ends = starts[kept], own_ends[kept], ends[kept]
        self.spans = tuple(
            Time(_date(start), _date(end))
            for start, end in zip(self._starts.tolist(), self._ends.tolist())
        )

    @property
    def median_length(self) -> timedelta:
        """Median of the lengths of time for which the dates are shown."""
        return int(np.median(self._ends - self._starts)) * _TICK

    def pick(self, start: datetime | None, end: datetime | None) -> int | None:
        """Return the number of the date that a map of a range shows, None in a gap.

        Of the dates that lie in the range, as `TimeRange.includes` says, the one that is shown for
        the largest part of it; without any, of those that are still shown; of two that are equal
        the later one. The end is not included, unless it is the start; None is open.
        """
        first = -_OPEN if start is None else _ticks(start)
        last = _OPEN if end is None else max(_ticks(end), first + 1)
        inside = (self._starts < last) & ((self._starts >= first) | (self._own_ends > first))
        overlap = np.minimum(self._ends, last) - np.maximum(self._starts, first)
        overlap = np.where(inside if inside.any() else True, overlap, 0)
        if not overlap.size or overlap.max() <= 0:
            return None
        return self.numbers[len(overlap) - 1 - int(np.argmax(overlap[::-1]))]


def _spans(dates: Sequence[Time]) -> tuple[Array, Array, Array]:
    """Return starts and ends of dates, and until when they are shown, in ticks."""
    starts = np.array([_ticks(date.start) for date in dates], np.int64)
    own_ends = np.array([_ticks(date.end or date.start) for date in dates], np.int64)
    different = np.unique(starts)
    step = int(np.median(np.diff(different))) if len(different) > 1 else _ONE_DAY
    following = np.append(different[1:], different[-1:] + step)
    after = following[np.searchsorted(different, starts)]
    shown = np.minimum(after, starts + step * 3 // 2)
    is_instant = np.array([date.end is None for date in dates], bool)
    return starts, own_ends, np.where(is_instant, shown, own_ends)


def _ticks(when: datetime) -> int:
    return (when - _EPOCH) // _TICK


def _date(ticks: int) -> datetime:
    latest = _ticks(datetime.max)
    return _EPOCH + min(ticks, latest) * _TICK
