"""The times of an array of xarray: where it has them, and as bands have them."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
import xarray

from ..errors import Message
from ..model.calendars import STANDARD, Calendar
from ..model.cf_times import decode_times, is_time_unit
from ..model.data_types import Array
from ..model.times import Time, utc

_REFERENCE = "forecast_reference_time"


@dataclass(frozen=True)
class TimeCoordinate:
    """The times of an array.

    Parameters
    ----------
    name : str
    dimensions : tuple
        Along which they differ; none if all bands have the same time.
    times : ndarray of Time
        Of the shape of these dimensions.
    calendar : str
        Name of CF.
    numbers : tuple of str
        As NetCDF has them, along its dimension; empty where they say nothing else.
    attributes : dict
        Those of NetCDF: units and calendar of these numbers.
    """

    name: str
    dimensions: tuple[Any, ...]
    times: Array
    calendar: str
    numbers: tuple[str, ...]
    attributes: dict[str, str]


def find_times(
    array: xarray.DataArray,
    beside: xarray.Dataset | xarray.DataArray,
    pixel_dimensions: tuple[Any, Any],
    name: str,
    notes: list[Message],
) -> TimeCoordinate | None:
    """Find the times of the bands of an array.

    Parameters
    ----------
    array : xarray.DataArray
    beside : xarray.Dataset or xarray.DataArray
        What has the bounds of the times.
    pixel_dimensions : tuple
        Rows and columns.
    name : str
        For messages.
    notes : list of Message
        Receives why times that are there cannot be used.
    """
    coordinate = _choose(array, pixel_dimensions)
    if coordinate is None:
        return None
    try:
        instants, calendar = _decode(coordinate, coordinate)
    except ValueError as error:
        reason = Message("time.dimension", dimension=str(coordinate.name), reason=error)
        notes.append(Message("note.times", name, reason=reason))
        return None
    if coordinate.attrs.get("climatology") or coordinate.encoding.get("climatology"):
        notes.append(Message("note.climatology", name))
    spans = _bounds(coordinate, beside, instants)
    if spans is None and _bounds_of(coordinate, beside) is not None:
        notes.append(Message("note.bounds", name, found=str(bounds_name(coordinate))))
    elif spans is None and _stated_bounds(coordinate):
        notes.append(Message("note.no_bounds", name, found=str(bounds_name(coordinate))))
    if _is_finer(coordinate):
        notes.append(Message("note.times_rounded", name))
    starts = [Time(instant) for instant in instants] if spans is None else spans
    differ = spans is not None and any(
        span.start != instant for span, instant in zip(spans, instants)
    )
    numbers, attributes = _as_netcdf(coordinate, differ)
    return TimeCoordinate(
        str(coordinate.name),
        tuple(coordinate.dims),
        _of_objects(starts).reshape(coordinate.shape),
        calendar,
        numbers,
        attributes,
    )


def _of_objects(items: Sequence[Any]) -> Array:
    """Return a one-dimensional array of tuples, which numpy would take for a dimension more."""
    made = np.empty(len(items), object)
    for n, item in enumerate(items):
        made[n] = item
    return made


def is_time(variable: xarray.DataArray | xarray.Variable) -> bool:
    """Whether a coordinate has times, decoded or as numbers."""
    if variable.dtype.kind == "M":
        return True
    if variable.dtype.kind == "O":
        first = next(iter(variable.values.flat), None)
        return isinstance(first, datetime) or hasattr(first, "calendar")
    return variable.dtype.kind in "iuf" and is_time_unit(str(variable.attrs.get("units", "")))


def _choose(array: xarray.DataArray, pixel_dimensions: tuple[Any, Any]) -> Any:
    """Return the coordinate that says for which time each band is valid."""

    def rank(item: tuple[Any, xarray.DataArray]) -> tuple[bool, ...]:
        name, each = item
        standard = each.attrs.get("standard_name")
        return (
            each.ndim == 0,
            standard == _REFERENCE and name not in array.dims,
            standard != "time",
            name not in array.dims,
            name != "time",
        )

    found = [
        (name, each)
        for name, each in array.coords.items()
        if not {*each.dims} & {*pixel_dimensions} and {*each.dims} <= {*array.dims} and each.size
        if is_time(each)
    ]
    found = [
        (name, each)
        for name, each in found
        if each.ndim or name in ("time", "valid_time") or each.attrs.get("standard_name") == "time"
    ]
    return min(found, key=rank)[1] if found else None


def _decode(values: Any, units_of: Any) -> tuple[list[datetime], str]:
    """Return instants in UTC and the name of the calendar; `ValueError` with a `Message`."""
    flat = values.values.ravel()
    if values.dtype.kind == "M" and flat.dtype.kind == "O":  # of a zone, in UTC
        numbers = flat.tolist()  # of nanoseconds, which datetime lacks
        flat = np.array(numbers, "M8[us]" if isinstance(numbers[0], datetime) else "M8[ns]")
    if flat.dtype.kind == "M":
        return list(_from_datetime64(flat)), STANDARD
    if flat.dtype.kind == "O":
        return _from_objects(flat.tolist())
    units = str(values.attrs.get("units") or units_of.attrs.get("units", ""))
    calendar = str(values.attrs.get("calendar") or units_of.attrs.get("calendar") or STANDARD)
    numbers = [repr(number) for number in flat.tolist()]
    return decode_times(numbers, units, calendar), Calendar.named(calendar).name


def _from_datetime64(flat: Array) -> Iterator[datetime]:
    if np.isnat(flat).any():
        raise ValueError(Message("time.missing"))
    if np.datetime_data(flat.dtype)[0] in ("ns", "ps", "fs", "as"):
        half = np.timedelta64(500, "ns")
        flat = flat.astype("datetime64[ns]") + half  # rounded to microseconds, not truncated
    for value in flat.astype("datetime64[us]").tolist():
        if not isinstance(value, datetime):  # numpy gives a number for years outside 1 to 9999
            raise ValueError(Message("time.year"))
        yield value


def _is_finer(coordinate: xarray.DataArray) -> bool:
    """Whether times are not whole microseconds, to which they are rounded."""
    values = coordinate.values
    return values.dtype.kind == "M" and bool((values.astype("datetime64[us]") != values).any())


def _from_objects(flat: list[Any]) -> tuple[list[datetime], str]:
    instants, calendars = [], set()
    for value in flat:
        if isinstance(value, datetime):
            instants.append(utc(value))
            calendars.add(STANDARD)
        elif hasattr(value, "calendar"):
            calendar = Calendar.named(str(value.calendar) or STANDARD)
            day = calendar.day_number(value.year, value.month, value.day)
            seconds = value.hour * 3600 + value.minute * 60 + value.second
            instants.append(calendar.to_datetime(day, seconds * 1_000_000 + value.microsecond))
            calendars.add(calendar.name)
        else:
            raise ValueError(Message("time.missing"))
    return instants, calendars.pop() if len(calendars) == 1 else STANDARD


def bounds_name(coordinate: xarray.DataArray) -> Any:
    """Return the name of the variable with the bounds of a coordinate."""
    return _stated_bounds(coordinate) or f"{coordinate.name}_bnds"


def _stated_bounds(coordinate: xarray.DataArray) -> Any:
    return coordinate.attrs.get("bounds") or coordinate.encoding.get("bounds")


def _bounds_of(
    coordinate: xarray.DataArray, beside: xarray.Dataset | xarray.DataArray
) -> xarray.Variable | None:
    # a DataArray cannot have them: their second dimension is none of its own
    variables = beside.variables if isinstance(beside, xarray.Dataset) else {}
    return variables.get(bounds_name(coordinate))


def _bounds(
    coordinate: xarray.DataArray,
    beside: xarray.Dataset | xarray.DataArray,
    instants: list[datetime],
) -> list[Time] | None:
    """Return intervals, if all contain their instants."""
    found = _bounds_of(coordinate, beside)
    if found is None or found.ndim != coordinate.ndim + 1 or found.shape[-1] != 2:
        return None
    if found.dims[:-1] != coordinate.dims:
        return None
    try:
        ends, _ = _decode(found, coordinate)
    except ValueError:  # fill values, for example
        return None
    spans = [Time(*pair) for pair in zip(ends[::2], ends[1::2])]
    fits = all(
        span.start <= instant <= (span.end or span.start) and span.start < (span.end or span.start)
        for span, instant in zip(spans, instants)
    )
    return spans if fits else None


def _as_netcdf(
    coordinate: xarray.DataArray, is_needed: bool
) -> tuple[tuple[str, ...], dict[str, str]]:
    """Return the numbers of a dimension and their units, as GDAL names them for NetCDF.

    They give back instants within intervals, and the units of the source.
    """
    encoded = coordinate.variable
    is_encoded = encoded.dtype.kind in "iuf"
    if coordinate.ndim != 1 or not (is_needed or is_encoded or "units" in coordinate.encoding):
        return (), {}
    if not is_encoded:
        encoding = {k: encoded.encoding[k] for k in ("units", "calendar") if k in encoded.encoding}
        encoded = encoded.copy(deep=False)
        encoded.encoding = {**encoding, "dtype": np.dtype("f8")}
        try:
            with warnings.catch_warnings():  # about units that are not whole numbers
                warnings.simplefilter("ignore")
                encoded = xarray.conventions.encode_cf_variable(encoded)
        except (ValueError, OverflowError, TypeError, ImportError):
            return (), {}
    units, calendar = (encoded.attrs.get(key) for key in ("units", "calendar"))
    attributes = {"units": str(units or ""), "calendar": str(calendar or STANDARD)}
    numbers = tuple(
        repr(int(number) if float(number).is_integer() else number)
        for number in encoded.values.tolist()
    )
    return (numbers, attributes) if is_time_unit(attributes["units"]) else ((), {})
