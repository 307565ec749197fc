"""Read any window of any level of a FLAC raster, decoding only the tiles that it touches."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from itertools import groupby
from typing import cast

import numpy as np

from ..errors import InputError, RemoteChanged, UnsupportedRaster
from ..format.header import FileHeader
from ..format.statistics import MinMax
from ..format.tile_set import TileSet
from ..job import NO_JOB, Job
from ..model.arguments import band_indexes, checked_level, checked_window
from ..model.data_types import Array, DType
from ..model.grid import Level, TileKey, Window
from ..model.metadata import RasterMetadata
from ..model.nodata import cast_nodata
from ..model.raster import MaskedPixels
from ..parallel import executors
from ..parallel.raster_reference import RasterReference
from ..storage.byte_source import ByteSource
from ..storage.cache import Cache, CachedSource, MemoryCache
from ..storage.file_urls import path_text
from ..storage.local_file import LocalFile
from ..storage.open import open_source
from ..tile.decoding import Tile
from .detect import read_file_header
from .plan import ReadPlan
from .tile_pipeline import DamagedTile, TilePipeline


class FlacRaster:
    """An open FLAC raster; safe to read from several threads.

    Parameters
    ----------
    source : ByteSource
    head : FileHeader
    workers : int, optional
        Tiles decoded at once; default one per processor.

    Examples
    --------
    >>> with FlacRaster.open("dem.flac") as raster:      # doctest: +SKIP
    ...     pixels = raster.read(Window(0, 0, 256, 256))
    """

    def __init__(self, source: ByteSource, head: FileHeader, workers: int | None = None):
        self.source = _cache_single_tile(source, head)
        self.head = head
        self.name = source.name
        self.metadata: RasterMetadata = head.metadata
        self.grid = head.index.grid
        self.pipeline = TilePipeline(self.source, head, workers)
        self.workers = self.pipeline.workers

    @classmethod
    def open(
        cls,
        source: str | os.PathLike[str] | ByteSource,
        *,
        workers: int | None = None,
        cache: Cache | None = None,
        job: Job = NO_JOB,
        allow_missing_pixels: bool = False,
    ) -> FlacRaster:
        """Open a file or another source and check its header.

        A remote file that is replaced meanwhile is opened once more.

        Parameters
        ----------
        source : path, URL or ByteSource
            For a session of your own, pass the source that `engine.storage.open` returns.
        workers : int, optional
            Tiles decoded at once; default one per processor.
        cache : Cache, optional
            Cache for tiles of a URL, such as
            `engine.storage.disk_cache.DiskCache`; it is not closed.
        job : Job, optional
            Cancels later reads of a path or URL as well.
        allow_missing_pixels : bool
            Whether to open files whose pixels were never stored, to describe them.

        Raises
        ------
        InputError, RemoteError, NotFlacRaster, UnsupportedVersion, UnsupportedRaster, CorruptFile,
        Cancelled
        """
        executors.resolve_workers(workers)
        if hasattr(source, "planned_requests"):  # as sources of bytes, and no names, have
            return cls._of(cast(ByteSource, source), workers, allow_missing_pixels)

        def opened() -> FlacRaster:
            name = path_text(source)
            found = open_source(name, cache=cache, job=job)
            return cls._of(found, workers, allow_missing_pixels)

        try:
            return opened()
        except RemoteChanged:  # nothing of the replaced version was returned yet
            return opened()

    @classmethod
    def _of(cls, source: ByteSource, workers: int | None, allow_missing_pixels: bool) -> FlacRaster:
        """Read the header of a source, which is closed if that fails."""
        try:
            head = read_file_header(source)
            if head.recovery and head.recovery.refusal and not allow_missing_pixels:
                raise UnsupportedRaster(
                    "recovery.refused", source.name, reason=head.recovery.refusal
                )
            return cls(source, head, workers)
        except BaseException:
            source.close()
            raise

    def __enter__(self) -> FlacRaster:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the source."""
        self.source.close()

    @property
    def dtype(self) -> DType:
        """Data type of the pixels."""
        return np.dtype(self.metadata.dtype)

    @property
    def warnings(self) -> tuple[str, ...]:
        """Warnings about pixels that were not recovered exactly, for the tiles read so far.

        Only files of the package flac-raster have any; see `Recovery`.
        """
        recovery = self.head.recovery
        if recovery is None:
            return ()
        return recovery.warnings(self.name, tuple(self.pipeline.recovered.values()))

    @property
    def uncertain_values(self) -> int:
        """Number of pixel values, in the tiles read so far, that may differ from the original."""
        return sum(count for count, _ in tuple(self.pipeline.recovered.values()))

    @property
    def levels(self) -> tuple[Level, ...]:
        """Resolutions, finest first."""
        return self.grid.levels

    def tile_min_max(self, key: TileKey) -> tuple[MinMax | None, ...] | None:
        """Return the smallest and largest valid pixels of a tile, without reading it.

        Parameters
        ----------
        key : TileKey
            Of any level; what counts are pixels of full resolution.

        Returns
        -------
        tuple of MinMax, optional
            Of each band of the tile, None where it has no valid pixels; None for files that do not
            list them, such as all of complex numbers. They are those of a statistics cell if
            ``head.statistics.level`` is above the tile's.
        """
        known = self.head.statistics
        return None if known is None else known.for_tile(key)

    def min_max(self, band: int) -> MinMax | None:
        """Return the smallest and largest valid pixel of a band, without reading any.

        Parameters
        ----------
        band : int
            Number from 1.

        Returns
        -------
        MinMax, optional
            None where there are no valid pixels, or the file does not list them.
        """
        (index,) = self._band_indexes([band])
        return None if self.head.statistics is None else self.head.statistics.for_band(index)

    def plan(
        self,
        window: Window | None = None,
        level: int = 0,
        bands: Sequence[int] | None = None,
    ) -> ReadPlan:
        """Return the tiles and requests of a read of the same pixels.

        Raises
        ------
        InputError
            If there is no such level or band, or the window does not lie inside the level.
        """
        keys = self.tiles_in(window, level, bands)
        return self.plan_tiles(keys.level.window if window is None else Window(*window), keys)

    def tiles_in(
        self,
        window: Window | None = None,
        level: int = 0,
        bands: Sequence[int] | None = None,
    ) -> TileSet:
        """Return the tiles that a read of the same pixels needs; see `plan`."""
        chosen = checked_level(self.levels, level, self.name)
        window = checked_window(chosen, window, self.name)
        indexes = None if bands is None else self._band_indexes(bands)
        return TileSet.in_window(chosen, window, indexes)

    def plan_tiles(self, window: Window, keys: TileSet) -> ReadPlan:
        """Return the requests for some of the tiles of a window."""
        stored = self.head.index.stored(keys)
        return ReadPlan(window, keys, stored, tuple(self.source.planned_requests(stored.ranges)))

    def read(
        self,
        window: Window | None = None,
        level: int = 0,
        bands: Sequence[int] | None = None,
        *,
        job: Job = NO_JOB,
    ) -> Array:
        """Read pixels.

        Parameters
        ----------
        window : Window, optional
            In pixels of the level; default all of it.
        level : int
            0 is full resolution.
        bands : sequence of int, optional
            Band numbers from 1; default all.
        job : Job, optional
            Its progress counts bytes fetched.

        Returns
        -------
        ndarray, shape (bands, window.height, window.width), of the raster's dtype

        Raises
        ------
        InputError
            If window, level or bands do not exist.
        CorruptTile
            If a tile that is needed is damaged.
        RemoteError
            If a server does not deliver.
        Cancelled
        """
        return self.read_masked(window, level, bands, job=job)[0]

    def read_masked(
        self,
        window: Window | None = None,
        level: int = 0,
        bands: Sequence[int] | None = None,
        *,
        check_md5: bool = False,
        job: Job = NO_JOB,
    ) -> MaskedPixels:
        """Read pixels and the raster's own mask; see `read`.

        Parameters
        ----------
        check_md5 : bool
            Compare every tile with its MD5, on top of the CRC of each frame.

        Returns
        -------
        pixels : ndarray, shape (bands, window.height, window.width)
        mask : ndarray of bool, shape (window.height, window.width), or None
            True where pixels are valid; None if the raster has no mask of its own.
        """
        plan = self.plan(window, level, bands)
        count = self.metadata.count if bands is None else len(bands)
        try:
            array = np.empty((count, plan.window.height, plan.window.width), self.dtype)
        except (MemoryError, ValueError) as error:
            raise InputError(
                "read.memory",
                self.name,
                bands=count,
                width=plan.window.width,
                height=plan.window.height,
            ) from error
        mask = np.ones(array.shape[1:], bool) if self.metadata.has_mask else None
        chosen = self._band_indexes(bands)
        keys = plan.stored_keys
        if len(keys) < len(plan.keys):
            for plane, band in zip(array, chosen):
                pixel = cast_nodata(self.dtype, self.metadata.nodata[band])
                if pixel is not None:  # else its tiles all take bytes
                    plane[...] = pixel
        tiles = self.read_tiles(keys, check_md5=check_md5, job=job)
        with closing(tiles):
            for tile in tiles:
                target, inside = self.grid.overlap(tile.key, plan.window)
                held = self.grid.tile_band_range(tile.key)
                for plane, band in zip(array, chosen):
                    if band in held:
                        plane[target] = tile.pixels[band - held.start][inside]
                if mask is not None and tile.mask is not None:
                    mask[target] &= tile.mask[inside]
        return array, mask

    def iter_blocks(
        self,
        plan: ReadPlan,
        bands: Sequence[int] | None = None,
        *,
        check_md5: bool = True,
        on_damaged: Callable[[DamagedTile], None] | None = None,
        job: Job = NO_JOB,
    ) -> Generator[tuple[Window, MaskedPixels], None, None]:
        """Yield the pixels of a window block by block, as the tiles arrive.

        Memory does not depend on the size of the window.

        Parameters
        ----------
        plan : ReadPlan
            Of the same bands.
        bands, job
            As for `read`.
        check_md5 : bool
            As for `read_masked`.
        on_damaged : callable, optional
            Called with each damaged tile, in the iterating thread, before the block of its
            placeholder (see `placeholder_tile`) is yielded; default its error is raised.

        Yields
        ------
        window : Window
            Of the level: the part of the block inside the planned window.
        pixels : MaskedPixels
            As `read_masked` returns it.
        """
        chosen = self._band_indexes(bands)
        tiles = self.pipeline.run(plan.keys, check_md5=check_md5, job=job)
        with closing(tiles):
            for key, parts in groupby(tiles, lambda tile: tile.key._replace(band=0)):
                common = self.grid.tile_window(key).intersection(plan.window)
                _, inside = self.grid.overlap(key, plan.window)
                planes: dict[int, Array] = {}
                mask = (
                    np.ones((common.height, common.width), bool) if self.metadata.has_mask else None
                )
                for tile in parts:
                    if isinstance(tile, DamagedTile):
                        if on_damaged is None:
                            raise tile.error
                        on_damaged(tile)
                        tile = self.pipeline.placeholder(tile.key)
                    planes.update(enumerate(tile.pixels, start=tile.key.band))
                    if mask is not None and tile.mask is not None:
                        mask &= tile.mask[inside]  # equal in all tiles, unless one is damaged
                yield common, (np.stack([planes[band][inside] for band in chosen]), mask)

    def read_tiles(
        self,
        keys: Sequence[TileKey],
        *,
        check_md5: bool = True,
        together: bool = False,
        job: Job = NO_JOB,
    ) -> Generator[Tile, None, None]:
        """Yield tiles as `TilePipeline.run` does, but raise the error of a damaged one."""
        outcomes = self.pipeline.run(keys, check_md5=check_md5, together=together, job=job)
        with closing(outcomes):
            for outcome in outcomes:
                if isinstance(outcome, DamagedTile):
                    raise outcome.error
                yield outcome

    def read_tile(self, key: TileKey, *, check_md5: bool = True) -> Tile:
        """Fetch and decode one tile; raise `CorruptTile` if it is damaged."""
        (tile,) = self.read_tiles([key], check_md5=check_md5)
        return tile

    def read_window(self, window: Window, bands: Sequence[int] | None = None) -> MaskedPixels:
        """See `flac_raster_qgis.engine.model.raster.Raster`; checks the MD5 of every tile.

        Bands from 1 are those to read, default all.
        """
        return self.read_masked(window, bands=bands, check_md5=True)

    def reference(self) -> RasterReference | None:
        """See `flac_raster_qgis.engine.parallel.raster_reference.reference_for`.

        Only local files can be opened in other processes.
        """
        # recovery of legacy pixels produces warnings, which this process must collect
        if not isinstance(self.source, LocalFile) or self.head.recovery is not None:
            return None
        return RasterReference(
            _open_for_one_worker, os.path.abspath(self.name), self.source.identity
        )

    def _band_indexes(self, bands: Sequence[int] | None) -> list[int]:
        return band_indexes(bands, self.metadata.count, self.name)


def _open_for_one_worker(name: str) -> FlacRaster:
    """Open a raster in a worker, without workers of its own."""
    return FlacRaster.open(name, workers=1)


def _cache_single_tile(source: ByteSource, head: FileHeader) -> ByteSource:
    """Cache the only tile of a remote file, which may be too large for other caches."""
    if head.recovery is None or head.index.grid.tile_count > 1 or isinstance(source, LocalFile):
        return source
    return CachedSource(source, MemoryCache(source.size))
