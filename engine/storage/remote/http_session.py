"""Sessions whose requests can be ended from another thread, and reach only whom they may.

``requests`` has no way to end a request that waits for the network, nor to say which addresses may
be connected to. Its connections can be made of any class, though. Ours tell the `FetchTask` that
runs in the thread which socket it waits for, and ask its `Reach` before they connect.
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
from .tls import ContextForAddress, for_strangers

_current = threading.local()
#: urllib3 1.26 leaves out whom it connects to where that is an IP address.
_NAMES_ADDRESSES = not urllib3.__version__.startswith("1.")


@contextmanager
def watch_task(task: FetchTask, reach: Reach) -> Iterator[None]:
    """Let ``task.stop()`` end what this thread does in the block, and connect to whom it may.

    With a session that `new_session` did not make, it ends at the latest with the read timeout, and
    connects to whom that session will.
    """
    _current.task, _current.reach = task, reach
    try:
        yield
    finally:
        _current.task = _current.reach = None
        task.watch_socket(None)


class _Response(http.client.HTTPResponse):
    """Refuses chunks of negative length, and forgets what was wrong with headers.

    http.client would read such chunks to the end of the connection, however much comes. And urllib3
    writes the whole address into the log where a header is malformed.
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


class _WatchedConnection:
    """A connection that tells which socket it waits for, and connects only to whom it may."""

    sock: Any
    host: Any
    port: Any
    proxy: Any
    response_class = _Response
    #: IP address that it is connected to, and who admitted that.
    _address = ""
    _admitted_by: Reach | None = None

    def _new_conn(self) -> Any:
        """Look the host up, once, and connect to one of the addresses that were judged.

        A second lookup could find others. To judge what is behind a proxy is the proxy's business.
        """
        reach: Reach | None = getattr(_current, "reach", None)
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
                self._address, self._admitted_by = address, reach
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
        return list(dict.fromkeys(str(place[4][0]) for place in found))

    def putrequest(self, *args: Any, **kwargs: Any) -> None:
        """Send nothing by a connection from earlier on that may not be made now."""
        reach: Reach | None = getattr(_current, "reach", None)
        if reach is not None and self.sock is not None and self._admitted_by is not reach:
            if self._address:
                reach.admit(self.host, [self._address])
            self._admitted_by = reach
        super().putrequest(*args, **kwargs)  # type: ignore[misc]  # mixed in

    def getresponse(self, *args: Any, **kwargs: Any) -> Any:
        # noted here and not looked up later: some connections give their socket to the response
        task = getattr(_current, "task", None)
        if task is not None:
            task.watch_socket(self.sock)
        return super().getresponse(*args, **kwargs)  # type: ignore[misc]  # mixed in


class _Connection(_WatchedConnection, HTTPConnection):
    pass


class _TlsConnection(_WatchedConnection, HTTPSConnection):
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
    """Mount it on a session of your own, and what it fetches can be cancelled at once.

    Parameters
    ----------
    ssl_context : ssl.SSLContext, optional
        Authorities to trust beside those of ``requests``, and a client's certificate; other hosts
        than that of the URL do not get to see it.
    """

    def __init__(self, ssl_context: ssl.SSLContext | None = None):
        self._ssl_context = ssl_context
        super().__init__()

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        """See `requests.adapters.HTTPAdapter`."""
        super().init_poolmanager(*args, ssl_context=self._ssl_context, **kwargs)
        self.poolmanager.pool_classes_by_scheme = _POOLS

    def for_strangers(self) -> CancellableAdapter:
        """Return an adapter for other hosts: no client certificate, and no connection in common."""
        context = self._ssl_context
        return CancellableAdapter(None if context is None else for_strangers(context))

    def proxy_manager_for(self, *args: Any, **kwargs: Any) -> Any:
        """See `requests.adapters.HTTPAdapter`."""
        manager = super().proxy_manager_for(*args, ssl_context=self._ssl_context, **kwargs)
        if type(manager) is ProxyManager:  # SOCKS has connections of its own
            manager.pool_classes_by_scheme = _POOLS
        return manager


def new_session(ssl_context: ssl.SSLContext | None = None) -> requests.Session:
    """Return a session to which proxies, headers and authentication may be added.

    Parameters
    ----------
    ssl_context : ssl.SSLContext, optional
        See `CancellableAdapter`.
    """
    session = requests.Session()
    session.headers["User-Agent"] = f"flac-raster-qgis/{__version__}"
    for scheme in ("http://", "https://"):
        session.mount(scheme, CancellableAdapter(ssl_context))
    return session
