"""Make the overview of a collection: one raster of all members at a small scale.

A view of a whole archive would open every raster of it. The overview is a picture: pixels are those
of coarse levels of the members, the nearest ones in the CRS of the collection.
"""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np

from ..collection.catalog import Collection
from ..collection.hrefs import href_of
from ..collection.members import Members
from ..collection.reading import Frame
from ..job import Job
from ..storage.output import check_output
from ..writing.options import WriteOptions
from ..writing.writer import write_raster
from .collection_raster import CollectionRaster
from .flac_files import OVERVIEW_SUFFIX

#: Members up to which a view of all of them is quick without.
FEW = 16
#: Size of an overview, as a part of that of its members: level 5 has 1/1024 of their pixels.
_LEVEL = 5
#: Most pixels on a side, and most of all.
_MAX_SIDE, _MAX_PIXELS = 32768, 1 << 28


def overview_path(target: Path) -> Path:
    """Return the path of the overview of a collection."""
    stem = target.name.lower().rpartition(".json")[0]
    return target.with_name(target.name[: len(stem)] + OVERVIEW_SUFFIX)


def write_overview(members: Members, path: Path, job: Job) -> dict[str, object]:
    """Write the overview of a collection, and return what the collection says about it.

    Members that cannot be read are left out of it.
    """
    collection = members.collection
    check_output(path, overwrite=True)
    west, south, east, north = collection.extent
    resolution = _resolution(collection)
    width = max(math.ceil((east - west) / resolution), 1)
    height = max(math.ceil((north - south) / resolution), 1)
    raster = CollectionRaster(
        members,
        Frame.of(collection),
        [collection.member(number) for number in range(len(collection))],
        (resolution, 0.0, west, 0.0, -resolution, north),
        width,
        height,
        range(1, collection.count + 1),
        job,
        leaves_out=True,
    )
    write_raster(raster, path, WriteOptions(), job)
    return {"href": href_of(collection.name, str(path)), "resolution": resolution}


def _resolution(collection: Collection) -> float:
    """Return the pixel size of the overview in units of the CRS of the collection."""
    west, south, east, north = collection.extent
    columns = [collection.member(number).width for number in range(len(collection))]
    widths = (collection.bounds[:, 2] - collection.bounds[:, 0]) / columns
    resolution: float = np.median(widths).item() * 2**_LEVEL
    least = max(
        (east - west) / _MAX_SIDE,
        (north - south) / _MAX_SIDE,
        math.sqrt((east - west) * (north - south) / _MAX_PIXELS),
    )
    while resolution < least:
        resolution *= 2
    return resolution
