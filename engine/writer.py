"""Write a FLAC raster window by window, building the pyramid and encoding as it goes.

Tiles come into being finest first but are stored coarsest first, with an index in front that needs
all their sizes. So encoded tiles wait in a nameless temporary file, and the output is put together
at the end.
"""

from __future__ import annotations

import os
import tempfile
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import BinaryIO

import numpy as np

from . import container, overviews
from .coding.choose import DEFAULT_EFFORT, EFFORTS
from .errors import Cancelled, InputError
from .flac.stream import Settings
from .grid import Grid, TileKey, Window
from .index import TILE_SIZES, TileIndex
from .metadata import Number, RasterMetadata
from .output import replacing, write_error
from .parallel import (
    IsCancelled,
    Progress,
    check_workers,
    executor_for,
    never_cancelled,
    no_progress,
)
from .pixels import check_dtype
from .raster import Block, Raster
from .tile import EncodedTile, encode_tile

#: Bytes of pixels read at once: wide enough that a raster stored in rows is not decoded over and
#: over, small enough that memory does not follow the width of the raster.
_STRIP_BYTES = 16 << 20
OVERVIEWS = ("auto", *overviews.METHODS, "none")
INTERLEAVES = ("auto", "pixel", "band")
#: What ``auto`` puts into one tile; see docs/format.md for the measurements behind it.
AUTO_TILE_BANDS = 4


@dataclass(frozen=True)
class WriteOptions:
    """How to write a FLAC raster.

    Parameters
    ----------
    effort : str
        How much is tried to make tiles small: ``fast`` (and fast to read), ``balanced`` or
        ``small``.
    level : int, optional
        FLAC compression, 0 (fast) to 8 (small); default what suits the effort.
    tile_size : int
        Pixels, a multiple of 16.
    overviews : str
        ``auto`` (mode for palettes and classes, else average), ``average``, ``mode``, ``nearest``
        or ``none``.
    interleave : str
        Which bands share a tile: ``pixel`` for all, ``band`` for none, or ``auto`` for up to four.
    workers : int, optional
        Tiles encoded at once; default one per processor.
    title, date : str, optional
        Tags that audio programs show.
    """

    effort: str = DEFAULT_EFFORT
    level: int | None = None
    tile_size: int = 512
    overviews: str = "auto"
    interleave: str = "auto"
    workers: int | None = None
    title: str = ""
    date: str | None = None

    def __post_init__(self) -> None:
        if self.effort not in EFFORTS:
            raise InputError(
                f"The effort is {self.effort!r}, expected one of {', '.join(EFFORTS)}."
            )
        if self.level is not None and self.level not in range(9):
            raise InputError(f"The compression level is {self.level}, expected 0 to 8.")
        if self.tile_size not in TILE_SIZES:
            raise InputError(
                f"The tile size is {self.tile_size}, expected a multiple of 16 from "
                f"{TILE_SIZES[0]} to "
                f"{TILE_SIZES[-1]}."
            )
        if self.overviews not in OVERVIEWS:
            raise InputError(
                f"Overviews are {self.overviews!r}, expected one of {', '.join(OVERVIEWS)}."
            )
        if self.interleave not in INTERLEAVES:
            raise InputError(
                f"The interleave is {self.interleave!r}, expected one of {', '.join(INTERLEAVES)}."
            )
        check_workers(self.workers)


def write_raster(
    source: Raster,
    path: Path,
    options: WriteOptions = WriteOptions(),  # noqa: B008 (frozen)
    progress: Progress = no_progress,
    is_cancelled: IsCancelled = never_cancelled,
) -> None:
    """Write a raster as FLAC.

    Parameters
    ----------
    source : Raster
    path : Path
        Replaced whole at the end; see `output.check_output` for what to check before.
    options : WriteOptions
    progress : callable
        Told tiles done and tiles in all.
    is_cancelled : callable

    Raises
    ------
    UnsupportedRaster
        If the raster cannot be kept without loss.
    OutputError
        If the system refuses to write.
    Cancelled
    """
    metadata = source.metadata
    check_dtype(metadata.dtype, source.name)
    # however they are divided, all bands of a tile's pixels are in memory at a time
    container.check_tile_bytes(metadata, options.tile_size, metadata.count, source.name)
    grid = Grid.pyramid(
        metadata.width,
        metadata.height,
        options.tile_size,
        metadata.count,
        tile_bands(metadata.count, options.interleave),
    )
    if options.overviews == "none":
        grid = replace(grid, level_count=1)
    method = options.overviews
    if method == "auto":
        method = "mode" if metadata.is_classes else "average"
    settings = audio_settings(metadata, options)
    with replacing(path) as part, _spool(path) as spool:
        with executor_for(options.workers) as (executor, workers):
            store = _TileStore(spool, path, grid.tile_count, progress, is_cancelled)
            pyramid = _Pyramid(
                grid, metadata, method, settings, options.effort, executor, store, 2 * workers
            )
            for window in strips(grid, metadata):
                pyramid.add_strip(window, _read(source, window))
            store.drain()
        with open(part, "wb") as file:
            _assemble(file, store, grid, metadata, options, is_cancelled)


