"""CRS as text, and bounds in another CRS."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from contextlib import suppress
from types import ModuleType
from typing import Any, Callable

import numpy as np

from ..errors import InputError, Message, UnsupportedRaster
from ..model.crs import AUTHORITY_CODE, refusal
from ..model.data_types import Array
from ..model.transform import Bounds
from .environment import gdal_errors, quiet_rasterio, rasterio_module

#: Arrays of x and y, in one CRS and in another.
PointTransform = Callable[[Array, Array], tuple[Array, Array]]
#: Points per edge. Between two of them a curved edge deviates by a millionth of its total bulge, or
#: one metre in a thousand kilometres.
_POINTS = 1000


def transform_bounds(bounds: Bounds, source: str, target: str) -> Bounds:
    """Return the bounds, in another CRS, of a rectangle; east before north in both.

    Of longitudes, xmin may be more than xmax where the rectangle crosses the 180th meridian. Raises
    `InputError` if PROJ does not know a CRS, or the rectangle has no place in the other one.
    """
    found: Bounds = _transformed(
        bounds,
        source,
        target,
        lambda warp, *both: warp.transform_bounds(*both, *bounds, densify_pts=_POINTS),
    )
    return found


def transform_outline(bounds: Bounds, source: str, target: str) -> list[tuple[float, float]]:
    """Return points along the edges of a rectangle, in another CRS; see `transform_bounds`.

    They are a ring of (x, y) from the lower left corner on.
    """
    west, south, east, north = bounds
    shares = [n / _POINTS for n in range(_POINTS)]
    across = [west + (east - west) * share for share in shares]
    up = [south + (north - south) * share for share in shares]
    xs = [*across, *[east] * _POINTS, *(west + east - x for x in across), *[west] * _POINTS]
    ys = [*[south] * _POINTS, *up, *[north] * _POINTS, *(south + north - y for y in up)]
    return transform_ring(list(zip(xs, ys)), source, target)


def transform_ring(
    points: Sequence[tuple[float, float]], source: str, target: str
) -> list[tuple[float, float]]:
    """Return points ``(x, y)``, east before north, in another CRS; see `transform_bounds`."""
    xs, ys = zip(*points)
    bounds = (min(xs), min(ys), max(xs), max(ys))
    found: list[tuple[float, float]] = _transformed(
        bounds, source, target, lambda warp, *both: list(zip(*warp.transform(*both, xs, ys)))
    )
    return found


def transform_points(xs: Array, ys: Array, source: str, target: str) -> tuple[Array, Array]:
    """Return points in another CRS, NaN where it has no place for them; east before north in both.

    Raises `InputError` if PROJ does not know a CRS.
    """
    return point_transform(source, target)(xs, ys)


def point_transform(source: str, target: str) -> PointTransform:
    """Return a function that does what `transform_points` does, for many calls."""
    with quiet_rasterio() as rasterio:
        both = [_parsed(text, rasterio) for text in (source, target)]

    def transform(xs: Array, ys: Array) -> tuple[Array, Array]:
        with quiet_rasterio() as rasterio:
            from rasterio import warp

            errors = gdal_errors(rasterio)

            def transformed(x: list[float], y: list[float]) -> Array:
                try:
                    return np.array(warp.transform(*both, x, y)[:2])
                except errors:  # one point without a place fails them all
                    if len(x) == 1:
                        return np.full((2, 1), np.nan)
                half = len(x) // 2
                parts = (slice(None, half), slice(half, None))
                return np.concatenate([transformed(x[part], y[part]) for part in parts], axis=1)

            found = transformed(xs.tolist(), ys.tolist())
        found[:, ~np.isfinite(found).all(axis=0)] = np.nan
        return found[0], found[1]

    return transform


def _transformed(bounds: Bounds, source: str, target: str, transform: Callable[..., Any]) -> Any:
    """Call a function with `rasterio.warp` and two CRSs; raise `InputError` where it fails."""
    values: dict[str, Any] = {"found": tuple(bounds)}
    values |= {"source": source[:60], "target": target[:60]}
    with quiet_rasterio() as rasterio:
        from rasterio import warp

        try:
            found = transform(warp, *(_parsed(text, rasterio) for text in (source, target)))
        except gdal_errors(rasterio) as error:
            raise InputError("crs.no_place", **values, reason=error) from error
    if not np.isfinite(found).all():
        raise InputError("crs.no_place", **values, reason=Message("crs.undefined"))
    return found


def units_per_turn(crs: str) -> float | None:
    """Return the units of a geographic CRS in one turn around the globe, None for other CRSs."""
    with quiet_rasterio() as rasterio:
        parsed = _parsed(crs, rasterio)
        if not parsed.is_geographic:
            return None
        # the first unit of a geographic CRS in WKT that is not that of the ellipsoid's axes
        unit = re.search(r'(?<!LENGTH)UNIT\["[^"]*",([-+\d.eE]+)', parsed.to_wkt())
    return round(2 * math.pi / float(unit[1]), 6) if unit else None


def linear_unit(crs: str) -> str | None:
    """Return the unit of a projected CRS, such as ``"metre"``; None for another."""
    with quiet_rasterio() as rasterio:
        parsed = _parsed(crs, rasterio)
        return str(parsed.linear_units) if parsed.is_projected else None


def _parsed(text: str, rasterio: ModuleType) -> Any:
    try:
        return parse_crs(text, rasterio)
    except rasterio.errors.CRSError as error:
        raise InputError("crs.unknown", found=text[:60], reason=error) from error


def parse_crs(text: str, rasterio: ModuleType) -> Any:
    """Return the CRS of an authority code or a WKT that names no file, and of nothing else.

    Raises rasterio's CRSError with the reason, also where the text is refused, see `refusal`.
    """
    reason = refusal(text)
    if reason is not None:
        raise rasterio.errors.CRSError(reason)
    code = AUTHORITY_CODE.fullmatch(text)
    if code is None:
        return rasterio.crs.CRS.from_wkt(text)
    try:
        # as a URN: GDAL takes a code of an unknown authority for a file name
        return rasterio.crs.CRS.from_user_input("urn:ogc:def:crs:{}::{}".format(*code.groups()))
    except rasterio.errors.CRSError as error:
        if "proj.db" in str(error):  # the database is missing, or another version's
            raise
        raise rasterio.errors.CRSError(Message("crs.no_code", found=text)) from error


#: The code of the CRS itself in a WKT.
_CLAIM = re.compile(r'(?:AUTHORITY|ID)\["(\w+)","?(\w+)"?\]\]$')


def crs_to_text(wkt: str | None, crs: Any, name: str) -> str | None:
    """Return a CRS as its authority code where that is exactly it, else as WKT2.

    The WKT is GDAL's; the CRS is the same in rasterio, used if PROJ cannot parse the WKT. Raises
    `UnsupportedRaster` if it is a definition that is not read again, see `refusal`.
    """
    rasterio = rasterio_module()
    if wkt:
        # GDAL writes no ESRI dialect, whose parameters have other meanings
        with suppress(rasterio.errors.CRSError):
            crs = rasterio.crs.CRS.from_wkt(_ESRI_NAME.sub(_NO_ESRI_NAME, wkt))
    if not crs:
        return None
    wkt = crs.to_wkt().replace(_NO_ESRI_NAME, "")
    # the code in the WKT: PROJ can take half a second to search for a similar CRS
    claim = _CLAIM.search(wkt)
    if claim:
        code = ":".join(claim.groups())
        with suppress(rasterio.errors.CRSError):
            if parse_crs(code, rasterio).to_wkt() == wkt:
                return code
    text: str = crs.to_wkt(version="WKT2_2019").replace(_NO_ESRI_NAME, "")
    reason = refusal(text)
    if reason is not None:
        raise UnsupportedRaster("crs.refused", name, reason=reason)
    return text


#: Start of names by which PROJ recognizes ESRI's dialect of WKT1, and the prefix that prevents it.
_ESRI_NAME, _NO_ESRI_NAME = re.compile(r'(?<=")(?=(?:GCS|D)_)'), "not of ESRI: "


def normalized_crs(text: str, name: str) -> str:
    """Return a CRS that a user or another library gives as rasters keep it, see `crs_to_text`.

    Raises `InputError` if PROJ does not know it.
    """
    with quiet_rasterio() as rasterio:
        parsed = _parsed(text, rasterio)
        if AUTHORITY_CODE.fullmatch(text):
            return text.upper()
        claim = _CLAIM.search(text)
        if claim and same_crs(text, ":".join(claim.groups())):  # also where GDAL words it otherwise
            return ":".join(claim.groups())
        return crs_to_text(None, parsed, name) or text


def crs_to_wkt(text: str) -> str:
    """Return a CRS as WKT; raises `InputError` if PROJ does not know it."""
    with quiet_rasterio() as rasterio:
        return str(_parsed(text, rasterio).to_wkt())


def same_crs(left: str | None, right: str | None) -> bool:
    """Whether two texts name the same CRS, in whatever words.

    Names must be equal, codes where both have one, ellipsoids to ten digits, and PROJ must consider
    datums, projections and parameters equivalent. The axis order of a geographic CRS does not
    matter: columns follow the longitude, as rasterio and QGIS have it.
    """
    if left == right or not left or not right:
        return left == right
    with quiet_rasterio() as rasterio:
        try:
            a, b = (parse_crs(text, rasterio) for text in (left, right))
            texts: tuple[str, ...] = a.to_wkt(), b.to_wkt()
            if texts[0] == texts[1]:
                return True
            # PROJ ignores a shift to WGS 84 that only one of them has
            named = {(_name(text), "TOWGS84[" in text) for text in texts}
            codes = {code for text in texts for code in _CODE.findall(text)}
            names, shifts = (set(values) - {""} for values in zip(*named))
            # PROJ considers datums of one code equal even if their ellipsoids differ
            ellipsoids = {_ellipsoids(text) for text in texts}
            if any(len(values) > 1 for values in (names, shifts, codes, ellipsoids)):
                return False
            if a == b:
                return True
            # a code implies the axes
            texts = tuple(_AXIS.sub("", _CODE.sub("]", text)) for text in texts)
            a, b = map(rasterio.crs.CRS.from_wkt, texts)
            return all(text.startswith("GEOGCS[") for text in texts) and bool(a == b)
        except rasterio.errors.CRSError:
            return False


def _name(wkt: str) -> str:
    """Return keyword and name of a CRS; empty if the format of the raster stores no names."""
    found = _KIND_AND_NAME.match(wkt)
    return "" if found is None or found[1].lower() in ("unnamed", "unknown") else found[0]


def _ellipsoids(wkt: str) -> frozenset[tuple[str, ...]]:
    """Return semi-major axis and inverse flattening of each ellipsoid, as precisely as GeoTIFF."""
    return frozenset(
        tuple(f"{float(number):.9e}" for number in found) for found in _SPHEROID.findall(wkt)
    )


#: Parts of WKT1: keyword and name, in which quotation marks are doubled; code of the CRS; axis;
#: both numbers of an ellipsoid.
_KIND_AND_NAME = re.compile(r'\w+\["((?:[^"]|"")*)"')
_CODE = re.compile(r',AUTHORITY\["\w+","\w+"\]\]$')
_AXIS = re.compile(r',AXIS\["[^"]*",\w+\]')
_SPHEROID = re.compile(r'SPHEROID\["[^"]*",([-\d.e]+),([-\d.e]+)')
