"""Open sources with the proxies, authentication and certificates of QGIS."""

from __future__ import annotations

import os
import re
from contextlib import closing
from dataclasses import replace
from functools import partial
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Callable
from weakref import finalize

from qgis.core import Qgis, QgsApplication, QgsSettings
from qgis.PyQt.QtCore import QUrl
from qgis.PyQt.QtNetwork import QNetworkRequest

from ..engine.errors import InputError, Message, MissingDependency, RemoteError
from ..engine.job import NO_JOB, Job
from ..engine.storage.byte_source import ByteSource
from ..engine.storage.name_parts import HTTP_SCHEMES, scheme_of
from ..engine.storage.open import open_local, open_url
from ..engine.storage.urls import Address, has_login, redact
from .cache_settings import disk_cache
from .main_thread import call_and_wait
from .proxy import proxy_of

if TYPE_CHECKING:
    import requests

    from ..engine.storage.remote.retry import RetryPolicy
    from ..engine.storage.remote.session_recipe import SessionRecipe

#: Start of a URL without its scheme: a host, perhaps with a port, and something on it.
_HOST = re.compile(r"(localhost|[\w-]+(\.[\w-]+)+)(:\d+)?/.", re.ASCII)


def open_source(
    name: str | os.PathLike[str],
    authcfg: str = "",
    *,
    retry: RetryPolicy | None = None,
    on_failure: Callable[[int, RemoteError], None] | None = None,
    is_cached: bool = True,
    job: Job = NO_JOB,
) -> ByteSource:
    """Open a file or a URL with the settings of QGIS, for layers, tools and the dock; thread-safe.

    The user is asked for the master password of QGIS if it is needed. ``retry`` limits http and
    https, and ``on_failure`` is that of a `RetryPolicy`; ``job`` is polled during all requests,
    including those of later reads. What is read is kept in the caches in memory and on disk, unless
    it is read only once.

    Raises
    ------
    InputError, RemoteError, MissingDependency, Cancelled
    """
    scheme = scheme_of(name)
    if scheme is None:
        return _open_local(name)
    url = os.fspath(name)
    _check_url(url, authcfg)
    if scheme not in HTTP_SCHEMES:
        return open_url(url, job=job, **_caches(is_cached))
    session = session_for(url, authcfg)
    if on_failure is not None:
        from ..engine.storage.remote.retry import RetryPolicy

        retry = replace(retry or RetryPolicy(), on_failure=on_failure)
    source = open_url(url, session=session, retry=retry, job=job, **_caches(is_cached))
    finalize(source, session.close)
    return source


def _open_local(name: str | os.PathLike[str]) -> ByteSource:
    """Open a file; one that does not exist may be a URL without its beginning."""
    try:
        return open_local(name, absolute=True)
    except InputError as error:
        if error.code == "input.missing" and _HOST.match(os.fspath(name)):
            raise InputError("qgis.no_scheme", redact(os.fspath(name))) from error
        raise


def _check_url(url: str, authcfg: str) -> None:
    """Raise InputError if the user name, password or authentication of a URL cannot be used."""
    scheme = scheme_of(url)
    if has_login(url):
        raise InputError("qgis.login_in_url", redact(url))
    if authcfg and scheme not in HTTP_SCHEMES:
        raise InputError("qgis.authcfg_scheme", redact(url), scheme=scheme)


def _caches(is_cached: bool) -> dict[str, Any]:
    return {"disk_cache": disk_cache()} if is_cached else {"memory_cache": None}


