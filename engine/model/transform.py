"""Affine transforms: pixels and map coordinates."""

from __future__ import annotations

import math
from typing import TypeVar

from ..errors import InputError
from .data_types import Array
from .grid import Grid, TileKey, Window

#: Affine transform ``(a, b, c, d, e, f)``: ``x = a * column + b * row + c``, ``y = d * column + e *
#: row + f``.
Transform = tuple[float, float, float, float, float, float]
#: ``(xmin, ymin, xmax, ymax)`` in the units of the CRS.
Bounds = tuple[float, float, float, float]

_Position = TypeVar("_Position", float, Array)

IDENTITY: Transform = (1.0, 0.0, 0.0, 0.0, 1.0, 0.0)


def level_transform(transform: Transform, level: int) -> Transform:
    """Return the transform of a level: same origin, pixels ``2**level`` times as large."""
    a, b, c, d, e, f = transform
    factor = float(2**level)
    return (a * factor, b * factor, c, d * factor, e * factor, f)


def window_transform(transform: Transform, window: Window) -> Transform:
    """Return the transform of a window of a raster."""
    x, y = pixel_to_map(transform, window.col_off, window.row_off)
    a, b, _, d, e, _ = transform
    return (a, b, x, d, e, y)


def pixel_to_map(
    transform: Transform, column: _Position, row: _Position
) -> tuple[_Position, _Position]:
    """Return the map coordinates of a pixel position; integers are pixel corners."""
    a, b, c, d, e, f = transform
    return (a * column + b * row + c, d * column + e * row + f)


def map_to_pixel(transform: Transform, x: _Position, y: _Position) -> tuple[_Position, _Position]:
    """Return the pixel position ``(column, row)`` of map coordinates.

    Raises `InputError` if the transform is singular.
    """
    a, b, c, d, e, f = transform
    determinant = a * e - b * d
    if determinant == 0 or not math.isfinite(determinant):
        raise InputError("transform.singular", found=transform)
    return (
        (e * (x - c) - b * (y - f)) / determinant,
        (a * (y - f) - d * (x - c)) / determinant,
    )


def window_corners(transform: Transform, window: Window) -> tuple[tuple[float, float], ...]:
    """Return the map coordinates of the four corners, clockwise from the upper left."""
    left, top = window.col_off, window.row_off
    right, bottom = left + window.width, top + window.height
    return tuple(
        pixel_to_map(transform, column, row)
        for column, row in ((left, top), (right, top), (right, bottom), (left, bottom))
    )


def tile_corners(transform: Transform, grid: Grid, key: TileKey) -> tuple[tuple[float, float], ...]:
    """Return the map coordinates of the corners of a tile; see `window_corners`."""
    return window_corners(level_transform(transform, key.level), grid.tile_window(key))


#: Points on each edge of `edge_points`.
EDGE_POINTS = 21


def edge_points(transform: Transform, width: int, height: int) -> list[tuple[float, float]]:
    """Return the map coordinates of points along the edges of a raster, clockwise.

    Edges are curves in other CRSs. Every `EDGE_POINTS`-th point is a corner, from the upper left.
    """
    shares = [n / EDGE_POINTS for n in range(EDGE_POINTS)]
    positions = [
        *((width * share, 0.0) for share in shares),
        *((float(width), height * share) for share in shares),
        *((width * (1 - share), float(height)) for share in shares),
        *((0.0, height * (1 - share)) for share in shares),
    ]
    return [pixel_to_map(transform, column, row) for column, row in positions]


def window_bounds(transform: Transform, window: Window) -> Bounds:
    """Return the bounds of a window, for a transform with any rotation."""
    xs, ys = zip(*window_corners(transform, window))
    return (min(xs), min(ys), max(xs), max(ys))
