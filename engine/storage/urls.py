"""Names of remote files: redaction of secrets, valid addresses, and targets of redirects.

Credentials leak if two parsers find different hosts in one text. So URLs are parsed by urllib3,
which also sends the requests, and the URL that is sent is assembled anew from a parsed `Address`.
"""

from __future__ import annotations

import ipaddress
import os
import re
from dataclasses import dataclass, field
from pathlib import Path
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
from .reach import LINK, THIS_MACHINE, network_of

FLAC_SUFFIX, LIST_SUFFIX = ".flac", ".txt"
_PORTS = {"http": 80, "https": 443}
#: Environment variable that lists additional schemes.
MORE_SCHEMES = "FLAC_RASTER_URL_SCHEMES"

#: Characters on which parsers disagree.
_DISPUTED = re.compile(r"[\x00-\x1f\x7f\\]")
_LABEL = re.compile(r"[a-z0-9_-]{1,63}")
#: Last label of a name that systems interpret as an IPv4 address: 127.1, 0x7f.1, 2130706433.
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_WORD = re.compile(r"[\w-]+")
#: Limits of a URL, and of its user, password, host and port, in characters; some parsers are slow.
_LONGEST, _LONGEST_AUTHORITY = 16384, 1024


# ---------------------------------------------------------------- names


def redact(url: str) -> str:
    """Return a name without possible secrets: user, password, query and fragment.

    If the password cannot be located with certainty, only the scheme remains. Texts that resemble
    or contain a URL, and logins of databases, are redacted too; names of local files are not.
    """
    parts = UrlParts.of(url)
    if parts is None:
        return without_parameters(url)
    if parts.hides_login:
        return f"{parts.lead}…"
    query = "?…" if "?" in parts.tail else ""
    return f"{parts.lead}{parts.host}{strip_query(parts.tail)}{query}"


def has_login(name: str | os.PathLike[str]) -> bool:
    """Return whether a name contains a user or a password, or may contain one."""
    return remove_login(os.fspath(name)) != os.fspath(name)


def remove_login(name: str) -> str:
    """Return a name without user and password; only its scheme if they cannot be located."""
    parts = UrlParts.of(name)
    if parts is None:
        return without_parameters(name)
    if parts.hides_login:
        return f"{parts.lead}…"
    return f"{parts.lead}{parts.host}{parts.tail}" if "@" in parts.authority else name


def redact_text(name: str, text: str) -> str:
    """Return a text, such as the error of a library, without the secrets of a name in it."""
    redacted = redact(name)
    if redacted == name:
        return text
    parts = UrlParts.of(name)
    if parts is None:  # the library of a database may quote single words
        words = set(_WORD.findall(name[len(os.path.commonprefix([name, redacted])) :]))
        text = text.replace(name, redacted)
        return _WORD.sub(lambda found: "…" if found[0] in words else found[0], text)
    if parts.hides_login:
        secrets = [parts.authority + parts.tail]
    else:
        query = parts.tail[len(strip_query(parts.tail)) :]
        secrets = [parts.authority.rpartition("@")[0], query[1:]]
    for secret, instead in ((name, redacted), *((secret, "…") for secret in secrets if secret)):
        for spelled in (secret, repr(secret)[1:-1]):  # logs may quote it as Python does
            text = text.replace(spelled, instead)
    return text


def check_path(name: str) -> None:
    """Raise `InputError` for a name that resembles a URL, such as a path object made from one."""
    if scheme_of(name) is None and starts_like_url(name):
        raise InputError("input.elsewhere", redact(name))


def is_not_local(name: str) -> bool:
    """Return whether a name is a URL, resembles one, or is a name of GDAL with a URL or login."""
    has_url = scheme_of(name) is not None or starts_like_url(name)
    return has_url or redact(name) != name


def has_key(name: str) -> bool:
    """Return whether the query of a URL seems to contain a key or a signature."""
    return any(map(_is_secret, _parameters_of(name)[1]))


def remove_keys(name: str) -> str:
    """Return a URL without user and password, and with … for keys in its query, for logs."""
    parts = UrlParts.of(name)
    if parts is not None and parts.is_parameter:
        return redact(name)
    start, parameters = _parameters_of(remove_login(name))
    shown = [f"{p.partition('=')[0]}=…" if _is_secret(p) else p for p in parameters]
    return f"{start}?{'&'.join(shown)}" if shown else start


def _parameters_of(name: str) -> tuple[str, list[str]]:
    """Split the name of a remote file at ``?``; return the start and the parameters."""
    start, mark, query = name.partition("?")
    return (start, query.split("&")) if mark and UrlParts.of(name) else (name, [])


def _is_secret(parameter: str) -> bool:
    name, _, value = parameter.partition("=")
    return bool(value) and unquote(name).lower().endswith(SECRETS)


