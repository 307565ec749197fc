"""Entries in the menu of FLAC rasters in the Browser: files in folders, and saved connections."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from qgis.core import QgsDataItem, QgsLayerItem
from qgis.gui import QgsDataItemGuiContext, QgsDataItemGuiProvider
from qgis.PyQt.QtWidgets import QMenu

from ...core.layer_uri import PROVIDER_KEY, LayerUri
from ...core.message_log import TAG
from ...core.resources import resource_icon
from .raster_actions import Raster, RasterActions


class BrowserMenu(QgsDataItemGuiProvider):
    """Adds the submenu *FLAC Raster*."""

    def __init__(self, actions: RasterActions):
        super().__init__()
        self._actions = actions

    def name(self) -> str:
        """Return the name in the registry."""
        return "FlacRasterItems"

    def populateContextMenu(
        self,
        item: QgsDataItem,
        menu: QMenu,
        selectedItems: Sequence[QgsDataItem],
        context: QgsDataItemGuiContext,
    ) -> None:
        """Add the submenu for a single raster."""
        if not isinstance(item, QgsLayerItem) or item.providerKey() != PROVIDER_KEY:
            return
        if len(selectedItems) > 1:
            return
        raster = Raster(LayerUri.parse(item.uri()))
        submenu = menu.addMenu(resource_icon(), TAG)
        for entry in self._actions.entries():
            if entry.applies_to(raster):
                submenu.addAction(entry.icon, entry.text, partial(entry.call, raster))
