"""Give FLAC raster layers of the project a source that GDAL opens, too; see `core.addresses`.

Tools of QGIS and plugins hand the source of a layer to GDAL. There it is a GeoTIFF; the provider of
the layer takes the raster that the address names, and goes on drawing it. Projects keep the plain
source.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress

from qgis.core import QgsDataProvider, QgsMapLayer, QgsProject, QgsRasterLayer
from qgis.PyQt.QtXml import QDomDocument, QDomElement

from ..core import addresses
from ..core.layer_uri import LayerUri, without_address
from ..core.message_log import log_error
from ..engine.errors import FlacRasterError
from .background_open import PROVIDER_KEY
from .shared_rasters import get_open_raster


def watch() -> None:
    """Give addresses from now on to all layers that come into the project."""
    unwatch()
    for signal, slot in _connections():
        signal.connect(slot)
    _give_addresses(QgsProject.instance().mapLayers().values())


def unwatch() -> None:
    """End `watch`; layers keep their addresses."""
    for signal, slot in _connections():
        with suppress(TypeError):  # was not watched
            signal.disconnect(slot)


def refresh(uri: LayerUri) -> None:
    """Give layers of a raster that was opened, perhaps another version of it, their address."""
    for layer in QgsProject.instance().mapLayers().values():
        if _is_ours(layer) and layer.isValid() and LayerUri.parse(layer.source()) == uri:
            _give_address(layer)


def _connections() -> list[tuple]:
    project = QgsProject.instance()
    return [
        (project.layersAdded, _give_addresses),
        (project.writeMapLayer, _write_plain_source),
        (project.writeProject, _write_plain_tree),
    ]


def _is_ours(layer: QgsMapLayer) -> bool:
    return isinstance(layer, QgsRasterLayer) and layer.providerType() == PROVIDER_KEY


def _give_addresses(layers: Iterable[QgsMapLayer]) -> None:
    for layer in layers:
        if _is_ours(layer) and layer.isValid():
            _give_address(layer)


def _give_address(layer: QgsRasterLayer) -> None:
    uri = LayerUri.parse(layer.source())
    opened = get_open_raster(uri)
    if opened is None:  # a file that the plugin had open before it was loaded again
        return
    if uri.extent is not None:
        opened = opened.clipped(uri.extent)
    window = opened.georeference.window if opened.is_clipped else None
    try:
        address = addresses.address_of(uri, opened.raster.source.identity, window)
    except (FlacRasterError, OSError) as error:  # the layer is drawn all the same
        log_error(str(error))
        return
    if address != layer.source():
        _set_source(layer, address)


def _set_source(layer: QgsRasterLayer, source: str) -> None:
    """Change the source of a layer, and keep the nodata values that the user has set."""
    provider = layer.dataProvider()
    bands = range(1, provider.bandCount() + 1)
    kept = [(provider.useSourceNoDataValue(n), provider.userNoDataValues(n)) for n in bands]
    layer.setDataSource(source, layer.name(), PROVIDER_KEY, QgsDataProvider.ProviderOptions())
    for band, (uses_source, ranges) in zip(bands, kept):
        layer.dataProvider().setUseSourceNoDataValue(band, uses_source)
        layer.dataProvider().setUserNoDataValue(band, ranges)


def _write_plain_source(layer: QgsMapLayer, element: QDomElement, document: QDomDocument) -> None:
    """Write into a project what other sessions can open, relative where QGIS would.

    The text is changed in place: a new node crashes QGIS 3.22.
    """
    if _is_ours(layer):
        text = element.firstChildElement("datasource").firstChild().toText()
        text.setData(_stored(layer.source()))


def _write_plain_tree(document: QDomDocument) -> None:
    """Write the same into the tree of layers, which has sources as well."""
    nodes = document.elementsByTagName("layer-tree-layer")
    for element in (nodes.at(number).toElement() for number in range(nodes.count())):
        if element.attribute("providerKey") == PROVIDER_KEY:
            element.setAttribute("source", _stored(element.attribute("source")))


def _stored(source: str) -> str:
    return QgsProject.instance().pathResolver().writePath(without_address(source))
