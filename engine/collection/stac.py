"""Members of a collection as STAC items, and back.

Items follow STAC 1.1 and its extensions "projection" and "file", so that other software finds its
way. What only this project needs has the prefix ``flac:``, and may be missing: see `Undescribed`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from ..model.crs import AUTHORITY_CODE, refusal
from ..model.metadata import Number, number_from_json, number_to_json
from ..model.times import Time, format_time, parse_time
from ..model.transform import Bounds, Transform
from ..storage.urls import has_flac_suffix
from .member import Member, MemberBand

STAC_VERSION = "1.1.0"
EXTENSIONS = (
    "https://stac-extensions.github.io/projection/v2.0.0/schema.json",
    "https://stac-extensions.github.io/file/v2.1.0/schema.json",
)
#: RFC 9639.
MEDIA_TYPE = "audio/flac"
_ASSET = "data"
_HEADER, _VERSION, _UNDATED = "flac:header", "flac:version", "flac:undated"
#: A SHA-256 as a multihash.
_MULTIHASH = re.compile("1220([0-9a-f]{64})", re.ASCII)
#: numpy's names of data types that STAC calls otherwise.
_TO_STAC = {"complex64": "cfloat32", "complex128": "cfloat64"}
_FROM_STAC = {stac: numpy for numpy, stac in _TO_STAC.items()}
_DTYPE = re.compile("(u?int|float)(8|16|32|64)|complex(64|128)", re.ASCII)
#: STAC includes the end of an interval, `Time` does not.
_TICK = timedelta(microseconds=1)
_MAX_PIXELS = 1 << 31


class Undescribed(ValueError):
    """An item that does not describe its raster completely, whose header has to be read."""


# ---------------------------------------------------------------- writing


def item_of_member(
    member: Member, geometry: Mapping[str, Any], bbox: Sequence[float], modified: datetime
) -> dict[str, Any]:
    """Return a member as a STAC item.

    Parameters
    ----------
    member : Member
    geometry : mapping
        GeoJSON, in longitudes and latitudes.
    bbox : sequence of float
        Bounds of the geometry.
    modified : datetime
        When the file was written: STAC wants a date of every item. It is marked as none where
        the member has no time.
    """
    properties: dict[str, Any] = {"datetime": None}
    time = member.time
    if time is None:
        properties |= {"datetime": format_time(modified), _UNDATED: True}
    elif time.end is None:
        properties["datetime"] = format_time(time.start)
    else:
        properties["start_datetime"] = format_time(time.start)
        properties["end_datetime"] = format_time(time.end - _TICK)
    if AUTHORITY_CODE.fullmatch(member.crs):
        properties["proj:code"] = member.crs
    else:
        properties |= {"proj:code": None, "proj:wkt2": member.crs}
    properties["proj:shape"] = [member.height, member.width]
    properties["proj:transform"] = list(member.transform)
    return {
        "type": "Feature",
        "stac_version": STAC_VERSION,
        "stac_extensions": list(EXTENSIONS),
        "id": member.id,
        "geometry": dict(geometry),
        "bbox": list(bbox),
        "properties": properties,
        "links": [],
        "assets": {_ASSET: _asset_of_member(member)},
    }


def modified_of_item(item: Mapping[str, Any]) -> datetime | None:
    """Return when the file of an item without a time was written."""
    properties = _mapping(item, "properties")
    return _instant(properties["datetime"]) if properties.get(_UNDATED) is True else None


def _asset_of_member(member: Member) -> dict[str, Any]:
    known = {
        "file:size": member.file_bytes,
        "file:checksum": member.sha256 and f"1220{member.sha256}",
        _HEADER: member.header_bytes,
        _VERSION: member.version,
    }
    return {
        "href": member.href,
        "type": MEDIA_TYPE,
        "roles": [_ASSET],
        "data_type": stac_dtype(member.dtype),
        "bands": [_band_to_json(band) for band in member.bands],
        **{key: value for key, value in known.items() if value is not None},
    }


def _band_to_json(band: MemberBand) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if band.description:
        found["description"] = band.description
    if band.nodata is not None:
        found["nodata"] = number_to_json(band.nodata)
    if band.minimum is not None and band.maximum is not None:
        ends = number_to_json(band.minimum), number_to_json(band.maximum)
        found["statistics"] = dict(zip(("minimum", "maximum"), ends))
    return found


# ---------------------------------------------------------------- reading


def time_of_item(item: Mapping[str, Any]) -> Time | None:
    """Return the time of an item; raise `ValueError` if it is not understood."""
    properties = _mapping(item, "properties")
    if properties.get(_UNDATED) is True:
        return None
    start, end = properties.get("start_datetime"), properties.get("end_datetime")
    if start is None or end is None:
        when = properties.get("datetime")
        return None if when is None else Time(_instant(when))
    first, last = _instant(start), _instant(end)
    return Time(first, last + _TICK) if first < last < datetime.max else Time(first)


def _instant(text: Any) -> datetime:
    if not isinstance(text, str):
        raise ValueError(f"{text!r:.80} is no date")
    return parse_time(text).start


def bbox_of_item(item: Mapping[str, Any]) -> Bounds | None:
    """Return the bounds of an item in longitudes and latitudes, None if it has none."""
    bbox = item.get("bbox")
    if bbox is None:
        return None
    numbers = _numbers(bbox, "bbox", (4, 6))
    half = len(numbers) // 2
    return (numbers[0], numbers[1], numbers[half], numbers[half + 1])


def member_of_item(item: Mapping[str, Any]) -> Member:
    """Return the member that an item describes.

    Raises
    ------
    Undescribed
        If the item lacks something that the header of the file says.
    ValueError
        If something of it is not valid.
    """
    properties, asset = _mapping(item, "properties"), asset_of_item(item)
    height, width = _shape(_first(properties, asset, "proj:shape"))
    bands = _bands(properties, asset)
    checksum = _MULTIHASH.fullmatch(str(asset.get("file:checksum", "")))
    return Member(
        id_of_item(item),
        asset["href"],
        width,
        height,
        _dtype(asset, bands),
        tuple(map(_band_of_json, bands)),
        _crs(properties, asset),
        _transform(_first(properties, asset, "proj:transform")),
        time_of_item(item),
        *file_of_asset(asset)[1:],
        checksum[1] if checksum else None,
    )


class MemberFile(NamedTuple):
    """Name of a file, its size, that of its header, and its version; see `Member`."""

    href: str
    file_bytes: int | None
    header_bytes: int | None
    version: str | None


def file_of_asset(asset: Mapping[str, Any]) -> MemberFile:
    """Return what an asset says about its file."""
    return MemberFile(
        asset["href"],
        _count(asset.get("file:size")),
        _count(asset.get(_HEADER)),
        _optional_text(asset.get(_VERSION)),
    )


def id_of_item(item: Mapping[str, Any]) -> str:
    """Return the id of an item; raise `ValueError` if it has none."""
    found = item.get("id")
    if not isinstance(found, str) or not found:
        raise ValueError("it has no id")
    return found


def asset_of_item(item: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the asset of an item that is a FLAC raster; raise `ValueError` if none is."""
    assets = _mapping(item, "assets")
    for key in sorted(assets, key=lambda key: key != _ASSET):
        asset = assets[key]
        href = asset.get("href") if isinstance(asset, dict) else None
        if isinstance(href, str) and (asset.get("type") == MEDIA_TYPE or has_flac_suffix(href)):
            return dict(asset)
    raise ValueError("it has no asset that is a FLAC raster")


