"""What the tests of remote rasters share: a server that follows a script, and small rasters."""

from __future__ import annotations

import re
import socket
import threading
import time
from contextlib import contextmanager, suppress

import numpy as np
from flac_raster_qgis.engine.storage.byte_source import FIRST_READ
from flac_raster_qgis.engine.storage.open import open_url
from flac_raster_qgis.engine.storage.remote.retry import RetryPolicy

from kits import rasters
from kits.clock import clock

#: Gives up and tries again quickly.
HASTY = RetryPolicy(
    connect_timeout=2,
    read_timeout=2,
    total_timeout=5,
    min_bytes_per_second=1e9,
    attempts=3,
    backoff=0.01,
    max_wait=3,
)


def noise(height=320, width=320, count=1, dtype="uint16", seed=0):
    """Pixels that do not compress, so that the file is much longer than the first read."""
    data = np.random.default_rng(seed).bytes(count * height * width * np.dtype(dtype).itemsize)
    return np.frombuffer(data, dtype).reshape(count, height, width)


def write_flac(path, array=None, tile_size=64, **described):
    """Write an array, noise where none is given, somewhere on Earth."""
    array = noise() if array is None else array
    return rasters.write_flac(path, array, tile_size, **{"crs": "EPSG:32633", **described})


def open_hasty(url, **options):
    """Open without the cache that all sources share."""
    return open_url(url, **{"retry": HASTY, "memory_cache": None, **options})


def read_all(source, ranges, **options):
    return list(source.read(ranges, **options))


def until(condition, seconds=5):
    """Wait for what another thread is about to do."""
    end = clock() + seconds
    while not condition():
        assert clock() < end, "it did not happen"
        time.sleep(0.01)


# ---------------------------------------------------------------- the scripted server


class Request:
    """What a client asked."""

    def __init__(self, head, connection):
        lines = head.decode("latin-1").split("\r\n")
        self.method, self.path = lines[0].split()[:2]
        self.headers = {
            key.strip().lower(): value.strip()
            for key, _, value in (line.partition(":") for line in lines[1:] if line)
        }
        self.connection = connection
        self.time, self.clock = time.monotonic(), clock()

    @property
    def range(self):
        """``(offset, size)`` asked for, None for the whole file."""
        found = re.fullmatch(r"bytes=(\d+)-(\d+)", self.headers.get("range", ""))
        return (int(found[1]), int(found[2]) - int(found[1]) + 1) if found else None


class Server:
    """Answers each request with the next step of a script; the test must use all steps up.

    A step is a function of a `Request` that yields bytes to send. When it ends the connection stays
    open, unless it raises `Hang up`. A server given ``always`` answers so whenever the script is at
    its end.
    """

    def __init__(self, steps=(), always=None):
        self.steps, self.always = list(steps), always
        self.requests, self.surplus = [], []
        self.gone = threading.Event()
        self._lock = threading.Lock()
        self._sockets = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}/x.flac"
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def ranges(self):
        return [request.range for request in self.requests]

    def _accept(self):
        with suppress(OSError):
            while True:
                connection, _ = self._listener.accept()
                self._sockets.append(connection)
                threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection):
        with suppress(OSError, HangUp), connection:
            while True:
                head = b""
                while not head.endswith(b"\r\n\r\n"):
                    more = connection.recv(1)
                    if not more:
                        return
                    head += more
                request = Request(head[:-4], connection)
                with self._lock:
                    self.requests.append(request)
                    step = self.steps.pop(0) if self.steps else self.always
                if step is None:
                    self.surplus.append(request.range)
                    raise HangUp
                for piece in step(request):
                    connection.sendall(piece)

    def close(self):
        self.gone.set()
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for connection in self._sockets:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def check(self):
        assert not self.steps, f"{len(self.steps)} steps of the script were not used"
        assert not self.surplus, f"requests beyond the script: {self.surplus}"


@contextmanager
def servers():
    """Yield a function that starts a scripted server, and the list of those it started."""
    started = []

    def start(*steps, **options):
        started.append(Server(steps, **options))
        return started[-1]

    try:
        yield start, started
    finally:
        for server in started:
            server.close()


class HangUp(Exception):
    """Ends a connection from inside a step."""


def reply(status, headers=None, body=b"", length=True):
    """Make the bytes of a reply."""
    headers = dict(headers or {})
    if length:
        headers.setdefault("Content-Length", len(body))
    lines = [f"HTTP/1.1 {status} Whatever", *(f"{k}: {v}" for k, v in headers.items())]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body


def says(status, body=b"", **headers):
    """Step: answer anything with this."""
    return lambda request: [reply(status, _dashes(headers), body)]


def part(data, **headers):
    """Step: answer with the range that was asked for, as a good server does."""

    def step(request):
        offset, size = request.range
        body = data[offset : offset + size]
        own = {
            "Content-Range": f"bytes {offset}-{offset + len(body) - 1}/{len(data)}",
            "ETag": '"one"',
        }
        own.update(_dashes(headers))
        yield reply(206, {k: v for k, v in own.items() if v is not None}, body)

    return step


def cut(data, after, **headers):
    """Step: a good answer that ends after so many bytes of its body."""

    def step(request):
        (whole,) = part(data, **headers)(request)
        yield whole[: whole.index(b"\r\n\r\n") + 4 + after]
        raise HangUp

    return step


def _dashes(headers):
    return {key.replace("_", "-"): value for key, value in headers.items()}


FIRST = (0, FIRST_READ)
