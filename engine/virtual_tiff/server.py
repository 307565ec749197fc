"""Serve virtual files to this computer alone: HTTP with ranges, on the loopback address, read only.

Other users of the computer and pages in a browser can reach a loopback address, too. So a path
starts with a secret token, which opens one file and tells nothing of any other; requests must name
this address as their host, or a page could reach it by a host name of its own; and those that a
page sends, which browsers mark with ``Origin``, ``Referer`` or ``Sec-Fetch-Site``, are refused.
"""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Callable, Protocol
from urllib.parse import unquote

from ..errors import FlacRasterError
from ..storage.virtual_addresses import HOST

_RANGE = re.compile(r"bytes=(\d{1,19})-(\d{0,19})")
_MARKS_OF_PAGES = ("Origin", "Referer", "Sec-Fetch-Site")
#: Connections that wait to be accepted.
_BACKLOG = 64
#: Seconds that a connection may be idle.
_IDLE_TIMEOUT = 60


class ServedFile(Protocol):
    """A file whose bytes are made when they are read."""

    size: int

    def read(self, start: int, stop: int) -> Iterator[bytes]:
        """Yield the bytes of a range in pieces."""


def listen(port: int = 0) -> socket.socket:
    """Return a socket that listens on the loopback address; `OSError` if the port is taken."""
    return socket.create_server((HOST, port), backlog=_BACKLOG)


class LoopbackServer(ThreadingHTTPServer):
    """A server of virtual files on the loopback address.

    It takes over a ``listener``, default one on a port that is free. ``find`` returns the file of a
    token and a path, or None if there is none. ``on_error`` is told the token and the error of a
    file; the client then gets status 502, or a response that is too short. Both are called in
    several threads.
    """

    daemon_threads = True

    def __init__(
        self,
        find: Callable[[str, str], ServedFile | None],
        on_error: Callable[[str, FlacRasterError], None],
        listener: socket.socket | None = None,
    ):
        self.find, self.on_error = find, on_error
        super().__init__((HOST, 0), _Handler, bind_and_activate=False)
        self.socket.close()
        self.socket = listener or listen()
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = HOST, self.server_address[1]

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Ignore connections that clients have cut."""


class _Handler(BaseHTTPRequestHandler):
    server: LoopbackServer
    protocol_version = "HTTP/1.1"
    server_version, sys_version = "flac-raster", ""
    # else each short response waits 40 ms for the client's acknowledgment
    disable_nagle_algorithm = True
    wbufsize = 1 << 16
    timeout = _IDLE_TIMEOUT

    def log_message(self, *args: Any) -> None:
        """Log nothing: paths have secrets."""

    def do_HEAD(self) -> None:
        self._respond(has_body=False)

    def do_GET(self) -> None:
        self._respond(has_body=True)

    def _respond(self, has_body: bool) -> None:
        token, _, path = self.path[1:].partition("/")
        try:
            file = self._find(unquote(token), unquote(path))
        except FlacRasterError as error:
            self.server.on_error(token, error)
            return self._refuse(HTTPStatus.BAD_GATEWAY)
        if file is None:
            return self._refuse(HTTPStatus.NOT_FOUND)
        start, stop, status = 0, file.size, HTTPStatus.OK
        asked = _RANGE.fullmatch(self.headers.get("Range", ""))  # other units are ignored
        if asked:
            start, status = int(asked[1]), HTTPStatus.PARTIAL_CONTENT
            stop = min(int(asked[2]) + 1, stop) if asked[2] else stop
            if start >= stop:
                unsatisfied = {"Content-Range": f"bytes */{file.size}"}
                return self._refuse(HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, unsatisfied)
        pieces = file.read(start, stop) if has_body else iter(())
        try:
            first = next(pieces, b"")  # so that most errors are known before the status is sent
        except FlacRasterError as error:
            self.server.on_error(token, error)
            return self._refuse(HTTPStatus.BAD_GATEWAY)
        self.send_response(status)
        self.send_header("Accept-Ranges", "bytes")
        self.send_header("Content-Type", "application/octet-stream")
        self.send_header("Content-Length", str(stop - start))
        if status == HTTPStatus.PARTIAL_CONTENT:
            self.send_header("Content-Range", f"bytes {start}-{stop - 1}/{file.size}")
        self.end_headers()
        try:
            self.wfile.write(first)
            for piece in pieces:
                self.wfile.write(piece)
        except FlacRasterError as error:
            self.server.on_error(token, error)
            self.close_connection = True  # a body that is too short is an error for the client
        except OSError:  # the client has gone
            self.close_connection = True

    def _find(self, token: str, path: str) -> ServedFile | None:
        port = self.server.server_port
        if self.headers.get("Host") not in (f"{HOST}:{port}", f"localhost:{port}"):
            return None
        if any(mark in self.headers for mark in _MARKS_OF_PAGES):
            return None
        return self.server.find(token, path)

    def _refuse(self, status: HTTPStatus, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in {**(headers or {}), "Content-Length": "0"}.items():
            self.send_header(name, value)
        self.end_headers()
