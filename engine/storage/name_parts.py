"""Parts of URLs and of similar names, so that secrets in them are found.

A path object changes a URL to ``https:/…``, users forget a slash, and names of GDAL contain URLs
and logins of databases. Messages show all of these.
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
#: Form of a host, and not of a user name.
_LIKE_A_HOST = re.compile(r"localhost|[^.]+\.[^:]+", re.IGNORECASE)
#: Lower-case endings of the names of parameters that are keys or signatures.
SECRETS = (
    *("token", "key", "sig", "signature", "secret", "password", "passwd", "pwd", "auth"),
    *("credential", "credentials", "bearer", "jwt", "hmac", "session", "sessionid"),
)
#: Object stores, which only serve objects by name.
STORE_SCHEMES = ("s3", "s3a", "gs", "gcs", "az", "abfs", "abfss", "adl", "oci", "oss", "hf")
_SLASH = r"(?:[/\\]|%2f|%5c)"
#: In this order: a URL inside another name, such as ``/vsicurl/https://…``; one without slashes or
#: percent-encoded; any scheme with too few slashes before a user and a password.
_NEARLY = re.compile(
    rf"""(?P<web>https?)(?P<a>://)
    | (?<![a-z0-9])(?P<known>https?|s?ftps?|davs?|ssh)(?P<b>(?::|%3a){_SLASH}*)
    | (?<![a-z0-9])(?P<store>{"|".join(STORE_SCHEMES)})(?P<c>(?::|%3a){_SLASH}+)
    | ^\s*(?P<any>[a-z][a-z0-9+.-]+)(?P<d>:[/\\]+)(?=[^/\\:]*:[^/\\@]*@)
    | ^(?P<none>)(?P<e>[/\\][/\\])(?=[^/\\:]*:[^/\\@]*@)""",
    re.VERBOSE | re.IGNORECASE,
)
#: Name of GDAL with a driver: ``PG:host=…``.
_DRIVER = re.compile(r"\s*[A-Za-z][A-Za-z0-9_]+:")
_PARAMETER = re.compile(rf"(?:{'|'.join(SECRETS)})\s*=", re.IGNORECASE)
#: ``OCI:user/password@database``, but not a file of a driver: ``NETCDF:"/data/a@b.nc":v``.
_LOGIN = re.compile(r'(?!["/\\.]|[A-Za-z]:[/\\])[^"@/,:]*[/,:][^"@]*@')
#: XML description: ``<GDAL_WMS>…``.
_XML = re.compile(r"\s*<[\w?!-]*")
_IN_XML = re.compile(rf"@|{'|'.join(SECRETS)}", re.IGNORECASE)


def scheme_of(name: str | os.PathLike[str]) -> str | None:
    """Return the scheme of a URL in lower case; None for other names."""
    found = _SCHEME.match(os.fspath(name))
    return found[1].lower() if found else None


def split_authority(rest: str) -> tuple[str, str]:
    """Split the text after ``://`` into the authority and the rest."""
    authority = _END_OF_AUTHORITY.split(rest, maxsplit=1)[0]
    return authority, rest[len(authority) :]


def strip_query(tail: str) -> str:
    """Return a path without query and fragment."""
    return _END_OF_PATH.split(tail, maxsplit=1)[0]


@dataclass(frozen=True)
class UrlParts:
    """Parts of a URL, or of a text that resembles one.

    Parameters
    ----------
    lead : str
        Scheme and slashes, after the text before a URL inside another name.
    scheme : str
    authority : str
        Server, with user and password.
    tail : str
        Path, query and fragment.
    is_parameter : bool
        Whether the URL is in the query of another name, which is not shown.
    """

    lead: str
    scheme: str
    authority: str = field(repr=False)
    tail: str = field(repr=False)
    is_parameter: bool = False

    @classmethod
    def of(cls, name: str) -> UrlParts | None:
        """Split a name; None if it contains no text like a URL."""
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
        """Whether only the scheme can be shown."""
        return self.is_parameter or _may_hide_login(self.scheme, self.authority, self.tail)


def _may_hide_login(scheme: str, authority: str, tail: str) -> bool:
    """Return whether apparent host and path may be a user and a password that contains a ``/``.

    ``me:12/34@host`` may begin with host and port, or with user and password. An ``@`` in a path
    after a host is harmless if there is no colon before it.
    """
    before, at, _ = tail.rpartition("@")
    if not at:
        return False
    is_host = scheme.lower() not in HTTP_SCHEMES or _LIKE_A_HOST.fullmatch(authority)
    return not is_host or ":" in authority + before or "@" in authority


def nearly_url(name: str) -> tuple[str, str, str, str] | None:
    """Split a name that contains a text like a URL; None if it does not.

    Returns the text before, scheme, mark and rest, of which ``mark`` replaces ``://``. If it is
    percent-encoded, ``mark`` and ``rest`` are decoded.

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
    """Return whether a name begins like a URL."""
    near = nearly_url(name)
    return near is not None and not near[0].strip()


def without_parameters(name: str) -> str:
    """Return a name of GDAL with a driver up to its first secret; other names are unchanged.

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
    """Return the start of an XML description that may contain a secret."""
    return _XML.match(name) if _IN_XML.search(name) else None
