"""Signs in the layer tree: a layer is read from a server, and the server does not answer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from qgis.core import (
    QgsLayerTreeLayer,
    QgsLayerTreeNode,
    QgsMapLayer,
    QgsProject,
    QgsRasterLayer,
)
from qgis.gui import QgsLayerTreeViewIndicator
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QObject, QTimer

from ...core.layer_uri import LayerUri
from ...core.plain_text import literal_text
from ...core.resources import resource_icon
from ...core.translation import tr
from ...data_provider.background_open import is_flac_layer, open_again
from ...data_provider.outage import CHANGES
from ...data_provider.shared_rasters import get_open_raster
from ...engine.storage.urls import server_key

if TYPE_CHECKING:
    from qgis.gui import QgisInterface

#: Milliseconds before a server that did not answer is asked again: at first, and at most.
_FIRST_INTERVAL, _MAX_INTERVAL = 10_000, 160_000


class Sign(NamedTuple):
    """The look of a sign."""

    icon: str
    tip: str


class LayerSigns(QObject):
    """Keeps the signs of all layers of the project, and asks servers that did not answer again."""

    def __init__(self, iface: QgisInterface):
        super().__init__(iface.mainWindow())
        self._view = iface.layerTreeView()
        #: By the address of the node, whose Python wrapper may change.
        self._shown: dict[int, tuple[Sign, QgsLayerTreeViewIndicator]] = {}
        #: Rasters whose servers did not answer.
        self._silent: set[LayerUri] = set()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._update)
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(_FIRST_INTERVAL)
        self._again.timeout.connect(self._ask_again)
        project = QgsProject.instance()
        self._connections = [
            (project.layersAdded, self._watch),
            (self._root().addedChildren, self._update_soon),
            (self._root().willRemoveChildren, self._forget_nodes),
            # nodes have no layers yet when a project adds them, and QGIS may ask the user meanwhile
            (project.readProject, self._update_soon),
            (CHANGES.happened, self._update_soon),
        ]
        for signal, slot in self._connections:
            signal.connect(slot)
        self._watch(project.mapLayers().values())

    @staticmethod
    def _root():
        return QgsProject.instance().layerTreeRoot()

    def _watch(self, layers: Iterable[QgsMapLayer]) -> None:
        for layer in layers:
            if isinstance(layer, QgsRasterLayer):
                layer.dataSourceChanged.connect(self._update_soon)
        self._update_soon()

    def _update_soon(self, *_: object) -> None:
        if self._connections:  # else it is removed: an answer of a server may come later
            self._soon.start(0)  # many changes come at once

    def _update(self) -> None:
        self._silent.clear()
        for node in self._root().findLayers():
            layer = node.layer()
            sign = _sign_of(layer) if is_flac_layer(layer) else None
            if sign is not None and sign.icon == "unreachable":
                self._silent.add(LayerUri.parse(layer.source()))
            self._show(node, sign)
        if self._silent and not self._again.isActive():
            self._again.start()
        elif not self._silent:
            self._again.stop()
            self._again.setInterval(_FIRST_INTERVAL)

    def _show(self, node: QgsLayerTreeLayer, sign: Sign | None) -> None:
        key = sip.unwrapinstance(node)
        shown, indicator = self._shown.get(key, (None, None))
        if shown == sign:
            return
        if indicator is not None:
            self._view.removeIndicator(node, indicator)
            del self._shown[key]
        if sign is not None:
            indicator = QgsLayerTreeViewIndicator(self)
            indicator.setIcon(resource_icon(sign.icon))
            indicator.setToolTip(literal_text(sign.tip))
            if sign.icon == "unreachable":
                indicator.clicked.connect(lambda *_: self._ask_again())
            self._view.addIndicator(node, indicator)
            self._shown[key] = (sign, indicator)
        self._view.viewport().update()  # QGIS would show the change the next time that it paints

    def _forget_nodes(self, node: QgsLayerTreeNode, first: int, last: int) -> None:
        """Remove the signs of nodes that are removed, also when they are moved."""
        for child in node.children()[first : last + 1]:
            inside = [child] if isinstance(child, QgsLayerTreeLayer) else child.findLayers()
            for found in inside:
                self._show(found, None)

    def _ask_again(self) -> None:
        self._again.setInterval(min(2 * self._again.interval(), _MAX_INTERVAL))
        for uri in self._silent:
            open_again(uri, self._update_soon)

    def remove(self) -> None:
        """Remove all signs."""
        while self._connections:
            signal, slot = self._connections.pop()
            signal.disconnect(slot)
        self._soon.stop()
        self._again.stop()
        for node in self._root().findLayers():
            self._show(node, None)
        self.deleteLater()


def _reason(uri: LayerUri) -> str:
    opened = get_open_raster(uri)
    return opened.outage.reason if opened is not None else ""


def _sign_of(layer: QgsRasterLayer) -> Sign | None:
    """Return the sign of a layer; one that is not valid has another one of QGIS."""
    uri = LayerUri.parse(layer.source())
    if not uri.is_remote:
        return None
    if not layer.isValid():
        tip = tr(
            "The layer could not be opened: {reason}\n\nQGIS retries from time to time; click to "
            "retry now."
        )
        return Sign("unreachable", tip.format(reason=_error_of(layer)))
    if reason := _reason(uri):
        tip = tr(
            "Parts of the layer are missing: {reason}\n\nQGIS retries from time to time; click to "
            "retry now."
        )
        return Sign("unreachable", tip.format(reason=reason))
    tip = tr("Read from {server}; the map downloads only the tiles that it shows.")
    return Sign("remote", tip.format(server=server_key(uri.name)))


def _error_of(layer: QgsRasterLayer) -> str:
    """Return why a layer is not valid; QGIS 3.22 crashes if there is no reason."""
    error = layer.error()
    return "?" if error.isEmpty() else error.summary()