def _mapping(owner: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    found = owner.get(key)
    if not isinstance(found, dict):
        raise ValueError(f"its {key} are missing")
    return found


def _first(properties: Mapping[str, Any], asset: Mapping[str, Any], key: str) -> Any:
    """Return a value that an asset has, or all assets of its item."""
    found = asset.get(key, properties.get(key))
    if found is None:
        raise Undescribed(f"it has no {key}")
    return found


def _bands(properties: Mapping[str, Any], asset: Mapping[str, Any]) -> list[Any]:
    found = _first(properties, asset, "bands")
    if not isinstance(found, list) or not all(isinstance(band, dict) for band in found):
        raise ValueError("its bands are not valid")
    if not found:
        raise Undescribed("it has no bands")
    return found


def _dtype(asset: Mapping[str, Any], bands: Sequence[Mapping[str, Any]]) -> str:
    names = {asset.get("data_type", band.get("data_type")) for band in bands}
    if len(names) != 1:
        raise ValueError("its bands have several data types")
    (name,) = names
    if name is None:
        raise Undescribed("it has no data_type")
    return dtype_of(name)


def dtype_of(name: Any) -> str:
    """Return numpy's name of one of STAC's data types; raise `ValueError` for others."""
    found = _FROM_STAC.get(name, name) if isinstance(name, str) else ""
    if not _DTYPE.fullmatch(found):
        raise ValueError(f"its data_type {name!r:.40} is not known")
    return found


def stac_dtype(name: str) -> str:
    """Return STAC's name of one of numpy's data types."""
    return _TO_STAC.get(name, name)


def _crs(properties: Mapping[str, Any], asset: Mapping[str, Any]) -> str:
    for key in ("proj:code", "proj:wkt2", "proj:epsg"):
        found = asset.get(key, properties.get(key))
        if key == "proj:epsg" and isinstance(found, int):
            found = f"EPSG:{found}"
        if isinstance(found, str) and found:
            reason = refusal(found)
            if reason is not None:
                raise ValueError(f"its CRS is not accepted: {reason}")
            return found
    raise Undescribed("it has no proj:code")


def _shape(found: Any) -> tuple[int, int]:
    height, width = _numbers(found, "proj:shape", (2,))
    if not (1 <= height <= _MAX_PIXELS and 1 <= width <= _MAX_PIXELS):
        raise ValueError("its proj:shape is not valid")
    return int(height), int(width)


def _transform(found: Any) -> Transform:
    a, b, c, d, e, f, *_ = _numbers(found, "proj:transform", (6, 9))
    if a * e == b * d:
        raise ValueError("its proj:transform is singular")
    return (a, b, c, d, e, f)


def _numbers(found: Any, what: str, lengths: Sequence[int]) -> list[float]:
    is_list = isinstance(found, list) and len(found) in lengths
    if not is_list or not all(type(value) in (int, float) for value in found):
        raise ValueError(f"its {what} is not valid")
    numbers = [float(value) for value in found]
    if not all(map(math.isfinite, numbers)):
        raise ValueError(f"its {what} is not valid")
    return numbers


def _band_of_json(band: Mapping[str, Any]) -> MemberBand:
    known = band.get("statistics")
    statistics = known if isinstance(known, dict) else {}
    minimum, maximum = (_number(statistics.get(key)) for key in ("minimum", "maximum"))
    return MemberBand(
        _optional_text(band.get("description", band.get("name"))),
        _number(band.get("nodata")),
        minimum,
        maximum,
    )


def _number(found: Any) -> Number | None:
    return number_from_json(found)


def _count(found: Any) -> int | None:
    return found if type(found) is int and 0 <= found < 1 << 63 else None


def _optional_text(found: Any) -> str | None:
    return found[:4096] if isinstance(found, str) and found else None
