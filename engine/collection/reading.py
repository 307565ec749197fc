"""Read a view of a collection from its files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
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
from .catalog import OVERVIEW_NUMBER, Collection, overlapping
from .members import Members
from .mosaic import Drawn, draw
from .placement import Placement, ToMember, View, place

#: Members that are read at once.
_THREADS = 6
#: Pixels of a view that an overview serves, in pixels of the overview: GDAL's rule for overviews.
_MIN_REDUCTION = 1 / 1.2
#: Given the CRS of the collection and that of a member, return how to get from one to the other.
Transforms = Callable[[str, str], ToMember]


@dataclass(frozen=True)
class Frame:
    """The members that are drawn, from the top down, and where they are in the CRS of the view.

    Parameters
    ----------
    crs : str
    numbers : ndarray of int, shape (n,)
    bounds : ndarray, shape (n, 4)
    """

    crs: str
    numbers: Array
    bounds: Array

    @classmethod
    def of(cls, collection: Collection, time: TimeRange | None = None) -> Frame:
        """Return the members of a range of time, in the CRS of the collection."""
        numbers = collection.find(time=time)
        return cls(collection.crs, numbers, collection.bounds[numbers])

    @classmethod
    def for_view(cls, members: Members, view: View, time: TimeRange | None = None) -> Frame:
        """Return what draws a view: the overview if its pixels are small enough, else members.

        The overview is one of all times.
        """
        collection = members.collection
        overview = collection.overview
        is_wide = overview and min(view.pixel_size) >= overview.resolution * _MIN_REDUCTION
        if not is_wide or time is not None or OVERVIEW_NUMBER in members.failures:
            return cls.of(collection, time)
        bounds = np.array([collection.extent])
        return cls(collection.crs, np.array([OVERVIEW_NUMBER]), bounds)


def read_view(
    members: Members,
    frame: Frame,
    view: View,
    bands: Sequence[int],
    transforms: Transforms,
    job: Job = NO_JOB,
) -> tuple[Array, Array]:
    """Return the pixels of a view; see `flac_raster_qgis.engine.collection.mosaic.draw`.

    Parameters
    ----------
    members : Members
    frame : Frame
    view : View
        In the CRS of the frame.
    bands : sequence of int
        Numbers from 1.
    transforms : callable
        See `Transforms`.
    job : Job, optional
    """

    def read(n: int) -> Drawn | None:
        number = int(frame.numbers[n])
        opened = members.open(number)
        if opened is None:
            return None
        try:
            placed = _placed(frame, n, opened.raster, view, transforms)
            return None if placed is None else _read(opened.raster, placed, bands, job)
        except Cancelled:
            raise
        except FlacRasterError as error:
            members.fail(number, error)
            return None

    with ThreadPoolExecutor(_THREADS, "flac-raster-members") as pool:
        return draw(
            view,
            np.flatnonzero(overlapping(frame.bounds, view.bounds)).tolist(),
            frame.bounds,
            read,
            count=len(bands),
            dtype=np.dtype(members.collection.dtype),
            pool=pool,
            job=job,
        )


def _placed(
    frame: Frame, n: int, raster: FlacRaster, view: View, transforms: Transforms
) -> Placement | None:
    """Return the pixels of an open member that a view shows; None if there are none."""
    metadata = raster.metadata
    to_member = None
    if metadata.crs is not None and metadata.crs != frame.crs:
        to_member = transforms(frame.crs, metadata.crs)
    bounds: Bounds = tuple(frame.bounds[n].tolist())
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
