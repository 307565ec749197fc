"""The plain layout: the whole raster in one FLAC stream, which is read as a single tile."""

from __future__ import annotations

import threading
import zlib
from collections.abc import Sequence

import numpy as np

from ..flac.stream import StreamInfo
from ..format.header import FileHeader
from ..format.metadata_blocks import StreamMetadata
from ..format.recovery import Recovery
from ..format.tile_index import TileIndex
from ..model.grid import Grid
from ..storage.byte_source import ByteSource
from ..tile.decoding import DecodedTile, StoredTile, Tile, collect_errors
from .stream_decoder import NO_MD5, decode_stream, is_exact
from .tags import StreamDescription

#: Shown as the version of such a file.
VERSION = "flac-raster, plain"


def read_plain(source: ByteSource, stream: StreamMetadata) -> FileHeader:
    """Read the file header of a plain file."""
    description = StreamDescription.of(source.name, stream.tags, stream.info, source.size)
    count, height, width = description.shape
    grid = Grid(width, height, max(width, height), 1, count, count)
    frames = np.array([source.size - stream.frames_start], np.int64)
    return FileHeader(
        metadata=description.metadata,
        index=TileIndex.of(grid, frames, stream.frames_start),
        version=VERSION,
        data_min=description.minimum,
        data_max=description.maximum,
        stream_info=stream.info,
        tags=stream.tags,
        decode=_WholeFile(description, stream.info),
        recovery=Recovery("plain", is_exact(description), has_md5=stream.info.md5 != NO_MD5),
    )


class _WholeFile:
    """Decoder of the only tile of a file, which keeps the result, since every read needs it."""

    def __init__(self, description: StreamDescription, info: StreamInfo):
        self._description, self._info = description, info
        self._lock = threading.Lock()
        self._decoded: tuple[int, Tile] | None = None

    def __call__(
        self, stored: Sequence[StoredTile], name: str, *, check_md5: bool = True
    ) -> list[DecodedTile]:
        """See `TileDecoder`."""
        return collect_errors(lambda tile: self._tile(tile, name, check_md5), stored)

    def _tile(self, stored: StoredTile, name: str, check_md5: bool) -> Tile:
        checksum = zlib.crc32(stored.data)
        with self._lock:
            if self._decoded is None or self._decoded[0] != checksum:
                tile = decode_stream(
                    stored.data, self._description, self._info, stored.key, name, check_md5
                )
                tile.pixels.setflags(write=False)  # shared from here on
                self._decoded = checksum, tile
            return self._decoded[1]
