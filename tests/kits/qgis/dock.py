"""What tests of the dock do again and again."""

from __future__ import annotations

import time

from qgis.core import QgsCoordinateReferenceSystem, QgsCoordinateTransformContext, QgsRectangle
from qgis.PyQt.QtCore import QCoreApplication

from flac_raster_qgis.gui.dock.planner import AreaRequest


def until(condition, seconds: float = 10.0):
    """Let Qt work until something is so; return what it was."""
    end = time.monotonic() + seconds
    while True:
        found = condition()
        if found:
            return found
        assert time.monotonic() < end, "it did not happen"
        QCoreApplication.processEvents()
        time.sleep(0.005)


def open_in(dock, source) -> None:
    """Open a raster as a user does who chooses it from the list."""
    dock.form.source.set_uri(str(source))
    until(lambda: dock.state.raster is not None)


def want(dock, *bounds, crs="EPSG:32632"):
    """Want an area; return what it plan."""
    dock.state.area_plan = None
    dock.set_extent(QgsRectangle(*bounds), QgsCoordinateReferenceSystem(crs))
    return until(lambda: dock.state.area_plan)


def area_request(raster, *bounds, crs="", **options) -> AreaRequest:
    return AreaRequest(
        raster,
        QgsRectangle(*bounds),
        QgsCoordinateReferenceSystem(crs),
        QgsCoordinateTransformContext(),
        **options,
    )
