"""Plan what a read of an area needs: pixels, tiles, byte ranges and requests.

A plan is made once, from the file header alone. It is what `query` returns, what the dock shows and
what `extract` carries out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np

from ..errors import InputError, RemoteChanged
from ..job import NO_JOB, Job
from ..model.data_types import Array
from ..model.grid import Window
from ..model.metadata import RasterMetadata
from ..model.raster import MaskedPixels
from ..model.transform import Bounds, Transform, level_transform, window_bounds, window_transform
from ..reading.flac_raster import FlacRaster
from ..storage.byte_source import FIRST_READ, ByteRange
from ..storage.cache import Cache
from ..storage.local_file import LocalFile
from ..storage.ranges import coalesce, exclude_prefix
from .area import Area, find_level, find_parts, resolution_warnings, widen_to_tiles
from .json_stream import stream_json
from .longitudes import AreaWindow
from .opening import RasterName, open_flac
from .passes import Passes, tiles_of
from .planned_tiles import PlannedTiles
from .tile_filter import filter_tiles
from .times import bands_of_time


@dataclass(frozen=True)
class AreaPlan:
    """Plan of a read of an area.

    Parameters
    ----------
    source : path, URL or FlacRaster
        What `read` and `extract` open.
    name : str
        Path or URL of the raster, as messages show it.
    identity : str
        Identity of the source when the plan was made; a source that has changed is not read.
    area : Area
    metadata : RasterMetadata
        Metadata of the whole raster.
    file_bytes : int
    is_local : bool
        Whether the file is on this computer, so that nothing is downloaded.
    level : int
        Pyramid level.
    levels : int
        Number of levels of the raster.
    bands : tuple of int
        Requested bands, from 1.
    parts : tuple of AreaWindow
        Pixels of the area, from left to right: two parts where the area continues from one end of a
        global raster at the other, else one.
    tiles : PlannedTiles
        Tiles in file order; with a condition, those that match it or may match it.
    tiles_in_area : int
        Number of tiles in the area, with or without a condition.
    where : str, optional
        The condition.
    time : str, optional
        What the bands were chosen by.
    statistics_level : int, optional
        The file lists the minimum and maximum of cells of ``2**level`` tiles, see
        `flac_raster_qgis.engine.format.statistics`; None if it lists none.
    requests : tuple of (offset, size)
        Requests to a web server for these tiles, after the first read that opens the file: adjacent
        ranges in one request, without what is in memory already. For a local file, the requests if
        it were on a web server.
    downloaded_bytes : int
        Bytes downloaded to open the file: all of it if the server does not support range requests,
        0 for a local file.
    outside_fraction : float
        Fraction of the bbox, by area, that lies outside the raster.
    warnings : tuple of str
        One sentence each: what lies outside, or that no level is as fine as requested.
    """

    source: RasterName = field(repr=False, compare=False)
    name: str
    identity: str
    area: Area
    metadata: RasterMetadata = field(repr=False)
    file_bytes: int
    is_local: bool
    level: int
    levels: int
    bands: tuple[int, ...]
    parts: tuple[AreaWindow, ...]
    tiles: PlannedTiles
    tiles_in_area: int
    where: str | None
    statistics_level: int | None
    requests: tuple[ByteRange, ...]
    downloaded_bytes: int = 0
    outside_fraction: float = 0.0
    warnings: tuple[str, ...] = ()
    time: str | None = None

    # ---------------------------------------------------------------- pixels

    @property
    def crs(self) -> str | None:
        """CRS of the raster."""
        return self.metadata.crs

    @property
    def window(self) -> Window:
        """All pixels: for two parts, as if columns continued past the last column of the level."""
        return self.parts[0].window._replace(width=sum(part.window.width for part in self.parts))

    @property
    def windows(self) -> tuple[Window, ...]:
        """Windows of the parts, inside the level."""
        return tuple(part.window for part in self.parts)

    @property
    def transform(self) -> Transform:
        """Transform of the area, which may be full turns away from the raster."""
        whole = level_transform(self.metadata.transform, self.level)
        a, b, c, *rest = window_transform(whole, self.window)
        return (a, b, c + self.parts[0].shift, *rest)  # type: ignore[return-value]

    @property
    def bounds(self) -> Bounds:
        """Bounds of the pixels, in the raster's CRS."""
        return window_bounds(self.transform, self.window.relative_to(self.window))

    @property
    def is_whole_level(self) -> bool:
        """Whether the area is all of the level, at the raster's own longitudes."""
        return self.parts[0].window == self.tiles.keys.level.window and not self.parts[0].shift

    @property
    def uncompressed_bytes(self) -> int:
        """Size of the pixels."""
        size = np.dtype(self.metadata.dtype).itemsize
        return self.window.width * self.window.height * len(self.bands) * size

    def with_whole_tiles(self) -> AreaPlan:
        """Return the plan of all pixels of the same tiles."""
        return replace(self, parts=widen_to_tiles(self.tiles.keys.level, self.parts))

    # ---------------------------------------------------------------- bytes

    @cached_property
    def ranges(self) -> tuple[ByteRange, ...]:
        """Byte ranges of the tiles, adjacent ones merged."""
        return tuple(coalesce(self.tiles.stored.ranges, gap=0, largest=self.file_bytes))

    @property
    def tile_bytes(self) -> int:
        """Size of the tiles."""
        return self.tiles.bytes

    @property
    def request_bytes(self) -> int:
        """Size of the requests."""
        return sum(size for _, size in self.requests)

    @property
    def bytes_to_read(self) -> int:
        """Size of what is still to be read: tiles of a local file, requests to a server."""
        return self.tile_bytes if self.is_local else self.request_bytes

    @property
    def file_fraction(self) -> float:
        """Size of the tiles as a fraction of the file."""
        return self.tile_bytes / self.file_bytes

    # ---------------------------------------------------------------- reading

    @contextmanager
    def open(
        self, *, workers: int | None = None, cache: Cache | None = None, job: Job = NO_JOB
    ) -> Iterator[FlacRaster]:
        """Open the source for the length of a ``with`` block; see `open_flac`.

        Raises
        ------
        RemoteChanged, InputError
            If the source has changed since the plan was made.
        """
        with open_flac(self.source, workers=workers, cache=cache, job=job) as raster:
            if raster.source.identity != self.identity:
                kind = InputError if self.is_local else RemoteChanged
                raise kind("area.plan_changed", self.name)
            yield raster

    def read(self, *, job: Job = NO_JOB) -> Array:
        """Read the pixels.

        Parameters
        ----------
        job : Job, optional

        Returns
        -------
        ndarray, shape (bands, window.height, window.width), of the raster's dtype
        """
        self.check_complete()
        with self.open(job=job) as raster:
            parts = [
                raster.read(window, self.level, self.tiles.bands, job=job.silent)
                for window in self.windows
            ]
        return parts[0] if len(parts) == 1 else np.concatenate(parts, axis=2)

    def check_complete(self) -> None:
        """Raise `InputError` if a condition left out tiles, whose pixels would be missing."""
        if self.where is not None:
            raise InputError("area.plan_with_condition", self.name, found=f"{self.where!r:.200}")

    def passes(self, raster: FlacRaster) -> Passes:
        """Return how the open source is read."""
        return Passes(raster, self.parts, self.tiles.keys, len(self.bands))

    def placed(self, window: Window, block: MaskedPixels) -> Iterator[tuple[Window, MaskedPixels]]:
        """Yield the pixels of a block that belong to the area, with their window in the area."""
        array, mask = block
        for part in self.parts:
            common = window.intersection(part.window)
            if not (common.width and common.height):
                continue
            rows, columns = common.relative_to(window).slices
            inside = common.relative_to(part.window)
            yield (
                inside._replace(col_off=inside.col_off + part.column),
                (array[:, rows, columns], None if mask is None else mask[rows, columns]),
            )

    # ---------------------------------------------------------------- reports

    def totals(self) -> dict[str, Any]:
        """Return everything but the tiles, ranges and requests, as plain values for JSON."""
        return {
            "name": self.name,
            "is_local": self.is_local,
            "crs": self.crs,
            "level": self.level,
            "levels": self.levels,
            "bands": list(self.bands),
            "time": self.time,
            "window": self.window._asdict(),
            "windows": [window._asdict() for window in self.windows],
            "transform": list(self.transform),
            "bounds": list(self.bounds),
            "outside_fraction": self.outside_fraction,
            "warnings": list(self.warnings),
            "where": self.where,
            "statistics_level": self.statistics_level,
            "tiles_in_area": self.tiles_in_area,
            "tile_count": len(self.tiles),
            "empty_tiles": self.tiles.empty_count,
            "tile_bytes": self.tile_bytes,
            "file_bytes": self.file_bytes,
            "file_fraction": self.file_fraction,
            "request_count": len(self.requests),
            "request_bytes": self.request_bytes,
            "downloaded_bytes": self.downloaded_bytes,
        }

    def without_tiles(self) -> dict[str, Any]:
        """Return everything but the tiles, as plain values for JSON."""
        return {
            **self.totals(),
            "ranges": [list(byte_range) for byte_range in self.ranges],
            "requests": [list(byte_range) for byte_range in self.requests],
        }

    def to_dict(self) -> dict[str, Any]:
        """Return plain values for JSON."""
        return {**self.without_tiles(), "tiles": [tile.to_dict() for tile in self.tiles]}

    def to_json(self) -> Iterator[str]:
        """Yield `to_dict` as pieces of text, for any number of tiles."""
        return stream_json(self.without_tiles(), "tiles", (tile.to_dict() for tile in self.tiles))

    def to_geojson(self) -> dict[str, Any]:
        """Return the footprints of the tiles as GeoJSON.

        Coordinates are those of the raster, exact and with straight edges. Where its CRS is not
        EPSG:4326, the member ``crs`` names it: this was part of GeoJSON until 2016, and GDAL, QGIS
        and GeoPandas read it. Web maps, which expect longitude and latitude, need ``ogr2ogr
        -t_srs EPSG:4326`` first.
        """
        return {**self._collection(), "features": [tile.to_feature() for tile in self.tiles]}

    def to_geojson_text(self) -> Iterator[str]:
        """Yield `to_geojson` as pieces of text, for any number of tiles."""
        features = (tile.to_feature() for tile in self.tiles)
        return stream_json(self._collection(), "features", features)

    def _collection(self) -> dict[str, Any]:
        """Return the GeoJSON without its features."""
        collection: dict[str, Any] = {"type": "FeatureCollection"}
        if self.crs != "EPSG:4326":
            named = {"type": "name", "properties": {"name": self.crs}}
            collection["crs"] = None if self.crs is None else named
        return collection


