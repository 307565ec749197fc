"""FLAC rasters in the Browser, in the data source manager, and dropped on the map.

QGIS asks the data provider for FLAC files in folders; see `data_provider.provider_metadata`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qgis.core import QgsApplication
from qgis.gui import QgsGui

from ..background_task import cancel_all
from .context_menu import ConnectionMenus
from .drop_handler import DropHandler
from .items import ConnectionTreeProvider
from .layer_adder import LayerAdder
from .source_select import SourcePageProvider, page_action

if TYPE_CHECKING:
    from qgis.gui import QgisInterface


class Browser:
    """Everything that is registered with QGIS, until `unregister`."""

    def __init__(self, iface: QgisInterface):
        self._iface = iface
        self._adder = LayerAdder(iface)
        self._drops = DropHandler(self._adder)
        self._tree = ConnectionTreeProvider()
        self._menus = ConnectionMenus()
        self._page = SourcePageProvider()
        self._action = page_action(iface)
        self._iface.registerCustomDropHandler(self._drops)
        QgsApplication.dataItemProviderRegistry().addProvider(self._tree)
        QgsGui.dataItemGuiProviderRegistry().addProvider(self._menus)
        QgsGui.sourceSelectProviderRegistry().addProvider(self._page)
        self._iface.insertAddLayerAction(self._action)

    def unregister(self) -> None:
        """Unregister everything in reverse order, and cancel tasks."""
        self._iface.removeAddLayerAction(self._action)
        self._page.delete_pages()
        QgsGui.sourceSelectProviderRegistry().removeProvider(self._page)
        QgsGui.dataItemGuiProviderRegistry().removeProvider(self._menus)
        QgsApplication.dataItemProviderRegistry().removeProvider(self._tree)
        self._iface.unregisterCustomDropHandler(self._drops)
        self._action.deleteLater()
        self._drops.deleteLater()
        self._adder.deleteLater()
        cancel_all()


_browser: Browser | None = None


def register(iface: QgisInterface) -> None:
    """Register everything with QGIS, once."""
    global _browser
    _browser = _browser or Browser(iface)


def unregister() -> None:
    """Unregister everything."""
    global _browser
    if _browser is not None:
        _browser.unregister()
        _browser = None
