"""Differences between the metadata of two rasters."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Callable

import numpy as np

from ..errors import InputError, Message
from ..model.band_times import START, with_found_times
from ..model.metadata import (
    Band,
    RasterMetadata,
    Tags,
    is_same_colormap,
    is_same_rpcs,
    number_to_json,
)
from ..model.nodata import cast_nodata
from ..storage.output import file_size
from .opening import open_raster


@dataclass(frozen=True)
class Difference:
    """Something other than pixels that differs."""

    field: str
    a: Any
    b: Any


def metadata_differences(a: RasterMetadata, b: RasterMetadata) -> list[Difference]:
    """List what differs between the metadata of two rasters, by value.

    Values that mean the same in other words are equal: the same CRS, ``1.49`` and ``1.490e+00``
    of a coefficient, a color table filled up with black. Statistics and histograms are listed by
    `statistics_differences`.
    """
    if _has_time_tags(a) != _has_time_tags(b):
        # times that follow from other metadata say nothing new: older files lack their tags
        a, b = (with_found_times(metadata, []) for metadata in (a, b))
    found = []
    for field in fields(RasterMetadata):
        left, right = getattr(a, field.name), getattr(b, field.name)
        if field.name != "bands" and not (left == right or _is_same(field.name, left, right)):
            found.append(Difference(field.name, plain(left), plain(right)))
    if a.count != b.count:
        found.append(Difference("count", a.count, b.count))
    for number, (left, right) in enumerate(zip(a.bands, b.bands), start=1):
        pixels = _nodata_bits(a, left), _nodata_bits(b, right)
        left_values, right_values = _without_statistics(left), _without_statistics(right)
        found += [
            Difference(f"band {number} {key}", left_values[key], right_values[key])
            for key in left_values
            if left_values[key] != right_values[key]
            and not _is_same(f"band {key}", getattr(left, key), getattr(right, key))
            and not (key == "nodata" and pixels[0] == pixels[1] is not None)
        ]
    return found


def _has_time_tags(metadata: RasterMetadata) -> bool:
    return any(START in band.tags.get("", {}) for band in metadata.bands)


def statistics_differences(a: RasterMetadata, b: RasterMetadata) -> list[Difference]:
    """List what differs between the statistics and histograms of two rasters.

    Apart from other metadata, because they say nothing that the pixels do not say: GDAL computes
    them on demand, and QGIS leaves them beside a raster whenever it shows one.
    """
    found = []
    for number, (left, right) in enumerate(zip(a.bands, b.bands), start=1):
        pairs = {
            "statistics": (_statistics(left), _statistics(right)),
            "histograms": (plain(left.histograms), plain(right.histograms)),
        }
        found += [
            Difference(f"band {number} {what}", *values)
            for what, values in pairs.items()
            if values[0] != values[1]
        ]
    return found


def missing_statistics(raster: RasterMetadata, output: RasterMetadata) -> list[str]:
    """Name statistics and histograms of a raster that an output has not; it may have others."""
    return [
        difference.field
        for difference in statistics_differences(raster, output)
        if not _is_part_of(difference.a, difference.b)
    ]


def _is_part_of(wanted: Any, found: Any) -> bool:
    return wanted.items() <= found.items() if isinstance(wanted, dict) else not wanted


def _statistics(band: Band) -> dict[str, str]:
    """Return the statistics of a band, which GDAL keeps among the tags."""
    return {
        f"{domain}:{key}" if domain else key: value
        for domain, items in band.tags.items()
        for key, value in items.items()
        if _is_statistic(key) and value  # GDAL keeps none of those without a value
    }


def _is_same_crs(a: str | None, b: str | None) -> bool:
    if a == b or not a or not b:
        return a == b
    from ..rasterio_io.crs import same_crs

    return same_crs(a, b)


def _nodata_bits(raster: RasterMetadata, band: Band) -> tuple[str, bytes] | None:
    """Return the pixel that nodata stands for: the same for float64 and float32 of 0.1."""
    pixel = cast_nodata(np.dtype(raster.dtype), band.nodata)
    return None if pixel is None else (raster.dtype, pixel.tobytes())


def _with_defaults(tags: Any) -> dict[str, dict[str, str]]:
    """Return tags with AREA_OR_POINT, whose default is Area."""
    complete = {domain: dict(items) for domain, items in tags.items()}
    complete.setdefault("", {}).setdefault("AREA_OR_POINT", "Area")
    return complete


#: How fields are compared whose values may mean the same in other words; others must be equal.
_COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "crs": _is_same_crs,
    "gcps_crs": _is_same_crs,
    "rpcs": is_same_rpcs,
    "tags": lambda a, b: _with_defaults(a) == _with_defaults(b),
    "band colormap": is_same_colormap,
    # a band of undefined color is shown gray
    "band color_interpretation": lambda a, b: {a, b} <= {"undefined", "gray"},
}


def _is_same(name: str, a: Any, b: Any) -> bool:
    return name in _COMPARISONS and _COMPARISONS[name](a, b)


def _without_statistics(band: Band) -> dict[str, Any]:
    """Return the values of a band without its statistics."""
    values: dict[str, Any] = plain(band)
    del values["histograms"]
    values["tags"] = tags_without_statistics(values["tags"])
    return values


def tags_without_statistics(tags: Tags) -> dict[str, dict[str, str]]:
    """Return tags without statistics, and without domains that have nothing else."""
    return {
        domain: kept
        for domain, items in tags.items()
        if (kept := {key: value for key, value in items.items() if not _is_statistic(key)})
    }


def _is_statistic(key: str) -> bool:
    return key.startswith("STATISTICS_")


def plain(value: Any) -> Any:
    """Return values that fit strict JSON and compare equal where they mean the same (NaN too)."""
    if isinstance(value, dict):
        return {str(k): plain(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(v) for v in value]
    if hasattr(value, "__dataclass_fields__"):
        return plain(vars(value))
    return number_to_json(value)


def lost_metadata(
    metadata: RasterMetadata, path: Path, layout: str, original: str
) -> tuple[str, ...]:
    """Return a sentence for each metadata item that a written file does not hold.

    ``layout`` and ``original`` are parts of the sentence: what cannot hold it, and what still does.
    Raises `OutputError` if the file has been removed since it was written.
    """
    try:
        with open_raster(path) as written:
            found = [
                difference
                for differences in (metadata_differences, statistics_differences)
                for difference in differences(metadata, written.metadata)
            ]
    except InputError:
        file_size(path)  # raises a clearer error if the file is gone
        raise
    sentences = []
    for difference in found:
        was, became = _changed(difference.a, difference.b)
        values = {
            "expected": _value_text(was),
            "found": _value_text(became),
            "field": difference.field,
        }
        sentences.append(Message("note.not_kept", layout=layout, original=original, **values))
    return tuple(sentences)


def _changed(a: Any, b: Any) -> tuple[Any, Any]:
    """Leave out the items of two mappings that are equal in both, at every depth."""
    if not (isinstance(a, dict) and isinstance(b, dict)):
        return a, b
    left, right = {}, {}
    for key in [*a, *(key for key in b if key not in a)]:
        was, became = _changed(a.get(key), b.get(key))
        if was != became:
            left.update({key: was} if key in a else {})
            right.update({key: became} if key in b else {})
    return left, right


def _value_text(value: Any) -> str:
    """Show a value in a sentence."""
    if value in (None, {}, []):
        return Message("note.nothing")
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


#: Characters of a value in a sentence.
_LONGEST = 200
