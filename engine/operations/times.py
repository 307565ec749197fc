"""Times of the bands of a raster: as plain values, and the bands of a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from ..errors import InputError
from ..model.band_times import START, find_times, with_times
from ..model.file_time import find_file_time
from ..model.metadata import RasterMetadata
from ..model.text_dates import find_date
from ..model.time_table import regular_step
from ..model.times import Time, TimeRange, format_time


def describe_times(metadata: RasterMetadata, name: str) -> dict[str, Any]:
    """Return the times of bands, and that of the whole raster where bands have none.

    Both are plain values for JSON, or None.
    """
    found = find_times(metadata, [])
    if found is None:
        whole = find_file_time(metadata, name)
        described = None if whole is None else {**plain_time(whole[0]), "source": whole[1]}
        return {"times": None, "file_time": described}
    dates = found.dates
    bands = [
        {"band": number, **plain_time(time), "label": label}
        for number, (time, label) in enumerate(zip(found.times, found.labels), start=1)
    ]
    described = {
        "count": len(dates),
        "first": str(dates[0]),
        "last": str(dates[-1]),
        "step": regular_step(dates),
        "labels": list(filter(None, dict.fromkeys(found.labels))),
        "calendar": found.calendar,
        "source": found.source,
        "bands": bands,
    }
    return {"times": described, "file_time": None}


def plain_time(time: Time) -> dict[str, Any]:
    """Return a time as plain values for JSON."""
    return {
        "time": str(time),
        "start": format_time(time.start),
        "end": None if time.end is None else format_time(time.end),
    }


def with_dated_descriptions(metadata: RasterMetadata) -> RasterMetadata:
    """Return metadata in which each band that has a time says so in its description and tags.

    Programs show descriptions. One that has the date already stays as it is.
    """
    found = find_times(metadata, [])
    if found is None:
        return metadata
    if found.source != START:
        metadata = with_times(metadata, found.times, found.labels, found.calendar)
    bands = (
        replace(band, description=_dated(band.description or "", time, label))
        for band, time, label in zip(metadata.bands, found.times, found.labels)
    )
    return replace(metadata, bands=tuple(bands))


def _dated(text: str, time: Time, label: str) -> str:
    said = find_date(text)
    if said is not None and said[0].start == time.start:
        return text
    return " ".join(filter(None, (str(time), text, "" if label in text else label)))


def bands_of_time(
    metadata: RasterMetadata, name: str, time: str | None, bands: Sequence[int] | None = None
) -> Sequence[int] | None:
    """Return the numbers of the bands whose time is in a range, the given bands without one.

    Parameters
    ----------
    metadata : RasterMetadata
    name : str
        Of the raster, for messages.
    time : str, optional
        See `TimeRange.parse`.
    bands : sequence of int, optional
        Must not be given together with a time.

    Raises
    ------
    InputError
        If the raster has no times, or no band has one in the range.
    """
    if time is None:
        return bands
    if bands is not None:
        raise InputError("time.and_bands")
    chosen = TimeRange.parse(time)
    found = find_times(metadata, [])
    if found is None:
        raise InputError("time.none", name)
    numbers = [n for n, each in enumerate(found.times, start=1) if chosen.includes(each)]
    if not numbers:
        dates = found.dates
        raise InputError(
            "time.no_band",
            name,
            found=f"{time:.80}",
            first=str(dates[0]),
            last=str(dates[-1]),
            expected=len(dates),
        )
    return numbers
