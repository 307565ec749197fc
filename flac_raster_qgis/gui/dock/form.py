"""Widgets of the dock and their layout; what they do is in `controller`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from qgis.core import QgsApplication
from qgis.gui import QgsCheckableComboBox, QgsExtentWidget, QgsScrollArea
from qgis.PyQt.QtCore import QEvent, QSize, Qt
from qgis.PyQt.QtGui import QIcon, QKeySequence
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ...core.resources import resource_icon
from ...core.translation import tr
from ...engine.model.times import Time
from ..connections.source_chooser import SourceChooser
from ..history.panel import HistoryPanel
from ..widgets import PlainLabel, fill, icon_button, widen_list
from .date_choice import DateChoice
from .output_choice import OutputChoice
from .raster_card import PropertiesBox, RasterCard
from .value_range import ValueRange

#: Pixels around the widgets and between them.
_MARGIN = 8


class DockForm(QWidget):
    """All widgets of the dock; the input scrolls, the plan and the buttons do not."""

    def __init__(self, parent: QWidget | None = None):
        super().__init__(parent)
        self.source = SourceChooser(self)
        self.card = RasterCard(self)
        self.area = AreaForm(self)
        self.history = HistoryPanel(self)
        self.properties = PropertiesBox(self)
        self.footer = Footer(self)
        self._lay_out()
        self.show_raster(False)

    def _lay_out(self) -> None:
        inside = QWidget(self)
        column = QVBoxLayout(inside)
        widgets = (self.source, self.card, self.area, self.history, self.properties)
        fill(column, *widgets, margin=_MARGIN, spacing=_MARGIN)
        column.addStretch()
        scroll = _ScrolledColumn(inside, self)
        line = QFrame(self)
        line.setFrameShape(QFrame.Shape.HLine)
        line.setFrameShadow(QFrame.Shadow.Sunken)
        layout = fill(QVBoxLayout(self), scroll, line, self.footer, margin=0, spacing=0)
        layout.setStretchFactor(scroll, 1)
        parts = (self.area, self.history, self.footer)
        order = [widget for part in parts for widget in part.tab_order()]
        for before, after in zip(order, order[1:]):
            QWidget.setTabOrder(before, after)

    def show_raster(self, is_open: bool) -> None:
        """Show the widgets that need an open raster, or hide them."""
        self.area.setVisible(is_open)
        self.properties.setVisible(is_open)
        self.footer.set_raster(is_open)


class _ScrolledColumn(QgsScrollArea):
    """Scrolls vertically only, and is never too narrow for what is in it."""

    def __init__(self, inside: QWidget, parent: QWidget):
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalOnly(True)
        self.setWidget(inside)

    def minimumSizeHint(self) -> QSize:
        """Return the width of the contents and of the scroll bar."""
        hint, inside = super().minimumSizeHint(), self.widget().minimumSizeHint()
        bar = self.verticalScrollBar().sizeHint()
        return QSize(inside.width() + bar.width(), hint.height())

    def event(self, event: QEvent) -> bool:
        """Pass on that the contents have changed; called by Qt."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().event(event)


class AreaForm(QWidget):
    """Chooses an area, a resolution, dates and bands."""

    def __init__(self, parent: QWidget | None = None):
        super().__init__(parent)
        self.draw_button = self._tool_button(
            tr("&Draw Box on Map"),
            resource_icon("draw_box"),
            tr("Drag a box on the map; press Esc to cancel"),
        )
        self.draw_button.setCheckable(True)
        self.map_extent_button = self._tool_button(
            tr("Map &Extent"),
            QgsApplication.getThemeIcon("mActionZoomFullExtent.svg"),
            tr("Use the current map extent"),
        )
        self.raster_extent_button = self._tool_button(
            tr("W&hole Raster"),
            QgsApplication.getThemeIcon("mActionZoomToLayer.svg"),
            tr("Use the extent of the raster"),
        )
        self.extent = QgsExtentWidget(self, QgsExtentWidget.WidgetStyle.CondensedStyle)
        self.extent.setNullValueAllowed(True, "xmin,xmax,ymin,ymax")
        self.extent.setToolTip(
            tr(
                "Extent in any CRS, as xmin,xmax,ymin,ymax [EPSG:4326]. The button uses the extent "
                "of a layer."
            )
        )
        for button in self.extent.findChildren(QToolButton):  # its text is only “…”
            button.setToolTip(tr("Use the extent of a layer"))
            button.setAccessibleName(button.toolTip())
        self.level = QComboBox(self)
        self.level.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.level.setMinimumContentsLength(12)
        self.level.setToolTip(tr("Full resolution, or an overview of the file"))
        self.dates = DateChoice(self)
        self.bands = QgsCheckableComboBox(self)
        self.bands.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.bands.setMinimumContentsLength(12)
        self.bands.setToolTip(tr("Bands of the result"))
        self.values = ValueRange(self)
        self._lay_out()

    def _tool_button(self, text: str, icon: QIcon, tip: str) -> QToolButton:
        button = icon_button(self, icon, tip)
        button.setText(text)
        size = button.fontMetrics().height()
        button.setIconSize(QSize(size, size))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setAccessibleName(text.replace("&", ""))
        # no narrower than its text, which would be cut
        button.setSizePolicy(QSizePolicy.Policy.MinimumExpanding, QSizePolicy.Policy.Fixed)
        return button

    def _lay_out(self) -> None:
        others = fill(QHBoxLayout(), self.map_extent_button, self.raster_extent_button, spacing=6)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setColumnStretch(1, 1)
        grid.addWidget(self.draw_button, 0, 0, 1, 2)
        grid.addLayout(others, 1, 0, 1, 2)
        rows = (
            (tr("E&xtent"), self.extent),
            (tr("Resolu&tion"), self.level),
            (tr("D&ates"), self.dates),
            (tr("&Bands"), self.bands),
            (tr("&Values"), self.values),
        )
        for row, (text, widget) in enumerate(rows, start=2):
            label = PlainLabel(text, self, buddy=widget)
            grid.addWidget(label, row, 0)
            grid.addWidget(widget, row, 1)
            if widget is self.dates:
                self._dates_label = label
        self.set_dates(())

    def set_dates(self, dates: Sequence[Time]) -> None:
        """List the dates; the field is hidden without any."""
        self.dates.set_dates(dates)
        for widget in (self._dates_label, self.dates):
            widget.setVisible(bool(dates))

    def set_levels(self, texts: Iterable[str]) -> None:
        """List the levels, in full even if the dock is narrow."""
        self.level.clear()
        for number, text in enumerate(texts):
            self.level.addItem(text, number)
        widen_list(self.level)

    def set_bands(self, text_of_all: str, texts: Mapping[int, str]) -> None:
        """List bands by number, in full as well; none is chosen, which stands for all."""
        self.bands.clear()
        self.bands.setDefaultText(text_of_all)
        for number, text in texts.items():
            self.bands.addItemWithCheckState(text, Qt.CheckState.Unchecked, number)
        widen_list(self.bands)

    def tab_order(self) -> list[QWidget]:
        """Return the widgets in the order of the Tab key."""
        buttons = [self.draw_button, self.map_extent_button, self.raster_extent_button]
        lines = [self.values.low, self.values.high]
        return [*buttons, self.extent, self.level, self.dates, self.bands, *lines]


