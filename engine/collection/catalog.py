"""A collection in memory: which members lie in a box and a range of time, without opening any."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

import numpy as np

from ..errors import CorruptFile, UnsupportedVersion
from ..format.statistics import MinMax
from ..model.crs import refusal
from ..model.data_types import Array
from ..model.metadata import number_from_json
from ..model.times import Time, TimeRange
from ..model.transform import Bounds
from .member import Member
from .stac import MemberFile, asset_of_item, dtype_of, file_of_asset, member_of_item, time_of_item

#: Keys ``flac:…`` at the top of a collection: the version of these keys, then what its members have
#: in common.
VERSION, CRS, DTYPE = "flac:collection", "flac:crs", "flac:data_type"
BOUNDS, RESOLUTION, STATISTICS = "flac:bounds", "flac:resolution", "flac:statistics"
OVERVIEW = "flac:overview"
COLLECTION_VERSION = "1.0"
#: In place of the number of a member.
OVERVIEW_NUMBER = -1
#: Start and end of a member without a time, which is in every range.
_EARLIEST, _LATEST = np.iinfo(np.int64).min, np.iinfo(np.int64).max
_EPOCH = datetime(1970, 1, 1)


class Overview(NamedTuple):
    """A raster of all members at a small scale: its name, and the size of its pixels."""

    href: str
    resolution: float


class Collection:
    """What a collection says, in columns, so that 100,000 members are searched in a millisecond.

    Members are numbered from 0 in the order in which they are drawn: the first one lies on top.

    Parameters
    ----------
    name : str
        Path or URL.
    document : mapping
        A STAC ItemCollection with the keys that `item_collection` writes.

    Raises
    ------
    CorruptFile
        If the document is none, or damaged.
    UnsupportedVersion
        If a later release wrote it.
    """

    def __init__(self, name: str, document: Mapping[str, Any]):
        self.name = name
        check_version(name, document)
        try:
            self.crs, self.dtype, self.resolution = _facts(document)
            self.extent = _bounds(document[BOUNDS])
            self.min_max = tuple(map(_min_max, document[STATISTICS]))
            self.overview = _overview(document.get(OVERVIEW))
            self.items: list[Mapping[str, Any]] = list(document["features"])
            places = [
                _bounds(item["properties"][BOUNDS])
                if BOUNDS in item["properties"]
                else member_of_item(item).bounds
                for item in self.items
            ]
            spans = [_ticks(time_of_item(item)) for item in self.items]
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise CorruptFile("collection.json", name, reason=error) from error
        #: Of shape (members, 4), in the CRS of the collection.
        self.bounds: Array = np.array(places, float).reshape(-1, 4)
        #: Microseconds since 1970, of shape (members, 2); the end is not included.
        self.spans: Array = np.array(spans, np.int64).reshape(-1, 2)

    def __len__(self) -> int:
        return len(self.items)

    @property
    def count(self) -> int:
        """Number of bands."""
        return len(self.min_max)

    @property
    def times(self) -> list[Time]:
        """Times of the members, each once, ascending."""
        found = {time_of_item(item) for item in self.items}
        known = (time for time in found if time is not None)
        return sorted(known, key=lambda time: (time.start, time.end or time.start))

    def member(self, number: int) -> Member:
        """Return a member."""
        return member_of_item(self.items[number])

    def file_of(self, number: int) -> MemberFile:
        """Return what a member says about its file, or the overview by `OVERVIEW_NUMBER`."""
        if number == OVERVIEW_NUMBER and self.overview is not None:
            return MemberFile(self.overview.href, None, None, None)
        return file_of_asset(asset_of_item(self.items[number]))

    def find(self, bounds: Bounds | None = None, time: TimeRange | None = None) -> Array:
        """Return the numbers of members that overlap a rectangle and a range of time, in order.

        Parameters
        ----------
        bounds : Bounds, optional
            In the CRS of the collection; members that only touch it do not count.
        time : TimeRange, optional
            Members without a time are in every range.
        """
        chosen = np.ones(len(self), bool)
        if bounds is not None:
            chosen &= overlapping(self.bounds, bounds)
        if time is not None:
            first = _EARLIEST if time.start is None else _microseconds(time.start)
            last = _LATEST if time.end is None else _microseconds(time.end)
            starts, ends = self.spans.T
            chosen &= (starts < last) & (ends > first)
        return np.flatnonzero(chosen)


def overlapping(many: Array, bounds: Bounds) -> Array:
    """Return which of many rectangles, of shape (n, 4), overlap one; to touch does not count."""
    west, south, east, north = bounds
    lefts, bottoms, rights, tops = many.T
    found: Array = (rights > west) & (lefts < east) & (tops > south) & (bottoms < north)
    return found


def check_version(name: str, document: Mapping[str, Any]) -> None:
    """Raise an error unless a document is a collection of this version."""
    if document.get("type") != "FeatureCollection" or not is_own(document):
        raise CorruptFile("collection.not_stac", name)
    version = str(document[VERSION])
    if version.partition(".")[0] != COLLECTION_VERSION.partition(".")[0]:
        raise UnsupportedVersion(
            "collection.version", name, found=f"{version:.20}", expected=COLLECTION_VERSION
        )


def is_own(document: Mapping[str, Any]) -> bool:
    """Whether a document has what makes a STAC ItemCollection one raster."""
    return VERSION in document


def _facts(document: Mapping[str, Any]) -> tuple[str, str, float]:
    crs, resolution = document[CRS], float(document[RESOLUTION])
    reason = refusal(crs)
    if reason is not None:
        raise ValueError(reason)
    if not 0 < resolution < np.inf:
        raise ValueError(f"{RESOLUTION} is not valid")
    return crs, dtype_of(document[DTYPE]), resolution


def _bounds(found: Any) -> Bounds:
    west, south, east, north = (float(value) for value in found)
    if not np.isfinite((west, south, east, north)).all() or west > east or south > north:
        raise ValueError(f"{BOUNDS} is not valid")
    return (west, south, east, north)


def _min_max(found: Any) -> MinMax | None:
    if found is None:
        return None
    low, high = map(number_from_json, found)
    if low is None or high is None:
        raise ValueError(f"{STATISTICS} is not valid")
    return MinMax(low, high)


def _overview(found: Any) -> Overview | None:
    if found is None:
        return None
    href, resolution = found["href"], float(found["resolution"])
    if not isinstance(href, str) or not 0 < resolution < np.inf:
        raise ValueError(f"{OVERVIEW} is not valid")
    return Overview(href, resolution)


def _ticks(time: Time | None) -> tuple[int, int]:
    """Return start and end in microseconds; an instant lasts one."""
    if time is None:
        return _EARLIEST, _LATEST
    start = _microseconds(time.start)
    return start, start + 1 if time.end is None else _microseconds(time.end)


def _microseconds(when: datetime) -> int:
    since = when - _EPOCH
    return (since.days * 86400 + since.seconds) * 1_000_000 + since.microseconds


def union(bounds: Iterable[Bounds]) -> Bounds:
    """Return the smallest rectangle around several."""
    lefts, bottoms, rights, tops = zip(*bounds)
    return (min(lefts), min(bottoms), max(rights), max(tops))
