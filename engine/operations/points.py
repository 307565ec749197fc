"""Find the pixels at points: in any CRS, at longitudes full turns away, in rotated rasters."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from ..errors import InputError, OutsideRaster
from ..model.data_types import Array
from ..model.grid import Level
from ..model.overlap import pixels_at
from ..reading.flac_raster import FlacRaster
from .area import pixel_coordinates, short_crs
from .longitudes import (
    LONGEST_TURN,
    LongitudeGrid,
    bounds_text,
    full_turn,
    shifts_of_points,
)


class Pixels(NamedTuple):
    """Pixels of level 0 at some points.

    Parameters
    ----------
    columns, rows : ndarray of int64
        0 for points outside.
    inside : ndarray of bool
        Whether each point lies in the raster.
    """

    columns: Array
    rows: Array
    inside: Array


def checked_points(points: Any) -> Array:
    """Return points as an array of shape (points, 2); raise `InputError` if they are none.

    NaN is a point without a place, which lies outside.
    """
    try:
        array = np.array(points, np.float64, ndmin=2)
    except (TypeError, ValueError):
        array = np.empty((1, 0))
    if array.shape[1:] != (2,) or not len(array):
        raise InputError("points.type", found=f"{points!r:.80}")
    return array


def pixels_of_points(
    raster: FlacRaster, points: Array, crs: str | None, turn: float | None = None
) -> tuple[Pixels, tuple[str, ...]]:
    """Find the pixels of level 0 at points of shape (points, 2); see `plan_sample`.

    Also returns a warning if ground control points are all that says where the raster lies.
    """
    metadata, (level, *_) = raster.metadata, raster.levels
    xs, ys = points.T
    if crs is not None and not isinstance(crs, str):
        raise InputError("points.crs_type", found=f"{crs!r:.80}")
    if crs is not None and crs != metadata.crs:
        if metadata.crs is None:
            raise InputError("points.no_crs", raster.name, crs=short_crs(crs))
        # not at the top: to read a FLAC raster must not need rasterio
        from ..rasterio_io.crs import transform_points

        xs, ys = transform_points(xs, ys, crs, metadata.crs)
    found = Pixels(*pixels_at(metadata.transform, xs, ys, level))
    if not found.inside.all():
        found = _full_turns_away(raster, xs, ys, found, level, turn)
    if not found.inside.any():
        raise OutsideRaster(
            "points.outside" if len(points) > 1 else "points.one_outside",
            raster.name,
            found=_position(points[0]),
            count=len(points),
            expected=bounds_text(metadata.bounds),
            crs=short_crs(metadata.crs),
        )
    counted = pixel_coordinates(raster.name, metadata, "points.counts_pixels")
    return found, () if counted is None else (counted,)


def _full_turns_away(
    raster: FlacRaster, xs: Array, ys: Array, found: Pixels, level: Level, turn: float | None
) -> Pixels:
    """Find the points outside again, at other longitudes, if x is one."""
    first, _, last, _ = raster.metadata.bounds
    if max(abs(first), abs(last)) > 2 * LONGEST_TURN:  # it takes long to look up whether it is
        return found
    own = full_turn(raster.metadata.crs) if turn is None else turn
    grid = LongitudeGrid(raster.name, raster.metadata.transform, level, own or None)
    is_longitude = np.abs(xs) <= 2 * LONGEST_TURN  # others are metres by mistake
    shifts = shifts_of_points(grid, xs, found.inside | ~is_longitude)
    return Pixels(*pixels_at(raster.metadata.transform, xs - shifts, ys, level))


def _position(point: Array) -> str:
    return f"({point[0]:.10g}, {point[1]:.10g})"
