"""Decoded tiles, through a cache, and ahead of their readers."""

from __future__ import annotations

import threading
from collections.abc import Hashable, Sequence
from concurrent.futures import Future, wait
from contextlib import closing
from functools import partial
from itertools import count

from ..model.grid import TileKey
from ..reading.flac_raster import FlacRaster
from ..storage.cache import LruCache
from ..storage.local_file import LocalFile
from ..tile.decoding import Tile
from .read_ahead import ReadAhead

#: Pixels, of all bands, that one thread decodes together.
_BATCH_PIXELS = 1 << 21


class DecodedTileCache(LruCache[tuple[int, TileKey], Tile]):
    """Decoded tiles of any number of rasters, by a number of the raster and their key."""

    def __init__(self, limit: int):
        super().__init__(limit, _size)


class CachedTiles:
    """The tiles of one raster, through a cache; safe to use from any thread.

    With ``ahead``, tiles of a local file can be decoded before they are asked for. Tiles of a
    server cannot, because downloading them may cost something.
    """

    _numbers = count()

    def __init__(self, raster: FlacRaster, cache: DecodedTileCache, ahead: ReadAhead | None = None):
        self._raster, self._cache = raster, cache
        self._ahead = ahead if isinstance(raster.source, LocalFile) else None
        self._owner = next(self._numbers)
        tile_pixels = raster.grid.tile_bands * raster.levels[0].tile_size ** 2
        self._tile_bytes = tile_pixels * raster.dtype.itemsize
        self._batch = max(1, _BATCH_PIXELS // tile_pixels)
        #: Held while tiles are read, so that no two threads read the same ones.
        self._reading = threading.Lock()
        #: What decodes tiles ahead of their reader, by tile.
        self._pending: dict[TileKey, Future[None]] = {}
        # what is cancelled or has ended is forgotten, perhaps at once
        self._scheduling = threading.RLock()

    def read(self, keys: Sequence[TileKey]) -> dict[TileKey, Tile]:
        """Return tiles, of which those that are not cached are read and decoded together."""
        self._await(keys)
        found = self._cached(keys)
        if len(found) < len(keys):
            with self._reading:
                found.update(self._cached(keys))
                missing = [key for key in keys if key not in found]
                # of a server's, some can be decoded while others are fetched
                together = self._ahead is not None and len(missing) <= self._batch
                tiles = self._raster.read_tiles(missing, check_md5=False, together=together)
                with closing(tiles):
                    for tile in tiles:
                        found[tile.key] = tile
                        self._put(tile)
        return found

    def room(self, reader: Hashable) -> int:
        """Return how many tiles may be decoded ahead of a reader; see `ReadAhead.share`."""
        if self._ahead is None:
            return 0
        return self._ahead.share((self._owner, reader)) // self._tile_bytes

    def read_ahead(self, keys: Sequence[TileKey]) -> None:
        """Have tiles decoded; an error is raised when the tile is read."""
        if self._ahead is None:
            return
        with self._scheduling:
            new = [
                key
                for key in keys
                if key not in self._pending and (self._owner, key) not in self._cache
            ]
            for start in range(0, len(new), self._batch):
                batch = new[start : start + self._batch]
                future = self._ahead.submit(self._decode, batch)
                self._pending.update(dict.fromkeys(batch, future))
                future.add_done_callback(partial(self._forget, batch))

    def cancel(self) -> None:
        """Decode nothing ahead any more, except what has begun."""
        with self._scheduling:
            for future in set(self._pending.values()):
                future.cancel()

    def _decode(self, keys: Sequence[TileKey]) -> None:
        outcomes = self._raster.pipeline.run(keys, check_md5=False, together=True)
        with closing(outcomes):
            for outcome in outcomes:
                if isinstance(outcome, Tile):
                    self._put(outcome)

    def _forget(self, keys: Sequence[TileKey], _: Future[None]) -> None:
        with self._scheduling:
            for key in keys:
                del self._pending[key]

    def _await(self, keys: Sequence[TileKey]) -> None:
        """Wait for tiles that are being decoded ahead; what has not begun is cancelled instead."""
        with self._scheduling:
            futures = {self._pending[key] for key in keys if key in self._pending}
            begun = [future for future in futures if not future.cancel()]
        wait(begun)

    def _cached(self, keys: Sequence[TileKey]) -> dict[TileKey, Tile]:
        tiles = ((key, self._cache.get((self._owner, key))) for key in keys)
        return {key: tile for key, tile in tiles if tile is not None}

    def _put(self, tile: Tile) -> None:
        self._cache.put((self._owner, tile.key), tile)


def _size(tile: Tile) -> int:
    return int(tile.pixels.nbytes) + (0 if tile.mask is None else int(tile.mask.nbytes))
