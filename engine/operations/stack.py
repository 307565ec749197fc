"""Variables of one grid and the same times as one raster: date by date, variables inside."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, replace
from typing import Any, NamedTuple

import numpy as np

from ..errors import InputError, Message
from ..model.band_times import BandTimes, find_times, with_times
from ..model.grid import Window
from ..model.metadata import Band, RasterMetadata
from ..model.raster import MaskedPixels, Raster
from ..model.transform import Transform


class Layer(NamedTuple):
    """A raster in a stack, under the name of its variable."""

    variable: str
    raster: Raster


class StackedRaster:
    """Rasters of one grid as one raster; see `Raster`.

    Parameters
    ----------
    name : str
        Of the file they come from.
    layers : sequence of Layer
        At least one; they stay open.

    Raises
    ------
    InputError
        If they do not fit; it names the first difference.
    """

    def __init__(self, name: str, layers: Sequence[Layer]):
        self.name = name
        times = [find_times(layer.raster.metadata, []) for layer in layers]
        for layer, own in zip(layers[1:], times[1:]):
            reason = _difference(layers[0], times[0], layer, own)
            if reason is not None:
                both = {"first": layers[0].variable, "second": layer.variable}
                raise InputError("stack.differs", name, **both, reason=reason)
        self._rasters = [layer.raster for layer in layers]
        counts = [raster.metadata.count for raster in self._rasters]
        order = _order(times, counts)
        #: The bands of each raster in the stack, from 0.
        self._places = np.split(np.argsort(order), np.cumsum(counts)[:-1])
        self.metadata = _merged(layers, times, order)

    @property
    def warnings(self) -> tuple[str, ...]:
        """See `Raster`."""
        return tuple(dict.fromkeys(text for raster in self._rasters for text in raster.warnings))

    def read_window(self, window: Window) -> MaskedPixels:
        """See `Raster`."""
        metadata = self.metadata
        pixels = np.empty((metadata.count, window.height, window.width), metadata.dtype)
        for raster, places in zip(self._rasters, self._places):
            pixels[places], _ = raster.read_window(window)
        return pixels, None

    def close(self) -> None:
        """Leave the rasters open, for they belong to others."""


def _order(times: Sequence[BandTimes | None], counts: Sequence[int]) -> list[int]:
    """Return where the bands of the stack are when one raster follows the other."""
    first = times[0]
    if first is None:
        return list(range(sum(counts)))
    order = {time: number for number, time in enumerate(first.dates)}
    dates = [order[time] for own in times if own is not None for time in own.times]
    return sorted(range(len(dates)), key=dates.__getitem__)  # keeps the order within a date


# ---------------------------------------------------------------- what fits


def _difference(
    first: Layer, times: BandTimes | None, other: Layer, other_times: BandTimes | None
) -> Message | None:
    a, b = first.raster.metadata, other.raster.metadata
    if (a.width, a.height) != (b.width, b.height):
        sizes = (f"{each.width} x {each.height}" for each in (a, b))
        return _two("stack.size", *sizes)
    if a.type_name != b.type_name:
        return _two("stack.type", a.type_name, b.type_name)
    if not _same_transform(a.transform, b.transform):
        return _two("stack.transform", *(_place(each.transform) for each in (a, b)))
    for field in fields(RasterMetadata):
        # not the transform: its last digits may differ
        if field.name in ("bands", "tags", "transform"):
            continue
        if getattr(a, field.name) != getattr(b, field.name):
            return Message("stack.field", found=field.name)
    if a.has_mask:
        return Message("stack.mask")
    return _difference_in_times(first.variable, times, other.variable, other_times)


def _difference_in_times(
    first: str, times: BandTimes | None, other: str, other_times: BandTimes | None
) -> Message | None:
    if times is None or other_times is None:
        if times is other_times:
            return None
        return Message("stack.no_times", found=first if times is None else other)
    if times.calendar != other_times.calendar:
        return _two("stack.calendar", times.calendar, other_times.calendar)
    if len(times.dates) != len(other_times.dates):
        return _two("stack.dates", len(times.dates), len(other_times.dates))
    for number, (a, b) in enumerate(zip(times.dates, other_times.dates), start=1):
        if a != b:
            return Message("stack.date", number=number, first=a, second=b)
    return None


def _two(code: str, first: Any, second: Any) -> Message:
    return Message(code, first=first, second=second)


def _same_transform(a: Transform, b: Transform) -> bool:
    """Whether two transforms differ by less than a millionth of a pixel."""
    sizes = [abs(value) for value in (*a[:2], *a[3:5]) if value] or [1.0]
    return bool(np.allclose(a, b, rtol=1e-12, atol=1e-6 * min(sizes)))


def _place(transform: Transform) -> str:
    a, _, x, _, e, y = transform
    return f"{x:.10g}, {y:.10g} ({a:.10g} x {e:.10g})"


# ---------------------------------------------------------------- what they become


def _merged(
    layers: Sequence[Layer], times: Sequence[BandTimes | None], order: Sequence[int]
) -> RasterMetadata:
    """Return the metadata of all, in which texts that differ belong to the bands."""
    tops = [layer.raster.metadata.tags for layer in layers]
    common = {
        domain: items
        for domain in dict.fromkeys(domain for top in tops for domain in top)
        if (items := dict(_common(tops, domain)))
    }
    bands: list[Band] = []
    labels: list[str] = []
    for layer, own, top in zip(layers, times, tops):
        metadata = layer.raster.metadata
        inner = own.labels if own is not None else [""] * metadata.count
        for band, label in zip(metadata.bands, inner or [""] * metadata.count):
            labels.append(f"{layer.variable} {label}".rstrip())
            bands.append(_with_own(band, top, common, None if own else layer.variable))
    metadata = replace(
        layers[0].raster.metadata, bands=tuple(bands[place] for place in order), tags=common
    )
    first = times[0]
    if first is None:
        return metadata
    all_times = [time for own in times if own is not None for time in own.times]
    return with_times(
        metadata,
        [all_times[place] for place in order],
        [labels[place] for place in order],
        first.calendar,
    )


def _common(tops: Sequence[Mapping[str, Mapping[str, str]]], domain: str) -> Iterator[Any]:
    """Yield the items of a domain that no raster contradicts."""
    found: dict[str, set[str]] = {}
    for top in tops:
        for key, text in top.get(domain, {}).items():
            found.setdefault(key, set()).add(text)
    for key, texts in found.items():
        if len(texts) == 1:
            yield key, texts.pop()


def _with_own(
    band: Band,
    top: Mapping[str, Mapping[str, str]],
    common: Mapping[str, Mapping[str, str]],
    description: str | None,
) -> Band:
    """Return a band with the items of its raster that are not common to all."""
    tags = {domain: dict(items) for domain, items in band.tags.items()}
    for domain, items in top.items():
        for key, text in items.items():
            if key not in common.get(domain, {}):
                tags.setdefault(domain, {}).setdefault(key, text)
    return replace(band, tags=tags, description=band.description or description)
