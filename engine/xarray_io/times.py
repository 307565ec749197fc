"""Times of bands as a dimension of xarray."""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
import xarray

from ..model.band_times import BandTimes, cf_instants, find_times
from ..model.calendars import Calendar
from ..model.data_types import Array
from ..model.metadata import RasterMetadata
from ..model.time_table import time_table
from ..model.times import Time

#: Names of the dimension, of its intervals, and of their two ends.
TIME, BOUNDS, ENDS = "time", "time_bnds", "bnds"
#: Names of coordinates of bands beside their numbers.
LABEL = "band_label"
#: What datetime64[ns], the type of all releases of xarray, can hold.
_FIRST, _LAST = datetime(1678, 1, 1), datetime(2262, 1, 1)


@dataclass(frozen=True, eq=False)
class TimeLayout:
    """How the bands of a raster with times are arranged.

    Parameters
    ----------
    bands : ndarray of int
        Numbers from 0, of shape (dates, labels); or (bands,) where they make no complete table.
    labels : tuple of str
    coordinates : dict
        Of xarray: ``time``, and ``time_bnds`` where all are intervals.
    """

    bands: Array
    labels: tuple[str, ...]
    coordinates: dict[str, Any]

    @property
    def has_dimension(self) -> bool:
        """Whether times are a dimension."""
        return self.bands.ndim == 2


def time_layout(metadata: RasterMetadata, least_dates: int = 2) -> TimeLayout | None:
    """Arrange bands by time; None without times, or where xarray has no type for them.

    Fewer dates than ``least_dates`` make no dimension.
    """
    found = find_times(metadata, [])
    if found is None:
        return None
    source = cf_instants(metadata, found)
    shown, netcdf = source or ([time.start for time in found.times], {})
    table = time_table(found)
    if table is None or not table.is_complete or len(table.dates) < least_dates:
        return _of_bands(found, shown)
    numbers = np.array(table.bands, np.intp) - 1
    values = _values([shown[number] for number in numbers[:, 0]], found.calendar)
    if values is None:
        return None
    attributes = {"standard_name": "time", "axis": "T"}
    coordinates: dict[str, Any] = {}
    spans = _spans(table.dates, found.calendar)
    if spans is not None:
        attributes["bounds"] = BOUNDS
        coordinates[BOUNDS] = xarray.Variable((TIME, ENDS), spans)
    # so that writing NetCDF gives the numbers of the source
    encoding = {**netcdf, "dtype": np.dtype("f8")} if netcdf else {}
    encoding = encoding if _is_writable(values, encoding) else {}
    coordinates[TIME] = xarray.Variable((TIME,), values, attributes, encoding)
    return TimeLayout(numbers, table.labels, coordinates)


def _is_writable(values: Array, encoding: Mapping[str, Any]) -> bool:
    """Whether xarray writes sorted times in the units and the calendar of their source.

    It lacks some units that are read here, such as months and ``day as %Y%m%d``, and it has dates
    of the standard calendar from 1582 on only.
    """
    ends = xarray.Variable((TIME,), values[[0, -1]], encoding=dict(encoding))
    try:
        with warnings.catch_warnings():  # about units that are not whole numbers
            warnings.simplefilter("ignore")
            xarray.conventions.encode_cf_variable(ends)
    except (ValueError, KeyError, OverflowError, ImportError):
        return False
    return True


def _of_bands(found: BandTimes, shown: Sequence[datetime]) -> TimeLayout | None:
    """Return the times of bands that keep their dimension; one time is that of all."""
    values = _values(shown, found.calendar)
    if values is None:
        return None
    is_one = len(found.dates) == 1
    dimensions = () if is_one else ("band",)
    coordinates: dict[str, Any] = {}
    attributes = {"standard_name": "time"}
    spans = _spans(found.times, found.calendar)
    if spans is not None:
        attributes["bounds"] = BOUNDS
        coordinates[BOUNDS] = xarray.Variable((*dimensions, ENDS), spans[0] if is_one else spans)
    values = values[0] if is_one else values
    coordinates[TIME] = xarray.Variable(dimensions, values, attributes)
    return TimeLayout(np.arange(len(shown)), found.labels, coordinates)


def _spans(dates: Sequence[Time], calendar: str) -> Array | None:
    """Return starts and ends in two columns; None if not all are intervals."""
    ends = [date.end for date in dates if date.end is not None]
    if len(ends) < len(dates):
        return None
    pairs = [_values(each, calendar) for each in ([date.start for date in dates], ends)]
    found = [each for each in pairs if each is not None]
    return np.stack(found, axis=1) if len(found) == 2 else None


def _values(dates: Sequence[datetime], calendar: str) -> Array | None:
    """Return dates as datetime64, or as cftime where another calendar has them and it is there."""
    own = Calendar.named(calendar)
    if not own.is_real:
        converted = _cftime(dates, own)
        if converted is not None:
            return converted
    values = np.array(dates, "datetime64[us]")
    if all(_FIRST <= date < _LAST for date in dates):
        return values.astype("datetime64[ns]")
    with warnings.catch_warnings():  # releases of xarray before 2025.1.2 have nanoseconds only
        warnings.simplefilter("ignore", UserWarning)
        try:
            kept = xarray.Variable((TIME,), values).dtype == values.dtype
        except (ValueError, OverflowError):
            kept = False
    return values if kept else _cftime(dates, Calendar.named("proleptic_gregorian"))


#: Types of cftime by calendar; xarray selects by texts of dates in an index of these.
_CFTIME = {
    "proleptic_gregorian": "DatetimeProlepticGregorian",
    "julian": "DatetimeJulian",
    "noleap": "DatetimeNoLeap",
    "all_leap": "DatetimeAllLeap",
    "360_day": "Datetime360Day",
}


def _cftime(dates: Sequence[datetime], calendar: Calendar) -> Array | None:
    try:
        import cftime
    except ImportError:
        return None
    kind = getattr(cftime, _CFTIME[calendar.name])
    made = np.empty(len(dates), object)
    for n, (year, month, day, passed) in enumerate(map(calendar.from_datetime, dates)):
        seconds, microseconds = divmod(passed, 1_000_000)
        clock = (seconds // 3600, seconds // 60 % 60, seconds % 60, microseconds)
        made[n] = kind(year, month, day, *clock)
    return made
