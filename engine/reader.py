"""Read any window of any level of a FLAC raster, decoding only the tiles that it touches."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from . import parallel
from .container import Head, read_head
from .errors import InputError
from .grid import Level, TileKey, Window
from .metadata import RasterMetadata
from .raster import Block
from .reference import RasterReference
from .source import ByteRange, ByteSource, LocalFile
from .tile import Tile, TileShape, decode_tile, nodata_tile


@dataclass(frozen=True)
class Plan:
    """What a read will fetch.

    Parameters
    ----------
    window : Window
        Of the level.
    keys : tuple of TileKey
        Tiles that the window touches.
    ranges : tuple of (offset, size)
        Bytes of each tile, size 0 for tiles of nothing but nodata.
    """

    window: Window
    keys: tuple[TileKey, ...]
    ranges: tuple[ByteRange, ...]

    @property
    def bytes(self) -> int:
        """Bytes of all tiles together."""
        return sum(size for _, size in self.ranges)


class FlacRaster:
    """An open FLAC raster; safe to read from several threads.

    Parameters
    ----------
    source : ByteSource
    head : Head
    workers : int, optional
        Tiles decoded at once; default one per processor.

    Examples
    --------
    >>> with FlacRaster.open("dem.flac") as raster:      # doctest: +SKIP
    ...     pixels = raster.read(Window(0, 0, 256, 256))
    """

    def __init__(self, source: ByteSource, head: Head, workers: int | None = None):
        self.source = source
        self.head = head
        self.name = source.name
        self.metadata: RasterMetadata = head.metadata
        self.grid = head.index.grid
        self.workers = parallel.check_workers(workers)

    @classmethod
    def open(
        cls, source: str | os.PathLike | ByteSource, *, workers: int | None = None
    ) -> FlacRaster:
        """Open a file or any other source and check its head.

        Raises
        ------
        InputError, NotFlacRaster, UnsupportedVersion, CorruptFile
        """
        parallel.check_workers(workers)
        opened = LocalFile(source) if isinstance(source, (str, os.PathLike)) else source
        try:
            return cls(opened, read_head(opened), workers)
        except BaseException:
            opened.close()
            raise

    def __enter__(self) -> FlacRaster:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the source."""
        self.source.close()

    @property
    def dtype(self) -> np.dtype:
        """Of the pixels."""
        return np.dtype(self.metadata.dtype)

    @property
    def levels(self) -> tuple[Level, ...]:
        """Resolutions, finest first."""
        return self.grid.levels

    def plan(self, window: Window | None = None, level: int = 0) -> Plan:
        """Say which tiles and bytes a read of the same window would fetch.

        Raises
        ------
        InputError
            If there is no such level, or the window does not lie inside it.
        """
        if not 0 <= level < len(self.levels):
            raise InputError(
                f"{self.name} has levels 0 to {len(self.levels) - 1}, not {level}; choose one of "
                "these."
            )
        whole = self.levels[level].window
        window = whole if window is None else Window(*window)
        if window.intersection(whole) != window or not window.width or not window.height:
            raise InputError(
                f"{self.name}: {window} does not lie inside level {level}, which has "
                f"{whole.width} x {whole.height} "
                "pixels."
            )
        keys = tuple(self.levels[level].keys_in(window))
        return Plan(window, keys, tuple(map(self.head.index.byte_range, keys)))

    def read(
        self,
        window: Window | None = None,
        level: int = 0,
        bands: Sequence[int] | None = None,
    ) -> np.ndarray:
        """Read pixels.

        Parameters
        ----------
        window : Window, optional
            In pixels of the level; default all of it.
        level : int
            0 is full resolution.
        bands : sequence of int, optional
            Band numbers from 1; default all.

        Returns
        -------
        ndarray, shape (bands, window.height, window.width), of the raster's dtype

        Raises
        ------
        InputError
            If window, level or bands do not exist.
        CorruptTile
            If a tile that is needed is damaged.
        """
        return self.read_masked(window, level, bands)[0]

    def read_masked(
        self,
        window: Window | None = None,
        level: int = 0,
        bands: Sequence[int] | None = None,
        *,
        check_md5: bool = False,
    ) -> Block:
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
        plan = self.plan(window, level)
        chosen = self._band_indexes(bands)
        array = np.empty((len(chosen), plan.window.height, plan.window.width), self.dtype)
        mask = np.empty(array.shape[1:], bool) if self.metadata.mask else None
        for tile in self._tiles(plan, check_md5):
            covered = self.grid.tile_window(tile.key)
            common = covered.intersection(plan.window)
            rows, columns = common.relative_to(plan.window).slices
            tile_rows, tile_columns = common.relative_to(covered).slices
            array[:, rows, columns] = tile.pixels[chosen, tile_rows, tile_columns]
            if mask is not None:
                mask[rows, columns] = (
                    True if tile.mask is None else tile.mask[tile_rows, tile_columns]
                )
        return array, mask

    def read_block(self, window: Window) -> Block:
        """See `flac_raster_qgis.engine.raster.Raster`; checks the MD5 of every tile."""
        return self.read_masked(window, check_md5=True)

    def reference(self) -> RasterReference | None:
        """See `flac_raster_qgis.engine.reference.Named`; a local file can be opened elsewhere."""
        if not isinstance(self.source, LocalFile):
            return None
        return RasterReference(
            _open_for_one_worker, os.path.abspath(self.name), self.source.identity
        )

    def read_tile(self, key: TileKey, *, check_md5: bool = True) -> Tile:
        """Fetch and decode one tile."""
        (data,) = self.source.read([self.head.index.byte_range(key)])
        return self._decode(key, data, check_md5)

    def tile_shape(self, key: TileKey) -> TileShape:
        """What the index says a tile holds."""
        window = self.grid.tile_window(key)
        return TileShape(self.dtype, self.metadata.count, window.height, window.width)

    def _tiles(self, plan: Plan, check_md5: bool):
        fetched = self.source.read(plan.ranges)
        calls = (
            partial(self._decode, key, data, check_md5) for key, data in zip(plan.keys, fetched)
        )
        workers = min(self.workers, len(plan.keys))
        with parallel.executor_for(workers) as (executor, count):
            yield from parallel.in_order(executor, calls, ahead=2 * count)

    def _decode(self, key: TileKey, data: bytes, check_md5: bool) -> Tile:
        shape = self.tile_shape(key)
        if not data:
            return Tile(key, nodata_tile(shape, self.metadata.nodata), None, "nodata")
        return decode_tile(data, self.name, key=key, shape=shape, check_md5=check_md5)

    def _band_indexes(self, bands: Sequence[int] | None) -> list[int] | slice:
        if bands is None:
            return list(range(self.metadata.count))
        wrong = [band for band in bands if not 1 <= band <= self.metadata.count]
        if wrong or not bands:
            raise InputError(
                f"{self.name} has bands 1 to {self.metadata.count}, not {wrong or 'none'}; choose "
                "some of these."
            )
        return [band - 1 for band in bands]


def _open_for_one_worker(name: str) -> FlacRaster:
    """Open a raster for a worker that is one of many, and needs none of its own."""
    return FlacRaster.open(name, workers=1)
