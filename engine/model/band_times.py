"""Which band shows which time: where rasters say so, and the tags that keep it.

All bands have a time, or none has: half a time axis would mislead.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Optional

import numpy as np

from ..errors import Message
from .calendars import STANDARD, Calendar
from .cf_times import decode_times, is_time_unit
from .metadata import RasterMetadata
from .text_dates import find_date
from .times import Time, format_time, interval, parse_time

#: Tags of bands, and of the raster, that keep times.
START, END, LABEL, CALENDAR = "TIME_START", "TIME_END", "TIME_BAND", "TIME_CALENDAR"
_NETCDF, _GRIB = "NETCDF_DIM_", "GRIB_VALID_TIME"
#: Number of float32 among the types of NetCDF, in GDAL's ``NETCDF_DIM_time_DEF``.
_NC_FLOAT = 5
#: Domain and tag of when a band, or all of a raster, was acquired.
IMAGERY, ACQUIRED = "IMAGERY", "ACQUISITIONDATETIME"

#: Intervals of the times of a dimension, by the name of the variable that has them, as numbers in
#: the order of the dimension; None if they cannot be read.
Bounds = Callable[[str], Optional[Sequence[tuple[str, str]]]]


@dataclass(frozen=True)
class BandTimes:
    """The time of each band.

    Parameters
    ----------
    times : tuple of Time
    labels : tuple of str
        What tells bands of one time apart: a level, a variable, a color. Empty if nothing does.
    source : str
        Where the times were found, such as ``TIME_START`` or ``NETCDF_DIM_time``.
    calendar : str
        The source's own, by its name in CF.
    """

    times: tuple[Time, ...]
    labels: tuple[str, ...]
    source: str
    calendar: str = STANDARD

    @property
    def dates(self) -> tuple[Time, ...]:
        """The different times, in order."""
        return tuple(sorted(set(self.times), key=lambda time: (time.start, time.end or time.start)))


def find_times(
    metadata: RasterMetadata, problems: list[Message], bounds: Bounds | None = None
) -> BandTimes | None:
    """Find the time of each band by the first rule that gives every band one.

    Parameters
    ----------
    metadata : RasterMetadata
    problems : list of Message
        Receives why times that are there cannot be used.
    bounds : callable, optional
        See `Bounds`.
    """
    tags = [band.tags.get("", {}) for band in metadata.bands]
    if any(key in items for items in tags for key in (START, END)):  # no other rule may replace it
        return _from_own_tags(metadata, tags, problems)
    return (
        _from_netcdf(metadata, tags, problems, bounds)
        or _from_zarr(metadata, tags, problems)
        or _from_grib(tags, problems)
        or _from_imagery(metadata, problems)
        or _from_descriptions(metadata)
    )


def with_found_times(
    metadata: RasterMetadata, problems: list[Message], bounds: Bounds | None = None
) -> RasterMetadata:
    """Return metadata with tags for the times that `find_times` finds, if they lack these."""
    found = find_times(metadata, problems, bounds)
    if found is None or found.source == START:
        return metadata
    return with_times(metadata, found.times, found.labels, found.calendar)


def with_times(
    metadata: RasterMetadata,
    times: Sequence[Time],
    labels: Sequence[str] = (),
    calendar: str = STANDARD,
) -> RasterMetadata:
    """Return metadata in which each band has a time, in place of all it may have had."""
    is_labeled = len({*labels}) > 1
    bands = []
    for number, (band, time) in enumerate(zip(metadata.bands, times)):
        items = _without_times(band.tags.get("", {}))
        items[START] = format_time(time.start)
        if time.end is not None:
            items[END] = format_time(time.end)
        if is_labeled:
            items[LABEL] = labels[number]
        bands.append(replace(band, tags={**band.tags, "": items}))
    top = _without_times(metadata.tags.get("", {}))
    if not Calendar.named(calendar).is_real:
        top[CALENDAR] = Calendar.named(calendar).name
    tags = {**metadata.tags, "": top} if top or metadata.tags.get("") else metadata.tags
    return replace(metadata, bands=tuple(bands), tags=tags)


def _without_times(items: Mapping[str, str]) -> dict[str, str]:
    own = (START, END, LABEL, CALENDAR)
    return {key: text for key, text in items.items() if key not in own}


def cf_instants(
    metadata: RasterMetadata, found: BandTimes
) -> tuple[tuple[datetime, ...], dict[str, str]] | None:
    """Return the instants of bands of NetCDF, which may have intervals too.

    Their units and calendar come with them. None if there are none, or if they do not lie in or at
    the times that were found.
    """
    source = _from_netcdf(metadata, [band.tags.get("", {}) for band in metadata.bands], [], None)
    if source is None:
        return None
    own = tuple(time.start for time in source.times)
    fits = (t.start <= instant <= (t.end or t.start) for t, instant in zip(found.times, own))
    _, attributes = _attributes(metadata.tags[""], source.source[len(_NETCDF) :])
    calendar = attributes.get("calendar") or STANDARD
    return (own, {"units": attributes["units"], "calendar": calendar}) if all(fits) else None


# ---------------------------------------------------------------- one rule each

_Tags = Sequence[Mapping[str, str]]


@contextmanager
def _reporting(problems: list[Message], dimension: str) -> Iterator[None]:
    """Add a `ValueError` to the problems, so that the next rule is tried."""
    try:
        yield
    except ValueError as error:
        problems.append(Message("time.dimension", dimension=dimension, reason=error))


def _from_own_tags(
    metadata: RasterMetadata, tags: _Tags, problems: list[Message]
) -> BandTimes | None:
    times = []
    for number, items in enumerate(tags, start=1):
        try:
            time = parse_time(items.get(START, ""))
            if END in items:
                time = interval(time, parse_time(items[END]), items[END])
        except ValueError as error:
            problems.append(Message("time.band_tag", band=number, reason=error))
            return None
        times.append(time)
    calendar = metadata.tags.get("", {}).get(CALENDAR, STANDARD)
    try:
        calendar = Calendar.named(calendar).name
    except ValueError:  # of a later release: the times are right in any case
        calendar = STANDARD
    labels = tuple(items.get(LABEL, "") for items in tags)
    return BandTimes(tuple(times), labels, START, calendar)


def _from_netcdf(
    metadata: RasterMetadata, tags: _Tags, problems: list[Message], bounds: Bounds | None
) -> BandTimes | None:
    names = [key[len(_NETCDF) :] for key in tags[0] if key.startswith(_NETCDF)]
    top = metadata.tags.get("", {})
    for name in sorted(names, key=lambda name: (name != "time", name)):
        group, attributes = _attributes(top, name)
        if not all(f"{_NETCDF}{name}" in items for items in tags):
            continue
        if not _is_time_axis(name, attributes):
            continue
        calendar = attributes.get("calendar", STANDARD)
        variable = attributes.get("bounds")
        with _reporting(problems, name):
            times = _with_bounds(
                _numbers(tags, top, name, attributes),
                attributes.get("units", ""),
                calendar,
                None if variable is None else group + variable,
                bounds,
            )
            labels = _dimension_labels(tags, name)
            return BandTimes(
                tuple(times), labels, f"{_NETCDF}{name}", Calendar.named(calendar).name
            )
    return None


def _numbers(
    tags: _Tags, top: Mapping[str, str], name: str, attributes: Mapping[str, str]
) -> list[str]:
    """Return the numbers along a dimension as its source has them, unpacked."""
    numbers = [items[f"{_NETCDF}{name}"] for items in tags]
    if top.get(f"{_NETCDF}{name}_DEF", "").endswith(f",{_NC_FLOAT}}}"):
        # GDAL writes eight digits: seconds since 1970 would be wrong by a minute
        numbers = [repr(float(np.float32(number))) for number in numbers]
    if {"scale_factor", "add_offset"} & attributes.keys():
        scale, offset = (
            float(attributes.get(key, plain))
            for key, plain in (("scale_factor", "1"), ("add_offset", "0"))
        )
        numbers = [repr(float(number) * scale + offset) for number in numbers]
    return numbers


def _attributes(top: Mapping[str, str], name: str) -> tuple[str, dict[str, str]]:
    """Return the group of the variable of a dimension, and its attributes.

    GDAL puts the path of a group before the name of a variable in it: ``/model/time#units``.
    """
    found: dict[str, dict[str, str]] = {}
    for key, text in top.items():
        variable, _, attribute = key.rpartition("#")
        group, slash, last = variable.rpartition("/")
        if last == name:
            found.setdefault(group + slash, {})[attribute] = text
    group = min(found, key=len, default="")
    return group, found.get(group, {})


def _is_time_axis(name: str, attributes: Mapping[str, str]) -> bool:
    """Whether a dimension claims to be one of times, whether it can be decoded or not."""
    return (
        is_time_unit(attributes.get("units", ""))
        or attributes.get("standard_name") == "time"
        or attributes.get("axis") == "T"
        or name.lower() in ("time", "month", "year", "date")
    )


def _with_bounds(
    numbers: Sequence[str], units: str, calendar: str, variable: str | None, bounds: Bounds | None
) -> list[Time]:
    """Decode instants, or their intervals where these can be read and contain them."""
    instants = decode_times(numbers, units, calendar)
    pairs = bounds(variable) if variable and bounds else None
    if pairs is None:
        return [Time(instant) for instant in instants]
    by_number = dict(zip(numbers, instants))  # in the order of the dimension
    try:
        starts, ends = (decode_times([pair[n] for pair in pairs], units, calendar) for n in (0, 1))
    except ValueError:  # fill values, for example
        starts = ends = []
    for step in (1, -1):  # GDAL turns what it takes for rows upside down
        spans = list(zip(starts, ends))[::step]
        if len(spans) == len(by_number) and all(
            low <= instant <= high and low < high
            for instant, (low, high) in zip(by_number.values(), spans)
        ):
            found = dict(zip(by_number, spans))
            return [Time(*found[number]) for number in numbers]
    return [Time(instant) for instant in instants]


def _dimension_labels(tags: _Tags, time: str) -> tuple[str, ...]:
    """Return the variable, if there are several, and the place along other dimensions."""
    variables = [items.get("NETCDF_VARNAME", "") for items in tags]
    has_several = len({*variables}) > 1
    labels = []
    for variable, items in zip(variables, tags):
        parts = [variable] if has_several else []
        for key, text in items.items():
            if key.startswith(_NETCDF) and key != f"{_NETCDF}{time}":
                parts.append(f"{key[len(_NETCDF) :]}={text}")
        labels.append(" ".join(parts))
    return tuple(labels)


def _from_zarr(metadata: RasterMetadata, tags: _Tags, problems: list[Message]) -> BandTimes | None:
    """Read dimensions of GDAL's classic view of Zarr, which have no calendar."""
    names = [key[4:-6] for key in tags[0] if key.startswith("DIM_") and key.endswith("_VALUE")]
    for name in names:
        units = tags[0].get(f"DIM_{name}_UNIT", "")
        numbers = [items.get(f"DIM_{name}_VALUE", "") for items in tags]
        if is_time_unit(units):
            with _reporting(problems, name):
                times = tuple(map(Time, decode_times(numbers, units)))
                return BandTimes(times, _descriptions(metadata), f"DIM_{name}")
    return None


