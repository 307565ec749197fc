"""``file:`` URLs, as file managers and drops hand them on, and the paths that they mean."""

from __future__ import annotations

import os
import re
from urllib.parse import unquote_to_bytes

#: With one slash it is what a path object makes of such a URL.
_FILE = re.compile(r"file:(//(?P<host>[^/\\@]*))?(?P<path>[/\\].*)", re.IGNORECASE | re.DOTALL)
#: Where a server was meant, with a user and a password: no path, and taken for none.
_LOGIN = re.compile(r"[/\\]*[^/\\:]*:[^/\\@]*@")
_END_OF_PATH = re.compile(r"[?#]")
_DRIVE = re.compile(r"[/\\][A-Za-z]:[/\\]")


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
