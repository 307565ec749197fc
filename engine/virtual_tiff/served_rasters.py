"""FLAC rasters under secret tokens, opened when they are read and closed when they are idle."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from typing import Callable
from weakref import finalize

from ..errors import RemoteError
from ..model.grid import Window
from ..reading.flac_raster import FlacRaster
from ..storage.circuit_breaker import CircuitBreaker
from ..storage.virtual_addresses import TIFF_SUFFIX, new_token
from .read_ahead import ReadAhead
from .server import ServedFile
from .tiles import DecodedTileCache
from .virtual_tiff import CACHE_BYTES, VirtualTiff

#: Rasters that are open at once, each of which takes a file descriptor or a connection.
_MAX_OPEN = 64
#: Seconds without a request after which a raster is closed.
_IDLE_SECONDS = 30.0
#: Seconds without a request after which a raster that was withdrawn is forgotten.
_FORGET_SECONDS = 3600.0
_SIDECAR_SUFFIX = TIFF_SUFFIX + ".aux.xml"

RasterOpener = Callable[[], FlacRaster]


class _Bytes:
    """A file in memory."""

    def __init__(self, data: bytes):
        self._data, self.size = data, len(data)

    def read(self, start: int, stop: int) -> Iterator[bytes]:
        yield self._data[start:stop]


class _GuardedTiff:
    """A virtual TIFF that repeats the error of its server for a moment."""

    def __init__(self, tiff: VirtualTiff, breaker: CircuitBreaker):
        self._tiff, self._breaker, self.size, self.sidecar = tiff, breaker, tiff.size, tiff.sidecar

    def read(self, start: int, stop: int) -> Iterator[bytes]:
        self._breaker.check()
        try:
            yield from self._tiff.read(start, stop)
        except RemoteError as error:
            self._breaker.trip(error)
            raise


class _ServedRaster:
    """A raster that is opened when it is read."""

    def __init__(
        self,
        open_raster: RasterOpener,
        window: Window | None,
        bands: Sequence[int] | None,
        cache: DecodedTileCache,
        ahead: ReadAhead,
    ):
        self._open_raster, self._window, self._bands = open_raster, window, bands
        self._cache, self._ahead = cache, ahead
        self._tiff: _GuardedTiff | None = None
        self._breaker = CircuitBreaker()
        #: Held while it is opened, which may take as long as a server takes to fail.
        self._opening = threading.Lock()
        self.last_used = time.monotonic()
        self.is_withdrawn = False

    @property
    def is_open(self) -> bool:
        return self._tiff is not None

    def tiff(self) -> _GuardedTiff:
        """Return the virtual TIFF, opened if it is not."""
        with self._opening:
            self.last_used = time.monotonic()
            tiff = self._tiff or self._opened()
            self.last_used, self._tiff = time.monotonic(), tiff
            return tiff

    def close(self) -> None:
        """Close it as soon as the last response that reads from it has ended."""
        self._tiff = None

    def _opened(self) -> _GuardedTiff:
        self._breaker.check()
        try:
            raster = self._open_raster()
            try:
                tiff = VirtualTiff(raster, self._window, self._bands, self._cache, self._ahead)
            except BaseException:
                raster.close()
                raise
        except RemoteError as error:
            self._breaker.trip(error)
            raise
        finalize(tiff.tiles, raster.close)  # which what is decoded ahead needs as well
        return _GuardedTiff(tiff, self._breaker)


class ServedRasters:
    """FLAC rasters as virtual TIFFs for a `LoopbackServer`; safe to use from any thread.

    ``wait`` is the seconds that `find` waits for a raster that has yet to be added.
    """

    def __init__(self, wait: float = 0.0) -> None:
        self._wait = wait
        self._rasters: dict[str, _ServedRaster] = {}
        self._cache = DecodedTileCache(CACHE_BYTES)
        self._ahead = ReadAhead()
        self._lock = threading.Condition()
        self._timer: threading.Timer | None = None

    def add(
        self,
        open_raster: RasterOpener,
        window: Window | None = None,
        token: str | None = None,
        bands: Sequence[int] | None = None,
    ) -> str:
        """Serve a raster, or part of it, or some of its bands, and return its token.

        ``open_raster`` is called again when the raster was closed because it was idle, or to make
        room. A token that is given and served already gets another raster; the default is a new
        one.
        """
        token = token or new_token()
        with self._lock:
            self._rasters[token] = _ServedRaster(
                open_raster, window, bands, self._cache, self._ahead
            )
            self._lock.notify_all()
        return token

    def withdraw(self, token: str) -> None:
        """Close a raster that is needed no more, and forget it when nothing asks for it.

        Whatever is reading it goes on to do so.
        """
        with self._lock:
            raster = self._rasters.get(token)
            if raster is not None:
                raster.is_withdrawn = True
                raster.close()
                self._clear_up_later()

    def find(self, token: str, path: str) -> ServedFile | None:
        """Return the file of an address, see `LoopbackServer`."""
        is_sidecar = path.endswith(_SIDECAR_SUFFIX)
        with self._lock:
            self._lock.wait_for(lambda: token in self._rasters, self._wait)
            raster = self._rasters.get(token)
        if raster is None or not (is_sidecar or path.endswith(TIFF_SUFFIX)):
            return None
        tiff = raster.tiff()
        with self._lock:
            opened = [raster for raster in self._rasters.values() if raster.is_open]
            if len(opened) > _MAX_OPEN:
                min(opened, key=lambda raster: raster.last_used).close()
            self._clear_up_later()
        if not is_sidecar:
            return tiff
        return None if tiff.sidecar is None else _Bytes(tiff.sidecar)

    def _clear_up_later(self) -> None:
        if self._timer is None:
            self._timer = threading.Timer(_IDLE_SECONDS / 2, self._clear_up)
            self._timer.daemon = True
            self._timer.start()

    def _clear_up(self) -> None:
        """Close rasters that are idle, and forget those that were withdrawn."""
        now = time.monotonic()
        with self._lock:
            self._timer = None
            for token, raster in list(self._rasters.items()):
                if now - raster.last_used > _IDLE_SECONDS:
                    raster.close()
                if raster.is_withdrawn and now - raster.last_used > _FORGET_SECONDS:
                    del self._rasters[token]
            if any(raster.is_open or raster.is_withdrawn for raster in self._rasters.values()):
                self._clear_up_later()
