"""The spatial layout, "raw frames": it has an index and tags, but no pixels that can be recovered.

Release 0.1.2 scales pixels to -1..1 and passes these fractions to the encoder, which truncates them
to whole numbers: nearly all become 0. Release 0.2.0 scales each tile by its own minimum and maximum
without storing these. Either way, only the tags are of use.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from .. import flac
from ..errors import CorruptFile, Message, UnsupportedRaster
from ..flac.stream import FlacError
from ..format.header import MAX_PIXELS, FileHeader, check_tile_bytes
from ..format.metadata_blocks import StreamMetadata
from ..format.recovery import Recovery
from ..format.tag_text import decode_text
from ..format.tags import PREFIX, TagReader
from ..format.tile_index import TileIndex
from ..model.data_types import Array
from ..model.grid import Grid
from ..model.limits import check_tile, decode_cost
from ..model.metadata import Band, RasterMetadata
from ..storage.byte_source import ByteSource
from ..tile.decoding import DecodedTile, StoredTile
from .index_entries import INVALID, MAX_INDEX, integer_entry, parse_index, tile_entries
from .tags import MAX_CHANNELS, MOST_SAMPLES_PER_BYTE, Georeference, number

VERSION = "flac-raster, spatial"
#: Limit of the first tile, which tells the release.
_LONGEST_TILE = 64 << 20
#: Limit of the inflated index: some 400 bytes per tile, whose stream has 42 bytes or more.
_INDEX_PER_BYTE, _SHORT_INDEX = 16, 1 << 16


def is_spatial(stream: StreamMetadata) -> bool:
    """Return whether a stream has the tags of this layout."""
    tiling = stream.tags.get(PREFIX + "SPATIAL_TILING", "")
    return PREFIX + "SPATIAL_INDEX" in stream.tags or tiling.lower() == "true"


def read_spatial(source: ByteSource, stream: StreamMetadata) -> FileHeader:
    """Read the file header; its `Recovery.refusal` says why there are no pixels."""
    name, tags = source.name, stream.tags
    get = TagReader(name, tags)
    width, height = get.integer("WIDTH", MAX_PIXELS), get.integer("HEIGHT", MAX_PIXELS)
    count = get.integer("COUNT", MAX_CHANNELS)
    georeference = Georeference.of(name, tags, width, height)
    metadata = RasterMetadata(
        width, height, get.dtype(), (Band(),) * count, georeference.crs, georeference.transform
    )
    check_tile_bytes(metadata, 1, count, name)
    try:
        grid, sizes = _tiles(source, stream, metadata)
    except INVALID as error:
        raise _damaged(name, error) from error
    end = int(sizes[0])
    sizes[0] -= stream.frames_start
    return FileHeader(
        metadata=metadata,
        index=TileIndex.of(grid, sizes, stream.frames_start),
        version=VERSION,
        data_min=number(name, tags, "DATA_MIN"),
        data_max=number(name, tags, "DATA_MAX"),
        stream_info=stream.info,
        tags=tags,
        decode=_refuse,
        recovery=Recovery("spatial", False, refusal=_refusal(source, stream, grid, end)),
    )


def _refuse(
    stored: Sequence[StoredTile], name: str, *, check_md5: bool = True
) -> list[DecodedTile]:
    raise UnsupportedRaster("legacy.no_pixels", name)


def _damaged(name: str, error: Exception) -> CorruptFile:
    return CorruptFile("legacy.spatial_damaged", name, reason=error)


def _tiles(
    source: ByteSource, stream: StreamMetadata, metadata: RasterMetadata
) -> tuple[Grid, Array]:
    """Return the grid and the size of each tile, including the tags for the first one.

    The offsets in the index are useless: tags were inserted before the tiles later.
    """
    limit = min(MAX_INDEX, _INDEX_PER_BYTE * source.size + _SHORT_INDEX)
    text = decode_text(stream.tags.get(PREFIX + "SPATIAL_INDEX", ""), limit)
    frames = parse_index(text)["frames"]
    side = max(
        integer_entry(frames[0]["window"], name, 1, MAX_PIXELS) for name in ("width", "height")
    )
    count = metadata.count
    grid = Grid(metadata.width, metadata.height, side, 1, count, count)
    sizes = np.array([size for _, size in tile_entries(frames, grid)], np.int64)
    sizes[0] += source.size - int(sizes.sum())
    if not stream.frames_start < sizes[0] <= source.size:
        raise ValueError(f"the first tile ends at byte {sizes[0]} of {source.size}")
    return grid, sizes


def _refusal(source: ByteSource, stream: StreamMetadata, grid: Grid, end: int) -> str:
    """Return why the file has no pixels, which depends on the release that wrote it."""
    if stream.info.bits_per_sample != 32:
        return Message("recovery.no_ranges")
    samples = _first_tile(source, stream, grid, end)
    # what fractions of -1 to 1 and NaN are truncated to
    is_truncated = np.isin(samples, (-1, 0, 1, -(1 << 31))).all()
    return Message("recovery.never_stored" if is_truncated else "recovery.no_ranges")


def _first_tile(source: ByteSource, stream: StreamMetadata, grid: Grid, end: int) -> Array:
    """Return the samples of the first tile, which ends at byte ``end`` of the file."""
    name = source.name
    _, _, width, height = grid.tile_window(next(iter(grid.keys())))
    count = width * height
    try:
        if end > _LONGEST_TILE:
            raise ValueError(f"the first tile ends at byte {end}")
        if count * stream.info.channels > end * MOST_SAMPLES_PER_BYTE:
            raise ValueError(f"the first tile has {count} pixels in {end} bytes")
        check_tile(name, decode_cost(stream.info.channels, height, width, 4), source.size)
        (data,) = source.read([(0, end)])
        expected = replace(stream.info, total_samples=count)
        return flac.decode_channels(data, expected, check_md5=False)
    except (ValueError, FlacError) as error:
        raise _damaged(name, error) from error
