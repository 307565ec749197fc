"""Valid inputs to begin with: the files that prove the format, and what a server makes of them."""

import json
import sqlite3
from contextlib import closing
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from flac_raster_qgis.engine import FlacRaster
from flac_raster_qgis.engine.legacy.streaming_writer import StreamingOptions, write_streaming
from flac_raster_qgis.engine.storage.disk_cache import DiskCache
from kits import LEGACY_SAMPLES, VECTORS, crs_texts
from kits.durability import Bytes
from kits.rasters import array_raster
from kits.remote import reply

#: Between two replies of a server in one input.
NEXT_REPLY = b"\n--next reply--\n"
#: In a CRS, the path of the file that must not be opened.
TRAP = "/THE/TRAP"


@cache
def files():
    """Return the test vectors, shortest first."""
    return sorted((path.read_bytes() for path in VECTORS.glob("*.flac")), key=len)


@cache
def tiles():
    """Return each tile of each vector, as cut out of its file."""
    found = set()
    for data in files():
        with FlacRaster.open(Bytes(data), workers=1) as raster:
            ranges = [raster.head.index.byte_range(key) for key in raster.grid.keys()]
        found |= {data[offset : offset + size] for offset, size in ranges if size}
    return sorted(found, key=len)


@cache
def legacy():
    """Return files of flac-raster: real ones, and one of each kind that this project writes."""
    found = [path.read_bytes() for path in LEGACY_SAMPLES.glob("*.flac")]
    y, x = np.mgrid[:40, :50]
    with TemporaryDirectory() as folder:
        path = Path(folder, "streaming.flac")
        array = (100 + x + 3 * y).astype("int16")[np.newaxis]
        write_streaming(array_raster(array, nodata=7), path, StreamingOptions(tile_size=32))
        streaming = path.read_bytes()
    start = 4 + int.from_bytes(streaming[:4], "big")
    sizes = [frame["byte_size"] for frame in json.loads(streaming[4:start])["frames"]]
    return sorted([*found, streaming, streaming[start : start + sizes[0]]], key=len)


#: Entries of the cache that is fuzzed: one in its database, one in a file of its own.
CACHED = {"small": b"in the database", "large": bytes(range(256)) * 200}
#: Where the file of the large one is.
CACHED_FILE = "ab/cd/0123456789abcdef0123456789ab.val"


@cache
def cached_file():
    """Return what the file of the large entry holds."""
    return DiskCache._digest("large", CACHED["large"]) + CACHED["large"]


@cache
def caches():
    """Return the database of a cache, in small pages, and that of an empty one."""
    found = []
    for entries in (CACHED, {}):
        with TemporaryDirectory() as folder:
            with closing(DiskCache(folder)) as disk:
                for key, data in entries.items():
                    disk.put(key, data)
            (path,) = Path(folder).rglob("cache.db")
            with closing(sqlite3.connect(path, isolation_level=None)) as database:
                database.execute(
                    "UPDATE Cache SET filename = ? WHERE filename NOT NULL", (CACHED_FILE,)
                )
                for statement in ("journal_mode = delete", "page_size = 512"):
                    database.execute(f"PRAGMA {statement}").fetchall()
                database.execute("VACUUM")
            found.append(path.read_bytes())
    return found


def replies():
    """Return what servers of several kinds say, good ones and bad ones."""
    data = files()[0]
    whole = {"Content-Range": f"bytes 0-{len(data) - 1}/{len(data)}", "ETag": '"one"'}
    good = reply(206, whole, data)
    half = len(data) // 2
    rest = {**whole, "Content-Range": f"bytes {half}-{len(data) - 1}/{len(data)}"}
    gone = reply(503, {"Retry-After": "0"})
    moved = reply(302, {"Location": "http://example.com/y.flac"})
    conversations = [
        [good],
        [reply(200, {}, data)],
        [reply(200, {"Content-Type": "text/html"}, b"<html>Log in</html>")],
        [good[: len(good) - len(data) + half], reply(206, rest, data[half:])],
        [gone, good],
        [moved, good],
        [reply(416, {"Content-Range": f"bytes */{len(data)}"}), good],
        [reply(206, {**whole, "Content-Encoding": "gzip"}, data)],
        [reply(206, {**whole, "Transfer-Encoding": "chunked"}, b"5\r\nfLaC\0\r\n0\r\n\r\n", False)],
        [reply(206, {"Content-Type": "multipart/byteranges; boundary=x"}, b"--x\r\n\r\n--x--")],
        [reply(404), good],
    ]
    return [NEXT_REPLY.join(conversation) for conversation in conversations]


@cache
def definitions():
    """Return CRS as text: honest ones, ones that name a file, some of PROJ's own, and codes."""
    codes = ["EPSG:4326", "EPSG:4979", "ESRI:54009", "OGC:CRS84", "IGNF:LAMB93"]
    known = [text for code in codes for text in crs_texts.spellings(code)]
    own = [*crs_texts.HONEST.values(), *crs_texts.hostile(TRAP).values()]
    return [text.encode() for text in [*codes, *own, *known]]
