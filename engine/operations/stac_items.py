"""Collections of others: STAC item collections and static catalogs of FLAC rasters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime
from itertools import islice
from typing import Any

from ..collection.catalog import is_own
from ..collection.describe import describe_member
from ..collection.document import read_document
from ..collection.hrefs import href_of, target_of
from ..collection.item_collection import Indexed, item_collection
from ..collection.members import OpenRaster
from ..collection.stac import (
    Undescribed,
    asset_of_item,
    bbox_of_item,
    id_of_item,
    member_of_item,
    time_of_item,
)
from ..errors import CorruptFile, InputError
from ..job import NO_JOB, Job
from ..model.times import Time
from ..parallel.ordered import Call, map_ordered
from ..storage.urls import redact

#: Catalogs inside each other, and items of all of them, at most.
_DEEPEST, _MAX_ITEMS = 8, 100_000
#: Headers and documents that are read at once.
_PARALLEL = 16


def own_document(
    name: str, document: Mapping[str, Any], open_raster: OpenRaster, job: Job = NO_JOB
) -> Mapping[str, Any]:
    """Return a document of STAC as `index` would have written it: one of its own as it is.

    Items that say all about their rasters are taken at their word; the headers of others are read.
    Those that are no FLAC raster are left out. The newest lies on top.

    Parameters
    ----------
    name : str
        Path or URL of the document.
    document : mapping
    open_raster : callable
        See `flac_raster_qgis.engine.collection.members.OpenRaster`.
    job : Job, optional

    Raises
    ------
    CorruptFile
        If it is no STAC, or has no FLAC raster.
    InputError
        If its rasters differ in data type or number of bands.
    FlacRasterError
        If a catalog inside of it, or the header of a raster, cannot be read.
    """
    if is_own(document):
        return document
    items = list(islice(_items(name, document, {name}, 0, job), _MAX_ITEMS + 1))
    if len(items) > _MAX_ITEMS:
        raise InputError("collection.too_many", redact(name), expected=_MAX_ITEMS)
    with ThreadPoolExecutor(_PARALLEL, "flac-raster-stac") as pool:
        calls = (Call(place, _indexed, name, place, item, open_raster) for place, item in items)
        found = map_ordered(pool, calls, in_flight=4 * _PARALLEL, job=job)
        members = [indexed for indexed in found if indexed is not None]
    if not members:
        raise CorruptFile("collection.no_assets", redact(name))
    first = members[0].member
    for each in members:
        kind = each.member.dtype, len(each.member.bands)
        if kind != (first.dtype, len(first.bands)):
            raise InputError(
                "collection.differs",
                each.member.id,
                found_bands=kind[1],
                found=kind[0],
                other=first.id,
                bands=len(first.bands),
                expected=first.dtype,
            )
    # not at the top: a collection of our own must open without rasterio
    from ..rasterio_io.crs import point_transform

    members.sort(key=lambda each: each.member.id)
    members.sort(key=lambda each: _start(each.member.time), reverse=True)
    return item_collection(members, None, point_transform)


def _start(time: Time | None) -> datetime:
    return datetime.min if time is None else time.start


def _items(
    name: str, document: Mapping[str, Any], seen: set[str], depth: int, job: Job
) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield items, each with the document that its names are relative to.

    Documents that have been ``seen`` are not read again, so that catalogs may form circles.
    """
    kind = document.get("type")
    if kind == "FeatureCollection":
        yield from ((name, item) for item in _mappings(document, "features"))
    elif kind == "Feature":
        yield name, document
    elif kind in ("Catalog", "Collection") and depth <= _DEEPEST:
        for link in _mappings(document, "links"):
            href = link.get("href")
            if link.get("rel") not in ("item", "items", "child") or not isinstance(href, str):
                continue
            place = target_of(name, href)
            if place not in seen and len(seen) <= _MAX_ITEMS:
                seen.add(place)
                yield from _items(place, read_document(place, job=job), seen, depth + 1, job)
    else:
        raise CorruptFile("collection.not_stac", redact(name))


def _mappings(document: Mapping[str, Any], key: str) -> Sequence[Mapping[str, Any]]:
    found = document.get(key)
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def _indexed(
    name: str, place: str, item: Mapping[str, Any], open_raster: OpenRaster
) -> Indexed | None:
    """Return the member that an item describes; None if it is no FLAC raster."""
    try:
        asset, bbox, time = asset_of_item(item), bbox_of_item(item), time_of_item(item)
        geometry = item.get("geometry")
        if bbox is None or not isinstance(geometry, dict):
            return None
        target = target_of(place, asset["href"])
        href = href_of(name, target)
        try:
            member = replace(member_of_item(item), href=href)
        except Undescribed:
            with open_raster(target, None) as raster:
                described = describe_member(raster, href, id_of_item(item))
            member = replace(described, time=time or described.time)
    except ValueError:  # it is not valid STAC
        return None
    return Indexed(member, geometry, bbox, datetime(1970, 1, 1))
