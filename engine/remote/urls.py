"""Names of remote files: what is a URL, how messages show it, and where a redirect may lead."""

from __future__ import annotations

import ipaddress
import os
import re
import socket
from urllib.parse import unquote, urljoin, urlsplit

from ..errors import InputError, RemoteError

HTTP_SCHEMES = ("http", "https")
_PORTS = {"http": 80, "https": 443}
#: Object stores, which give nothing but objects by their names.
STORE_SCHEMES = ("s3", "s3a", "gs", "gcs", "az", "abfs", "abfss", "adl", "oci", "oss", "hf")
#: Environment variable that lists more schemes, for those who ask for them.
MORE_SCHEMES = "FLAC_RASTER_URL_SCHEMES"
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+)://")
_END_OF_PATH = re.compile(r"[?#]")


def scheme_of(name: str | os.PathLike) -> str | None:
    """Return the scheme of a URL in lower case, None for the name of a local file."""
    found = _SCHEME.match(os.fspath(name))
    return found[1].lower() if found else None


def shown(url: str) -> str:
    """Return a URL without anything that may be secret: user, password, query and fragment.

    The name of a local file is returned as it is.
    """
    if scheme_of(url) is None:
        return url
    scheme, _, rest = url.partition("://")
    place = _END_OF_PATH.split(rest, maxsplit=1)[0]
    host, slash, path = place.partition("/")
    query = "?…" if "?" in rest else ""
    return f"{scheme}://{host.rpartition('@')[2]}{slash}{path}{query}"


def file_name(url: str) -> str:
    """Return the last part of a URL's path: what the file would be called if it were local."""
    path = _END_OF_PATH.split(url.partition("://")[2], maxsplit=1)[0].partition("/")[2]
    return unquote(path.rstrip("/").rpartition("/")[2])


def check_http(url: str) -> None:
    """Raise `InputError` where nothing can be asked for."""
    try:
        valid = bool(origin(url)[1])
    except ValueError:
        valid = False
    if not valid:
        raise InputError(f"{shown(url)} is not a valid address; check it.")


def check_store(url: str) -> None:
    """Raise `InputError` where fsspec must not be asked.

    It also opens local files, logs in elsewhere with this user's keys, and unpacks and chains what
    a name says; and names come with projects of strangers, too.
    """
    scheme = scheme_of(url)
    asked = os.environ.get(MORE_SCHEMES, "").lower().replace(",", " ").split()
    if scheme not in (*STORE_SCHEMES, *asked):
        raise InputError(
            f"{shown(url)}: addresses of {scheme} are not opened; use http, https or one of "
            f"{', '.join(STORE_SCHEMES)}, or list {scheme} in the environment variable "
            f"{MORE_SCHEMES}."
        )
    if "::" in url:
        raise InputError(f"{shown(url)} is a chain of addresses; give that of the file alone.")


def origin(url: str) -> tuple[str, str, int | None]:
    """Return what credentials belong to: scheme, host and port."""
    parts = urlsplit(url)
    return parts.scheme, parts.hostname or "", parts.port or _PORTS.get(parts.scheme)


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
        If it may not be followed: to another scheme, from https to http, or from the network to
        this machine itself.
    """
    try:
        target = urljoin(url, location)
        scheme, host, _ = origin(target)
    except ValueError:
        target, scheme, host = location, "", ""
    wrong = None
    if scheme not in HTTP_SCHEMES or not host:
        wrong = "which is no http or https address"
    elif scheme == "http" and origin(url)[0] == "https":
        wrong = "which is not encrypted as the first address was"
    elif _inside(host) not in ("", _inside(origin(start)[1])):
        wrong = f"an address that means {_inside(host)}"
    if wrong:
        raise RemoteError(
            f"{shown(start)} redirects to {shown(target)}, {wrong}, so it was not followed; ask "
            "for the file's direct address."
        )
    return target


def _inside(host: str) -> str:
    """Say in which way a host is one that strangers must not point to, empty where it is not."""
    if host.lower().rstrip(".") == "localhost":
        return "this machine itself"
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        try:
            # 127.1, 2130706433 and the like, which the system takes for addresses, too
            address = ipaddress.ip_address(socket.inet_aton(host))
        except (OSError, ValueError):  # ValueError: a NUL, or what is no text
            return ""
    address = getattr(address, "ipv4_mapped", None) or address
    if address.is_loopback or address.is_unspecified:
        return "this machine itself"
    return "the local link" if address.is_link_local else ""
