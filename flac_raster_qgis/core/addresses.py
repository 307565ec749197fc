"""Addresses under which GDAL finds FLAC rasters as GeoTIFF, as long as QGIS runs."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from contextlib import suppress
from functools import partial
from importlib.util import find_spec
from typing import Callable

from ..engine.errors import FlacRasterError
from ..engine.model.grid import Window
from ..engine.storage.name_parts import HTTP_SCHEMES, scheme_of
from ..engine.storage.virtual_addresses import GDAL_PREFIX, TOKEN_BYTES, parse_address
from .layer_uri import LayerUri, address_path
from .network import authenticated_recipe
from .tiff_server import TiffServer

_secret = secrets.token_bytes(32)
_server: TiffServer | None = None
#: Arguments of `address_of`, by token, of rasters behind authentication.
_authenticated: dict[str, tuple[LayerUri, str, Window | None, tuple[int, ...] | None]] = {}


def start(python: str, on_error: Callable[[FlacRasterError], None]) -> None:
    """Make addresses from now on.

    Parameters
    ----------
    python : str
        Program that runs the server.
    on_error : callable
        Called in another thread with each error of reading pixels.
    """
    global _server
    stop()
    if find_spec("rasterio") is not None:  # which writes the tags of GeoTIFFs
        _server = TiffServer(python, partial(_report, on_error))


def _report(
    on_error: Callable[[FlacRasterError], None], token: str, error: FlacRasterError
) -> None:
    """Pass on an error; what authentication adds may have expired, so it is renewed."""
    on_error(error)
    served = _authenticated.get(token)
    if served is not None:
        with suppress(FlacRasterError, OSError):  # said already
            address_of(*served)


def stop() -> None:
    """End the server."""
    global _server
    _authenticated.clear()
    if _server is not None:
        _server.stop()
        _server = None


def release(address: str) -> None:
    """Withdraw an address that no layer has any more; what reads it goes on to do so.

    Parameters
    ----------
    address : str
        As `address_of` made it; any other text is ignored.
    """
    if _server is not None and (parts := parse_address(address)):
        _authenticated.pop(parts[0], None)
        _server.withdraw(parts[0])


def address_of(
    uri: LayerUri,
    identity: str,
    window: Window | None = None,
    bands: tuple[int, ...] | None = None,
) -> str:
    """Return the address of a raster for GDAL: the same one for the same raster.

    Parameters
    ----------
    uri : LayerUri
    identity : str
        Of the file's version, see `ByteSource`.
    window : Window, optional
        The part that the URI names.
    bands : tuple of int, optional
        Numbers of those that the layer has, from 1; all if it has no dates.

    Returns
    -------
    str
        The plain URI where the packages for addresses are missing.

    Raises
    ------
    FlacRasterError
        If there is no access to a server.
    OSError
        If the process of the server does not start.
    """
    if _server is None:
        return uri.text()
    key = f"{uri.text()}\n{identity}".encode("utf-8", "surrogateescape")
    digest = hmac.new(_secret, key, hashlib.sha256).digest()
    token = base64.urlsafe_b64encode(digest[:TOKEN_BYTES]).decode("ascii")
    name, session = uri.name, None
    if scheme_of(name) in HTTP_SCHEMES:
        name, session = authenticated_recipe(name, uri.authcfg)
    # not at the top: it needs numpy, and this is imported where QGIS starts
    from ..engine.virtual_tiff.recipes import RasterRecipe

    if uri.authcfg:
        _authenticated[token] = (uri, identity, window, bands)
    recipe = RasterRecipe(token, name, identity, window, session, bands)
    return GDAL_PREFIX + _server.serve(recipe, *address_path(uri))
