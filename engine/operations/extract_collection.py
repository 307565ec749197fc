"""Write an area of a collection as one GeoTIFF of exact pixels, if its rasters share a grid."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from time import monotonic
from typing import Any

import numpy as np

from ..collection.catalog import Collection
from ..collection.member import Member
from ..collection.reading import Frame
from ..errors import InputError, OutsideRaster
from ..job import NO_JOB, Job
from ..model.arguments import band_indexes
from ..model.grid import Grid, Window
from ..model.overlap import window_from_bounds
from ..model.times import TimeRange
from ..model.transform import Bounds, Transform, window_transform
from ..parallel.executors import resolve_workers
from ..storage.cache import Cache
from ..storage.output import PathLike, check_output, file_size, local_output
from .area import Area
from .collection_raster import CollectionRaster
from .geotiff import GEOTIFF_SUFFIXES, write_geotiff
from .open_collection import open_collection
from .opening import RasterName, suffix_of

#: Pixels on each side of the blocks that are read: tiles on their edges are decoded twice.
_BLOCK = 2048
#: Difference of positions on a grid that counts as none, in pixels.
_SAME = 1e-3


@dataclass(frozen=True)
class CollectionExtract:
    """Result of `extract_collection`.

    Parameters
    ----------
    output : str
    rasters : tuple of str
        Ids of the members that the area touches, from the top down.
    crs : str
    window : Window
        Size of the output.
    bands : tuple of int
    output_bytes : int
    seconds : float
    warnings : tuple of str
        What the output could not keep, one sentence each.
    """

    output: str
    rasters: tuple[str, ...]
    crs: str
    window: Window
    bands: tuple[int, ...]
    output_bytes: int
    seconds: float
    warnings: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return plain values for JSON."""
        return {
            **self.__dict__,
            "rasters": list(self.rasters),
            "window": self.window._asdict(),
            "bands": list(self.bands),
            "warnings": list(self.warnings),
        }


def extract_collection(
    source: RasterName,
    /,
    output: PathLike,
    area: Area | None = None,
    *,
    bands: Sequence[int] | None = None,
    time: str | None = None,
    cog: bool = False,
    overwrite: bool = False,
    workers: int | None = None,
    cache: Cache | None = None,
    job: Job = NO_JOB,
) -> CollectionExtract:
    """Write an area of a collection as GeoTIFF: exact pixels, the first raster on top.

    Parameters
    ----------
    source : path or URL
        A collection, see `flac_raster_qgis.engine.operations.index.index`.
    output : path
        ``.tif`` or ``.tiff``.
    area : Area, optional
        Only a bbox; default all of the collection.
    bands : sequence of int, optional
        Numbers from 1; default all.
    time : str, optional
        Only rasters of a time, see `flac_raster_qgis.engine.model.times.TimeRange`.
    cog, overwrite, workers, cache : optional
        See `flac_raster_qgis.engine.operations.extract.extract`.
    job : Job, optional
        Its progress counts pixels written.

    Raises
    ------
    OutsideRaster
        If no raster lies in the area.
    InputError
        If those in the area are not on one grid, so that pixels would have to be moved.
    FlacRasterError
        Also if a member cannot be read: nothing is left out. An existing output is left unchanged.
    """
    started, area = monotonic(), area or Area()
    path = local_output(output)
    if path.suffix.lower() not in GEOTIFF_SUFFIXES:
        raise InputError("output.geotiff_suffix", path, found=suffix_of(path))
    if area.tile is not None:
        raise InputError("collection.no_tiles")
    check_output(path, overwrite=overwrite)
    with open_collection(source, cache=cache, job=job) as members:
        collection = members.collection
        chosen = [n + 1 for n in band_indexes(bands, collection.count, collection.name)]
        grid = _common_grid(collection, area, time)
        place = (grid.transform, grid.width, grid.height)
        raster = CollectionRaster(members, grid.frame, grid.members, *place, chosen, job)
        metadata = raster.metadata
        warnings = write_geotiff(
            path,
            metadata,
            ((window, raster.read_window(window)) for window in _windows(grid)),
            operation="operation.extraction",
            threads=resolve_workers(workers),
            cog=cog,
            overview_resampling="auto" if cog else "none",
            job=job,
        )
    return CollectionExtract(
        os.fspath(path),
        tuple(member.id for member in grid.members),
        grid.frame.crs,
        Window(0, 0, metadata.width, metadata.height),
        tuple(chosen),
        file_size(path),
        monotonic() - started,
        warnings,
    )


