"""Read TIFF directories, for properties that GDAL does not report safely or at all.

GDAL does not report epochs of ground control points. When it lists the metadata domains of a TIFF
that has WhitePoint and PrimaryChromaticities but no TransferFunction, libtiff creates three
transfer functions of 2 ** BitsPerSample entries: 24 GB for samples of 32 bits, in minutes that
cannot be interrupted. The names of such domains are read from the file, and GDAL is asked for each
of them except the color profile.
"""

from __future__ import annotations

import html
import os
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import ModuleType
from typing import Any, Callable, NamedTuple

from .encoding import to_utf8
from .environment import gdal_errors, quiet_rasterio
from .xml_tree import parse_xml

_XMP, _GEO_KEYS, _GDAL_METADATA = 700, 34735, 42112
_BITS, _TRANSFER_FUNCTION, _WHITE_POINT, _PRIMARIES, _ICC = 258, 301, 318, 319, 34675
_TIFF = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
#: Start of a JPEG 2000 file, and UUID of the box that contains a GeoTIFF.
_JP2 = b"\0\0\0\x0cjP  \r\n\x87\n"
_GEOTIFF_BOX = bytes.fromhex("b14bf8bd083d4b43a5ae8cd7d5a6ce03")
#: GeoKey of the coordinate epoch.
_EPOCH = 5120
#: Maximum bits per sample for which the tables are small.
_FEW_BITS = 16
#: Bytes of a value, by the number of its data type.
VALUE_SIZES = {
    **dict.fromkeys((1, 2, 6, 7), 1),
    **dict.fromkeys((3, 8), 2),
    **dict.fromkeys((4, 9, 11, 13), 4),
    **dict.fromkeys((5, 10, 12, 16, 17, 18), 8),
}
#: Maximum number of directories; a file with more counts as unsafe.
_MAX_DIRECTORIES = 1024
#: Maximum size of a directory: 65535 entries, as in a classic TIFF.
_MAX_DIRECTORY = 65535 * 20
#: Maximum size of a value; the longest ones are documents of GDAL's metadata.
_MAX_VALUE = 64 << 20
#: Reads bytes: ``read_at(offset, size)``, fewer at the end of the file.
_ReadAt = Callable[[int, int], bytes]


class Entry(NamedTuple):
    """Entry of a directory: data type and number of values, and the values or their offset."""

    type: int
    length: int
    data: bytes


@dataclass(frozen=True)
class Directory:
    """Directory of a TIFF or BigTIFF: entries by tag, and the byte order as `struct` writes it."""

    read_at: _ReadAt
    order: str
    entries: dict[int, Entry]

    def value(self, tag: int, limit: int = _MAX_VALUE) -> bytes:
        """Return the bytes of a value, up to a limit; empty if there is no such tag."""
        type, length, data = self.entries.get(tag, Entry(1, 0, b""))
        size = min(length * VALUE_SIZES.get(type, 1), limit)
        if length * VALUE_SIZES.get(type, 1) <= len(data):
            return data[:size]
        (offset,) = struct.unpack(f"{self.order}{'Q' if len(data) == 8 else 'I'}", data)
        return self.read_at(offset, size)

    def first_integer(self, tag: int) -> int:
        """Return the first of the unsigned integers of a tag, 1 if it is missing."""
        size = VALUE_SIZES.get(self.entries[tag].type, 1) if tag in self.entries else 0
        return int.from_bytes(self.value(tag, size), "little" if self.order == "<" else "big") or 1


def domains_to_ask_for(dataset: Any) -> set[str] | None:
    """Return the metadata domains of a dataset that must not be asked to list them, else None."""
    if dataset.driver not in ("GTiff", "COG") or not dataset.files:
        return None
    try:
        with _reading(dataset) as read_at:
            return _domains(read_at)
    except (OSError, struct.error, ValueError):  # it changed since GDAL opened it
        return set()


def has_epoch(dataset: Any) -> bool:
    """Whether the CRS of an open GeoTIFF or JPEG 2000 file has a coordinate epoch."""
    if not dataset.files:
        return False
    try:
        with _reading(dataset) as read_at:
            read_at = _geotiff_in(read_at)
            return any(map(_has_epoch, iter_directories(read_at)))
    except (OSError, struct.error, ValueError):  # another format
        return False


