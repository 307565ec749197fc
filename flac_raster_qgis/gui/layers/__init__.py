"""Layers of FLAC rasters: adding them, their menus, and their signs in the layer tree."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Callable

from qgis.gui import QgsGui

from ...core.layer_uri import LayerUri
from .browser_menu import BrowserMenu
from .layer_menu import LayerMenu
from .layer_signs import LayerSigns
from .raster_actions import RasterActions

if TYPE_CHECKING:
    from qgis.gui import QgisInterface

    from .layer_adder import LayerAdder


def register(
    iface: QgisInterface, adder: LayerAdder, show_in_dock: Callable[[LayerUri], None]
) -> ExitStack:
    """Register menus and signs with QGIS; closing what is returned removes them."""
    undo = ExitStack()
    actions = RasterActions(iface, adder, show_in_dock)
    registry, items = QgsGui.dataItemGuiProviderRegistry(), BrowserMenu(actions)
    registry.addProvider(items)
    undo.callback(registry.removeProvider, items)
    for made in (LayerMenu(iface, actions), LayerSigns(iface)):
        undo.callback(made.remove)
    return undo
