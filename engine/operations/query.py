"""Say which tiles and bytes an area needs, without fetching them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from ..grid import (
    Bounds,
    TileKey,
    Transform,
    Window,
    level_transform,
    window_bounds,
    window_corners,
)
from ..metadata import number_to_json
from ..parallel import IsCancelled, never_cancelled
from ..plan import Plan
from ..reader import FlacRaster
from ..remote.cache import Cache
from ..remote.ranges import beyond, coalesce
from ..source import FIRST_READ, ByteRange, LocalFile
from ..statistics import Extremes
from .area import Area, Selection, select
from .changed import once_more_if_changed
from .opening import RasterName, open_flac
from .where import tiles_where

#: Bytes of pixels in a row of tiles that is read in one pass.
_PASS_BYTES = 16 << 20


@dataclass(frozen=True)
class QueriedTile:
    """A tile that an area needs.

    Parameters
    ----------
    key : TileKey
    number : int
        Of its square in the level, row by row from 0: what `Area` calls a tile.
    bands : tuple of int
        That it holds, from 1.
    window : Window
        Its pixels in the level.
    corners : tuple of (x, y)
        In the raster's CRS, from the upper left one on, row direction first.
    offset, size : int
        Its bytes in the file; size 0 for a tile of nothing but nodata.
    extremes : Extremes, optional
        Smallest and largest valid pixel of full resolution in its place, of the bands asked for;
        None without any, or where they are not known.
    band_extremes : tuple of (Extremes or None), optional
        The same for each of its bands; None where the file lists none, or only those of squares
        larger than the tile.
    """

    key: TileKey
    number: int
    bands: tuple[int, ...]
    window: Window
    corners: tuple[tuple[float, float], ...]
    offset: int
    size: int
    extremes: Extremes | None = None
    band_extremes: tuple[Extremes | None, ...] | None = None

    def attributes(self) -> dict[str, Any]:
        """Return what there is to say of the tile, besides its place on the map."""
        low, high = self.extremes or (None, None)
        lows = highs = None
        if self.band_extremes is not None:
            pairs = [found or (None, None) for found in self.band_extremes]
            lows, highs = ([number_to_json(value) for value in values] for values in zip(*pairs))
        return {
            "tile": self.number,
            "level": self.key.level,
            "row": self.key.row,
            "column": self.key.column,
            "bands": ",".join(map(str, self.bands)),
            "offset": self.offset,
            "size": self.size,
            "width": self.window.width,
            "height": self.window.height,
            "min": number_to_json(low),
            "max": number_to_json(high),
            "band_min": lows,
            "band_max": highs,
        }


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
    tiles : tuple of QueriedTile
        In the order of the file; with a condition, those of which it holds, or may hold.
    area_tiles : int
        Tiles of the area, with or without a condition.
    where : str, optional
        The condition.
    statistics_level : int, optional
        The file lists smallest and largest pixels of squares of ``2**level`` tiles, see
        `flac_raster_qgis.engine.statistics`; None if it does not.
    ranges : tuple of (offset, size)
        The bytes of these tiles, those of neighbours together.
    requests : tuple of (offset, size)
        What is fetched from a web server to have them, after the first read that opens the file:
        near ranges in one request, and nothing that is in memory already. For a local file, what
        would be fetched if it lay on a web server.
    outside_fraction : float
        How much of a bbox lies outside the raster, a part of its area.
    warnings : tuple of str
        A sentence that says so.
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
    tiles: tuple[QueriedTile, ...]
    area_tiles: int
    where: str | None
    statistics_level: int | None
    ranges: tuple[ByteRange, ...]
    requests: tuple[ByteRange, ...]
    outside_fraction: float = 0.0
    warnings: tuple[str, ...] = ()

    @property
    def bytes(self) -> int:
        """Of all tiles together."""
        return sum(tile.size for tile in self.tiles)

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
            "empty_tiles": sum(not tile.size for tile in self.tiles),
            "bytes": self.bytes,
            "file_bytes": self.file_bytes,
            "share": self.share,
            "request_count": len(self.requests),
            "fetched_bytes": self.fetched_bytes,
        }

    def to_dict(self) -> dict[str, Any]:
        """Return plain values for JSON."""
        return {
            **self.totals(),
            "ranges": [list(byte_range) for byte_range in self.ranges],
            "requests": [list(byte_range) for byte_range in self.requests],
            "tiles": [
                {**tile.attributes(), "corners": [list(corner) for corner in tile.corners]}
                for tile in self.tiles
            ],
        }

    def to_geojson(self) -> dict[str, Any]:
        """Return the footprints of the tiles as GeoJSON.

        Coordinates are those of the raster, exact and with straight edges, so where that is not
        EPSG:4326 the member ``crs`` says what they are: GeoJSON had it until 2016, and GDAL, QGIS
        and GeoPandas read it. Web maps, which expect longitude and latitude, need ``ogr2ogr
        -t_srs EPSG:4326`` first.
        """
        collection: dict[str, Any] = {"type": "FeatureCollection"}
        if self.crs != "EPSG:4326":
            named = {"type": "name", "properties": {"name": self.crs}}
            collection["crs"] = None if self.crs is None else named
        collection["features"] = [
            {
                "type": "Feature",
                "properties": tile.attributes(),
                "geometry": {"type": "Polygon", "coordinates": [_ring(tile.corners)]},
            }
            for tile in self.tiles
        ]
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
    is_cancelled: IsCancelled = never_cancelled,
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
        for, such as ``"max > 2000"``: see `flac_raster_qgis.engine.operations.where`.
    cache : Cache, optional
        See `flac_raster_qgis.engine.operations.opening.open_raster`.
    is_cancelled : callable

    Raises
    ------
    FlacRasterError
        If the raster cannot be opened, or has no such area, level or band; if the condition cannot
        be understood, or the file does not list what it asks for.
    """
    with open_flac(source, cache=cache, is_cancelled=is_cancelled) as raster:
        selection = select(raster, area, level=level, resolution=resolution)
        passes = plan_passes(raster, selection, bands)
        if where is None:
            return queried(raster, selection, bands, passes)
        chosen = [
            raster.plan_tiles(part.window, tiles_where(raster, part.keys, where, bands))
            for part in passes
        ]
        found = queried(raster, selection, bands, chosen)
        return replace(found, where=where, area_tiles=sum(len(part.keys) for part in passes))


