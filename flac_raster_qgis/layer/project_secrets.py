"""Keep secrets in the addresses of layers out of projects.

QGIS writes the source of a layer into the project, its tooltip and its properties, and asks nobody.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress

from qgis.core import QgsMapLayer, QgsProject, QgsRasterLayer, QgsReadWriteContext
from qgis.PyQt.QtXml import QDomDocument

from ..engine.remote.urls import holds_key, shown
from ..translation import tr
from .messages import log_warning
from .opening import PROVIDER_KEY
from .uri import LayerUri, redacted


def watch() -> None:
    """Look at every layer that comes into the project; doing it twice changes nothing."""
    unwatch()
    QgsProject.instance().layersAdded.connect(_look_at)


def unwatch() -> None:
    """End `watch`."""
    with suppress(TypeError):  # was not watched
        QgsProject.instance().layersAdded.disconnect(_look_at)


def _look_at(layers: Iterable[QgsMapLayer]) -> None:
    for layer in layers:
        if isinstance(layer, QgsRasterLayer) and layer.providerType() == PROVIDER_KEY:
            uri = layer.source()
            if uri != redacted(uri):
                _take_out_login(layer)
            elif holds_key(LayerUri.parse(uri).name):
                log_warning(
                    tr(
                        "{name}: the query of the URL seems to contain a key, which is saved in "
                        "the project, where anyone can read it. If it is secret, remove it and "
                        "choose an authentication configuration instead, such as API Header."
                    ).format(name=shown(LayerUri.parse(uri).name))
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
        text.setNodeValue(redacted(text.nodeValue()))
    layer.readLayerXml(element, context)
