"""Widgets that several windows use."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Callable, TypeVar

from qgis.PyQt.QtCore import QEvent, Qt
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import (
    QBoxLayout,
    QComboBox,
    QDialog,
    QLabel,
    QLayout,
    QMessageBox,
    QPushButton,
    QToolButton,
    QWidget,
)

from ..core.plain_text import literal_text, printable, to_html
from ..core.translation import tr

if TYPE_CHECKING:
    from qgis.core import Qgis
    from qgis.gui import QgsMessageBar, QgsMessageBarItem

Box = TypeVar("Box", bound=QBoxLayout)
#: Widest list of a combo box in pixels; URLs are longer than docks are wide.
_MAX_LIST_WIDTH = 700
#: Where the name of a file can go on in the next line.
_IN_NAME = re.compile(r"(?<=[_.-])(?=\w)")
_BREAK = "\u200b"  # a space of no width
#: The space between a number and its unit.
_BEFORE_UNIT = re.compile(r"(?<=\d) (?=%|(?:[kMGT]?B|bytes?|Bytes?|Pixels?|pixels?)\b)")
_NO_BREAK = "\u00a0"


class PlainLabel(QLabel):
    """A label that shows its text literally; see `plain_text`.

    The text of a paragraph wraps and can be selected with the mouse. A ``buddy`` is the widget that
    the text names, also for screen readers.
    """

    def __init__(
        self,
        text: str = "",
        parent: QWidget | None = None,
        *,
        is_paragraph: bool = False,
        is_bold: bool = False,
        buddy: QWidget | None = None,
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
        if buddy is not None:
            self.setBuddy(buddy)
            buddy.setAccessibleName(text.replace("&", ""))

    def setText(self, text: str) -> None:
        """Show a text; control characters are escaped, except line breaks.

        Units stay in the line of their numbers.
        """
        shown = "\n".join(map(printable, text.split("\n")))
        super().setText(_BEFORE_UNIT.sub(_NO_BREAK, shown))

    def text(self) -> str:
        """Return the text, with ordinary spaces."""
        return super().text().replace(_NO_BREAK, " ")


class NameLabel(PlainLabel):
    """A label for the name of a file, in as many lines as it takes; it has no spaces to wrap at.

    It cannot be selected, as copies would have the invisible breaks.
    """

    def __init__(self, parent: QWidget | None = None):
        super().__init__(parent=parent, is_bold=True)
        self.setWordWrap(True)

    def setText(self, text: str) -> None:
        """Show a name; screen readers and `name` have it as it is."""
        QLabel.setText(self, _IN_NAME.sub(_BREAK, printable(text)))
        self.setAccessibleName(text)

    def name(self) -> str:
        """Return the name that is shown."""
        return self.text().replace(_BREAK, "")


class GrowingDialog(QDialog):
    """A dialog that becomes higher when its contents do, such as a text of more lines.

    Qt only does so for contents whose height does not depend on their width.
    """

    def event(self, event: QEvent) -> bool:
        """Handle an event; called by Qt."""
        is_layout = event.type() == QEvent.Type.LayoutRequest  # another event may delete the dialog
        is_handled = super().event(event)
        if is_layout and self.layout().hasHeightForWidth():
            height = self.layout().totalHeightForWidth(self.width())
            self.resize(self.width(), max(self.height(), height))
        return is_handled


def widen_list(combo: QComboBox) -> None:
    """Make the list of a combo box as wide as its items, also where the box is narrow."""
    view = combo.view()
    width = view.sizeHintForColumn(0) + 2 * view.verticalScrollBar().sizeHint().width()
    view.setMinimumWidth(min(width, _MAX_LIST_WIDTH))


def fill(
    box: Box, *items: QWidget | QLayout, margin: int | None = None, spacing: int | None = None
) -> Box:
    """Add widgets and layouts to a row or column, and return it.

    Margins and spacing are in pixels, by default those of the style.
    """
    for item in items:
        if isinstance(item, QWidget):
            box.addWidget(item)
        else:
            box.addLayout(item)
    if margin is not None:
        box.setContentsMargins(margin, margin, margin, margin)
    if spacing is not None:
        box.setSpacing(spacing)
    return box


def confirms(parent: QWidget | None, title: str, question: str) -> bool:
    """Ask a question, shown literally, that Return answers with No; return whether it is Yes."""
    buttons = QMessageBox.StandardButton
    answer = QMessageBox.question(
        parent, title, literal_text(question), buttons.Yes | buttons.No, buttons.No
    )
    return bool(answer == buttons.Yes)


def may_replace(parent: QWidget | None, path: str) -> bool:
    """Return whether there is no file at a path, or the user wants to replace it."""
    question = tr("{path} already exists. Replace it?").format(path=path)
    return not os.path.exists(path) or confirms(parent, tr("Replace File"), question)


def push_with_buttons(
    bar: QgsMessageBar,
    title: str,
    text: str,
    level: Qgis.MessageLevel,
    buttons: dict[str, Callable[[], None]],
    *,
    seconds: int = 0,
) -> QgsMessageBarItem:
    """Show a message literally above the map, until it is closed without ``seconds``.

    ``buttons`` call something, by their text.
    """
    item = bar.createMessage(to_html(title), to_html(text))
    for button in make_buttons(item, buttons):
        item.layout().addWidget(button)
    bar.pushWidget(item, level, seconds)
    return item


def make_buttons(parent: QWidget, buttons: dict[str, Callable[[], None]]) -> list[QPushButton]:
    """Return buttons that call something."""
    made = []
    for text, call in buttons.items():
        button = QPushButton(text, parent)
        button.clicked.connect(lambda *_, call=call: call())
        made.append(button)
    return made


def icon_button(parent: QWidget, icon: QIcon, tip: str) -> QToolButton:
    """Return a button without text that the Tab key reaches; screen readers read its tooltip."""
    button = QToolButton(parent)
    button.setIcon(icon)
    button.setToolTip(tip)
    button.setAccessibleName(tip)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return button
