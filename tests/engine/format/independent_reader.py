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
INDEX_LIMIT = 1 << 25
ENTRIES_LIMIT = 1 << 21
CODINGS = {0: "plain", 1: "row", 2: "plane", 3: "lattice", 4: "labels"}
HOLES, INTEGERS, SPARSE = 1, 2, 4

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
    metadata["gcps"] = [{**POINT, **point} for point in metadata["gcps"]]
    metadata["bands"] = [
        {key: band.get(key, default) for key, default in BAND.items()} for band in details["bands"]
    ]
    require(len(metadata["bands"]) == metadata["count"], "number of bands")
    return metadata


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
        """Return a bitmap, first bit highest, as an array of bool."""
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
        size = -(-height * width // 8)
        packed = inflate(body[32 : 32 + header.mask], 15, size)
        require(len(packed) == size, "size of the mask")
        mask = Fields(packed).bits(height * width).reshape(height, width)

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
    count = math.prod(shape)
    flags, m = fields.number(1), 8 * fields.number(1)
    require(flags < 8 and m in (8, 16, 32, 64), "flags or width of words")
    require(m == n or flags & INTEGERS, "width of words")
    hole_values, holes = [], None
    if flags & HOLES:
        hole_values = [(fields.number(1), fields.number(8)) for _ in range(shape[0])]
        require(all(value < 1 << n for _, value in hole_values), "value of holes")
        holes = fields.bits(count).reshape(shape)
    if flags & INTEGERS:
        factor, offset = fields.number(4), fields.number(8)
        require(factor, "factor 0")
    residual = join_limbs(samples, m)
    if flags & SPARSE:
        size = fields.number(4)
        require(size <= 2 * count + 4096, "number of residuals")
        kept = fields.bits(-(-size // 16))
        require(residual.size == 16 * kept.sum(), "number of samples")
        chunks = np.zeros((kept.size, 16), residual.dtype)
        chunks[kept] = residual.reshape(-1, 16)
        residual = chunks.reshape(-1)[:size]
    if part.coding == 3:
        size = 12 * (shape[0] - 1)
        weights = np.frombuffer(fields.bytes(size), np.int8).tolist()
        words = lattice(residual, weights, shape, m, holes)
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


def sorted_neighbours(phase, known, centres):
    """Return q0 to q3 of every pixel of a phase."""
    if phase == 0:
        four = known, at(known, 1, 1), at(known, 0, 1), at(known, 1, 0)
    elif phase == 1:
        four = known, at(known, 0, 1), at(centres, -1, 0), centres
    else:
        four = known, at(known, 1, 0), at(centres, 0, -1), centres
    return np.sort(np.stack(four), axis=0)


def padded(size, multiple=32):
    return -(-size // multiple) * multiple


def lattice(residual, weights, shape, m, holes):
    planes, height, width = shape
    tall, wide = padded(height), padded(width)
    skipped = np.ones((planes, tall, wide), bool)
    skipped[:, :height, :width] = False if holes is None else holes
    words = np.zeros((planes, tall, wide), residual.dtype)
    seeds = planes * (tall // 16) * (wide // 16)
    stored = iter(residual[seeds:])
    difference = residual[:seeds].reshape(planes, tall // 16, wide // 16)
    difference = np.cumsum(difference, axis=2, dtype=residual.dtype)
    words[:, ::16, ::16] = np.cumsum(difference, axis=1, dtype=residual.dtype)
    weights = iter(weights)
    for step in (8, 4, 2, 1):
        centres = [None] * planes
        for phase, (row, column) in enumerate(((1, 1), (0, 1), (1, 0))):
            place = slice(row * step, None, 2 * step), slice(column * step, None, 2 * step)
            sides = [
                sorted_neighbours(phase, plane[:: 2 * step, :: 2 * step], plane_centres)
                for plane, plane_centres in zip(words, centres)
            ]
            activities = [q[3] - q[0] for q in sides]
            before = None
            for p in range(planes):
                if p == 0:
                    order = block_order(block_activity(activities[0]))
                elif p == 1:
                    largest = block_activity(np.max(activities[1:], axis=0))
                    order = block_order(largest + 2 * block_activity(np.minimum(before, -before)))
                e = np.zeros_like(activities[p])
                missing = skipped[p][place]
                for i, j in order:
                    for y, x in ((i, j), (i, j + 1), (i + 1, j), (i + 1, j + 1)):
                        if not missing[y, x]:
                            e[y, x] = next(stored)
                if p > 0:
                    e += expected(before, next(weights), m)
                low, high = sides[p][1:3]
                words[p][place] = (low | high) - ((low ^ high) >> 1) + e
                before = e
            if phase == 0:
                centres = [plane[place].copy() for plane in words]
    require(next(stored, None) is None, "number of residuals")
    return words[:, :height, :width]


def block_activity(activity):
    """B of the document; float32."""
    larger = np.maximum(activity[0::2], activity[1::2])
    left, right = larger[:, 0::2], larger[:, 1::2]
    return (left.astype(np.float32).astype(np.float64) + right.astype(np.float64)).astype("f4")


def block_order(activity):
    """Return the upper left pixel of each block, in stored order."""
    key = (activity + np.float32(1)).view(np.uint32) >> 21
    key = np.minimum(key - 508, 255)
    places = [(i, j) for i in range(key.shape[0]) for j in range(key.shape[1])]
    return [(2 * i, 2 * j) for i, j in sorted(places, key=lambda place: key[place])]


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
    tall, wide = padded(shape[1]), padded(shape[2])
    size = fields.number(2)
    require(1 <= size <= 64, "number of labels")
    palette = np.array([fields.number(n // 8) for _ in range(size)], f"u{n // 8}")
    packed = np.frombuffer(fields.bytes(420), np.uint8).reshape(4, 15, 7).astype(np.int64)
    counts = (packed[0] << 24) + (packed[1] << 16) + (packed[2] << 8) + packed[3]
    fields.end()
    seeds, total = (tall // 32) * (wide // 32), int(counts.sum())
    if samples.size == 2 * (seeds + 2 * total):
        samples = join_limbs(samples, 32).view(np.int32).astype(np.int64)
    require(samples.size == seeds + 2 * total, "number of samples")
    numbers = [2 * s if s >= 0 else -2 * s - 1 for s in samples.tolist()]
    ranks, gaps = {}, {}
    position = seeds
    for target in (ranks, gaps):
        for kind_of_pixel in range(7):
            for i in range(15):
                length = int(counts[i, kind_of_pixel])
                target[i, kind_of_pixel] = numbers[position : position + length]
                position += length

    require(max(numbers[:seeds]) < size, "a seed is no label")
    plane = np.zeros((tall, wide), np.int64)
    plane[::32, ::32] = np.array(numbers[:seeds]).reshape(tall // 32, wide // 32)
    for refinement, step in enumerate((16, 8, 4, 2, 1)):
        known, centres = plane[:: 2 * step, :: 2 * step], None
        if step > 1:
            likely = likely_labels(known, size)
        for phase, (row, column) in enumerate(((1, 1), (0, 1), (1, 0))):
            i = 3 * refinement + phase
            q = sorted_neighbours(phase, known, centres)
            found, kinds = vote(q), classes(q)
            for kind_of_pixel in range(7):
                pixels = np.argwhere(kinds == kind_of_pixel)  # row by row
                position = -1
                for u, gap in zip(ranks[i, kind_of_pixel], gaps[i, kind_of_pixel]):
                    position += gap + 1
                    require(position < len(pixels), "a miss lies outside its class")
                    y, x = pixels[position]
                    order = likely[found[y, x]]
                    index = u + 1
                    if kind_of_pixel > 1:
                        second = next(label for label in q[:, y, x] if label != found[y, x])
                        second_index = order.index(second)
                        if u == 0:
                            index = second_index
                        elif u < second_index:
                            index = u
                    require(index < size, "a missed label is none")
                    found[y, x] = order[index]
            plane[row * step :: 2 * step, column * step :: 2 * step] = found
            if phase == 0:
                centres = found
    return palette[plane[: shape[1], : shape[2]]][np.newaxis]


def likely_labels(known, size):
    """Return for each label all labels, itself first, then by how often they touch it."""
    touch = np.zeros((size, size), np.int64)
    for one, other in ((known[:, :-1], known[:, 1:]), (known[:-1], known[1:])):
        for a, b in zip(one.ravel(), other.ravel()):
            touch[a, b] += 1
            touch[b, a] += 1
    return [
        sorted(range(size), key=lambda label, of=of: (label != of, -touch[of, label], label))
        for of in range(size)
    ]


def vote(q):
    found = np.where(q[2] == q[3], q[2], q[0])
    return np.where((q[0] == q[1]) | (q[1] == q[2]), q[1], found)


def classes(q):
    first, middle, last = q[0] == q[1], q[1] == q[2], q[2] == q[3]
    equal = first.astype(int) + middle + last
    near = (q[0] != q[3]).copy()
    near[1:] |= (q[0] != q[3])[:-1]
    near[:-1] |= (q[0] != q[3])[1:]
    flat = near.ravel()  # rows run on into one another
    wider = flat.copy()
    wider[1:] |= flat[:-1]
    wider[:-1] |= flat[1:]
    kinds = np.select([equal == 3, equal == 2, equal == 1], [0, 2, 4], 6)
    kinds[(equal == 3) & wider.reshape(near.shape)] = 1
    kinds[first & last & ~middle] = 3
    return kinds
