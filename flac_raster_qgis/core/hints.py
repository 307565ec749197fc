"""Hints of empty lines that do not look like entries, in any theme of QGIS."""

from __future__ import annotations

from qgis.PyQt.QtCore import QEvent, QObject
from qgis.PyQt.QtGui import QPalette
from qgis.PyQt.QtWidgets import QLineEdit

from .ownership import transfer_ownership


class FaintHint(QObject):
    """Gives the hint of a line the color of its text, but fainter.

    Themes such as Night Mapping show the hints of lists that can be edited as if somebody had
    entered them. They set the colors when the line gets its place in a window, so it is only then
    that others can be set. A ``strength`` of 1 is that of the text.
    """

    def __init__(self, line: QLineEdit, strength: float = 0.5):
        super().__init__(line)
        self._strength = strength
        transfer_ownership(self)  # the Python wrapper of the line may go before the line does
        line.installEventFilter(self)

    def eventFilter(self, line: QObject, event: QEvent) -> bool:
        """Set the color when the line is shown, and in another theme; called by Qt."""
        if event.type() in (QEvent.Type.Show, QEvent.Type.StyleChange):
            palette = line.palette()
            color = palette.color(QPalette.ColorRole.Text)
            color.setAlphaF(self._strength)
            palette.setColor(QPalette.ColorRole.PlaceholderText, color)
            line.setPalette(palette)
        return False