def plan_passes(
    raster: FlacRaster, selection: Selection, bands: Sequence[int] | None
) -> list[Plan]:
    """Plan how an area is read: in one pass, from top to bottom, or where it is wide, in several.

    They lie side by side. A raster's tiles seldom end where the blocks of a GeoTIFF do; so that
    those fill up soon, the tiles below must follow before too many others do.
    """
    level = selection.level
    side = level.tile_size
    column_bytes = level.tile_pixels * len(bands or raster.metadata.bands) * raster.dtype.itemsize
    width = max(1, _PASS_BYTES // column_bytes) * side
    return [
        raster.plan(
            Window(left, window.row_off, width, window.height).intersection(window),
            level.number,
            bands,
        )
        for window in _windows_to_read(selection)
        for left in range(window.col_off // side * side, window.col_off + window.width, width)
    ]


def _windows_to_read(selection: Selection) -> list[Window]:
    """Return windows that have no tile in common: of two parts that have, all columns."""
    windows = [part.window for part in selection.parts]
    side = selection.level.tile_size
    first, last = windows[0], windows[-1]
    if len(windows) > 1 and (last.width - 1) // side >= first.col_off // side:
        return [first._replace(col_off=0, width=first.col_off + first.width)]
    return windows


def queried(
    raster: FlacRaster,
    selection: Selection,
    bands: Sequence[int] | None,
    passes: Sequence[Plan],
) -> Query:
    """Describe plans for people and other programs."""
    transform = level_transform(raster.metadata.transform, selection.level.number)
    window = selection.window
    plan = raster.plan_tiles(window, sorted(key for part in passes for key in part.keys))
    statistics = raster.head.statistics
    is_local = isinstance(raster.source, LocalFile)
    requests = [
        request
        for part in passes
        for request in (coalesce(beyond(part.ranges, FIRST_READ)) if is_local else part.fetches)
    ]
    return Query(
        name=raster.name,
        file_bytes=raster.source.size,
        crs=raster.metadata.crs,
        level=selection.level.number,
        levels=len(raster.levels),
        bands=tuple(range(1, raster.metadata.count + 1) if bands is None else bands),
        window=window,
        windows=tuple(part.window for part in selection.parts),
        transform=selection.transform(raster.metadata.transform),
        tiles=tuple(
            _tile(raster, selection, bands, transform, key, byte_range)
            for key, byte_range in zip(plan.keys, plan.ranges)
        ),
        area_tiles=len(plan.keys),
        where=None,
        statistics_level=None if statistics is None else statistics.level,
        ranges=tuple(coalesce(plan.ranges, gap=0, largest=raster.source.size)),
        requests=tuple(requests),
        outside_fraction=selection.outside_fraction,
        warnings=selection.warnings,
    )


def _tile(
    raster: FlacRaster,
    selection: Selection,
    bands: Sequence[int] | None,
    transform: Transform,
    key: TileKey,
    byte_range: ByteRange,
) -> QueriedTile:
    statistics, extremes, of_bands = raster.head.statistics, None, None
    if statistics is not None and statistics.level <= key.level:  # of no more than the tile
        of_bands = statistics.of_tile(key)
        first = key.band
        asked = raster.grid.asked_bands(key, bands)
        extremes = Extremes.around(of_bands[band - first] for band in asked)
    window = raster.grid.tile_window(key)
    return QueriedTile(
        key=key,
        number=key.row * selection.level.columns + key.column,
        bands=tuple(band + 1 for band in raster.grid.tile_band_range(key)),
        window=window,
        corners=window_corners(transform, window),
        offset=byte_range[0],
        size=byte_range[1],
        extremes=extremes,
        band_extremes=of_bands,
    )


def _ring(corners: Sequence[tuple[float, float]]) -> list[list[float]]:
    """Close a ring, and turn it as GeoJSON wants it: counterclockwise."""
    doubled_area = sum(
        x * next_y - next_x * y
        for (x, y), (next_x, next_y) in zip(corners, (*corners[1:], corners[0]))
    )
    turned = corners if doubled_area > 0 else corners[::-1]
    return [list(corner) for corner in (*turned, turned[0])]