def tile_bands(count: int, interleave: str) -> int:
    """Choose how many of a raster's bands share a tile; see `WriteOptions`."""
    return min(count, {"pixel": count, "band": 1, "auto": AUTO_TILE_BANDS}[interleave])


def _read(source: Raster, window: Window) -> Block:
    """Read from the source; a disk that fails there is no fault of the output."""
    try:
        return source.read_block(window)
    except OSError as error:
        raise InputError(
            f"{source.name} cannot be read at {window}: {error.strerror or error}; check the disk "
            "or the network."
        ) from error


def audio_settings(metadata: RasterMetadata, options: WriteOptions) -> Settings:
    """Choose the audio parameters from the raster.

    The sample rate says how large the raster is, in flac-raster's four steps: 44.1 kHz below a
    million values, 48, 96 and 192 kHz from a million, ten and a hundred million. The bit depth
    follows from the data type.
    """
    values = metadata.width * metadata.height * metadata.count
    rate = 44100
    for limit, faster in ((10**6, 48000), (10**7, 96000), (10**8, 192000)):
        if values >= limit:
            rate = faster
    # the streamable subset has large blocks above 48 kHz only; they are quicker to read, small ones
    # a little smaller
    large = rate > 48000 and options.effort != "small"
    return Settings(level=options.level, sample_rate=rate, blocksize=16384 if large else 4096)


# ---------------------------------------------------------------- what to read when


