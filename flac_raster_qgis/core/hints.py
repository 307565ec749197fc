"""Hints of empty lines that do not look like entries, in any theme of QGIS."""

from __future__ import annotations

from qgis.PyQt.QtCore import QEvent
from qgis.PyQt.QtGui import QPalette, QShowEvent
from qgis.PyQt.QtWidgets import QLineEdit, QWidget


class FaintHintLine(QLineEdit):
    """A line whose hint has the color of its text, but fainter.

    Themes such as Night Mapping show the hints of lists that can be edited as if somebody had
    entered them. They set the colors when the line gets its place in a window, so it is only then
    that others can be set. A ``strength`` of 1 is that of the text. It is no event filter, because
    those that are written in Python may be called for a line that Qt is deleting.
    """

    def __init__(self, parent: QWidget | None = None, strength: float = 0.5):
        super().__init__(parent)
        self._strength = strength

    def showEvent(self, event: QShowEvent) -> None:
        """Set the color when the line is shown; called by Qt."""
        super().showEvent(event)
        self._fade()

    def changeEvent(self, event: QEvent) -> None:
        """Set the color in another theme; called by Qt."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fade()

    def _fade(self) -> None:
        palette = self.palette()
        color = palette.color(QPalette.ColorRole.Text)
        color.setAlphaF(self._strength)
        palette.setColor(QPalette.ColorRole.PlaceholderText, color)
        self.setPalette(palette)
