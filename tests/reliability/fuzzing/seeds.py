"""Valid inputs to begin with: the files that prove the format, and what a server makes of them."""

from functools import cache
from pathlib import Path

from durability_kit import Bytes
from flac_raster_qgis.engine import FlacRaster
from remote_kit import reply

VECTORS = Path(__file__).parents[2] / "engine" / "format"
#: Between two replies of a server in one input.
NEXT_REPLY = b"\n--next reply--\n"


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
