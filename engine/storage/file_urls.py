"""Names of files: paths, and ``file:`` URLs, as file managers and drops hand them on."""

from __future__ import annotations

import os
import re
from urllib.parse import unquote_to_bytes

from ..errors import InputError

#: With one slash it is what a path object makes of such a URL.
_FILE = re.compile(r"file:(//(?P<host>[^/\\@]*))?(?P<path>[/\\].*)", re.IGNORECASE | re.DOTALL)
#: Where a server was meant, with a user and a password: no path, and taken for none.
_LOGIN = re.compile(r"[/\\]*[^/\\:]*:[^/\\@]*@")
_END_OF_PATH = re.compile(r"[?#]")
_DRIVE = re.compile(r"[/\\][A-Za-z]:[/\\]")


def path_text(name: str | os.PathLike[str]) -> str:
    """Return a name of any kind as text, that of a ``file:`` URL as the path that it means.

    Raises
    ------
    InputError
        If it is no name.
    """
    text = os.fspath(name) if isinstance(name, os.PathLike) else name
    if not isinstance(text, str):
        raise InputError("input.name", found=repr(name))
    return local_path(text)


def local_path(name: str) -> str:
    """Return the path that a ``file:`` URL means, and any other name as it is.

    Bytes of a name that are not UTF-8 may be written as in any URL, such as ``%E9``.

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
