"""Plain sources of layers in the projects that QGIS writes, in place of the addresses for GDAL.

Most sources in a project and all in a layer definition are passed to the writer of paths, but not
those that layouts store beside the ids of layers.
"""

from __future__ import annotations

from collections.abc import Iterator

from qgis.core import (
    QgsAbstractReportSection,
    QgsLayout,
    QgsMapLayer,
    QgsProject,
    QgsRasterLayer,
    QgsReadWriteContext,
)
from qgis.PyQt.QtXml import QDomDocument, QDomElement

from ..core.layer_uri import without_address
from ..core.main_thread import call_later
from .background_open import is_flac_layer, layers_of_project

#: Addresses of layers, by id, while a project is written.
_addresses_while_saving: dict[str, str] = {}


def set_source(layer: QgsRasterLayer, source: str) -> None:
    """Change the source of a layer, and nothing else.

    QgsRasterLayer.setDataSource would make a new provider and a new renderer, draw the layer again,
    and reset what the user has set, such as the CRS.
    """
    document, context = QDomDocument(), QgsReadWriteContext()
    element = document.createElement("maplayer")
    document.appendChild(element)
    layer.writeLayerXml(element, document, context)
    element.firstChildElement("datasource").firstChild().setNodeValue(source)
    pipe = element.firstChildElement("pipe")
    pipe.removeChild(pipe.firstChildElement("rasterrenderer"))  # else QGIS makes a new one
    layer.blockSignals(True)  # else widgets show the layer anew
    try:
        # "do not resolve": keep the provider
        layer.readLayerXml(element, context, QgsMapLayer.ReadFlag.FlagDontResolveLayers)
    finally:
        layer.blockSignals(False)


def hide_addresses(document: QDomDocument) -> None:
    """Give layers their plain source while QGIS writes a project with layouts."""
    if not QgsProject.instance().layoutManager().layouts():
        return
    for layer in layers_of_project():
        plain = without_address(layer.source())
        if plain != layer.source():
            _addresses_while_saving[layer.id()] = layer.source()
            set_source(layer, plain)
    if _addresses_while_saving:
        _refresh_layouts()
        call_later(show_addresses)  # the project may turn out not to be writable


def write_source(layer: QgsMapLayer, element: QDomElement, document: QDomDocument) -> None:
    """Correct what QGIS 3.22 does twice: the second time, a path is relative to the working folder.

    The text is changed in place: a new node crashes QGIS 3.22.
    """
    if is_flac_layer(layer):
        text = element.firstChildElement("datasource").firstChild().toText()
        plain = without_address(layer.source())
        text.setData(QgsProject.instance().pathResolver().writePath(plain))


def show_addresses() -> None:
    """Undo `hide_addresses`."""
    for layer in layers_of_project():
        address = _addresses_while_saving.pop(layer.id(), "")
        if without_address(address) == layer.source():
            set_source(layer, address)
    _addresses_while_saving.clear()


def _refresh_layouts() -> None:
    """Have maps with layers of their own note the sources of the layers again."""
    for layout in QgsProject.instance().layoutManager().layouts():
        for page in _pages(layout):
            for item in page.items():
                layers = getattr(item, "layers", list)()
                if any(map(is_flac_layer, layers)):
                    item.setLayers(layers)


def _pages(part: object) -> Iterator[QgsLayout]:
    """Yield a layout, or those of a report and its sections."""
    if isinstance(part, QgsLayout):
        yield part
    elif isinstance(part, QgsAbstractReportSection):
        for get in ("header", "body", "footer"):
            yield from _pages(getattr(part, get, lambda: None)())
        for section in part.childSections():
            yield from _pages(section)
