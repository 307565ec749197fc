"""The metadata blocks in front of a FLAC stream's frames (RFC 9639, section 8)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy.typing as npt

from ..errors import Message

#: Integers; docstrings give shape and data type.
Samples = npt.NDArray[Any]

MAGIC = b"fLaC"
STREAMINFO, PADDING, APPLICATION, VORBIS_COMMENT = 0, 1, 2, 4
_LAST = 0x80
#: Far more than any tagger writes.
_MAX_BLOCKS = 1024
#: A metadata block's length has 24 bits.
MAX_BLOCK = (1 << 24) - 1


class FlacError(Exception):
    """A FLAC stream is damaged or libFLAC refuses; callers add which file and tile."""


class MoreNeeded(Exception):
    """The metadata blocks reach at least to byte ``end``, beyond the bytes at hand."""

    def __init__(self, end: int):
        super().__init__(Message("stream.reaches", found=end))
        self.end = end


#: Lengths of frames are multiples of this, so that they can be halved eight times.
_EVEN = 256


@dataclass(frozen=True)
class Settings:
    """Settings of libFLAC, within the streamable subset (RFC 9639, section 7)."""

    #: libFLAC's preset, 0 (fast) to 8 (small).
    compression_level: int = 5
    #: Hz; without meaning for a raster.
    sample_rate: int = 96000
    #: Samples of a frame; at most 4608 for rates up to 48 kHz.
    blocksize: int = 4096
    #: There are ``2**partition_order`` Rice parameters per frame; 3 to 6 suits sound, 8 pixels.
    partition_order: int = 8


def even_blocks(count: int, longest: int) -> int:
    """Return how many samples per frame, ``longest`` at most, leave few of ``count`` for the last.

    libFLAC divides a frame into halves again and again to give each a Rice parameter of its own, so
    it compresses badly if the length, as that of the last frame, is not a multiple of a power of 2.
    """
    longest = min(longest, count // _EVEN * _EVEN)
    sizes = range(longest, longest // 2, -_EVEN)
    return min(sizes, key=lambda size: count % size, default=longest or _EVEN)


#: Block sizes, frame sizes, packed properties, MD5.
_STREAMINFO = struct.Struct(">HH3s3sQ16s")


@dataclass(frozen=True)
class StreamInfo:
    """The STREAMINFO block."""

    min_blocksize: int
    max_blocksize: int
    min_framesize: int
    max_framesize: int
    sample_rate: int
    channels: int
    bits_per_sample: int
    total_samples: int
    md5: bytes

    SIZE = _STREAMINFO.size

    @classmethod
    def parse(cls, body: bytes) -> StreamInfo:
        """Parse the body of the block."""
        min_blocksize, max_blocksize, least, most, packed, md5 = _STREAMINFO.unpack(body)
        return cls(
            min_blocksize,
            max_blocksize,
            int.from_bytes(least, "big"),
            int.from_bytes(most, "big"),
            sample_rate=packed >> 44,
            channels=(packed >> 41 & 7) + 1,
            bits_per_sample=(packed >> 36 & 31) + 1,
            total_samples=packed & (1 << 36) - 1,
            md5=md5,
        )

    def pack(self) -> bytes:
        """Return the body of the block."""
        packed = (
            self.sample_rate << 44
            | (self.channels - 1) << 41
            | (self.bits_per_sample - 1) << 36
            | self.total_samples
        )
        framesizes = (n.to_bytes(3, "big") for n in (self.min_framesize, self.max_framesize))
        return _STREAMINFO.pack(
            self.min_blocksize, self.max_blocksize, *framesizes, packed, self.md5
        )


class MetadataBlock(NamedTuple):
    """Type of a metadata block, and position of its body in the stream."""

    type: int
    start: int
    length: int

    def body(self, data: bytes) -> bytes:
        """Return the body of the block."""
        return bytes(data[self.start : self.start + self.length])


class StreamHead(NamedTuple):
    """All metadata blocks of a stream and the byte where its first frame starts."""

    info: StreamInfo
    blocks: tuple[MetadataBlock, ...]
    frames_start: int

    def of_type(self, block_type: int) -> Iterator[MetadataBlock]:
        """Blocks of one type, in their order."""
        return (block for block in self.blocks if block.type == block_type)


def parse_head(data: bytes) -> StreamHead:
    """Parse the metadata blocks at the start of a stream.

    Raises
    ------
    FlacError
        If the bytes do not start a FLAC stream.
    MoreNeeded
        If the blocks reach beyond ``data``.
    """
    if len(data) >= len(MAGIC) and data[:4] != MAGIC:
        raise FlacError(f"starts with {bytes(data[:4])!r}, expected {MAGIC!r}")
    position = len(MAGIC)
    blocks: list[MetadataBlock] = []
    last = False
    while not last:
        if len(data) < position + 4:
            raise MoreNeeded(position + 4)
        last = bool(data[position] & _LAST)
        length = int.from_bytes(data[position + 1 : position + 4], "big")
        block = MetadataBlock(data[position] & ~_LAST, position + 4, length)
        if len(blocks) == _MAX_BLOCKS:
            raise FlacError(f"has more than {_MAX_BLOCKS} metadata blocks")
        if (block.type == STREAMINFO) is not (not blocks):
            raise FlacError("STREAMINFO is not the first metadata block, or not the only one")
        if block.type == STREAMINFO and block.length != StreamInfo.SIZE:
            raise FlacError(f"STREAMINFO has {block.length} bytes, expected {StreamInfo.SIZE}")
        blocks.append(block)
        position = block.start + block.length
    if len(data) < position:
        raise MoreNeeded(position)
    return StreamHead(StreamInfo.parse(blocks[0].body(data)), tuple(blocks), position)


def pack_block(block_type: int, body: bytes, *, last: bool) -> bytes:
    """Build a metadata block."""
    return bytes([block_type | (_LAST if last else 0)]) + len(body).to_bytes(3, "big") + body
