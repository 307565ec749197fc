"""Open rasters where QGIS makes layers, in the main thread, without keeping it waiting.

QGIS wants to know extent and bands of a layer at once, also of those that a project on an aeroplane
names. So a thread opens the raster, the main thread waits for it for a moment, and where that is
not enough, layers that could not be opened are made whole when it is open.
"""

from __future__ import annotations

import threading
import time
from concurrent.futures import Future, wait
from contextlib import suppress

from qgis.core import QgsDataProvider, QgsProject, QgsRasterLayer, QgsReadWriteContext
from qgis.PyQt.QtXml import QDomDocument

from ..core.error_text import error_text
from ..core.layer_uri import LayerUri
from ..core.main_thread import call_later, is_main_thread
from ..core.message_log import log_error
from ..engine.errors import Cancelled, FlacRasterError, RemoteTimeout
from ..engine.storage.urls import redact, server_key
from .open_raster import OpenRaster, get_open_raster, open_raster

PROVIDER_KEY = "flacraster"
#: Seconds that the main thread waits for a server.
PATIENCE = 3.0
#: Seconds that it waits for one that has just been too slow, so that ten layers cost one wait.
_GLANCE = 0.05
#: Seconds for which a server counts as too slow.
_SLOW = 30.0

_lock = threading.Lock()
_under_way: dict[LayerUri, Future[OpenRaster]] = {}
_slow: dict[str, float] = {}


def open_with_timeout(uri: LayerUri, *, fresh: bool = False) -> OpenRaster:
    """Open what a URI names; in the main thread, do not wait for a server for long.

    Parameters
    ----------
    uri : LayerUri
    fresh : bool
        See `open_raster`.

    Raises
    ------
    RemoteTimeout
        If the server has not answered yet. Once it does, layers of this URI in the project that are
        not valid are opened again.
    FlacRasterError
    """
    if not (uri.is_remote and is_main_thread()) or (get_open_raster(uri) and not fresh):
        return open_raster(uri, fresh=fresh)
    opening = _start(uri, fresh)
    server = server_key(uri.name)
    patience = _GLANCE if time.monotonic() < _slow.get(server, 0) else PATIENCE
    if wait([opening], patience).done:
        _slow.pop(server, None)
        return opening.result()
    _slow[server] = time.monotonic() + _SLOW
    opening.add_done_callback(lambda opening: _finish(uri, opening))
    raise RemoteTimeout("qgis.no_answer_yet", name=redact(uri.name), expected=PATIENCE)


def _start(uri: LayerUri, fresh: bool) -> Future[OpenRaster]:
    """Have a thread open a raster, unless one is at it."""
    with _lock:
        opening = _under_way.get(uri)
        if opening is None:
            opening = _under_way[uri] = Future()
            name = "flac-raster-open"
            threading.Thread(target=_open, args=(uri, fresh, opening), name=name).start()
        return opening


def _open(uri: LayerUri, fresh: bool, opening: Future[OpenRaster]) -> None:
    try:
        # the coarsest level can wait until QGIS goes on: a project has the colours of its layers
        opened = open_raster(uri, fresh=fresh, warm_up=False)
    except BaseException as error:  # raised in the thread that waits
        with _lock:
            del _under_way[uri]
        opening.set_exception(error)
        return
    with _lock:
        del _under_way[uri]
    opening.set_result(opened)
    with suppress(FlacRasterError):  # whoever draws it will say so
        opened.warm_up()


def _finish(uri: LayerUri, opening: Future[OpenRaster]) -> None:
    """Make good for a wait that was given up."""
    error = opening.exception()
    if error is None:
        opened = opening.result()  # held until the layers hold it
        call_later(lambda: reload_layers(uri, opened))
    elif not isinstance(error, Cancelled):
        log_error(error_text(error))


def reload_layers(uri: LayerUri, opened: OpenRaster | None = None) -> None:
    """Open layers of the project again that could not be opened, with the style they had.

    Parameters
    ----------
    uri : LayerUri
        Only these.
    opened : OpenRaster, optional
        To hold until it is done, so that no server is asked.
    """
    for layer in QgsProject.instance().mapLayers().values():
        if (
            isinstance(layer, QgsRasterLayer)
            and not layer.isValid()
            and layer.providerType() == PROVIDER_KEY
            and LayerUri.parse(layer.source()) == uri
        ):
            _restore(layer)


def _restore(layer: QgsRasterLayer) -> None:
    stored = QDomDocument()
    stored.setContent(layer.originalXmlProperties())
    options = QgsDataProvider.ProviderOptions()
    layer.setDataSource(layer.source(), layer.name(), PROVIDER_KEY, options)
    element = stored.documentElement()
    if layer.isValid() and not element.isNull():
        # the style is back already, but not what the provider was told, such as nodata
        context = QgsReadWriteContext()
        context.setPathResolver(QgsProject.instance().pathResolver())
        layer.readLayerXml(element, context)
    layer.triggerRepaint()
