"""Names of remote files: what is a URL, how messages show it, and where a redirect may lead.

What decides is the parser of the package that sends the requests, urllib3's. Two parsers that take
the same text for two hosts are how credentials get lost, so what is sent is not the text that a
user or a server wrote, but an `Address` put together anew, of which no parser can think otherwise.
"""

from __future__ import annotations

import ipaddress
import os
import re
from dataclasses import dataclass, field
from urllib.parse import unquote, urljoin

from ..errors import InputError, Message, RemoteError
from .name_parts import (
    HTTP_SCHEMES,
    SECRETS,
    STORE_SCHEMES,
    UrlParts,
    scheme_of,
    split_authority,
    starts_like_url,
    strip_query,
    without_parameters,
)
from .reach import LINK, THIS_MACHINE, meaning_of

_PORTS = {"http": 80, "https": 443}
#: Environment variable that lists more schemes, for those who ask for them.
MORE_SCHEMES = "FLAC_RASTER_URL_SCHEMES"

#: Parsers do not agree on these, wherever they are.
_DISPUTED = re.compile(r"[\x00-\x1f\x7f\\]")
_LABEL = re.compile(r"[a-z0-9_-]{1,63}")
#: The last label of a name that systems take for an IPv4 address: 127.1, 0x7f.1, 2130706433.
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_WORD = re.compile(r"[\w-]+")
#: Characters of a URL, and of its user, password, host and port; longer ones are no honest ones,
#: and some parsers take long to say so.
_LONGEST, _LONGEST_AUTHORITY = 16384, 1024


# ---------------------------------------------------------------- names


def redact(url: str) -> str:
    """Return a name without anything that may be secret: user, password, query and fragment.

    Where it is not certain which part of it is a password, nothing but the scheme is left. What is
    nearly a URL, has one in it, or is a login for a database, is treated alike. The name of a local
    file is returned as it is.
    """
    parts = UrlParts.of(url)
    if parts is None:
        return without_parameters(url)
    if parts.hides_login:
        return f"{parts.lead}…"
    query = "?…" if "?" in parts.tail else ""
    return f"{parts.lead}{parts.host}{strip_query(parts.tail)}{query}"


def has_login(name: str | os.PathLike[str]) -> bool:
    """Whether a name has a user or a password in it, or may have."""
    name = os.fspath(name)
    parts = UrlParts.of(name)
    if parts is None:
        return without_parameters(name) != name
    return "@" in parts.authority or parts.hides_login


def remove_login(name: str) -> str:
    """Return a name without user and password; nothing but the scheme where they cannot be told.

    Names that hold none are returned as they are.
    """
    parts = UrlParts.of(name)
    if parts is None:
        return without_parameters(name)
    if not has_login(name):
        return name
    return f"{parts.lead}…" if parts.hides_login else f"{parts.lead}{parts.host}{parts.tail}"


def redact_text(name: str, text: str) -> str:
    """Take out of a text, such as the error of a library, what is secret in a name it quotes."""
    safe = redact(name)
    if safe == name:
        return text
    parts = UrlParts.of(name)
    if parts is None:  # the library of a database may quote a word of it
        words = set(_WORD.findall(name[len(os.path.commonprefix([name, safe])) :]))
        text = text.replace(name, safe)
        return _WORD.sub(lambda found: "…" if found[0] in words else found[0], text)
    if parts.hides_login:
        secrets = [parts.authority + parts.tail]
    else:
        query = parts.tail[len(strip_query(parts.tail)) :]
        secrets = [parts.authority.rpartition("@")[0], query[1:]]
    for secret, instead in ((name, safe), *((secret, "…") for secret in secrets if secret)):
        for spelled in (secret, repr(secret)[1:-1]):  # logs quote it as Python does
            text = text.replace(spelled, instead)
    return text


def check_path(name: str) -> None:
    """Refuse a name that is nearly a URL, as of a path object, and not one of this computer.

    Raises
    ------
    InputError
    """
    if scheme_of(name) is None and starts_like_url(name):
        raise InputError("input.elsewhere", name=redact(name))


def is_not_local(name: str) -> bool:
    """Whether a name is that of no file of this computer, but a URL, nearly one, or one of GDAL."""
    has_url = scheme_of(name) is not None or starts_like_url(name)
    return has_url or redact(name) != name


def has_key(name: str) -> bool:
    """Whether the query of a URL seems to hold a key or a signature."""
    return any(map(_is_secret, _parameters_of(name)[1]))


def remove_keys(name: str) -> str:
    """Return a URL without user and password, and with … for what its query holds of keys.

    For logs that should say which raster is meant. Names that hold none are returned as they are.
    """
    parts = UrlParts.of(name)
    if parts is not None and parts.is_parameter:
        return redact(name)
    start, parameters = _parameters_of(remove_login(name))
    kept = [f"{p.partition('=')[0]}=…" if _is_secret(p) else p for p in parameters]
    return f"{start}?{'&'.join(kept)}" if kept else start


def _parameters_of(name: str) -> tuple[str, list[str]]:
    """Divide the name of a remote file, also one of GDAL's, into what is before ``?`` and after."""
    start, mark, query = name.partition("?")
    return (start, query.split("&")) if mark and UrlParts.of(name) else (name, [])


def _is_secret(parameter: str) -> bool:
    name, _, value = parameter.partition("=")
    return bool(value) and unquote(name).lower().endswith(SECRETS)


def file_name(url: str) -> str:
    """Return the last part of a URL's path: what the file would be called if it were local."""
    parts = UrlParts.of(url)
    if parts is None or parts.hides_login:
        return ""
    return unquote(strip_query(parts.tail).rstrip("/").rpartition("/")[2])


