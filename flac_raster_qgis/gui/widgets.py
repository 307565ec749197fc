"""Widgets that several windows use."""

from __future__ import annotations

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import QLabel, QToolButton, QWidget

from ..core.plain_text import printable


class PlainLabel(QLabel):
    """A label that shows its text literally; see `plain_text`.

    The text of a paragraph wraps and can be selected with the mouse.
    """

    def __init__(
        self,
        text: str = "",
        parent: QWidget | None = None,
        *,
        is_paragraph: bool = False,
        is_bold: bool = False,
    ):
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)
        if is_paragraph:
            self.setWordWrap(True)
            self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        if is_bold:
            font = self.font()
            font.setBold(True)
            self.setFont(font)

    def setText(self, text: str) -> None:
        """Show a text; control characters are escaped, except line breaks."""
        super().setText("\n".join(map(printable, text.split("\n"))))


def icon_button(parent: QWidget, icon: QIcon, tip: str) -> QToolButton:
    """Return a button without text that the Tab key reaches; screen readers read its tooltip."""
    button = QToolButton(parent)
    button.setIcon(icon)
    button.setToolTip(tip)
    button.setAccessibleName(tip)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return button
