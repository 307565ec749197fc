"""Map tool that chooses places by clicks, and their markers on the map."""

from __future__ import annotations

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsPointXY,
    QgsProject,
)
from qgis.gui import QgsMapCanvas, QgsMapMouseEvent, QgsVertexMarker
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtGui import QColor

from ..returning_tool import ReturningTool


class PlaceTool(ReturningTool):
    """Reports clicks; it stays active until Escape, a right click or another map tool."""

    #: A place in the CRS of the map.
    clicked = pyqtSignal(QgsPointXY)

    def canvasReleaseEvent(self, event: QgsMapMouseEvent) -> None:
        """Report a click."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.clicked.emit(QgsPointXY(event.mapPoint()))
        else:
            self.stop()


class Markers:
    """A marker for each place, which stays there if the CRS of the map changes."""

    def __init__(self, canvas: QgsMapCanvas):
        self._canvas = canvas
        self._markers: dict[
            object, tuple[QgsVertexMarker, QgsPointXY, QgsCoordinateReferenceSystem]
        ] = {}
        self._is_visible = True
        canvas.destinationCrsChanged.connect(self._move_all)

    def add(
        self, key: object, point: QgsPointXY, crs: QgsCoordinateReferenceSystem, color: str
    ) -> None:
        """Mark a place."""
        marker = QgsVertexMarker(self._canvas)
        marker.setIconType(QgsVertexMarker.IconType.ICON_CIRCLE)
        marker.setColor(QColor(255, 255, 255))  # a halo, so that it is visible on any map
        marker.setFillColor(QColor(color))
        marker.setIconSize(12)
        marker.setPenWidth(2)
        marker.setVisible(self._is_visible)
        self._markers[key] = (marker, point, crs)
        self._move(marker, point, crs)

    def take_away(self, key: object) -> None:
        """Remove a marker."""
        found = self._markers.pop(key, None)
        if found is not None:
            self._canvas.scene().removeItem(found[0])

    def set_visible(self, visible: bool) -> None:
        """Show or hide all."""
        self._is_visible = visible
        for marker, _, _ in self._markers.values():
            marker.setVisible(visible)

    def remove(self) -> None:
        """Remove all, for good."""
        self._canvas.destinationCrsChanged.disconnect(self._move_all)
        for key in list(self._markers):
            self.take_away(key)

    def _move_all(self) -> None:
        for found in self._markers.values():
            self._move(*found)

    def _move(
        self, marker: QgsVertexMarker, point: QgsPointXY, crs: QgsCoordinateReferenceSystem
    ) -> None:
        to_map = QgsCoordinateTransform(
            crs, self._canvas.mapSettings().destinationCrs(), QgsProject.instance()
        )
        try:
            marker.setCenter(to_map.transform(point))
        except QgsCsException:  # it has no place in this CRS
            marker.setVisible(False)
        else:
            marker.setVisible(self._is_visible)
