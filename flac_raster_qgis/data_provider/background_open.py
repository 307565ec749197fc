"""Open rasters in the main thread, where QGIS makes layers, without blocking it for long.

QGIS needs the extent and bands of a layer at once, even if its server is slow or out of reach. A
thread opens the raster, and the main thread waits for it briefly. After a timeout the layer is
invalid; it is reloaded when its raster is open. The main thread does not wait for a server that has
failed twice, such as one that refuses connections, although the thread tries again.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable
from concurrent.futures import FIRST_COMPLETED, Future, InvalidStateError, wait
from contextlib import suppress
from functools import partial
from typing import Callable

from qgis.core import QgsDataProvider, QgsProject, QgsRasterLayer, QgsReadWriteContext
from qgis.PyQt.QtCore import QObject
from qgis.PyQt.QtXml import QDomDocument

from ..core.error_text import error_text
from ..core.layer_uri import PROVIDER_KEY, LayerUri
from ..core.main_thread import call_later, is_main_thread
from ..core.message_log import log_error
from ..engine.errors import Cancelled, FlacRasterError, RemoteError, RemoteTimeout
from ..engine.storage.urls import redact, server_key
from .open_raster import OpenRaster
from .shared_rasters import get_open_raster, open_shared_raster

#: Seconds that the main thread waits for a server.
OPEN_TIMEOUT = 3.0
#: Seconds that it waits for a slow server, so that ten layers of it cost one timeout.
_SLOW_TIMEOUT = 0.05
#: Seconds for which a server counts as slow after a timeout.
_SLOW_PERIOD = 30.0

#: Attempts that the main thread waits for.
_ATTEMPTS = 2


class _Opening(Future[OpenRaster]):
    """A raster that a thread opens.

    ``failing`` gets the error of the last attempt that the main thread waits for.
    """

    def __init__(self):
        super().__init__()
        self.failing: Future[None] = Future()


_lock = threading.Lock()
_opening: dict[LayerUri, _Opening] = {}
_slow: dict[str, float] = {}


def open_with_timeout(uri: LayerUri, *, fresh: bool = False) -> OpenRaster:
    """Open the raster of a URI; in the main thread, wait for a server only briefly.

    Raises
    ------
    RemoteTimeout
        If the server has not answered yet. Invalid layers of this URI in the project are reloaded
        when it does.
    FlacRasterError
    """
    if not (uri.is_remote and is_main_thread()) or (get_open_raster(uri) and not fresh):
        return open_shared_raster(uri, fresh=fresh)
    opening = _start(uri, fresh)
    server = server_key(uri.name)
    timeout = _SLOW_TIMEOUT if time.monotonic() < _slow.get(server, 0) else OPEN_TIMEOUT
    wait([opening, opening.failing], timeout, FIRST_COMPLETED)
    if opening.done():
        _slow.pop(server, None)
        return opening.result()
    _slow[server] = time.monotonic() + _SLOW_PERIOD
    is_failing = opening.failing.done()
    opening.add_done_callback(lambda opening: _finish(uri, opening, is_said=is_failing))
    if is_failing:
        opening.failing.result()  # raises
    raise RemoteTimeout("qgis.no_answer_yet", redact(uri.name), expected=OPEN_TIMEOUT)


def _start(uri: LayerUri, fresh: bool) -> _Opening:
    """Start opening a raster in a thread, unless one is opening it already."""
    with _lock:
        opening = _opening.get(uri)
        if opening is None:
            opening = _opening[uri] = _Opening()
            arguments = uri, fresh, partial(_note, opening.failing)
            threading.Thread(target=_open, args=arguments, name="flac-raster-open").start()
        return opening


def _note(failing: Future[None], attempt: int, error: RemoteError) -> None:
    if attempt >= _ATTEMPTS:
        with suppress(InvalidStateError):  # it has one; several threads fail when tiles are read
            failing.set_exception(error)


def _pop(uri: LayerUri) -> _Opening:
    with _lock:
        return _opening.pop(uri)


def _open(uri: LayerUri, fresh: bool, on_failure: Callable[[int, RemoteError], None]) -> None:
    try:
        # the main thread does not wait for the coarsest level: projects store the colors of layers
        opened = open_shared_raster(uri, fresh=fresh, warm_up=False, on_failure=on_failure)
    except BaseException as error:  # raised in the waiting thread
        _pop(uri).set_exception(error)
        return
    _pop(uri).set_result(opened)
    with suppress(FlacRasterError):  # drawing reports it
        opened.warm_up()


def _finish(uri: LayerUri, opening: _Opening, *, is_said: bool = False) -> None:
    """Finish opening a raster that the main thread has not waited for."""
    _slow.pop(server_key(uri.name), None)
    error = opening.exception()
    if error is None:
        opened = opening.result()  # referenced until the layers refer to it
        call_later(lambda: reload_layers(uri, opened))
    elif not isinstance(error, Cancelled) and not is_said:
        log_error(error_text(error))


def open_again(uri: LayerUri, on_end: Callable[[FlacRasterError | None], None]) -> None:
    """Open a raster again in a thread, and have its layers in the project show what it is now.

    ``on_end`` is called in the main thread.
    """
    whole = uri.whole
    opening = _start(whole, True)

    def finish() -> None:
        error = opening.exception()
        if error is None:
            _renew_layers(whole, opening.result())
        if error is None or isinstance(error, FlacRasterError):
            on_end(error)

    opening.add_done_callback(lambda _: call_later(finish))


def _renew_layers(whole: LayerUri, opened: OpenRaster) -> None:
    opened.outage.reset()
    for layer in layers_of_project():
        if LayerUri.parse(layer.source()).whole != whole:
            continue
        if not layer.isValid():
            _reload(layer)
            continue
        layer.dataProvider().use_last_opened()
        layer.triggerRepaint()


def reload_layers(uri: LayerUri, opened: OpenRaster) -> None:
    """Reload the invalid layers of a URI in the project, with their styles.

    ``opened`` is referenced until the layers refer to it, so that reloading makes no requests.
    """
    for layer in invalid_layers():
        if LayerUri.parse(layer.source()) == uri:
            _reload(layer)


def reload_when_open(uris: Iterable[LayerUri]) -> None:
    """Open rasters in threads, and reload their invalid layers once they are open."""
    for uri in uris:
        opening = _start(uri, False)
        opening.add_done_callback(lambda opening, uri=uri: _finish(uri, opening))


def invalid_layers() -> list[QgsRasterLayer]:
    """Return the layers of the project whose raster is not open."""
    return [layer for layer in layers_of_project() if not layer.isValid()]


def layers_of_project() -> list[QgsRasterLayer]:
    """Return the layers of the project that are FLAC rasters."""
    return list(filter(is_flac_layer, QgsProject.instance().mapLayers().values()))


def is_flac_layer(layer: QObject | None) -> bool:
    """Return whether a layer is one of this plugin, valid or not."""
    return isinstance(layer, QgsRasterLayer) and layer.providerType() == PROVIDER_KEY


def _reload(layer: QgsRasterLayer) -> None:
    stored = QDomDocument()
    stored.setContent(layer.originalXmlProperties())
    options = QgsDataProvider.ProviderOptions()
    layer.setDataSource(layer.source(), layer.name(), PROVIDER_KEY, options)
    element = stored.documentElement()
    if layer.isValid() and not element.isNull():
        # the style is restored already, but not settings of the provider, such as nodata
        context = QgsReadWriteContext()
        context.setPathResolver(QgsProject.instance().pathResolver())
        layer.readLayerXml(element, context)
    layer.triggerRepaint()
