"""Say which tiles and bytes an area needs, without fetching them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ..grid import (
    Bounds,
    TileKey,
    Transform,
    Window,
    level_transform,
    pixel_to_map,
    window_bounds,
    window_transform,
)
from ..parallel import IsCancelled, never_cancelled
from ..plan import Plan
from ..reader import FlacRaster
from ..remote.ranges import beyond, coalesce
from ..source import FIRST_READ, ByteRange, LocalFile
from .area import Area, Selection, select
from .opening import RasterName, open_flac

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
    """

    key: TileKey
    number: int
    bands: tuple[int, ...]
    window: Window
    corners: tuple[tuple[float, float], ...]
    offset: int
    size: int

    def attributes(self) -> dict[str, Any]:
        """Return what there is to say of the tile, besides its place on the map."""
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
        Pixels of the level that the area covers.
    transform : Transform
        Of the window.
    tiles : tuple of QueriedTile
        In the order of the file.
    ranges : tuple of (offset, size)
        The bytes of these tiles, those of neighbours together.
    requests : tuple of (offset, size)
        What is fetched from a web server to have them, after the first read that opens the file:
        near ranges in one request, and nothing that is in memory already. For a local file, what
        would be fetched if it lay on a web server.
    """

    name: str
    file_bytes: int
    crs: str | None
    level: int
    levels: int
    bands: tuple[int, ...]
    window: Window
    transform: Transform
    tiles: tuple[QueriedTile, ...]
    ranges: tuple[ByteRange, ...]
    requests: tuple[ByteRange, ...]

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
        """Of the window, in the raster's CRS."""
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
            "transform": list(self.transform),
            "bounds": list(self.bounds),
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


def query(
    source: RasterName | FlacRaster,
    area: Area = Area(),  # noqa: B008 (frozen)
    *,
    level: int | None = None,
    resolution: float | None = None,
    bands: Sequence[int] | None = None,
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
    is_cancelled : callable

    Raises
    ------
    FlacRasterError
        If the raster cannot be opened, or has no such area, level or band.
    """
    with open_flac(source, is_cancelled=is_cancelled) as raster:
        selection = select(raster, area, level=level, resolution=resolution)
        return queried(raster, selection, bands, plan_passes(raster, selection, bands))


def plan_passes(
    raster: FlacRaster, selection: Selection, bands: Sequence[int] | None
) -> list[Plan]:
    """Plan how an area is read: in one pass, from top to bottom, or where it is wide, in several.

    They lie side by side. A raster's tiles seldom end where the blocks of a GeoTIFF do; so that
    those fill up soon, the tiles below must follow before too many others do.
    """
    level, window = selection.level, selection.window
    side = level.tile_size
    column_bytes = side * side * len(bands or raster.metadata.bands) * raster.dtype.itemsize
    width = max(1, _PASS_BYTES // column_bytes) * side
    return [
        raster.plan(
            Window(left, window.row_off, width, window.height).intersection(window),
            level.number,
            bands,
        )
        for left in range(window.col_off // side * side, window.col_off + window.width, width)
    ]


def queried(
    raster: FlacRaster,
    selection: Selection,
    bands: Sequence[int] | None,
    passes: Sequence[Plan],
) -> Query:
    """Describe plans for people and other programs."""
    transform = level_transform(raster.metadata.transform, selection.level.number)
    plan = raster.plan(selection.window, selection.level.number, bands)
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
        window=plan.window,
        transform=window_transform(transform, plan.window),
        tiles=tuple(
            _tile(raster, selection, transform, key, byte_range)
            for key, byte_range in zip(plan.keys, plan.ranges)
        ),
        ranges=tuple(coalesce(plan.ranges, gap=0, largest=raster.source.size)),
        requests=tuple(requests),
    )


def _tile(
    raster: FlacRaster,
    selection: Selection,
    transform: Transform,
    key: TileKey,
    byte_range: ByteRange,
) -> QueriedTile:
    window = raster.grid.tile_window(key)
    left, top = window.col_off, window.row_off
    right, bottom = left + window.width, top + window.height
    return QueriedTile(
        key=key,
        number=key.row * selection.level.columns + key.column,
        bands=tuple(band + 1 for band in raster.grid.tile_band_range(key)),
        window=window,
        corners=tuple(
            pixel_to_map(transform, column, row)
            for column, row in ((left, top), (right, top), (right, bottom), (left, bottom))
        ),
        offset=byte_range[0],
        size=byte_range[1],
    )


def _ring(corners: Sequence[tuple[float, float]]) -> list[list[float]]:
    """Close a ring, and turn it as GeoJSON wants it: counterclockwise."""
    doubled_area = sum(
        x * next_y - next_x * y
        for (x, y), (next_x, next_y) in zip(corners, (*corners[1:], corners[0]))
    )
    turned = corners if doubled_area > 0 else corners[::-1]
    return [list(corner) for corner in (*turned, turned[0])]
