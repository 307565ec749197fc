"""Sessions whose requests can be ended from another thread.

``requests`` has no way to end a request that waits for the network. Its connections can be made of
any class, though, and ours tells the `Task` that runs in the thread which socket it waits for.
"""

from __future__ import annotations

import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.poolmanager import ProxyManager

from .._version import __version__
from .crew import Task

_current = threading.local()


@contextmanager
def stoppable(task: Task) -> Iterator[None]:
    """Let ``task.stop()`` end what this thread does in the block.

    With a session that `new_session` did not make, it ends at the latest with the read timeout.
    """
    _current.task = task
    try:
        yield
    finally:
        _current.task = None
        task.holds(None)


class _Telling:
    """A connection that tells which socket it waits for."""

    sock: Any

    def getresponse(self, *args: Any, **kwargs: Any) -> Any:
        # noted here and not looked up later: some connections give their socket to the response
        task = getattr(_current, "task", None)
        if task is not None:
            task.holds(self.sock)
        return super().getresponse(*args, **kwargs)  # type: ignore[misc]


class _Connection(_Telling, HTTPConnection):
    pass


class _TlsConnection(_Telling, HTTPSConnection):
    pass


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Connection


class _TlsPool(HTTPSConnectionPool):
    ConnectionCls = _TlsConnection


_POOLS = {"http": _Pool, "https": _TlsPool}


class StoppableAdapter(HTTPAdapter):
    """Mount it on a session of your own, and what it fetches can be cancelled at once.

    Parameters
    ----------
    ssl_context : ssl.SSLContext, optional
        Authorities to trust beside those of ``requests``, and a client's certificate.
    """

    def __init__(self, ssl_context: ssl.SSLContext | None = None):
        self._ssl_context = ssl_context
        super().__init__()

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        """See `requests.adapters.HTTPAdapter`."""
        super().init_poolmanager(*args, ssl_context=self._ssl_context, **kwargs)
        self.poolmanager.pool_classes_by_scheme = _POOLS

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
        See `StoppableAdapter`.
    """
    session = requests.Session()
    session.headers["User-Agent"] = f"flac-raster-qgis/{__version__}"
    for scheme in ("http://", "https://"):
        session.mount(scheme, StoppableAdapter(ssl_context))
    return session
