"""What the header of a raster says about it, as a member of a collection."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..errors import UnsupportedRaster
from ..model.band_times import find_times
from ..model.file_time import find_file_time
from ..model.metadata import RasterMetadata
from ..model.times import Time
from ..reading.flac_raster import FlacRaster
from .member import Member, MemberBand


def describe_member(raster: FlacRaster, href: str, id: str) -> Member:
    """Return the member that an open raster is; no pixel is read.

    Raises `UnsupportedRaster` if it has no CRS or transform, so that it lies nowhere.
    """
    metadata = raster.metadata
    if metadata.crs is None or not metadata.has_transform:
        raise UnsupportedRaster("collection.no_place", raster.name)
    bands = []
    for number, band in enumerate(metadata.bands, start=1):
        known = raster.min_max(number)
        ends = (None, None) if known is None else (known.minimum, known.maximum)
        bands.append(MemberBand(band.description, band.nodata, *ends))
    return Member(
        id,
        href,
        metadata.width,
        metadata.height,
        metadata.dtype,
        tuple(bands),
        metadata.crs,
        metadata.transform,
        time_of(metadata, raster.name),
        raster.source.size,
        raster.head.index.frames_start,
        raster.source.version,
    )


def time_of(metadata: RasterMetadata, name: str) -> Time | None:
    """Return the time of a whole raster: from its first band to its last, if they have times."""
    found = find_times(metadata, [])
    if found is None:
        whole = find_file_time(metadata, name)
        return None if whole is None else whole[0]
    start = min(time.start for time in found.times)
    end = max(time.end or time.start for time in found.times)
    return Time(start, end if end > start else None)


#: What decides the order of members, by its name.
SORT_KEYS: dict[str, Callable[[Member], Any]] = {
    "time": lambda member: (member.time is not None, member.time and member.time.start),
    "id": lambda member: member.id,
    "resolution": lambda member: abs(member.transform[0]) + abs(member.transform[3]),
}
