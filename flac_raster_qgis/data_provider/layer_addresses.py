"""Give FLAC raster layers a source that GDAL opens, too; see `core.addresses`.

Tools of QGIS and plugins hand the source of a layer to GDAL. There it is a GeoTIFF; the provider of
the layer goes on drawing the raster that the address names. Projects and layer definitions keep the
plain source.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import partial

from qgis.core import (
    QgsAbstractReportSection,
    QgsLayout,
    QgsMapLayer,
    QgsPathResolver,
    QgsProject,
    QgsRasterLayer,
    QgsReadWriteContext,
)
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QObject, Qt
from qgis.PyQt.QtXml import QDomDocument, QDomElement

from ..core import addresses
from ..core.layer_uri import PROVIDER_KEY, LayerUri, without_address
from ..core.main_thread import call_later
from ..core.message_log import log_error
from ..engine.errors import FlacRasterError
from .new_layers import Watcher
from .shared_rasters import get_open_raster

#: Attribute of QgsPathResolver with the id of the writer: layers keep their addresses when the
#: plugin is unloaded, so the writer stays, and is replaced when the plugin is loaded again.
_WRITER = "_flacraster_writer"
#: Addresses of layers, by the pointer to their C++ object.
_living: dict[int, str] = {}
#: Layers that the project has had: when they are gone, so are their addresses. Those of layers that
#: a tool has loaded stay, as its output may be a virtual raster that refers to them.
_of_project: set[int] = set()
#: Addresses of layers, by id, while a project is written.
_hidden: dict[str, str] = {}


def watch() -> None:
    """Give addresses from now on to all layers that come into the project."""
    unwatch()
    with suppress(AttributeError, KeyError):  # the first time
        QgsPathResolver.removePathWriter(getattr(QgsPathResolver, _WRITER))
    setattr(QgsPathResolver, _WRITER, QgsPathResolver.setPathWriter(without_address))
    for signal, slot in _connections():
        signal.connect(slot)
    _add_layers(_layers_of_project())


def unwatch() -> None:
    """End `watch`; layers keep their addresses."""
    for signal, slot in _connections():
        with suppress(TypeError):  # was not watched
            signal.disconnect(slot)


def give_address(layer: QObject | None) -> None:
    """Give a layer its address, if it is a valid one of this plugin."""
    if not (_is_ours(layer) and layer.isValid()):
        return
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
    _note(layer, address)
    if address != layer.source():
        _set_source(layer, address)


def give_when_made(layer: QObject) -> None:
    """Give a layer its address as soon as QGIS has made it; in whatever thread.

    Parameters
    ----------
    layer : QgsRasterLayer
        Which is being made, or gets another source: its provider is new.
    """

    # a reference to its Python wrapper would be in the way of the one that the caller is making
    pointer = sip.unwrapinstance(layer)

    def made() -> None:
        QObject.disconnect(connection)
        give_address(sip.wrapinstance(pointer, QgsRasterLayer))

    # a layer emits this at the end of its construction, but not when it is read from a project
    connection = layer.dataSourceChanged.connect(made, Qt.ConnectionType.DirectConnection)
    _watcher.watch()


def refresh(uri: LayerUri) -> None:
    """Give layers of a raster that was opened, perhaps another version of it, their address."""
    for layer in _layers_of_project():
        if LayerUri.parse(layer.source()) == uri:
            give_address(layer)


def _connections() -> list[tuple]:
    project = QgsProject.instance()
    return [
        (project.layersAdded, _add_layers),
        (project.writeProject, _hide_addresses),
        (project.writeMapLayer, _write_source),
        (project.projectSaved, _show_addresses),
    ]


def _is_ours(layer: QObject | None) -> bool:
    return isinstance(layer, QgsRasterLayer) and layer.providerType() == PROVIDER_KEY


def _give_addresses(layers: Iterable[QgsMapLayer]) -> None:
    for layer in layers:
        give_address(layer)


def _add_layers(layers: Iterable[QgsMapLayer]) -> None:
    for layer in filter(_is_ours, layers):
        give_address(layer)
        _of_project.add(sip.unwrapinstance(layer))


def _note(layer: QgsRasterLayer, address: str) -> None:
    """Note that a layer has an address, until it is deleted."""
    pointer = sip.unwrapinstance(layer)
    if pointer not in _living:
        forget = partial(_forget, pointer)
        layer.willBeDeleted.connect(forget, Qt.ConnectionType.DirectConnection)
    _living[pointer] = address


def _forget(pointer: int) -> None:
    """Have a file closed, which could not be deleted on Windows, that no layer shows any more."""
    address = _living.pop(pointer)
    if pointer in _of_project:
        _of_project.remove(pointer)
        if address not in _living.values():
            addresses.release(address)


_watcher = Watcher(_give_addresses)


def _layers_of_project() -> list[QgsRasterLayer]:
    return [layer for layer in QgsProject.instance().mapLayers().values() if _is_ours(layer)]


def _set_source(layer: QgsRasterLayer, source: str) -> None:
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


# -------------------------------------------------------------------- projects

# Most sources in a project and all in a layer definition are passed to the writer of paths, but not
# those that layouts store beside the ids of layers.


def _hide_addresses(document: QDomDocument) -> None:
    """Give layers their plain source while QGIS writes a project with layouts."""
    if not QgsProject.instance().layoutManager().layouts():
        return
    for layer in _layers_of_project():
        plain = without_address(layer.source())
        if plain != layer.source():
            _hidden[layer.id()] = layer.source()
            _set_source(layer, plain)
    if _hidden:
        _refresh_layouts()
        call_later(_show_addresses)  # the project may turn out not to be writable


def _write_source(layer: QgsMapLayer, element: QDomElement, document: QDomDocument) -> None:
    """Correct what QGIS 3.22 does twice: the second time, a path is relative to the working folder.

    The text is changed in place: a new node crashes QGIS 3.22.
    """
    if _is_ours(layer):
        text = element.firstChildElement("datasource").firstChild().toText()
        plain = without_address(layer.source())
        text.setData(QgsProject.instance().pathResolver().writePath(plain))


def _show_addresses() -> None:
    for layer in _layers_of_project():
        address = _hidden.pop(layer.id(), "")
        if without_address(address) == layer.source():
            _set_source(layer, address)
    _hidden.clear()


def _refresh_layouts() -> None:
    """Have maps with layers of their own note the sources of the layers again."""
    for layout in QgsProject.instance().layoutManager().layouts():
        for page in _pages(layout):
            for item in page.items():
                layers = getattr(item, "layers", list)()
                if any(map(_is_ours, layers)):
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
