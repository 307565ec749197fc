"""Widgets of the history of pixels: a button, the chart, what it shows, and what to do with it."""

from __future__ import annotations

from qgis.PyQt.QtCore import QSize, Qt, QTimer
from qgis.PyQt.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ...core.resources import resource_icon
from ...core.translation import tr
from ..widgets import PlainLabel, fill, icon_button
from .chart import HistoryChart


class HistoryPanel(QWidget):
    """A button that starts a map tool; below it the chart, once there is a place."""

    def __init__(self, parent: QWidget | None = None):
        super().__init__(parent)
        self.button = icon_button(
            self,
            resource_icon("sample"),
            tr("Click on the map to draw the values of a pixel; press Esc to stop"),
        )
        self.button.setText(tr("Pixel Histor&y"))
        self.button.setAccessibleName(tr("Pixel history"))
        self.button.setCheckable(True)
        size = self.button.fontMetrics().height()
        self.button.setIconSize(QSize(size, size))
        self.button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.button.setSizePolicy(QSizePolicy.Policy.MinimumExpanding, QSizePolicy.Policy.Fixed)
        self.chart = HistoryChart(self)
        #: Values at the cursor, or what the chart shows.
        self.text = PlainLabel(parent=self, is_paragraph=True)
        #: What is read, and errors.
        self.status = PlainLabel(parent=self, is_paragraph=True)
        self.read_button = QPushButton(tr("Do&wnload"), self)
        self.copy_button = QPushButton(tr("C&opy"), self)
        self.copy_button.setToolTip(tr("Copy all values as text, for a spreadsheet"))
        self.save_button = QPushButton(tr("S&ave CSV…"), self)
        self.save_button.setToolTip(tr("Save all values as a CSV file"))
        self.clear_button = QPushButton(tr("Clea&r"), self)
        self.clear_button.setToolTip(tr("Remove all places"))
        self._buttons = QWidget(self)
        row = fill(QHBoxLayout(self._buttons), *self._actions(), margin=0)
        row.addStretch()
        inside = (self.button, self.chart, self.text, self.status, self.read_button, self._buttons)
        fill(QVBoxLayout(self), *inside, margin=0, spacing=6)
        self.show_chart(False)
        self.show_status("")
        self.ask("")

    def _actions(self) -> tuple[QPushButton, ...]:
        return (self.copy_button, self.save_button, self.clear_button)

    def show_chart(self, is_shown: bool) -> None:
        """Show chart and buttons, or hide them."""
        appears = is_shown and not self.chart.isVisibleTo(self)
        for widget in (self.chart, self.text, self._buttons):
            widget.setVisible(is_shown)
        if appears:
            QTimer.singleShot(0, self._scroll_into_view)  # once there is room for them

    def _scroll_into_view(self) -> None:
        area = self.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        if area is not None:
            area.ensureWidgetVisible(self)

    def show_status(self, text: str) -> None:
        """Show what is being read, or an error; nothing if it is empty."""
        self.status.setText(text)
        self.status.setVisible(bool(text))

    def ask(self, tip: str) -> None:
        """Show the button that starts a large download; hide it without a tip."""
        self.read_button.setToolTip(tip)
        self.read_button.setVisible(bool(tip))

    def tab_order(self) -> list[QWidget]:
        """Return the widgets in the order of the Tab key."""
        return [self.button, self.chart, self.read_button, *self._actions()]
