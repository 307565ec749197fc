"""Say which tiles and bytes an area needs, without fetching them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ..format.tile_set import TileSet
from ..job import NO_JOB, Job
from ..model.grid import Bounds, Transform, Window, window_bounds
from ..reading.flac_raster import FlacRaster
from ..storage.byte_source import FIRST_READ, ByteRange
from ..storage.cache import Cache
from ..storage.local_file import LocalFile
from ..storage.ranges import coalesce, exclude_prefix
from .area import Area, Selection, select
from .json_stream import stream_json
from .opening import RasterName, once_more_if_changed, open_flac
from .passes import plan_passes, tiles_of
from .queried_tiles import QueriedTiles
from .tile_filter import select_tiles


@dataclass(frozen=True)
class Query:
    """What an area needs.

    Parameters
    ----------
    name : str
    file_bytes : int
    crs : str or None
    level : int
    levels : int
        That the raster has.
    bands : tuple of int
        Asked for, from 1.
    window : Window
        Pixels of the level that the area covers; of two windows, as if the columns of the level
        counted on beyond its last.
    windows : tuple of Window
        The same inside the level, from left to right: two where the area goes on from one end of a
        global raster at the other.
    transform : Transform
        Of the area, which may be full turns away from the raster.
    tiles : sequence of QueriedTile
        In the order of the file; with a condition, those of which it holds, or may hold.
    area_tiles : int
        Tiles of the area, with or without a condition.
    where : str, optional
        The condition.
    statistics_level : int, optional
        The file lists smallest and largest pixels of squares of ``2**level`` tiles, see
        `flac_raster_qgis.engine.format.statistics`; None if it does not.
    ranges : tuple of (offset, size)
        The bytes of these tiles, those of neighbours together.
    requests : tuple of (offset, size)
        What is fetched from a web server to have them, after the first read that opens the file:
        near ranges in one request, and nothing that is in memory already. For a local file, what
        would be fetched if it lay on a web server.
    downloaded_bytes : int
        Downloaded so far, to open the file: all of it where the server does not support range
        requests. 0 of a local file.
    outside_fraction : float
        How much of a bbox lies outside the raster, a part of its area.
    warnings : tuple of str
        A sentence that says so, or that no level is as fine as was asked for.
    is_local : bool
        The file is on this computer, and nothing of it is downloaded.
    """

    name: str
    file_bytes: int
    crs: str | None
    level: int
    levels: int
    bands: tuple[int, ...]
    window: Window
    windows: tuple[Window, ...]
    transform: Transform
    tiles: QueriedTiles
    area_tiles: int
    where: str | None
    statistics_level: int | None
    ranges: tuple[ByteRange, ...]
    requests: tuple[ByteRange, ...]
    downloaded_bytes: int = 0
    outside_fraction: float = 0.0
    warnings: tuple[str, ...] = ()
    is_local: bool = False

    @property
    def bytes(self) -> int:
        """Of all tiles together."""
        return self.tiles.bytes

    @property
    def fetched_bytes(self) -> int:
        """Of all requests together."""
        return sum(size for _, size in self.requests)

    @property
    def share(self) -> float:
        """Tiles as a part of the file."""
        return self.bytes / self.file_bytes

    @property
    def bounds(self) -> Bounds:
        """Of the area, in the raster's CRS."""
        return window_bounds(self.transform, self.window.relative_to(self.window))

    def totals(self) -> dict[str, Any]:
        """Return everything but the tiles, as plain values for JSON."""
        return {
            "name": self.name,
            "is_local": self.is_local,
            "crs": self.crs,
            "level": self.level,
            "levels": self.levels,
            "bands": list(self.bands),
            "window": self.window._asdict(),
            "windows": [window._asdict() for window in self.windows],
            "transform": list(self.transform),
            "bounds": list(self.bounds),
            "outside_fraction": self.outside_fraction,
            "warnings": list(self.warnings),
            "where": self.where,
            "statistics_level": self.statistics_level,
            "area_tile_count": self.area_tiles,
            "tile_count": len(self.tiles),
            "empty_tiles": self.tiles.empty_count,
            "bytes": self.bytes,
            "file_bytes": self.file_bytes,
            "share": self.share,
            "request_count": len(self.requests),
            "fetched_bytes": self.fetched_bytes,
            "downloaded_bytes": self.downloaded_bytes,
        }

    def to_dict(self) -> dict[str, Any]:
        """Return plain values for JSON."""
        return {**self.without_tiles(), "tiles": [tile.to_dict() for tile in self.tiles]}

    def to_json(self) -> Iterator[str]:
        """Yield `to_dict` as the pieces of a text, of any number of tiles."""
        return stream_json(self.without_tiles(), "tiles", (tile.to_dict() for tile in self.tiles))

    def to_geojson_text(self) -> Iterator[str]:
        """Yield `to_geojson` as the pieces of a text, of any number of tiles."""
        features = (tile.to_feature() for tile in self.tiles)
        return stream_json(self.collection(), "features", features)

    def without_tiles(self) -> dict[str, Any]:
        """Return plain values for JSON, everything but the list of tiles."""
        return {
            **self.totals(),
            "ranges": [list(byte_range) for byte_range in self.ranges],
            "requests": [list(byte_range) for byte_range in self.requests],
        }

    def to_geojson(self) -> dict[str, Any]:
        """Return the footprints of the tiles as GeoJSON.

        Coordinates are those of the raster, exact and with straight edges, so where that is not
        EPSG:4326 the member ``crs`` says what they are: GeoJSON had it until 2016, and GDAL, QGIS
        and GeoPandas read it. Web maps, which expect longitude and latitude, need ``ogr2ogr
        -t_srs EPSG:4326`` first.
        """
        return {**self.collection(), "features": [tile.to_feature() for tile in self.tiles]}

    def collection(self) -> dict[str, Any]:
        """Return the GeoJSON without its features."""
        collection: dict[str, Any] = {"type": "FeatureCollection"}
        if self.crs != "EPSG:4326":
            named = {"type": "name", "properties": {"name": self.crs}}
            collection["crs"] = None if self.crs is None else named
        return collection


