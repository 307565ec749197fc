"""Hints in empty lines, in any theme of QGIS."""

from __future__ import annotations

from qgis.PyQt.QtGui import QPalette
from qgis.PyQt.QtWidgets import QLineEdit


def fade_hint(line: QLineEdit, strength: float = 0.5) -> None:
    """Show the hint of a line in the color of its text, but fainter.

    Themes such as Night Mapping would show the hints of lists that can be edited as if somebody had
    entered them. A ``strength`` of 1 is that of the text.
    """
    palette = line.palette()
    color = palette.color(QPalette.ColorRole.Text)
    color.setAlphaF(strength)
    palette.setColor(QPalette.ColorRole.PlaceholderText, color)
    line.setPalette(palette)
