"""A map tool after which the previous one is active again."""

from __future__ import annotations

from qgis.gui import QgsMapCanvas, QgsMapTool
from qgis.PyQt import sip
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtGui import QKeyEvent


class ReturningTool(QgsMapTool):
    """Base class of tools that are started by a button; Escape or another map tool ends them."""

    #: The tool is not active any more.
    ended = pyqtSignal()

    def __init__(self, canvas: QgsMapCanvas):
        super().__init__(canvas)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self._canvas = canvas
        self._previous: QgsMapTool | None = None

    def start(self) -> None:
        """Activate the tool."""
        if self._canvas.mapTool() is not self:
            previous = self._canvas.mapTool()
            # two such tools would take turns, while their buttons are off
            is_one = isinstance(previous, ReturningTool)
            self._previous = previous._previous if is_one else previous
            self._canvas.setMapTool(self)
        self._canvas.setFocus()

    def stop(self) -> None:
        """Deactivate the tool and activate the previous one."""
        if self._canvas.mapTool() is not self:
            return
        previous = self._previous
        if previous is None or sip.isdeleted(previous):
            self._canvas.unsetMapTool(self)
        else:
            self._canvas.setMapTool(previous)

    def remove(self) -> None:
        """Remove the tool from the canvas."""
        self.stop()
        self.deleteLater()

    def deactivate(self) -> None:
        """Forget the previous tool; called by QGIS when another tool is activated."""
        self._previous = None
        super().deactivate()
        self.ended.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """End on Escape."""
        if event.key() == Qt.Key.Key_Escape:
            event.accept()
            self.stop()
