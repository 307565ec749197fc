"""Keep decoded tiles in memory, the most recently used ones, up to a number of bytes."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Collection, Hashable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Callable

import numpy as np

from ..engine.grid import TileKey
from ..engine.tile import Tile

#: A tile of one open raster.
CacheKey = tuple[Hashable, TileKey]
DEFAULT_BYTES = 256 << 20


@dataclass(frozen=True)
class Planes:
    """Bands of a decoded tile: all of them, or those worth keeping.

    Parameters
    ----------
    bands : mapping of int to ndarray
        By band number, from 1; shape (height, width).
    mask : ndarray of bool, shape (height, width), optional
        See `flac_raster_qgis.engine.tile.Tile`.
    """

    bands: Mapping[int, np.ndarray]
    mask: np.ndarray | None

    @classmethod
    def of(cls, tile: Tile, bands: Collection[int]) -> Planes:
        """Take bands out of a tile; copies, where the rest of the tile can be forgotten."""
        planes = {number: tile.pixels[number - 1 - tile.key.band] for number in bands}
        if len(planes) < len(tile.pixels):
            planes = {number: plane.copy() for number, plane in planes.items()}
        return cls(planes, tile.mask)

    def have(self, bands: Collection[int]) -> bool:
        """Whether all these bands are here."""
        return all(number in self.bands for number in bands)

    @property
    def nbytes(self) -> int:
        """Memory taken."""
        mask = 0 if self.mask is None else self.mask.nbytes
        return mask + sum(plane.nbytes for plane in self.bands.values())


class TileCache:
    """Decoded tiles of all layers together; safe to use from any thread.

    Parameters
    ----------
    limit : int
        Bytes of pixels and masks kept at most; a larger tile is handed out but not kept.
    """

    def __init__(self, limit: int = DEFAULT_BYTES):
        self.limit = limit
        self.bytes = 0
        self._lock = threading.Lock()
        self._tiles: OrderedDict[CacheKey, Planes] = OrderedDict()
        self._loading: dict[CacheKey, Future[Planes]] = {}

    def peek(self, key: CacheKey, bands: Collection[int]) -> Planes | None:
        """Return a tile if it is here with all these bands."""
        with self._lock:
            return self._found(key, bands)

    def get(self, key: CacheKey, bands: Collection[int], load: Callable[[], Planes]) -> Planes:
        """Return a tile that has all these bands, loading it if need be.

        Threads that ask for a tile that another one is loading wait for it, so that no tile is
        decoded twice. What ``load`` raises reaches all of them, and the next one who asks tries
        again.
        """
        while True:
            with self._lock:
                tile = self._found(key, bands)
                if tile is not None:
                    return tile
                pending = self._loading.get(key)
                if pending is None:
                    mine: Future[Planes] = Future()
                    self._loading[key] = mine
                    break
            tile = pending.result()
            if tile.have(bands):
                return tile
        try:
            tile = load()
        except BaseException as error:
            with self._lock:
                del self._loading[key]
            mine.set_exception(error)
            raise
        with self._lock:
            del self._loading[key]
            self._keep(key, tile)
        mine.set_result(tile)
        return tile

    def forget(self, owner: Hashable) -> None:
        """Drop all tiles of a raster."""
        with self._lock:
            for key in [key for key in self._tiles if key[0] == owner]:
                self._drop(key)

    def clear(self) -> None:
        """Drop all tiles."""
        with self._lock:
            self._tiles.clear()
            self.bytes = 0

    def _found(self, key: CacheKey, bands: Collection[int]) -> Planes | None:
        tile = self._tiles.get(key)
        if tile is None or not tile.have(bands):
            return None
        self._tiles.move_to_end(key)
        return tile

    def _keep(self, key: CacheKey, tile: Planes) -> None:
        if key in self._tiles:
            self._drop(key)
        if tile.nbytes > self.limit:
            return
        self._tiles[key] = tile
        self.bytes += tile.nbytes
        while self.bytes > self.limit:
            self._drop(next(iter(self._tiles)))

    def _drop(self, key: CacheKey) -> None:
        self.bytes -= self._tiles.pop(key).nbytes
