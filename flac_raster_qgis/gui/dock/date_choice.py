"""The field for the dates of a raster that a layer shows, or all of its bands."""

from __future__ import annotations

from collections.abc import Sequence

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QComboBox, QWidget

from ...core.formatting import format_number
from ...core.translation import tr
from ...engine.model.times import ALL, Time
from ..widgets import widen_list


class DateChoice(QComboBox):
    """Lists the dates; a range of them can be typed."""

    #: Another choice was made.
    changed = pyqtSignal()

    def __init__(self, parent: QWidget | None = None):
        super().__init__(parent)
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setCompleter(None)  # it would make the first month of a year that is typed
        self.setMinimumContentsLength(12)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setToolTip(
            tr(
                "All dates: the layer shows one at a time, as the temporal controller plays them. "
                "One date, or a range such as 2020-01..2020-06: only these. All bands: the layer "
                "has no dates."
            )
        )
        self._last = ""
        self.currentIndexChanged.connect(self._check)
        self.lineEdit().editingFinished.connect(self._check)

    def set_dates(self, dates: Sequence[Time]) -> None:
        """List dates; all of them are chosen, one at a time. Without dates there is no choice."""
        self.blockSignals(True)
        self.clear()
        if dates:
            count = format_number(len(dates))
            self.addItem(tr("All {count} dates, one at a time").format(count=count), ALL)
            self.addItem(tr("All bands"), "")
            self.insertSeparator(self.count())
            for date in dates:
                self.addItem(str(date), str(date))
            widen_list(self)
            self.lineEdit().setCursorPosition(0)
        self.blockSignals(False)
        self._last = self.time()

    def time(self) -> str:
        """Return what is chosen, as a layer URI has it; empty for all bands."""
        text = self.currentText()
        index = self.findText(text)
        return text.strip() if index < 0 else self.itemData(index) or ""

    def _check(self) -> None:
        if self.time() != self._last:
            self._last = self.time()
            self.changed.emit()
