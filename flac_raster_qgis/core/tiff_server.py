"""The process that serves FLAC rasters as GeoTIFF to whatever reads them through GDAL in QGIS."""

from __future__ import annotations

import json
import os
import socket
import subprocess  # nosec B404: it runs Python alone
import sys
import threading
from contextlib import suppress
from queue import SimpleQueue
from typing import IO, TYPE_CHECKING, Callable, cast

from osgeo import gdal

from ..engine.errors import FlacRasterError, WorkerError
from ..engine.storage.virtual_addresses import GDAL_PREFIX, HOST, address, origin
from ..engine.virtual_tiff import child_process, listen
from .cache_settings import CacheSettings

if TYPE_CHECKING:
    from ..engine.virtual_tiff.recipes import RasterRecipe

#: What the process runs: the folders to import from are in the first line that it reads.
_CODE = f"""
import json, sys
start = json.loads(sys.stdin.readline())
sys.path.extend(folder for folder in start["path"] if folder not in sys.path)
from {child_process.__name__} import serve
serve(start["recipes"], start["cache"], start["listener"])
"""
#: Seconds that the process may take to start.
_START_TIMEOUT = 20.0
#: Times that it may end before it has started until no more are started.
_MAX_FAILURES = 2
#: Seconds that it may take to end.
_END_TIMEOUT = 5.0
#: Seconds from an error until GDAL, which caches that a file does not exist, has cached it.
_GDAL_CACHE_DELAY = 0.2
#: Variables that tell GDAL and libraries which hosts are reached without a proxy.
_NO_PROXY = ("no_proxy", "NO_PROXY")


class TiffServer:
    """A child process with a `LoopbackServer`; thread-safe.

    It starts with the first raster, which does not wait for it, and ends with QGIS, however that
    ends. If it ends before, another one is started at the same socket. GDAL would not ask again for
    a file that could not be opened once, so it is made to forget it.

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
        self._listener: socket.socket | None = None
        #: The port of the last listener, which addresses of layers may have.
        self._port = self._failures = 0
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
            If the program does not exist, or there is no port.
        """
        with self._lock:
            known = self._recipes.get(recipe.token)
            self._recipes[recipe.token] = recipe
            if self._listener is None:
                self._listener = self._listen()
            if self._child is None:
                self._child = self._start(self._listener)
            elif recipe != known:  # which would close the raster, and open it again
                self._child.send(recipe.to_json())
            port = self._port
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
            self._close_listener()
        if child is not None:
            child.end()

    def _listen(self) -> socket.socket:
        try:
            listener = listen(self._port)
        except OSError:  # another program has taken it
            listener = listen()
        self._port = listener.getsockname()[1]
        return listener

    def _close_listener(self) -> None:
        listener, self._listener = self._listener, None
        if listener is not None:
            listener.close()

    def _start(self, listener: socket.socket) -> _Child:
        recipes = [recipe.to_json() for recipe in self._recipes.values()]
        return _Child(self._python, listener, recipes, self._report, self._restart)

    def _restart(self, ended: _Child) -> None:
        """Replace a process that has ended by itself, unless it never starts."""
        with self._lock:
            if self._child is not ended or self._listener is None:  # stopped
                return
            self._failures = 0 if ended.has_started else self._failures + 1
            self._child = None
            if self._failures <= _MAX_FAILURES:
                with suppress(OSError):  # the program is gone
                    self._child = self._start(self._listener)
            code = "qgis.server_ended"
            if self._child is None:
                code, self._failures = "qgis.server_failed", 0
                self._close_listener()  # else programs would wait for an answer
        self._on_error("", WorkerError(code))  # to whatever was reading
        self._forget_failures("")

    def _report(self, child: _Child, token: str, error: FlacRasterError) -> None:
        self._on_error(token, error)
        child.send(child_process.ACKNOWLEDGED)
        self._forget_failures(token)

    def _forget_failures(self, token: str) -> None:
        """Have GDAL ask again for a raster, or for all (""), once it has cached that it cannot."""

        def forget() -> None:
            self._forgetting.discard(token)
            _clear_gdal_cache(self._port, token)

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
        listener: socket.socket,
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
            pass_fds=() if sys.platform == "win32" else (listener.fileno(),),
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        self.has_started = False
        #: Lines to write, in a thread, as the process may be slow to read them; None at the end.
        self._lines: SimpleQueue[str | None] = SimpleQueue()
        threading.Thread(target=self._write, daemon=True).start()
        threading.Thread(target=self._listen, args=(on_error, on_end), daemon=True).start()
        start = {
            "path": list(filter(None, sys.path)),
            "recipes": recipes,
            "cache": CacheSettings.load().arguments(),
            "listener": child_process.share(listener, self._process.pid),
        }
        self.send(json.dumps(start) + "\n")

    def send(self, line: str) -> None:
        self._lines.put(line)

    def end(self) -> None:
        self._lines.put(None)
        try:
            self._process.wait(_END_TIMEOUT)
        except subprocess.TimeoutExpired:
            self._process.kill()

    def _write(self) -> None:
        stream = cast(IO[str], self._process.stdin)
        with suppress(OSError, ValueError):  # the process has ended, which `_listen` sees
            for line in iter(self._lines.get, None):
                stream.write(line)
                stream.flush()
            stream.close()

    def _listen(
        self,
        on_error: Callable[[_Child, str, FlacRasterError], None],
        on_end: Callable[[_Child], None],
    ) -> None:
        timer = threading.Timer(_START_TIMEOUT, self._process.kill)
        timer.daemon = True
        timer.start()
        for line in cast(IO[str], self._process.stdout):
            if not line.startswith("{"):  # of a wrapper or a library
                continue
            found = json.loads(line)
            if "ready" in found:
                timer.cancel()
                self.has_started = True
            else:
                on_error(self, found["token"], child_process.read_error(found["error"]))
        timer.cancel()
        self._lines.put(None)
        with suppress(OSError), self._process:  # which closes the pipes, and waits
            pass  # an error is of lines that the process has not read
        on_end(self)


def _clear_gdal_cache(port: int, token: str) -> None:
    """Have GDAL, which caches what it read and what it could not, ask again."""
    gdal.VSICurlPartialClearCache(GDAL_PREFIX + origin(port) + token)


def _bypass_proxies() -> None:
    """Have GDAL, here and in programs that QGIS starts, reach this computer without a proxy."""
    for name in _NO_PROXY:
        hosts = [host for host in os.environ.get(name, "").split(",") if host]
        if HOST not in hosts:
            os.environ[name] = ",".join([*hosts, HOST])
