"""Metadata as JSON in the tag GEOSPATIAL_METADATA, docs/format.md section 2.2."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, fields
from typing import Any, TypeVar

from ..errors import CorruptFile, UnsupportedRaster
from ..model.attribute_table import TABLE_TYPES, AttributeTable, Column
from ..model.crs import refusal
from ..model.metadata import (
    WIDENED_TYPES,
    Band,
    Color,
    GroundControlPoint,
    Histogram,
    Number,
    RasterMetadata,
    is_epoch,
    number_from_json,
    number_to_json,
)
from ..model.transform import IDENTITY
from .strict_json import parse_json

T = TypeVar("T")
#: Keys of the raster and of a band that each minor version of the format added.
_ADDED = {
    1: (
        ("coordinate_epoch", "gdal_type", "has_transform"),
        ("category_names", "attribute_table", "histograms"),
    )
}


def required_minor_version(metadata: RasterMetadata) -> int:
    """Return the minor version of the format that has a key for everything in the metadata."""
    used = _to_json(metadata)
    return max(
        (
            minor
            for minor, (keys, band_keys) in _ADDED.items()
            if any(key in used for key in keys)
            or any(key in band for band in used["bands"] for key in band_keys)
        ),
        default=0,
    )


def metadata_to_json(metadata: RasterMetadata) -> str:
    """Return what has no other tag as JSON, without default values."""
    return json.dumps(
        _to_json(metadata), separators=(",", ":"), sort_keys=True, default=dict, allow_nan=False
    )


def check_readable(metadata: RasterMetadata, name: str) -> None:
    """Raise `UnsupportedRaster` for metadata that a reader would refuse."""
    try:
        _metadata_from_json(metadata_to_json(metadata), metadata.count)
    except _INVALID as error:
        for where, value in _not_finite(_to_json(metadata)):
            raise UnsupportedRaster(
                "metadata.not_finite", name, field=where, found=value
            ) from error
        raise UnsupportedRaster("metadata.not_readable", name, reason=error) from error
    for crs in (metadata.crs, metadata.gcps_crs):
        reason = refusal(crs) if crs else None
        if reason is not None:
            raise UnsupportedRaster("metadata.crs", name, reason=reason)
    if len(metadata.transform) != 6:
        raise UnsupportedRaster("metadata.transform_length", name, found=len(metadata.transform))
    if not all(map(math.isfinite, (*metadata.transform, *metadata.bounds))):
        raise UnsupportedRaster("metadata.transform", name, found=metadata.transform)


def _not_finite(value: Any, where: str = "") -> Iterator[tuple[str, float]]:
    """Yield numbers that JSON does not allow, with their path of keys and indexes from 1."""
    if isinstance(value, float) and not math.isfinite(value):
        yield where, value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _not_finite(inner, f"{where} {key}".lstrip())
    elif isinstance(value, (list, tuple)):
        for number, inner in enumerate(value, start=1):
            yield from _not_finite(inner, f"{where} {number}")


def _to_json(metadata: RasterMetadata) -> dict[str, Any]:
    details: dict[str, Any] = {
        "bands": [_band_to_json(band) for band in metadata.bands],
        "mask": metadata.has_mask,
        "gcps": [vars(point) for point in metadata.gcps],
        "gcps_crs": metadata.gcps_crs,
        "rpcs": metadata.rpcs,
        "bits": metadata.nbits,
        "tags": metadata.tags,
        "coordinate_epoch": number_to_json(metadata.coordinate_epoch),
        "gdal_type": metadata.gdal_type,
        # any other transform is one
        "has_transform": metadata.has_transform and metadata.transform == IDENTITY,
    }
    return {key: value for key, value in details.items() if value}


def _band_to_json(band: Band) -> dict[str, Any]:
    changed = {
        _JSON_KEYS.get(key, key): getattr(band, key)
        for key, default in _BAND_DEFAULTS.items()
        if getattr(band, key) != default
    }
    for key in ("nodata", "scale", "offset"):
        if key in changed:
            changed[key] = number_to_json(changed[key])
    if band.colormap is not None:
        changed["colormap"] = {str(k): list(c) for k, c in sorted(band.colormap.items())}
    if band.attribute_table is not None:
        table = asdict(band.attribute_table)
        changed["attribute_table"] = {k: value for k, value in table.items() if value is not None}
    if band.histograms:
        changed["histograms"] = [asdict(histogram) for histogram in band.histograms]
    return changed


_BAND_DEFAULTS = {f.name: getattr(Band(), f.name) for f in fields(Band)}
#: Keys that differ from the names of the fields.
_JSON_KEYS = {"color_interpretation": "interpretation"}


def metadata_from_json(text: str, *, count: int, name: str) -> dict[str, Any]:
    """Return the keyword arguments of `RasterMetadata` that `metadata_to_json` wrote.

    Raises `CorruptFile` if it does not write such a text for ``count`` bands.
    """
    try:
        return _metadata_from_json(text, count)
    except _INVALID as error:
        raise CorruptFile("tag.damaged", name, tag="GEOSPATIAL_METADATA", reason=error) from error


def _metadata_from_json(text: str, count: int) -> dict[str, Any]:
    details = parse_json(text)
    bands = _array(details["bands"])
    if len(bands) != count:  # before parsing them
        raise ValueError(f"it describes {len(bands)} bands, GEOSPATIAL_COUNT says {count}")
    return {
        "bands": tuple(map(_band_from_json, bands)),
        "has_mask": _boolean(details.get("mask", False)),
        "gcps": tuple(_gcp_from_json(point) for point in details.get("gcps", ())),
        "gcps_crs": _optional(_text, details.get("gcps_crs")),
        "rpcs": _string_map(details["rpcs"]) if details.get("rpcs") else None,
        "nbits": _bits(details.get("bits")),
        "tags": _tags_from_json(details.get("tags", {})),
        "coordinate_epoch": _optional(_epoch, number_from_json(details.get("coordinate_epoch"))),
        "gdal_type": _gdal_type(details.get("gdal_type")),
        # without the key, the identity is no transform
        "has_transform": _boolean(details.get("has_transform", False)) or None,
    }


#: Keys of a color table: one spelling per pixel value.
_DIGITS = re.compile("0|[1-9][0-9]{0,19}")
#: What parsing the JSON may raise.
_INVALID = (ValueError, TypeError, KeyError, AttributeError, OverflowError)


def _band_from_json(entry: Mapping[str, Any]) -> Band:
    colormap = entry.get("colormap")
    return Band(
        nodata=number_from_json(entry.get("nodata")),
        description=_optional(_text, entry.get("description")),
        unit=_optional(_text, entry.get("unit")),
        scale=_number(entry.get("scale", 1.0)),
        offset=_number(entry.get("offset", 0.0)) + 0.0,  # -0 is none
        color_interpretation=_text(entry.get("interpretation", "undefined")),
        colormap=None if colormap is None else {_value(k): _color(c) for k, c in colormap.items()},
        tags=_tags_from_json(entry.get("tags", {})),
        category_names=tuple(map(_text, _array(entry.get("category_names") or []))),
        attribute_table=_table_from_json(entry.get("attribute_table")),
        histograms=tuple(map(_histogram_from_json, _array(entry.get("histograms") or []))),
    )


def _table_from_json(entry: Mapping[str, Any] | None) -> AttributeTable | None:
    if entry is None:
        return None
    return AttributeTable(
        tuple(map(_column_from_json, _array(entry["columns"]))),
        _text(entry.get("type", TABLE_TYPES[0])),
        _optional(_finite, entry.get("first_bin")),
        _optional(_finite, entry.get("bin_size")),
    )


def _column_from_json(entry: Mapping[str, Any]) -> Column:
    name, kind, usage = (_text(entry[key]) for key in ("name", "type", "usage"))
    return Column(name, kind, usage, tuple(map(_text, _array(entry["values"]))))


def _histogram_from_json(entry: Mapping[str, Any]) -> Histogram:
    counts = tuple(_array(entry["counts"]))
    if not all(type(count) is int and 0 <= count < 2**64 for count in counts):
        raise ValueError("a histogram counts something else than pixels")
    return Histogram(
        _finite(entry["minimum"]),
        _finite(entry["maximum"]),
        counts,
        _boolean(entry.get("include_out_of_range", False)),
        _boolean(entry.get("approximate", False)),
    )


def _gdal_type(value: Any) -> str | None:
    """Return a data type of GDAL; later versions of the format may have others."""
    return value if _optional(_text, value) in WIDENED_TYPES else None


def _gcp_from_json(entry: Mapping[str, Any]) -> GroundControlPoint:
    row, col, x, y = (_finite(entry[key]) for key in ("row", "col", "x", "y"))
    name, info = (_text(entry.get(key, "")) for key in ("id", "info"))
    return GroundControlPoint(row, col, x, y, _finite(entry.get("z", 0.0)), name, info)


def _value(text: str) -> int:
    if not _DIGITS.fullmatch(text) or int(text) >= 2**64:
        raise ValueError(f"{text!r:.60} is no pixel value in decimal digits")
    return int(text)


def _color(values: Any) -> Color:
    if len(values) != 4 or not all(type(v) is int and 0 <= v <= 255 for v in values):
        raise ValueError(f"{values!r} is not a color")
    red, green, blue, alpha = values
    return (red, green, blue, alpha)


def _boolean(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError(f"{value!r} is neither true nor false")
    return value


def _bits(value: Any) -> int | None:
    if value is not None and (type(value) is not int or not 1 <= value <= 64):
        raise ValueError(f"{value!r} is not a number of bits")
    return value


def _array(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise TypeError(f"{value!r:.60} is not an array")
    return value


def _optional(convert: Callable[[Any], T], value: Any) -> T | None:
    return None if value is None else convert(value)


def _epoch(value: Number) -> float:
    if not is_epoch(value):
        raise ValueError(f"the coordinate epoch {value!r} is no decimal year")
    return float(value)


def _number(value: Any) -> float:
    number = number_from_json(value)
    if number is None:
        raise ValueError("null is not a number")
    return float(number)


def _finite(value: Any) -> float:
    number = _number(value)
    if not math.isfinite(number):
        raise ValueError(f"{value!r} is not a finite number")
    return number


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is not a text")
    value.encode("utf-8")  # lone surrogates cannot be displayed or written
    return value


def _string_map(value: Mapping[str, Any]) -> dict[str, str]:
    return {_text(k): _text(v) for k, v in value.items()}


def _tags_from_json(value: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    return {_text(domain): _string_map(items) for domain, items in value.items()}
