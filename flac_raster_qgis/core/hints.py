"""Hints of empty lines that do not look like entries, in any theme of QGIS."""

from __future__ import annotations

from qgis.PyQt import sip
from qgis.PyQt.QtCore import QTimer
from qgis.PyQt.QtGui import QPalette
from qgis.PyQt.QtWidgets import QLineEdit


def fade_hint(line: QLineEdit, strength: float = 0.5) -> None:
    """Give the hint of a line the color of its text, but fainter.

    Themes such as Night Mapping show the hints of lists that can be edited as if somebody had
    entered them. They set the colors when the line gets its place in a window, so the color is set
    again once that has happened. A ``strength`` of 1 is that of the text. It is no event filter,
    because those that are written in Python may be called for a line that Qt is deleting.
    """

    def fade() -> None:
        if sip.isdeleted(line):
            return
        palette = line.palette()
        color = palette.color(QPalette.ColorRole.Text)
        color.setAlphaF(strength)
        palette.setColor(QPalette.ColorRole.PlaceholderText, color)
        line.setPalette(palette)

    fade()
    QTimer.singleShot(0, fade)