def _geotiff_in(read_at: _ReadAt) -> _ReadAt:
    """Return a reader for a GeoTIFF: the whole file, or a box of a JPEG 2000 file."""
    if read_at(0, 12) != _JP2:
        if read_at(0, 4) in _TIFF:
            return read_at
        raise ValueError("is no TIFF")
    place = 12
    while True:
        size, kind, long_size = struct.unpack(">I4sQ", read_at(place, 16))
        head = 16 if size == 1 else 8
        if kind == b"uuid" and read_at(place + head, 16) == _GEOTIFF_BOX:
            start = place + head + 16
            return lambda offset, size: read_at(start + offset, size)
        size = long_size if size == 1 else size
        if size < head:  # the last box
            raise ValueError("has no GeoTIFF")
        place += size


@contextmanager
def _reading(dataset: Any) -> Iterator[_ReadAt]:
    name = dataset.files[0]
    if os.path.exists(name):
        with open(name, "rb") as file:
            yield lambda offset, size: _read_local(file, offset, size)
    else:
        with quiet_rasterio() as rasterio:
            yield lambda offset, size: _read_virtual(rasterio, name, offset, size)


def _domains(read_at: _ReadAt) -> set[str] | None:
    """Return the domains of all directories if one of them makes huge tables."""
    directories = list(iter_directories(read_at))
    if len(directories) <= _MAX_DIRECTORIES and not any(map(_is_huge, directories)):
        return None
    found = {"xml:XMP" for directory in directories if _XMP in directory.entries}
    for directory in directories:
        document = directory.value(_GDAL_METADATA).rstrip(b"\0 ")
        if document:
            items = parse_xml(to_utf8(document)[0]).iterfind("Item")
            found |= {item.get("domain", "") for item in items}
    return found


def _has_epoch(directory: Directory) -> bool:
    keys = directory.value(_GEO_KEYS)
    numbers = struct.iter_unpack(f"{directory.order}4H", keys[: len(keys) // 8 * 8])
    return any(number == _EPOCH for number, *_ in numbers)


def _is_huge(directory: Directory) -> bool:
    tags = directory.entries.keys()
    return (
        directory.first_integer(_BITS) > _FEW_BITS
        and {_WHITE_POINT, _PRIMARIES} <= tags
        and not {_TRANSFER_FUNCTION, _ICC} & tags
    )


def iter_directories(read_at: _ReadAt) -> Iterator[Directory]:
    """Yield the directories of a TIFF or BigTIFF, up to one more than the maximum.

    Raises `struct.error` if they are damaged.
    """
    start = read_at(0, 16)
    order = "<" if start[:2] == b"II" else ">"
    is_big = struct.unpack(f"{order}H", start[2:4])[0] == 43
    count_code, size_code, offset = ("Q", "Q", 8) if is_big else ("H", "I", 4)
    entry = struct.Struct(f"{order}HH{size_code}{8 if is_big else 4}s")
    (place,) = struct.unpack_from(f"{order}{size_code}", start, offset)
    for _ in range(_MAX_DIRECTORIES + 1):
        if not place:
            return
        head = struct.calcsize(f"{order}{count_code}")
        (count,) = struct.unpack(f"{order}{count_code}", read_at(place, head))
        size = min(count * entry.size, _MAX_DIRECTORY // entry.size * entry.size)
        found = entry.iter_unpack(read_at(place + head, size))
        yield Directory(read_at, order, {tag: Entry(*values) for tag, *values in found})
        after = read_at(place + head + count * entry.size, struct.calcsize(size_code))
        (place,) = struct.unpack(f"{order}{size_code}", after)


def _read_local(file: Any, offset: int, size: int) -> bytes:
    try:
        file.seek(offset)
    except (OverflowError, ValueError) as error:
        raise OSError(f"there is no byte {offset}") from error
    data: bytes = file.read(size)
    return data


def _read_virtual(rasterio: ModuleType, name: str, offset: int, size: int) -> bytes:
    """Read bytes of a file that only GDAL can open, as pixels of a raw raster."""
    raw = (
        f'<VRTDataset rasterXSize="{size}" rasterYSize="1"><VRTRasterBand dataType="Byte" band="1" '
        f'subClass="VRTRawRasterBand"><SourceFilename relativetoVRT="0">{html.escape(name)}'
        f"</SourceFilename><ImageOffset>{offset}</ImageOffset><PixelOffset>1</PixelOffset>"
        f"<LineOffset>{size}</LineOffset></VRTRasterBand></VRTDataset>"
    )
    try:
        with rasterio.Env(GDAL_VRT_RAWRASTERBAND_ALLOWED_SOURCE="ALL"):
            with rasterio.open(raw) as dataset:
                return bytes(dataset.read(1).tobytes())
    except gdal_errors(rasterio) as error:
        raise OSError(str(error)) from error
