"""What differs between the metadata of two rasters."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from ..metadata import Band, RasterMetadata, number_to_json


@dataclass(frozen=True)
class Difference:
    """Something other than pixels that differs."""

    what: str
    a: Any
    b: Any


def metadata_differences(a: RasterMetadata, b: RasterMetadata) -> list[Difference]:
    """List what differs between the metadata of two rasters."""
    found = []
    for field in fields(RasterMetadata):
        if field.name == "bands":
            continue
        left, right = getattr(a, field.name), getattr(b, field.name)
        if field.name in ("crs", "gcps_crs"):
            same = _same_crs(left, right)
        elif field.name == "tags":
            same = _with_defaults(left) == _with_defaults(right)
        else:
            same = left == right
        if not same:
            found.append(Difference(field.name, plain(left), plain(right)))
    if a.count != b.count:
        found.append(Difference("count", a.count, b.count))
    for number, (left, right) in enumerate(zip(a.bands, b.bands), start=1):
        left, right = _spelled(left), _spelled(right)
        found += [
            Difference(f"band {number} {key}", left[key], right[key])
            for key in left
            if left[key] != right[key]
        ]
    return found


def _same_crs(a: str | None, b: str | None) -> bool:
    if a == b or not a or not b:
        return a == b
    from ..rasterio_io import same_crs

    return same_crs(a, b)


def _with_defaults(tags: Any) -> dict[str, dict[str, str]]:
    """Say what saying nothing means: pixels are areas."""
    spelled = {domain: dict(items) for domain, items in tags.items()}
    spelled.setdefault("", {}).setdefault("AREA_OR_POINT", "Area")
    return spelled


def _spelled(band: Band) -> dict[str, Any]:
    """Say what saying nothing means: a band of undefined colour is shown grey."""
    values = plain(band)
    if values["interpretation"] == "undefined":
        values["interpretation"] = "gray"
    values["tags"] = {
        domain: kept for domain, items in values["tags"].items() if (kept := _without_cache(items))
    }
    return values


def _without_cache(items: dict[str, str]) -> dict[str, str]:
    """Leave out statistics, which QGIS leaves beside a raster whenever it shows one."""
    return {key: value for key, value in items.items() if not key.startswith("STATISTICS_")}


def plain(value: Any) -> Any:
    """Return values that fit strict JSON and compare equal where they mean the same (NaN too)."""
    if isinstance(value, dict):
        return {str(k): plain(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(v) for v in value]
    if hasattr(value, "__dataclass_fields__"):
        return plain(vars(value))
    return number_to_json(value)
