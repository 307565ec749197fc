"""Keep decoded tiles in memory, the most recently used ones, up to a number of bytes."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Collection, Hashable, Iterable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, Union

import numpy as np

from ..engine.errors import Cancelled, FlacRasterError
from ..engine.model.grid import TileKey
from ..engine.tile.decoding import Tile

#: A tile of one open raster.
CacheKey = tuple[Hashable, TileKey]
DEFAULT_BYTES = 256 << 20


@dataclass(frozen=True)
class CachedTile:
    """Bands of a decoded tile: all of them, or those worth keeping.

    Parameters
    ----------
    bands : mapping of int to ndarray
        By band number, from 1; shape (height, width).
    mask : ndarray of bool, shape (height, width), optional
        See `flac_raster_qgis.engine.tile.decoding.Tile`.
    """

    bands: Mapping[int, np.ndarray]
    mask: np.ndarray | None

    @classmethod
    def of(cls, tile: Tile, bands: Collection[int]) -> CachedTile:
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


#: What became of loading a tile; None where it was given up.
Outcome = Union[CachedTile, FlacRasterError, None]


class LoadClaim:
    """The tiles that one thread loads, and those among its own that others load already.

    Made by `TileCache.claim`. At the end of its ``with`` block, what was not delivered is given up:
    who waits for it gets the error that ended the block, or, where that was a cancellation, None
    and may load it.

    Attributes
    ----------
    mine, others : dict of CacheKey to Future
    """

    def __init__(self, cache: TileCache):
        self.mine: dict[CacheKey, Future[Outcome]] = {}
        self.others: dict[CacheKey, Future[Outcome]] = {}
        self._cache = cache

    def deliver(self, key: CacheKey, outcome: Outcome) -> None:
        """Hand a tile, or why there is none, to the cache and to all who wait for it."""
        future = self.mine.pop(key)
        self._cache.settle(key, outcome)
        future.set_result(outcome)

    def __enter__(self) -> LoadClaim:
        return self

    def __exit__(self, kind: Any, error: BaseException | None, trace: Any) -> None:
        passed_on = isinstance(error, FlacRasterError) and not isinstance(error, Cancelled)
        for key in list(self.mine):
            self.deliver(key, error if passed_on else None)  # type: ignore[arg-type]


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
        self._tiles: OrderedDict[CacheKey, CachedTile] = OrderedDict()
        self._loading: dict[CacheKey, Future[Outcome]] = {}

    def peek(self, key: CacheKey, bands: Collection[int]) -> CachedTile | None:
        """Return a tile if it is here with all these bands."""
        with self._lock:
            return self._found(key, bands)

    def claim(self, keys: Iterable[CacheKey]) -> LoadClaim:
        """Announce that different tiles are to be loaded, so that no other thread does it too."""
        claim = LoadClaim(self)
        with self._lock:
            for key in keys:
                if key in self._loading:
                    claim.others[key] = self._loading[key]
                else:
                    claim.mine[key] = self._loading[key] = Future()
        return claim

    def settle(self, key: CacheKey, outcome: Outcome) -> None:
        """Keep a tile that was claimed; whatever else came of it, it is claimed no more."""
        with self._lock:
            del self._loading[key]
            if isinstance(outcome, CachedTile):
                self._keep(key, outcome)

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

    def _found(self, key: CacheKey, bands: Collection[int]) -> CachedTile | None:
        tile = self._tiles.get(key)
        if tile is None or not tile.have(bands):
            return None
        self._tiles.move_to_end(key)
        return tile

    def _keep(self, key: CacheKey, tile: CachedTile) -> None:
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
