"""What a session needs to reach a server, as plain values that another process can be given."""

from __future__ import annotations

import os
import ssl
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import requests


@dataclass(frozen=True)
class SessionRecipe:
    """Headers, proxy and certificates of a session.

    Parameters
    ----------
    headers : mapping of str to str
        Sent with every request; credentials may be among them.
    proxy : str, optional
        URL of the proxy for http and https, empty for none. Default: what the environment says.
    authorities : str, optional
        Certificates in PEM that are trusted beside those of the system. Default: as without a
        recipe, which is enough for http.
    client : str
        Private key and certificate of the client in PEM; empty for none.
    client_authorities : str
        Certificates in PEM that belong to the certificate of the client.
    is_authenticated : bool
        Whether all that authenticates is here already, so that ``.netrc`` is not asked.
    """

    headers: Mapping[str, str] = field(default_factory=dict)
    proxy: str | None = None
    authorities: str | None = None
    client: str = ""
    client_authorities: str = ""
    is_authenticated: bool = False

    def session(self) -> requests.Session:
        """Return a session that does as the recipe says; the caller closes it."""
        from .http_session import new_session

        session = new_session(self._tls_context())
        session.headers.update(self.headers)
        if self.is_authenticated or "Authorization" in session.headers:
            session.auth = _leave_alone  # or .netrc would add to the headers, or replace them
        if self.proxy is not None:
            session.trust_env = False  # its proxies would win over this one, and its .netrc
            session.verify = (
                os.environ.get("REQUESTS_CA_BUNDLE") or os.environ.get("CURL_CA_BUNDLE") or True
            )
        if self.proxy:
            session.proxies = dict.fromkeys(("http", "https"), self.proxy)
        return session

    def _tls_context(self) -> ssl.SSLContext | None:
        if self.authorities is None:
            return None
        if not self.client:
            return _trusting(self.authorities)
        context = _trusting.__wrapped__(self.authorities)  # one of its own
        for certificate in _split(self.client_authorities):
            with suppress(ssl.SSLError):  # trusted already
                context.load_verify_locations(cadata=certificate)
        # OpenSSL takes both from a file only: one that no other user can read, for this moment
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "client.pem"
            path.touch(mode=0o600)
            path.write_text(self.client, encoding="ascii")
            context.load_cert_chain(path)
        return context


def _leave_alone(prepared: requests.PreparedRequest) -> requests.PreparedRequest:
    """Authenticate a request by what it has."""
    return prepared


@lru_cache(1)
def _trusting(authorities: str) -> ssl.SSLContext:
    """Trust some authorities beside those of the system; kept, since it takes a moment."""
    context = ssl.create_default_context()
    if authorities.strip():
        context.load_verify_locations(cadata=authorities)
    return context


def _split(certificates: str) -> list[str]:
    end = "-----END CERTIFICATE-----"
    return [text + end for text in certificates.split(end) if text.strip()]
