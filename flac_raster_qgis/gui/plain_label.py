"""Labels that show their text as it is; see `plain_text`."""

from __future__ import annotations

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QLabel, QWidget

from ..core.plain_text import printable


class PlainLabel(QLabel):
    """A label that shows its text as it is.

    Parameters
    ----------
    text : str
    parent : QWidget, optional
    """

    def __init__(self, text: str = "", parent: QWidget | None = None):
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)

    def setText(self, text: str) -> None:  # noqa: N802 (Qt style)
        """Show a text; what would turn it around or hide a part of it is spelled out."""
        super().setText("\n".join(map(printable, text.split("\n"))))
