"""An open FLAC raster and its decoded tiles, shared by a layer and the clones that draw it."""

from __future__ import annotations

from collections.abc import Collection, Generator, Hashable, Iterator, Sequence
from concurrent.futures import wait
from contextlib import closing, suppress
from copy import copy
from functools import cached_property
from weakref import finalize

import numpy as np

from ..core.layer_uri import LayerUri
from ..engine.errors import FlacRasterError, RemoteError
from ..engine.job import NO_JOB, Job
from ..engine.model.grid import Level, TileKey
from ..engine.model.nodata import cast_nodata
from ..engine.reading.flac_raster import FlacRaster
from ..engine.reading.tile_pipeline import DamagedTile
from .band_order import BandOrder
from .band_values import BandValues, with_common_type
from .dates import LayerDates
from .georeference import LayerGeoreference
from .moments import Moments
from .outage import Outage
from .read_cancellation import add_global_cancel
from .tile_cache import CachedTile, LayerTileCache

#: Decoded tiles of all layers.
CACHE = LayerTileCache()
#: Seconds between checks for cancellation while another thread loads a tile.
_POLL_INTERVAL = 0.05
#: Largest size in bytes of a coarsest level that is read when a remote raster is opened.
_MAX_WARM_UP = 1 << 20


class OpenRaster:
    """An open FLAC raster; the file is closed when the object is no longer referenced.

    Reading one that ``is_remote`` may be slow, and may fail temporarily.
    """

    def __init__(self, raster: FlacRaster, cache: LayerTileCache, is_remote: bool = False):
        self.raster = raster
        self.is_remote = is_remote
        self.is_clipped = False
        #: The dates of a layer that shows one date at a time.
        self.dates: LayerDates | None = None
        self.outage = Outage()
        self.metadata = raster.metadata
        self.grid = raster.grid
        self.georeference = LayerGeoreference.from_metadata(raster.metadata, raster.name)
        #: Cached statistics by the arguments of their computation.
        self.statistics: dict[Hashable, list[Moments]] = {}
        self._cache = cache
        self._band_order = BandOrder(raster.metadata.count)
        # not `self`, which the finalizer would keep alive
        self._owner = object()
        self._whole: OpenRaster | None = None
        finalize(self, _release, raster, cache, self._owner)

    def part(self, uri: LayerUri) -> OpenRaster:
        """Return the pixels and dates that a URI names, which share cache and file with this.

        Raises InputError if the extent lies outside the raster, or if no band has such a time.
        """
        if uri.extent is None and not uri.time:
            return self
        part = copy(self)
        vars(part).pop("values", None)  # of other dates
        name = self.raster.name
        if uri.extent is not None:
            level = self.grid.levels[0]
            part.georeference = self.georeference.clipped(uri.extent, level, name)
            part.is_clipped = True
        if uri.time:
            part.dates = LayerDates(self.metadata, name, uri.time)
        part._whole = self  # keeps the file open
        return part

    @property
    def is_part(self) -> bool:
        """Whether it has only some of the pixels or dates."""
        return self._whole is not None

    def warm_up(self) -> None:
        """Download the coarsest level of a remote raster into the cache, unless it is large.

        The map shows it first, and it determines the colors of a new layer.
        """
        if not self.is_remote:
            return
        tiles = self.raster.tiles_in(level=self.grid.level_count - 1, bands=self.band_numbers[:3])
        stored = self.raster.head.index.stored(tiles)
        if stored.sizes.sum() <= _MAX_WARM_UP:
            keys = tiles.keys_at(stored.numbers)
            with suppress(RemoteError):  # drawing reports it
                list(self.tiles(keys, self.all_bands, self.all_bands))

    @cached_property
    def values(self) -> tuple[BandValues, ...]:
        """How QGIS sees the values of each stored band."""
        head = self.raster.head
        values = [BandValues.from_band(band, head) for band in head.metadata.bands]
        for column in range(0 if self.dates is None else len(self.dates.names)):
            numbers = self.dates.bands_of_column(column)
            common = with_common_type([values[number - 1] for number in numbers], head)
            for number, each in zip(numbers, common):
                values[number - 1] = each
        return tuple(values)

    @property
    def band_numbers(self) -> tuple[int, ...]:
        """Stored bands that describe those that QGIS sees: without dates all, else the latest."""
        if self.dates is None:
            return tuple(self.all_bands)
        columns = range(len(self.dates.names))
        return tuple(
            number or self.dates.bands_of_column(column)[-1]
            for column, number in zip(columns, self.dates.default_bands)
        )

    @property
    def all_bands(self) -> range:
        """Band numbers."""
        return range(1, self.metadata.count + 1)

    def bands_in_tile(self, band: int) -> range:
        """Return the bands that share tiles with a band, which are read together."""
        first = self.grid.levels[0].first_band(band - 1)
        return self._bands_of(TileKey(0, 0, 0, first))

    def key_of_band(self, band: int, key: TileKey) -> TileKey:
        """Return the key of the tile of the same pixels that contains a band."""
        return key._replace(band=self.bands_in_tile(band).start - 1)

    def _bands_of(self, key: TileKey) -> range:
        bands = self.grid.tile_band_range(key)
        return range(bands.start + 1, bands.stop + 1)

    def is_stored(
        self, level: Level, band: int, rows: np.ndarray, columns: np.ndarray
    ) -> np.ndarray:
        """Return whether tiles of a band at some tile positions have a size other than 0.

        All other tiles contain only `nodata_pixel`, and none of their pixels is masked.
        """
        return self.raster.head.index.takes_bytes(level.number, rows, columns, band - 1)

    def nodata_pixel(self, band: int) -> np.generic:
        """Return the value of all pixels of tiles of size 0."""
        return cast_nodata(self.raster.dtype, self.metadata.nodata[band - 1])

    def cached(self, key: TileKey, bands: Collection[int]) -> CachedTile | None:
        """Return a tile if it is cached with all these bands."""
        return self._cache.peek((self._owner, key), bands)

    def bands_to_cache(self, band: int, tiles: int) -> Collection[int]:
        """Return the bands to cache of each of the tiles of a view when QGIS asks for one band.

        QGIS asks for the same view band by band, and a tile may contain several bands: as many are
        cached as fit into memory for all tiles of the view.
        """
        plane = self.grid.levels[0].tile_pixels * self.raster.dtype.itemsize
        likely = self._band_order.predict(band, max(1, self._cache.limit // (tiles * plane)))
        together = self.bands_in_tile(band)
        return [number for number in likely if number in together]

    def cacheable_bands(self, keys: Sequence[TileKey]) -> Collection[int]:
        """Return all bands if these tiles fit into half of the cache, else none."""
        plane = self.grid.levels[0].tile_pixels * self.raster.dtype.itemsize
        tile = plane * self.grid.tile_bands
        return self.all_bands if 2 * len(keys) * tile <= self._cache.limit else ()

    def tiles(
        self,
        keys: Sequence[TileKey],
        bands: Collection[int],
        cache_bands: Collection[int],
        job: Job = NO_JOB,
    ) -> Iterator[tuple[TileKey, CachedTile | FlacRasterError]]:
        """Yield tiles as they arrive, and errors instead of damaged tiles.

        Cached tiles come first, then the others in the order of ``keys``: all are requested at
        once, and decoded while later ones arrive. Tiles that another thread loads come last.
        ``job`` is polled several times per second.

        Parameters
        ----------
        bands : collection of int
            Required bands; each tile contains some of them.
        cache_bands : collection of int
            Bands to cache, including these; none for a scan of the whole raster, which must not
            evict the tiles that a map shows.

        Raises
        ------
        RemoteError
            If a server fails.
        Cancelled
        """
        job = add_global_cancel(job)
        missing = []
        for key in keys:
            tile = self.cached(key, self._bands_in(key, bands))
            if tile is None:
                missing.append(key)
            else:
                job.check("operation.reading")
                yield key, tile
        while missing:
            if not cache_bands:
                yield from self._load(missing, bands, cache_bands, job)
                return
            missing = yield from self._load_or_await(missing, bands, cache_bands, job)

    def _load_or_await(
        self,
        keys: Sequence[TileKey],
        bands: Collection[int],
        cache_bands: Collection[int],
        job: Job,
    ) -> Generator[tuple[TileKey, CachedTile | FlacRasterError], None, list[TileKey]]:
        """Yield tiles that this or another thread loads; return those that are still missing."""
        with self._cache.claim((self._owner, key) for key in keys) as claim:
            missing = []
            for _, key in list(claim.claimed):  # of which those that are delivered are removed
                tile = self.cached(key, self._bands_in(key, bands))
                if tile is None:
                    missing.append(key)
                else:  # another thread has loaded it meanwhile
                    claim.deliver((self._owner, key), tile)
                    yield key, tile
            for key, outcome in self._load(missing, bands, cache_bands, job):
                claim.deliver((self._owner, key), outcome)
                yield key, outcome
        missing = []
        for (_, key), future in claim.others.items():
            while not wait([future], _POLL_INTERVAL).done:
                job.check("operation.reading")
            outcome = future.result()
            if isinstance(outcome, RemoteError):
                raise outcome.with_traceback(None)
            if outcome is None or (
                isinstance(outcome, CachedTile) and not outcome.have(self._bands_in(key, bands))
            ):
                missing.append(key)
            else:
                yield key, outcome
        return missing

    def _load(
        self,
        keys: Sequence[TileKey],
        bands: Collection[int],
        cache_bands: Collection[int],
        job: Job,
    ) -> Iterator[tuple[TileKey, CachedTile | FlacRasterError]]:
        """Read and decode tiles."""
        if not keys:
            return
        stored = self.raster.head.index.stored(keys)
        source = self.raster.source
        needs_server = self.is_remote and bool(source.planned_requests(stored.ranges))
        if needs_server:
            self.outage.check()
        outcomes = self.raster.pipeline.run(keys, job=job)
        try:
            with closing(outcomes):
                for outcome in outcomes:
                    key = outcome.key
                    if isinstance(outcome, DamagedTile):
                        yield key, outcome.error
                    else:
                        selected = self._bands_in(key, cache_bands) or self._bands_in(key, bands)
                        yield key, CachedTile.from_tile(outcome, selected)
        except RemoteError as error:
            self.outage.trip(error)
            raise
        if needs_server:
            self.outage.reset()

    def _bands_in(self, key: TileKey, bands: Collection[int]) -> Collection[int]:
        """Return which of these bands a tile contains."""
        present = self._bands_of(key)
        return [number for number in bands if number in present]


def _release(raster: FlacRaster, cache: LayerTileCache, owner: object) -> None:
    cache.forget(owner)
    raster.close()
