"""Changes that know the format: one field of a valid input, with checksums made right again.

Blind changes of a file end at its checksums. So a mutator takes a file apart, changes one thing,
and puts it together as a hostile writer would. What it cannot take apart it changes blindly.
"""

import io
import json
import random
import re
import sqlite3
import struct
import zlib
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import numpy as np
from flac_raster_qgis.engine import flac
from flac_raster_qgis.engine.coding.segment import Segment, pack_segments, unpack_segments
from flac_raster_qgis.engine.flac.stream import (
    APPLICATION,
    MAGIC,
    PADDING,
    STREAMINFO,
    VORBIS_COMMENT,
    Settings,
    StreamInfo,
    pack_block,
    parse_head,
)
from flac_raster_qgis.engine.format import header as container
from flac_raster_qgis.engine.format.tag_text import decode_text
from flac_raster_qgis.engine.tile.header import APPLICATION_ID, LAYOUT, _header_crc
from kits.durability import pack_index
from kits.independent_reader import checksum
from mutagen.flac import FLAC

from .seeds import TRAP

Change = Callable[[bytes], bytes]
Mutator = Callable[[bytes, random.Random, Change], bytes]

_PREFIX = container.PREFIX
#: Numbers at which something usually ends.
NUMBERS = [0, 1, 2, 3, 7, 8, 15, 16, 17, 255, 256, 65535, 65536, 2**24 - 1, 2**31 - 1, 2**31]
NUMBERS += [2**32 - 1, 2**32, 2**40, 2**63 - 1, 2**63, 2**64, -1, -(2**63), 10**30]
_ODD_JSON = [*NUMBERS, None, True, False, "", "nan", "inf", 0.5, 1e308, [], {}, [[]], "x" * 300]
_ODD_TEXT = ["", "0", "-1", "NaN", "1e999", "[]", "{}", "null", "\x00", "\x1b[2J", "é" * 50]
_ODD_TEXT += ["EPSG:4326", "/etc/passwd", "http://127.0.0.1/", "[1,0,0,0,0,0,0,0,1]"]


def blind(data, rng, limit=1 << 16):
    """Change some bytes without knowing what they mean."""
    data = bytearray(data or b"\0")
    for _ in range(rng.choice([1, 1, 2, 4])):
        position = rng.randrange(len(data) + 1)
        kind = rng.randrange(5)
        if kind == 0 and position < len(data):
            data[position] ^= 1 << rng.randrange(8)
        elif kind == 1 and position < len(data):
            data[position] = rng.choice([0, 1, 0x7F, 0x80, 0xFF, rng.randrange(256)])
        elif kind == 2:
            del data[position : position + rng.randrange(1, 9)]
        elif kind == 3:
            data[position:position] = rng.randbytes(rng.randrange(1, 9))
        else:
            start = rng.randrange(len(data) + 1)
            data[position:position] = data[start : start + rng.randrange(1, 33)]
    return bytes(data[:limit])


def odd_integer(rng, value, bits):
    """Return another whole number of so many bits."""
    other = rng.choice([*NUMBERS, value + 1, value - 1, value ^ 1 << rng.randrange(bits)])
    return other % 2**bits


def json_value(rng, value):
    """Change one thing, anywhere in a JSON value."""
    if isinstance(value, (dict, list)) and value and rng.random() < 0.85:
        keys = list(value) if isinstance(value, dict) else range(len(value))
        key = rng.choice(keys)
        value = value.copy()
        what = rng.random()
        if what < 0.1:
            del value[key]
        elif what < 0.2 and isinstance(value, list):
            value.insert(key, value[key])
        else:
            value[key] = json_value(rng, value[key])
        return value
    if isinstance(value, int) and not isinstance(value, bool) and rng.random() < 0.5:
        return rng.choice([value + 1, value - 1, 2 * value, -value])
    return rng.choice(_ODD_JSON)


# ---------------------------------------------------------------- a tile


def tile(data, rng, change):
    """Change one field of a tile: STREAMINFO, header, mask, a part, its samples, or the frames."""
    try:
        return _tile(data, rng, change)
    except Exception:  # no tile any more: what is made of it need not be one
        return change(data)


class Pieces(NamedTuple):
    """A tile taken apart."""

    info: bytes
    fields: list
    mask: bytes
    side: bytes
    frames: bytes


def take_apart(data, head):
    """Return the pieces of a tile."""
    (block,) = [b for b in head.of_type(APPLICATION) if b.body(data)[:4] == APPLICATION_ID]
    body = block.body(data)[4:]
    *fields, _ = LAYOUT.unpack_from(body)
    rest, size = body[LAYOUT.size :], fields[-1]
    return Pieces(
        head.blocks[0].body(data), fields, rest[:size], rest[size:], data[head.frames_start :]
    )