def strips(grid: Grid, metadata: RasterMetadata) -> Iterator[Window]:
    """Cut level 0 into strips one tile high, in an order that keeps few unfinished parents.

    Square blocks of ``2**k`` × ``2**k`` tiles, as wide as `_STRIP_BYTES` allows, follow one another
    in Z-order; each is read strip by strip from top to bottom. So at any time at most one strip's
    worth of parents per level is unfinished, whatever the size of the raster.
    """
    size = grid.tile_size
    tile_bytes = size * size * metadata.count * np.dtype(metadata.dtype).itemsize
    block = 1
    while 2 * block * tile_bytes <= _STRIP_BYTES:
        block *= 2
    level = grid.levels[0]
    for row, column in _z_order(-(-level.rows // block), -(-level.columns // block)):
        first = column * block * size
        for tile_row in range(row * block, min((row + 1) * block, level.rows)):
            yield Window(first, tile_row * size, block * size, size).intersection(level.window)


def _z_order(rows: int, columns: int) -> Iterator[tuple[int, int]]:
    """All cells of a rectangle, each quarter of its enclosing square before the next."""
    side = 1 << (max(rows, columns) - 1).bit_length()
    quarters = [(0, 0, side)]
    while quarters:
        row, column, side = quarters.pop()
        if row >= rows or column >= columns:
            continue
        if side == 1:
            yield row, column
            continue
        side //= 2
        quarters += [(row + y * side, column + x * side, side) for y in (1, 0) for x in (1, 0)]


# ---------------------------------------------------------------- the pyramid


@dataclass
class _Parent:
    """All bands of a square of a coarser level, filled by its up to four children."""

    array: np.ndarray
    mask: np.ndarray | None
    missing: int


@dataclass
class _Pyramid:
    """Encodes every tile it is given and builds the coarser levels, in whatever order they come."""

    grid: Grid
    metadata: RasterMetadata
    method: str
    settings: Settings
    effort: str
    executor: Executor
    store: _TileStore
    ahead: int
    parents: dict[TileKey, _Parent] = field(default_factory=dict)

    def add_strip(self, window: Window, block: Block) -> None:
        """Cut a strip of level 0 into tiles and add them."""
        array, mask = block
        for key in self.grid.levels[0].keys_in(window, bands=(0,)):
            rows, columns = self.grid.tile_window(key).relative_to(window).slices
            # copies, so that a tile still waiting does not keep the whole strip
            self._add_square(
                key,
                array[:, rows, columns].copy(),
                None if mask is None else mask[rows, columns].copy(),
            )

    def _add_square(self, key: TileKey, array: np.ndarray, mask: np.ndarray | None) -> None:
        """Add all tiles of a square; the key is that of the first."""
        for first in self.grid.levels[key.level].band_starts:
            self._add(key._replace(band=first), array, mask)
        if key.level < self.grid.level_count - 1:
            self._fill_parent(key, *overviews.halve(array, mask, self.metadata.nodata, self.method))

    def _add(self, key: TileKey, array: np.ndarray, mask: np.ndarray | None) -> None:
        bands = self.grid.tile_band_range(key)
        future = self.executor.submit(
            encode_tile,
            key,
            array[bands.start : bands.stop],
            mask,
            self.metadata.nodata[bands.start : bands.stop],
            self.settings,
            self.effort,
            # the file's first stream carries the tags
            may_be_empty=key != TileKey(self.grid.level_count - 1, 0, 0),
        )
        self.store.put(key, future, self.ahead)

    def _fill_parent(self, key: TileKey, array: np.ndarray, mask: np.ndarray | None) -> None:
        parent = self.parents.get(key.parent)
        if parent is None:
            parent = self.parents[key.parent] = self._new_parent(key.parent)
        half = self.grid.tile_size // 2
        top, left = (key.row % 2) * half, (key.column % 2) * half
        place = Window(left, top, array.shape[2], array.shape[1]).slices
        parent.array[(slice(None), *place)] = array
        if mask is not None:
            parent.mask[place] = mask
        parent.missing -= 1
        if not parent.missing:
            del self.parents[key.parent]
            self._add_square(key.parent, parent.array, parent.mask)

    def _new_parent(self, key: TileKey) -> _Parent:
        window = self.grid.tile_window(key)
        shape = (window.height, window.width)
        finer = self.grid.levels[key.level - 1]
        children = min(2, finer.rows - 2 * key.row) * min(2, finer.columns - 2 * key.column)
        return _Parent(
            np.empty((self.metadata.count, *shape), self.metadata.dtype),
            np.empty(shape, bool) if self.metadata.mask else None,
            children,
        )


# ---------------------------------------------------------------- encoded tiles


class _TileStore:
    """Takes encoded tiles as they are finished and remembers where they wait."""

    def __init__(
        self,
        spool: BinaryIO,
        path: Path,
        total: int,
        progress: Progress,
        is_cancelled: IsCancelled,
    ):
        self._spool, self._path = spool, path
        self._total, self._progress, self._is_cancelled = total, progress, is_cancelled
        self._pending: deque[tuple[TileKey, Future[EncodedTile]]] = deque()
        self._position = 0
        self.places: dict[TileKey, tuple[int, int]] = {}
        self.codings: dict[str, tuple[int, int]] = {}
        self.minimum: Number | None = None
        self.maximum: Number | None = None

    def put(self, key: TileKey, future: Future[EncodedTile], ahead: int) -> None:
        """Queue a tile; wait for the oldest where more than ``ahead`` are unfinished."""
        self._pending.append((key, future))
        while len(self._pending) > ahead:
            self._store_oldest()

    def drain(self) -> None:
        """Wait for all tiles."""
        while self._pending:
            self._store_oldest()

    def _store_oldest(self) -> None:
        if self._is_cancelled():
            raise Cancelled("The conversion")
        key, future = self._pending.popleft()
        tile = future.result()
        try:
            self._spool.write(tile.data)
        except OSError as error:
            raise write_error(self._path, error) from error
        self.places[key] = (self._position, len(tile.data))
        self._position += len(tile.data)
        tiles, size = self.codings.get(tile.coding, (0, 0))
        self.codings[tile.coding] = (tiles + 1, size + len(tile.data))
        if key.level == 0:
            self.minimum = _fold(min, self.minimum, tile.minimum)
            self.maximum = _fold(max, self.maximum, tile.maximum)
        self._progress(len(self.places), self._total)

    def read(self, key: TileKey) -> bytes:
        """Return a stored tile."""
        offset, size = self.places[key]
        self._spool.seek(offset)
        return self._spool.read(size)


def _fold(choose, known: Number | None, more: Sequence[Number | None]) -> Number | None:
    values = [value for value in (known, *more) if value is not None]
    return choose(values) if values else None


def _spool(path: Path) -> BinaryIO:
    """Open a nameless file beside the output: it vanishes with the process, however that ends."""
    try:
        return tempfile.TemporaryFile(dir=path.parent)  # type: ignore[return-value]
    except OSError as error:
        raise write_error(path, error) from error


def _assemble(
    file: BinaryIO,
    store: _TileStore,
    grid: Grid,
    metadata: RasterMetadata,
    options: WriteOptions,
    is_cancelled: IsCancelled,
) -> None:
    """Write head and tiles in the order of the file."""
    keys = list(grid.keys())
    if is_cancelled():
        raise Cancelled("The conversion")
    first = store.read(keys[0])
    sizes = np.array([store.places[key][1] for key in keys], np.int64)
    sizes[0] -= container.parse_head(first).frames_start
    index = TileIndex(grid, sizes, 0)
    tags = container.build_tags(
        metadata,
        index,
        title=options.title,
        date=options.date,
        extremes=(store.minimum, store.maximum),
        codings=store.codings,
    )
    file.write(container.with_tags(first, tags, os.fspath(options.title)))
    for key in keys[1:]:
        if is_cancelled():
            raise Cancelled("The conversion")
        file.write(store.read(key))