def file_name(url: str) -> str:
    """Return the file name in the path of a URL; empty if there is none."""
    parts = UrlParts.of(url)
    if parts is None or parts.hides_login:
        return ""
    return unquote(strip_query(parts.tail).rstrip("/").rpartition("/")[2])


def has_flac_suffix(name: str) -> bool:
    """Return whether a path, or the path of a URL, names a FLAC file."""
    last = name if scheme_of(name) is None else file_name(name)
    return Path(last).suffix.lower() == FLAC_SUFFIX


def is_collection(name: str) -> bool:
    """Return whether a name is that of a folder of a web server, or of a list.

    Examples
    --------
    >>> is_collection("https://example.org/dem/"), is_collection("rasters.txt")
    (True, True)
    >>> is_collection("https://example.org/dem.flac"), is_collection("/data/")
    (False, False)
    """
    if scheme_of(name) is None:
        return name.lower().endswith(LIST_SUFFIX)
    path = strip_query(name.partition("://")[2])
    is_folder = path.endswith("/") or "/" not in path
    is_list = path.lower().endswith(LIST_SUFFIX) and "/" in path
    return (is_folder and scheme_of(name) in HTTP_SCHEMES) or is_list


def server_key(url: str) -> str:
    """Return a key for the server of a URL; any text has one."""
    return "/".join(redact(url).split("/", 3)[:3]).lower()


# ---------------------------------------------------------------- object stores


def check_store(url: str) -> None:
    """Raise `InputError` for a URL that must not be given to fsspec.

    fsspec also opens local files, logs in with the keys of this user, and unpacks and chains files;
    and names may come from untrusted projects.
    """
    scheme = scheme_of(url)
    added = os.environ.get(MORE_SCHEMES, "").lower().replace(",", " ").split()
    if scheme not in (*STORE_SCHEMES, *added):
        raise InputError(
            "url.scheme",
            redact(url),
            scheme=scheme,
            expected=", ".join(STORE_SCHEMES),
            variable=MORE_SCHEMES,
        )
    if "::" in url:
        raise InputError("url.chain", redact(url))


# ---------------------------------------------------------------- addresses of http


class _Invalid(Exception):
    """A text that is not a valid address; the message does not quote it."""

    def __init__(self, code: str):
        self.message = Message(code)
        super().__init__(self.message)


@dataclass(frozen=True)
class Address:
    """An http or https URL, parsed by the package that sends the requests.

    Parameters
    ----------
    scheme : str
        ``http`` or ``https``.
    host : str
        Lower-case name of letters, digits, ``-`` and ``_`` without a trailing dot, or an IP address
        in canonical form without brackets.
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
        """Parse a URL; raise `InputError` if it is not valid, or ambiguous."""
        try:
            return cls._parse(url)
        except _Invalid as error:
            raise InputError("url.invalid", redact(url), reason=error) from None

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
        """Scheme, host and port, to which credentials belong."""
        return self.scheme, self.host, self.port

    @property
    def url(self) -> str:
        """URL for requests, without user, password and fragment."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port == _PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{host}{port}{self.target}"


def _undisputed(text: str) -> str:
    """Return a text without outer spaces; raise `_Invalid` if parsers may disagree on it."""
    if _DISPUTED.search(text):
        raise _Invalid("address.backslash")
    return text.strip(" ")


def _valid_host(host: str | None) -> str:
    """Return a host in canonical form; raise `_Invalid` if it is not valid."""
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
    """Return the target of a redirect.

    ``start`` is the URL from the user, ``url`` the one whose response is the redirect, and
    ``location`` its header. Raises `RemoteError` if it must not be followed: to another scheme,
    from https to http, to an ambiguous address, or from the network to this computer. `Reach`
    checks the addresses of names later.
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
        raise RemoteError("url.redirect", redact(start), found=where, reason=wrong)
    return target.url


def _wrong_with(target: Address, start: Address, before: Address) -> str:
    """Return why a redirect is not followed; empty if it is."""
    if target.scheme == "http" and before.scheme == "https":
        return Message("redirect.not_encrypted")
    if target.login is not None:
        return Message("redirect.login")
    network = _network_inside(target, start)
    return "" if network is None else Message("redirect.meaning", meaning=network)


def check_named(target: Address, start: Address) -> None:
    """Raise `InputError` for an address that a file of a server must not name.

    That is one of this computer, unless the server is on it too; see `redirect_target`.
    """
    network = _network_inside(target, start)
    if network is not None:
        raise InputError("list.inside", redact(target.url), meaning=network)


def _network_inside(target: Address, start: Address) -> str | None:
    """Return the network of an address that only this computer reaches, and ``start`` is not in."""
    network = network_of(target.host)
    is_inside = network in (THIS_MACHINE, LINK) and network != network_of(start.host)
    return network if is_inside else None