def put_together(pieces):
    """Make a tile of pieces, with a right CRC."""
    info, fields, mask, side, frames = pieces
    crc = _header_crc(info, tuple(fields), mask + side)
    body = APPLICATION_ID + LAYOUT.pack(*fields, crc) + mask + side
    blocks = pack_block(STREAMINFO, info, last=False) + pack_block(APPLICATION, body, last=True)
    return MAGIC + blocks + frames


def with_pieces(data, head, **changed):
    """Return a tile with other pieces, its header telling the length of its mask."""
    pieces = take_apart(data, head)._replace(**changed)
    pieces.fields[-1] = len(pieces.mask)
    return put_together(pieces)


def with_sample_count(data, head, count):
    """Return a tile that says everywhere that it has so many samples."""
    pieces = take_apart(data, head)
    (part,) = unpack_segments(zlib.decompress(pieces.side))
    packed = int.from_bytes(pieces.info[10:18], "big") >> 36 << 36 | count
    info = pieces.info[:10] + packed.to_bytes(8, "big") + pieces.info[18:]
    side = zlib.compress(_pack([(part[0], part[1], count, part[3])]))
    return with_pieces(data, head, info=info, side=side)


def _pack(parts):
    fake = [Segment(c, p, np.broadcast_to(np.int8(0), (n,)), s) for c, p, n, s in parts]
    return pack_segments(fake)


def _tile(data, rng, change):
    head = parse_head(data)
    info, fields, mask, side, frames = take_apart(data, head)
    what = rng.choice(["info", "header", "mask", "part", "part", "side", "samples", "frames"])
    if what == "info":
        info = _stream_info(info, rng, change)
    elif what == "header":
        number = rng.randrange(len(fields))
        bits = 8 * [1, 1, 1, 1, 2, 2, 2, 2, 4, 4, 4][number]
        fields[number] = odd_integer(rng, fields[number], bits)
    elif what == "mask":
        mask = zlib.compress(change(zlib.decompress(mask) if mask else b"\0\xff"))
    elif what == "part":
        side = zlib.compress(_parts(zlib.decompress(side), rng, change))
    elif what == "side":
        side = zlib.compress(change(zlib.decompress(side)))
    elif what == "frames":
        frames = change(frames)
    else:
        info, frames = _samples(data, head.info, rng, change)
    if what != "header":
        fields[-1] = len(mask)
    return put_together(Pieces(info, fields, mask, side, frames))


def _stream_info(info, rng, change):
    if rng.random() < 0.3:
        return change(info)[: StreamInfo.SIZE].ljust(StreamInfo.SIZE, b"\0")
    packed = int.from_bytes(info[10:18], "big")
    low, bits = rng.choice([(0, 36), (36, 5), (41, 3), (44, 20)])
    value = odd_integer(rng, packed >> low & (1 << bits) - 1, bits)
    packed = packed & ~((1 << bits) - 1 << low) | value << low
    return info[:10] + packed.to_bytes(8, "big") + info[18:]


def _parts(packed, rng, change):
    parts = [list(part) for part in unpack_segments(packed)]
    part = rng.choice(parts)
    number = rng.randrange(5)
    if number == 0:
        part[0] = rng.randrange(7)
    elif number == 1:
        part[1] = tuple(rng.choice([rng.randrange(4), 65535]) for _ in range(rng.randrange(4)))
    elif number == 2:
        part[2] = odd_integer(rng, part[2], 32)
    elif number == 3:
        parts.append(part)
    else:
        part[3] = change(part[3])
    return _pack(parts)


def _samples(data, info, rng, change):
    samples = flac.decode(data, info)
    raw = change(samples.tobytes())[: samples.nbytes].ljust(samples.nbytes, b"\0")
    stream = flac.encode(np.frombuffer(raw, samples.dtype), Settings(compression_level=0))
    head = parse_head(stream)
    return head.blocks[0].body(stream), stream[head.frames_start :]


# ---------------------------------------------------------------- a file


def file(data, rng, change):
    """Change a tag, a field inside one, a metadata block or a tile of a whole file."""
    try:
        return _file(data, rng, change)
    except Exception:  # no file any more
        return change(data)


