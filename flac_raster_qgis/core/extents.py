"""Transform extents and points between the map and a raster."""

from __future__ import annotations

import math
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
    from ..engine.model.metadata import RasterMetadata
    from ..engine.model.transform import Bounds
    from ..engine.reading.flac_raster import FlacRaster

#: Points inserted into each edge of an extent, which may become a curve in another CRS.
_POINTS = 999


def area_in_raster(
    extent: QgsRectangle,
    crs: QgsCoordinateReferenceSystem,
    raster: FlacRaster,
    transforms: QgsCoordinateTransformContext,
) -> Area:
    """Return the bounding box of an extent in the CRS of a raster; thread-safe.

    If the CRS of the extent or of the raster is unknown, they count as equal. Longitudes continue
    across the 180th meridian. Raises InputError if the extent cannot be transformed.
    """
    from ..engine import Area
    from ..engine.errors import InputError
    from ..engine.operations.longitudes import around_ring, corners
    from .crs import to_qgis

    raster_crs = to_qgis(raster.metadata.crs, raster.name)
    turn = _full_turn(raster_crs)
    bounds = bounds_of(extent)
    ring: Sequence[tuple[float, float]] = corners(bounds)
    if raster_crs.isValid() and crs.isValid() and raster_crs != crs:
        transform = QgsCoordinateTransform(crs, raster_crs, transforms)
        try:
            ring = _transformed(extent, transform)
            if turn:
                bounds, ring = around_ring(ring, turn)
            else:
                bounds = _union(transform.transformBoundingBox(extent), ring)
        except QgsCsException as error:
            raise InputError("qgis.extent", raster.name, reason=error) from error
    xmin, ymin, xmax, ymax = bounds
    low, high = sorted(drawn_y(y, raster.metadata) for y in (ymin, ymax))
    outline = [(x, drawn_y(y, raster.metadata)) for x, y in ring]
    return Area(bbox=(xmin, low, xmax, high), outline=outline, full_turn=turn)


def points_in_raster(
    points: Sequence[QgsPointXY],
    crs: QgsCoordinateReferenceSystem,
    raster: FlacRaster,
    transforms: QgsCoordinateTransformContext,
) -> tuple[list[tuple[float, float]], float | None]:
    """Return points in the CRS of a raster, NaN where it has no place for them; thread-safe.

    If the CRS of the points or of the raster is unknown, they count as equal. Also returns the
    length of a full turn around the globe, see `Area`.
    """
    from .crs import to_qgis

    raster_crs = to_qgis(raster.metadata.crs, raster.name)
    transform = None
    if raster_crs.isValid() and crs.isValid() and raster_crs != crs:
        transform = QgsCoordinateTransform(crs, raster_crs, transforms)
    found = []
    for point in points:
        try:
            place = point if transform is None else transform.transform(point)
        except QgsCsException:
            place = QgsPointXY(math.nan, math.nan)
        found.append((place.x(), drawn_y(place.y(), raster.metadata)))
    return found, _full_turn(raster_crs)


def _full_turn(crs: QgsCoordinateReferenceSystem) -> float | None:
    """Return the units of x per full turn around the globe; 0 if x is not a longitude.

    None if QGIS does not know.
    """
    if not crs.isValid() or not crs.isGeographic():
        return 0.0
    return 360.0 if QgsUnitTypes.encodeUnit(crs.mapUnits()) == "degrees" else None


def drawn_y(y: float, metadata: RasterMetadata) -> float:
    """Negate y of a raster without georeference, whose first row QGIS draws at the top."""
    return y if metadata.has_transform else -y


def _transformed(
    extent: QgsRectangle, transform: QgsCoordinateTransform
) -> list[tuple[float, float]]:
    """Return an extent as a transformed ring of points, whose edges may be curves."""
    (ring,) = QgsGeometry.fromRect(extent).densifyByCount(_POINTS).asPolygon()
    points = [transform.transform(point) for point in ring[:-1]]
    return [(point.x(), point.y()) for point in points]


def _union(box: QgsRectangle, ring: Sequence[tuple[float, float]]) -> Bounds:
    """Return the union of a ring's bounds and a box, which covers a pole inside the ring."""
    for x, y in ring:
        box.include(QgsPointXY(x, y))
    return bounds_of(box)


def bounds_of(extent: QgsRectangle) -> Bounds:
    """Return an extent as (xmin, ymin, xmax, ymax)."""
    return (extent.xMinimum(), extent.yMinimum(), extent.xMaximum(), extent.yMaximum())
