"""Bounds in another CRS."""

from __future__ import annotations

import math

from ..errors import InputError
from ..grid import Bounds
from .library import failures, parse_crs, quiet_rasterio

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

    Raises
    ------
    InputError
        If PROJ does not know a CRS, or the rectangle has no place in the other one.
    """
    with quiet_rasterio() as rasterio:
        from rasterio.warp import transform_bounds as transformed

        crs = []
        for text in (source, target):
            try:
                crs.append(parse_crs(text, rasterio))
            except rasterio.errors.CRSError as error:
                raise InputError(
                    f"{text[:60]} is no CRS that PROJ knows ({error}); give an authority code such "
                    "as EPSG:4326, or WKT."
                ) from error
        try:
            found = transformed(*crs, *bounds, densify_pts=_POINTS)
        except failures(rasterio) as error:
            raise _no_place(bounds, source, target, str(error)) from error
    if not all(map(math.isfinite, found)):
        raise _no_place(bounds, source, target, "it reaches to where that one is not defined")
    west, _, east, _ = found
    if west > east:
        raise _no_place(
            bounds, source, target, "it crosses the 180th meridian, so ask for each side"
        )
    return found


def _no_place(bounds: Bounds, source: str, target: str, reason: str) -> InputError:
    return InputError(
        f"The bbox {tuple(bounds)} in {source[:60]} has no place in the raster's CRS, "
        f"{target[:60]}: {reason}."
    )
