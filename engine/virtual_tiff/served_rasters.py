"""FLAC rasters under secret tokens, opened when they are first read."""

from __future__ import annotations

import copy
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Iterator
from typing import Callable
from urllib.parse import quote
from weakref import finalize

from ..errors import RemoteError
from ..model.grid import Window
from ..reading.flac_raster import FlacRaster
from .pixels import TileCache
from .server import HOST, ServedFile
from .virtual_tiff import CACHE_BYTES, VirtualTiff

#: Rasters that are open at once, each of which takes a file descriptor or a connection.
_OPEN = 64
#: Seconds for which a server that failed is not asked again: programs ask for each row of blocks.
_REST = 2.0
_TIFF, _SIDECAR = ".tif", ".tif.aux.xml"

OpenRaster = Callable[[], FlacRaster]


class _Bytes:
    """A file in memory."""

    def __init__(self, data: bytes):
        self._data, self.size = data, len(data)

    def read(self, start: int, stop: int) -> Iterator[bytes]:
        yield self._data[start:stop]


class _OpenTiff:
    """A virtual TIFF that repeats the error of its server for a while."""

    def __init__(self, tiff: VirtualTiff):
        self._tiff, self.size, self.sidecar = tiff, tiff.size, tiff.sidecar
        self._error: RemoteError | None = None
        self._until = 0.0

    def read(self, start: int, stop: int) -> Iterator[bytes]:
        error = self._error
        if error is not None and time.monotonic() < self._until:
            raise copy.copy(error)
        try:
            yield from self._tiff.read(start, stop)
        except RemoteError as error:
            # without its traceback, which would keep alive what failed
            self._error, self._until = copy.copy(error), time.monotonic() + _REST
            raise


class ServedRasters:
    """FLAC rasters as virtual TIFFs for a `LoopbackServer`; safe to use from any thread."""

    def __init__(self) -> None:
        self._recipes: dict[str, tuple[OpenRaster, Window | None]] = {}
        self._cache = TileCache(CACHE_BYTES)
        self._open: OrderedDict[str, _OpenTiff] = OrderedDict()
        self._lock = threading.Lock()

    def add(
        self, open_raster: OpenRaster, window: Window | None = None, token: str | None = None
    ) -> str:
        """Serve a raster.

        Parameters
        ----------
        open_raster : callable
            Opens it; called again when it was closed to make room for others.
        window : Window, optional
            Part of it to serve; default all.
        token : str, optional
            Default: one that nobody can guess. One that is served already gets another raster.

        Returns
        -------
        str
            The token.
        """
        token = token or secrets.token_urlsafe(24)
        with self._lock:
            self._recipes[token] = (open_raster, window)
            self._open.pop(token, None)
        return token

    def find(self, token: str, path: str) -> ServedFile | None:
        """Return the file of an address, see `LoopbackServer`.

        Raises
        ------
        FlacRasterError
            If the raster cannot be opened.
        """
        is_sidecar = path.endswith(_SIDECAR)
        if token not in self._recipes or not (is_sidecar or path.endswith(_TIFF)):
            return None
        tiff = self._opened(token)
        if not is_sidecar:
            return tiff
        return None if tiff.sidecar is None else _Bytes(tiff.sidecar)

    def _opened(self, token: str) -> _OpenTiff:
        with self._lock:
            if token not in self._open:
                open_raster, window = self._recipes[token]
                raster = open_raster()
                try:
                    tiff = VirtualTiff(raster, window, self._cache)
                except BaseException:
                    raster.close()
                    raise
                # not before a response has ended that reads from it
                finalize(tiff, raster.close)
                self._open[token] = _OpenTiff(tiff)
                if len(self._open) > _OPEN:
                    self._open.popitem(last=False)
            self._open.move_to_end(token)
            return self._open[token]


def address(port: int, token: str, *path: str) -> str:
    """Return the URL of a raster.

    Parameters
    ----------
    port : int
    token : str
        See `ServedRasters.add`.
    *path : str
        What the URL has behind the token, the name of the raster without suffix at the end.
    """
    parts = "/".join(quote(part, safe="") for part in (token, *path))
    return f"http://{HOST}:{port}/{parts}{_TIFF}"
