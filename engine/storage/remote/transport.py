"""GET one range: headers, redirects, and credentials only for the host of the URL."""

from __future__ import annotations

import netrc  # noqa: F401 (requests would import it during the first request)
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import requests
from requests.cookies import extract_cookies_to_jar
from requests.hooks import dispatch_hook
from requests.utils import select_proxy

from ...errors import RemoteError
from ..byte_source import ByteRange
from ..reach import Reach
from ..urls import Address, redact, redirect_target
from .exceptions import mapped_exceptions
from .fetch_pool import FetchTask
from .http_session import CancellableAdapter, new_session, watch_task
from .retry import RetryPolicy

_REDIRECTS = {301, 302, 303, 307, 308}
_MAX_REDIRECTS = 8
#: Status of the target of an earlier redirect whose authorization has expired.
_EXPIRED = {400, 401, 403, 404, 410}


class Transport:
    """Thread-safe sender of requests for one URL.

    Targets of redirects are remembered, so that only the first request is redirected. Headers,
    authentication, cookies, client certificates and connections of the session are used for the
    host of the URL only. A session that is given stays open when the transport is closed; without
    one, it makes its own. ``origin`` is the URL of the document that names this one, if it was not
    the user: no server is reached then that a redirect from there would not lead to.
    """

    def __init__(
        self,
        url: str,
        session: requests.Session | None,
        retry: RetryPolicy,
        origin: str | None = None,
    ):
        self.name = redact(url)
        self._start = self._resolved = Address.parse(url)
        first = self._start if origin is None else Address.parse(origin)
        self._reach = Reach(self.name, first.host)
        self._owns_session, self._retry = session is None, retry
        self._session = new_session() if session is None else session
        self._settings: dict[tuple[str, str, int], dict[str, Any]] = {}
        self._lock = threading.Lock()
        self._other_hosts: CancellableAdapter | None = None

    def close(self) -> None:
        """Close the connections to other hosts, and the session unless it was given."""
        with self._lock:
            if self._other_hosts is not None:
                self._other_hosts.close()
        if self._owns_session:
            self._session.close()

    @contextmanager
    def get(
        self, byte_range: ByteRange, task: FetchTask, *, bypass_cache: bool = False
    ) -> Iterator[requests.Response]:
        """Request a range, and yield the response without reading its body.

        With ``bypass_cache``, caches on the way pass the request on. Raises `RetryableError` and
        `RemoteError`.
        """
        offset, size = byte_range
        headers = {"Range": f"bytes={offset}-{offset + size - 1}", "Accept-Encoding": "identity"}
        if bypass_cache:
            headers["Cache-Control"] = "no-cache"
        with watch_task(task, self._reach):
            response = self._follow(headers)
            try:
                yield response
            finally:
                response.close()  # releases the connection if the body was read, else closes it

    def _follow(self, headers: Mapping[str, str]) -> requests.Response:
        address = self._resolved
        remembered = address != self._start
        trusted = address.origin == self._start.origin
        for _ in range(_MAX_REDIRECTS + 1):
            response = self._send(address, headers, trusted)
            location = response.headers.get("Location")
            if response.status_code in _REDIRECTS and location:
                response.close()
                # requests decodes headers as Latin-1, but they are UTF-8
                location = location.encode("latin-1", "replace").decode("utf-8", "replace")
                target = redirect_target(self._start.url, address.url, location)
                address = Address.parse(target)
                trusted = trusted and address.origin == self._start.origin
            elif remembered and response.status_code in _EXPIRED:
                response.close()
                address, remembered, trusted = self._start, False, True
            else:
                self._resolved = address
                return response
        raise RemoteError(
            "url.redirects", self.name, expected=_MAX_REDIRECTS, found=redact(address.url)
        )

    def _send(
        self, address: Address, headers: Mapping[str, str], trusted: bool
    ) -> requests.Response:
        """Send one request without following redirects.

        ``Session.send`` would read the whole body of a redirect, and remove only the header
        Authorization for another host, but no API key or other header.
        """
        session = self._session
        with mapped_exceptions(self.name, address.url):
            request = requests.Request("GET", address.url, headers=dict(headers))
            settings = self._settings_for(address)
            if not trusted:
                prepared, adapter = request.prepare(), self._adapter_for_others()
                settings["cert"] = None
            else:
                if self._start.login is not None and session.auth is None:
                    user, password = self._start.login
                    request.auth = user.encode(), password.encode()
                prepared = session.prepare_request(request)
                if prepared.url != address.url:
                    self._check_origin(prepared)
                adapter = session.get_adapter(prepared.url)
            if address.host != self._start.host and select_proxy(address.url, settings["proxies"]):
                self._reach.check(address.host)
            response = adapter.send(prepared, **settings)
            # digest authentication sends its response here
            response = dispatch_hook("response", prepared.hooks, response, **settings)
            if trusted:
                extract_cookies_to_jar(session.cookies, prepared, response.raw)
        return response

    def _check_origin(self, prepared: requests.PreparedRequest) -> None:
        """Check that authentication of the session, such as a key in the URL, keeps the origin."""
        if Address.parse(prepared.url or "").origin != self._start.origin:
            raise RemoteError("http.authentication_elsewhere", self.name)

    def _adapter_for_others(self) -> CancellableAdapter:
        with self._lock:
            if self._other_hosts is None:
                adapter = self._session.get_adapter(self._start.url)
                known = isinstance(adapter, CancellableAdapter)
                self._other_hosts = adapter.for_other_hosts() if known else CancellableAdapter()
            return self._other_hosts

    def _settings_for(self, address: Address) -> dict[str, Any]:
        """Return proxies, certificates and timeouts for an origin.

        Reading the environment takes as long as a request to a nearby server, so it is done once.
        """
        origin = address.origin
        if origin not in self._settings:
            session = self._session
            # verify is passed because the environment would override the session otherwise
            found = session.merge_environment_settings(address.url, {}, True, session.verify, None)
            timeout = self._retry.connect_timeout, self._retry.read_timeout
            self._settings[origin] = {**found, "timeout": timeout}
        return dict(self._settings[origin])
