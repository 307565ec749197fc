"""Default styles of new layers: beside a raster on a web server, or inside the file.

QGIS itself finds ``x.qml`` beside a local ``x.flac``, and what *Save as Default* has stored for a
URL; both come first.
"""

from __future__ import annotations

import threading
from concurrent.futures import Future, wait
from typing import TYPE_CHECKING, Callable
from weakref import WeakKeyDictionary

from qgis.core import QgsRasterLayer, QgsRasterRenderer, QgsSettings
from qgis.PyQt.QtCore import QObject

from ..core.layer_styles import MAX_SIZE, apply_style, style_beside, style_path, uses_missing_bands
from ..core.layer_uri import LayerUri
from ..core.message_log import log_warning
from ..core.network import read_document
from ..core.translation import tr
from ..engine.errors import RemoteError
from ..engine.format.style import stored_style
from ..engine.storage.name_parts import HTTP_SCHEMES, scheme_of
from ..engine.storage.urls import has_flac_suffix
from . import qgis_versions
from .new_layers import when_made
from .open_raster import OpenRaster
from .shared_rasters import get_open_raster

if TYPE_CHECKING:
    from ..engine.reading.flac_raster import FlacRaster

#: Setting: whether servers are asked for styles; default true.
ENABLED = "flac_raster/styles/from_server"
#: Seconds that a new layer waits for the style once its raster is open.
_TIMEOUT = 0.3
#: Styles beside rasters on servers; empty where there is none.
_beside: WeakKeyDictionary[FlacRaster, str] = WeakKeyDictionary()


def open_with_style(uri: LayerUri, open_raster: Callable[[], OpenRaster]) -> OpenRaster:
    """Return a raster that a function opens, and ask its server for its style meanwhile."""
    search = _StyleSearch(uri)
    opened = open_raster()
    search.finish(opened)
    return opened


class _StyleSearch:
    """One small request for the style beside a raster on a server, while that is being opened."""

    def __init__(self, uri: LayerUri):
        self._uri = uri
        self._answer: Future[str | None] | None = None
        if not uri.authcfg:  # else QGIS might ask for its password twice
            self._start()

    def _start(self) -> None:
        url, opened = _url_beside(self._uri.name), get_open_raster(self._uri)
        if not url or (opened is not None and opened.raster in _beside):
            return
        self._answer = Future()
        threading.Thread(target=self._search, args=(url,), daemon=True).start()

    def _search(self, url: str) -> None:
        try:
            data = read_document(url, self._uri.authcfg, MAX_SIZE, is_optional=True)
            self._answer.set_result(data.decode("utf-8", "replace"))
        except RemoteError as error:
            self._answer.set_result("" if error.code in ("http.404", "http.403") else None)
        except Exception:  # a raster without a style is a raster
            self._answer.set_result(None)

    def finish(self, opened: OpenRaster) -> None:
        """Wait briefly for the answer; it is kept for later layers if it comes too late."""
        if self._answer is None:
            self._start()
        if self._answer is None:
            return

        def keep(answer: Future[str | None], raster: FlacRaster = opened.raster) -> None:
            if answer.result() is not None:
                _beside[raster] = answer.result()

        self._answer.add_done_callback(keep)
        wait([self._answer], _TIMEOUT)


def style_of(raster: FlacRaster) -> str:
    """Return the style beside a raster on a server, or else that inside it; empty for none."""
    return _beside.get(raster) or stored_style(raster.head.tags)


def apply_when_made(layer: QObject, opened: OpenRaster) -> None:
    """Give a layer the style of its raster as soon as QGIS has made it, unless it has another."""
    name = opened.raster.name
    # QGIS does not look beside a file whose name is followed by an extent or a time
    beside = style_beside(name) if opened.is_part and not opened.is_remote else ""
    style = beside or style_of(opened.raster)
    if not style:
        return

    def apply(layer: QgsRasterLayer) -> None:
        if not layer.isValid() or layer.loadDefaultStyle()[1]:
            return
        renderer = layer.renderer().clone()
        if not apply_style(layer, style):
            text = tr("{name}: the style that comes with the raster cannot be used.")
            log_warning(text.format(name=name))
        elif opened.dates is not None:
            _keep_dates(layer, renderer)

    when_made(layer, apply)


def _keep_dates(layer: QgsRasterLayer, renderer: QgsRasterRenderer) -> None:
    """Correct what the style of a layer of all bands does to one of dates.

    That layer may have been drawn with other bands, and had no time.
    """
    layer.temporalProperties().setIsActive(True)
    layer.temporalProperties().setMode(qgis_versions.TEMPORAL_BY_PROVIDER)
    if uses_missing_bands(layer):
        layer.setRenderer(renderer)


def _url_beside(url: str) -> str:
    """Return the URL of a style, with the query of that of the raster; empty if there is none."""
    if scheme_of(url) not in HTTP_SCHEMES or not has_flac_suffix(url):
        return ""
    if not QgsSettings().value(ENABLED, True, type=bool):
        return ""
    path, mark, query = url.partition("?")
    return style_path(path) + mark + query