def _from_grib(tags: _Tags, problems: list[Message]) -> BandTimes | None:
    if not all(_GRIB in items for items in tags):
        return None
    with _reporting(problems, _GRIB):
        times = tuple(Time(_epoch_seconds(items[_GRIB])) for items in tags)
        made = [_epoch_seconds(items.get("GRIB_REF_TIME", "0")) for items in tags]
        names = ("GRIB_ELEMENT", "GRIB_SHORT_NAME")
        labels = [" ".join(filter(None, (items.get(name) for name in names))) for items in tags]
        if len({*zip(times, labels)}) < len(times):  # several forecasts of one time
            labels = [f"{label} {Time(when)}" for label, when in zip(labels, made)]
        return BandTimes(times, tuple(labels), _GRIB)
    return None


def _epoch_seconds(text: str) -> datetime:
    """Return the date of ``1577836800 sec UTC``."""
    words = text.split()
    return decode_times(words[:1] or [""], "seconds since 1970-01-01")[0]


def _from_imagery(metadata: RasterMetadata, problems: list[Message]) -> BandTimes | None:
    texts = [band.tags.get(IMAGERY, {}).get(ACQUIRED, "") for band in metadata.bands]
    if not all(texts):
        return None
    with _reporting(problems, ACQUIRED):
        times = tuple(map(parse_time, texts))
        return BandTimes(times, _descriptions(metadata), ACQUIRED)
    return None


def _from_descriptions(metadata: RasterMetadata) -> BandTimes | None:
    found = []
    for band in metadata.bands:
        dated = find_date(band.description or "")
        if dated is None:
            return None
        found.append(dated)
    times, labels = zip(*found)
    return BandTimes(times, labels, "description") if len({*times}) > 1 else None


def _descriptions(metadata: RasterMetadata) -> tuple[str, ...]:
    texts = (band.description or "" for band in metadata.bands)
    return tuple((find_date(text) or (None, text))[1] for text in texts)