@dataclass(frozen=True)
class _CommonGrid:
    """The members in an area, and the area on the grid that they share."""

    frame: Frame
    members: tuple[Member, ...]
    #: Of the first pixel of the area.
    transform: Transform
    width: int
    height: int


def _common_grid(collection: Collection, area: Area, time: str | None) -> _CommonGrid:
    name = collection.name
    in_collection = _bounds_in(collection.crs, area, collection)
    numbers = collection.find(in_collection, None if time is None else TimeRange.parse(time))
    if not len(numbers) and time is not None and len(collection.find(in_collection)):
        raise OutsideRaster("collection.no_time", name, found=time)
    if not len(numbers):
        raise OutsideRaster("collection.nothing_there", name)
    members = [collection.member(n) for n in numbers.tolist()]
    _check_one_grid(members)
    first = members[0]
    bounds = np.array([member.bounds for member in members])
    (west, south), (east, north) = bounds[:, :2].min(0).tolist(), bounds[:, 2:].max(0).tolist()
    a, _, c, _, e, f = first.transform
    across, down = abs(a), abs(e)
    # the corner of a pixel on the first member's grid, north up
    left, top = round((west - c) / across), round((north - f) / down)
    whole = (across, 0.0, c + left * across, 0.0, -down, f + top * down)
    width, height = round((east - west) / across), round((north - south) / down)
    level = Grid.pyramid(width, height, 1, 256).levels[0]
    window = level.window
    if area.bbox is not None:
        window = window_from_bounds(whole, _bounds_in(first.crs, area, collection), level)
        if not window.width or not window.height:
            raise OutsideRaster("collection.nothing_there", name)
    frame = Frame(first.crs, numbers, bounds)
    transform = window_transform(whole, window)
    return _CommonGrid(frame, tuple(members), transform, window.width, window.height)


def _bounds_in(crs: str, area: Area, collection: Collection) -> Bounds:
    """Return the bbox of an area in a CRS; that of the collection without one."""
    if area.bbox is None:
        return collection.extent
    given = area.crs or collection.crs
    if given == crs:
        return area.bbox
    # not at the top: to open a collection must not need rasterio
    from ..rasterio_io.crs import transform_bounds

    return transform_bounds(area.bbox, given, crs)


def _check_one_grid(members: Sequence[Member]) -> None:
    """Raise `InputError` that names the first member whose pixels lie elsewhere."""
    first = members[0]
    a, b, c, d, e, f = first.transform
    for member in members:
        ma, mb, mc, md, me, mf = member.transform
        shifts = ((mc - c) / a, (mf - f) / e)
        is_aligned = (
            member.crs == first.crs
            and b == d == mb == md == 0
            and abs(abs(ma / a) - 1) * member.width < _SAME
            and abs(abs(me / e) - 1) * member.height < _SAME
            and all(abs(shift - round(shift)) < _SAME for shift in shifts)
        )
        if not is_aligned:
            raise InputError("collection.grids", member.id, other=first.id)


def _windows(grid: _CommonGrid) -> Iterator[Window]:
    for top in range(0, grid.height, _BLOCK):
        for left in range(0, grid.width, _BLOCK):
            size = min(_BLOCK, grid.width - left), min(_BLOCK, grid.height - top)
            yield Window(left, top, *size)
