"""The process that serves FLAC rasters as GeoTIFF to whatever reads them through GDAL in QGIS."""

from __future__ import annotations

import json
import os
import subprocess  # nosec B404: it runs Python alone
import sys
import threading
from concurrent.futures import Future, TimeoutError
from contextlib import suppress
from typing import IO, TYPE_CHECKING, Any, Callable, cast

from osgeo import gdal

from ..engine.errors import FlacRasterError, WorkerError
from ..engine.storage.virtual_addresses import GDAL_PREFIX, HOST, address, origin
from ..engine.virtual_tiff import child_process
from .cache_settings import CacheSettings, default_folder, is_available
from .translation import tr

if TYPE_CHECKING:
    from ..engine.virtual_tiff.recipes import RasterRecipe

#: What the process runs: the folders to import from are in the first line that it reads.
_CODE = f"""
import json, sys
start = json.loads(sys.stdin.readline())
sys.path.extend(folder for folder in start["path"] if folder not in sys.path)
from {child_process.__name__} import serve
serve(start["recipes"], start["cache"], start["port"])
"""
#: Seconds that the process may take to start.
_START_TIMEOUT = 20.0
#: Seconds that it may take to end.
_END_TIMEOUT = 5.0
#: Seconds from an error until GDAL, which caches that a file does not exist, has cached it.
_GDAL_CACHE_DELAY = 0.2
#: Variables that tell GDAL and libraries which hosts are reached without a proxy.
_NO_PROXY = ("no_proxy", "NO_PROXY")


class TiffServer:
    """A child process with a `LoopbackServer`; thread-safe.

    It starts with the first raster, and ends with QGIS, however that ends. If it ends before, it is
    started again with the same port, so that addresses stay valid. GDAL, which would not ask again
    for a file that could not be opened once, is made to forget it.

    Parameters
    ----------
    python : str
        Program to run.
    on_error : callable
        Called in another thread with the token of a raster and each error of reading its pixels;
        with no token if the process has ended.
    """

    def __init__(self, python: str, on_error: Callable[[str, FlacRasterError], None]):
        self._python, self._on_error = python, on_error
        self._recipes: dict[str, RasterRecipe] = {}
        self._child: _Child | None = None
        self._lock = threading.Lock()
        #: Tokens for which GDAL is about to ask again.
        self._forgetting: set[str] = set()

    def serve(self, recipe: RasterRecipe, *path: str) -> str:
        """Serve a raster, and return its URL.

        Parameters
        ----------
        recipe : RasterRecipe
        *path : str
            See `virtual_addresses.address`.

        Raises
        ------
        OSError
            If the process does not start.
        """
        with self._lock:
            known = self._recipes.get(recipe.token)
            self._recipes[recipe.token] = recipe
            if self._child is None:
                self._child = self._start(0)
            elif recipe != known:  # which would close the raster, and open it again
                self._child.send(recipe.to_json())
            port = self._child.port()
        if known is None:  # but perhaps asked for when it was withdrawn
            _clear_gdal_cache(port, recipe.token)
        return address(port, recipe.token, *path)

    def withdraw(self, token: str) -> None:
        """Serve a raster no longer than it is being read."""
        with self._lock:
            if self._recipes.pop(token, None) is not None and self._child is not None:
                self._child.send(json.dumps({"withdraw": token}) + "\n")

    def stop(self) -> None:
        """End the process."""
        with self._lock:
            child, self._child = self._child, None
        if child is not None:
            child.end()

    def _start(self, port: int) -> _Child:
        recipes = [recipe.to_json() for recipe in self._recipes.values()]
        return _Child(self._python, port, recipes, self._report, self._restart)

    def _restart(self, ended: _Child) -> None:
        """Replace a process that has ended by itself, unless it could not even start."""
        with self._lock:
            if self._child is not ended:  # stopped
                return
            child = self._child = self._start(ended.port()) if ended.has_started() else None
        if child is not None:
            self._on_error("", WorkerError("qgis.server_ended"))  # to whatever was reading
            with suppress(OSError):  # the next raster is told
                self._forget_failures(child.port(), "")

    def _report(self, child: _Child, token: str, error: FlacRasterError) -> None:
        self._on_error(token, error)
        child.send(child_process.ACKNOWLEDGED)
        self._forget_failures(child.port(), token)

    def _forget_failures(self, port: int, token: str) -> None:
        """Have GDAL ask again for a raster, or for all (""), once it has cached that it cannot."""

        def forget() -> None:
            self._forgetting.discard(token)
            _clear_gdal_cache(port, token)

        if token not in self._forgetting:
            self._forgetting.add(token)
            timer = threading.Timer(_GDAL_CACHE_DELAY, forget)
            timer.daemon = True
            timer.start()


