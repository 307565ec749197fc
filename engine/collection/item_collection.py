"""Write a collection: members in order, as a STAC ItemCollection."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ..format.statistics import MinMax
from ..model.metadata import number_to_json
from ..model.transform import Bounds
from .catalog import (
    BOUNDS,
    COLLECTION_VERSION,
    CRS,
    DTYPE,
    RESOLUTION,
    STATISTICS,
    VERSION,
    union,
)
from .member import Member, MemberBand
from .stac import bbox_of_item, item_of_member, member_of_item, modified_of_item, stac_dtype

#: Return the bounds in the second CRS of a rectangle in the first one.
TransformBounds = Callable[[Bounds, str, str], Bounds]


@dataclass(frozen=True)
class Indexed:
    """A member, and what STAC wants besides.

    Parameters
    ----------
    member : Member
    geometry : mapping
        GeoJSON, in longitudes and latitudes.
    bbox : sequence of float
        Bounds of the geometry.
    modified : datetime
        When the file was written; naive, in UTC.
    """

    member: Member
    geometry: Mapping[str, Any]
    bbox: Sequence[float]
    modified: datetime

    @classmethod
    def of_item(cls, item: Mapping[str, Any]) -> Indexed | None:
        """Return what an item of a collection says; None if its header has to be read again."""
        try:
            member, bbox = member_of_item(item), bbox_of_item(item)
            modified = modified_of_item(item) or datetime(1970, 1, 1)
        except ValueError:
            return None
        geometry = item.get("geometry")
        if bbox is None or not isinstance(geometry, dict):
            return None
        return cls(member, geometry, bbox, modified)


def item_collection(
    members: Sequence[Indexed], crs: str | None, transform_bounds: TransformBounds
) -> dict[str, Any]:
    """Return the document of a collection.

    Parameters
    ----------
    members : sequence of Indexed
        At least one, with equal data types and numbers of bands; the first one lies on top.
    crs : str, optional
        Of the collection; default the most frequent one of its members.
    transform_bounds : callable
        Raises `FlacRasterError` if a member has no place in the CRS of the collection.
    """
    codes = Counter(each.member.crs for each in members)
    crs = crs or codes.most_common(1)[0][0]
    items, all_bounds = [], []
    for each in members:
        item = item_of_member(each.member, each.geometry, each.bbox, each.modified)
        bounds = each.member.bounds
        if each.member.crs != crs:
            bounds = transform_bounds(bounds, each.member.crs, crs)
            item["properties"][BOUNDS] = list(bounds)
        items.append(item)
        all_bounds.append(bounds)
    first = members[0].member
    return {
        "type": "FeatureCollection",
        VERSION: COLLECTION_VERSION,
        CRS: crs,
        DTYPE: stac_dtype(first.dtype),
        BOUNDS: list(union(all_bounds)),
        RESOLUTION: min(
            (right - left) / each.member.width
            for each, (left, _, right, _) in zip(members, all_bounds)
        ),
        STATISTICS: [
            _min_max([each.member.bands[number] for each in members])
            for number in range(len(first.bands))
        ],
        "features": items,
    }


def _min_max(bands: Sequence[MemberBand]) -> list[Any] | None:
    """Return the extremes of one band of all members; None if no member says them."""
    known = MinMax.union(
        MinMax(band.minimum, band.maximum)
        for band in bands
        if band.minimum is not None and band.maximum is not None
    )
    return None if known is None else [number_to_json(value) for value in known]
