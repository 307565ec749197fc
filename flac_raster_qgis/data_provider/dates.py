"""The dates of a layer that shows one of them at a time, and its bands at each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from qgis.core import (
    QgsDateTimeRange,
    QgsInterval,
    QgsRasterDataProviderTemporalCapabilities,
)
from qgis.PyQt.QtCore import QDateTime, Qt

from ..engine.errors import InputError
from ..engine.model.band_times import find_times
from ..engine.model.metadata import RasterMetadata
from ..engine.model.shown_dates import ShownDates
from ..engine.model.text_dates import find_date
from ..engine.model.time_table import regular_step, time_table
from ..engine.model.times import Time, TimeRange
from ..engine.operations.times import bands_of_time
from . import qgis_versions

_EPOCH, _MILLISECOND = datetime(1970, 1, 1), timedelta(milliseconds=1)
_MONTHS, _YEARS = re.compile(r"P(\d+)M"), re.compile(r"P(\d+)Y")


class LayerDates:
    """Bands in rows, one for each date, and columns, which are the bands that QGIS sees.

    Never changes, so that clones in several threads share it: which row is shown is a question of
    each request.

    Parameters
    ----------
    metadata : RasterMetadata
    name : str
        Of the raster, for messages.
    time : str
        The dates that are shown, see `TimeRange`.

    Attributes
    ----------
    dates : tuple of Time
    names : tuple of str
        What the columns are called; empty if there is nothing to say.
    rows : tuple of tuple of (int or None)
        Numbers of stored bands, from 1; None where there is none.
    step : str, optional
        Between dates, as ISO 8601; None if uneven.
    default : int
        Row without a range of time: the latest date that has all bands, or else the latest.

    Raises
    ------
    InputError
        If no band has such a time, or several have the same date and label.
    """

    def __init__(self, metadata: RasterMetadata, name: str, time: str):
        bands_of_time(metadata, name, time)  # or an error
        found = find_times(metadata, [])
        table = None if found is None else time_table(found)
        if table is None:
            raise InputError("time.no_table", name)
        self._shown = ShownDates(table.dates, TimeRange.parse(time))
        chosen = [table.bands[number] for number in self._shown.numbers]
        columns = [n for n in range(len(table.labels)) if any(row[n] for row in chosen)]
        self.dates = tuple(table.dates[number] for number in self._shown.numbers)
        self.rows = tuple(tuple(row[n] for n in columns) for row in chosen)
        self.names = tuple(
            _description(metadata, [row[n] for row in table.bands])
            or (table.labels[n] if table.labels[n] in found.labels else "")  # else a mere number
            for n in columns
        )
        self.step = regular_step(self.dates)
        complete = [number for number, row in enumerate(self.rows) if None not in row]
        self.default = max(complete, default=len(self.rows) - 1)
        #: Columns, from 0, by stored band.
        self.columns = {
            number: column for row in self.rows for column, number in enumerate(row) if number
        }
        self._ranges = [
            QgsDateTimeRange(_to_qgis(span.start), _to_qgis(span.end or span.start), True, False)
            for span in self._shown.spans
        ]
        self._row_of_date = {number: row for row, number in enumerate(self._shown.numbers)}

    @property
    def default_bands(self) -> tuple[int | None, ...]:
        """Stored bands without a range of time."""
        return self.rows[self.default]

    def bands_of_column(self, column: int) -> list[int]:
        """Return the stored bands of all dates that are one band to QGIS, from 0."""
        return [row[column] for row in self.rows if row[column] is not None]

    def row_at(self, wanted: QgsDateTimeRange) -> int | None:
        """Return the row that a map of a range shows; None in a gap."""
        begin, end = wanted.begin(), wanted.end()
        if not begin.isValid() and not end.isValid():
            return self.default
        if begin.isValid() and end.isValid() and begin > end:
            return None
        more = _MILLISECOND if end.isValid() and wanted.includeEnd() else timedelta()
        number = self._shown.pick(_to_python(begin), _later(_to_python(end), more))
        return None if number is None else self._row_of_date[number]

    def describe(self, capabilities: QgsRasterDataProviderTemporalCapabilities) -> None:
        """Tell QGIS when the layer shows something."""
        last = max(self._ranges, key=lambda each: each.end())
        capabilities.setHasTemporalCapabilities(True)
        capabilities.setAvailableTemporalRange(
            QgsDateTimeRange(self._ranges[0].begin(), last.end(), True, False)
        )
        capabilities.setAllAvailableTemporalRanges(self._ranges)
        if hasattr(capabilities, "setDefaultInterval"):
            capabilities.setDefaultInterval(self._interval())

    def _interval(self) -> QgsInterval:
        for pattern, unit in ((_MONTHS, "Months"), (_YEARS, "Years")):
            found = pattern.fullmatch(self.step or "")
            if found:
                return QgsInterval(int(found[1]), qgis_versions.temporal_unit(unit))
        length = self._shown.median_length
        for unit, seconds in (("Days", 86400), ("Hours", 3600), ("Minutes", 60)):
            if length % timedelta(seconds=seconds) == timedelta():
                count = length // timedelta(seconds=seconds)
                return QgsInterval(count, qgis_versions.temporal_unit(unit))
        return QgsInterval(length.total_seconds(), qgis_versions.temporal_unit("Seconds"))


def dates_of(metadata: RasterMetadata) -> tuple[Time, ...]:
    """Return the dates of a raster that can be shown one at a time; none if it has only one."""
    found = find_times(metadata, [])
    if found is None or len(found.dates) < 2 or time_table(found) is None:
        return ()
    return found.dates


def _description(metadata: RasterMetadata, bands: Sequence[int | None]) -> str:
    """Return the description of all bands of a column; empty if it says a date, or they differ."""
    texts = {metadata.bands[number - 1].description or "" for number in bands if number}
    text = texts.pop()
    return "" if texts or find_date(text) is not None else text


def _later(when: datetime | None, length: timedelta) -> datetime | None:
    return when if when is None or when > datetime.max - length else when + length


def _to_python(when: QDateTime) -> datetime | None:
    """Return a time of QGIS in UTC, None if it is invalid or outside Python's years."""
    if not when.isValid():
        return None
    try:
        return _EPOCH + when.toMSecsSinceEpoch() * _MILLISECOND
    except OverflowError:
        return datetime.max if when.toMSecsSinceEpoch() > 0 else datetime.min


def _to_qgis(when: datetime) -> QDateTime:
    return QDateTime.fromMSecsSinceEpoch((when - _EPOCH) // _MILLISECOND, Qt.TimeSpec.UTC)
