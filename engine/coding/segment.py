"""Segments of a tile: some planes, coded by one coding, and their side information."""

from __future__ import annotations

import enum
import struct
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from ..model.data_types import Array, DType

#: The segments of a tile are counted in one byte.
MAX_SEGMENTS = 255


class Segment(NamedTuple):
    """Planes as a codec has encoded them."""

    #: Number of the coding, see `registry.CODECS`.
    coding: int
    #: Numbers of its planes in the tile.
    planes: tuple[int, ...]
    #: Flat, int8 or int16.
    samples: Array
    #: Side information.
    side: bytes


class EncodedSegment(NamedTuple):
    """A segment as it was read; see `Segment`."""

    coding: int
    samples: Array
    side: bytes
    #: (planes, height, width).
    shape: tuple[int, int, int]
    #: Of the planes.
    dtype: DType


class Flag(enum.IntEnum):
    """Flags in the side information of codings 0 to 3.

    The low eight are its first byte, the others the upper half of the second one. Numbers rather
    than an IntFlag, whose every ``&`` takes as long as a numpy operation.
    """

    #: Fill values are taken out.
    HOLES = 1
    INTEGERS = 2
    SPARSE = 4
    #: One mask of fill values serves all planes.
    SHARED = 8
    #: The rest belongs to interpolation, see `interpolation.parameters`.
    BY_MEAN = 16
    LIMITS = 32
    #: Sorted blocks are single pixels.
    PIXELS = 64
    #: Three refinements, not four.
    THREE = 128
    SHARP = 256


class SideInfoReader:
    """Reads side information; every read is checked.

    Raises
    ------
    ValueError
        From each method, if the bytes do not suffice.
    """

    def __init__(self, data: bytes):
        self._data, self._position = data, 0

    def take(self, size: int) -> bytes:
        """Return the next bytes."""
        start, self._position = self._position, self._position + size
        if size < 0 or self._position > len(self._data):
            raise ValueError(f"side information has {len(self._data)} bytes, more were expected")
        return self._data[start : self._position]

    def unpack(self, layout: str) -> tuple[Any, ...]:
        """Return the next numbers, big-endian; ``layout`` as in `struct`."""
        packed = struct.Struct(">" + layout)
        return packed.unpack(self.take(packed.size))

    def array(self, dtype: str, count: int) -> Array:
        """Return the next ``count`` numbers of a big-endian dtype, in native byte order."""
        stored = np.dtype(dtype).newbyteorder(">")
        numbers = np.frombuffer(self.take(count * stored.itemsize), stored)
        return numbers.astype(stored.newbyteorder("="))

    def check_end(self) -> None:
        """Raise unless everything has been read."""
        if self._position != len(self._data):
            raise ValueError(
                f"side information has {len(self._data)} bytes, {self._position} were expected"
            )


def pack_segments(segments: Sequence[Segment]) -> bytes:
    """Return the side information of a whole tile."""
    chunks = [struct.pack(">B", len(segments))]
    for segment in segments:
        sizes = (len(segment.planes), segment.samples.size, len(segment.side))
        chunks.append(struct.pack(">BHII", segment.coding, *sizes))
        chunks.append(np.array(segment.planes, ">u2").tobytes())
        chunks.append(segment.side)
    return b"".join(chunks)


def unpack_segments(data: bytes) -> list[tuple[int, tuple[int, ...], int, bytes]]:
    """Undo `pack_segments`: coding, planes, number of samples and side information of each.

    Raises
    ------
    ValueError
        If `pack_segments` does not write such bytes.
    """
    side = SideInfoReader(data)
    (count,) = side.unpack("B")
    segments = []
    for _ in range(count):
        coding, planes, samples, size = side.unpack("BHII")
        numbers = tuple(side.array("u2", planes).tolist())
        segments.append((coding, numbers, samples, side.take(size)))
    side.check_end()
    return segments
