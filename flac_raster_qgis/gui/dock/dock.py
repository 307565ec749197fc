"""The dock widget, and its place in QGIS."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qgis.gui import QgsDockWidget
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QHideEvent, QShowEvent
from qgis.PyQt.QtWidgets import QAction

from ...core.resources import resource_icon
from . import settings

if TYPE_CHECKING:
    from qgis.gui import QgisInterface

    from ...core.layer_uri import LayerUri
    from .controller import Controller

#: A product name, so not translated.
NAME = "FLAC Raster"


class FlacRasterDock(QgsDockWidget):
    """The dock; filled when it is first shown, so that QGIS starts faster."""

    def __init__(self, iface: QgisInterface):
        super().__init__(NAME, iface.mainWindow())
        self.setObjectName("FlacRasterDock")  # QGIS stores the position of docks by this name
        self.setWindowIcon(resource_icon())
        self.setAllowedAreas(
            Qt.DockWidgetArea.LeftDockWidgetArea | Qt.DockWidgetArea.RightDockWidgetArea
        )
        self._iface = iface
        self.controller: Controller | None = None
        self.closedStateChanged.connect(self._closed)

    def _closed(self, closed: bool) -> None:
        """Hide the map items of a closed dock."""
        if self.controller is not None:
            self.controller.show_on_map(not closed)

    def showEvent(self, event: QShowEvent) -> None:
        """Fill the dock."""
        if self.controller is None:
            # not at the top, to import the engine only when needed
            from .controller import Controller
            from .form import DockForm

            form = DockForm(self)
            self.controller = Controller(self._iface, form)
            self.setWidget(form)
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Tell that the dock is closed, which QGIS does only for its button with the cross.

        A dock behind another one in a tab is not hidden, nor is one of a window that is.
        """
        super().hideEvent(event)
        if self.isHidden():
            self.closedStateChanged.emit(True)

    def remove(self) -> None:
        """Cancel all tasks and remove the dock from QGIS."""
        if self.controller is not None:
            self.controller.close()
            self.controller = None
        self._iface.removeDockWidget(self)
        self.deleteLater()


class DockEntry:
    """Adds the dock to QGIS; an action, of a button and a menu, shows and hides it."""

    def __init__(self, iface: QgisInterface, action: QAction):
        self.dock = FlacRasterDock(iface)
        self.action = action
        self.dock.setToggleVisibilityAction(action)
        if not iface.mainWindow().restoreDockWidget(self.dock):
            iface.addDockWidget(_area(), self.dock)
            self.dock.setVisible(settings.get_flag("visible", False))
        self.dock.dockLocationChanged.connect(_save_area)
        self.dock.closedStateChanged.connect(_save_visible)

    def show_raster(self, uri: LayerUri) -> None:
        """Show the dock, and open a raster in it."""
        self.dock.setUserVisible(True)
        if self.dock.controller is not None:
            self.dock.controller.form.source.set_uri(uri.text())

    def remove(self) -> None:
        """Remove the dock."""
        visible = not self.dock.isHidden()
        self.dock.dockLocationChanged.disconnect(_save_area)
        self.dock.closedStateChanged.disconnect(_save_visible)
        settings.set_flag("visible", visible)
        self.dock.remove()


def _area() -> Qt.DockWidgetArea:
    left = settings.get("area", "right") == "left"
    return Qt.DockWidgetArea.LeftDockWidgetArea if left else Qt.DockWidgetArea.RightDockWidgetArea


def _save_visible(closed: bool) -> None:
    settings.set_flag("visible", not closed)


def _save_area(area: Qt.DockWidgetArea) -> None:
    settings.set("area", "left" if area == Qt.DockWidgetArea.LeftDockWidgetArea else "right")
