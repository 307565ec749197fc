"""What went wrong on the network, in words that hold no secrets.

The texts of exceptions quote whole URLs, with all that is secret in them, so none is passed on, not
even as the cause of ours: a traceback would print it.
"""

from __future__ import annotations

import http.client
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager

import requests
import urllib3
from urllib3.connection import CertificateError

from ...errors import FlacRasterError, RemoteError
from ..urls import Address
from .fetch_pool import TaskStopped
from .retry import RetryableError

_PASSING = (
    requests.exceptions.ConnectionError,
    requests.exceptions.Timeout,
    requests.exceptions.ChunkedEncodingError,
)
#: What the network is to blame for.
_NETWORK = (
    *_PASSING,
    requests.exceptions.SSLError,
    urllib3.exceptions.HTTPError,
    http.client.HTTPException,
    OSError,
)


@contextmanager
def mapped_exceptions(name: str, url: str) -> Iterator[None]:
    """Raise `map_exception` of whatever goes wrong while a request is sent or answered.

    Of whatever, because a server's headers reach parsers of requests, urllib3, http.client, ssl and
    http.cookiejar, and each of them raises its own.
    """
    try:
        yield
    except (FlacRasterError, RetryableError, TaskStopped):
        raise
    except Exception as error:
        raise map_exception(error, name, Address.parse(url).host) from None


def map_exception(error: Exception, name: str, host: str) -> Exception:
    """Return a `RetryableError` for what may pass, else an error for the user."""
    chain = list(_chain(error))

    def found(*kinds: type) -> BaseException | None:
        return next((e for e in chain if isinstance(e, kinds)), None)

    certificate = found(ssl.SSLCertVerificationError, CertificateError)
    if certificate is not None:
        reason = getattr(certificate, "verify_message", "") or "it does not fit"
        return RemoteError("tls.certificate", name=name, host=host, reason=reason)
    if isinstance(error, requests.exceptions.SSLError):
        reason = getattr(found(ssl.SSLError), "reason", None) or "no common protocol"
        return RemoteError("tls.handshake", name=name, host=host, reason=reason)
    unknown = found(socket.gaierror)
    if unknown is not None and getattr(unknown, "errno", None) != socket.EAI_AGAIN:
        return RemoteError("network.unknown_host", name=name, host=host)
    # the address of the file has been checked
    if isinstance(error, (requests.exceptions.InvalidURL, requests.exceptions.InvalidSchema)):
        return RemoteError("network.proxy", name=name)
    if type(error) is OSError and error.errno is None:  # of requests, before it connects
        return RemoteError("tls.certificate_file", name=name)
    if not isinstance(error, _NETWORK) or (
        isinstance(error, requests.RequestException) and not isinstance(error, _PASSING)
    ):
        return RemoteError("network.request", name=name, host=host, reason=type(error).__name__)
    if unknown is not None:
        return RetryableError("network.lookup", host=host)
    if isinstance(error, requests.exceptions.ProxyError):
        return RetryableError("network.proxy_refuses")
    if isinstance(error, requests.exceptions.ConnectTimeout):
        return RetryableError("network.no_answer", host=host)
    # before timeouts, of which urllib3 takes a refused connection for one
    system = [e.strerror for e in chain if isinstance(e, OSError) and e.strerror]
    if system:
        return RetryableError("network.connection", host=host, reason=system[-1])
    if found(TimeoutError, socket.timeout, urllib3.exceptions.TimeoutError):
        return RetryableError("network.silent", host=host)
    return RetryableError("network.closed_early", host=host)


def _chain(error: BaseException) -> Iterator[BaseException]:
    """Yield an exception and all that it was made from, outermost first."""
    seen: set[int] = set()
    waiting: list[object] = [error]
    while waiting:
        this = waiting.pop(0)
        if not isinstance(this, BaseException) or id(this) in seen:
            continue
        seen.add(id(this))
        yield this
        waiting += [*this.args, getattr(this, "reason", None), this.__cause__, this.__context__]
