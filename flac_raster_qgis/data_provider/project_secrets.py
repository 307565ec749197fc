"""Keep secrets in URIs of layers out of projects.

QGIS writes the source of a layer into the project, its tooltip and its properties.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from functools import partial

from qgis.core import QgsMapLayer, QgsProject, QgsRasterLayer, QgsReadWriteContext
from qgis.PyQt.QtCore import QMetaObject, QObject
from qgis.PyQt.QtXml import QDomDocument

from ..core.layer_uri import PROVIDER_KEY, LayerUri, remove_credentials
from ..core.message_log import log_warning
from ..core.translation import tr
from ..engine.storage.urls import has_key, redact

_connections: list[QMetaObject.Connection] = []


def watch() -> None:
    """Start checking each layer when it is added to the project or its source changes."""
    unwatch()
    project = QgsProject.instance()
    project.layersAdded.connect(_check_added)
    _watch_sources(project.mapLayers().values())


def unwatch() -> None:
    """Stop checking."""
    with suppress(TypeError):  # not connected
        QgsProject.instance().layersAdded.disconnect(_check_added)
    while _connections:
        with suppress(TypeError):  # its layer is deleted
            QObject.disconnect(_connections.pop())


def _check_added(layers: Iterable[QgsMapLayer]) -> None:
    for layer in layers:
        _check(layer)
    _watch_sources(layers)


def _watch_sources(layers: Iterable[QgsMapLayer]) -> None:
    """Check layers of any provider again after *Change Data Source…*."""
    for layer in layers:
        if isinstance(layer, QgsRasterLayer):
            changed = partial(_check_changed, layer.id())
            _connections.append(layer.dataSourceChanged.connect(changed))


def _check_changed(layer_id: str) -> None:
    _check(QgsProject.instance().mapLayer(layer_id))


def _check(layer: QgsMapLayer | None) -> None:
    if not isinstance(layer, QgsRasterLayer) or layer.providerType() != PROVIDER_KEY:
        return
    uri = layer.source()
    if uri != remove_credentials(uri):
        _remove_credentials(layer)
    elif has_key(LayerUri.parse(uri).name):
        log_warning(
            tr(
                "{name}: the query of the URL seems to contain a key, which the project stores "
                "unencrypted. If it is secret, remove it and choose an authentication "
                "configuration instead, such as API Header."
            ).format(name=redact(LayerUri.parse(uri).name))
        )


def _remove_credentials(layer: QgsRasterLayer) -> None:
    """Remove user name and password from the source of a layer.

    setDataSource would keep the old source in the stored style, and so in the project. The XML of
    the layer contains both.
    """
    document, context = QDomDocument(), QgsReadWriteContext()
    element = document.createElement("maplayer")
    document.appendChild(element)
    layer.writeLayerXml(element, document, context)
    sources = element.elementsByTagName("datasource")
    for text in (sources.at(number).firstChild() for number in range(sources.count())):
        text.setNodeValue(remove_credentials(text.nodeValue()))
    layer.readLayerXml(element, context)
