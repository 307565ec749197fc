"""The file header: metadata and tile index as tags that any audio tagger can read.

One FLAC stream per tile follows (see `tile`).
"""

from __future__ import annotations

import hashlib
import io
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from mutagen.flac import FLAC

from .._version import __version__
from ..errors import CorruptFile, NotFlacRaster, UnsupportedRaster, UnsupportedVersion, tile_place
from ..flac.stream import MAX_BLOCK, StreamInfo
from ..model import data_types
from ..model.grid import Grid, TileKey
from ..model.limits import MAX_TILE_BYTES, check_tile, decode_cost, max_tile_size, padded
from ..model.metadata import WIDENED_TYPES, Number, RasterMetadata, number_to_json
from ..model.nodata import cast_nodata
from ..storage.byte_source import FIRST_READ
from ..tile.decoding import TileDecoder, decode_tiles
from .index_text import read_index
from .metadata_blocks import StreamMetadata
from .metadata_json import metadata_from_json, metadata_to_json, required_minor_version
from .recovery import Recovery
from .statistics import TileStatistics
from .style import STYLE, encode_style
from .tags import PREFIX, TagReader
from .tile_index import TileIndex
from .tile_set import TileSet

#: Latest version of the format that this release reads and, if a file needs it, writes.
FORMAT_VERSION = "1.1"
_MAJOR = FORMAT_VERSION.split(".")[0]
#: Tags of this format only.
VERSION, CHECKSUM = PREFIX + "VERSION", PREFIX + "CHECKSUM"
ENCODER = f"flac-raster-qgis {__version__}"
#: Maximum of `padding_size`.
PADDING = 1024
MAX_PIXELS = 1 << 31
MAX_BANDS = (1 << 16) - 1


@dataclass(frozen=True)
class FileHeader:
    """Contents of a file header."""

    metadata: RasterMetadata
    index: TileIndex
    #: Of the format.
    version: str
    #: STREAMINFO of the first stream.
    stream_info: StreamInfo
    #: All tags, as a tagger shows them.
    tags: Mapping[str, str]
    #: Minimum and maximum of the valid pixels of all bands.
    data_min: Number | None = None
    data_max: Number | None = None
    statistics: TileStatistics | None = None
    #: Decodes the streams of tiles.
    decode: TileDecoder = decode_tiles
    #: How pixels are recovered from legacy files.
    recovery: Recovery | None = None


# ---------------------------------------------------------------- writing


