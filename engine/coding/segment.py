"""One part of a tile: some planes, coded by one coding."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from ..model.data_types import Array

#: A tile's parts are counted in one byte.
MAX_SEGMENTS = 255


class Segment(NamedTuple):
    """A coded part.

    Parameters
    ----------
    coding : int
        Number of the coding, see `registry.CODINGS`.
    planes : tuple of int
        Which planes of the tile it holds.
    samples : ndarray of int8 or int16, shape (n,)
    side : bytes
        What the coding needs beside the samples.
    """

    coding: int
    planes: tuple[int, ...]
    samples: Array
    side: bytes


class SideInfoReader:
    """Side information being read; every read is checked.

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
        """Return the next numbers, big-endian, by the letters of `struct`."""
        packed = struct.Struct(">" + layout)
        return packed.unpack(self.take(packed.size))

    def array(self, dtype: str, count: int) -> Array:
        """Return the next ``count`` numbers of a big-endian dtype, in native byte order."""
        stored = np.dtype(dtype).newbyteorder(">")
        found = np.frombuffer(self.take(count * stored.itemsize), stored)
        return found.astype(stored.newbyteorder("="))

    def check_used_up(self) -> None:
        """Raise unless everything has been taken."""
        if self._position != len(self._data):
            raise ValueError(
                f"side information has {len(self._data)} bytes, {self._position} were expected"
            )


def pack_segments(parts: Sequence[Segment]) -> bytes:
    """Return the side information of a whole tile."""
    chunks = [struct.pack(">B", len(parts))]
    for part in parts:
        sizes = (len(part.planes), part.samples.size, len(part.side))
        chunks.append(struct.pack(">BHII", part.coding, *sizes))
        chunks.append(np.array(part.planes, ">u2").tobytes())
        chunks.append(part.side)
    return b"".join(chunks)


def unpack_segments(data: bytes) -> list[tuple[int, tuple[int, ...], int, bytes]]:
    """Undo `pack_segments`: coding, planes, number of samples and side information of each part.

    Raises
    ------
    ValueError
        If the bytes are none that `pack_segments` writes.
    """
    side = SideInfoReader(data)
    (count,) = side.unpack("B")
    parts = []
    for _ in range(count):
        coding, planes, samples, size = side.unpack("BHII")
        numbers = tuple(side.array("u2", planes).tolist())
        parts.append((coding, numbers, samples, side.take(size)))
    side.check_used_up()
    return parts
