"""FLAC rasters under secret tokens, opened when they are first asked for."""

from __future__ import annotations

import secrets
import threading
from collections import OrderedDict
from collections.abc import Iterator
from typing import Callable
from urllib.parse import quote
from weakref import finalize

from ..reading.flac_raster import FlacRaster
from .pixels import TileCache
from .server import HOST, ServedFile
from .virtual_tiff import CACHE_BYTES, VirtualTiff

#: Rasters that are open at once, each of which takes a file descriptor or a connection.
_OPEN = 64
_TIFF, _SIDECAR = ".tif", ".tif.aux.xml"


class _Bytes:
    """A file in memory."""

    def __init__(self, data: bytes):
        self._data, self.size = data, len(data)

    def read(self, start: int, stop: int) -> Iterator[bytes]:
        yield self._data[start:stop]


class ServedRasters:
    """FLAC rasters as virtual TIFFs for a `LoopbackServer`.

    Parameters
    ----------
    open_raster : callable
        Opens a raster by its name; called in several threads.
    """

    def __init__(self, open_raster: Callable[[str], FlacRaster]):
        self._open_raster = open_raster
        self._names: dict[str, str] = {}
        self._cache = TileCache(CACHE_BYTES)
        self._open: OrderedDict[str, VirtualTiff] = OrderedDict()
        self._lock = threading.Lock()

    def add(self, name: str, stem: str, port: int) -> str:
        """Serve a raster, and return its address.

        Parameters
        ----------
        name : str
            What `open_raster` opens.
        stem : str
            File name without suffix, for the address.
        port : int
            Of the server.
        """
        token = secrets.token_urlsafe(24)
        self._names[token] = name
        return f"http://{HOST}:{port}/{token}/{quote(stem, safe='')}{_TIFF}"

    def find(self, token: str, file_name: str) -> ServedFile | None:
        """Return the file of an address, see `LoopbackServer`.

        Raises
        ------
        FlacRasterError
            If the raster cannot be opened.
        """
        name = self._names.get(token)
        is_sidecar = file_name.endswith(_SIDECAR)
        if name is None or not (is_sidecar or file_name.endswith(_TIFF)):
            return None
        tiff = self._opened(token, name)
        if not is_sidecar:
            return tiff
        return None if tiff.sidecar is None else _Bytes(tiff.sidecar)

    def _opened(self, token: str, name: str) -> VirtualTiff:
        with self._lock:
            if token not in self._open:
                raster = self._open_raster(name)
                try:
                    tiff = VirtualTiff(raster, cache=self._cache)
                except BaseException:
                    raster.close()
                    raise
                # while a response reads from it, it stays open
                finalize(tiff, raster.close)
                self._open[token] = tiff
                if len(self._open) > _OPEN:
                    self._open.popitem(last=False)
            self._open.move_to_end(token)
            return self._open[token]
