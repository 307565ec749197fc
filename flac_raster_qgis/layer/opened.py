"""An open FLAC raster and its decoded tiles, shared by a layer and the copies that draw it."""

from __future__ import annotations

import threading
from collections.abc import Hashable, Iterator, Sequence
from functools import partial
from typing import Callable
from weakref import WeakValueDictionary, finalize

from ..engine.errors import Cancelled, FlacRasterError
from ..engine.grid import TileKey
from ..engine.parallel import IsCancelled, executor_for, in_order, never_cancelled
from ..engine.reader import FlacRaster
from ..engine.tile import Tile
from .cache import TileCache
from .georeference import Georeference
from .statistics import Moments
from .uri import open_source

#: Tiles of all layers.
CACHE = TileCache()

_lock = threading.Lock()
_shared: WeakValueDictionary[tuple[str, str], OpenRaster] = WeakValueDictionary()


class OpenRaster:
    """An open FLAC raster; the file is closed when nothing refers to this object any more.

    Parameters
    ----------
    raster : FlacRaster
    cache : TileCache
    """

    def __init__(self, raster: FlacRaster, cache: TileCache):
        self.raster = raster
        self.metadata = raster.metadata
        self.grid = raster.grid
        self.place = Georeference.of(raster.metadata, raster.name)
        #: Statistics known already, by what was asked for.
        self.statistics: dict[Hashable, list[Moments]] = {}
        self._cache = cache
        # not `self`, which the finalizer would keep alive
        self._owner = object()
        finalize(self, _release, raster, cache, self._owner)

    def cached(self, key: TileKey) -> Tile | None:
        """Return a tile if it is in memory."""
        return self._cache.peek((self._owner, key))

    def tile(self, key: TileKey) -> Tile:
        """Return a tile, from memory or decoded and kept there.

        Raises
        ------
        CorruptTile
        """
        return self._cache.get((self._owner, key), lambda: self.raster.read_tile(key))

    def fit_in_memory(self, keys: Sequence[TileKey]) -> bool:
        """Whether tiles can be kept without pushing out most of what other views need."""
        bytes_each = self.grid.tile_size**2 * self.metadata.count * self.raster.dtype.itemsize
        return 2 * len(keys) * bytes_each <= self._cache.limit

    def tiles(
        self,
        keys: Sequence[TileKey],
        is_cancelled: IsCancelled = never_cancelled,
        *,
        keep: bool = True,
    ) -> Iterator[tuple[TileKey, Tile | FlacRasterError]]:
        """Yield tiles, decoding several at once, and errors in the place of damaged ones.

        Parameters
        ----------
        keys : sequence of TileKey
        is_cancelled : callable
            Asked between tiles.
        keep : bool
            Whether to keep them in memory; a scan of the whole raster must not push out what a
            map shows.

        Raises
        ------
        Cancelled
        """
        load = self.tile if keep else self.raster.read_tile
        missing = []
        for key in keys:
            tile = self.cached(key)
            if tile is None:
                missing.append(key)
            elif is_cancelled():
                raise Cancelled("Reading")
            else:
                yield key, tile
        with executor_for(min(self.raster.workers, max(1, len(missing)))) as (executor, workers):
            calls = (partial(_attempt, load, key) for key in missing)
            outcomes = in_order(executor, calls, 2 * workers, is_cancelled)
            yield from zip(missing, outcomes)


def _attempt(load: Callable[[TileKey], Tile], key: TileKey) -> Tile | FlacRasterError:
    try:
        return load(key)
    except FlacRasterError as error:
        return error


def open_raster(uri: str) -> OpenRaster:
    """Open what a URI names; layers of the same unchanged file share one open raster.

    Raises
    ------
    FlacRasterError
        With a sentence for the user.
    """
    source = open_source(uri)
    key = (source.name, source.identity)
    with _lock:
        known = _shared.get(key)
    if known is not None:
        source.close()
        return known
    raster = FlacRaster.open(source)
    try:
        opened = OpenRaster(raster, CACHE)
    except FlacRasterError:
        raster.close()
        raise
    with _lock:
        return _shared.setdefault(key, opened)


def _release(raster: FlacRaster, cache: TileCache, owner: object) -> None:
    cache.forget(owner)
    raster.close()
