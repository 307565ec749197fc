"""An open FLAC raster and its decoded tiles, shared by a layer and the copies that draw it."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Collection, Generator, Hashable, Iterator, Sequence
from concurrent.futures import Future, wait
from contextlib import closing, suppress
from copy import copy
from functools import partial
from weakref import WeakValueDictionary, finalize

import numpy as np

from ..core.layer_uri import LayerUri
from ..core.network import open_source
from ..engine.errors import Cancelled, FlacRasterError, RemoteError
from ..engine.job import NO_JOB, IsCancelled, Job, never
from ..engine.model.grid import Bounds, Level, TileKey
from ..engine.model.nodata import nodata_as
from ..engine.parallel.executors import worker_pool
from ..engine.reading.flac_raster import FlacRaster
from .georeference import Georeference
from .moments import Moments
from .outage import Outage
from .tile_cache import CachedTile, TileCache

#: Tiles of all layers.
CACHE = TileCache()
#: Seconds between two looks whether to give up waiting for another thread.
_GLANCE = 0.05
#: Bytes of the coarsest level that are fetched when a remote raster is opened, at most.
_WARM_UP = 1 << 20

_lock = threading.Lock()
#: By name and id of the authentication.
_shared: WeakValueDictionary[tuple[str, str], OpenRaster] = WeakValueDictionary()


class OpenRaster:
    """An open FLAC raster; the file is closed when nothing refers to this object any more.

    Parameters
    ----------
    raster : FlacRaster
    cache : TileCache
    is_remote : bool
        Whether reading it may take long, and may fail and work again later.
    """

    def __init__(self, raster: FlacRaster, cache: TileCache, is_remote: bool = False):
        self.raster = raster
        self.is_remote = is_remote
        self.is_clipped = False
        #: Of the server.
        self.outage = Outage()
        self.metadata = raster.metadata
        self.grid = raster.grid
        self.georeference = Georeference.of(raster.metadata, raster.name)
        #: Statistics known already, by what was asked for.
        self.statistics: dict[Hashable, list[Moments]] = {}
        self._cache = cache
        self._order = BandOrder(raster.metadata.count)
        # not `self`, which the finalizer would keep alive
        self._owner = object()
        finalize(self, _release, raster, cache, self._owner)

    def clipped(self, extent: Bounds) -> OpenRaster:
        """Return a part of the raster, see `LayerUri`, that shares everything with it.

        Raises
        ------
        InputError
            If the extent lies outside the raster.
        """
        part = copy(self)
        part.georeference = self.georeference.clipped(extent, self.grid.levels[0], self.raster.name)
        part.is_clipped = True
        part._whole = self  # which must stay open
        return part

    def warm_up(self) -> None:
        """Fetch the coarsest level of a remote raster, unless it is large.

        It is what a map shows first, and what the colours of a new layer are chosen by.
        """
        if not self.is_remote:
            return
        tiles = self.raster.tiles_in(level=self.grid.level_count - 1, bands=self.all_bands[:3])
        stored = self.raster.head.index.stored(tiles)
        if stored.sizes.sum() <= _WARM_UP:
            keys = tiles.keys_at(stored.numbers)
            with suppress(RemoteError):  # drawing will say so
                list(self.tiles(keys, self.all_bands, self.all_bands))

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

    def takes_bytes(
        self, level: Level, band: int, rows: np.ndarray, columns: np.ndarray
    ) -> np.ndarray:
        """Say of squares of a level whether their tile with a band takes bytes.

        The others hold nothing but nodata, see `nodata_pixel`, and nothing of them is masked.
        """
        return self.raster.head.index.takes_bytes(level.number, rows, columns, band - 1)

    def nodata_pixel(self, band: int) -> np.generic:
        """Return the pixel that tiles of no bytes are full of."""
        return nodata_as(self.raster.dtype, self.metadata.nodata[band - 1])

    def cached(self, key: TileKey, bands: Collection[int]) -> CachedTile | None:
        """Return a tile if it is in memory with all these bands."""
        return self._cache.peek((self._owner, key), bands)

    def worth_keeping(self, band: int, tiles: int) -> Collection[int]:
        """Choose the bands to keep of every tile of a view, now that one of them is asked for.

        QGIS asks for the same view band by band, and a tile may hold several: as many of them as
        fit into memory, for all tiles of the view, are kept for the next questions.
        """
        plane = self.grid.levels[0].tile_pixels * self.raster.dtype.itemsize
        likely = self._order.next_ones(band, max(1, self._cache.limit // (tiles * plane)))
        beside = self.bands_beside(band)
        return [number for number in likely if number in beside]

    def affordable(self, keys: Sequence[TileKey]) -> Collection[int]:
        """Return all bands if keeping these tiles does not push out most others, else none."""
        plane = self.grid.levels[0].tile_pixels * self.raster.dtype.itemsize
        tile = plane * self.grid.tile_bands
        return self.all_bands if 2 * len(keys) * tile <= self._cache.limit else ()

    def tiles(
        self,
        keys: Sequence[TileKey],
        bands: Collection[int],
        keep: Collection[int],
        job: Job = NO_JOB,
    ) -> Iterator[tuple[TileKey, CachedTile | FlacRasterError]]:
        """Yield tiles as they arrive, and errors in the place of damaged ones.

        Those in memory come first, then the others in the order of ``keys``: all are asked for at
        once, and decoded while later ones are on their way. What another thread fetches already is
        waited for.

        Parameters
        ----------
        keys : sequence of TileKey
        bands : collection of int
            Bands that are needed, of each tile those that it holds.
        keep : collection of int
            Bands to keep in memory, these among them; none for a scan of the whole raster, which
            must not push out what a map shows.
        job : Job, optional
            Asked many times a second.

        Raises
        ------
        RemoteError
            If a server does not deliver.
        Cancelled
        """
        job = cancelled_by_all(job)
        missing = []
        for key in keys:
            tile = self.cached(key, self._of(key, bands))
            if tile is None:
                missing.append(key)
            else:
                job.check("operation.reading")
                yield key, tile
        while missing:
            if not keep:
                yield from self._load(missing, bands, keep, job)
                return
            missing = yield from self._load_or_await(missing, bands, keep, job)

    def _load_or_await(
        self,
        keys: Sequence[TileKey],
        bands: Collection[int],
        keep: Collection[int],
        job: Job,
    ) -> Generator[tuple[TileKey, CachedTile | FlacRasterError], None, list[TileKey]]:
        """Yield tiles that this thread loads or another one does; return those still missing."""
        with self._cache.claim((self._owner, key) for key in keys) as claim:
            mine = []
            for _, key in claim.mine:
                tile = self.cached(key, self._of(key, bands))
                if tile is None:
                    mine.append(key)
                else:  # another thread has loaded it since this one looked
                    claim.deliver((self._owner, key), tile)
                    yield key, tile
            for key, outcome in self._load(mine, bands, keep, job):
                claim.deliver((self._owner, key), outcome)
                yield key, outcome
        again = []
        for (_, key), future in claim.others.items():
            while not wait([future], _GLANCE).done:
                job.check("operation.reading")
            outcome = future.result()
            if isinstance(outcome, RemoteError):
                raise outcome.with_traceback(None)
            if outcome is None or (
                isinstance(outcome, CachedTile) and not outcome.have(self._of(key, bands))
            ):
                again.append(key)
            else:
                yield key, outcome
        return again

    def _load(
        self,
        keys: Sequence[TileKey],
        bands: Collection[int],
        keep: Collection[int],
        job: Job,
    ) -> Iterator[tuple[TileKey, CachedTile | FlacRasterError]]:
        """Fetch and decode tiles."""
        if not keys:
            return
        asks = not self.is_at_hand(keys)
        if asks:
            self.outage.check()
        decode = partial(self._decode, bands=bands, keep=keep)
        pending: deque[tuple[TileKey, Future[CachedTile | FlacRasterError]]] = deque()
        fetched = self.raster.fetch(keys, job=job)
        pool = worker_pool(min(self.raster.workers, len(keys)))
        with closing(fetched), pool as (executor, workers):
            for key in keys:
                try:
                    data = next(fetched, None)
                except RemoteError as error:
                    self.outage.begin(error)
                    raise
                except Cancelled:
                    raise
                except FlacRasterError:  # a file that was cut off, say: see which tiles are whole
                    data = None
                pending.append((key, executor.submit(decode, key, data)))
                while len(pending) >= 2 * workers or (pending and pending[0][1].done()):
                    yield pending[0][0], pending.popleft()[1].result()
            if asks:
                self.outage.end()
            while pending:
                job.check("operation.reading")
                yield pending[0][0], pending.popleft()[1].result()

    def _decode(
        self, key: TileKey, data: bytes | None, bands: Collection[int], keep: Collection[int]
    ) -> CachedTile | FlacRasterError:
        try:
            raster = self.raster
            tile = raster.read_tile(key) if data is None else raster.decode(key, data)
            return CachedTile.of(tile, self._of(key, keep) or self._of(key, bands))
        except FlacRasterError as error:
            return error

    def is_at_hand(self, keys: Sequence[TileKey]) -> bool:
        """Whether reading these tiles asks no server for anything."""
        return not self.is_remote or not self.raster.source.planned_requests(
            self.raster.ranges(keys)
        )

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


def open_raster(
    uri: LayerUri | str,
    job: Job = NO_JOB,
    *,
    fresh: bool = False,
    warm_up: bool = True,
) -> OpenRaster:
    """Open what a URI names; layers of the same unchanged file share one open raster.

    Any thread may call it. As long as the result is held, making a layer of the same URI asks no
    server for anything, which is how to make one of a URL without keeping the main thread waiting.

    Parameters
    ----------
    uri : LayerUri or str
    job : Job, optional
        Asked until the raster is open.
    fresh : bool
        Look whether a remote file has changed, though it is open.
    warm_up : bool
        See `OpenRaster.warm_up`.

    Raises
    ------
    FlacRasterError
        With a sentence for the user.
    """
    uri = LayerUri.parse(uri) if isinstance(uri, str) else uri
    whole = _open_whole(uri, cancelled_by_all(job), fresh, warm_up)
    return whole if uri.extent is None else whole.clipped(uri.extent)


def _open_whole(uri: LayerUri, job: Job, fresh: bool, warm_up: bool) -> OpenRaster:
    key = (uri.name, uri.authcfg)
    if uri.is_remote and not fresh:
        known = get_open_raster(uri)
        if known is not None:
            return known
    asked = _Asked(job.is_cancelled)
    source = open_source(uri.name, uri.authcfg, job=Job(is_cancelled=asked))
    with _lock:
        known = _shared.get(key)
    if known is not None and known.raster.source.identity == source.identity:
        source.close()
        return known
    raster = FlacRaster.open(source)
    try:
        opened = OpenRaster(raster, CACHE, is_remote=uri.is_remote)
        if warm_up:
            opened.warm_up()
    except FlacRasterError:
        raster.close()
        raise
    asked.ask = never
    with _lock:
        known = _shared.get(key)
        if known is None or known.raster.source.identity != source.identity:
            known = _shared[key] = opened
        return known


def get_open_raster(uri: LayerUri) -> OpenRaster | None:
    """Return the raster, all of it, if it is open already."""
    with _lock:
        return _shared.get((uri.name, uri.authcfg))


class _Asked:
    """Asks whether to go on, as long as somebody who may say so is there."""

    def __init__(self, ask: IsCancelled):
        self.ask = ask

    def __call__(self) -> bool:
        return self.ask()


#: Grows when everything under way is to be given up.
_round = 0


def cancel_everything() -> None:
    """Give up all that is being read, in whatever thread; what is read later is not concerned."""
    global _round
    _round += 1


def cancelled_by_all(job: Job) -> Job:
    """Return a job that its owner cancels, or `cancel_everything` from now on."""
    started = _round
    return job.cancelled_with(Job(is_cancelled=lambda: _round != started))


def _release(raster: FlacRaster, cache: TileCache, owner: object) -> None:
    cache.forget(owner)
    raster.close()