def read_document(
    name: str, authcfg: str, limit: int, job: Job = NO_JOB, *, is_optional: bool = False
) -> bytes:
    """Return a small file, local or on a web server, with the settings of QGIS; thread-safe.

    One that ``is_optional`` is requested once and waited for some seconds only.

    Raises
    ------
    InputError, RemoteError, MissingDependency, Cancelled
    """
    if scheme_of(name) is None:
        with closing(_open_local(name)) as file:
            if file.size > limit:
                raise InputError("remote.document_size", name, expected=limit // 1000)
            return b"".join(file.read([(0, file.size)]))
    _check_url(name, authcfg)
    with session_for(name, authcfg) as session:
        from ..engine.storage.remote.document import fetch_document
        from ..engine.storage.remote.retry import RetryPolicy

        retry = RetryPolicy(5, 5, total_timeout=10, attempts=1) if is_optional else RetryPolicy()
        return fetch_document(name, limit, session=session, retry=retry, job=job)


def session_for(url: str, authcfg: str = "") -> requests.Session:
    """Return a session that connects to an HTTP server as QGIS itself does; thread-safe.

    The id of an authentication configuration of QGIS may be empty. Raises InputError if there is no
    such configuration or it cannot be used, and MissingDependency without requests.
    """
    if find_spec("requests") is None:
        raise MissingDependency(
            "package.missing", purpose=Message("purpose.http"), package="requests"
        )
    url = Address.parse(url).url  # normalized, so that Qt cannot interpret it differently
    session = _recipe(url, _authenticated(url, authcfg)).session()
    if authcfg:
        session.auth = partial(_authenticate, authcfg)
    return session


def authenticated_recipe(url: str, authcfg: str = "") -> tuple[str, SessionRecipe]:
    """Return how another process reads a URL as QGIS itself does; thread-safe; see `session_for`.

    The URL has a key in its query, if the authentication adds one. The recipe has the headers that
    the authentication adds; tokens in them may expire.
    """
    url = Address.parse(url).url
    request = _authenticated(url, authcfg)
    recipe = _recipe(url, request)
    headers = {**recipe.headers, **_headers(request)}
    recipe = replace(recipe, headers=headers, is_authenticated=bool(authcfg))
    return _url(request), recipe


def _recipe(url: str, request: QNetworkRequest) -> SessionRecipe:
    """Return user agent, proxy and certificates for a request."""
    # not at the top: local files can be opened without requests, and QGIS starts faster
    from ..engine.storage.remote.http_session import USER_AGENT
    from ..engine.storage.remote.session_recipe import SessionRecipe

    agent = QgsSettings().value("qgis/networkAndProxy/userAgent", "Mozilla/5.0")
    headers = {"User-Agent": f"{agent} QGIS/{Qgis.QGIS_VERSION_INT} {USER_AGENT}"}
    certificates = _certificates(request) if scheme_of(url) == "https" else {}
    return SessionRecipe(headers, proxy=_proxy(url), **certificates)


def _url(request: QNetworkRequest) -> str:
    return bytes(request.url().toEncoded()).decode("ascii")


def _headers(request: QNetworkRequest) -> dict[str, str]:
    pairs = ((name, request.rawHeader(name)) for name in request.rawHeaderList())
    return {bytes(k).decode("latin-1"): bytes(v).decode("latin-1") for k, v in pairs}


# ---------------------------------------------------------------- proxies


def _proxy(url: str) -> str | None:
    """Return the proxy in QGIS's settings; None where they leave it to the environment."""
    address = proxy_of(url)
    if address is not None and address.startswith("socks") and find_spec("socks") is None:
        raise MissingDependency("qgis.socks", package="PySocks")
    return address


# ---------------------------------------------------------------- authentication


def _authenticate(authcfg: str, prepared: requests.PreparedRequest) -> requests.PreparedRequest:
    """Authenticate one request as QGIS does, because tokens and signatures expire."""
    request = _authenticated(prepared.url or "", authcfg)
    prepared.headers.update(_headers(request))
    # some methods add a key to the URL
    prepared.url = _url(request)
    return prepared


def _authenticated(url: str, authcfg: str) -> QNetworkRequest:
    """Return the request that QGIS would send."""
    request = QNetworkRequest(QUrl.fromEncoded(url.encode("utf-8", "surrogateescape")))
    if not authcfg:
        return request
    manager = QgsApplication.authManager()
    if not manager.isDisabled() and not manager.masterPasswordIsSet():
        # QGIS itself would ask, but hold the GIL while it waits for the main thread, which may be
        # waiting for the GIL
        call_and_wait(lambda: manager.setMasterPassword(True))
    done, request = manager.updateNetworkRequest(request, authcfg)
    if not done:
        raise InputError("qgis.authcfg", redact(url), authcfg=authcfg)
    return request


# ---------------------------------------------------------------- certificates


def _certificates(request: QNetworkRequest) -> dict[str, Any]:
    """Return what QGIS trusts, and the client certificate of a request if it has one."""
    manager = QgsApplication.authManager()
    trusted = "" if manager.isDisabled() else bytes(manager.trustedCaCertsPemText()).decode("ascii")
    configuration = request.sslConfiguration()
    certificate, key = configuration.localCertificate(), configuration.privateKey()
    if certificate.isNull() or key.isNull():
        return {"authorities": trusted}
    of_client = (bytes(found.toPem()).decode("ascii") for found in configuration.caCertificates())
    return {
        "authorities": trusted,
        "client": (bytes(key.toPem()) + bytes(certificate.toPem())).decode("ascii"),
        "client_authorities": "".join(of_client),
    }
