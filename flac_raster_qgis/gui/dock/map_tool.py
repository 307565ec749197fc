"""The map tool that draws a box."""

from __future__ import annotations

from qgis.core import QgsGeometry, QgsPointXY, QgsRectangle
from qgis.gui import QgsMapCanvas, QgsMapMouseEvent, QgsMapTool
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QPoint, Qt, pyqtSignal
from qgis.PyQt.QtGui import QKeyEvent

from .map_items import BOX, MapItem

#: Pixels on the screen; a press that moves less is a click and draws nothing.
_SMALLEST = 4


class BoxTool(QgsMapTool):
    """Draws a box: press, drag, release; then the tool that was there before comes back.

    Escape or a right click gives up. So does choosing another tool, which then stays.

    Parameters
    ----------
    canvas : QgsMapCanvas
    """

    #: The box while it is drawn, in the coordinates of the map.
    changed = pyqtSignal(QgsRectangle)
    #: The box, once it is done.
    drawn = pyqtSignal(QgsRectangle)
    #: Drawing is over, whether anything came of it or not.
    ended = pyqtSignal()

    def __init__(self, canvas: QgsMapCanvas):
        super().__init__(canvas)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self._canvas = canvas
        self._former: QgsMapTool | None = None
        self._corner: QgsPointXY | None = None
        self._pressed = QPoint()
        self._band = MapItem(canvas, BOX)
        # while a button is down, the canvas tells its keys to nobody but those who listen
        canvas.keyPressed.connect(self._key_pressed)

    def start(self) -> None:
        """Let the user draw."""
        if self._canvas.mapTool() is not self:
            self._former = self._canvas.mapTool()
            self._canvas.setMapTool(self)
        self._canvas.setFocus()

    def stop(self) -> None:
        """Give up, if drawing is under way, and bring the former tool back."""
        if self._canvas.mapTool() is not self:
            return
        former = self._former
        if former is None or sip.isdeleted(former):
            self._canvas.unsetMapTool(self)
        else:
            self._canvas.setMapTool(former)

    def remove(self) -> None:
        """Leave the canvas for good."""
        self._canvas.keyPressed.disconnect(self._key_pressed)
        self.stop()
        self._band.remove()
        self.deleteLater()

    def deactivate(self) -> None:
        """Forget what was begun; QGIS calls this whenever another tool takes over."""
        self._former = None
        self._forget_box()
        super().deactivate()
        self.ended.emit()

    def canvasPressEvent(self, event: QgsMapMouseEvent) -> None:
        """Begin at a corner."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._corner = event.mapPoint()
            self._pressed = event.pos()

    def canvasMoveEvent(self, event: QgsMapMouseEvent) -> None:
        """Show the box so far."""
        if self._corner is not None and self._is_box(event):
            box = QgsRectangle(self._corner, event.mapPoint())
            self._band.show(QgsGeometry.fromRect(box))
            self.changed.emit(box)

    def canvasReleaseEvent(self, event: QgsMapMouseEvent) -> None:
        """End at the opposite corner."""
        if self._corner is None or event.button() == Qt.MouseButton.RightButton:
            self.stop()
        elif not self._is_box(event):
            self._forget_box()
        else:
            box = QgsRectangle(self._corner, event.mapPoint())
            self.drawn.emit(box)
            self.stop()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Give up on Escape."""
        if event.key() == Qt.Key.Key_Escape:
            event.accept()
            self.stop()

    def _key_pressed(self, event: QKeyEvent) -> None:
        """Give up on Escape in the middle of a box; the former tool comes with the release.

        It would take the release for a click of its own otherwise, and pan the map.
        """
        if self._corner is not None and event.key() == Qt.Key.Key_Escape:
            self._forget_box()
            self.ended.emit()

    def _forget_box(self) -> None:
        self._corner = None
        self._band.clear()

    def _is_box(self, event: QgsMapMouseEvent) -> bool:
        moved = event.pos() - self._pressed
        return min(abs(moved.x()), abs(moved.y())) >= _SMALLEST
