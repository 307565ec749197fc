"""URLs in pieces, of which some may be secret, and names that are no URLs but may hold a password.

A path object makes ``https:/…`` of a URL, people forget a slash, and GDAL has URLs and logins of
databases in names of its own. Messages name them all.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from urllib.parse import unquote

HTTP_SCHEMES = ("http", "https")
_SCHEME = re.compile(r"\s*([A-Za-z][A-Za-z0-9+.-]+)://")
_END_OF_AUTHORITY = re.compile(r"[/?#\\]")
_END_OF_PATH = re.compile(r"[?#]")
#: What a host looks like to people, and a user's name does not.
_LIKE_A_HOST = re.compile(r"localhost|[^.]+\.[^:]+", re.IGNORECASE)
#: How names of parameters end that are keys or signatures, in lower case.
SECRETS = (
    *("token", "key", "sig", "signature", "secret", "password", "passwd", "pwd", "auth"),
    *("credential", "credentials", "bearer", "jwt", "hmac", "session", "sessionid"),
)
#: Object stores, which give nothing but objects by their names.
STORE_SCHEMES = ("s3", "s3a", "gs", "gcs", "az", "abfs", "abfss", "adl", "oci", "oss", "hf")
_SLASH = r"(?:[/\\]|%2f|%5c)"
#: In this order: a URL inside another name, as ``/vsicurl/https://…``; one without its slashes or
#: percent-encoded; any scheme with too few slashes, where a user and a password follow.
_NEARLY = re.compile(
    rf"""(?P<web>https?)(?P<a>://)
    | (?<![a-z0-9])(?P<known>https?|s?ftps?|davs?|ssh)(?P<b>(?::|%3a){_SLASH}*)
    | (?<![a-z0-9])(?P<store>{"|".join(STORE_SCHEMES)})(?P<c>(?::|%3a){_SLASH}+)
    | ^\s*(?P<any>[a-z][a-z0-9+.-]+)(?P<d>:[/\\]+)(?=[^/\\:]*:[^/\\@]*@)
    | ^(?P<none>)(?P<e>[/\\][/\\])(?=[^/\\:]*:[^/\\@]*@)""",
    re.VERBOSE | re.IGNORECASE,
)
#: What GDAL gives to one of its drivers: ``PG:host=…``.
_DRIVER = re.compile(r"\s*[A-Za-z][A-Za-z0-9_]+:")
_PARAMETER = re.compile(rf"(?:{'|'.join(SECRETS)})\s*=", re.IGNORECASE)
#: ``OCI:user/password@database``, and not a file of the driver: ``NETCDF:"/data/a@b.nc":v``.
_LOGIN = re.compile(r'(?!["/\\.]|[A-Za-z]:[/\\])[^"@/,:]*[/,:][^"@]*@')
#: A description in XML: ``<GDAL_WMS>…``.
_XML = re.compile(r"\s*<[\w?!-]*")
_IN_XML = re.compile(rf"@|{'|'.join(SECRETS)}", re.IGNORECASE)


def scheme_of(name: str | os.PathLike[str]) -> str | None:
    """Return the scheme of a URL in lower case, None for the name of a local file."""
    found = _SCHEME.match(os.fspath(name))
    return found[1].lower() if found else None


def split_authority(rest: str) -> tuple[str, str]:
    """Divide what follows ``://`` into the part that names the server, and the rest."""
    authority = _END_OF_AUTHORITY.split(rest, maxsplit=1)[0]
    return authority, rest[len(authority) :]


def strip_query(tail: str) -> str:
    """Return a tail without query and fragment."""
    return _END_OF_PATH.split(tail, maxsplit=1)[0]


@dataclass(frozen=True)
class UrlParts:
    """A URL, or what is nearly one, in pieces.

    Parameters
    ----------
    lead : str
        The scheme and what follows it, with what stands before where the URL is in another name.
    scheme : str
    authority : str
        What names the server, with user and password.
    tail : str
        The rest.
    is_parameter : bool
        It is in the query of another name, of which nothing is shown.
    """

    lead: str
    scheme: str
    authority: str = field(repr=False)
    tail: str = field(repr=False)
    is_parameter: bool = False

    @classmethod
    def of(cls, name: str) -> UrlParts | None:
        """Take a name apart, None where there is nothing like a URL in it."""
        found = _SCHEME.match(name)
        if found is not None:
            scheme, _, rest = name.strip().partition("://")
            lead, is_parameter = f"{scheme}://", False
        else:
            near = nearly_url(name)
            if near is None:
                return None
            before, scheme, mark, rest = near
            outer, question, _ = without_parameters(before).partition("?")
            is_parameter = bool(question)
            lead = f"{outer}?" if is_parameter else f"{outer}{scheme}{mark}"
        return cls(lead, scheme, *split_authority(rest), is_parameter)

    @property
    def host(self) -> str:
        """The authority without user and password."""
        return self.authority.rpartition("@")[2]

    @property
    def hides_login(self) -> bool:
        """Whether nothing behind the scheme can be shown."""
        return self.is_parameter or _may_hide_login(self.scheme, self.authority, self.tail)


def _may_hide_login(scheme: str, authority: str, tail: str) -> bool:
    """Whether what looks like host and path may be a user and a password that has a ``/`` in it.

    In ``me:12/34@host`` the port of a host ``me`` may be meant, or a password. An ``@`` in a path
    is nothing special where only a host, and no colon, stands in front of it.
    """
    before, at, _ = tail.rpartition("@")
    if not at:
        return False
    is_host = scheme.lower() not in HTTP_SCHEMES or _LIKE_A_HOST.fullmatch(authority)
    return not is_host or ":" in authority + before or "@" in authority


def nearly_url(name: str) -> tuple[str, str, str, str] | None:
    """Divide a name in which there is something like a URL, None where there is nothing.

    Returns
    -------
    (before, scheme, mark, rest) : str
        ``mark`` is what stands for ``://``. Percent-encoding is decoded where that is encoded.

    Examples
    --------
    >>> nearly_url("/vsicurl/https:/a.example/x")
    ('/vsicurl/', 'https', ':/', 'a.example/x')
    """
    found = _NEARLY.search(name)
    if found is None or _hides_in_xml(name):
        return None
    scheme, mark = (text for text in found.groups() if text is not None)
    rest = name[found.end() :]
    if "%" in mark:
        mark, rest = unquote(mark), unquote(rest)
    return name[: found.start()], scheme, mark, rest


def starts_like_url(name: str) -> bool:
    """Whether a name begins as if it were a URL, or one of GDAL's with a URL in it."""
    near = nearly_url(name)
    return near is not None and not near[0].strip()


def without_parameters(name: str) -> str:
    """Return a name of one of GDAL's drivers up to the first password in it, any other as it is.

    Examples
    --------
    >>> without_parameters("PG:host=h password=… dbname=x")
    'PG:host=h password=…'
    """
    if xml := _hides_in_xml(name):
        return f"{xml[0]}…"
    driver = _DRIVER.match(name)
    if driver is None:
        return name
    if _LOGIN.match(name, driver.end()):
        return f"{driver[0]}…"
    secret = _PARAMETER.search(name, driver.end())
    return name if secret is None else f"{name[: secret.end()]}…"


def _hides_in_xml(name: str) -> re.Match[str] | None:
    """Return how a description in XML begins that may hold a secret."""
    return _XML.match(name) if _IN_XML.search(name) else None
