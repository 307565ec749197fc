"""Give FLAC raster layers a source that GDAL opens, too; see `core.addresses`.

Tools of QGIS and plugins hand the source of a layer to GDAL. There it is a GeoTIFF; the provider of
the layer goes on drawing the raster that the address names. Projects and layer definitions keep the
plain source.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from contextlib import suppress
from functools import partial
from typing import NamedTuple

from qgis.core import QgsMapLayer, QgsPathResolver, QgsProject, QgsRasterLayer
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QObject, Qt

from ..core import addresses
from ..core.layer_uri import LayerUri, without_address
from ..core.main_thread import call_later, is_main_thread
from ..core.message_log import log_error
from ..engine.errors import FlacRasterError
from .background_open import is_flac_layer, layers_of_project
from .new_layers import Watcher, when_made
from .project_sources import hide_addresses, set_source, show_addresses, write_source
from .shared_rasters import get_open_raster

#: Attribute of QgsPathResolver with the id of the writer: layers keep their addresses when the
#: plugin is unloaded, so the writer stays, and is replaced when the plugin is loaded again.
_WRITER = "_flacraster_writer"


class _Given(NamedTuple):
    """An address, and the identity of the file's version that it stands for."""

    address: str
    identity: str


#: What layers have, by the pointer to their C++ object.
_given: dict[int, _Given] = {}
#: Those of them that the project has had: when they are gone, so are their addresses. Those of
#: layers that a tool has loaded stay, as its output may be a virtual raster that refers to them.
_of_project: set[int] = set()
#: Rasters whose layers `refresh_later` will look at, and whether they were reloaded.
_opened: dict[LayerUri, bool] = {}
_lock = threading.Lock()


def watch() -> None:
    """Give addresses from now on to all layers that come into the project."""
    unwatch()
    with suppress(AttributeError, KeyError):  # the first time
        QgsPathResolver.removePathWriter(getattr(QgsPathResolver, _WRITER))
    setattr(QgsPathResolver, _WRITER, QgsPathResolver.setPathWriter(without_address))
    for signal, slot in _connections():
        signal.connect(slot)
    _given.update(dict.fromkeys(_given, _Given("", "")))  # of a server that has ended
    _add_layers(layers_of_project())


def unwatch() -> None:
    """End `watch`; layers keep their addresses."""
    for signal, slot in _connections():
        with suppress(TypeError):  # was not watched
            signal.disconnect(slot)


def give_address(layer: QObject | None, *, again: bool = False) -> None:
    """Give a layer its address, if it is a valid one of this plugin.

    One that it has already is made ``again`` on request only: settings of the network may differ.
    """
    if not (is_flac_layer(layer) and layer.isValid()):
        return
    uri = LayerUri.parse(layer.source())
    opened = get_open_raster(uri)
    if opened is None:  # a file that the plugin had open before it was loaded again
        return
    identity = opened.raster.source.identity
    if not again and _given.get(sip.unwrapinstance(layer)) == (layer.source(), identity):
        return
    try:
        part = opened.part(uri)
        window = part.georeference.window if part.is_clipped else None
        bands = None if part.dates is None else part.dates.default_bands
        if bands is not None and None in bands:  # no date has them all, so no tool could read them
            return
        address = addresses.address_of(uri, identity, window, bands)
    except (FlacRasterError, OSError) as error:  # the layer is drawn all the same
        log_error(str(error))
        return
    _note(layer, _Given(address, identity))
    if address != layer.source():
        set_source(layer, address)


def give_when_made(layer: QObject) -> None:
    """Give a layer its address as soon as QGIS has made it, or has added it to a project."""
    when_made(layer, give_address)
    _watcher.watch()


def refresh_later(uri: LayerUri, *, again: bool) -> None:
    """Give layers of a raster that was opened, perhaps another version of it, their address soon.

    ``again`` see `give_address`. Thread-safe.
    """
    with _lock:
        if not _opened:
            call_later(_refresh)
        _opened[uri] = again or _opened.get(uri, False)


def _refresh() -> None:
    """Do what was asked for since the last time, looking at each layer once."""
    with _lock:
        opened = dict(_opened)
        _opened.clear()
    for layer in layers_of_project():
        uri = LayerUri.parse(layer.source())
        if uri in opened:
            give_address(layer, again=opened[uri])


def _connections() -> list[tuple]:
    project = QgsProject.instance()
    return [
        (project.layersAdded, _add_layers),
        (project.writeProject, hide_addresses),
        (project.writeMapLayer, write_source),
        (project.projectSaved, show_addresses),
    ]


def _give_addresses(layers: Iterable[QgsMapLayer]) -> None:
    for layer in layers:
        give_address(layer)


def _add_layers(layers: Iterable[QgsMapLayer]) -> None:
    for layer in filter(is_flac_layer, layers):
        give_address(layer)
        if (pointer := sip.unwrapinstance(layer)) in _given:
            _of_project.add(pointer)


def _note(layer: QgsRasterLayer, given: _Given) -> None:
    """Note that a layer has an address, until it is deleted."""
    pointer = sip.unwrapinstance(layer)
    if pointer not in _given:
        forget = partial(_forget, pointer)
        layer.willBeDeleted.connect(forget, Qt.ConnectionType.DirectConnection)
    _given[pointer] = given
    # one that was not valid yet when it was added; the project is that of the main thread
    if is_main_thread() and QgsProject.instance().mapLayer(layer.id()) is not None:
        _of_project.add(pointer)


def _forget(pointer: int) -> None:
    """Release the address of a deleted layer, so that the file can be deleted on Windows."""
    address = _given.pop(pointer).address
    if pointer in _of_project:
        _of_project.remove(pointer)
        if all(given.address != address for given in _given.values()):
            addresses.release(address)


_watcher = Watcher(_give_addresses)
