"""Find the pixels that a bbox overlaps, for transforms with any rotation.

The bbox becomes a polygon of pixel positions, which is clipped to the level.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from math import isfinite
from numbers import Real

import numpy as np

from ..errors import InputError
from .data_types import Array
from .grid import Level, Window
from .transform import Bounds, Transform, map_to_pixel

#: Tolerance in pixels for positions on a pixel edge, so that a rounding error of the inverse
#: transform does not add a row of pixels.
_EDGE = 1e-6
#: Distance in pixels beyond the raster that does not count as outside, because bounds are rounded.
_REACH = 0.01
#: ``(x, y)`` on the map, or ``(column, row)`` in a raster.
Position = tuple[float, float]


def check_bounds(bounds: Bounds) -> None:
    """Raise `InputError` unless bounds are ordered, finite numbers."""
    corners = tuple(bounds) if isinstance(bounds, Iterable) else (bounds,)
    wrong = len(corners) != 4 or not all(isinstance(x, Real) and isfinite(x) for x in corners)
    if wrong or bounds[0] > bounds[2] or bounds[1] > bounds[3]:
        raise InputError("area.bbox", found=f"{corners!s:.200}")


def window_from_bounds(transform: Transform, bounds: Bounds, level: Level) -> Window:
    """Return the smallest window with all pixels of a level that a bbox overlaps, maybe none.

    Pixels that only share an edge with the bbox are not included. A bbox without width or height
    overlaps the pixels that it lies in; on an edge, the one with the higher number. The transform
    is that of the level, rotated or not; the bounds may extend beyond the level. Raises
    `InputError` if they are not ordered, finite numbers.
    """
    check_bounds(bounds)
    xmin, ymin, xmax, ymax = bounds
    ring = [(xmin, ymin), (xmax, ymin), (xmax, ymax), (xmin, ymax)]
    shape = _with_area([map_to_pixel(transform, x, y) for x, y in ring])
    if not all(math.isfinite(position) for point in shape for position in point):
        raise InputError("area.far", found=bounds)
    for axis, size in enumerate((level.width, level.height)):
        shape = clip(shape, axis, 1, 2 * _EDGE)
        shape = clip(shape, axis, -1, size - 2 * _EDGE)
    if not shape:
        return Window(0, 0, 0, 0)
    (left, width), (top, height) = (
        _covered(min(positions), max(positions)) for positions in zip(*shape)
    )
    return Window(left, top, width, height).intersection(level.window)


def pixels_at(
    transform: Transform, xs: Array, ys: Array, level: Level
) -> tuple[Array, Array, Array]:
    """Return the columns and rows of the pixels at points, and which points lie inside a level.

    They are those that `window_from_bounds` finds for a bbox without width and height; columns and
    rows of points outside are 0.
    """
    with np.errstate(over="ignore", invalid="ignore"):
        positions = map_to_pixel(transform, xs, ys)
    sides = (level.width, level.height)
    inside = np.ones(len(xs), bool)
    for position, size in zip(positions, sides):
        inside &= (position >= -2 * _EDGE) & (position <= size - 2 * _EDGE)  # not where it is NaN
    columns, rows = (
        np.floor(np.maximum(np.where(inside, position, 0), 2 * _EDGE) + _EDGE).astype(np.int64)
        for position in positions
    )
    return columns, rows, inside


def fraction_inside(
    transform: Transform, outline: Sequence[Position], level: Level, *, all_columns: bool = False
) -> float:
    """Return the fraction of the area of a polygon in the raster's CRS that lies inside a level.

    The transform is that of the level. With ``all_columns``, columns continue beyond the first and
    the last.
    """
    shape = whole = _with_area([map_to_pixel(transform, x, y) for x, y in outline])
    reaches_out = False
    for axis, size in enumerate((level.width, level.height)):
        if axis or not all_columns:
            positions = [point[axis] for point in whole]
            reaches_out |= min(positions) < -_REACH or max(positions) > size + _REACH
            shape = clip(clip(shape, axis, 1, 0), axis, -1, size)
    return _area(shape) / _area(whole) if reaches_out else 1.0


def _area(shape: Sequence[Position]) -> float:
    """Return the area of a polygon, relative to its first corner to avoid rounding errors."""
    if not shape:
        return 0.0
    x, y = shape[0]
    moved = [(px - x, py - y) for px, py in shape]
    doubled = sum(px * qy - qx * py for (px, py), (qx, qy) in zip(moved, moved[1:]))
    return abs(doubled) / 2


def _with_area(shape: list[Position]) -> list[Position]:
    """Return a polygon, or a thin rectangle instead of a point or a line along an axis."""
    sides = [(min(positions), max(positions)) for positions in zip(*shape)]
    if all(high - low >= 4 * _EDGE for low, high in sides):
        return shape
    (left, right), (top, bottom) = ((low, max(high, low + 4 * _EDGE)) for low, high in sides)
    return [(left, top), (right, top), (right, bottom), (left, bottom)]


def clip(shape: list[Position], axis: int, sign: int, limit: float) -> list[Position]:
    """Clip a convex polygon to positions above a limit, or below it if the sign is -1."""
    kept: list[Position] = []
    for here, there in zip(shape, shape[1:] + shape[:1]):
        inside, next_inside = (sign * (point[axis] - limit) for point in (here, there))
        if inside >= 0:
            kept.append(here)
        if (inside >= 0) != (next_inside >= 0):
            share = inside / (inside - next_inside)
            other = here[1 - axis] + share * (there[1 - axis] - here[1 - axis])
            kept.append((limit, other) if axis == 0 else (other, limit))
    return kept


def _covered(low: float, high: float) -> tuple[int, int]:
    """Return the first pixel and the number of pixels, at least one, of ``low..high``."""
    first = math.floor(low + _EDGE)
    return first, max(math.ceil(high - _EDGE) - first, 1)
