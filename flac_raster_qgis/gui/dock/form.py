"""What the dock looks like: widgets and where they are, and nothing of what they do."""

from __future__ import annotations

from qgis.core import QgsApplication
from qgis.gui import QgsCheckableComboBox, QgsExtentWidget, QgsScrollArea
from qgis.PyQt.QtCore import QSize, Qt
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
from ..connections.source_chooser import SourceChooser
from ..widgets import PlainLabel
from .output_choice import OutputChoice
from .raster_card import RasterCard

#: Width of the labels of a form is the same in all of its parts.
_MARGIN = 8


class DockForm(QWidget):
    """All widgets of the dock.

    What is chosen scrolls; what it costs, and the buttons, stay in sight below.

    Parameters
    ----------
    parent : QWidget, optional
    """

    def __init__(self, parent: QWidget | None = None):
        super().__init__(parent)
        self.source = SourceChooser(self)
        self.card = RasterCard(self)
        self.area = AreaForm(self)
        self.footer = Footer(self)
        self._lay_out()
        self.show_raster(False)

    def _lay_out(self) -> None:
        inside = QWidget(self)
        column = QVBoxLayout(inside)
        column.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        column.setSpacing(_MARGIN)
        column.addWidget(self.source)
        column.addWidget(self.card)
        column.addWidget(self.area)
        column.addStretch()
        scroll = QgsScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setVerticalOnly(True)
        scroll.setWidget(inside)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(scroll, 1)
        layout.addWidget(_line(self))
        layout.addWidget(self.footer)
        widgets = [*self.area.tab_order(), *self.footer.tab_order()]
        for before, after in zip(widgets, widgets[1:]):
            QWidget.setTabOrder(before, after)

    def show_raster(self, there: bool) -> None:
        """Show what only makes sense when a raster is open."""
        self.area.setVisible(there)
        self.footer.set_raster(there)


class AreaForm(QWidget):
    """Chooses an area, a resolution and bands.

    Parameters
    ----------
    parent : QWidget, optional
    """

    def __init__(self, parent: QWidget | None = None):
        super().__init__(parent)
        self.draw_button = _tool_button(
            self,
            tr("&Draw a box on the map"),
            resource_icon("draw_box"),
            tr("Press the mouse button at one corner, release it at the other; Esc gives up"),
        )
        self.draw_button.setCheckable(True)
        self.view_button = _tool_button(
            self,
            tr("Map &view"),
            QgsApplication.getThemeIcon("mActionZoomFullExtent.svg"),
            tr("Take what the map shows now"),
        )
        self.whole_button = _tool_button(
            self,
            tr("W&hole raster"),
            QgsApplication.getThemeIcon("mActionZoomToLayer.svg"),
            tr("Take all of the raster"),
        )
        self.extent = QgsExtentWidget(self, QgsExtentWidget.WidgetStyle.CondensedStyle)
        self.extent.setNullValueAllowed(True, tr("draw a box, or type xmin,xmax,ymin,ymax [CRS]"))
        self.extent.setToolTip(
            tr(
                "The area in any coordinate system, as xmin,xmax,ymin,ymax [EPSG:4326]. The button "
                "takes the extent of a layer."
            )
        )
        for button in self.extent.findChildren(QToolButton):  # which only shows “…”
            button.setToolTip(tr("Take the extent of a layer"))
            button.setAccessibleName(button.toolTip())
        self.level = QComboBox(self)
        self.level.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.level.setMinimumContentsLength(12)
        self.level.setToolTip(
            tr("Pixels of full resolution, or those of the overviews in the file")
        )
        self.bands = QgsCheckableComboBox(self)
        self.bands.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.bands.setMinimumContentsLength(12)
        self.bands.setToolTip(tr("Bands of the result"))
        self._lay_out()

    def _lay_out(self) -> None:
        others = QHBoxLayout()
        others.setSpacing(6)
        others.addWidget(self.view_button)
        others.addWidget(self.whole_button)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setColumnStretch(1, 1)
        grid.addWidget(_heading(self, tr("Area")), 0, 0, 1, 2)
        grid.addWidget(self.draw_button, 1, 0, 1, 2)
        grid.addLayout(others, 2, 0, 1, 2)
        for row, (text, widget) in enumerate(
            (
                (tr("E&xtent"), self.extent),
                (tr("Resolu&tion"), self.level),
                (tr("&Bands"), self.bands),
            ),
            start=3,
        ):
            label = PlainLabel(text, self)
            label.setBuddy(widget)
            widget.setAccessibleName(text.replace("&", ""))
            grid.addWidget(label, row, 0)
            grid.addWidget(widget, row, 1)

    def tab_order(self) -> list[QWidget]:
        """Widgets in the order of the Tab key."""
        return [
            self.draw_button,
            self.view_button,
            self.whole_button,
            self.extent,
            self.level,
            self.bands,
        ]


