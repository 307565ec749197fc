"""Bounds in another CRS."""

from __future__ import annotations

import math
import re
from types import ModuleType
from typing import Any

from ..errors import InputError
from ..model.grid import Bounds
from .environment import failures, parse_crs, quiet_rasterio

#: Points along each edge. An edge that becomes a curve bulges between two of them by a millionth of
#: what it bulges as a whole: metres where that is a thousand kilometres.
_POINTS = 1000


def transform_bounds(bounds: Bounds, source: str, target: str) -> Bounds:
    """Smallest upright rectangle in one CRS that holds a rectangle of another.

    Parameters
    ----------
    bounds : Bounds
        East before north, whatever the CRS says of its axes.
    source, target : str
        Authority code or WKT.

    Returns
    -------
    Bounds
        Of longitudes, xmin may be more than xmax where the rectangle crosses the 180th meridian.

    Raises
    ------
    InputError
        If PROJ does not know a CRS, or the rectangle has no place in the other one.
    """
    with quiet_rasterio() as rasterio:
        from rasterio.warp import transform_bounds as transformed

        try:
            found = transformed(*_both(source, target, rasterio), *bounds, densify_pts=_POINTS)
        except failures(rasterio) as error:
            raise _no_place(bounds, source, target, str(error)) from error
    if not all(map(math.isfinite, found)):
        raise _undefined(bounds, source, target)
    return found


def transform_outline(bounds: Bounds, source: str, target: str) -> list[tuple[float, float]]:
    """Points along the edges of a rectangle, in another CRS; see `transform_bounds`.

    Returns
    -------
    list of (x, y)
        In a ring, from the lower left corner on.
    """
    west, south, east, north = bounds
    shares = [n / _POINTS for n in range(_POINTS)]
    across = [west + (east - west) * share for share in shares]
    up = [south + (north - south) * share for share in shares]
    xs = [*across, *[east] * _POINTS, *(west + east - x for x in across), *[west] * _POINTS]
    ys = [*[south] * _POINTS, *up, *[north] * _POINTS, *(south + north - y for y in up)]
    with quiet_rasterio() as rasterio:
        from rasterio.warp import transform

        try:
            found = list(zip(*transform(*_both(source, target, rasterio), xs, ys)))
        except failures(rasterio) as error:
            raise _no_place(bounds, source, target, str(error)) from error
    if not all(math.isfinite(value) for point in found for value in point):
        raise _undefined(bounds, source, target)
    return found


def full_turn_of(crs: str) -> float | None:
    """Units of a geographic CRS that lead once around the globe, None for another.

    Raises
    ------
    InputError
        If PROJ does not know it.
    """
    with quiet_rasterio() as rasterio:
        parsed = _parsed(crs, rasterio)
        if not parsed.is_geographic:
            return None
        # the first unit of a geographic CRS in WKT that is not that of the ellipsoid's axes
        unit = re.search(r'(?<!LENGTH)UNIT\["[^"]*",([-+\d.eE]+)', parsed.to_wkt())
    return round(2 * math.pi / float(unit[1]), 6) if unit else None


def _both(source: str, target: str, rasterio: ModuleType) -> list[Any]:
    return [_parsed(text, rasterio) for text in (source, target)]


def _parsed(text: str, rasterio: ModuleType) -> Any:
    try:
        return parse_crs(text, rasterio)
    except rasterio.errors.CRSError as error:
        raise InputError(
            f"{text[:60]} is no CRS that PROJ knows ({error}); give an authority code such as "
            "EPSG:4326, or WKT."
        ) from error


def _undefined(bounds: Bounds, source: str, target: str) -> InputError:
    reason = "it reaches to where that one is not defined"
    return _no_place(bounds, source, target, reason)


def _no_place(bounds: Bounds, source: str, target: str, reason: str) -> InputError:
    return InputError(
        f"The bbox {tuple(bounds)} in {source[:60]} has no place in the raster's CRS, "
        f"{target[:60]}: {reason}."
    )