def plan_area(
    raster: FlacRaster,
    area: Area = Area(),  # noqa: B008 (frozen)
    *,
    level: int | None = None,
    resolution: float | None = None,
    bands: Sequence[int] | None = None,
    where: str | None = None,
    time: str | None = None,
    source: RasterName | None = None,
) -> AreaPlan:
    """Plan the read of an area of an open raster; nothing is downloaded.

    Parameters
    ----------
    raster : FlacRaster
    area : Area
        Default: the whole raster.
    level : int, optional
        Pyramid level; default 0, full resolution.
    resolution : float, optional
        Maximum pixel size in units of the raster's CRS, instead of a level: chooses the coarsest
        level with pixels no larger than this, or level 0 if there is none.
    bands : sequence of int, optional
        Band numbers from 1; default all.
    where : str, optional
        Leave out tiles whose statistics exclude a match, such as ``"max > 2000"``: see
        `flac_raster_qgis.engine.operations.tile_filter`.
    time : str, optional
        Instead of band numbers: those of a time, such as ``"2020-07"``, ``"2020-01..2020-06"`` or
        ``"all"``, see `flac_raster_qgis.engine.model.times.TimeRange`.
    source : path or URL, optional
        What the plan opens later; default the open raster itself.

    Raises
    ------
    OutsideRaster
        If the area lies outside the raster.
    DisjointArea
        If the area reaches both ends of a raster that does not wrap around.
    InputError
        If there is no such level, tile, band or time, if the condition cannot be parsed, or if the
        file does not list the statistics that it needs.
    MissingDependency
        If the bbox has another CRS and rasterio, which transforms it, is not installed.
    """
    bands = bands_of_time(raster.metadata, raster.name, time, bands)
    chosen = find_level(raster, level, resolution)
    parts, outside_fraction, warnings = find_parts(raster, area, chosen)
    if resolution is not None:
        warnings += resolution_warnings(raster, resolution, chosen)
    in_area = tiles_of(raster, chosen, parts, bands)
    keys = in_area if where is None else filter_tiles(raster, in_area, where, bands)
    tiles = PlannedTiles(raster, keys, bands)
    statistics, is_local = raster.head.statistics, isinstance(raster.source, LocalFile)
    numbers = range(1, raster.metadata.count + 1) if bands is None else bands
    requests: list[ByteRange] = []
    for plan in Passes(raster, parts, keys, len(numbers)).plans_with_requests():
        requests += (
            coalesce(exclude_prefix(plan.stored.ranges, FIRST_READ)) if is_local else plan.requests
        )
    return AreaPlan(
        source=raster if source is None else source,
        name=raster.name,
        identity=raster.source.identity,
        area=area,
        metadata=raster.metadata,
        file_bytes=raster.source.size,
        is_local=is_local,
        level=chosen.number,
        levels=len(raster.levels),
        bands=tuple(numbers),
        parts=parts,
        tiles=tiles,
        tiles_in_area=len(in_area),
        where=where,
        statistics_level=None if statistics is None else statistics.level,
        requests=tuple(requests),
        downloaded_bytes=raster.source.downloaded,
        outside_fraction=outside_fraction,
        warnings=warnings,
        time=time,
    )
