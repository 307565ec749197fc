"""Write a collection: members in order, as a STAC ItemCollection."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np

from ..errors import InputError, Message
from ..format.statistics import MinMax
from ..model.data_types import Array
from ..model.metadata import number_to_json
from ..model.transform import Bounds, edge_points
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

#: Given two CRSs, return how to get arrays of coordinates from the first to the second; what has no
#: place there becomes infinite.
Transforms = Callable[[str, str], Callable[[Array, Array], "tuple[Array, Array]"]]


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
    members: Sequence[Indexed], crs: str | None, transforms: Transforms
) -> dict[str, Any]:
    """Return the document of a collection.

    Parameters
    ----------
    members : sequence of Indexed
        At least one, with equal data types and numbers of bands; the first one lies on top.
    crs : str, optional
        Of the collection; default the most frequent one of its members.
    transforms : callable
        See `Transforms`.

    Raises
    ------
    InputError
        If a member has no place in the CRS of the collection.
    """
    codes = Counter(each.member.crs for each in members)
    crs = crs or codes.most_common(1)[0][0]
    all_bounds = _bounds_in(crs, [each.member for each in members], transforms)
    items = []
    for each, bounds in zip(members, all_bounds):
        item = item_of_member(each.member, each.geometry, each.bbox, each.modified)
        if each.member.crs != crs:
            item["properties"][BOUNDS] = list(bounds)
        items.append(item)
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


def _bounds_in(crs: str, members: Sequence[Member], transforms: Transforms) -> list[Bounds]:
    """Return the bounds of members in the CRS of the collection.

    Those in another CRS reach a pixel beyond points along the edges, as edges are curves there.
    """
    found = [member.bounds for member in members]
    others: dict[str, list[int]] = {}
    for number, member in enumerate(members):
        if member.crs != crs:
            others.setdefault(member.crs, []).append(number)
    for other, numbers in others.items():
        chosen = [members[number] for number in numbers]
        points = [edge_points(each.transform, each.width, each.height) for each in chosen]
        xs, ys = transforms(other, crs)(*np.array(points).reshape(-1, 2).T)
        xs, ys = xs.reshape(len(chosen), -1), ys.reshape(len(chosen), -1)
        lows, highs = np.stack([xs, ys]).min(-1).T, np.stack([xs, ys]).max(-1).T
        for number, low, high in zip(numbers, lows, highs):
            if not np.isfinite([low, high]).all():
                raise InputError(
                    "crs.no_place",
                    found=members[number].bounds,
                    source=other[:60],
                    target=crs[:60],
                    reason=Message("crs.undefined"),
                )
            size = (high - low) / (members[number].width, members[number].height)
            # rounded by less than a pixel: fewer digits take less room
            digits = math.ceil(-math.log10(size.min()))
            (left, bottom), (right, top) = np.round(
                [low - 2 * size, high + 2 * size], digits
            ).tolist()
            found[number] = (left, bottom, right, top)
    return found


def _min_max(bands: Sequence[MemberBand]) -> list[Any] | None:
    """Return the extremes of one band of all members; None if no member says them."""
    known = MinMax.union(
        MinMax(band.minimum, band.maximum)
        for band in bands
        if band.minimum is not None and band.maximum is not None
    )
    return None if known is None else [number_to_json(value) for value in known]
