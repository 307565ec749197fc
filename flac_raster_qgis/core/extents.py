"""Extents of the map in the coordinates of a raster, and what a raster has in those of the map."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCoordinateTransformContext,
    QgsCsException,
    QgsGeometry,
    QgsPointXY,
    QgsRectangle,
    QgsUnitTypes,
)

if TYPE_CHECKING:
    from ..engine import Area
    from ..engine.model.grid import Bounds
    from ..engine.model.metadata import RasterMetadata
    from ..engine.reading.flac_raster import FlacRaster

#: Points along each edge of an extent, which may become a curve in another coordinate system.
_POINTS = 999


def area_in_raster(
    extent: QgsRectangle,
    crs: QgsCoordinateReferenceSystem,
    raster: FlacRaster,
    transforms: QgsCoordinateTransformContext,
) -> Area:
    """Return an extent in a raster's coordinates: the smallest upright rectangle that holds it.

    Any thread may call it.

    Parameters
    ----------
    extent : QgsRectangle
    crs : QgsCoordinateReferenceSystem
        Of the extent; where it or that of the raster is unknown they count as the same.
    raster : FlacRaster
    transforms : QgsCoordinateTransformContext
        Of the project.

    Returns
    -------
    Area
        A bbox in the CRS of the raster, longitudes counting on over the 180th meridian.

    Raises
    ------
    InputError
        If the extent has no place there.
    """
    from ..engine import Area
    from ..engine.errors import InputError
    from ..engine.operations.longitudes import around_ring, corners
    from .crs import to_qgis

    raster_crs = to_qgis(raster.metadata.crs, raster.name)
    turn = _full_turn(raster_crs)
    bounds = _bounds(extent)
    ring: Sequence[tuple[float, float]] = corners(bounds)
    if raster_crs.isValid() and crs.isValid() and raster_crs != crs:
        transform = QgsCoordinateTransform(crs, raster_crs, transforms)
        try:
            ring = _transformed(extent, transform)
            if turn:
                bounds, ring = around_ring(ring, turn)
            else:
                bounds = _around(transform.transformBoundingBox(extent), ring)
        except QgsCsException as error:
            raise InputError("qgis.extent", name=raster.name, reason=error) from error
    xmin, ymin, xmax, ymax = bounds
    low, high = sorted(drawn_y(y, raster.metadata) for y in (ymin, ymax))
    outline = [(x, drawn_y(y, raster.metadata)) for x, y in ring]
    return Area(bbox=(xmin, low, xmax, high), outline=outline, full_turn=turn)


def _full_turn(crs: QgsCoordinateReferenceSystem) -> float | None:
    """Return how many units of x lead once around the globe, 0 where it is no longitude.

    None where QGIS does not tell.
    """
    if not crs.isValid() or not crs.isGeographic():
        return 0.0
    return 360.0 if QgsUnitTypes.encodeUnit(crs.mapUnits()) == "degrees" else None


def drawn_y(y: float, metadata: RasterMetadata) -> float:
    """Turn y where QGIS draws a raster without georeference: its first row at the top."""
    return y if metadata.has_transform else -y


def _transformed(
    extent: QgsRectangle, transform: QgsCoordinateTransform
) -> list[tuple[float, float]]:
    """Return an extent as a ring of points: its edges may be curves there."""
    (ring,) = QgsGeometry.fromRect(extent).densifyByCount(_POINTS).asPolygon()
    found = [transform.transform(point) for point in ring[:-1]]
    return [(point.x(), point.y()) for point in found]


def _around(box: QgsRectangle, ring: Sequence[tuple[float, float]]) -> Bounds:
    """Return the rectangle around a ring and a box that has looked inside, where a pole may be."""
    for x, y in ring:
        box.include(QgsPointXY(x, y))
    return _bounds(box)


def _bounds(box: QgsRectangle) -> Bounds:
    return (box.xMinimum(), box.yMinimum(), box.xMaximum(), box.yMaximum())
