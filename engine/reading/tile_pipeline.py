"""Fetch and decode tiles in order; a damaged tile is a value.

A tile that cannot be decoded is fetched once more, bypassing every cache, because its bytes may
have been damaged on their way. If it is still damaged, it is yielded as a `DamagedTile`; the other
tiles of its batch are not decoded again. Servers that do not deliver raise `RemoteError` instead.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator, Sequence
from contextlib import closing
from itertools import repeat
from typing import NamedTuple, Union

import numpy as np

from ..errors import Cancelled, CorruptFile, CorruptTile, FlacRasterError, InputError, RemoteError
from ..format.header import FileHeader
from ..format.tile_set import TileSet
from ..job import NO_JOB, Job
from ..model.grid import TileKey
from ..model.limits import padded
from ..model.metadata import Number
from ..parallel.executors import resolve_workers
from ..parallel.ordered import Call, ordered_results, split_evenly
from ..storage.byte_source import ByteRange, ByteSource
from ..tile.decoding import DecodedTile, StoredTile, Tile, nodata_tile, placeholder_tile
from ..tile.encoding import NODATA
from ..tile.header import TileSpec

#: Most pixels of a batch, of all bands, for a single worker and for each of several: these wait
#: less for the interpreter lock when operations are longer, even though their arrays do not fit
#: into a processor's cache.
_MAX_BATCH_PIXELS, _MAX_BATCH_PIXELS_OF_SEVERAL = 1 << 19, 3 << 20
#: Fewer when little is read, an eighth of all: allocating memory costs more than large batches
#: save, and the first tiles are decoded while the last ones are still being fetched.
_MIN_BATCH_PIXELS, _MIN_BATCHES = 1 << 18, 8
#: Bytes of pixels, at most two per pixel, that justify a worker: each is a new thread with memory
#: of its own, and allocating it takes as long as decoding a million pixels or more.
_MIN_WORKER_BYTES = 1 << 22


class DamagedTile(NamedTuple):
    """A tile that cannot be decoded."""

    key: TileKey
    byte_range: ByteRange
    #: `CorruptFile`, `UnsupportedVersion`, or `InputError` if the file cannot be read there.
    error: FlacRasterError


TileOutcome = Union[Tile, DamagedTile]


class TilePipeline:
    """The tiles of a file; safe to use from several threads. ``workers`` as of `FlacRaster`."""

    def __init__(self, source: ByteSource, header: FileHeader, workers: int | None = None):
        self.workers = resolve_workers(workers)
        #: Uncertain and all pixel values of each decoded tile, if pixels have to be recovered.
        self.recovered: dict[TileKey, tuple[int, int]] = {}
        self._source, self._header, self._grid = source, header, header.index.grid
        self._dtype = np.dtype(header.metadata.dtype)

    def run(
        self,
        keys: Sequence[TileKey],
        *,
        check_md5: bool = True,
        together: bool = False,
        job: Job = NO_JOB,
    ) -> Generator[TileOutcome, None, None]:
        """Yield tiles in the order of ``keys``, decoding while later ones are being fetched.

        Each tile is compared with its MD5 if wanted, in addition to the CRC of each frame. With
        ``together``, all are decoded at once in this thread, which takes the least processor time.
        The progress of the job counts bytes.

        Raises
        ------
        RemoteError
            If a server does not deliver.
        Cancelled
        """
        workers, count = (1, 1) if together else self._division(keys)
        fetched = self._fetch_readable(keys, job)
        calls = (
            Call(self._source.name, self._decode_batch, batch, check_md5)
            for batch in split_evenly(zip(keys, fetched), len(keys), count)
        )
        with closing(fetched), ordered_results(calls, workers, job=job) as batches:
            for outcomes in batches:
                yield from outcomes

    def fetch(self, keys: Sequence[TileKey], *, job: Job = NO_JOB) -> Generator[bytes, None, None]:
        """Yield the bytes of tiles in the order of ``keys``, empty for tiles that take no bytes.

        All are requested at once, adjacent tiles together. The progress of the job counts bytes.
        """
        stored = self._header.index.stored(keys)
        found = self._source.read(stored.ranges, job=job)
        with closing(found):
            done = 0
            for number, data in zip(stored.numbers.tolist(), found):
                yield from repeat(b"", number - done)
                yield data
                done = number + 1
            yield from repeat(b"", len(keys) - done)

    def placeholder(self, key: TileKey) -> Tile:
        """Return pixels to use in the place of a damaged tile; see `placeholder_tile`."""
        masked = self._header.metadata.has_mask
        return placeholder_tile(key, self.spec(key), self._nodata_of(key), masked)

    def spec(self, key: TileKey) -> TileSpec:
        """Return what the index says about a tile."""
        window = self._grid.tile_window(key)
        bands = len(self._grid.tile_band_range(key))
        return TileSpec(self._dtype, bands, window.height, window.width)

    def _division(self, keys: Sequence[TileKey]) -> tuple[int, int]:
        """Return the number of workers that pay for these tiles, and the number of batches."""
        pixels = self._pixels_of(keys)
        wide = min(self._dtype.itemsize, 2)  # operations on single bytes are the shortest
        workers = max(1, min(self.workers, wide * pixels // _MIN_WORKER_BYTES))
        most = _MAX_BATCH_PIXELS if workers == 1 else _MAX_BATCH_PIXELS_OF_SEVERAL
        batch = min(max(pixels // _MIN_BATCHES, _MIN_BATCH_PIXELS), most)
        # a multiple of the workers, so that none is idle at the end
        return workers, workers * max(1, round(pixels / batch / workers))

    def _pixels_of(self, keys: Sequence[TileKey]) -> int:
        """Return about how many pixels of tiles are decoded, without a look at each tile.

        All bands and the padding of tiles are counted: thin ones have little else.
        """
        if isinstance(keys, TileSet):
            counts = {keys.level.number: len(keys)}
        else:
            counts = Counter(key.level for key in keys)
        pixels = 0
        for number, count in counts.items():
            level = self._grid.levels[number]
            height, width = (min(level.tile_size, side) for side in (level.height, level.width))
            pixels += min(
                count * padded(height) * padded(width),
                padded(level.height) * padded(level.width) * len(level.band_starts),
            )
        return pixels * self._grid.tile_bands

    def _fetch_readable(
        self, keys: Sequence[TileKey], job: Job
    ) -> Generator[bytes | None, None, None]:
        """Yield the bytes of tiles; if a part of the file cannot be read, None from there on."""
        try:
            yield from self.fetch(keys, job=job)
        except (RemoteError, Cancelled):
            raise
        except FlacRasterError:  # the error of each tile is found when it is fetched by itself
            yield from repeat(None)

    def _decode_batch(
        self, batch: Sequence[tuple[TileKey, bytes | None]], check_md5: bool
    ) -> list[TileOutcome]:
        """Decode tiles, those without bytes (None) after fetching them one by one."""
        decoded = iter(self._decode([(key, data) for key, data in batch if data], check_md5))
        return [
            self._outcome(key, data, next(decoded) if data else None, check_md5)
            for key, data in batch
        ]

    def _outcome(
        self, key: TileKey, data: bytes | None, result: DecodedTile | None, check_md5: bool
    ) -> TileOutcome:
        """Return a decoded tile, after another attempt if it is damaged."""
        byte_range = self._header.index.byte_range(key)
        try:
            if data is None:
                (data,) = self.fetch([key])
                result = self._decode([(key, data)], check_md5)[0] if data else None
            if isinstance(result, CorruptTile):
                (again,) = self._source.read([byte_range], bypass_cache=True)
                if again != data:
                    (result,) = self._decode([(key, again)], check_md5)
        except RemoteError:
            raise
        except (CorruptFile, InputError) as error:  # the file cannot be read there
            return DamagedTile(key, byte_range, error)
        if isinstance(result, FlacRasterError):
            return DamagedTile(key, byte_range, result)
        if result is None:  # it takes no bytes
            return Tile(key, nodata_tile(self.spec(key), self._nodata_of(key)), None, NODATA)
        return result

    def _decode(self, batch: Sequence[tuple[TileKey, bytes]], check_md5: bool) -> list[DecodedTile]:
        if not batch:
            return []
        stored = [StoredTile(data, key, self.spec(key)) for key, data in batch]
        decoded = self._header.decode(stored, self._source.name, check_md5=check_md5)
        if self._header.recovery is not None:
            intact = (one for one in decoded if isinstance(one, Tile))
            self.recovered.update((t.key, (t.uncertain, t.pixels.size)) for t in intact)
        return decoded

    def _nodata_of(self, key: TileKey) -> tuple[Number | None, ...]:
        bands = self._grid.tile_band_range(key)
        return self._header.metadata.nodata[bands.start : bands.stop]
