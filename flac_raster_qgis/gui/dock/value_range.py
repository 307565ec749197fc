"""A range of values in one row: shows that of the area, and takes another one as a filter."""

from __future__ import annotations

from qgis.PyQt.QtCore import QRegularExpression, pyqtSignal
from qgis.PyQt.QtGui import QRegularExpressionValidator
from qgis.PyQt.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from ...core.hints import fade_hint
from ...core.translation import tr
from ..widgets import PlainLabel, fill

#: A number, perhaps unfinished, with either decimal sign.
_NUMBER = QRegularExpression(r"[-+]?\d*[.,]?\d*([eE][-+]?\d*)?")
#: Lowest and highest value; None for any.
Values = tuple["float | None", "float | None"]


class ValueRange(QWidget):
    """Two lines; as long as they are empty, they show the values of the area."""

    changed = pyqtSignal()

    def __init__(self, parent: QWidget | None = None):
        super().__init__(parent)
        self.low = self._line(tr("Lowest value to look for"))
        self.high = self._line(tr("Highest value to look for"))
        fill(QHBoxLayout(self), self.low, PlainLabel("–", self), self.high, margin=0)
        self.setFocusProxy(self.low)
        self.show_values(None, is_known=False)

    def _line(self, name: str) -> QLineEdit:
        line = QLineEdit(self)
        fade_hint(line, 0.75)  # the values of the area are to be read, not only a hint
        line.setClearButtonEnabled(True)
        line.setValidator(QRegularExpressionValidator(_NUMBER, line))
        line.setAccessibleName(name)
        line.textChanged.connect(lambda *_: self.changed.emit())
        return line

    def show_values(self, texts: tuple[str, str] | None, *, is_known: bool) -> None:
        """Show the lowest and highest value of the area, if there are any and they are known."""
        for line, text in zip((self.low, self.high), texts or ("", "")):
            line.setPlaceholderText(text)
            line.setEnabled(is_known)
        self.setToolTip(
            tr(
                "Lowest and highest value in the tiles of the area, from the file header. Enter "
                "others to narrow the area to the tiles with such values."
            )
            if is_known
            else tr(
                "The file does not list the values of its tiles, or the bands have several units"
            )
        )

    def values(self) -> Values | None:
        """Return the range that is entered; None if none is."""
        if not self.low.isEnabled():
            return None
        low, high = _number(self.low.text()), _number(self.high.text())
        return None if low is None and high is None else (low, high)

    def clear(self) -> None:
        """Remove what is entered."""
        self.low.clear()
        self.high.clear()


def _number(text: str) -> float | None:
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return None
