"""Keep secrets in the addresses of layers out of projects.

QGIS writes the source of a layer into the project, its tooltip and its properties, and asks nobody.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from functools import partial

from qgis.core import QgsMapLayer, QgsProject, QgsRasterLayer, QgsReadWriteContext
from qgis.PyQt.QtCore import QMetaObject, QObject
from qgis.PyQt.QtXml import QDomDocument

from ..core.layer_uri import LayerUri, remove_credentials
from ..core.message_log import log_warning
from ..core.translation import tr
from ..engine.storage.urls import has_key, redact
from .background_open import PROVIDER_KEY

_connections: list[QMetaObject.Connection] = []


def watch() -> None:
    """Look at every layer that comes into the project, and again at each that gets another source.

    Doing it twice changes nothing.
    """
    unwatch()
    project = QgsProject.instance()
    project.layersAdded.connect(_look_at_new)
    _watch_sources(project.mapLayers().values())


def unwatch() -> None:
    """End `watch`."""
    with suppress(TypeError):  # was not watched
        QgsProject.instance().layersAdded.disconnect(_look_at_new)
    while _connections:
        with suppress(TypeError):  # its layer is gone
            QObject.disconnect(_connections.pop())


def _look_at_new(layers: Iterable[QgsMapLayer]) -> None:
    for layer in layers:
        _look_at(layer)
    _watch_sources(layers)


def _watch_sources(layers: Iterable[QgsMapLayer]) -> None:
    """Connect to what *Change Data Source…* does, whatever the provider is so far."""
    for layer in layers:
        if isinstance(layer, QgsRasterLayer):
            changed = partial(_look_at_changed, layer.id())
            _connections.append(layer.dataSourceChanged.connect(changed))


def _look_at_changed(layer_id: str) -> None:
    layer = QgsProject.instance().mapLayer(layer_id)
    if layer is not None:
        _look_at(layer)


def _look_at(layer: QgsMapLayer) -> None:
    if not isinstance(layer, QgsRasterLayer) or layer.providerType() != PROVIDER_KEY:
        return
    uri = layer.source()
    if uri != remove_credentials(uri):
        _take_out_login(layer)
    elif has_key(LayerUri.parse(uri).name):
        log_warning(
            tr(
                "{name}: the query of the URL seems to contain a key, which is saved in "
                "the project, where anyone can read it. If it is secret, remove it and "
                "choose an authentication configuration instead, such as API Header."
            ).format(name=redact(LayerUri.parse(uri).name))
        )


def _take_out_login(layer: QgsRasterLayer) -> None:
    """Give a layer an address without user and password; the provider has said what to use instead.

    Its method setDataSource would keep the old one, in what it remembers of the style, and so in
    the project. What it writes of itself has both.
    """
    document, context = QDomDocument(), QgsReadWriteContext()
    element = document.createElement("maplayer")
    document.appendChild(element)
    layer.writeLayerXml(element, document, context)
    sources = element.elementsByTagName("datasource")
    for text in (sources.at(number).firstChild() for number in range(sources.count())):
        text.setNodeValue(remove_credentials(text.nodeValue()))
    layer.readLayerXml(element, context)
