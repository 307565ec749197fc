"""Directories of a TIFF: read one that GDAL wrote, write those of a BigTIFF.

A directory is a mapping of tag number to `Field`. The bytes of a field stay as GDAL wrote them, so
nothing here needs to know what a tag means.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ..rasterio_io.tiff_directories import VALUE_SIZES, iter_directories

SHORT, LONG, LONG8 = 3, 4, 16
_FORMATS = {SHORT: "H", LONG: "I", LONG8: "Q"}


class Field(NamedTuple):
    """The value of a tag: number of the data type and count of values, as in a TIFF, and its bytes.

    ``data`` is little-endian; None for an array that is computed when it is read.
    """

    type: int
    length: int
    data: bytes | None


Directory = Mapping[int, Field]


class ComputedArray(NamedTuple):
    """Where a field is whose bytes are computed when they are read: its first byte in the file."""

    offset: int
    directory: int
    tag: int


def integers(*values: int, type: int = LONG) -> Field:
    """Return a field of unsigned integers."""
    data = struct.pack(f"<{len(values)}{_FORMATS[type]}", *values)
    return Field(type, len(values), data)


def first_integer(field: Field) -> int:
    """Return the first value of a field of unsigned integers."""
    data = field.data or b""
    return int(struct.unpack_from(f"<{_FORMATS[field.type]}", data)[0])


def read_first_directory(data: bytes) -> dict[int, Field]:
    """Read the first directory of a whole TIFF, classic or BigTIFF."""
    found = next(iter_directories(lambda offset, size: data[offset : offset + size]))
    entries = found.entries.items()
    return {tag: Field(entry.type, entry.length, found.value(tag)) for tag, entry in entries}


_HEADER = struct.pack("<2sHHHQ", b"II", 43, 8, 0, 16)
_ENTRY = struct.Struct("<HHQ8s")


def write_directories(directories: Sequence[Directory]) -> tuple[bytes, list[ComputedArray], int]:
    """Write the front of a BigTIFF: header and directories, each followed by its fields.

    Returns the front, whose length depends on types and counts alone; the arrays, one behind the
    other from the end of the front on; and the first byte behind these.
    """
    front = bytearray(_HEADER)
    pending: list[tuple[int, int, int, int]] = []  # (where the offset goes, directory, tag, bytes)
    for number, fields in enumerate(directories):
        start = len(front)
        entries = start + 8
        front += struct.pack("<Q", len(fields)) + bytes(_ENTRY.size * len(fields) + 8)
        for index, (tag, (type, count, data)) in enumerate(sorted(fields.items())):
            entry = entries + _ENTRY.size * index
            value = data or b""
            if data is None:
                pending.append((entry + 12, number, tag, count * VALUE_SIZES[type]))
            elif len(data) > 8:
                value = struct.pack("<Q", len(front))
                front += data + bytes(-len(data) % 8)
            _ENTRY.pack_into(front, entry, tag, type, count, value)
        if number + 1 < len(directories):
            struct.pack_into("<Q", front, entries + _ENTRY.size * len(fields), len(front))
    arrays, end = [], len(front)
    for position, number, tag, size in pending:
        struct.pack_into("<Q", front, position, end)
        arrays.append(ComputedArray(end, number, tag))
        end += size
    return bytes(front), arrays, end
