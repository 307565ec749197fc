"""Write the streaming layout so that flac-raster 0.1.2 reads every pixel exactly.

Its reader unscales samples to the range of the pixels. If that range is as wide as that of samples,
it returns them unchanged, so 8- and 16-bit integers are stored without scaling.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from .. import flac
from ..errors import InputError, UnsupportedRaster
from ..flac.stream import Settings
from ..format.header import ENCODER, check_tile_bytes, insert_tags
from ..format.tags import PREFIX
from ..job import NO_JOB, Job
from ..model.data_types import Array
from ..model.grid import Grid, TileKey, Window
from ..model.metadata import RasterMetadata
from ..model.nodata import cast_nodata
from ..model.raster import Raster
from ..model.transform import window_bounds, window_transform
from ..options import COMPRESSION_LEVELS
from ..parallel.executors import resolve_workers
from ..parallel.ordered import ATTEMPTS, Call, ordered_results
from ..parallel.raster_reference import reference_for
from ..storage.output import atomic_write
from ..writing.spool import Spool
from ..writing.traversal import iter_tile_pixels
from .index_entries import MAX_INDEX
from .tags import MAX_CHANNELS, SAMPLE_OFFSET

#: Offsets from pixels to signed samples of 16 bits.
_OFFSETS = {"uint8": 0, "int8": 0, "int16": 0, "uint16": -32768}
#: Range of pixels in the tags with which flac-raster keeps samples unchanged: it divides them by
#: 32768, which is exact in doubles.
_RANGE = (-32768.0, 32768.0)
#: Limit of the index entry of a tile, in bytes.
_LONGEST_ENTRY = 400
_LARGEST_TILE = 8192


@dataclass(frozen=True)
class StreamingOptions:
    """Options of the streaming layout.

    Parameters
    ----------
    tile_size : int
        In pixels.
    compression_level : int, optional
        Level of libFLAC, 0 (fast) to 8 (small, the default).
    workers : int, optional
        Number of tiles encoded at once; default one per processor.
    """

    tile_size: int = 1024
    compression_level: int | None = None
    workers: int | None = None

    def __post_init__(self) -> None:
        if not 1 <= self.tile_size <= _LARGEST_TILE:
            raise InputError(
                "option.streaming_tile_size", found=self.tile_size, expected=_LARGEST_TILE
            )
        if self.compression_level not in (None, *COMPRESSION_LEVELS):
            raise InputError("option.compression_level", found=self.compression_level)
        resolve_workers(self.workers)


def write_streaming(
    source: Raster,
    path: Path,
    options: StreamingOptions = StreamingOptions(),  # noqa: B008 (frozen)
    job: Job = NO_JOB,
    executor: Executor | None = None,
) -> None:
    """Write a raster in the streaming layout; see `engine.writing.writer.write_raster`.

    Raises `UnsupportedRaster` if flac-raster would change its pixels.
    """
    metadata = source.metadata
    grid = _grid(source.name, metadata, options)
    reference = reference_for(source)

    def calls() -> Iterator[Call[tuple[TileKey, bytes]]]:
        for key, (array, _) in iter_tile_pixels(source, grid):
            window = grid.tile_window(key)
            name = f"{source.name}, tile {key} ({window})"
            yield Call(
                name, _encode, key, array, _tags(metadata, window), options.compression_level
            )

    with atomic_write(path) as part, Spool(path) as spool:
        with ordered_results(
            calls(),
            options.workers,
            executor,
            attempts=ATTEMPTS,
            job=job,
            operation="operation.conversion",
        ) as streams:
            for key, data in streams:
                spool.add(key, data)
                job.progress(len(spool), grid.tile_count)
        if reference is not None:
            reference.check_unchanged()
        index = _index(metadata, grid, spool)
        with open(part, "wb") as file:
            file.write(len(index).to_bytes(4, "big") + index)
            for key in grid.keys():
                job.check("operation.conversion")
                file.write(spool.read(key))


def _grid(name: str, metadata: RasterMetadata, options: StreamingOptions) -> Grid:
    """Return the grid; raise `UnsupportedRaster` if the layout cannot hold the raster."""
    if metadata.dtype not in _OFFSETS:
        raise UnsupportedRaster("legacy.data_type", name, found=metadata.dtype)
    if metadata.count > MAX_CHANNELS:
        raise UnsupportedRaster("legacy.bands", name, found=metadata.count, expected=MAX_CHANNELS)
    check_tile_bytes(metadata, options.tile_size, metadata.count, name)
    size, count = options.tile_size, metadata.count
    grid = Grid(metadata.width, metadata.height, size, 1, count, count)
    if grid.tile_count * _LONGEST_ENTRY > MAX_INDEX:
        raise UnsupportedRaster("legacy.tiles", name, found=grid.tile_count, tile_size=size)
    return grid


def _encode(
    key: TileKey, array: Array, tags: dict[str, str], level: int | None
) -> tuple[TileKey, bytes]:
    """Encode a tile in a worker."""
    samples = array.reshape(len(array), -1).astype(np.int32) + int(tags[SAMPLE_OFFSET])
    settings = Settings(compression_level=8 if level is None else level)
    stream = flac.encode(samples.astype(np.int16), settings)
    return key, insert_tags(stream, tags, "a tile", padding=0)


def _tags(metadata: RasterMetadata, window: Window) -> dict[str, str]:
    """Return the tags of a tile, which flac-raster reads like those of a whole raster."""
    transform = window_transform(metadata.transform, window)
    bounds = window_bounds(metadata.transform, window)
    offset = _OFFSETS[metadata.dtype]
    nodata = set(metadata.nodata)
    value = nodata.pop() if len(nodata) == 1 else None
    if cast_nodata(np.dtype(metadata.dtype), value) is None:  # flac-raster cannot write it
        value = None
    values = {
        "CRS": metadata.crs or "",
        "WIDTH": window.width,
        "HEIGHT": window.height,
        "COUNT": metadata.count,
        "DTYPE": metadata.dtype,
        "NODATA": None if value is None else float(value),
        "DATA_MIN": _RANGE[0] - offset,
        "DATA_MAX": _RANGE[1] - offset,
        "TRANSFORM": json.dumps([*transform, 0.0, 0.0, 1.0]),
        "BOUNDS": json.dumps(dict(zip(("left", "bottom", "right", "top"), bounds))),
        "SPATIAL_TILING": False,
    }
    return {
        "TITLE": "Geospatial Raster Data",
        "DESCRIPTION": "Tile of a raster, for flac-raster",
        "ENCODER": ENCODER,
        **{PREFIX + key: str(value) for key, value in values.items()},
        SAMPLE_OFFSET: str(offset),
    }


def _index(metadata: RasterMetadata, grid: Grid, spool: Spool) -> bytes:
    frames, position = [], 0
    for number, key in enumerate(grid.keys()):
        window, size = grid.tile_window(key), spool.size(key)
        frames.append(
            {
                "frame_id": number,
                "bbox": window_bounds(metadata.transform, window),
                "window": window._asdict(),
                "byte_offset": position,
                "byte_size": size,
            }
        )
        position += size
    document: dict[str, Any] = {
        "crs": str(metadata.crs),
        "transform": [*metadata.transform, 0.0, 0.0, 1.0],
        "width": metadata.width,
        "height": metadata.height,
        "bands": metadata.count,
        "dtype": metadata.dtype,
        "tile_size": grid.tile_size,
        "encoder": ENCODER,
        "frames": frames,
    }
    return json.dumps(document, separators=(",", ":"), allow_nan=False).encode("utf-8")