def _file(data, rng, change):
    head = parse_head(data)
    tags = {key.upper(): value for key, value in FLAC(io.BytesIO(data)).tags}
    document = json.loads(decode_text(tags[_PREFIX + "SPATIAL_INDEX"], 1 << 20))
    what = rng.choice(
        ["index", "index text", "details", "statistics", "tag", "tag", "tile", "tile"]
    )
    what = rng.choice([what] * 8 + ["block", "blind"])
    if what == "index":
        tags[_PREFIX + "SPATIAL_INDEX"] = pack_index(json_value(rng, document))
    elif what == "index text":
        tags[_PREFIX + "SPATIAL_INDEX"] = pack_index(change(json.dumps(document).encode()))
    elif what == "details":
        details = json.loads(tags[_PREFIX + "METADATA"])
        tags[_PREFIX + "METADATA"] = json.dumps(json_value(rng, details))
    elif what == "statistics":
        packed = decode_text(tags.get(_PREFIX + "STATISTICS") or pack_index(b"\0\xff"), 1 << 20)
        tags[_PREFIX + "STATISTICS"] = pack_index(change(packed))
    elif what == "tag":
        _tag(tags, rng, change)
    elif what == "tile":
        return _file_with_tile(data, head, tags, document, rng, change)
    elif what == "block":
        return _with_block(data, head, rng, change)
    else:
        return change(data)
    return _file_with_tags(data, head, tags)


def _tag(tags, rng, change):
    key = rng.choice(sorted(key for key in tags if key.startswith(_PREFIX)))
    kind = rng.randrange(5)
    if kind == 0:
        del tags[key]
    elif kind == 1:
        tags[key] = rng.choice(_ODD_TEXT)
    elif kind == 2:
        tags[key] = str(rng.choice(NUMBERS))
    elif kind == 3:
        tags[key] = change(tags[key].encode()).decode("utf-8", "replace")
    else:
        tags[key] = re.sub(r"\d+", lambda _: str(rng.choice(NUMBERS)), tags[key], count=1)


def _file_with_tags(data, head, tags, frames=None, checked=True):
    if checked:
        tags = {**tags, _PREFIX + "CHECKSUM": checksum(tags)}
    fields = [f"{key}={value}".encode("utf-8", "replace") for key, value in tags.items()]
    comment = struct.pack("<I", 0) + struct.pack("<I", len(fields))
    comment += b"".join(struct.pack("<I", len(field)) + field for field in fields)
    blocks = [
        (block.type, comment if block.type == VORBIS_COMMENT else block.body(data))
        for block in head.blocks
        if block.type != PADDING
    ]
    packed = [
        pack_block(kind, body, last=n == len(blocks)) for n, (kind, body) in enumerate(blocks, 1)
    ]
    return MAGIC + b"".join(packed) + (data[head.frames_start :] if frames is None else frames)


def _file_with_tile(data, head, tags, document, rng, change):
    """Change a tile and give the index its new size."""
    sizes = [(level, n) for level in document["levels"] for n in range(len(level["sizes"]))]
    starts, position = [], head.frames_start
    for level, n in sizes:
        starts.append(position)
        position += level["sizes"][n]
    number = rng.randrange(len(sizes))
    level, n = sizes[number]
    start, size = starts[number], level["sizes"][n]
    if number:
        made = tile(data[start : start + size], rng, change)
        level["sizes"][n] = len(made)
        frames = data[head.frames_start : start] + made + data[start + size :]
    else:  # its header stands among the blocks of the file
        made = tile(data[: start + size], rng, change)
        inner = parse_head(made)
        level["sizes"][n] = len(made) - inner.frames_start
        frames = made[inner.frames_start :] + data[start + size :]
        (header,) = inner.of_type(APPLICATION)
        packed = pack_block(VORBIS_COMMENT, b"", last=False)
        blocks = pack_block(STREAMINFO, inner.blocks[0].body(made), last=False)
        blocks += pack_block(APPLICATION, header.body(made), last=False) + packed
        data = MAGIC + blocks + pack_block(PADDING, b"", last=True)
        head = parse_head(data)
    tags[_PREFIX + "SPATIAL_INDEX"] = pack_index(document)
    return _file_with_tags(data, head, tags, frames)


def _with_block(data, head, rng, change):
    """Insert or change a metadata block."""
    block = rng.choice(head.blocks)
    position = block.start - 4
    if rng.random() < 0.5 and position > len(MAGIC):
        body = change(rng.randbytes(rng.choice([0, 4, 34, 200])))[:1000]
        inserted = pack_block(rng.randrange(1, 128), body, last=False)
        return data[:position] + inserted + data[position:]
    body = change(block.body(data))[: 2**24 - 1]
    made = pack_block(block.type, body, last=block is head.blocks[-1])
    return data[:position] + made + data[block.start + block.length :]


# ---------------------------------------------------------------- a file of flac-raster


