"""Extents of the map in the coordinates of a raster, and what a raster has in those of the map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCoordinateTransformContext,
    QgsCsException,
    QgsGeometry,
    QgsRectangle,
)

from .translation import tr

if TYPE_CHECKING:
    from .engine.grid import Bounds
    from .engine.reader import FlacRaster

#: Points along each edge of an extent, which may become a curve in another coordinate system.
_POINTS = 999


def bounds_in_raster(
    extent: QgsRectangle,
    crs: QgsCoordinateReferenceSystem,
    raster: FlacRaster,
    transforms: QgsCoordinateTransformContext,
) -> Bounds:
    """Return the smallest upright rectangle in a raster's coordinates that holds an extent.

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
    (xmin, ymin, xmax, ymax)

    Raises
    ------
    InputError
        If the extent has no place there.
    """
    from .engine.errors import InputError
    from .layer.crs import to_qgis

    raster_crs = to_qgis(raster.metadata.crs, raster.name)
    if raster_crs.isValid() and crs.isValid() and raster_crs != crs:
        transform = QgsCoordinateTransform(crs, raster_crs, transforms)
        try:
            extent = _transformed(extent, transform)
        except QgsCsException as error:
            raise InputError(
                tr("The extent has no place in the coordinate system of {name}: {reason}").format(
                    name=raster.name, reason=error
                )
            ) from error
    top, bottom = (drawn_y(y, raster) for y in (extent.yMaximum(), extent.yMinimum()))
    return (extent.xMinimum(), min(top, bottom), extent.xMaximum(), max(top, bottom))


def drawn_y(y: float, raster: FlacRaster) -> float:
    """Turn y where QGIS draws a raster without georeference: its first row at the top."""
    return y if raster.metadata.has_transform else -y


def _transformed(extent: QgsRectangle, transform: QgsCoordinateTransform) -> QgsRectangle:
    """Return the rectangle around an extent, whose edges may be curves there."""
    found = transform.transformBoundingBox(extent)  # looks inside too, where a pole may be
    (ring,) = QgsGeometry.fromRect(extent).densifyByCount(_POINTS).asPolygon()
    for point in ring:
        found.include(transform.transform(point))
    return found
