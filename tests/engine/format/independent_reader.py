"""A reader of FLAC rasters written from docs/format.md alone, to prove that it is enough.

It shares no code with the engine. Section numbers are those of the document. Whole files only, for
clarity.
"""

from __future__ import annotations

import base64
import hashlib
import io
import json
import math
import struct
import zlib
from collections import namedtuple

import numpy as np
import soundfile

DTYPES = (
    "uint8 int8 uint16 int16 uint32 int32 uint64 int64 float16 float32 float64 complex64 complex128"
).split()
BAND = {
    "nodata": None,
    "description": None,
    "unit": None,
    "scale": 1.0,
    "offset": 0.0,
    "interpretation": "undefined",
    "colormap": None,
    "tags": {},
}
RASTER = {"mask": False, "gcps": [], "gcps_crs": None, "rpcs": None, "bits": None, "tags": {}}
POINT = {"z": 0.0, "id": "", "info": ""}
NUMBERS = {"nan": math.nan, "inf": math.inf, "-inf": -math.inf}
LIMIT = 1 << 26

#: Metadata as a dict; levels from 0 on, each (pixels, mask or None); tiles in file order, each
#: (header or None, offset, size).
Raster = namedtuple("Raster", "metadata levels tiles")
Header = namedtuple("Header", "version dtype coding level bands height width row column mask crc")


class Refused(Exception):
    """The file is not a FLAC raster, is damaged, or is beyond version 1."""


def require(condition, message):
    if not condition:
        raise Refused(message)


def read(data):
    """Read a whole file, given as bytes."""
    try:
        return _read(data)
    except (LookupError, ValueError, TypeError, AttributeError, struct.error, zlib.error) as error:
        raise Refused(f"malformed: {error!r}") from error


