"""Write a FLAC raster window by window, building the pyramid and encoding as it goes.

Tiles come into being finest first but are stored coarsest first, with an index in front that needs
all their sizes. So encoded tiles wait in a nameless temporary file, and the output is put together
at the end.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Generator, Iterator
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

import numpy as np

from ..errors import InputError, UnsupportedRaster
from ..flac.stream import Settings, parse_head
from ..format import header
from ..format.metadata_json import check_readable
from ..format.statistics import TileStatistics
from ..format.tile_index import TileIndex
from ..job import NO_JOB, Job
from ..model.data_types import check_dtype
from ..model.grid import TILE_SIZES, Grid, TileKey, Window, default_tile_size
from ..model.limits import least_file_bytes
from ..model.metadata import RasterMetadata
from ..model.raster import Block, Raster
from ..options import DEFAULT_EFFORT, EFFORTS, INTERLEAVES, OVERVIEWS
from ..parallel.executors import check_workers, executor_for, shares_memory
from ..parallel.ordered import Tasks
from ..parallel.raster_reference import RasterReference, RasterWindow, reference_to
from ..storage.output import local_output, replacing, write_error
from ..tile.encoding import EncodedTile
from .pyramid import EncodingSpec, Finished, Pixels, Pyramid

#: Bytes of pixels read at once: wide enough that a raster stored in rows is not decoded over and
#: over, small enough that memory does not follow the width of the raster.
_STRIP_BYTES = 16 << 20
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
    tile_size : int, optional
        Pixels, a multiple of 16; default `default_tile_size`.
    overviews : str
        ``auto`` (mode for palettes and classes, else average), ``average``, ``mode``, ``nearest``
        or ``none``.
    interleave : str
        Which bands share a tile: ``pixel`` for all, ``band`` for none, or ``auto``.
    workers : int, optional
        Tiles encoded at once; default one per processor.
    title, date : str, optional
        Tags that audio programs show.
    """

    effort: str = DEFAULT_EFFORT
    level: int | None = None
    tile_size: int | None = None
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
        if self.tile_size is not None and self.tile_size not in TILE_SIZES:
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
    path: str | os.PathLike,
    options: WriteOptions = WriteOptions(),  # noqa: B008 (frozen)
    job: Job = NO_JOB,
    executor: Executor | None = None,
) -> None:
    """Write a raster as FLAC.

    Parameters
    ----------
    source : Raster
    path : path
        Replaced whole at the end; see `output.check_output` for what to check before.
    options : WriteOptions
    job : Job, optional
        Its progress counts tiles.
    executor : Executor, optional
        Encodes the tiles; default threads. Workers that do not share the memory of this process
        read their own windows, where the raster has a name by which they can open it. The file is
        the same for all.

    Raises
    ------
    UnsupportedRaster
        If the raster cannot be kept without loss.
    OutputError
        If the system refuses to write.
    WorkerError
        If a worker fails again and again.
    Cancelled
    """
    path = local_output(path)
    if not hasattr(source, "metadata"):
        raise InputError(
            f"The raster is a {type(source).__name__}, expected a raster such as "
            "ArrayRaster(metadata, array)."
        )
    metadata = source.metadata
    check_dtype(metadata.dtype, source.name)
    check_readable(metadata, source.name)
    # however they are divided, all bands of a tile's pixels are in memory at a time
    tile_size = options.tile_size or default_tile_size(metadata.width, metadata.height)
    header.check_tile_bytes(metadata, tile_size, metadata.count, source.name)
    grid = Grid.pyramid(
        metadata.width,
        metadata.height,
        tile_size,
        metadata.count,
        tile_bands(metadata.count, options.interleave),
    )
    if options.overviews == "none":
        grid = replace(grid, level_count=1)
    method = options.overviews
    if method == "auto":
        method = "mode" if metadata.is_classes else "average"
    settings = Settings(level=options.level)
    encoding = EncodingSpec(grid, metadata.nodata, settings, options.effort, method)
    reference = reference_to(source)
    with replacing(path) as part, spool(path) as waiting:
        try:
            store = _TileStore(waiting, path, grid, np.dtype(metadata.dtype), job)
        except (MemoryError, ValueError) as error:  # the latter of more than fit into a number
            raise UnsupportedRaster(
                f"{source.name} has {metadata.width} x {metadata.height} pixels, more tiles of "
                f"{tile_size} x {tile_size} than there is memory for; use larger tiles, or convert "
                "it in parts."
            ) from error
        with executor_for(options.workers, executor) as (pool, workers):
            by_name = reference
            if shares_memory(pool):
                by_name, encoding = None, replace(encoding, job=job.silent)
            tasks: Tasks[Finished] = Tasks(pool, workers, job, "The conversion")
            with tasks:
                pyramid = Pyramid(metadata, encoding, tasks, store.add, source.name)
                for key, pixels in tiles(source, by_name, grid):
                    pyramid.add(key, pixels)
                pyramid.finish()
        if reference is not None:
            reference.check_unchanged()
        with open(part, "wb") as file:
            _assemble(file, store, grid, metadata, options, job)


