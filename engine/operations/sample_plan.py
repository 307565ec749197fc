"""Plan what values at points need: pixels, tiles, byte ranges and requests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

import numpy as np

from ..errors import Message
from ..format.tile_set import TileSet
from ..model.band_times import find_times
from ..model.data_types import Array
from ..model.metadata import RasterMetadata, number_to_json
from ..model.time_table import time_table
from ..model.times import Time
from ..reading.flac_raster import FlacRaster
from ..storage.byte_source import FIRST_READ, ByteRange
from ..storage.local_file import LocalFile
from ..storage.ranges import coalesce, exclude_prefix
from .points import Pixels, checked_points, pixels_of_points
from .times import bands_of_time, plain_time


class SampledBand(NamedTuple):
    """A band of a series.

    Parameters
    ----------
    number : int
        From 1.
    time : Time, optional
    label : str
        What tells bands of one time apart; the description of a band without a time.
    unit : str, optional
    scale, offset : float
        Physical value = pixel * scale + offset.
    """

    number: int
    time: Time | None
    label: str
    unit: str | None
    scale: float
    offset: float

    def to_dict(self) -> dict[str, Any]:
        """Return plain values for JSON."""
        times = {} if self.time is None else plain_time(self.time)
        return {
            "band": self.number,
            **{name: times.get(name) for name in ("time", "start", "end")},
            "label": self.label,
            "unit": self.unit,
            "scale": number_to_json(self.scale),
            "offset": number_to_json(self.offset),
        }


@dataclass(frozen=True, eq=False)
class SamplePlan:
    """What values at points need, known before anything is downloaded.

    Parameters
    ----------
    name : str
        Path or URL of the raster, as messages show it.
    metadata : RasterMetadata
    file_bytes : int
    is_local : bool
        Whether the file is on this computer.
    points : ndarray, shape (points, 2)
        As they were given.
    crs : str, optional
        Theirs; None for that of the raster.
    pixels : Pixels
    bands : tuple of SampledBand
        By time if they have times, else in the order in which they were requested.
    time : str, optional
        What the bands were chosen by.
    tiles : TileSet
        In file order, each once.
    tile_bytes : int
    requests : tuple of (offset, size)
        As of `AreaPlan`.
    downloaded_bytes : int
        As of `AreaPlan`.
    warnings : tuple of str
    """

    name: str
    metadata: RasterMetadata = field(repr=False)
    file_bytes: int
    is_local: bool
    points: Array = field(repr=False)
    crs: str | None
    pixels: Pixels = field(repr=False)
    bands: tuple[SampledBand, ...] = field(repr=False)
    time: str | None
    tiles: TileSet = field(repr=False)
    tile_bytes: int
    requests: tuple[ByteRange, ...]
    downloaded_bytes: int
    warnings: tuple[str, ...] = ()

    @property
    def request_bytes(self) -> int:
        """Size of the requests."""
        return sum(size for _, size in self.requests)

    @property
    def file_fraction(self) -> float:
        """Size of the tiles as a fraction of the file."""
        return self.tile_bytes / self.file_bytes

    @property
    def points_outside(self) -> int:
        """Number of points outside the raster."""
        return int(np.count_nonzero(~self.pixels.inside))

    @property
    def has_times(self) -> bool:
        """Whether the bands show times."""
        return self.bands[0].time is not None

    def totals(self) -> dict[str, Any]:
        """Return everything but the points and bands, as plain values for JSON."""
        return {
            "name": self.name,
            "is_local": self.is_local,
            "crs": self.metadata.crs if self.crs is None else self.crs,
            "time": self.time,
            "point_count": len(self.points),
            "points_outside": self.points_outside,
            "band_count": len(self.bands),
            "tile_count": len(self.tiles),
            "tile_bytes": self.tile_bytes,
            "file_bytes": self.file_bytes,
            "file_fraction": self.file_fraction,
            "request_count": len(self.requests),
            "request_bytes": self.request_bytes,
            "downloaded_bytes": self.downloaded_bytes,
            "warnings": list(self.warnings),
        }


def plan_sample(
    raster: FlacRaster,
    points: Any,
    crs: str | None = None,
    *,
    bands: Sequence[int] | None = None,
    time: str | None = None,
    full_turn: float | None = None,
) -> SamplePlan:
    """Plan the reading of values at points of an open raster; nothing is downloaded.

    Parameters
    ----------
    raster : FlacRaster
    points : sequence of (x, y)
        A point on the edge between two pixels belongs to the one with the higher number.
        Longitudes may be full turns away from those of the raster. NaN is a point without a place.
    crs : str, optional
        Their CRS; default that of the raster. x is east in every CRS.
    bands : sequence of int, optional
        Band numbers from 1; default all.
    time : str, optional
        Instead of band numbers: those of a time, see `plan_area`.
    full_turn : float, optional
        As of `Area`.

    Raises
    ------
    OutsideRaster
        If all points lie outside the raster.
    InputError
        If points are no pairs of numbers, or there is no such band or time.
    MissingDependency
        If the points have another CRS and rasterio, which transforms them, is not installed.
    """
    array = checked_points(points)
    pixels, warnings = pixels_of_points(raster, array, crs, full_turn)
    numbers = bands_of_time(raster.metadata, raster.name, time, bands)
    tiles = _tiles(raster, pixels, numbers)
    chosen = _described(raster.metadata, numbers)
    stored = raster.head.index.stored(tiles)
    is_local = isinstance(raster.source, LocalFile)
    requests = (
        coalesce(exclude_prefix(stored.ranges, FIRST_READ))
        if is_local
        else raster.source.planned_requests(stored.ranges)
    )
    plan = SamplePlan(
        name=raster.name,
        metadata=raster.metadata,
        file_bytes=raster.source.size,
        is_local=is_local,
        points=array,
        crs=crs,
        pixels=pixels,
        bands=chosen,
        time=time,
        tiles=tiles,
        tile_bytes=int(stored.sizes.sum()),
        requests=tuple(requests),
        downloaded_bytes=raster.source.downloaded,
        warnings=warnings,
    )
    outside = plan.points_outside
    if not outside:
        return plan
    code = "points.some_outside" if outside > 1 else "points.one_of_some_outside"
    values: dict[str, Any] = {"found": outside, "expected": len(array)}
    return replace(plan, warnings=(*warnings, Message(code, raster.name, **values)))


def _described(metadata: RasterMetadata, numbers: Sequence[int] | None) -> tuple[SampledBand, ...]:
    """Return what the chosen bands show, by time if they have times."""
    found = find_times(metadata, [])
    table = None if found is None else time_table(found)
    labels = [band.description or "" for band in metadata.bands]
    if found is not None:
        labels = list(found.labels)
    for row in () if table is None else table.bands:
        for label, number in zip(table.labels, row):  # type: ignore[union-attr]
            if number is not None:
                labels[number - 1] = label
    chosen = []
    for number in range(1, metadata.count + 1) if numbers is None else numbers:
        band = metadata.bands[number - 1]
        time = None if found is None else found.times[number - 1]
        facts = (band.unit, band.scale, band.offset)
        chosen.append(SampledBand(number, time, labels[number - 1], *facts))
    if found is not None:
        chosen.sort(key=lambda band: band.time.start)  # type: ignore[union-attr]
    return tuple(chosen)


def _tiles(raster: FlacRaster, pixels: Pixels, numbers: Sequence[int] | None) -> TileSet:
    """Return the tiles with some bands at points, each once, in file order."""
    level = raster.levels[0]
    starts = raster.tiles_in(bands=numbers).bands
    blocks = np.unique(blocks_of(raster, pixels)[pixels.inside])
    count = len(starts)
    chosen = (blocks[:, np.newaxis] * count + np.arange(count)).ravel()
    return TileSet(level, range(level.tile_rows), range(level.tile_columns), starts, chosen)


def blocks_of(raster: FlacRaster, pixels: Pixels) -> Array:
    """Return the number of the block of each point, counted row by row."""
    level = raster.levels[0]
    size = level.tile_size
    blocks: Array = pixels.rows // size * level.tile_columns + pixels.columns // size
    return blocks