def _read(data):
    blocks, frames = metadata_blocks(data)
    tags = read_tags(blocks)  # 1, 2
    require(tags["GEOSPATIAL_VERSION"].split(".")[0] == "1", "another major version")
    own = sorted(k for k in tags if k.startswith("GEOSPATIAL_") and k != "GEOSPATIAL_CHECKSUM")
    text = "".join(f"{key}={tags[key]}\n" for key in own)
    checksum = hashlib.sha256(text.encode()).hexdigest()
    require(checksum == tags["GEOSPATIAL_CHECKSUM"], "checksum of the tags")
    metadata = read_metadata(tags)
    width, height, bands = metadata["width"], metadata["height"], metadata["count"]
    dtype = np.dtype(metadata["dtype"])

    index = json.loads(inflate(base64.b64decode(tags["GEOSPATIAL_SPATIAL_INDEX"], None, True), 31))
    size = index["tile_size"]  # 4
    require(type(size) is int and size in range(16, 8193, 16), "tile size")
    require(index["order"] == "row-major", "order of tiles")
    area = min(size, width) * min(size, height)
    require(area * bands * dtype.itemsize <= 1 << 31, "tiles too large")
    levels, tiles, end = [], [], frames
    for number in reversed(range(len(index["levels"]))):
        entry = index["levels"][len(index["levels"]) - 1 - number]
        w, h = -(-width // 2**number), -(-height // 2**number)  # 3
        require((entry["width"], entry["height"]) == (w, h), "size of a level")
        require(number == 0 or max(width, height) > size << number - 1, "too many levels")
        places = [(r, c) for r in range(-(-h // size)) for c in range(-(-w // size))]
        require(len(entry["sizes"]) == len(places), "number of tiles")
        pixels = np.empty((bands, h, w), dtype)
        mask = np.ones((h, w), bool) if metadata["mask"] else None
        for (row, column), length in zip(places, entry["sizes"]):
            require(type(length) is int and 0 <= length <= 1 << 40, "size of a tile")
            start, end = end if tiles else 0, end + length
            require(end <= len(data), "cut off")
            top, left = row * size, column * size
            place = slice(top, min(top + size, h)), slice(left, min(left + size, w))
            shape = (bands, place[0].stop - top, place[1].stop - left)
            if start == end:
                header = None
                for band, description in zip(pixels, metadata["bands"]):
                    band[place] = nodata_pixel(description["nodata"], dtype)
            else:
                header, values, valid = read_tile(data[start:end])
                found = (DTYPES[header.dtype], header.level, header.row, header.column)
                require(found == (dtype.name, number, row, column), "another tile")
                require(values.shape == shape, "shape of a tile")
                pixels[(slice(None), *place)] = values
                if mask is not None and valid is not None:
                    mask[place] = valid
            tiles.append((header, start, end - start))
        levels.insert(0, (pixels, mask))
    require(levels and end == len(data), "length of the file")
    return Raster(metadata, levels, tiles)


def metadata_blocks(data):
    """Return (type, body) of each metadata block of a stream, and where its first frame starts."""
    require(data[:4] == b"fLaC", "no FLAC stream")
    blocks, position, last = [], 4, False
    while not last:
        (head,) = struct.unpack_from(">I", data, position)
        last, kind, length = head >> 31, head >> 24 & 127, head & 0xFFFFFF
        blocks.append((kind, data[position + 4 : position + 4 + length]))
        position += 4 + length
    require(position <= len(data), "cut off")
    require([kind for kind, _ in blocks].count(0) == 1 and blocks[0][0] == 0, "STREAMINFO")
    return blocks, position


def read_tags(blocks):
    comments = [body for kind, body in blocks if kind == 4]
    require(len(comments) == 1, "no VORBIS_COMMENT, or more than one")
    (body,) = comments
    position = 0

    def number():
        nonlocal position
        position += 4
        return struct.unpack_from("<I", body, position - 4)[0]

    def text():
        nonlocal position
        length = number()
        require(position + length <= len(body), "tags cut off")
        position += length
        return body[position - length : position].decode()

    text()  # vendor
    texts = [text() for _ in range(number())]
    tags = {}
    for name, _, value in (text.partition("=") for text in texts):
        require(not name.upper().startswith("GEOSPATIAL_") or name.upper() not in tags, "twice")
        tags[name.upper()] = value
    require("GEOSPATIAL_VERSION" in tags, "not a FLAC raster")
    return tags


def read_metadata(tags):
    """2: all that is not a pixel, defaults filled in."""
    metadata = {key: int(tags[f"GEOSPATIAL_{key.upper()}"]) for key in ("width", "height", "count")}
    require(0 < min(metadata.values()) and max(metadata.values()) <= 1 << 31, "size")
    require(metadata["count"] < 1 << 16, "bands")
    metadata["dtype"] = tags["GEOSPATIAL_DTYPE"]
    require(metadata["dtype"] in DTYPES, "data type")
    metadata["crs"] = tags.get("GEOSPATIAL_CRS")
    transform = [float(value) for value in json.loads(tags["GEOSPATIAL_TRANSFORM"])]
    require(len(transform) == 9 and all(map(math.isfinite, transform)), "transform")
    metadata["transform"] = transform[:6]
    details = json.loads(tags["GEOSPATIAL_METADATA"])
    metadata.update({key: details.get(key, default) for key, default in RASTER.items()})
    metadata["gcps"] = [{**POINT, **point} for point in metadata["gcps"]]
    metadata["bands"] = [
        {key: band.get(key, default) for key, default in BAND.items()} for band in details["bands"]
    ]
    require(len(metadata["bands"]) == metadata["count"], "number of bands")
    return metadata


def nodata_pixel(nodata, dtype):
    """2.2, Nodata as a pixel."""
    value = NUMBERS[nodata] if isinstance(nodata, str) else nodata
    require(value is not None, "size 0 without nodata")
    if dtype.kind in "iu":
        require(math.isfinite(value) and value == int(value), "size 0 without nodata")
        limits = np.iinfo(dtype)
        require(limits.min <= int(value) <= limits.max, "size 0 without nodata")
        return dtype.type(int(value))
    with np.errstate(over="ignore"):
        return dtype.type(np.float64(value))


def inflate(data, wbits, limit=LIMIT):
    inflater = zlib.decompressobj(wbits)
    result = inflater.decompress(data, limit + 1)
    require(inflater.eof and len(result) <= limit, "cut off, or more data than allowed")
    return result


def read_tile(data):
    """5: one complete FLAC stream to its header, pixels and mask."""
    blocks, _ = metadata_blocks(data)
    info = blocks[0][1]
    bodies = [body for kind, body in blocks if kind == 2 and body[:4] == b"frst"]
    require(bodies, "no tile header")
    body = bodies[0]
    header = Header(*struct.unpack_from(">BBBBHHHIIII", body, 4))
    require(header.version == 1, "tile version")
    require(header.crc == zlib.crc32(info + body[4:26] + body[30:]), "CRC of a tile header")
    require(header.dtype < len(DTYPES) and header.coding < 3, "data type or coding")
    bands, height, width = header.bands, header.height, header.width
    require(bands * height * width > 0 and header.mask == len(body) - 30, "tile header")
    mask = None
    if header.mask:
        size = -(-height * width // 8)
        packed = inflate(body[30:], 15, size)
        require(len(packed) == size, "size of the mask")
        bits = np.unpackbits(np.frombuffer(packed, np.uint8), count=height * width)
        mask = bits.astype(bool).reshape(height, width)

    dtype = np.dtype(DTYPES[header.dtype])
    parts = 2 if dtype.kind == "c" else 1
    n = 8 * dtype.itemsize // parts
    planes, limbs, bits = bands * parts, max(1, n // 16), min(n, 16)
    count = planes * height * width
    packed = int.from_bytes(info[10:18], "big")
    found = (packed >> 41 & 7) + 1, (packed >> 36 & 31) + 1, packed & (1 << 36) - 1
    require(found == (1, bits, limbs * count), "STREAMINFO")
    samples = flac_samples(data, bits)
    require(samples.size == limbs * count, "number of samples")
    require(hashlib.md5(samples.astype(f"<i{bits // 8}")).digest() == info[18:34], "MD5")

    residual = np.zeros(count, f"u{n // 8}")  # 6.5
    for limb in samples.reshape(limbs, count).astype(f"i{n // 8}").view(residual.dtype):
        residual = (residual << residual.dtype.type(16 if limbs > 1 else 0)) + limb
    return header, to_pixels(residual.reshape(planes, height, width), header.coding, dtype), mask


def flac_samples(data, bits):
    try:
        samples = soundfile.read(io.BytesIO(data), dtype="int16")[0]
    except soundfile.SoundFileError as error:
        raise Refused(str(error)) from error
    return samples >> 8 if bits == 8 else samples  # libsndfile fills 16 bits


def to_pixels(words, coding, dtype):
    """6.8 up to 6.2, backwards; arithmetic of arrays is modulo their width."""
    n = 8 * words.itemsize
    top = words.dtype.type(1 << (n - 1))
    if coding == 2:
        words = np.cumsum(words, axis=2, dtype=words.dtype)
    if coding == 0:
        words = words ^ top
    else:
        words[:, 0] ^= top
        words = np.cumsum(words, axis=1, dtype=words.dtype)
    if dtype.kind == "i":
        words = words ^ top
    elif dtype.kind in "fc":
        words = np.where(words >= top, words ^ top, ~words)
    if dtype.kind != "c":
        return words.view(dtype)
    pairs = np.stack([words[0::2], words[1::2]], axis=-1)
    return pairs.view(dtype)[..., 0]
