"""Read a view of a collection from its files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np

from ..errors import Cancelled, FlacRasterError
from ..job import NO_JOB, Job
from ..model.data_types import Array
from ..model.grid import Window
from ..model.nodata import alpha_band, valid_mask
from ..model.times import TimeRange
from ..model.transform import Bounds
from ..reading.flac_raster import FlacRaster
from .members import Members
from .mosaic import Drawn, draw
from .placement import Placement, ToMember, View, place

#: Members that are read at once.
_THREADS = 6
#: Given the CRS of the collection and that of a member, return how to get from one to the other.
Transforms = Callable[[str, str], ToMember]


def read_view(
    members: Members,
    view: View,
    bands: Sequence[int],
    transforms: Transforms,
    *,
    time: TimeRange | None = None,
    job: Job = NO_JOB,
) -> tuple[Array, Array]:
    """Return the pixels of a view; see `flac_raster_qgis.engine.collection.mosaic.draw`.

    Parameters
    ----------
    members : Members
    view : View
        In the CRS of the collection.
    bands : sequence of int
        Numbers from 1.
    transforms : callable
        See `Transforms`.
    time : TimeRange, optional
    job : Job, optional
    """
    collection = members.collection

    def read(number: int) -> Drawn | None:
        opened = members.open(number)
        if opened is None:
            return None
        try:
            placed = place_member(members, number, opened.raster, view, transforms)
            return None if placed is None else _read(opened.raster, placed, bands, job)
        except Cancelled:
            raise
        except FlacRasterError as error:
            members.fail(number, error)
            return None

    with ThreadPoolExecutor(_THREADS, "flac-raster-members") as pool:
        return draw(
            view,
            collection.find(view.bounds, time).tolist(),
            collection.bounds,
            read,
            count=len(bands),
            dtype=np.dtype(collection.dtype),
            pool=pool,
            job=job,
        )


def place_member(
    members: Members, number: int, raster: FlacRaster, view: View, transforms: Transforms
) -> Placement | None:
    """Return the pixels of an open member that a view shows; None if there are none."""
    collection, metadata = members.collection, raster.metadata
    to_member = None
    if metadata.crs is not None and metadata.crs != collection.crs:
        to_member = transforms(collection.crs, metadata.crs)
    bounds: Bounds = tuple(collection.bounds[number].tolist())
    return place(view, bounds, raster.grid, metadata.transform, to_member)


def _read(raster: FlacRaster, placed: Placement, bands: Sequence[int], job: Job) -> Drawn | None:
    """Read the smallest window that has all pixels, and take them from it."""
    (top, height), (left, width) = map(_span, (placed.rows, placed.columns))
    metadata, chosen = raster.metadata, [number - 1 for number in bands]
    alpha = alpha_band(metadata)
    needed = chosen if alpha is None or alpha in chosen else [*chosen, alpha]
    window = Window(left, top, width, height)
    stored, mask = raster.read_masked(
        window, placed.level.number, [band + 1 for band in needed], job=job.silent
    )
    if alpha is not None:
        opaque = stored[needed.index(alpha)] != 0
        mask = opaque if mask is None else mask & opaque
    valid = np.stack(
        [valid_mask(plane, metadata.nodata[band], mask) for plane, band in zip(stored, chosen)]
    )
    rows, columns = placed.rows - top, placed.columns - left
    if rows.ndim == 1:
        at: Any = (..., rows[:, np.newaxis], columns)
        inside = (placed.rows >= 0)[:, np.newaxis] & (placed.columns >= 0)
    else:
        at, inside = (..., rows, columns), placed.rows >= 0
    # -1 outside takes any pixel, which is not valid then
    return placed.part, stored[: len(chosen)][at], valid[at] & inside


def _span(positions: Array) -> tuple[int, int]:
    """Return the first pixel of an axis, and their number up to the last one."""
    inside = positions[positions >= 0]
    first = int(inside.min())
    return first, int(inside.max()) - first + 1