def legacy(data, rng, change):
    """Change the index, a tag, STREAMINFO or the frames of a file that has no checksums."""
    try:
        return _legacy(data, rng, change)
    except Exception:  # no such file any more
        return change(data)


def _legacy(data, rng, change):
    if data[4:5] == b"{":
        start = 4 + int.from_bytes(data[:4], "big")
        text, rest = data[4:start], data[start:]
        kind = rng.randrange(4)
        if kind == 0:
            text = json.dumps(json_value(rng, json.loads(text))).encode()
        elif kind == 1:
            text = change(text)
        else:
            document = json.loads(text)
            end = document["frames"][0]["byte_size"]
            made = _legacy(rest[:end], rng, change)
            if len(document["frames"]) == 1 or kind == 2:
                document["frames"][0]["byte_size"] = len(made)
                for frame in document["frames"][1:]:
                    frame["byte_offset"] += len(made) - end
            text, rest = json.dumps(document).encode(), made + rest[end:]
        return len(text).to_bytes(4, "big") + text + rest
    head = parse_head(data)
    tags = {key.upper(): value for key, value in FLAC(io.BytesIO(data)).tags}
    kind = rng.randrange(4)
    if kind == 0:
        return change(data)
    if kind == 1:
        return data[: head.frames_start] + change(data[head.frames_start :])
    if kind == 2:
        info = _stream_info(head.blocks[0].body(data), rng, change)
        return data[:8] + info + data[8 + StreamInfo.SIZE :]
    _tag(tags, rng, change)
    return _file_with_tags(data, head, tags, checked=False)


# ---------------------------------------------------------------- replies of a server

_HEADERS = ["Content-Range", "Content-Length", "Content-Encoding", "Transfer-Encoding", "ETag"]
_HEADERS += ["Retry-After", "Location", "Content-Type", "Last-Modified", "Set-Cookie", "Connection"]
_VALUES = ["", "bytes 0-9/10", "bytes 5-4/3", "bytes */5", "bytes 0-1/*", "gzip", "chunked", "-1"]
_VALUES += ["99999999999999999999", "0", "1e9", "/", "//", "http://[", "file:///etc/passwd", "\x00"]
_VALUES += ["https://é.example/", "http://127.0.0.1/", 'W/"x"', "Thu, 01 Jan 1970 00:00:00 GMT"]


def replies(data, rng, change):
    """Change the status, a header or the body of a server's answers."""
    kind = rng.randrange(4)
    text = data.decode("latin-1")
    if kind == 0:
        status = rng.choice([200, 206, 301, 302, 307, 401, 404, 416, 429, 500, 503, 999, 0, 100])
        text = re.sub(r"HTTP/1.1 \d+", f"HTTP/1.1 {status}", text, count=rng.choice([0, 1]))
    elif kind == 1:
        line = f"\r\n{rng.choice(_HEADERS)}: {rng.choice(_VALUES)}\r\n"
        text = text.replace("\r\n", line, 1)
    elif kind == 2:
        numbers = list(re.finditer(r"\d+", text[:400]))
        if numbers:
            found = rng.choice(numbers)
            other = str(rng.choice([*NUMBERS, int(found[0]) + 1, max(0, int(found[0]) - 1)]))
            text = text[: found.start()] + other + text[found.end() :]
    else:
        return change(data)
    return text.encode("latin-1", "replace")


# ---------------------------------------------------------------- the database of a cache

_COLUMNS = ["key", "raw", "store_time", "expire_time", "access_time", "access_count", "tag", "size"]
_COLUMNS += ["mode", "mode", "filename", "filename", "filename", "value", "value"]
_FILES = [
    "../victim",
    "../../victim",
    "..\\victim",
    "ab/cd/../../../victim",
    "cache.db",
    "/dev/zero",
]
_FILES += [
    "ab/cd/0123456789abcdef0123456789ab.val\0",
    "ab/cd",
    "C:\\victim",
    "/",
    "~/victim",
    "$HOME",
]
_SETTINGS = ["size", "count", "hits", "size_limit", "cull_limit", "eviction_policy", "statistics"]
_SETTINGS += ["sqlite_mmap_size", "sqlite_journal_mode", "sqlite_page_size", "disk_min_file_size"]
_SETTINGS += ["disk_fetch", "get", "_sql", "tag_index", "\ud83d"]
_ENDLESS = "(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n)"
_SCHEMAS = [
    f"CREATE TRIGGER t{{0}} AFTER UPDATE ON Cache BEGIN SELECT {_ENDLESS}; END",
    f"CREATE TRIGGER t{{0}} AFTER INSERT ON Settings BEGIN SELECT {_ENDLESS}; END",
    "CREATE INDEX i{0} ON Cache(length(hex(zeroblob(access_time))))",
    "DROP TRIGGER Settings_size_insert",
    "DROP TRIGGER Settings_count_delete",
    "DROP INDEX Cache_key_raw",
    "ALTER TABLE Cache RENAME TO Other{0}",
    "DROP TABLE Settings",
    f"CREATE VIEW Settings AS SELECT 'size' AS key, {_ENDLESS} AS value",
    "INSERT INTO Cache SELECT NULL, key, raw + 1, store_time, expire_time, access_time, 0, tag, "
    "size, mode, filename, value FROM Cache",
]