class Footer(QWidget):
    """The plan of the area and the buttons that start something."""

    def __init__(self, parent: QWidget | None = None):
        super().__init__(parent)
        self._has_raster = self._is_running = False
        self.plan_label = PlainLabel(parent=self, is_paragraph=True, is_bold=True)
        self.plan_label.setAccessibleName(tr("Download plan"))
        self.result = PlainLabel(parent=self, is_paragraph=True)
        self.output = OutputChoice(self)
        self.stream_button = self._button(
            tr("&Stream into Layer"),
            resource_icon("extract"),
            tr("Download the tiles of the area and add it to the project as a layer"),
        )
        self.stream_button.setDefault(True)
        self.stream_button.setAutoDefault(True)
        self.live_button = self._button(
            tr("Add &Live Layer"),
            QgsApplication.getThemeIcon("mActionAddRasterLayer.svg"),
            tr("Add the whole raster as a layer that downloads only what the map shows"),
        )
        self.convert_button = self._button(
            tr("&Convert…"),
            resource_icon("convert"),
            tr("Open the conversion tool for the selected layer, else for this raster"),
        )
        self.help_button = icon_button(
            self, QgsApplication.getThemeIcon("mActionHelpContents.svg"), tr("Help")
        )
        self.help_button.setShortcut(QKeySequence(QKeySequence.StandardKey.HelpContents))
        self.help_button.setAutoRaise(True)
        self.help_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.progress = QProgressBar(self)
        self.progress.setRange(0, 1000)
        self.progress.setAccessibleName(tr("Progress"))
        self.cancel_button = self._button(
            tr("Cancel"), QIcon(), tr("Cancel and delete the incomplete file")
        )
        self._lay_out()
        self.set_raster(False)

    def _button(self, text: str, icon: QIcon, tip: str) -> QPushButton:
        button = QPushButton(icon, text, self)
        button.setToolTip(tip)
        return button

    def _lay_out(self) -> None:
        running = fill(QHBoxLayout(), self.progress, self.cancel_button)
        running.setStretch(0, 1)
        others = fill(QHBoxLayout(), self.live_button, self.convert_button, self.help_button)
        for button in (self.live_button, self.convert_button):
            others.setStretchFactor(button, 1)
        above = (self.plan_label, self.result, self.output, self.stream_button)
        fill(QVBoxLayout(self), *above, running, others, margin=_MARGIN, spacing=6)

    def set_raster(self, is_open: bool) -> None:
        """Show the widgets that need an open raster, or hide them."""
        self._has_raster = is_open
        for widget in (self.plan_label, self.result, self.output):
            widget.setVisible(is_open)
        self.live_button.setEnabled(is_open)
        self.set_running(self._is_running)

    def set_running(self, is_running: bool) -> None:
        """Show the progress of a download instead of the button that starts it."""
        self._is_running = is_running
        self.progress.setVisible(is_running)
        self.cancel_button.setVisible(is_running)
        self.stream_button.setVisible(self._has_raster and not is_running)

    def tab_order(self) -> list[QWidget]:
        """Return the widgets in the order of the Tab key."""
        start = [*self.output.tab_order(), self.stream_button, self.cancel_button]
        return [*start, self.live_button, self.convert_button, self.help_button]
