"""Map exceptions of network libraries to errors without secrets.

Texts of exceptions quote whole URLs, with their secrets. So none is passed on, not even as the
cause of an error, because a traceback would print it.
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

#: Failures that a retry may fix.
_TEMPORARY = (
    requests.exceptions.ConnectionError,
    requests.exceptions.Timeout,
    requests.exceptions.ChunkedEncodingError,
)
#: Failures of the network.
_NETWORK = (
    *_TEMPORARY,
    requests.exceptions.SSLError,
    urllib3.exceptions.HTTPError,
    http.client.HTTPException,
    OSError,
)


@contextmanager
def mapped_exceptions(name: str, url: str) -> Iterator[None]:
    """Map all exceptions of a request: headers reach many parsers, each with its own exceptions."""
    try:
        yield
    except (FlacRasterError, RetryableError, TaskStopped):
        raise
    except Exception as error:
        raise map_exception(error, name, Address.parse(url).host) from None


def map_exception(error: Exception, name: str, host: str) -> Exception:
    """Return a `RetryableError` for a temporary failure, else an error for the user."""
    chain = list(_chain(error))

    def found(*kinds: type) -> BaseException | None:
        return next((e for e in chain if isinstance(e, kinds)), None)

    certificate = found(ssl.SSLCertVerificationError, CertificateError)
    if certificate is not None:
        reason = getattr(certificate, "verify_message", "") or "it does not fit"
        return RemoteError("tls.certificate", name, host=host, reason=reason)
    if isinstance(error, requests.exceptions.SSLError):
        reason = getattr(found(ssl.SSLError), "reason", None) or "no common protocol"
        return RemoteError("tls.handshake", name, host=host, reason=reason)
    unknown = found(socket.gaierror)
    if unknown is not None and getattr(unknown, "errno", None) != socket.EAI_AGAIN:
        return RemoteError("network.unknown_host", name, host=host)
    # the address of the file has been checked
    if isinstance(error, (requests.exceptions.InvalidURL, requests.exceptions.InvalidSchema)):
        return RemoteError("network.proxy", name)
    if type(error) is OSError and error.errno is None:  # raised by requests before it connects
        return RemoteError("tls.certificate_file", name)
    if not isinstance(error, _NETWORK) or (
        isinstance(error, requests.RequestException) and not isinstance(error, _TEMPORARY)
    ):
        return RemoteError("network.request", name, host=host, reason=type(error).__name__)
    if unknown is not None:
        return RetryableError("network.lookup", host=host)
    if isinstance(error, requests.exceptions.ProxyError):
        return RetryableError("network.proxy_refuses")
    if isinstance(error, requests.exceptions.ConnectTimeout):
        return RetryableError("network.no_answer", host=host)
    # before timeouts, because urllib3 reports a refused connection as one
    system = [e.strerror for e in chain if isinstance(e, OSError) and e.strerror]
    if system:
        return RetryableError("network.connection", host=host, reason=system[-1])
    if found(TimeoutError, socket.timeout, urllib3.exceptions.TimeoutError):
        return RetryableError("network.silent", host=host)
    return RetryableError("network.closed_early", host=host)


def _chain(error: BaseException) -> Iterator[BaseException]:
    """Yield an exception and its causes, outermost first."""
    seen: set[int] = set()
    pending: list[object] = [error]
    while pending:
        cause = pending.pop(0)
        if not isinstance(cause, BaseException) or id(cause) in seen:
            continue
        seen.add(id(cause))
        yield cause
        pending += [*cause.args, getattr(cause, "reason", None), cause.__cause__, cause.__context__]