def cache(data, rng, change):
    """Change a row, a setting, the schema or the bytes of a cache's database."""
    if rng.random() < 0.3:
        return change(data)
    with TemporaryDirectory(dir="/dev/shm" if Path("/dev/shm").is_dir() else None) as folder:
        path = Path(folder, "cache.db")
        path.write_bytes(data)
        try:
            with closing(sqlite3.connect(path, isolation_level=None)) as database:
                _change_cache(database, rng)
        except (sqlite3.Error, UnicodeError):  # no database any more
            return change(data)
        return path.read_bytes()


def _change_cache(database, rng):
    database.set_progress_handler(lambda: 1, 100_000)  # it may have such a view already
    database.execute("PRAGMA journal_mode = memory").fetchall()
    database.execute("PRAGMA synchronous = off")
    kind = rng.random()
    if kind < 0.6:
        value = _odd_cell(rng)
        database.execute(
            f"UPDATE OR REPLACE Cache SET {rng.choice(_COLUMNS)} = ? WHERE rowid % 2 = ?",
            (value, rng.randrange(2)),
        )
    elif kind < 0.85:
        database.execute(
            "INSERT OR REPLACE INTO Settings VALUES (?, ?)", (rng.choice(_SETTINGS), _odd_cell(rng))
        )
    else:
        database.execute(rng.choice(_SCHEMAS).format(rng.randrange(1000)))


def _odd_cell(rng):
    number = rng.choice(NUMBERS)
    number = max(-(2**63), min(2**63 - 1, number))
    odd = [number, number, float(number), None, rng.choice(_FILES), rng.choice(_FILES)]
    return rng.choice([*odd, rng.choice(_ODD_TEXT), rng.randbytes(rng.choice([0, 9, 40, 300]))])


# ---------------------------------------------------------------- a CRS

_KEYWORDS = ["EXTENSION", "REMARK", "METHOD", "PARAMETERFILE", "GEOIDMODEL", "ID", "STEP", "BASE"]
_KEYWORDS += ["PARAMETER", "CONVERSION", "BOUNDCRS", "USAGE", "URI", "DATUM", "MODEL", "PROJECTION"]
#: What PROJ takes for more than a name in one place or another.
_SAID = ["PROJ {}", "{}", "@{}", "PROJ4", "PROJ4_GRIDS", "+proj=longlat +ellps=intl +nadgrids={}"]
_SAID += ["PROJ CRS string: +proj=longlat +ellps=intl +nadgrids={}", "PROJ hgridshift grids={}"]
_SAID += ["PROJ-based operation method: +proj=hgridshift +grids={}", "grids={} +x", "NTv2", "EPSG"]
_SAID += ["null", "4326", "PROJ pipeline step proj=vgridshift grids={}", "urn:ogc:def:crs:EPSG::1"]


def definition(data, rng, change):
    """Change a string, keyword or node of a well-known text."""
    text = data.decode("utf-8", "replace")
    kind = rng.randrange(6)
    said = rng.choice(_SAID).format(TRAP)
    strings = list(re.finditer(r'"[^"]*"', text))
    nodes = list(re.finditer(r"\w+\[[^][]*\]", text))
    if kind <= 1 and strings:
        found, other = rng.choice(strings), f'"{said}"'
    elif kind == 2 and nodes:
        found = rng.choice(nodes)
        other = found[0] + f',{rng.choice(_KEYWORDS)}["{said}","{rng.choice(_SAID).format(TRAP)}"]'
    elif kind == 3 and nodes:
        found = rng.choice(nodes)
        within = f"{rng.choice(_KEYWORDS)}[{found[0]}]"
        other = rng.choice([rng.choice(nodes)[0], found[0] * 2, within])
    elif kind == 4 and nodes:
        found = rng.choice(nodes)
        other = re.sub(r"^\w+", rng.choice(_KEYWORDS), found[0])
    else:
        return change(data)
    return (text[: found.start()] + other + text[found.end() :]).encode()
