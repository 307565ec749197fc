"""The server in a process of its own, for a program whose other code may block all its threads.

In QGIS any code may open an address of ours while it holds Python's interpreter lock, as rasterio
does. A thread of the same process could then never answer.

The program owns the socket that listens, so addresses are known before the child has started, and
requests wait for it; if the child ends, another one takes its place. Messages are lines of JSON.
The child reads `RasterRecipe`s, and ``{"withdraw": token}``. It writes ``{"ready": true}`` when it
has started, and errors as ``{"token": ..., "error": ...}``, pickled, so that they keep their codes
and can be translated. It reads `ACKNOWLEDGED` for each, before it answers the client, which could
otherwise end successfully. The end of standard input ends the process: when the program that
started it has ended, in whatever way, so has the pipe.
"""

from __future__ import annotations

import base64
import json
import os
import pickle  # nosec B403: see read_error
import socket
import sys
import threading
from functools import partial
from typing import Any, Callable, cast

from ..errors import FlacRasterError
from .recipes import RasterRecipe, open_cache
from .served_rasters import ServedRasters
from .server import LoopbackServer

#: Seconds from a request that came before its recipe until it is refused.
_WAIT = 3.0
#: Seconds that the program may take to acknowledge an error.
_ACK_TIMEOUT = 1.0
#: Line that acknowledges an error.
ACKNOWLEDGED = '{"acknowledged": true}\n'


class _Errors:
    """Reports errors, and waits until each is acknowledged, unless that takes too long."""

    def __init__(self, write: Callable[[dict[str, Any]], None]):
        self._write = write
        self._changed = threading.Condition()
        self._reported = self._acknowledged = 0
        self._is_unresponsive = False

    def report(self, token: str, error: FlacRasterError) -> None:
        text = base64.b64encode(pickle.dumps(error)).decode("ascii")
        with self._changed:
            self._reported += 1
            number = self._reported
            self._write({"token": token, "error": text})
            if not self._is_unresponsive:
                done = self._changed.wait_for(lambda: self._acknowledged >= number, _ACK_TIMEOUT)
                self._is_unresponsive = not done

    def acknowledged(self) -> None:
        with self._changed:
            self._acknowledged += 1
            self._is_unresponsive = self._is_unresponsive and self._acknowledged < self._reported
            self._changed.notify_all()


def share(listener: socket.socket, pid: int) -> int | str:
    """Return what lets a child process, which inherits the socket, take it over."""
    if sys.platform == "win32":
        return base64.b64encode(listener.share(pid)).decode("ascii")
    return listener.fileno()


def _take_over(shared: int | str) -> socket.socket:
    if sys.platform == "win32":
        return socket.fromshare(base64.b64decode(cast(str, shared)))
    return socket.socket(fileno=cast(int, shared))


def serve(recipes: list[str], cache_arguments: dict[str, Any] | None, shared: int | str) -> None:
    """Serve until standard input ends; never returns.

    ``recipes`` are lines that come before those of standard input, ``cache_arguments``
    those of a `DiskCache` or None, and ``shared`` what `share` has returned.
    """
    writing = threading.Lock()

    def write(message: dict[str, Any]) -> None:
        with writing:
            sys.stdout.write(json.dumps(message) + "\n")
            sys.stdout.flush()

    cache = open_cache(cache_arguments)
    rasters, errors = ServedRasters(_WAIT), _Errors(write)

    def read(line: str) -> None:
        message = json.loads(line)
        if "acknowledged" in message:
            errors.acknowledged()
        elif "withdraw" in message:
            rasters.withdraw(message["withdraw"])
        else:
            recipe = RasterRecipe.from_values(message)
            rasters.add(partial(recipe.open, cache), recipe.window, recipe.token, recipe.bands)

    for line in recipes:
        read(line)
    with LoopbackServer(rasters.find, errors.report, _take_over(shared)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        write({"ready": True})
        for line in sys.stdin:
            read(line)
    os._exit(0)  # at once, whatever is being read


def read_error(text: str) -> FlacRasterError:
    """Return the error of a message, which must be of a process that this one has started."""
    error: FlacRasterError = pickle.loads(base64.b64decode(text))  # noqa: S301 # nosec B301
    return error
