"""Describe a collection, without opening any of its members."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from ..collection.catalog import Collection, is_own
from ..collection.document import read_document
from ..job import NO_JOB, Job
from ..model.metadata import number_to_json
from ..model.times import Time
from ..storage.urls import redact
from .opening import RasterName, display_name


def _span(times: Sequence[Time]) -> dict[str, Any] | None:
    if not times:
        return None
    return {"count": len(times), "first": str(times[0]), "last": str(times[-1])}


def collection_info(source: RasterName, /, *, job: Job = NO_JOB) -> dict[str, Any] | None:
    """Describe a collection.

    Parameters
    ----------
    source : path or URL
    job : Job, optional

    Returns
    -------
    dict or None
        Plain values, ready for strict JSON. None for JSON that is something else.

    Raises
    ------
    FlacRasterError
    """
    name = display_name(source)
    document = read_document(name, job=job)
    if not is_own(document):
        return None
    collection = Collection(name, document)
    members = [collection.member(number) for number in range(len(collection))]
    sizes = [member.file_bytes for member in members]
    times = collection.times
    return {
        "name": redact(name),
        "rasters": len(members),
        "crs": collection.crs,
        "members_crs": dict(Counter(member.crs for member in members).most_common()),
        "dtype": collection.dtype,
        "bounds": list(collection.extent),
        "resolution": collection.resolution,
        "bands": [
            {
                "description": members[0].bands[number].description if members else None,
                "minimum": known and number_to_json(known.minimum),
                "maximum": known and number_to_json(known.maximum),
            }
            for number, known in enumerate(collection.min_max)
        ],
        "times": _span(times),
        "file_bytes": None if None in sizes else sum(size for size in sizes if size is not None),
        "members": [
            {"id": member.id, "href": member.href, "time": member.time and str(member.time)}
            for member in members
        ],
    }