def build_tags(
    metadata: RasterMetadata,
    index: TileIndex,
    *,
    title: str,
    date: str | None,
    statistics: TileStatistics | None,
    codings: Mapping[str, tuple[int, int]],
    header_size: int = 0,
    style: str | None = None,
) -> dict[str, str]:
    """Return all tags of a file, in the order in which a tagger shows them.

    Statistics are of all tiles of level 0, ``codings`` the numbers of tiles and of bytes by coding,
    ``header_size`` the bytes of the other metadata blocks of the first stream, and ``style`` the
    text of a style of QGIS.
    """
    grid = index.grid
    nodata = {number_to_json(value) for value in metadata.nodata}
    min_max = None if statistics is None else statistics.overall()
    geospatial = {
        "VERSION": f"{_MAJOR}.{required_minor_version(metadata)}",
        "CRS": metadata.crs,
        "WIDTH": metadata.width,
        "HEIGHT": metadata.height,
        "COUNT": metadata.count,
        "DTYPE": metadata.dtype,
        "NODATA": nodata.pop() if len(nodata) == 1 else None,
        "DATA_MIN": min_max and min_max.minimum,
        "DATA_MAX": min_max and min_max.maximum,
        "TRANSFORM": json.dumps([*metadata.transform, 0.0, 0.0, 1.0]),
        "BOUNDS": json.dumps(dict(zip(("left", "bottom", "right", "top"), metadata.bounds))),
        "SPATIAL_TILING": "true",
        "TILE_SIZE": grid.tile_size,
        "NUM_TILES": grid.tile_count,
        "CODINGS": json.dumps(codings, sort_keys=True, separators=(",", ":")),
        "METADATA": metadata_to_json(metadata),
        "SPATIAL_INDEX": index.to_text(),
    }
    tags = {
        # a file name need not be valid Unicode, a tag must
        "TITLE": title.encode("utf-8", "replace").decode("utf-8"),
        "DESCRIPTION": (
            f"Raster of {metadata.width} x {metadata.height} pixels, "
            f"{_count(metadata.count, 'band')} of {metadata.dtype}, "
            f"as {_count(grid.tile_count, 'lossless FLAC tile')}"
        ),
        "DATE": date,
        "ENCODER": ENCODER,
        STYLE: encode_style(style) if style else None,
        **{
            PREFIX + key: None if value is None else str(value) for key, value in geospatial.items()
        },
    }
    present = {key: value for key, value in tags.items() if value is not None}
    if statistics is not None:
        _add_statistics(present, statistics, header_size)
    present[CHECKSUM] = _checksum(present)
    return present


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _add_statistics(tags: dict[str, str], statistics: TileStatistics, header_size: int) -> None:
    """Add the statistics, as fine as the first read or half the length of the index allows.

    Every reader of the file reads them, but few use them.
    """
    key = PREFIX + "STATISTICS"
    other_size = _length({**tags, key: "", CHECKSUM: 64 * "0"})
    room = FIRST_READ - header_size - other_size - PADDING - 8  # the headers of two blocks
    text = statistics.text_within(max(room, len(tags[PREFIX + "SPATIAL_INDEX"]) // 2))
    if other_size + len(text) <= MAX_BLOCK:
        tags[key] = text


def _length(tags: Mapping[str, str]) -> int:
    """Return the size of tags as a metadata block, without its header of four bytes."""
    size = sum(len(k) + len(v.encode("utf-8", "replace")) + 5 for k, v in tags.items())
    return size + len(ENCODER) + 8


def padding_size(content: int) -> int:
    """Return the padding after the tags, in bytes, of a file with ``content`` bytes of tiles.

    It lets a tagger edit a large file in place; in a small file it would be a notable part.
    """
    return min(PADDING, content // 1024)


def insert_tags(
    first_tile: bytes, tags: Mapping[str, str], name: str, padding: int = PADDING
) -> bytes:
    """Return the stream of the first tile with tags and padding in its metadata blocks.

    Raises `UnsupportedRaster` if the tags exceed the size of a metadata block.
    """
    length = _length(tags)
    if length > MAX_BLOCK:
        raise UnsupportedRaster("header.too_large", name, found=length, expected=MAX_BLOCK)
    buffer = io.BytesIO(first_tile)
    stream = FLAC(buffer)
    if stream.tags is None:
        stream.add_tags()
    stream.tags.vendor = ENCODER
    stream.tags.extend(tags.items())
    buffer.seek(0)
    stream.save(buffer, padding=lambda info: padding)
    return buffer.getvalue()


def _checksum(tags: Mapping[str, str]) -> str:
    """Return the SHA-256 of the tags of the raster, which no other checksum covers."""
    items = sorted(
        (key, value) for key, value in tags.items() if key.startswith(PREFIX) and key != CHECKSUM
    )
    text = "".join(f"{key}={value}\n" for key, value in items)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


# ---------------------------------------------------------------- reading


def parse_file_header(name: str, size: int, stream: StreamMetadata) -> FileHeader:
    """Parse and validate the tags of the first stream of a file of ``size`` bytes.

    Raises
    ------
    NotFlacRaster
        If the file is not a FLAC raster.
    UnsupportedVersion
        If a later release wrote it.
    CorruptFile
        If it is damaged or truncated.
    """
    tags, stream_info, frames_start = stream
    version = tags.get(VERSION)
    if version is None and CHECKSUM in tags:
        raise CorruptFile("tag.missing", name, tag=VERSION)
    if version is None:
        raise NotFlacRaster("file.audio", name, tag=VERSION)
    if version.split(".")[0] != _MAJOR:
        raise UnsupportedVersion("file.version", name, found=version, expected=FORMAT_VERSION)
    if tags.get(CHECKSUM) != _checksum(tags):
        raise CorruptFile("header.checksum", name)
    get = TagReader(name, tags)
    width, height = get.integer("WIDTH", MAX_PIXELS), get.integer("HEIGHT", MAX_PIXELS)
    metadata = RasterMetadata(
        width=width,
        height=height,
        dtype=get.dtype(),
        crs=tags.get(PREFIX + "CRS"),
        transform=get.transform(),
        **metadata_from_json(
            get.text("METADATA"), count=get.integer("COUNT", MAX_BANDS), name=name
        ),
    )
    index = read_index(
        get.text("SPATIAL_INDEX"),
        width=width,
        height=height,
        bands=metadata.count,
        frames_start=frames_start,
        name=name,
    )
    check_tile_bytes(metadata, index.grid.tile_size, index.grid.tile_bands, name)
    check_tile(name, max_decode_cost(metadata, index.grid), size)
    if metadata.nbits is not None and metadata.nbits > 8 * np.dtype(metadata.dtype).itemsize:
        raise CorruptFile(
            "tag.bits", name, tag=PREFIX + "METADATA", found=metadata.nbits, dtype=metadata.dtype
        )
    if metadata.gdal_type and WIDENED_TYPES[metadata.gdal_type] != metadata.dtype:
        raise CorruptFile(
            "tag.data_type",
            name,
            tag=PREFIX + "METADATA",
            found=metadata.gdal_type,
            expected=metadata.dtype,
        )
    if not all(map(math.isfinite, metadata.bounds)):
        raise CorruptFile("tag.transform", name, tag=PREFIX + "TRANSFORM", found=metadata.bounds)
    _check_empty_tiles(metadata, index, name)
    _check_tile_lengths(metadata, index, name)
    statistics = None
    if PREFIX + "STATISTICS" in tags:
        statistics = TileStatistics.from_text(
            get.text("STATISTICS"), index.grid, np.dtype(metadata.dtype), name
        )
    if not index.sizes[0]:
        raise CorruptFile("index.empty_first_tile", name)
    if index.end != size:
        code = "file.truncated" if size < index.end else "file.trailing_data"
        raise CorruptFile(code, name, found=size, expected=index.end)
    return FileHeader(
        metadata,
        index,
        version,
        stream_info,
        tags,
        get.number("DATA_MIN"),
        get.number("DATA_MAX"),
        statistics,
    )


def _check_empty_tiles(metadata: RasterMetadata, index: TileIndex, name: str) -> None:
    """Raise `CorruptFile` if a tile takes no bytes, but its bands have no nodata value."""
    dtype, step = np.dtype(metadata.dtype), index.grid.tile_bands
    blocks = index.grid.tile_count // len(index.grid.levels[0].band_starts)
    for nth in np.flatnonzero(index.stored_per_band() < blocks).tolist():
        values = metadata.nodata[nth * step : (nth + 1) * step]
        if None in (cast_nodata(dtype, value) for value in values):
            raise CorruptFile("index.no_nodata", name)


def _check_tile_lengths(metadata: RasterMetadata, index: TileIndex, name: str) -> None:
    """Raise `CorruptFile` if a tile takes more bytes than its pixels can."""
    per_band, grid = data_types.planes_per_band(np.dtype(metadata.dtype)), index.grid
    side = grid.tile_size
    smallest = max_tile_size(per_band, 1, 1)
    if index.sizes.max() <= smallest:
        return
    for level in grid.levels:
        numbers, sizes = index.stored_in(level.number)
        numbers, sizes = numbers[sizes > smallest], sizes[sizes > smallest]
        rows, columns, bands = TileSet.of_level(level).places_at(numbers)
        planes = per_band * np.minimum(grid.tile_bands, grid.bands - bands)
        heights = np.minimum(side, level.height - side * rows)
        widths = np.minimum(side, level.width - side * columns)
        most = max_tile_size(planes, heights, widths)
        for wrong in np.flatnonzero(sizes > most)[:1].tolist():
            key = TileKey(level.number, int(rows[wrong]), int(columns[wrong]), int(bands[wrong]))
            raise CorruptFile(
                "index.tile_size",
                tile_place(name, key),
                found=int(sizes[wrong]),
                expected=int(most[wrong]),
            )


def check_tile_bytes(metadata: RasterMetadata, tile_size: int, bands: int, name: str) -> None:
    """Raise `UnsupportedRaster` if a tile with so many bands is too large for memory."""
    planes = bands * data_types.planes_per_band(np.dtype(metadata.dtype))
    if planes > MAX_BANDS:
        raise UnsupportedRaster(
            "raster.planes",
            name,
            bands=bands,
            dtype=metadata.dtype,
            found=planes,
            expected=MAX_BANDS,
        )
    itemsize = np.dtype(metadata.dtype).itemsize
    tile = bands * itemsize * min(tile_size, metadata.width) * min(tile_size, metadata.height)
    if tile > MAX_TILE_BYTES:
        raise UnsupportedRaster(
            "raster.tile_bytes",
            name,
            tile_size=tile_size,
            bands=bands,
            found=tile,
            expected=MAX_TILE_BYTES,
        )


def max_decode_cost(metadata: RasterMetadata, grid: Grid) -> int:
    """Return the decoding cost of the largest tile, see `limits`."""
    dtype = np.dtype(metadata.dtype)
    planes = data_types.planes_per_band(dtype)
    sides = (min(grid.tile_size, side) for side in (metadata.height, metadata.width))
    height, width = map(padded, sides)
    return decode_cost(grid.tile_bands * planes, height, width, dtype.itemsize // planes)