def server_key(url: str) -> str:
    """Return what stands for the server in a URL, for whatever text that is none as well."""
    return "/".join(redact(url).split("/", 3)[:3]).lower()


# ---------------------------------------------------------------- object stores


def check_store(url: str) -> None:
    """Raise `InputError` where fsspec must not be asked.

    It also opens local files, logs in elsewhere with this user's keys, and unpacks and chains what
    a name says; and names come with projects of strangers, too.
    """
    scheme = scheme_of(url)
    asked = os.environ.get(MORE_SCHEMES, "").lower().replace(",", " ").split()
    if scheme not in (*STORE_SCHEMES, *asked):
        raise InputError(
            "url.scheme",
            name=redact(url),
            scheme=scheme,
            expected=", ".join(STORE_SCHEMES),
            variable=MORE_SCHEMES,
        )
    if "::" in url:
        raise InputError("url.chain", name=redact(url))


# ---------------------------------------------------------------- addresses of http


class _Invalid(Exception):
    """A text that is no address; ``str(error)`` says why, and quotes nothing of it."""

    def __init__(self, code: str):
        self.message = Message(code)
        super().__init__(self.message)


@dataclass(frozen=True)
class Address:
    """An http or https URL, taken apart by the parser that sends requests.

    Parameters
    ----------
    scheme : str
        ``http`` or ``https``.
    host : str
        A name of letters, digits, ``-`` and ``_`` in lower case, without a dot at its end, or an IP
        address in its usual form, without brackets.
    port : int
    target : str
        Path and query, percent-encoded.
    login : (user, password), optional
    """

    scheme: str
    host: str
    port: int
    target: str = field(repr=False)
    login: tuple[str, str] | None = field(default=None, repr=False)

    @classmethod
    def parse(cls, url: str) -> Address:
        """Take a URL apart.

        Raises
        ------
        InputError
            If it is none, or one that parsers may take for different places.
        """
        try:
            return cls._parse(url)
        except _Invalid as error:
            raise InputError("url.invalid", name=redact(url), reason=error) from None

    @classmethod
    def _parse(cls, url: str) -> Address:
        from urllib3.util import parse_url  # not at the top: it may be missing

        url = url.strip(" ")
        authority = split_authority(url.partition("://")[2])[0]
        if len(url) > _LONGEST or len(authority) > _LONGEST_AUTHORITY:
            raise _Invalid("address.too_long")
        if "%" in authority.rpartition("@")[2]:
            raise _Invalid("address.encoded_host")
        try:
            parts = parse_url(_undisputed(url))
        except ValueError:
            raise _Invalid("address.ambiguous") from None
        scheme = (parts.scheme or "").lower()
        if scheme not in HTTP_SCHEMES:
            raise _Invalid("address.not_http")
        if parts.port == 0:
            raise _Invalid("address.port_0")
        target = (parts.path or "/") + ("" if parts.query is None else f"?{parts.query}")
        login = None
        if parts.auth:
            user, _, password = parts.auth.partition(":")
            login = unquote(user), unquote(password)
        return cls(scheme, _valid_host(parts.host), parts.port or _PORTS[scheme], target, login)

    @property
    def origin(self) -> tuple[str, str, int]:
        """What credentials belong to: scheme, host and port."""
        return self.scheme, self.host, self.port

    @property
    def url(self) -> str:
        """The address as it is sent: without user, password and fragment."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port == _PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{host}{port}{self.target}"


def _undisputed(text: str) -> str:
    """Return a text, unless it has something in it that parsers do not agree on.

    Raises
    ------
    _Invalid
    """
    if _DISPUTED.search(text):
        raise _Invalid("address.backslash")
    return text.strip(" ")


def _valid_host(host: str | None) -> str:
    """Return a host in the form that is sent.

    Raises
    ------
    _Invalid
    """
    host = (host or "").lower()
    if host.startswith("["):
        try:
            return str(ipaddress.IPv6Address(host[1:-1]))
        except ValueError:
            raise _Invalid("address.ipv6") from None
    host = host[:-1] if host.endswith(".") else host
    labels = host.split(".")
    if len(host) > 253 or not all(map(_LABEL.fullmatch, labels)):
        raise _Invalid("address.host")
    if _NUMBER.fullmatch(labels[-1]):
        try:
            return str(ipaddress.IPv4Address(host))
        except ValueError:
            raise _Invalid("address.ipv4") from None
    return host


def redirect_target(start: str, url: str, location: str) -> str:
    """Return where a redirect leads.

    Parameters
    ----------
    start : str
        What the user named.
    url : str
        What answered with the redirect.
    location : str
        What it said.

    Raises
    ------
    RemoteError
        If it may not be followed: to another scheme, from https to http, to an address that parsers
        may take for different places, or from the network to this machine itself. What names only
        turn out to mean is judged when a connection is made; see `Reach`.
    """
    try:
        location = _undisputed(location)
        joined = location if scheme_of(location) else urljoin(url, location)
        target = Address._parse(joined)
    except (ValueError, _Invalid):
        wrong: str = Message("redirect.not_http")
        where = redact(location) if scheme_of(location) else "something"
    else:
        wrong, where = _wrong_with(target, Address.parse(start), Address.parse(url)), redact(joined)
    if wrong:
        raise RemoteError("url.redirect", name=redact(start), found=where, reason=wrong)
    return target.url


def _wrong_with(target: Address, start: Address, before: Address) -> str:
    """Say why a redirect is not followed, empty where it is."""
    if target.scheme == "http" and before.scheme == "https":
        return Message("redirect.not_encrypted")
    if target.login is not None:
        return Message("redirect.login")
    meaning = meaning_of(target.host)
    if meaning in (THIS_MACHINE, LINK) and meaning != meaning_of(start.host):
        return Message("redirect.meaning", meaning=meaning)
    return ""
