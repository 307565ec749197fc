"""How the engine reaches servers from inside QGIS: its proxies, authentication and certificates."""

from __future__ import annotations

import os
import ssl
import tempfile
from contextlib import suppress
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import finalize

from qgis.core import Qgis, QgsApplication, QgsSettings
from qgis.PyQt.QtCore import QUrl
from qgis.PyQt.QtNetwork import QNetworkRequest

from ..engine.errors import InputError, Message, MissingDependency
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


def open_source(
    name: str | os.PathLike[str],
    authcfg: str = "",
    *,
    retry: RetryPolicy | None = None,
    job: Job = NO_JOB,
) -> ByteSource:
    """Open a file or a URL as QGIS is set up: the one way in for layers, tools and the dock.

    Any thread may call it. Where QGIS's master password is needed and was not given yet, the user
    is asked for it.

    Parameters
    ----------
    name : path or URL
    authcfg : str
        See `session_for`.
    retry : RetryPolicy, optional
        Limits for http and https.
    job : Job, optional
        Asked as long as anything is fetched, by later reads as well.

    Raises
    ------
    InputError, RemoteError, MissingDependency, Cancelled
    """
    scheme = scheme_of(name)
    if scheme is None:
        return open_local(name, absolute=True)
    url = os.fspath(name)
    if has_login(url):
        raise InputError("qgis.login_in_url", name=redact(url))
    if scheme not in HTTP_SCHEMES:
        if authcfg:
            raise InputError("qgis.authcfg_scheme", name=redact(url), scheme=scheme)
        return open_url(url, disk_cache=disk_cache(), job=job)
    session = session_for(url, authcfg)
    source = open_url(url, session=session, retry=retry, disk_cache=disk_cache(), job=job)
    finalize(source, session.close)
    return source


def session_for(url: str, authcfg: str = "") -> requests.Session:
    """Return a session that reaches a server as QGIS itself would; any thread may call.

    Parameters
    ----------
    url : str
        http or https.
    authcfg : str
        Id of an authentication configuration of QGIS; empty for none.

    Raises
    ------
    InputError
        If there is no such configuration, or it cannot be used.
    MissingDependency
        If a package is not installed.
    """
    if find_spec("requests") is None:
        raise MissingDependency(
            "package.missing", purpose=Message("purpose.http"), package="requests"
        )
    # not at the top: local files must open where requests is missing, and QGIS starts faster
    from ..engine.storage.remote.http_session import new_session

    url = Address.parse(url).url  # what is sent, so that Qt cannot take it for another place
    request = _authenticated(url, authcfg)
    session = new_session(_tls_context(request) if scheme_of(url) == "https" else None)
    session.headers["User-Agent"] = f"{_user_agent()} {session.headers['User-Agent']}"
    _use_proxy(session, url)
    if authcfg:
        session.auth = _Authentication(authcfg)
    return session


# ---------------------------------------------------------------- proxies


def _user_agent() -> str:
    """Return what QGIS calls itself."""
    agent = QgsSettings().value("qgis/networkAndProxy/userAgent", "Mozilla/5.0")
    return f"{agent} QGIS/{Qgis.QGIS_VERSION_INT}"


def _use_proxy(session: requests.Session, url: str) -> None:
    """Use the proxy in QGIS's settings, or where they name none, that of the environment."""
    address = proxy_of(url)
    if address is None:
        return
    session.trust_env = False  # its proxies would win over these, and its .netrc over QGIS
    session.verify = (
        os.environ.get("REQUESTS_CA_BUNDLE") or os.environ.get("CURL_CA_BUNDLE") or True
    )
    if address.startswith("socks") and find_spec("socks") is None:
        raise MissingDependency("qgis.socks", package="PySocks")
    if address:
        session.proxies = dict.fromkeys(HTTP_SCHEMES, address)


# ---------------------------------------------------------------- authentication


class _Authentication:
    """Puts on each request what QGIS would; tokens and signatures are good for a while only."""

    def __init__(self, authcfg: str):
        self._authcfg = authcfg

    def __call__(self, prepared: requests.PreparedRequest) -> requests.PreparedRequest:
        """See `requests.auth.AuthBase`."""
        request = _authenticated(prepared.url or "", self._authcfg)
        for name in request.rawHeaderList():
            value = bytes(request.rawHeader(name)).decode("latin-1")
            prepared.headers[bytes(name).decode("latin-1")] = value
        prepared.url = bytes(request.url().toEncoded()).decode("ascii")  # some add a key to it
        return prepared


def _authenticated(url: str, authcfg: str) -> QNetworkRequest:
    """Return the request that QGIS would send."""
    request = QNetworkRequest(QUrl.fromEncoded(url.encode("utf-8", "surrogateescape")))
    if not authcfg:
        return request
    manager = QgsApplication.authManager()
    if not manager.isDisabled() and not manager.masterPasswordIsSet():
        # QGIS would ask by itself, but keep Python locked while it waits for the main thread, which
        # may be waiting for Python
        call_and_wait(lambda: manager.setMasterPassword(True))
    done, request = manager.updateNetworkRequest(request, authcfg)
    if not done:
        raise InputError("qgis.authcfg", name=redact(url), authcfg=authcfg)
    return request


# ---------------------------------------------------------------- certificates


def _tls_context(request: QNetworkRequest) -> ssl.SSLContext:
    """Trust what QGIS trusts, and bring the client certificate of a request if it has one."""
    manager = QgsApplication.authManager()
    trusted = "" if manager.isDisabled() else bytes(manager.trustedCaCertsPemText()).decode("ascii")
    configuration = request.sslConfiguration()
    certificate, key = configuration.localCertificate(), configuration.privateKey()
    if certificate.isNull() or key.isNull():
        return _trusting(trusted)
    context = _trusting.__wrapped__(trusted)  # one of its own
    for authority in configuration.caCertificates():
        with suppress(ssl.SSLError):  # trusted already
            context.load_verify_locations(cadata=bytes(authority.toDer()))
    # OpenSSL takes both from a file only: one that no other user can read, for this moment
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "client.pem"
        path.touch(mode=0o600)
        path.write_bytes(bytes(key.toPem()) + bytes(certificate.toPem()))
        context.load_cert_chain(path)
    return context


@lru_cache(1)
def _trusting(authorities: str) -> ssl.SSLContext:
    """Trust some authorities beside those of the system; kept, since it takes a moment."""
    context = ssl.create_default_context()
    if authorities.strip():
        context.load_verify_locations(cadata=authorities)
    return context