def tile_bands(count: int, interleave: str) -> int:
    """Choose how many of a raster's bands share a tile; see `WriteOptions`."""
    return min(count, {"pixel": count, "band": 1, "auto": AUTO_TILE_BANDS}[interleave])


def tiles(
    source: Raster, reference: RasterReference | None, grid: Grid
) -> Generator[tuple[TileKey, Pixels], None, None]:
    """Yield all squares of level 0 by their first tiles, in an order of few unfinished parents.

    Parameters
    ----------
    source : Raster
    reference : RasterReference, optional
        By which workers read the pixels; without it, they are read here, a strip at a time, since
        that suits all rasters.
    grid : Grid
    """
    level = grid.levels[0]
    for strip in strips(grid, source.metadata):
        keys = level.keys_in(strip, bands=(0,))
        if reference is not None:
            yield from ((key, RasterWindow(reference, grid.tile_window(key))) for key in keys)
            continue
        array, mask = _read(source, strip)
        for key in keys:
            rows, columns = grid.tile_window(key).relative_to(strip).slices
            # copies, so that a tile still waiting does not keep the whole strip
            pixels = array[:, rows, columns].copy()
            yield key, (pixels, None if mask is None else mask[rows, columns].copy())


def _read(source: Raster, window: Window) -> Block:
    """Read from the source; a disk that fails there is no fault of the output."""
    try:
        return source.read_block(window)
    except OSError as error:
        raise InputError(
            f"{source.name} cannot be read at {window}: {error.strerror or error}; check the disk "
            "or the network."
        ) from error


# ---------------------------------------------------------------- what to read when


def strips(grid: Grid, metadata: RasterMetadata) -> Iterator[Window]:
    """Cut level 0 into strips one tile high, in an order that keeps few unfinished parents.

    Square blocks of ``2**k`` × ``2**k`` tiles, as wide as `_STRIP_BYTES` allows, follow one another
    in Z-order; each is read strip by strip from top to bottom. So at any time at most one strip's
    worth of parents per level is unfinished, whatever the size of the raster.
    """
    size, level = grid.tile_size, grid.levels[0]
    tile_bytes = level.tile_pixels * metadata.count * np.dtype(metadata.dtype).itemsize
    block = 1
    while 2 * block * tile_bytes <= _STRIP_BYTES:
        block *= 2
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


# ---------------------------------------------------------------- encoded tiles


class _TileStore:
    """Takes encoded tiles as they are finished and remembers where they wait."""

    def __init__(self, spool: BinaryIO, path: Path, grid: Grid, dtype: np.dtype, job: Job):
        self._spool, self._path = spool, path
        self._total, self._job = grid.tile_count, job
        self._position = 0
        self.places: dict[TileKey, tuple[int, int]] = {}
        self.codings: dict[str, tuple[int, int]] = {}
        #: Complex numbers have none.
        self.statistics = TileStatistics.empty(grid, dtype) if dtype.kind != "c" else None

    def add(self, key: TileKey, tile: EncodedTile) -> None:
        """Store a tile."""
        try:
            self._spool.write(tile.data)
        except OSError as error:
            raise write_error(self._path, error) from error
        self.places[key] = (self._position, len(tile.data))
        self._position += len(tile.data)
        tiles, size = self.codings.get(tile.coding, (0, 0))
        self.codings[tile.coding] = (tiles + 1, size + len(tile.data))
        if key.level == 0 and self.statistics is not None:
            self.statistics.put(key, tile.minimum, tile.maximum)
        self._job.progress(len(self.places), self._total)

    def read(self, key: TileKey) -> bytes:
        """Return a stored tile."""
        offset, size = self.places[key]
        self._spool.seek(offset)
        return self._spool.read(size)


def spool(path: Path) -> BinaryIO:
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
    job: Job,
) -> None:
    """Write head and tiles in the order of the file."""
    keys = list(grid.keys())
    job.check("The conversion")
    first = store.read(keys[0])
    sizes = np.array([store.places[key][1] for key in keys], np.int64)
    head_size = parse_head(first).frames_start
    sizes[0] -= head_size
    index = TileIndex.of(grid, sizes, 0)
    tags = header.build_tags(
        metadata,
        index,
        title=options.title,
        date=options.date,
        statistics=store.statistics,
        codings=store.codings,
        head_size=head_size,
    )
    # readers refuse short files of large tiles, see `limits`; only those of hardly any content are
    least = least_file_bytes(header.largest_tile_cost(metadata, grid))
    content = int(sizes.sum())
    padding = max(header.padding(content), least - content)
    file.write(header.with_tags(first, tags, os.fspath(options.title), padding))
    for key in keys[1:]:
        job.check("The conversion")
        file.write(store.read(key))