class Footer(QWidget):
    """What the area costs, and the buttons that start something.

    Parameters
    ----------
    parent : QWidget, optional
    """

    def __init__(self, parent: QWidget | None = None):
        super().__init__(parent)
        self._has_raster = self._is_running = False
        self.needs = PlainLabel(parent=self)
        self.needs.setWordWrap(True)
        self.needs.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        font = self.needs.font()
        font.setBold(True)
        self.needs.setFont(font)
        self.needs.setAccessibleName(tr("What the area needs"))
        self.result = PlainLabel(parent=self)
        self.result.setWordWrap(True)
        self.output = OutputChoice(self)
        self.stream_button = QPushButton(tr("&Stream into layer"), self)
        self.stream_button.setIcon(resource_icon("extract"))
        self.stream_button.setDefault(True)
        self.stream_button.setAutoDefault(True)
        self.stream_button.setToolTip(
            tr("Fetch the tiles of the area and add it to the project as a layer")
        )
        self.live_button = QPushButton(tr("Add &live layer"), self)
        self.live_button.setIcon(QgsApplication.getThemeIcon("mActionAddRasterLayer.svg"))
        self.live_button.setToolTip(
            tr("Add the whole raster as a layer that fetches what the map shows")
        )
        self.convert_button = QPushButton(tr("&Convert…"), self)
        self.convert_button.setIcon(resource_icon("convert"))
        self.convert_button.setToolTip(
            tr(
                "Open the tool that converts rasters to and from FLAC, with this raster or the "
                "active layer filled in"
            )
        )
        self.help_button = QToolButton(self)
        self.help_button.setIcon(QgsApplication.getThemeIcon("mActionHelpContents.svg"))
        self.help_button.setToolTip(tr("Help"))
        self.help_button.setAccessibleName(tr("Help"))
        self.help_button.setShortcut(QKeySequence(QKeySequence.StandardKey.HelpContents))
        self.help_button.setAutoRaise(True)
        self.help_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.progress = QProgressBar(self)
        self.progress.setRange(0, 1000)
        self.progress.setAccessibleName(tr("Progress"))
        self.cancel_button = QPushButton(tr("Cancel"), self)
        self.cancel_button.setToolTip(tr("Stop; nothing is left behind"))
        self._lay_out()
        self.set_raster(False)

    def _lay_out(self) -> None:
        running = QHBoxLayout()
        running.addWidget(self.progress, 1)
        running.addWidget(self.cancel_button)
        others = QHBoxLayout()
        others.addWidget(self.live_button, 1)
        others.addWidget(self.convert_button, 1)
        others.addWidget(self.help_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        layout.setSpacing(6)
        layout.addWidget(self.needs)
        layout.addWidget(self.result)
        layout.addWidget(self.output)
        layout.addWidget(self.stream_button)
        layout.addLayout(running)
        layout.addLayout(others)

    def set_raster(self, there: bool) -> None:
        """Show what only makes sense when a raster is open."""
        self._has_raster = there
        for widget in (self.needs, self.result, self.output):
            widget.setVisible(there)
        self.live_button.setEnabled(there)
        self.set_running(self._is_running)

    def set_running(self, running: bool) -> None:
        """Show progress in the place of the button that started it."""
        self._is_running = running
        self.progress.setVisible(running)
        self.cancel_button.setVisible(running)
        self.stream_button.setVisible(self._has_raster and not running)

    def tab_order(self) -> list[QWidget]:
        """Widgets in the order of the Tab key."""
        return [
            *self.output.tab_order(),
            self.stream_button,
            self.cancel_button,
            self.live_button,
            self.convert_button,
            self.help_button,
        ]


def _tool_button(parent: QWidget, text: str, icon: QIcon, tip: str) -> QToolButton:
    button = QToolButton(parent)
    button.setText(text)
    button.setIcon(icon)
    size = QgsApplication.fontMetrics().height() if hasattr(QgsApplication, "fontMetrics") else 16
    button.setIconSize(QSize(size, size))
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    button.setToolTip(tip)
    button.setAccessibleName(text.replace("&", ""))
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return button


def _heading(parent: QWidget, text: str) -> PlainLabel:
    label = PlainLabel(text, parent)
    font = label.font()
    font.setBold(True)
    label.setFont(font)
    return label


def _line(parent: QWidget) -> QFrame:
    line = QFrame(parent)
    line.setFrameShape(QFrame.Shape.HLine)
    line.setFrameShadow(QFrame.Shadow.Sunken)
    return line
