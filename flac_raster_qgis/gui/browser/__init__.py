"""FLAC rasters in the Browser, in the data source manager, and dropped on the map.

QGIS asks the data provider for FLAC files in folders; see `data_provider.provider_metadata`.
"""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

from qgis.core import QgsApplication
from qgis.gui import QgsGui

from ..background_task import cancel_all
from .context_menu import ConnectionMenus
from .drop_handler import DropHandler
from .items import ConnectionTreeProvider
from .source_select import SourcePageProvider

if TYPE_CHECKING:
    from qgis.gui import QgisInterface

    from ..layers.layer_adder import LayerAdder

#: What `unregister` does, last first; None while nothing is registered.
_undo: ExitStack | None = None


def register(iface: QgisInterface, adder: LayerAdder) -> None:
    """Register everything with QGIS, once."""
    global _undo
    if _undo is not None:
        return
    _undo = ExitStack()
    _undo.callback(cancel_all)
    drops, page = DropHandler(adder), SourcePageProvider()
    _undo.callback(drops.deleteLater)
    iface.registerCustomDropHandler(drops)
    _undo.callback(iface.unregisterCustomDropHandler, drops)
    for registry, provider in (
        (QgsApplication.dataItemProviderRegistry(), ConnectionTreeProvider()),
        (QgsGui.dataItemGuiProviderRegistry(), ConnectionMenus()),
        (QgsGui.sourceSelectProviderRegistry(), page),
    ):
        registry.addProvider(provider)
        _undo.callback(registry.removeProvider, provider)
    _undo.callback(page.delete_pages)


def unregister() -> None:
    """Unregister everything in reverse order, and cancel tasks."""
    global _undo
    if _undo is not None:
        _undo.close()
        _undo = None
