"""What only the directories of a TIFF say: which make libtiff take gigabytes, epochs of GCPs.

When GDAL is asked for the metadata domains of a TIFF that has WhitePoint and PrimaryChromaticities
but no TransferFunction, libtiff makes up three transfer functions of 2 ** BitsPerSample entries.
For samples of 32 bits that takes 24 GB and minutes, and nothing can interrupt it. So the names of
the domains are read from the file, and GDAL is asked for each of them, but for the color profile.
"""

from __future__ import annotations

import html
import os
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any, Callable

from .encoding import to_utf8
from .environment import gdal_errors, quiet_rasterio
from .xml_tree import parse_xml

_XMP, _GEO_KEYS, _GDAL_METADATA = 700, 34735, 42112
_TIFF = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
#: How a JPEG 2000 file begins, and the UUID of the box in it that is a GeoTIFF.
_JP2 = b"\0\0\0\x0cjP  \r\n\x87\n"
_GEOTIFF_BOX = bytes.fromhex("b14bf8bd083d4b43a5ae8cd7d5a6ce03")
#: Number of the GeoKey of the coordinate epoch.
_EPOCH = 5120
_BITS, _TRANSFER_FUNCTION, _WHITE_POINT, _PRIMARIES, _ICC = 258, 301, 318, 319, 34675
#: Bits per sample up to which the tables are small: 65536 entries.
_FEW_BITS = 16
#: Code of `struct` for the types of TIFF tags that hold whole numbers: BYTE, SHORT, LONG, LONG8.
_CODES = {1: "B", 3: "H", 4: "I", 16: "Q"}
#: Directories that are looked at; with more than this, GDAL is not asked either.
_MAX_DIRECTORIES = 1024
#: Bytes of a directory that are looked at: 65535 entries, the most that a classic TIFF can have.
_MAX_DIRECTORY = 65535 * 20
#: Bytes of the document of GDAL's metadata that are looked at.
_MAX_DOCUMENT = 64 << 20
_Tags = dict[int, int]
#: Offset and number of the values of a tag that has more than fit into its entry.
_Places = dict[int, tuple[int, int]]
#: Reads bytes: ``read_at(offset, size)``, fewer at the end of the file.
_ReadAt = Callable[[int, int], bytes]


def domains_to_ask_for(dataset: Any) -> set[str] | None:
    """Return the metadata domains of an open dataset that must not be asked to list them.

    None if it may be asked.
    """
    if dataset.driver not in ("GTiff", "COG") or not dataset.files:
        return None
    try:
        with _reading(dataset) as read_at:
            return _domains(read_at)
    except (OSError, struct.error, ValueError):  # not as GDAL has just read it
        return set()


def has_epoch(dataset: Any) -> bool:
    """Whether the CRS of an open GeoTIFF or JPEG 2000 file has a coordinate epoch.

    GDAL tells only that of the raster's CRS, not that of the ground control points'.
    """
    if not dataset.files:
        return False
    try:
        with _reading(dataset) as read_at:
            read_at = _geotiff_in(read_at)
            return any(_has_epoch(read_at, *directory) for directory in _directories(read_at))
    except (OSError, struct.error, ValueError):  # another format
        return False


def _geotiff_in(read_at: _ReadAt) -> _ReadAt:
    """Return what reads a GeoTIFF: the whole file, or a box of a JPEG 2000 file."""
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
    directories = list(_directories(read_at))
    if len(directories) <= _MAX_DIRECTORIES and not any(_is_huge(tags) for tags, *_ in directories):
        return None
    found = {"xml:XMP" for tags, *_ in directories if _XMP in tags}
    for _, places, _ in directories:
        place, size = places.get(_GDAL_METADATA, (0, 0))
        document = read_at(place, min(size, _MAX_DOCUMENT)).rstrip(b"\0 ") if size > 8 else b""
        if document:
            items = parse_xml(to_utf8(document)[0]).all("Item")
            found |= {item.attributes.get("domain", "") for item in items}
    return found


def _has_epoch(read_at: _ReadAt, tags: _Tags, places: _Places, order: str) -> bool:
    place, shorts = places.get(_GEO_KEYS, (0, 0))
    keys = struct.iter_unpack(
        f"{order}4H", read_at(place, 8 * (shorts // 4)) if shorts > 4 else b""
    )
    return any(number == _EPOCH for number, *_ in keys)


def _is_huge(tags: dict[int, int]) -> bool:
    return (
        tags.get(_BITS, 1) > _FEW_BITS
        and {_WHITE_POINT, _PRIMARIES} <= tags.keys()
        and not {_TRANSFER_FUNCTION, _ICC} & tags.keys()
    )


def _directories(read_at: _ReadAt) -> Iterator[tuple[_Tags, _Places, str]]:
    """Yield the tags of each directory of a TIFF or BigTIFF, where some values are, and byte order.

    Of BitsPerSample the first value, of other tags 1.
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
        (entries,) = struct.unpack(f"{order}{count_code}", read_at(place, head))
        size = min(entries * entry.size, _MAX_DIRECTORY // entry.size * entry.size)
        tags, places = {}, {}
        for tag, kind, values, data in entry.iter_unpack(read_at(place + head, size)):
            tags[tag] = _first(read_at, order, kind, values, data) if tag == _BITS else 1
            if tag in (_GDAL_METADATA, _GEO_KEYS):
                (elsewhere,) = struct.unpack_from(f"{order}{size_code}", data)
                places[tag] = elsewhere, values
        yield tags, places, order
        after = read_at(place + head + entries * entry.size, struct.calcsize(size_code))
        (place,) = struct.unpack(f"{order}{size_code}", after)


def _first(read_at: _ReadAt, order: str, kind: int, values: int, data: bytes) -> int:
    """Return the first value of an entry, which may lie elsewhere in the file."""
    if kind not in _CODES:
        return 1
    code = f"{order}{_CODES[kind]}"
    if struct.calcsize(code) * values > len(data):
        (elsewhere,) = struct.unpack(f"{order}{'Q' if len(data) == 8 else 'I'}", data)
        data = read_at(elsewhere, struct.calcsize(code))
    return int(struct.unpack_from(code, data)[0])


def _read_local(file: Any, offset: int, size: int) -> bytes:
    try:
        file.seek(offset)
    except (OverflowError, ValueError) as error:
        raise OSError(f"there is no byte {offset}") from error
    data: bytes = file.read(size)
    return data


def _read_virtual(rasterio: ModuleType, name: str, offset: int, size: int) -> bytes:
    """Read bytes of a file of which only GDAL understands the name, as pixels of a raw raster."""
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