class _Child:
    """The process, and the thread that reads what it writes."""

    def __init__(
        self,
        python: str,
        port: int,
        recipes: list[str],
        on_error: Callable[[_Child, str, FlacRasterError], None],
        on_end: Callable[[_Child], None],
    ):
        _bypass_proxies()
        self._process = subprocess.Popen(  # noqa: S603 # nosec B603
            # isolated, so that nothing in the working folder or of the user is imported
            [python, "-I", "-u", "-c", _CODE],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        self._port: Future[int] = Future()
        threading.Thread(target=self._listen, args=(on_error, on_end), daemon=True).start()
        path = list(filter(None, sys.path))
        start = {"path": path, "recipes": recipes, "cache": _cache(), "port": port}
        self.send(json.dumps(start) + "\n")

    def send(self, line: str) -> None:
        stream = cast(IO[str], self._process.stdin)
        # it has ended, and whoever waits for its port hears of it; or QGIS ends it
        with suppress(OSError, ValueError):
            stream.write(line)
            stream.flush()

    def has_started(self) -> bool:
        return self._port.done() and self._port.exception() is None

    def port(self) -> int:
        """Return the port, as soon as the process has told it."""
        try:
            return self._port.result(_START_TIMEOUT)
        except TimeoutError as error:
            self._process.kill()
            raise OSError(tr("The server of virtual GeoTIFFs does not start.")) from error

    def end(self) -> None:
        with suppress(OSError):  # it has ended
            cast(IO[str], self._process.stdin).close()
        try:
            self._process.wait(_END_TIMEOUT)
        except subprocess.TimeoutExpired:
            self._process.kill()

    def _listen(
        self,
        on_error: Callable[[_Child, str, FlacRasterError], None],
        on_end: Callable[[_Child], None],
    ) -> None:
        for line in cast(IO[str], self._process.stdout):
            found = json.loads(line)
            if "port" in found:
                self._port.set_result(found["port"])
            else:
                on_error(self, found["token"], child_process.read_error(found["error"]))
        with self._process:  # which closes the pipes
            self._process.wait()
        if not self._port.done():
            text = tr("The server of virtual GeoTIFFs does not start.")
            self._port.set_exception(OSError(text))
        on_end(self)


def _clear_gdal_cache(port: int, token: str) -> None:
    """Have GDAL, which caches what it read and what it could not, ask again."""
    gdal.VSICurlPartialClearCache(GDAL_PREFIX + origin(port) + token)


def _cache() -> dict[str, Any] | None:
    settings = CacheSettings.load()
    if not (settings.enabled and is_available()):
        return None
    folder = settings.folder or default_folder()
    return {"folder": folder, "size": settings.megabytes * 1_000_000}


def _bypass_proxies() -> None:
    """Have GDAL, here and in programs that QGIS starts, reach this computer without a proxy."""
    for name in _NO_PROXY:
        hosts = [host for host in os.environ.get(name, "").split(",") if host]
        if HOST not in hosts:
            os.environ[name] = ",".join([*hosts, HOST])
