"""An open FLAC raster and its decoded tiles, shared by a layer and the copies that draw it."""

from __future__ import annotations

import threading
from collections.abc import Collection, Hashable, Iterator, Sequence
from functools import partial
from weakref import WeakValueDictionary, finalize

from ..engine.errors import Cancelled, FlacRasterError
from ..engine.grid import TileKey
from ..engine.parallel import IsCancelled, executor_for, in_order, never_cancelled
from ..engine.reader import FlacRaster
from .cache import Planes, TileCache
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
        self._order = BandOrder(raster.metadata.count)
        # not `self`, which the finalizer would keep alive
        self._owner = object()
        finalize(self, _release, raster, cache, self._owner)

    @property
    def all_bands(self) -> range:
        """Band numbers."""
        return range(1, self.metadata.count + 1)

    def bands_beside(self, band: int) -> range:
        """Numbers of the bands that share tiles with a band: who reads it has read these too."""
        first = self.grid.levels[0].first_band(band - 1)
        return self._held(TileKey(0, 0, 0, first))

    def key_with(self, band: int, key: TileKey) -> TileKey:
        """Return the tile of the same pixels that holds a band."""
        return key._replace(band=self.bands_beside(band).start - 1)

    def _held(self, key: TileKey) -> range:
        bands = self.grid.tile_band_range(key)
        return range(bands.start + 1, bands.stop + 1)

    def cached(self, key: TileKey, bands: Collection[int]) -> Planes | None:
        """Return a tile if it is in memory with all these bands."""
        return self._cache.peek((self._owner, key), bands)

    def worth_keeping(self, band: int, tiles: int) -> Collection[int]:
        """Choose the bands to keep of every tile of a view, now that one of them is asked for.

        QGIS asks for the same view band by band, and a tile may hold several: as many of them as
        fit into memory, for all tiles of the view, are kept for the next questions.
        """
        plane = self.grid.tile_size**2 * self.raster.dtype.itemsize
        likely = self._order.next_ones(band, max(1, self._cache.limit // (tiles * plane)))
        beside = self.bands_beside(band)
        return [number for number in likely if number in beside]

    def affordable(self, keys: Sequence[TileKey]) -> Collection[int]:
        """Return all bands if keeping these tiles does not push out most others, else none."""
        tile = self.grid.tile_size**2 * self.raster.dtype.itemsize * self.grid.tile_bands
        return self.all_bands if 2 * len(keys) * tile <= self._cache.limit else ()

    def tiles(
        self,
        keys: Sequence[TileKey],
        bands: Collection[int],
        keep: Collection[int],
        is_cancelled: IsCancelled = never_cancelled,
    ) -> Iterator[tuple[TileKey, Planes | FlacRasterError]]:
        """Yield tiles, decoding several at once, and errors in the place of damaged ones.

        Parameters
        ----------
        keys : sequence of TileKey
        bands : collection of int
            Bands that are needed, of each tile those that it holds.
        keep : collection of int
            Bands to keep in memory, these among them; none for a scan of the whole raster, which
            must not push out what a map shows.
        is_cancelled : callable
            Asked between tiles.

        Raises
        ------
        Cancelled
        """
        missing = []
        for key in keys:
            tile = self.cached(key, self._of(key, bands))
            if tile is None:
                missing.append(key)
            elif is_cancelled():
                raise Cancelled("Reading")
            else:
                yield key, tile
        if not missing:
            return
        with executor_for(min(self.raster.workers, len(missing))) as (executor, workers):
            calls = (partial(self._attempt, key, bands, keep) for key in missing)
            outcomes = in_order(executor, calls, 2 * workers, is_cancelled)
            yield from zip(missing, outcomes)

    def _attempt(
        self, key: TileKey, bands: Collection[int], keep: Collection[int]
    ) -> Planes | FlacRasterError:
        needed = self._of(key, bands)

        def load() -> Planes:
            return Planes.of(self.raster.read_tile(key), self._of(key, keep) or needed)

        try:
            return self._cache.get((self._owner, key), needed, load) if keep else load()
        except FlacRasterError as error:
            return error

    def _of(self, key: TileKey, bands: Collection[int]) -> Collection[int]:
        """Return those of these bands that a tile holds."""
        held = self._held(key)
        return [number for number in bands if number in held]


class BandOrder:
    """Guesses which bands will be asked for next: those that came next the last time.

    Parameters
    ----------
    count : int
        Bands of the raster.
    """

    def __init__(self, count: int):
        self._count = count
        self._last = count
        self._followers: dict[int, int] = {}

    def next_ones(self, band: int, count: int) -> Collection[int]:
        """Note that a band is asked for; return it and the likely next ones, ``count`` in all."""
        self._followers[self._last], self._last = band, band
        if count >= self._count:
            return range(1, self._count + 1)
        chosen = [band]
        while len(chosen) < count:
            likely = self._followers.get(chosen[-1], chosen[-1] % self._count + 1)
            if likely in chosen:
                break
            chosen.append(likely)
        return chosen


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
