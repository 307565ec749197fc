"""Write a FLAC raster window by window, building the pyramid and encoding as it goes.

Tiles are encoded finest first but stored coarsest first, after an index of their sizes. Therefore
encoded tiles are spooled to a temporary file, and the output is assembled at the end.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import Executor
from dataclasses import replace
from typing import BinaryIO

import numpy as np

from ..errors import InputError, UnsupportedRaster
from ..flac.stream import parse_head
from ..format import header
from ..format.metadata_json import check_readable
from ..format.statistics import TileStatistics
from ..format.style import encode_style
from ..format.tile_index import TileIndex
from ..job import NO_JOB, Job
from ..model.data_types import check_dtype
from ..model.grid import Grid, TileKey
from ..model.limits import min_file_size
from ..model.metadata import RasterMetadata
from ..model.raster import Raster
from ..parallel.executors import shares_memory
from ..parallel.ordered import ATTEMPTS, ordered_results
from ..parallel.raster_reference import reference_for
from ..storage.output import atomic_write, local_output
from ..tile.encoding import EncodedTile
from .grid_choice import choose_grid
from .options import WriteOptions
from .pyramid import EncodingSpec, Pixels, PyramidBuilder
from .spool import Spool
from .traversal import iter_tile_pixels, iter_tile_windows


def write_raster(
    source: Raster,
    path: str | os.PathLike[str],
    options: WriteOptions = WriteOptions(),  # noqa: B008 (frozen)
    job: Job = NO_JOB,
    executor: Executor | None = None,
) -> None:
    """Write a raster as FLAC.

    Parameters
    ----------
    source : Raster
    path : path
        Replaced atomically at the end; call `output.check_output` before.
    options : WriteOptions
    job : Job, optional
        Its progress counts tiles.
    executor : Executor, optional
        Encodes the tiles; default threads. Workers in other processes read their windows
        themselves if they can open the raster by name. The file does not depend on the executor.

    Raises
    ------
    UnsupportedRaster
        If the raster cannot be stored losslessly.
    OutputError
        If the system refuses to write.
    WorkerError
        If a worker fails again and again.
    Cancelled
    """
    path = local_output(path)
    if not hasattr(source, "metadata"):
        raise InputError("raster.type", found=type(source).__name__)
    metadata = source.metadata
    check_dtype(metadata.dtype, source.name)
    check_readable(metadata, source.name)
    if options.style:
        encode_style(options.style)
    grid = choose_grid(metadata, options)
    # all bands of a block are in memory at once, however they are divided into tiles
    header.check_tile_bytes(metadata, grid.tile_size, metadata.count, source.name)
    method = options.overview_resampling
    if method == "auto":
        method = "mode" if metadata.is_categorical else "average"
    encoding = EncodingSpec(
        grid, metadata.nodata, options.effort, options.compression_level, method
    )
    reference = reference_for(source)
    tally = _Tally(grid, metadata, source.name)
    is_local = executor is None or shares_memory(executor)
    if is_local:
        encoding = replace(encoding, job=job.silent)
    pyramid = PyramidBuilder(metadata, encoding, source.name)
    tiles: Iterator[tuple[TileKey, Pixels]]
    if is_local or reference is None:
        tiles = iter_tile_pixels(source, grid)
    else:
        tiles = iter_tile_windows(reference, metadata, grid)
    with atomic_write(path) as temporary, Spool(path) as spool:
        with ordered_results(
            pyramid.calls(tiles),
            options.workers,
            executor,
            attempts=ATTEMPTS,
            job=job,
            operation="operation.conversion",
        ) as blocks:
            for block in blocks:
                for key, tile in block.tiles.items():
                    spool.add(key, tile.data)
                    tally.add(key, tile)
                    job.progress(len(spool), grid.tile_count)
                pyramid.add(block)
        if reference is not None:
            reference.check_unchanged()
        with open(temporary, "wb") as file:
            _assemble(file, spool, tally, grid, metadata, options, job)


class _Tally:
    """Statistics of encoded tiles, which the header lists."""

    def __init__(self, grid: Grid, metadata: RasterMetadata, name: str):
        self.codings: dict[str, tuple[int, int]] = {}
        dtype = np.dtype(metadata.dtype)
        try:  # complex numbers have no minimum
            self.statistics = None if dtype.kind == "c" else TileStatistics.empty(grid, dtype)
        except (MemoryError, ValueError) as error:  # the latter of more than fit into a number
            raise UnsupportedRaster(
                "raster.too_many_tiles",
                name,
                width=metadata.width,
                height=metadata.height,
                tile_size=grid.tile_size,
            ) from error

    def add(self, key: TileKey, tile: EncodedTile) -> None:
        """Count a tile."""
        tiles, size = self.codings.get(tile.coding, (0, 0))
        self.codings[tile.coding] = (tiles + 1, size + len(tile.data))
        if key.level == 0 and self.statistics is not None:
            self.statistics.put(key, tile.minimum, tile.maximum)


def _assemble(
    file: BinaryIO,
    spool: Spool,
    tally: _Tally,
    grid: Grid,
    metadata: RasterMetadata,
    options: WriteOptions,
    job: Job,
) -> None:
    """Write the header and the tiles in the order of the file."""
    keys = list(grid.keys())
    job.check("operation.conversion")
    first = spool.read(keys[0])
    sizes = np.array([spool.size(key) for key in keys], np.int64)
    header_size = parse_head(first).frames_start
    sizes[0] -= header_size
    index = TileIndex.of(grid, sizes, 0)
    tags = header.build_tags(
        metadata,
        index,
        title=options.title,
        date=options.date,
        statistics=tally.statistics,
        codings=tally.codings,
        header_size=header_size,
        style=options.style,
    )
    # a file with few stored tiles would be refused as hostile; padding makes it large enough
    least = min_file_size(header.max_decode_cost(metadata, grid))
    content = int(sizes.sum())
    padding = max(header.padding_size(content), least - content)
    file.write(header.insert_tags(first, tags, os.fspath(options.title), padding))
    for key in keys[1:]:
        job.check("operation.conversion")
        file.write(spool.read(key))
