"""Where users of QGIS look for data: browser panel, data source manager, things dropped on the map.

FLAC files in folders are not here: QGIS asks the data provider for them
(`data_provider.provider_metadata`).
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
    """All that is registered, from `register` to `unregister`.

    Parameters
    ----------
    iface : QgisInterface
    """

    def __init__(self, iface: QgisInterface):
        self._iface = iface
        self._adder = LayerAdder(iface)
        self._drops = DropHandler(self._adder)
        self._tree = ConnectionTreeProvider()
        self._menus = ConnectionMenus()
        self._page = SourcePageProvider()
        self._action = page_action(iface)

    def register(self) -> None:
        """Add everything to QGIS."""
        self._iface.registerCustomDropHandler(self._drops)
        QgsApplication.dataItemProviderRegistry().addProvider(self._tree)
        QgsGui.dataItemGuiProviderRegistry().addProvider(self._menus)
        QgsGui.sourceSelectProviderRegistry().addProvider(self._page)
        self._iface.insertAddLayerAction(self._action)

    def unregister(self) -> None:
        """Take it all away again, last first; what is being opened is given up."""
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
    """Add everything to QGIS; doing it twice changes nothing."""
    global _browser
    if _browser is None:
        _browser = Browser(iface)
        _browser.register()


def unregister() -> None:
    """Take everything away again."""
    global _browser
    if _browser is not None:
        _browser.unregister()
        _browser = None
