"""Entries in the menu of raster layers in the layer tree."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING

from qgis.core import QgsMapLayer, QgsProject, QgsRasterLayer
from qgis.PyQt.QtCore import QObject
from qgis.PyQt.QtWidgets import QAction

from ...core.layer_uri import LayerUri
from ...core.message_log import TAG
from ...core.resources import resource_icon
from ...core.translation import tr
from ...data_provider.background_open import is_flac_layer
from ...data_provider.qgis_versions import RASTER_LAYER
from ..plugin_menu import open_tool
from .raster_actions import Entry, Raster, RasterActions

if TYPE_CHECKING:
    from qgis.gui import QgisInterface


class LayerMenu(QObject):
    """The submenu *FLAC Raster* of FLAC layers, and *Convert to FLAC Raster…* of other rasters."""

    def __init__(self, iface: QgisInterface, actions: RasterActions):
        super().__init__(iface.mainWindow())
        self._iface = iface
        self._actions = [
            (self._action(entry.icon, entry.text, TAG, partial(self._call, entry)), entry)
            for entry in actions.entries()
        ]
        self._convert = self._action(
            resource_icon("convert"),
            tr("Convert to FLAC Raster…"),
            "",
            lambda: open_tool("convert", iface.activeLayer()),
        )
        QgsProject.instance().layersAdded.connect(self._add)
        self._add(QgsProject.instance().mapLayers().values())

    def _action(self, icon, text: str, menu: str, call) -> QAction:
        action = QAction(icon, text, self)
        action.triggered.connect(lambda *_: call())
        self._iface.addCustomActionForLayerType(action, menu, RASTER_LAYER, False)
        return action

    def _add(self, layers: Iterable[QgsMapLayer]) -> None:
        """Add the entries that apply to layers; QGIS removes them with the layer."""
        for layer in layers:
            if is_flac_layer(layer):
                raster = Raster(LayerUri.parse(layer.source()), layer)
                for action, entry in self._actions:
                    if entry.applies_to(raster):
                        self._iface.addCustomActionForLayer(action, layer)
            elif isinstance(layer, QgsRasterLayer) and layer.providerType() == "gdal":
                self._iface.addCustomActionForLayer(self._convert, layer)

    def _call(self, entry: Entry) -> None:
        """Call an entry for the layer that was clicked, which is the active one."""
        layer = self._iface.activeLayer()
        if is_flac_layer(layer):
            entry.call(Raster(LayerUri.parse(layer.source()), layer))

    def remove(self) -> None:
        """Remove the entries."""
        QgsProject.instance().layersAdded.disconnect(self._add)
        for action in (self._convert, *(action for action, _ in self._actions)):
            self._iface.removeCustomActionForLayerType(action)
        self.deleteLater()
