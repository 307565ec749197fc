"""The grid of an array of xarray: its dimensions of rows and columns, and where they lie."""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import xarray

from ..errors import InputError
from ..model.data_types import Array
from ..model.transform import IDENTITY, Transform

#: Of each axis: names of dimensions, standard names and units of their coordinates.
_NAMES = {
    "x": ("x", "lon", "longitude", "long", "easting", "rlon", "projection_x_coordinate"),
    "y": ("y", "lat", "latitude", "northing", "rlat", "projection_y_coordinate"),
}
_STANDARD_NAMES = {
    "x": ("projection_x_coordinate", "longitude", "grid_longitude"),
    "y": ("projection_y_coordinate", "latitude", "grid_latitude"),
}
_UNITS = {
    "x": ("degrees_east", "degree_east", "degree_e", "degrees_e"),
    "y": ("degrees_north", "degree_north", "degree_n", "degrees_n"),
}
#: How far a step may be from the others, beside the rounding of coordinates.
_TOLERANCE = 1e-3
#: How far a transform that a file states may be from its coordinates, in pixels.
_SAME = 1e-3
#: Coordinate of the first pixel, and the step to the next, which is 0 for a single pixel.
_Line = tuple[float, float]


@dataclass(frozen=True)
class GridAxes:
    """Dimensions of rows and columns of an array.

    Parameters
    ----------
    y, x : hashable
        Names of the dimensions.
    flips_y, flips_x : bool
        Whether the raster has rows and columns in the opposite order: it goes from north to south
        and from west to east.
    transform : Transform, optional
        None without coordinates.
    """

    y: Hashable
    x: Hashable
    flips_y: bool
    flips_x: bool
    transform: Transform | None


def find_dimensions(array: xarray.DataArray) -> tuple[Hashable, Hashable] | None:
    """Return the dimensions of rows and columns; None if it has not both."""
    found = [_find(array, axis) for axis in ("y", "x")]
    if None in found or found[0] == found[1]:
        return None
    return found[0], found[1]


def _find(array: xarray.DataArray, axis: str) -> Hashable | None:
    described = {name: array.coords[name].attrs for name in array.dims if name in array.coords}
    for name, attributes in described.items():
        is_axis = str(attributes.get("axis", "")).lower() == axis
        if is_axis or attributes.get("standard_name") in _STANDARD_NAMES[axis]:
            return name
    for name, attributes in described.items():
        if str(attributes.get("units", "")).lower() in _UNITS[axis]:
            return name
    for known in _NAMES[axis]:
        for name in array.dims:
            if str(name).lower() == known:
                return name
    return None


def grid_axes(array: xarray.DataArray, mapping: Mapping[str, Any], name: str) -> GridAxes:
    """Return the grid of an array.

    Parameters
    ----------
    array : xarray.DataArray
    mapping : mapping
        Attributes of its grid mapping.
    name : str
        For messages.

    Raises
    ------
    InputError
        If it has no dimensions of rows and columns, or these are not evenly spaced.
    """
    dimensions = find_dimensions(array)
    if dimensions is None:
        raise InputError("xarray.no_grid", name, found=", ".join(map(str, array.dims)) or "none")
    y, x = dimensions
    stated = _geotransform(mapping.get("GeoTransform"))
    if y not in array.coords or x not in array.coords:
        return GridAxes(y, x, False, False, None if stated == IDENTITY else stated)
    rows, columns = (_line(array.coords[each], each, name) for each in (y, x))
    if stated == IDENTITY and _fits(stated, rows, columns, (array.sizes[y], array.sizes[x])):
        return GridAxes(y, x, False, False, None)  # numbers of pixels, as rioxarray has them
    flips_y, flips_x = rows[1] > 0, columns[1] < 0
    height, width = array.sizes[y], array.sizes[x]
    rows = _reversed(rows, height) if flips_y else rows
    columns = _reversed(columns, width) if flips_x else columns
    if stated is not None:
        stated = _flipped(stated, height if flips_y else 0, width if flips_x else 0)
        if _fits(stated, rows, columns, (height, width)):
            return GridAxes(y, x, flips_y, flips_x, stated)
    # a single row or column does not say its size: its pixels are taken for squares
    a = columns[1] or abs(rows[1]) or 1.0
    e = rows[1] or -abs(a)
    transform = (a, 0.0, columns[0] - a / 2, 0.0, e, rows[0] - e / 2)
    return GridAxes(y, x, flips_y, flips_x, transform)


def _line(coordinate: xarray.DataArray, dimension: Hashable, name: str) -> _Line:
    values = coordinate.values
    if values.ndim != 1 or values.dtype.kind not in "iuf":
        raise InputError("xarray.axis_type", name, dimension=dimension, found=values.dtype)
    if not np.isfinite(values).all():
        found = values[~np.isfinite(values)][0]
        raise InputError("xarray.axis_type", name, dimension=dimension, found=found)
    rounding = 2 * float(np.spacing(np.abs(values).max())) if values.dtype.kind == "f" else 0.0
    values = values.astype("f8")
    if len(values) == 1:
        return float(values[0]), 0.0
    _check_even(values, rounding, dimension, name)
    return float(values[0]), float(values[-1] - values[0]) / (len(values) - 1)


def _check_even(values: Array, rounding: float, dimension: Hashable, name: str) -> None:
    steps = np.diff(values)
    usual = float(np.median(steps))
    is_even = np.abs(steps - usual) <= _TOLERANCE * abs(usual) + rounding
    is_even &= (steps != 0) & ((steps > 0) == (usual > 0))
    if is_even.all():
        return
    first = int(np.argmin(is_even))
    raise InputError(
        "xarray.uneven",
        name,
        dimension=dimension,
        first=f"{values[first]:.9g}",
        second=f"{values[first + 1]:.9g}",
        position=first + 1,
        found=f"{steps[first]:.9g}",
        expected=f"{usual:.9g}",
    )


def _reversed(line: _Line, count: int) -> _Line:
    first, step = line
    return first + step * (count - 1), -step


def _geotransform(text: object) -> Transform | None:
    """Return the transform of GDAL's attribute ``GeoTransform``."""
    try:
        c, a, b, f, d, e = map(float, str(text).split())
    except ValueError:
        return None
    return (a, b, c, d, e, f) if math.isfinite(a + b + c + d + e + f) else None


def _flipped(transform: Transform, height: int, width: int) -> Transform:
    """Return the transform with rows and columns reversed, if their number is given."""
    a, b, c, d, e, f = transform
    c, f = c + a * width + b * height, f + d * width + e * height
    return (-a if width else a, -b if height else b, c, -d if width else d, -e if height else e, f)


def _fits(stated: Transform, rows: _Line, columns: _Line, shape: tuple[int, int]) -> bool:
    """Whether a transform puts the first and last pixels where their coordinates are."""
    a, b, c, d, e, f = stated
    if b or d or not a or not e:
        return False
    for (first, step), count, size, origin in zip((rows, columns), shape, (e, a), (f, c)):
        last = first + step * (count - 1)
        places = (origin + size / 2, origin + size * (count - 0.5))
        if max(abs(places[0] - first), abs(places[1] - last)) > _SAME * abs(size):
            return False
    return True
