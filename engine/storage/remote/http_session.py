"""Sessions whose requests can be cancelled from another thread, and reach only allowed servers.

``requests`` can neither cancel a waiting request nor restrict the addresses it connects to, but it
accepts other classes of connections. Those of this module pass their socket to the `FetchTask` of
the thread, and check its `Reach` before they connect.
"""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import ip_address
from typing import Any

import requests
import urllib3
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import HTTPError, NewConnectionError
from urllib3.poolmanager import ProxyManager
from urllib3.util.connection import allowed_gai_family

from ..._version import __version__
from ..reach import Reach
from .fetch_pool import FetchTask
from .tls import ContextForAddress, without_certificate


class _Current(threading.local):
    """The request of this thread."""

    task: FetchTask | None = None
    reach: Reach | None = None


_current = _Current()
USER_AGENT = f"flac-raster-qgis/{__version__}"
#: urllib3 1.26 does not check certificates for IP addresses.
_NAMES_ADDRESSES = not urllib3.__version__.startswith("1.")


@contextmanager
def watch_task(task: FetchTask, reach: Reach) -> Iterator[None]:
    """Let ``task.stop()`` cancel the requests of this thread, and restrict their servers.

    Sessions without `CancellableAdapter` end with the read timeout, and are not restricted.
    """
    _current.task, _current.reach = task, reach
    try:
        yield
    finally:
        _current.task = _current.reach = None
        task.watch_socket(None)


class _Response(http.client.HTTPResponse):
    """Response that refuses chunks of negative length, and ignores defects of headers.

    http.client would read such chunks up to the end of the connection, and urllib3 logs the whole
    URL if a header is malformed.
    """

    def begin(self) -> None:
        """See `http.client.HTTPResponse`."""
        super().begin()
        self.headers.defects.clear()
        self.headers.set_payload(None)  # type: ignore[call-overload]  # as of a new message

    def _read_next_chunk_size(self) -> int:
        size: int = super()._read_next_chunk_size()  # type: ignore[misc]  # not in typeshed
        if size < 0:
            raise http.client.HTTPException("a chunk of negative length")
        return size


class _RestrictedConnection:
    """Connection that registers its socket with the task, and connects only to allowed servers."""

    sock: Any
    host: Any
    port: Any
    proxy: Any
    response_class = _Response
    #: Connected IP address, and the `Reach` that allowed it.
    _address = ""
    _allowed_by: Reach | None = None

    def _new_conn(self) -> Any:
        """Look the host up once, and connect to an allowed address; a second lookup could differ.

        A proxy looks hosts up itself.
        """
        reach = _current.reach
        if reach is None or self.proxy is not None:
            return super()._new_conn()  # type: ignore[misc]  # mixed in
        host, failure = self.host, None
        for address in reach.admit(host, self._addresses()):
            self.host = address
            try:
                connected = super()._new_conn()  # type: ignore[misc]  # mixed in
            except HTTPError as error:  # the next one may answer
                failure = error
            else:
                self._address, self._allowed_by = address, reach
                return connected
            finally:
                self.host = host
        raise failure or NewConnectionError(self, "no address")

    def _addresses(self) -> list[str]:
        if _is_address(self.host):
            return [self.host]
        try:
            found = socket.getaddrinfo(
                self.host, self.port, allowed_gai_family(), socket.SOCK_STREAM
            )
        except OSError as error:
            raise NewConnectionError(self, "lookup failed") from error
        return list(dict.fromkeys(str(entry[4][0]) for entry in found))

    def putrequest(self, *args: Any, **kwargs: Any) -> None:
        """Check the address again if another source made the connection."""
        reach = _current.reach
        if reach is not None and self.sock is not None and self._allowed_by is not reach:
            if self._address:
                reach.admit(self.host, [self._address])
            self._allowed_by = reach
        super().putrequest(*args, **kwargs)  # type: ignore[misc]  # mixed in

    def getresponse(self, *args: Any, **kwargs: Any) -> Any:
        # not later: some connections pass their socket to the response
        if _current.task is not None:
            _current.task.watch_socket(self.sock)
        return super().getresponse(*args, **kwargs)  # type: ignore[misc]  # mixed in


class _Connection(_RestrictedConnection, HTTPConnection):
    pass


class _TlsConnection(_RestrictedConnection, HTTPSConnection):
    ssl_context: Any

    def connect(self) -> None:
        context, host = self.ssl_context, getattr(self, "_tunnel_host", None) or self.host
        if context is None or _NAMES_ADDRESSES or not _is_address(host):
            super().connect()
            return
        self.ssl_context = ContextForAddress(context, host)
        try:
            super().connect()
        finally:
            self.ssl_context = context


def _is_address(host: str) -> bool:
    try:
        ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Connection


class _TlsPool(HTTPSConnectionPool):
    ConnectionCls = _TlsConnection


_POOLS = {"http": _Pool, "https": _TlsPool}


class CancellableAdapter(HTTPAdapter):
    """Adapter that makes the requests of any session cancellable, once it is mounted.

    ``ssl_context`` has additional certificate authorities, and a client certificate, which is shown
    to the host of the URL only.
    """

    def __init__(self, ssl_context: ssl.SSLContext | None = None):
        self._ssl_context = ssl_context
        super().__init__()

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        """See `requests.adapters.HTTPAdapter`."""
        super().init_poolmanager(*args, ssl_context=self._ssl_context, **kwargs)
        self.poolmanager.pool_classes_by_scheme = _POOLS

    def for_other_hosts(self) -> CancellableAdapter:
        """Return an adapter for other hosts: without client certificate and shared connections."""
        context = self._ssl_context
        return CancellableAdapter(None if context is None else without_certificate(context))

    def proxy_manager_for(self, *args: Any, **kwargs: Any) -> Any:
        """See `requests.adapters.HTTPAdapter`."""
        manager = super().proxy_manager_for(*args, ssl_context=self._ssl_context, **kwargs)
        if type(manager) is ProxyManager:  # SOCKS has its own connections
            manager.pool_classes_by_scheme = _POOLS
        return manager


def new_session(ssl_context: ssl.SSLContext | None = None) -> requests.Session:
    """Return a session with cancellable requests.

    Proxies, headers and authentication can be added to it, as to any session of ``requests``.

    Parameters
    ----------
    ssl_context : ssl.SSLContext, optional
        See `CancellableAdapter`.
    """
    session = requests.Session()
    session.headers["User-Agent"] = USER_AGENT
    for scheme in ("http://", "https://"):
        session.mount(scheme, CancellableAdapter(ssl_context))
    return session
