"""The menu *Raster › FLAC Raster* and the toolbar button, also while packages are missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Callable

from qgis.core import QgsMapLayer, QgsRasterLayer
from qgis.PyQt.QtCore import Q_ARG, QMetaObject
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import QAction, QMenu

from ..core.message_log import TAG
from ..core.resources import resource_icon
from ..core.translation import tr
from ..dependencies.features import GEOTIFF, READING, Alternatives, missing
from .help import show_help
from .packages.offer import PackagesOffer

if TYPE_CHECKING:
    from qgis.gui import QgisInterface

    from ..core.layer_uri import LayerUri


class PluginMenu:
    """All that the plugin offers, in one menu.

    What needs Python packages that are missing opens the dialog that installs them; ``installed``
    is called when it has done so.
    """

    def __init__(self, iface: QgisInterface, installed: Callable[[], None]):
        self._iface = iface
        self.packages = PackagesOffer(iface, installed)
        self.menu = QMenu(TAG, iface.mainWindow())
        self.menu.setIcon(resource_icon())
        #: Shows and hides the dock, once there is one.
        self.dock_action = self._add(
            resource_icon(), tr("FLAC Raster &Dock"), lambda: self._needs_packages(READING)
        )
        self.dock_action.setObjectName("FlacRasterDockAction")
        self.dock_action.setToolTip(tr("FLAC Raster: stream areas of rasters into layers"))
        self._add(resource_icon("convert"), tr("&Convert…"), self.convert)
        #: In *Layer › Add Layer* as well.
        self.layer_action = self._add(
            resource_icon(), tr("&Add FLAC Raster Layer…"), self._open_page
        )
        self.layer_action.setObjectName("FlacRasterAddLayer")
        self.layer_action.setStatusTip(tr("Add a FLAC raster from a file or a web server"))
        self.menu.addSeparator()
        self._add(QIcon(), tr("&Python Packages…"), self.packages.open)
        self._add(QIcon(), tr("&Help"), show_help)
        iface.rasterMenu().addMenu(self.menu)
        iface.insertAddLayerAction(self.layer_action)
        iface.addToolBarIcon(self.dock_action)

    def _add(self, icon: QIcon, text: str, call: Callable[[], None]) -> QAction:
        action = self.menu.addAction(icon, text)
        action.triggered.connect(lambda *_: call())
        return action

    def convert(self) -> None:
        """Open the conversion tool for the active layer."""
        if not self._needs_packages(GEOTIFF):
            open_tool("convert", self._iface.activeLayer())

    def _open_page(self) -> None:
        """Open the data source manager at the page of the plugin."""
        if not self._needs_packages(READING):
            # PyQGIS has no method for this, but the main window has a slot
            window = self._iface.mainWindow()
            QMetaObject.invokeMethod(window, "dataSourceManager", Q_ARG(str, "flacraster"))

    def _needs_packages(self, packages: tuple[Alternatives, ...]) -> bool:
        """Return whether packages are missing, and offer to install them."""
        if not missing(packages):
            return False
        self.packages.open()
        return True

    def remove(self) -> None:
        """Remove the menu and the button."""
        self.packages.remove()
        self._iface.removeAddLayerAction(self.layer_action)
        self._iface.removeToolBarIcon(self.dock_action)
        self._iface.rasterMenu().removeAction(self.menu.menuAction())
        self.menu.deleteLater()


def open_tool(name: str, *sources: QgsMapLayer | LayerUri | None) -> None:
    """Open the dialog of a tool, with the first of its sources that a tool can read, if any."""
    import processing  # noqa: QGS111 (qgis.processing is empty until this is imported)

    inputs = (_input(source) for source in sources if source is not None)
    found = next(filter(None, inputs), None)
    parameters = {} if found is None else {"INPUT": found}
    processing.createAlgorithmDialog(f"flacraster:{name}", parameters).show()


def _input(source: QgsMapLayer | LayerUri) -> str:
    """Return a source as a parameter of tools; empty for a layer that they cannot read."""
    if not isinstance(source, QgsMapLayer):
        return source.text()
    # not at the top: it needs packages that may be missing
    from ..core.layer_uri import PROVIDER_KEY

    is_raster = isinstance(source, QgsRasterLayer)
    return source.id() if is_raster and source.providerType() in ("gdal", PROVIDER_KEY) else ""
