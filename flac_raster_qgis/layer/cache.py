"""Keep decoded tiles in memory, the most recently used ones, up to a number of bytes."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable
from concurrent.futures import Future
from typing import Callable

from ..engine.grid import TileKey
from ..engine.tile import Tile

#: A tile of one open raster.
CacheKey = tuple[Hashable, TileKey]
DEFAULT_BYTES = 256 << 20


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
        self._tiles: OrderedDict[CacheKey, Tile] = OrderedDict()
        self._loading: dict[CacheKey, Future[Tile]] = {}

    def peek(self, key: CacheKey) -> Tile | None:
        """Return a tile if it is here."""
        with self._lock:
            return self._found(key)

    def get(self, key: CacheKey, load: Callable[[], Tile]) -> Tile:
        """Return a tile, loading it if need be.

        Threads that ask for a tile that another one is loading wait for it, so that no tile is
        decoded twice. What ``load`` raises reaches all of them, and the next one who asks tries
        again.
        """
        with self._lock:
            tile = self._found(key)
            if tile is not None:
                return tile
            pending = self._loading.get(key)
            if pending is None:
                mine: Future[Tile] = Future()
                self._loading[key] = mine
        if pending is not None:
            return pending.result()
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
                self.bytes -= _size(self._tiles.pop(key))

    def clear(self) -> None:
        """Drop all tiles."""
        with self._lock:
            self._tiles.clear()
            self.bytes = 0

    def _found(self, key: CacheKey) -> Tile | None:
        tile = self._tiles.get(key)
        if tile is not None:
            self._tiles.move_to_end(key)
        return tile

    def _keep(self, key: CacheKey, tile: Tile) -> None:
        if _size(tile) > self.limit:
            return
        self._tiles[key] = tile
        self.bytes += _size(tile)
        while self.bytes > self.limit:
            self.bytes -= _size(self._tiles.popitem(last=False)[1])


def _size(tile: Tile) -> int:
    return tile.pixels.nbytes + (0 if tile.mask is None else tile.mask.nbytes)
