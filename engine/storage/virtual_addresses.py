"""Addresses of virtual GeoTIFFs on this computer: HTTP URLs that start with a secret token."""

from __future__ import annotations

import re
import secrets
from urllib.parse import quote, unquote

#: With this prefix GDAL reads files over HTTP.
GDAL_PREFIX = "/vsicurl/"
HOST = "127.0.0.1"
TIFF_SUFFIX = ".tif"
#: Random bytes in a token, in which four characters stand for three of them.
TOKEN_BYTES = 24
_TOKEN = rf"[\w-]{{{TOKEN_BYTES // 3 * 4}}}"
_ADDRESS = re.compile(
    rf"{GDAL_PREFIX}http://{re.escape(HOST)}:\d+/({_TOKEN}(?:/[^/]+)+){re.escape(TIFF_SUFFIX)}",
    re.ASCII,
)


def new_token() -> str:
    """Return a token that nobody can guess."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def origin(port: int) -> str:
    """Return what all URLs of a server start with, the token behind it."""
    return f"http://{HOST}:{port}/"


def address(port: int, token: str, *path: str) -> str:
    """Return the URL of a virtual GeoTIFF.

    ``path`` is what the URL has behind the token, the name of the raster without suffix at the end.
    """
    parts = "/".join(quote(part, safe="") for part in (token, *path))
    return f"{origin(port)}{parts}{TIFF_SUFFIX}"


def parse_address(name: str) -> list[str]:
    """Return the token and the path of an address with GDAL's prefix; empty for another name."""
    found = _ADDRESS.fullmatch(name)
    return [unquote(part) for part in found[1].split("/")] if found else []
