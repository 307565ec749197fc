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
#: Keys of version 1.1, kept as they stand where they occur.
ADDED = ("coordinate_epoch", "gdal_type", "has_transform")
ADDED_TO_BANDS = ("category_names", "attribute_table", "histograms")
POINT = {"z": 0.0, "id": "", "info": ""}
NUMBERS = {"nan": math.nan, "inf": math.inf, "-inf": -math.inf}
INDEX_LIMIT = 1 << 25
ENTRIES_LIMIT = 1 << 21
CODINGS = {0: "plain", 1: "row", 2: "plane", 3: "lattice", 4: "labels"}
HOLES, INTEGERS, SPARSE, SHARED, BY_MEAN, LIMITS, PIXELS, THREE = 1, 2, 4, 8, 16, 32, 64, 128
SHARP = 256

#: Metadata as a dict; levels from 0 on, each (pixels, mask or None); tiles in file order, each
#: (header or None, offset, size); statistics or None.
Raster = namedtuple("Raster", "metadata levels tiles statistics")
#: Arrays of shape (bands, rows, columns) of the squares of a level.
Statistics = namedtuple("Statistics", "level valid minimum maximum")
Header = namedtuple(
    "Header", "version dtype level reserved first bands height width row column mask crc parts"
)
Part = namedtuple("Part", "coding planes count side")


class Refused(Exception):
    """The file is not a FLAC raster, is damaged, or is beyond version 1."""


def require(condition, message):
    if not condition:
        raise Refused(message)


def read(data):
    """Read a whole file, given as bytes."""
    try:
        return _read(data)
    except (
        LookupError,
        ValueError,
        TypeError,
        AttributeError,
        OverflowError,
        struct.error,
        zlib.error,
    ) as error:
        raise Refused(f"malformed: {error!r}") from error


def checksum(tags):
    own = sorted(k for k in tags if k.startswith("GEOSPATIAL_") and k != "GEOSPATIAL_CHECKSUM")
    text = "".join(f"{key}={tags[key]}\n" for key in own)
    return hashlib.sha256(text.encode()).hexdigest()


