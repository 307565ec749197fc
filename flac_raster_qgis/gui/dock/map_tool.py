"""Map tool that draws a box."""

from __future__ import annotations

from qgis.core import QgsGeometry, QgsPointXY, QgsRectangle
from qgis.gui import QgsMapCanvas, QgsMapMouseEvent
from qgis.PyQt.QtCore import QPoint, Qt, pyqtSignal
from qgis.PyQt.QtGui import QKeyEvent

from ..returning_tool import ReturningTool
from .map_items import BOX, MapItem

#: Screen pixels; a shorter drag is a click and draws nothing.
_MIN_DRAG = 4


class BoxTool(ReturningTool):
    """Draws a box by dragging; afterwards the previous map tool is active again.

    Escape, a right click or another map tool cancels.
    """

    #: The box while it is drawn, in the CRS of the map.
    changed = pyqtSignal(QgsRectangle)
    #: The finished box.
    drawn = pyqtSignal(QgsRectangle)

    def __init__(self, canvas: QgsMapCanvas):
        super().__init__(canvas)
        self._corner: QgsPointXY | None = None
        self._pressed = QPoint()
        self.item = MapItem(canvas, BOX)
        # while a mouse button is down, the canvas passes key events to this signal only
        canvas.keyPressed.connect(self._key_pressed)

    def remove(self) -> None:
        """Remove the tool from the canvas."""
        self._canvas.keyPressed.disconnect(self._key_pressed)
        super().remove()
        self.item.remove()

    def deactivate(self) -> None:
        """Discard the unfinished box; called by QGIS when another tool is activated."""
        self._discard_box()
        super().deactivate()

    def canvasPressEvent(self, event: QgsMapMouseEvent) -> None:
        """Start a box."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._corner = event.mapPoint()
            self._pressed = event.pos()

    def canvasMoveEvent(self, event: QgsMapMouseEvent) -> None:
        """Show the unfinished box."""
        if self._corner is not None and self._is_box(event):
            box = QgsRectangle(self._corner, event.mapPoint())
            self.item.show(QgsGeometry.fromRect(box))
            self.changed.emit(box)

    def canvasReleaseEvent(self, event: QgsMapMouseEvent) -> None:
        """Finish the box."""
        if self._corner is None or event.button() == Qt.MouseButton.RightButton:
            self.stop()
        elif not self._is_box(event):
            self._discard_box()
        else:
            box = QgsRectangle(self._corner, event.mapPoint())
            self.drawn.emit(box)
            self.stop()

    def _key_pressed(self, event: QKeyEvent) -> None:
        """Cancel on Escape while dragging; the release then activates the previous tool.

        Activated at once, the previous tool would treat the release as its own click.
        """
        if self._corner is not None and event.key() == Qt.Key.Key_Escape:
            self._discard_box()
            self.ended.emit()

    def _discard_box(self) -> None:
        self._corner = None
        self.item.clear()

    def _is_box(self, event: QgsMapMouseEvent) -> bool:
        moved = event.pos() - self._pressed
        return min(abs(moved.x()), abs(moved.y())) >= _MIN_DRAG
