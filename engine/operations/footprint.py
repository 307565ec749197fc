"""Footprints of rasters in longitudes and latitudes, as GeoJSON wants them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from ..model.overlap import Position, clip
from ..model.transform import EDGE_POINTS, Transform, edge_points
from .longitudes import around_ring, corners

_CRS, _TURN = "EPSG:4326", 360.0
_EAST, _NORTH = 180.0, 90.0
#: Of a degree: a tenth of a meter.
_DECIMALS, _SCALE = 6, 1e6


def footprint(
    transform: Transform, width: int, height: int, crs: str
) -> tuple[dict[str, Any], list[float]]:
    """Return the geometry of a raster, and its bbox ``[west, south, east, north]``.

    As in RFC 7946, what crosses the 180th meridian is a MultiPolygon of two parts, and the west of
    its bbox is more than its east. Raises `InputError` if the raster has no place on the globe.
    """
    # not at the top: to search in a collection must not need rasterio
    from ..rasterio_io.crs import transform_ring

    edges = transform_ring(edge_points(transform, width, height), crs, _CRS)
    (west, south, east, north), ring = around_ring(edges, _TURN)
    ring = ring[::EDGE_POINTS]
    if east - west >= _TURN or len(ring) < 4:  # the second encloses a pole
        west, east = -_EAST, _EAST
        ring = corners((west, south, east, north))
    south, north = max(_floor(south), -_NORTH), min(_ceil(north), _NORTH)
    if east <= _EAST:
        return _polygons([ring]), [_floor(west), south, _ceil(east), north]
    shape = list(ring)
    here, beyond = clip(shape, 0, -1, _EAST), clip(shape, 0, 1, _EAST)
    parts = [here, [(x - _TURN, y) for x, y in beyond]]
    return _polygons(parts), [_floor(west), south, _ceil(east - _TURN), north]


def _polygons(rings: Sequence[Sequence[Position]]) -> dict[str, Any]:
    polygons = [[_closed(ring)] for ring in rings if ring]
    if len(polygons) == 1:
        return {"type": "Polygon", "coordinates": polygons[0]}
    return {"type": "MultiPolygon", "coordinates": polygons}


def _closed(ring: Sequence[Position]) -> list[list[float]]:
    """Return a ring counterclockwise, with its first point at the end, too."""
    points = [[round(x, _DECIMALS), round(y, _DECIMALS)] for x, y in ring]
    doubled = sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(points, points[1:] + points[:1]))
    points = points if doubled > 0 else points[::-1]
    return [*points, points[0]]


def _floor(degrees: float) -> float:
    return math.floor(degrees * _SCALE) / _SCALE


def _ceil(degrees: float) -> float:
    return math.ceil(degrees * _SCALE) / _SCALE
