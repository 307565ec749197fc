"""The tile header: an APPLICATION block that describes the samples of a stream."""

from __future__ import annotations

import struct
import zlib
from typing import NamedTuple

import numpy as np

from ..coding import mask as masks
from ..coding.segment import unpack_segments
from ..errors import Message, UnsupportedVersion
from ..flac.stream import (
    APPLICATION,
    MAGIC,
    STREAMINFO,
    FlacError,
    StreamHead,
    StreamInfo,
    pack_block,
    parse_head,
)
from ..model import data_types
from ..model.data_types import Array, DType
from ..model.grid import TileKey
from ..model.limits import decode_cost, padded
from .inflate import inflate

#: Id of the APPLICATION block that makes a FLAC stream a tile.
APPLICATION_ID = b"frst"
TILE_VERSION = 1
# version, dtype, level, reserved, first band, bands, height, width, row, column, bytes of the mask,
# CRC-32
LAYOUT = struct.Struct(">BBBBHHHHIIII")
_CRC = struct.Struct(">I")
#: Most samples of a FLAC frame, and fewest bytes: of a constant one, with its CRCs.
_MOST_SAMPLES, _LEAST_FRAME = 1 << 16, 10


class TileSpec(NamedTuple):
    """Data type and size of a tile."""

    dtype: DType
    bands: int
    height: int
    width: int

    @property
    def planes(self) -> int:
        """Number of planes: one per band, two for complex bands."""
        return self.bands * data_types.planes_per_band(self.dtype)

    @property
    def values(self) -> int:
        """Number of pixel values of all bands."""
        return self.bands * self.height * self.width

    @property
    def cost(self) -> int:
        """What it costs to decode, see `limits`."""
        value_bytes = self.bands * self.dtype.itemsize // self.planes
        return decode_cost(self.planes, padded(self.height), padded(self.width), value_bytes)

    def __str__(self) -> str:
        return f"{self.bands} bands of {self.height} x {self.width} {self.dtype}"


class TileHeader(NamedTuple):
    """A parsed tile header, with mask and side information still deflated."""

    key: TileKey
    shape: TileSpec
    packed_mask: bytes
    side: bytes


def insert_tile_header(
    stream: bytes, key: TileKey, shape: TileSpec, packed_mask: bytes, side: bytes
) -> bytes:
    """Return a stream with the tile header instead of the VORBIS_COMMENT of libFLAC."""
    head = parse_head(stream)
    streaminfo = head.blocks[0].body(stream)
    fields = (
        TILE_VERSION,
        data_types.DTYPES.index(shape.dtype.name),
        key.level,
        0,
        key.band,
        shape.bands,
        shape.height,
        shape.width,
        key.row,
        key.column,
        len(packed_mask),
    )
    rest = packed_mask + side
    crc = _header_crc(streaminfo, fields, rest)
    body = APPLICATION_ID + LAYOUT.pack(*fields, crc) + rest
    blocks = pack_block(STREAMINFO, streaminfo, last=False) + pack_block(
        APPLICATION, body, last=True
    )
    return b"".join((MAGIC, blocks, stream[head.frames_start :]))


def _header_crc(streaminfo: bytes, fields: tuple[int, ...], rest: bytes) -> int:
    """CRC-32 of all that the frames' own CRCs and MD5 do not cover."""
    return zlib.crc32(
        rest, zlib.crc32(LAYOUT.pack(*fields, 0)[: -_CRC.size], zlib.crc32(streaminfo))
    )


def check_stream(info: StreamInfo, samples: int, stream_bytes: int) -> None:
    """Raise unless STREAMINFO agrees with the tile header, before anything is allocated."""
    if samples > _MOST_SAMPLES * (stream_bytes // _LEAST_FRAME + 1):
        raise FlacError(f"its header asks for {samples} samples, far more than its bytes can hold")
    if info.channels != 1 or info.bits_per_sample not in (8, 16) or info.total_samples != samples:
        raise FlacError(
            f"STREAMINFO says {info.total_samples} samples of {info.bits_per_sample} bits in "
            f"{info.channels} channels, {samples} of 8 or 16 bits in 1 were expected"
        )


def read_segments(packed: bytes, shape: TileSpec) -> list[tuple[int, tuple[int, ...], int, bytes]]:
    """Return the segments of a tile, see `unpack_segments`, checked to hold each plane once."""
    pixel_count = shape.planes * shape.height * shape.width
    # the most is a mask of fill values and a bitmap of zeros; labels need little
    limit = 4096 + pixel_count + 2048 * shape.planes
    segments = unpack_segments(inflate(packed, limit))
    planes = sorted(number for _, numbers, _, _ in segments for number in numbers)
    if planes != list(range(shape.planes)):
        raise FlacError(
            f"its parts hold the planes {planes[:20]}, expected 0 to {shape.planes - 1}"
        )
    if sum(count for _, _, count, _ in segments) > 5 * pixel_count + 4096 * shape.planes:
        raise FlacError("its parts have more samples than its pixels can need")
    return segments


def _application_body(data: bytes, head: StreamHead) -> bytes:
    for block in head.of_type(APPLICATION):
        body = block.body(data)
        if body[: len(APPLICATION_ID)] == APPLICATION_ID:
            return body[len(APPLICATION_ID) :]
    raise FlacError(f"it has no APPLICATION block {APPLICATION_ID!r}, so it is plain audio")


def parse_header(place: object, head: StreamHead, data: bytes) -> TileHeader:
    """Return the header of a tile; raise `FlacError` or `UnsupportedVersion`."""
    body = _application_body(data, head)
    if not body:
        raise FlacError("its header is empty")
    if body[0] != TILE_VERSION:
        raise UnsupportedVersion("tile.version", place, found=body[0], expected=TILE_VERSION)
    if len(body) < LAYOUT.size:
        raise FlacError(f"its header has {len(body)} bytes, expected {LAYOUT.size}")
    *fields, crc = LAYOUT.unpack_from(body)
    _, dtype, level, _, band, bands, height, width, row, column, mask_size = fields
    rest = body[LAYOUT.size :]
    found = _header_crc(head.blocks[0].body(data), tuple(fields), rest)
    if found != crc:
        raise FlacError(Message("tile.header_crc", found=f"{found:08x}", expected=f"{crc:08x}"))
    if dtype >= len(data_types.DTYPES):
        raise UnsupportedVersion("tile.data_type", place, found=dtype)
    if 0 in (bands, height, width) or mask_size > len(rest):
        raise FlacError(
            f"its header says {bands} bands of {height} x {width} pixels, {mask_size} bytes of mask"
        )
    shape = TileSpec(np.dtype(data_types.DTYPES[dtype]), bands, height, width)
    key = TileKey(level, row, column, band)
    return TileHeader(key, shape, rest[:mask_size], rest[mask_size:])


def unpack_mask(packed: bytes, shape: TileSpec) -> Array | None:
    """Return the mask of a tile, None if it has none."""
    if not packed:
        return None
    bits = inflate(packed, 2 + -(-shape.height * shape.width // 8))
    return masks.unpack(bits, (shape.height, shape.width))