def _read(data):
    blocks, frames = metadata_blocks(data)
    tags = read_tags(blocks)  # 1, 2
    require(tags["GEOSPATIAL_VERSION"].split(".")[0] == "1", "another major version")
    require(checksum(tags) == tags["GEOSPATIAL_CHECKSUM"], "checksum of the tags")
    metadata = read_metadata(tags)
    width, height, bands = metadata["width"], metadata["height"], metadata["count"]
    dtype = np.dtype(metadata["dtype"])

    index = json.loads(inflate(base64.b64decode(tags["GEOSPATIAL_SPATIAL_INDEX"], None, True), 31))
    size = index["tile_size"]  # 4
    require(type(size) is int and size in range(16, 8193, 16), "tile size")
    require(index["order"] == "row-major", "order of tiles")
    step = index["tile_bands"]
    require(type(step) is int and 1 <= step <= bands, "bands of a tile")
    area = min(size, width) * min(size, height)
    require(area * step * dtype.itemsize <= 1 << 31, "tiles too large")
    statistics = None
    if "GEOSPATIAL_STATISTICS" in tags:
        text = tags["GEOSPATIAL_STATISTICS"]
        statistics = read_statistics(text, -(-width // size), -(-height // size), bands, dtype)
    levels, tiles, end = [], [], frames
    for number in reversed(range(len(index["levels"]))):
        entry = index["levels"][len(index["levels"]) - 1 - number]
        w, h = -(-width // 2**number), -(-height // 2**number)  # 3
        require((entry["width"], entry["height"]) == (w, h), "size of a level")
        require(number == 0 or max(width, height) > size << number - 1, "too many levels")
        places = [
            (row, column, first)
            for row in range(-(-h // size))
            for column in range(-(-w // size))
            for first in range(0, bands, step)
        ]
        require(len(entry["sizes"]) == len(places), "number of tiles")
        pixels = np.empty((bands, h, w), dtype)
        mask = np.ones((h, w), bool) if metadata["mask"] else None
        for (row, column, first), length in zip(places, entry["sizes"]):
            require(type(length) is int and 0 <= length <= 1 << 40, "size of a tile")
            start, end = end if tiles else 0, end + length
            require(end <= len(data), "cut off")
            top, left = row * size, column * size
            place = slice(top, min(top + size, h)), slice(left, min(left + size, w))
            target = pixels[(slice(first, first + step), *place)]
            per_band = 2 if dtype.kind == "c" else 1
            most = 16 * per_band * target.size + (per_band * len(target) << 14) + (1 << 16)
            require(length <= most, "more bytes than a tile of these pixels takes")  # 8
            if start == end:
                header = None
                for band, description in zip(target, metadata["bands"][first:]):
                    band[...] = nodata_pixel(description["nodata"], dtype)
            else:
                header, values, valid = read_tile(data[start:end])
                found = (DTYPES[header.dtype], header.level, header.row, header.column)
                require(found == (dtype.name, number, row, column), "another tile")
                require(header.first == first, "other bands")
                require(values.shape == target.shape, "shape of a tile")
                target[...] = values
                if mask is not None and valid is not None:
                    mask[place] = valid
            tiles.append((header, start, end - start))
        levels.insert(0, (pixels, mask))
    require(levels and end == len(data), "length of the file")
    return Raster(metadata, levels, tiles, statistics)


def read_statistics(text, columns, rows, bands, dtype):
    """4.1: of a raster whose level 0 has so many columns and rows of squares."""
    require(dtype.kind != "c", "statistics of complex numbers")
    n = dtype.itemsize
    most = min(bands * rows * columns, ENTRIES_LIMIT)
    data = inflate(base64.b64decode(text, None, True), 31, 1 + -(-most // 8) + 2 * most * n)
    fields = Fields(data)
    level = fields.number(1)
    require(level == 0 or max(columns, rows) > 2 ** (level - 1), "level of statistics")
    shape = bands, -(-rows // 2**level), -(-columns // 2**level)
    require(math.prod(shape) <= ENTRIES_LIMIT, "too many entries of statistics")
    valid = fields.bits(math.prod(shape)).reshape(shape)
    count = 2 * np.count_nonzero(valid)
    ranks = [fields.bytes(count) for _ in range(n)]
    fields.end()
    bits = [int.from_bytes(bytes(one), "big") for one in zip(*ranks)]
    values = np.array(bits, f"u{n}").view(dtype)
    low, high = values[: count // 2], values[count // 2 :]
    require((low <= high).all(), "NaN, or a smallest pixel above its largest")
    minimum, maximum = np.zeros(shape, dtype), np.zeros(shape, dtype)
    minimum[valid], maximum[valid] = low, high
    return Statistics(level, valid, minimum, maximum)


def metadata_blocks(data):
    """Return (type, body) of each metadata block of a stream, and where its first frame starts."""
    require(data[:4] == b"fLaC", "no FLAC stream")
    blocks, position, last = [], 4, False
    while not last:
        (head,) = struct.unpack_from(">I", data, position)
        last, kind, length = head >> 31, head >> 24 & 127, head & 0xFFFFFF
        require(len(blocks) < 1024, "too many metadata blocks")
        blocks.append((kind, data[position + 4 : position + 4 + length]))
        position += 4 + length
    require(position <= len(data), "cut off")
    require([kind for kind, _ in blocks].count(0) == 1 and blocks[0][0] == 0, "STREAMINFO")
    require(len(blocks[0][1]) == 34, "STREAMINFO")
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
    metadata = {key: whole_number(tags, key) for key in ("width", "height", "count")}
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
    metadata.update({key: details[key] for key in ADDED if key in details})
    metadata["gcps"] = [{**POINT, **point} for point in metadata["gcps"]]
    metadata["bands"] = [
        {
            **{key: band.get(key, default) for key, default in BAND.items()},
            **{key: band[key] for key in ADDED_TO_BANDS if key in band},
        }
        for band in details["bands"]
    ]
    require(len(metadata["bands"]) == metadata["count"], "number of bands")
    for band in metadata["bands"]:
        require(all(map(is_pixel_value, band["colormap"] or ())), "pixel value of a colour")
    epoch = metadata.get("coordinate_epoch")
    number = isinstance(epoch, (int, float)) and not isinstance(epoch, bool)
    require(epoch is None or (number and 0 < epoch < 10000), "coordinate epoch")
    return metadata


def is_pixel_value(text):
    """2.2: ASCII digits without leading zeros."""
    return text.isascii() and text.isdigit() and str(int(text)) == text and int(text) < 1 << 64


def whole_number(tags, key):
    text = tags[f"GEOSPATIAL_{key.upper()}"]
    require(text.isascii() and text.isdigit() and text[0] != "0", key)
    return int(text)


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


def inflate(data, wbits, limit=INDEX_LIMIT):
    inflater = zlib.decompressobj(wbits)
    result = inflater.decompress(data, limit + 1)
    require(inflater.eof and len(result) <= limit, "cut off, or more data than allowed")
    require(not inflater.unused_data, "something after the end of packed data")
    return result


class Fields:
    """Big-endian fields, read one after the other."""

    def __init__(self, data):
        self.data, self.position = data, 0

    def bytes(self, size):
        start, self.position = self.position, self.position + size
        require(self.position <= len(self.data), "side information too short")
        return self.data[start : self.position]

    def number(self, size):
        return int.from_bytes(self.bytes(size), "big")

    def bits(self, count):
        """Return so many bits, the first one highest, as an array of bool."""
        packed = np.frombuffer(self.bytes(-(-count // 8)), np.uint8)
        return np.unpackbits(packed, count=count).astype(bool)

    def end(self):
        require(self.position == len(self.data), "side information too long")


def read_tile(data):
    """5: one complete FLAC stream to its header, pixels and mask."""
    blocks, _ = metadata_blocks(data)
    info = blocks[0][1]
    bodies = [body for kind, body in blocks if kind == 2 and body[:4] == b"frst"]
    require(bodies, "no tile header")
    body = bodies[0]
    header = Header(*struct.unpack_from(">BBBBHHHHIIII", body, 4), None)
    require(header.version == 1, "tile version")
    require(header.crc == zlib.crc32(info + body[4:28] + body[32:]), "CRC of a tile header")
    require(header.dtype < len(DTYPES), "data type")
    bands, height, width = header.bands, header.height, header.width
    require(bands * height * width > 0 and header.mask <= len(body) - 32, "tile header")
    mask = None
    if header.mask:
        packed = inflate(body[32 : 32 + header.mask], 15, 1 + -(-height * width // 8))
        mask = bitmap(packed, height, width)

    dtype = np.dtype(DTYPES[header.dtype])
    n = 8 * dtype.itemsize // (2 if dtype.kind == "c" else 1)
    planes = bands * 8 * dtype.itemsize // n
    pixels = planes * height * width
    packed = inflate(body[32 + header.mask :], 15, 4096 + pixels + 2048 * planes)
    header = header._replace(parts=read_parts(packed))
    numbers = [number for part in header.parts for number in part.planes]
    require(sorted(numbers) == list(range(planes)), "each plane once")
    require(all(part.coding in CODINGS for part in header.parts), "coding")

    count = sum(part.count for part in header.parts)
    require(count <= 5 * pixels + 4096 * planes, "more samples than pixels need")
    packed = int.from_bytes(info[10:18], "big")
    channels, depth, total = (packed >> 41 & 7) + 1, (packed >> 36 & 31) + 1, packed & (1 << 36) - 1
    require(channels == 1 and depth in (8, 16) and total == max(1, count), "STREAMINFO")
    samples = flac_samples(data, depth)
    require(samples.size == total, "number of samples")
    require(hashlib.md5(samples.astype(f"<i{depth // 8}")).digest() == info[18:34], "MD5")

    values = np.empty((planes, height, width), f"u{n // 8}")
    position = 0
    for part in header.parts:
        own = samples[position : position + part.count]
        position += part.count
        shape = len(part.planes), height, width
        decode = labels if part.coding == 4 else predicted
        values[list(part.planes)] = decode(part, own.astype(np.int64), shape, n, dtype.kind)
    if dtype.kind == "c":  # 6.2
        values = np.stack([values[0::2], values[1::2]], axis=-1)
        return header, values.view(dtype)[..., 0], mask
    return header, values.view(dtype), mask


def bitmap(data, height, width):
    """5.3: one bit per pixel, as an array of bool."""
    count = height * width
    require(1 <= len(data) <= 1 + -(-count // 8), "size of a mask")
    kind, rest = data[0], data[1:]
    require(kind in (0, 1), "kind of a mask")
    if kind == 0:
        fields = Fields(rest)
        bits = fields.bits(count)
        fields.end()
        return bits.reshape(height, width)
    changes = np.zeros(count, bool)
    position, distance = -1, 0
    for byte in rest:
        distance += byte
        if byte < 255:
            position += distance + 1
            require(position < count, "a mask changes beyond its end")
            changes[position], distance = True, 0
    return np.logical_xor.accumulate(changes.reshape(height, width), axis=0)


def read_parts(data):
    """5.4, Side information."""
    fields = Fields(data)
    parts = []
    for _ in range(fields.number(1)):
        coding, planes, samples, size = (fields.number(n) for n in (1, 2, 4, 4))
        numbers = [fields.number(2) for _ in range(planes)]
        parts.append(Part(coding, numbers, samples, fields.bytes(size)))
    fields.end()
    return parts


def flac_samples(data, bits):
    try:
        samples = soundfile.read(io.BytesIO(data), dtype="int16")[0]
    except soundfile.SoundFileError as error:
        raise Refused(str(error)) from error
    return samples >> 8 if bits == 8 else samples  # libsndfile fills 16 bits


# ---------------------------------------------------------------- 6.5 to 6.9


def join_limbs(samples, m):
    """6.5: samples to residuals, unsigned integers of m bits."""
    limbs = max(1, m // 16)
    require(samples.size % limbs == 0, "number of samples")
    residual = np.zeros(samples.size // limbs, np.int64)
    for limb in samples.reshape(limbs, -1):
        residual = residual * 2**16 + limb
    return residual.astype(f"u{m // 8}")


def predicted(part, samples, shape, n, kind):
    """6.6: codings 0 to 3, to the bits of the planes' values."""
    fields = Fields(part.side)
    planes, height, width = shape
    count = math.prod(shape)
    flags, second = fields.number(1), fields.number(1)
    flags, m = flags + 256 * (second // 16), 8 * (second % 16)
    require(flags < 512, "a flag of the future")
    require(flags & BY_MEAN and not flags & LIMITS or not flags & SHARP, "SHARP")
    require(flags & HOLES or not flags & SHARED, "SHARED without HOLES")
    require(
        part.coding == 3 or not flags & (BY_MEAN | LIMITS | PIXELS | THREE | SHARP),
        "flags of the lattice",
    )
    require(m in (8, 16, 32, 64) and (m <= n if flags & INTEGERS else m == n), "width of words")
    hole_values, holes = [], None
    if flags & HOLES:
        hole_values = [(fields.number(1), fields.number(8)) for _ in range(planes)]
        require(all(value < 1 << n for _, value in hole_values), "value of holes")
        number = 1 if flags & SHARED else planes
        masks = [bitmap(fields.bytes(fields.number(4)), height, width) for _ in range(number)]
        holes = masks * planes if flags & SHARED else masks
    if flags & INTEGERS:
        factor, offset = fields.number(4), fields.number(8)
        require(factor, "factor 0")
    residual = join_limbs(samples, m)
    if flags & SPARSE:
        size = fields.number(4)
        require(size <= 2 * count + 4 * planes, "number of residuals")
        kept = fields.bits(-(-size // 4))
        require(residual.size == 4 * kept.sum(), "number of samples")
        chunks = np.zeros((kept.size, 4), residual.dtype)
        chunks[kept] = residual.reshape(-1, 4)
        residual = chunks.reshape(-1)[:size]
    if part.coding == 3:
        limits = None
        if flags & LIMITS:
            limits = fields.number(8), fields.number(8)
            require(planes == 1 and limits[0] <= limits[1] < 1 << m, "limits")
        weights_a_plane = 6 if flags & THREE else 8
        weights = np.frombuffer(fields.bytes(weights_a_plane * (planes - 1)), np.int8).tolist()
        words = lattice(residual, weights, shape, m, holes, flags, limits)
    else:
        require(residual.size == count, "number of residuals")
        words = simple(residual.reshape(shape), part.coding)
    fields.end()

    if not flags & INTEGERS:
        bits = word_to_bits(words, kind)
    elif kind in "fc":
        whole = words.astype(np.uint64) + np.uint64(offset)
        value = whole.astype(np.int64).astype(np.float64) / float(factor)
        with np.errstate(over="ignore"):
            bits = value.astype(f"f{n // 8}").view(f"u{n // 8}")
    else:
        bits = (words.astype(np.uint64) + np.uint64(offset)).astype(f"u{n // 8}")
    for number, (present, value) in enumerate(hole_values):
        if present:
            bits[number][holes[number]] = value
    return bits


def word_to_bits(words, kind):
    """6.3."""
    top = words.dtype.type(1 << (8 * words.itemsize - 1))
    if kind == "u":
        return words
    return words ^ top if kind == "i" else np.where(words >= top, words ^ top, ~words)


def simple(words, coding):
    """6.7 to 6.9; arithmetic of arrays is modulo their width."""
    top = words.dtype.type(1 << (8 * words.itemsize - 1))
    if coding == 0:
        return words ^ top
    if coding == 2:
        words = np.cumsum(words, axis=2, dtype=words.dtype)
    words[:, 0] ^= top
    return np.cumsum(words, axis=1, dtype=words.dtype)


# ---------------------------------------------------------------- 6.10


def at(plane, rows, columns):
    """Return the pixels so many rows and columns on; an index beyond the edge is the edge."""
    height, width = plane.shape
    y = np.clip(np.arange(height) + rows, 0, height - 1)
    x = np.clip(np.arange(width) + columns, 0, width - 1)
    return plane[y][:, x]


def neighbours(phase, known, centres):
    """Return a to d of every pixel of a phase."""
    if phase == 0:
        return np.stack([known, at(known, 1, 1), at(known, 0, 1), at(known, 1, 0)])
    if phase == 1:
        return np.stack([known, at(known, 0, 1), at(centres, -1, 0), centres])
    return np.stack([known, at(known, 1, 0), at(centres, 0, -1), centres])


def padded(size, multiple=32):
    return -(-size // multiple) * multiple


def lattice(residual, weights, shape, m, holes, flags, limits):
    planes, height, width = shape
    far = 8 if flags & THREE else 16  # from seed to seed
    tall, wide = padded(height, 2 * far), padded(width, 2 * far)
    require(planes * tall * wide <= 4 * math.prod(shape) + (1 << 26), "too much padding")
    skipped = np.ones((planes, tall, wide), bool)
    skipped[:, :height, :width] = False if holes is None else holes
    words = np.zeros((planes, tall, wide), residual.dtype)
    seeds = planes * (tall // far) * (wide // far)
    stored = iter(residual[seeds:])
    difference = residual[:seeds].reshape(planes, tall // far, wide // far)
    difference = np.cumsum(difference, axis=2, dtype=residual.dtype)
    words[:, ::far, ::far] = np.cumsum(difference, axis=1, dtype=residual.dtype)
    weights = iter(weights)
    for step in (4, 2, 1) if flags & THREE else (8, 4, 2, 1):
        centres = [None] * planes
        for phases in ((0,), (1, 2)):  # two passes
            places = [place_of(phase, step) for phase in phases]
            # a to d, each of (plane, phase of the pass, row, column), as all arrays below
            four = np.stack(
                [
                    np.stack([neighbours(phase, known, own) for phase in phases], axis=1)
                    for known, own in zip(words[:, :: 2 * step, :: 2 * step], centres)
                ],
                axis=1,
            )
            prediction, activity = predict(four, flags)
            if flags & SHARP:
                prediction = sharpened(prediction, m)
            missing = np.stack([skipped[(slice(None), *place)] for place in places], axis=1)
            difference = np.zeros_like(prediction)
            for p in range(planes):
                if p == 0:
                    key = logarithm(of_blocks(activity[0], flags) + np.float32(1))
                elif p == 1:
                    largest = of_blocks(np.max(activity[1:], axis=0), flags) + np.float32(1)
                    e = difference[0]
                    size = of_blocks(np.minimum(e, -e), flags)
                    key = logarithm(largest + np.float32(2) * size)
                for place in stored_order(key, missing[p], flags):
                    difference[p][place] = take(stored)
                if limits:
                    difference[p] = unfolded(difference[p], prediction[p], limits, m)
                if p > 0:
                    difference[p] += expected(difference[p - 1], take(weights), m)
            for number, place in enumerate(places):
                words[(slice(None), *place)] = prediction[:, number] + difference[:, number]
            if phases == (0,):
                centres = [plane[places[0]].copy() for plane in words]
    require(next(stored, None) is None, "number of residuals")
    return words[:, :height, :width]


def take(numbers):
    number = next(numbers, None)
    require(number is not None, "too few residuals")
    return number


def place_of(phase, step):
    """Return where the pixels of a phase lie in a plane."""
    row, column = ((1, 1), (0, 1), (1, 0))[phase]
    return slice(row * step, None, 2 * step), slice(column * step, None, 2 * step)


def predict(four, flags):
    """Return prediction and activity from the neighbours a to d."""
    a, b, c, d = four
    q = np.sort(four, axis=0)
    x, y = q[1], q[2]
    if flags & BY_MEAN:
        x, y = ((one & other) + ((one ^ other) >> 1) for one, other in ((a, b), (c, d)))
    return (x | y) - ((x ^ y) >> 1), q[3] - q[0]


def sharpened(prediction, m):
    """SHARP, of predictions of (plane, phase of the pass, row, column)."""
    found = prediction.copy()
    *_, phases, height, width = prediction.shape
    for phase in range(phases):
        if phases == 1:
            around = [(0, -1, 0), (0, 1, 0), (0, 0, -1), (0, 0, 1)]
        elif phase == 0:  # E, with F around
            around = [(1, 0, 0), (1, 0, 1), (1, -1, 0), (1, -1, 1)]
        else:
            around = [(0, 0, 0), (0, 1, 0), (0, 0, -1), (0, 1, -1)]
        for y in range(1, height - 1):
            for x in range(1, width - 1):
                total = sum(
                    prediction[:, other, y + down, x + across].astype(object)
                    for other, down, across in around
                )
                excess = (4 * prediction[:, phase, y, x].astype(object) - total + 4) % 2**m
                excess = np.array([int(n) - 2**m if n >= 2 ** (m - 1) else int(n) for n in excess])
                own = prediction[:, phase, y, x].astype(object) + excess // 8
                found[:, phase, y, x] = own % 2**m
    return found


def of_blocks(u, flags):
    """B of the document; float32."""
    if flags & PIXELS:
        return u.astype(np.float32)
    larger = np.maximum(u[:, 0::2], u[:, 1::2])
    return larger[..., 0::2].astype(np.float32) + larger[..., 1::2].astype(np.float32)


def logarithm(t):
    return np.minimum((t.view(np.uint32) >> 21) - 508, 255)


def stored_order(key, missing, flags):
    """Yield the (phase of the pass, row, column) of each residual of a plane and pass."""
    side = 1 if flags & PIXELS else 2
    whole, partial = [], []
    for block in np.ndindex(key.shape):  # phase by phase, row by row
        phase, i, j = block
        pixels = [(phase, side * i + y, side * j + x) for y in range(side) for x in range(side)]
        there = [pixel for pixel in pixels if not missing[pixel]]
        (whole if len(there) == len(pixels) else partial).append((key[block], there))
    for blocks in (whole, partial):
        for _, there in sorted(blocks, key=lambda item: item[0]):  # stable
            yield from there


def unfolded(residual, prediction, limits, m):
    """LIMITS: residuals of folded numbers, to differences modulo 2^m."""
    found = np.zeros_like(residual)
    for place, number in np.ndenumerate(residual.view(f"i{m // 8}")):
        number, center = int(number), int(prediction[place])
        count = 2 * number if number >= 0 else -2 * number - 1
        room = min(center - limits[0], limits[1] - center)
        require(room >= 0, "a prediction beyond the limits")
        if count > 2 * room:
            up = limits[1] - center >= center - limits[0]
            number = count - room if up else room - count
        found[place] = number % 2**m
    return found


def expected(before, weight, m):
    """Differences of the plane before, times a weight in eighths."""
    if weight == 8:
        return before
    signed = before.view(f"i{m // 8}").astype(np.int64)
    return ((signed * weight + 4) >> 3).astype(before.dtype)


# ---------------------------------------------------------------- 6.11


def labels(part, samples, shape, n, kind):
    fields = Fields(part.side)
    require(shape[0] == 1, "planes of labels")
    size = fields.number(2)
    require(1 <= size <= 256, "number of labels")
    palette = np.array([fields.number(n // 8) for _ in range(size)], f"u{n // 8}")
    packed = np.frombuffer(fields.bytes(252), np.uint8).reshape(4, 9, 7).astype(np.int64)
    counts = (packed[0] << 24) + (packed[1] << 16) + (packed[2] << 8) + packed[3]
    fields.end()
    sizes = np.concatenate((counts, counts[:, 3:6]), axis=1)
    require(samples.size == padded(int(sizes.sum()), 16), "number of samples")
    numbers = iter([2 * s if s >= 0 else -2 * s - 1 for s in samples.tolist()])
    stored = {
        (i, of_class): [next(numbers) for _ in range(sizes[i, of_class])]
        for of_class in range(10)
        for i in range(9)
    }
    if size == 1:
        require(samples.size == 0, "misses of the only label")
        return np.full(shape, palette[0])
    for (_, of_class), found in stored.items():
        require(of_class < 6 or max(found, default=0) < size, "a number is no label")
    tall, wide = padded(shape[1], 16), padded(shape[2], 16)
    plane = np.zeros((tall, wide), np.int64)
    plane[::16, ::16] = label_seeds(stored, counts, tall // 16, wide // 16)
    for refinement, step in enumerate((8, 4, 2, 1)):
        known, centres = plane[:: 2 * step, :: 2 * step], None
        if step in (8, 2):
            likely = likely_labels(known, size)
        for i, phases in ((1 + 2 * refinement, (0,)), (2 + 2 * refinement, (1, 2))):
            around = [neighbours(phase, known, centres) for phase in phases]
            q = np.stack([np.sort(four, axis=0) for four in around], axis=1)
            centres = label_step(i, stored, q, likely)
            for phase, found in zip(phases, centres):
                row, column = ((1, 1), (0, 1), (1, 0))[phase]
                plane[row * step :: 2 * step, column * step :: 2 * step] = found
            centres = centres[0]
    return palette[plane[: shape[1], : shape[2]]][np.newaxis]


def label_seeds(stored, counts, rows, columns):
    require(counts[0, 0] == counts[0, 6] and counts[0].sum() == 2 * counts[0, 0], "seeds")
    found = []
    for gap, label in zip(stored[0, 0], stored[0, 6]):
        found += gap * found[-1:] if found else gap * [0]
        found.append(label)
        require(len(found) <= rows * columns, "a miss lies outside the seeds")
    found += (rows * columns - len(found)) * (found[-1:] or [0])
    seeds = np.array(found).reshape(rows, columns)
    seeds[1::2] = seeds[1::2, ::-1].copy()
    return seeds


def label_step(i, stored, q, likely):
    """Return the labels of the pixels of a step; q has the shape (4, phases, rows, columns)."""
    found, kinds = vote(q), kinds_of_pixels(q)
    first = found.copy()

    def second_guess(pixel):
        if kinds[pixel] == 0:
            return likely[first[pixel]][1]
        return next(label for label in q[(slice(None), *pixel)] if label != first[pixel])

    def numbered(pixel, x):
        rest = [a for a in likely[first[pixel]] if a not in (first[pixel], second_guess(pixel))]
        return [first[pixel], second_guess(pixel), *rest][x]

    misses = []
    for kind in range(3):
        pixels = [tuple(pixel) for pixel in np.argwhere(kinds == kind)]
        position = -1
        for gap in stored[i, kind]:
            position += gap + 1
            require(position < len(pixels), "a miss lies outside its kind")
            misses.append(pixels[position])
    for pixel in misses:
        found[pixel] = second_guess(pixel)
    position = -1
    for kind in range(3):
        for gap, u in zip(stored[i, 3 + kind], stored[i, 7 + kind]):
            position += gap + 1
            require(position < len(misses), "a second miss lies outside the misses")
            found[misses[position]] = numbered(misses[position], (u + 2) % len(likely))
    others = [tuple(pixel) for pixel in np.argwhere(kinds == 3)]
    require(len(others) == len(stored[i, 6]), "number of listed labels")
    for pixel, x in zip(others, stored[i, 6]):
        found[pixel] = numbered(pixel, x)
    return found


def likely_labels(known, size):
    """Return for each label all labels, itself first, then by how often they touch it."""
    touch = np.zeros((size, size), np.int64)
    for one, other in ((known[:, :-1], known[:, 1:]), (known[:-1], known[1:])):
        for a, b in zip(one.ravel(), other.ravel()):
            touch[a, b] += 1
            touch[b, a] += 1
    touch = np.minimum(touch, 65534)
    return [
        sorted(range(size), key=lambda label, of=of: (label != of, -touch[of, label], label))
        for of in range(size)
    ]


def vote(q):
    found = np.where(q[2] == q[3], q[2], q[0])
    return np.where((q[0] == q[1]) | (q[1] == q[2]), q[1], found)


def kinds_of_pixels(q):
    pairs = (q[0] == q[1]) & (q[2] == q[3])
    three = (q[0] == q[2]) | (q[1] == q[3])
    return np.select([q[0] == q[3], three, pairs], [0, 1, 2], 3)
