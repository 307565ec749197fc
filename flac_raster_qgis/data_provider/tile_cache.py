"""LRU cache of decoded tiles, limited by their size in bytes."""

from __future__ import annotations

import threading
from collections.abc import Collection, Hashable, Iterable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, Union

import numpy as np

from ..engine.errors import Cancelled, FlacRasterError
from ..engine.model.grid import TileKey
from ..engine.storage.cache import LruCache
from ..engine.tile.decoding import Tile

#: Owner, which is an open raster, and key of its tile.
CacheKey = tuple[Hashable, TileKey]
DEFAULT_BYTES = 256 << 20


@dataclass(frozen=True)
class CachedTile:
    """Bands of a decoded tile by number from 1, all of them or those worth caching, and its mask.

    Shapes are (height, width); without a mask, no pixel is masked.
    """

    bands: Mapping[int, np.ndarray]
    mask: np.ndarray | None

    @classmethod
    def from_tile(cls, tile: Tile, bands: Collection[int]) -> CachedTile:
        """Select bands of a tile; they are copied unless they are all bands, to free the others."""
        planes = {number: tile.pixels[number - 1 - tile.key.band] for number in bands}
        if len(planes) < len(tile.pixels):
            planes = {number: plane.copy() for number, plane in planes.items()}
        return cls(planes, tile.mask)

    def have(self, bands: Collection[int]) -> bool:
        """Return whether all these bands are present."""
        return all(number in self.bands for number in bands)

    @property
    def nbytes(self) -> int:
        """Size in memory, in bytes."""
        mask = 0 if self.mask is None else self.mask.nbytes
        return mask + sum(plane.nbytes for plane in self.bands.values())


#: Result of loading a tile; None if it was cancelled.
Outcome = Union[CachedTile, FlacRasterError, None]


class LoadClaim:
    """The tiles that one thread loads, and those that others load; see `LayerTileCache.claim`.

    Tiles that were not delivered at the end of the ``with`` block are released: waiting threads get
    the error that ended the block or, after a cancellation, None, and may load them.
    """

    def __init__(self, cache: LayerTileCache):
        self.claimed: dict[CacheKey, Future[Outcome]] = {}
        self.others: dict[CacheKey, Future[Outcome]] = {}
        self._cache = cache

    def deliver(self, key: CacheKey, outcome: Outcome) -> None:
        """Pass a tile, or the error, to the cache and to all waiting threads."""
        future = self.claimed.pop(key)
        self._cache.settle(key, outcome)
        future.set_result(outcome)

    def __enter__(self) -> LoadClaim:
        return self

    def __exit__(self, kind: Any, error: BaseException | None, trace: Any) -> None:
        is_error = isinstance(error, FlacRasterError) and not isinstance(error, Cancelled)
        for key in list(self.claimed):
            self.deliver(key, error if is_error else None)  # type: ignore[arg-type]


class LayerTileCache(LruCache[CacheKey, CachedTile]):
    """Cache of decoded tiles of all layers; thread-safe.

    ``limit`` is in bytes of pixels and masks; a larger tile is not cached.
    """

    def __init__(self, limit: int = DEFAULT_BYTES):
        super().__init__(limit, lambda tile: tile.nbytes)
        self._loading_lock = threading.Lock()
        self._loading: dict[CacheKey, Future[Outcome]] = {}

    def peek(self, key: CacheKey, bands: Collection[int]) -> CachedTile | None:
        """Return a tile if it is cached with all these bands."""
        tile = self.get(key)
        return tile if tile is not None and tile.have(bands) else None

    def claim(self, keys: Iterable[CacheKey]) -> LoadClaim:
        """Claim tiles to load, so that no other thread loads them as well."""
        claim = LoadClaim(self)
        with self._loading_lock:
            for key in keys:
                if key in self._loading:
                    claim.others[key] = self._loading[key]
                else:
                    claim.claimed[key] = self._loading[key] = Future()
        return claim

    def settle(self, key: CacheKey, outcome: Outcome) -> None:
        """Cache a claimed tile unless loading failed, and release the claim."""
        if isinstance(outcome, CachedTile):
            self.put(key, outcome)
        with self._loading_lock:
            del self._loading[key]

    def forget(self, owner: Hashable) -> None:
        """Remove all tiles of an owner."""
        self.remove_where(lambda key: key[0] == owner)