@once_more_if_changed
def query(
    source: RasterName,
    area: Area = Area(),  # noqa: B008 (frozen)
    *,
    level: int | None = None,
    resolution: float | None = None,
    bands: Sequence[int] | None = None,
    where: str | None = None,
    cache: Cache | None = None,
    job: Job = NO_JOB,
) -> Query:
    """Say which tiles and bytes an area needs; only the head of the file is read.

    Parameters
    ----------
    source : path, URL or FlacRaster
    area : Area
    level, resolution : optional
        See `flac_raster_qgis.engine.operations.area.select`.
    bands : sequence of int, optional
        Band numbers from 1; default all.
    where : str, optional
        Leave out tiles whose smallest and largest pixels tell that they cannot hold what is looked
        for, such as ``"max > 2000"``: see `flac_raster_qgis.engine.operations.tile_filter`.
    cache : Cache, optional
        See `flac_raster_qgis.engine.operations.opening.open_raster`.
    job : Job, optional

    Raises
    ------
    FlacRasterError
        If the raster cannot be opened, or has no such area, level or band; if the condition cannot
        be understood, or the file does not list what it asks for.
    """
    with open_flac(source, cache=cache, job=job) as raster:
        selection = select(raster, area, level=level, resolution=resolution)
        if where is None:
            return queried(raster, selection, bands)
        needed = tiles_of(raster, selection, bands)
        chosen = select_tiles(raster, needed, where, bands)
        found = queried(raster, selection, bands, chosen)
        return replace(found, where=where, area_tiles=len(needed))


def queried(
    raster: FlacRaster,
    selection: Selection,
    bands: Sequence[int] | None,
    keys: TileSet | None = None,
) -> Query:
    """Describe how an area is read, for people and other programs.

    Parameters
    ----------
    raster : FlacRaster
    selection : Selection
    bands : sequence of int, optional
        Band numbers from 1; default all.
    keys : TileSet, optional
        Those of the area's tiles that are read; default all.
    """
    passes = plan_passes(raster, selection, bands, keys)
    tiles = QueriedTiles(raster, passes.keys, bands)
    statistics = raster.head.statistics
    is_local = isinstance(raster.source, LocalFile)
    requests = [
        request
        for plan in passes.plans_with_requests()
        for request in (
            coalesce(exclude_prefix(plan.stored.ranges, FIRST_READ)) if is_local else plan.requests
        )
    ]
    return Query(
        name=raster.name,
        file_bytes=raster.source.size,
        crs=raster.metadata.crs,
        level=selection.level.number,
        levels=len(raster.levels),
        bands=tuple(range(1, raster.metadata.count + 1) if bands is None else bands),
        window=selection.window,
        windows=tuple(part.window for part in selection.parts),
        transform=selection.transform(raster.metadata.transform),
        tiles=tiles,
        area_tiles=len(tiles),
        where=None,
        statistics_level=None if statistics is None else statistics.level,
        ranges=tuple(coalesce(tiles.stored.ranges, gap=0, largest=raster.source.size)),
        requests=tuple(requests),
        downloaded_bytes=raster.source.downloaded,
        outside_fraction=selection.outside_fraction,
        warnings=selection.warnings,
        is_local=is_local,
    )
