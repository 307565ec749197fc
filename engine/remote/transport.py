"""One GET of one range: headers, redirects, and who is told the credentials."""

from __future__ import annotations

import netrc  # noqa: F401 (requests would, while the first answer is waited for)
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.cookies import extract_cookies_to_jar
from requests.hooks import dispatch_hook
from requests.utils import get_auth_from_url

from ..errors import RemoteError
from ..source import ByteRange
from .crew import Task
from .failures import explain
from .patience import Patience
from .session import stoppable
from .urls import origin, redirect_target, shown

_REDIRECTS = {301, 302, 303, 307, 308}
_MOST_REDIRECTS = 8
#: What the place a redirect led to answers when its permission has run out.
_EXPIRED = {400, 401, 403, 404, 410}


class Transport:
    """Sends requests for one URL; any number of threads may use it.

    Where redirects led is remembered, so that only the first request pays for them.

    Parameters
    ----------
    url : str
    session : requests.Session
        Its headers, authentication and cookies go to the URL's own host and to no other.
    patience : Patience
    """

    def __init__(self, url: str, session: requests.Session, patience: Patience):
        self.url, self.name = url, shown(url)
        self._session, self._patience = session, patience
        self._resolved = url
        self._settings: dict[tuple[str, str, int | None], dict[str, Any]] = {}

    @contextmanager
    def get(
        self, byte_range: ByteRange, task: Task, *, fresh: bool = False
    ) -> Iterator[requests.Response]:
        """Ask for a range and yield the reply with its body unread.

        Parameters
        ----------
        byte_range : (offset, size)
        task : Task
        fresh : bool
            Ask caches on the way to pass the request on.

        Raises
        ------
        Transient, RemoteError
        """
        offset, size = byte_range
        headers = {"Range": f"bytes={offset}-{offset + size - 1}", "Accept-Encoding": "identity"}
        if fresh:
            headers["Cache-Control"] = "no-cache"
        with stoppable(task):
            response = self._follow(headers)
            try:
                yield response
            finally:
                response.close()  # gives the connection back if the body was read, else drops it

    def _follow(self, headers: Mapping[str, str]) -> requests.Response:
        url = self._resolved
        remembered = url != self.url
        trusted = origin(url) == origin(self.url)
        for _ in range(_MOST_REDIRECTS + 1):
            response = self._send(url, headers, trusted)
            location = response.headers.get("Location")
            if response.status_code in _REDIRECTS and location:
                response.close()
                # requests gives header bytes as Latin-1, and they are UTF-8 if anything
                location = location.encode("latin-1", "replace").decode("utf-8", "replace")
                url = redirect_target(self.url, url, location)
                trusted = trusted and origin(url) == origin(self.url)
            elif remembered and response.status_code in _EXPIRED:
                response.close()
                url, remembered, trusted = self.url, False, True
            else:
                self._resolved = url
                return response
        raise RemoteError(
            f"{self.name} redirects more than {_MOST_REDIRECTS} times, the last time to "
            f"{shown(url)}; check the address."
        )

    def _send(self, url: str, headers: Mapping[str, str], trusted: bool) -> requests.Response:
        """Send one request; redirects are ours to follow.

        ``Session.send`` would read the whole body of a redirect, and ``requests`` takes off only
        the header Authorization on the way to another host, no API key and no other header.
        """
        session = self._session
        try:
            request = requests.Request(
                "GET", url, headers=dict(headers), auth=_own_auth(url, session)
            )
            prepared = session.prepare_request(request) if trusted else request.prepare()
            settings = self._settings_for(url)
            if not trusted:
                settings["cert"] = None
            response = session.get_adapter(prepared.url).send(prepared, **settings)
            # digest authentication answers from here
            response = dispatch_hook("response", prepared.hooks, response, **settings)
            extract_cookies_to_jar(session.cookies, prepared, response.raw)
        except (requests.RequestException, UnicodeError, OSError) as error:
            raise explain(error, self.name, urlsplit(url).hostname or "") from error
        return response

    def _settings_for(self, url: str) -> dict[str, Any]:
        """Return proxies, certificates and timeouts for a place.

        The environment is asked once for each place, since that takes as long as a request does
        nearby.
        """
        place = origin(url)
        if place not in self._settings:
            session = self._session
            # verify is given as it is, since the environment would win over the session otherwise
            found = session.merge_environment_settings(url, {}, True, session.verify, None)
            timeout = self._patience.connect, self._patience.read
            self._settings[place] = {**found, "timeout": timeout}
        return dict(self._settings[place])


def _own_auth(url: str, session: requests.Session) -> tuple[str, str] | None:
    """Return user and password of an address that has them.

    Else requests would look the host up in .netrc, and before 2.32.4 it takes what stands in front
    of the first colon for the host, even if that is a user's name.
    """
    own = get_auth_from_url(url)
    return own if any(own) and session.auth is None else None
