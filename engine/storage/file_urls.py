"""Names of files: paths, and ``file:`` URLs, as file managers and drag and drop pass them."""

from __future__ import annotations

import os
import re
from urllib.parse import unquote_to_bytes

from ..errors import InputError

#: With a single slash, as a path object spells such a URL.
_FILE = re.compile(r"file:(//(?P<host>[^/\\@]*))?(?P<path>[/\\].*)", re.IGNORECASE | re.DOTALL)
#: User and password of a server, so not a path.
_LOGIN = re.compile(r"[/\\]*[^/\\:]*:[^/\\@]*@")
_END_OF_PATH = re.compile(r"[?#]")
_DRIVE = re.compile(r"[/\\][A-Za-z]:[/\\]")


def path_text(name: str | os.PathLike[str]) -> str:
    """Return a name as text; a ``file:`` URL becomes its path."""
    text = os.fspath(name) if isinstance(name, os.PathLike) else name
    if not isinstance(text, str):
        raise InputError("input.name", found=repr(name))
    return local_path(text)


def local_path(name: str) -> str:
    """Return the path of a ``file:`` URL; other names are returned unchanged.

    Bytes that are not UTF-8 are percent-encoded, such as ``%E9``.

    Examples
    --------
    >>> local_path("file:///data/a%20b.tif"), local_path("https://example.org/a%20b.tif")
    ('/data/a b.tif', 'https://example.org/a%20b.tif')
    """
    found = _FILE.match(name)
    if found is None or _LOGIN.match(found["path"]):
        return name
    path = _END_OF_PATH.split(found["path"], maxsplit=1)[0]
    path = os.fsdecode(unquote_to_bytes(path.encode("utf-8", "surrogateescape")))
    host = found["host"] or ""
    if host.lower() in ("", "localhost"):
        return path[1:] if os.name == "nt" and _DRIVE.match(path) else path
    return f"//{host}{path}"  # a shared folder of Windows
