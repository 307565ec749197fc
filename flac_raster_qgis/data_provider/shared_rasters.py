"""Open rasters, shared by all layers of the same file."""

from __future__ import annotations

import threading
from typing import Callable
from weakref import WeakValueDictionary

from ..core.layer_uri import LayerUri
from ..core.network import open_source
from ..engine.errors import FlacRasterError, InputError, NotFlacRaster, RemoteError
from ..engine.job import NO_JOB, Job
from ..engine.reading.flac_raster import FlacRaster
from ..engine.storage.urls import redact
from .open_raster import CACHE, OpenRaster
from .read_cancellation import add_global_cancel

_lock = threading.Lock()
#: Open rasters by name and id of the authentication configuration.
_shared: WeakValueDictionary[tuple[str, str], OpenRaster] = WeakValueDictionary()


def open_shared_raster(
    uri: LayerUri | str,
    job: Job = NO_JOB,
    *,
    fresh: bool = False,
    warm_up: bool = True,
    on_failure: Callable[[int, RemoteError], None] | None = None,
) -> OpenRaster:
    """Open the raster of a URI; layers of the same unchanged file share one. Thread-safe.

    While the result is referenced, making a layer of the same URI makes no requests. Open a URL in
    another thread first to make its layer without blocking the main thread. ``fresh`` checks if a
    remote file has changed, even though it is open; ``warm_up`` calls `OpenRaster.warm_up`;
    ``on_failure`` see `open_source`.
    """
    uri = LayerUri.parse(uri) if isinstance(uri, str) else uri
    try:
        whole = _open_whole(uri, add_global_cancel(job), fresh, warm_up, on_failure)
    except NotFlacRaster as error:
        if uri.is_collection:
            raise InputError("qgis.collection", redact(uri.name)) from error
        raise
    return whole.part(uri)


def get_open_raster(uri: LayerUri) -> OpenRaster | None:
    """Return the raster of a URI with all pixels and bands, if it is open."""
    with _lock:
        return _shared.get((uri.name, uri.authcfg))


def _open_whole(
    uri: LayerUri,
    job: Job,
    fresh: bool,
    warm_up: bool,
    on_failure: Callable[[int, RemoteError], None] | None,
) -> OpenRaster:
    shared = get_open_raster(uri)
    if shared is not None and uri.is_remote and not fresh:
        return shared
    is_open = threading.Event()  # the source polls its job for as long as it is open
    source = open_source(
        uri.name,
        uri.authcfg,
        on_failure=on_failure,
        job=Job(is_cancelled=lambda: not is_open.is_set() and job.is_cancelled()),
    )
    shared = get_open_raster(uri)
    if shared is not None and shared.raster.source.identity == source.identity:
        source.close()
        return shared
    raster = FlacRaster.open(source)
    try:
        opened = OpenRaster(raster, CACHE, is_remote=uri.is_remote)
        if warm_up:
            opened.part(uri).warm_up()
    except FlacRasterError:
        raster.close()
        raise
    is_open.set()
    with _lock:
        shared = _shared.get((uri.name, uri.authcfg))
        if shared is None or shared.raster.source.identity != source.identity:
            shared = _shared[uri.name, uri.authcfg] = opened
        return shared
