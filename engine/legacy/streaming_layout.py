"""The streaming layout: ``[4 bytes: length][JSON index][plain stream of each tile]``."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np

from ..errors import CorruptFile, CorruptTile, UnsupportedRaster, tile_place
from ..flac.stream import FlacError, MoreNeeded, parse_head
from ..format.header import MAX_PIXELS, FileHeader, check_tile_bytes
from ..format.metadata_blocks import parse_tags, read_stream_metadata
from ..format.recovery import Recovery
from ..format.tags import PREFIX
from ..format.tile_index import TileIndex
from ..model.data_types import Array
from ..model.grid import Grid
from ..storage.byte_source import ByteSource
from ..tile.decoding import DecodedTile, StoredTile, Tile, collect_errors
from ..tile.header import TileSpec
from .index_entries import INVALID, MAX_INDEX, MAX_OFFSET, integer_entry, parse_index, tile_entries
from .stream_decoder import NO_MD5, decode_stream
from .tags import Georeference, StreamDescription

VERSION = "flac-raster, streaming"
_LENGTH = 4
_ONE_BAND = (
    "flac-raster 0.1 keeps only the first band in files of this layout, and no nodata value; "
    "whether the original raster had more cannot be told."
)


def is_streaming(start: bytes, size: int) -> bool:
    """Return whether a file starts as this layout does.

    ``start`` is its first bytes, five or more if it has as many, ``size`` its size in bytes.
    """
    if start[_LENGTH : _LENGTH + 1] != b"{":
        return False
    # a truncated file is recognized by a key of its index
    return _LENGTH + int.from_bytes(start[:_LENGTH], "big") <= size or b'"transform":' in start


def read_streaming(source: ByteSource) -> FileHeader:
    """Read the file header, and the metadata blocks of the first tile."""
    name = source.name
    (first,) = source.read([(0, _LENGTH)])
    length = int.from_bytes(first, "big")
    if length > MAX_INDEX:
        raise CorruptFile("legacy.index_length", name, found=length, expected=MAX_INDEX)
    start = _LENGTH + length
    if start > source.size:
        raise CorruptFile("legacy.index_cut_off", name, found=source.size, expected=start)
    (text,) = source.read([(_LENGTH, length)])
    try:
        document = parse_index(text)
        grid, sizes = _tiles(document)
    except INVALID as error:
        raise CorruptFile("legacy.index_damaged", name, reason=error) from error
    end = start + int(sizes.sum())
    if end != source.size:
        code = "file.truncated" if source.size < end else "file.trailing_data"
        raise CorruptFile(code, name, found=source.size, expected=end)
    first_end = start + int(sizes[0])
    stream = read_stream_metadata(source, start, first_end)
    tile = StreamDescription.of(name, stream.tags, stream.info, first_end - start)
    raster = _raster(name, document, grid, tile)
    metadata = raster.metadata
    check_tile_bytes(metadata, grid.tile_size, raster.count, name)
    sizes[0] -= stream.frames_start
    return FileHeader(
        metadata=metadata,
        index=TileIndex.of(
            replace(grid, bands=raster.count, tile_bands=raster.count),
            sizes,
            start + stream.frames_start,
            start,
        ),
        version=VERSION,
        stream_info=stream.info,
        tags=stream.tags,
        decode=partial(_decode, tile),
        recovery=Recovery(
            "streaming",
            # each tile has its own range, which is always narrow for 8-bit integers only
            True if tile.offset is not None or tile.dtype.itemsize == 1 else None,
            () if "bands" in document else (_ONE_BAND,),
            has_md5=stream.info.md5 != NO_MD5,
        ),
    )


# ---------------------------------------------------------------- the index


def _tiles(document: dict[str, Any]) -> tuple[Grid, Array]:
    """Return the grid, of a single band, and the size of each tile."""
    width, height, side = (
        integer_entry(document, name, 1, MAX_PIXELS) for name in ("width", "height", "tile_size")
    )
    grid = Grid(width, height, side, 1)
    sizes: list[int] = []
    expected = 0
    for frame, size in tile_entries(document["frames"], grid):
        offset = integer_entry(frame, "byte_offset", 0, MAX_OFFSET)
        if offset != expected:
            raise ValueError(f"tile {len(sizes)} begins at byte {offset}, expected {expected}")
        sizes.append(size)
        expected += size
    return grid, np.array(sizes, np.int64)


def _raster(
    name: str, document: dict[str, Any], grid: Grid, tile: StreamDescription
) -> StreamDescription:
    """Describe the whole raster, by its index and, where that lacks a key, by its first tile."""
    declared = document.get("bands", tile.count), document.get("dtype", tile.dtype.name)
    if declared != (tile.count, tile.dtype.name):
        raise CorruptFile(
            "legacy.first_tile",
            name,
            count=f"{declared[0]!r:.40}",
            dtype=f"{declared[1]!r:.40}",
            found=f"{tile.count} of {tile.dtype}",
        )
    crs = document.get("crs")
    tags = {
        PREFIX + "TRANSFORM": json.dumps(document.get("transform")),
        PREFIX + "CRS": crs if isinstance(crs, str) else "",
    }
    georeference = Georeference.of(name, tags, grid.width, grid.height)
    return replace(tile, width=grid.width, height=grid.height, georeference=georeference)


# ---------------------------------------------------------------- tiles


def _decode(
    first: StreamDescription, stored: Sequence[StoredTile], name: str, *, check_md5: bool = True
) -> list[DecodedTile]:
    """See `TileDecoder`; all tiles must have the type and scaling of the first one."""
    return collect_errors(lambda tile: _tile(first, tile, name, check_md5), stored)


def _tile(first: StreamDescription, stored: StoredTile, name: str, check_md5: bool) -> Tile:
    data, key, shape = stored
    place = tile_place(name, key)
    try:
        head = parse_head(data)
        description = StreamDescription.of(
            place, parse_tags(data, head, place), head.info, len(data)
        )
    except MoreNeeded as error:
        raise CorruptTile("tile.cut_off", place, reason=error, found=len(data)) from error
    except (FlacError, CorruptFile, UnsupportedRaster) as error:
        raise CorruptTile("tile.damaged", place, reason=error) from error
    found = TileSpec(description.dtype, description.count, description.height, description.width)
    if found != shape or (description.offset is None) != (first.offset is None):
        raise CorruptTile("tile.shape", place, found=found, expected=shape)
    return decode_stream(data, description, head.info, key, name, check_md5)
