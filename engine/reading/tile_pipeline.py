"""Fetch and decode tiles of an open FLAC raster, several at once; damaged ones are read again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator, Sequence
from contextlib import closing
from itertools import repeat

import numpy as np

from ..errors import CorruptTile
from ..format.header import FileHeader
from ..format.tile_set import TileSet
from ..job import NO_JOB, Job
from ..model.data_types import DType
from ..model.grid import TileKey
from ..model.limits import padded
from ..model.metadata import Number, RasterMetadata
from ..parallel import executors
from ..parallel.ordered import Call, map_ordered, split_evenly
from ..storage.byte_source import ByteRange, ByteSource
from ..storage.cache import CachedSource, MemoryCache
from ..storage.local_file import LocalFile
from ..tile.decoding import StoredTile, Tile, nodata_tile, placeholder_tile
from ..tile.encoding import NODATA
from ..tile.header import TileSpec

#: About how many pixels, all bands counted, are decoded at once, a few tiles, by the one worker or
#: by each of several: these wait less for the interpreter lock when operations are longer, even
#: though their arrays do not fit into a processor's cache.
_ALONE, _EACH = 1 << 19, 3 << 20
#: Fewer where little is read, an eighth of all: their first memory costs more than they save, and
#: the first tiles are decoded while the last ones are on their way.
_AT_LEAST, _PARTS = 1 << 18, 8
#: Bytes of pixels, two a pixel at most, that are worth a worker: each is a new thread, which asks
#: the system for memory of its own, and that takes as long as decoding a million pixels or more.
_PER_WORKER = 1 << 22


class TileReader:
    """The tiles of an open FLAC raster; safe to read from several threads.

    Parameters
    ----------
    source : ByteSource
    head : FileHeader
    workers : int, optional
        Tiles decoded at once; default one per processor.
    """

    def __init__(self, source: ByteSource, head: FileHeader, workers: int | None = None):
        self.source = _kept(source, head)
        self.head = head
        self.name = source.name
        self.metadata: RasterMetadata = head.metadata
        self.grid = head.index.grid
        self.workers = executors.resolve_workers(workers)
        #: Uncertain and all pixel values of each tile that was read, of rasters to be restored.
        self._restored: dict[TileKey, tuple[int, int]] = {}

    def close(self) -> None:
        """Close the source."""
        self.source.close()

    @property
    def dtype(self) -> DType:
        """Of the pixels."""
        return np.dtype(self.metadata.dtype)

    @property
    def warnings(self) -> tuple[str, ...]:
        """What is not as it once was, one sentence each, as far as tiles have been read.

        Nothing, of all files of this project; see `Recovery` for those of others.
        """
        recovery = self.head.recovery
        if recovery is None:
            return ()
        return recovery.warnings(self.name, tuple(self._restored.values()))

    @property
    def uncertain_values(self) -> int:
        """Pixel values of tiles read so far that may differ from those once written."""
        return sum(count for count, _ in tuple(self._restored.values()))

    def read_tile(self, key: TileKey, *, check_md5: bool = True) -> Tile:
        """Fetch and decode one tile."""
        (data,) = self.fetch([key])
        return self.decode(key, data, check_md5=check_md5)

    def read_tiles(
        self,
        keys: Sequence[TileKey],
        *,
        check_md5: bool = True,
        skip_damaged: bool = False,
        job: Job = NO_JOB,
    ) -> Generator[Tile, None, None]:
        """Yield tiles, in the order of ``keys``: decoded while later ones are on their way.

        Damaged ones raise `CorruptTile`, or are replaced, see `decoding.placeholder_tile`.
        """
        fetched = self.fetch(keys, job=job)
        pixels = self._pixels_of(keys)
        wide = min(self.dtype.itemsize, 2)  # operations on single bytes are the shortest
        workers = max(1, min(self.workers, wide * pixels // _PER_WORKER))
        most = _ALONE if workers == 1 else _EACH
        at_once = min(max(pixels // _PARTS, _AT_LEAST), most)
        # as many for each worker, so that none has nothing to do in the end
        rounds = max(1, round(pixels / at_once / workers))
        groups = split_evenly(zip(keys, fetched), len(keys), rounds * workers)
        calls = (
            Call(self.name, self._decode_group, group, check_md5, skip_damaged) for group in groups
        )
        with closing(fetched), executors.worker_pool(workers) as (executor, count):
            for tiles in map_ordered(executor, calls, in_flight=2 * count, job=job):
                yield from tiles

    def fetch(
        self,
        keys: Sequence[TileKey],
        *,
        job: Job = NO_JOB,
    ) -> Generator[bytes, None, None]:
        """Yield the bytes of tiles, in the order of ``keys``: see `decode`.

        All are asked for at once, neighbours together. Its progress counts bytes.
        """
        stored = self.head.index.stored(keys)
        found = self.source.read(stored.ranges, job=job)
        with closing(found):
            done = 0
            for number, data in zip(stored.numbers.tolist(), found):
                yield from repeat(b"", number - done)
                yield data
                done = number + 1
            yield from repeat(b"", len(keys) - done)

    def decode(self, key: TileKey, data: bytes, *, check_md5: bool = True) -> Tile:
        """Decode a tile.

        Bytes that turn out to be damaged are read once more, past every cache: they may have been
        damaged on their way.

        Raises
        ------
        CorruptTile
        """
        try:
            return self._decode([(key, data)], check_md5)[0]
        except CorruptTile:
            (again,) = self.source.read(self.ranges([key]), bypass_cache=True)
            if again == data:
                raise
            return self._decode([(key, again)], check_md5)[0]

    def _decode_group(
        self, group: Sequence[tuple[TileKey, bytes]], check_md5: bool, skip_damaged: bool
    ) -> list[Tile]:
        try:
            return self._decode(group, check_md5)
        except CorruptTile:  # one of them: see which, and whether it is whole when read again
            return [self._decode_one(key, data, check_md5, skip_damaged) for key, data in group]

    def _decode_one(self, key: TileKey, data: bytes, check_md5: bool, skip_damaged: bool) -> Tile:
        try:
            return self.decode(key, data, check_md5=check_md5)
        except CorruptTile as error:
            if not skip_damaged:
                raise
            nodata = self._nodata_of(key)
            return placeholder_tile(
                key, self.tile_shape(key), nodata, self.metadata.mask, str(error)
            )

    def tile_shape(self, key: TileKey) -> TileSpec:
        """What the index says a tile holds."""
        window = self.grid.tile_window(key)
        bands = len(self.grid.tile_band_range(key))
        return TileSpec(self.dtype, bands, window.height, window.width)

    def ranges(self, keys: Sequence[TileKey]) -> tuple[ByteRange, ...]:
        """Where the bytes of tiles are, size 0 for tiles of nothing but nodata."""
        return tuple(map(self.head.index.byte_range, keys))

    def _pixels_of(self, keys: Sequence[TileKey]) -> int:
        """Return about how many pixels of tiles are decoded, without a look at each tile.

        All bands are counted, and what tiles are padded with: thin ones have little else.
        """
        found, counts = 0, {}
        if isinstance(keys, TileSet):
            counts[keys.level.number] = len(keys)
        else:
            counts = Counter(key.level for key in keys)
        for number, count in counts.items():
            level = self.grid.levels[number]
            height, width = (min(level.tile_size, side) for side in (level.height, level.width))
            found += min(
                count * padded(height) * padded(width),
                padded(level.height) * padded(level.width) * len(level.band_starts),
            )
        return found * self.grid.tile_bands

    def _decode(self, group: Sequence[tuple[TileKey, bytes]], check_md5: bool) -> list[Tile]:
        stored = [StoredTile(data, key, self.tile_shape(key)) for key, data in group if data]
        tiles = self.head.decode(stored, self.name, check_md5=check_md5)
        if self.head.recovery is not None:
            self._restored.update((t.key, (t.uncertain, t.pixels.size)) for t in tiles)
        decoded = iter(tiles)
        return [next(decoded) if data else self._nodata_tile(key) for key, data in group]

    def _nodata_tile(self, key: TileKey) -> Tile:
        """Return a tile that is stored as no bytes."""
        return Tile(key, nodata_tile(self.tile_shape(key), self._nodata_of(key)), None, NODATA)

    def _nodata_of(self, key: TileKey) -> tuple[Number | None, ...]:
        bands = self.grid.tile_band_range(key)
        return self.metadata.nodata[bands.start : bands.stop]


def _kept(source: ByteSource, head: FileHeader) -> ByteSource:
    """Keep the bytes of a file whose only tile takes so many that no cache would."""
    if head.recovery is None or head.index.grid.tile_count > 1 or isinstance(source, LocalFile):
        return source
    return CachedSource(source, MemoryCache(source.size))
