"""Flip single bits of whole files: ``verify`` finds each, or it changes nothing of the raster."""

import io
import random
import sys
import time
from collections import Counter

import numpy as np
from flac_raster_qgis.engine import (
    FlacRaster,
    FlacRasterError,
    WriteOptions,
    info,
    verify,
    write_raster,
)
from flac_raster_qgis.engine.flac.stream import VORBIS_COMMENT, parse_head
from flac_raster_qgis.engine.reading.detect import read_file_header
from flac_raster_qgis.engine.reading.tile_pipeline import DamagedTile
from kits import VECTORS
from kits.durability import Bytes
from kits.rasters import array_raster
from mutagen.flac import FLAC

from . import RESULTS, SCALE, save

#: Vectors of which every bit is flipped.
EVERY_BIT = ["tiny", "uint8-holes", "uint16-sparse", "uint32-sparse"]
#: Bits flipped of each other vector, and of a larger file.
SAMPLE, OF_LARGE = 100 * SCALE, 100 * SCALE
#: Facts that taggers may change, and that are none of the raster's.
_FREE = ("tags_shown_by_taggers",)


def content(data, with_verify=True):
    """All that a file says of its raster, and which tiles are damaged."""
    with FlacRaster.open(Bytes(bytes(data)), workers=1) as raster:
        facts = {key: value for key, value in info(raster).items() if key not in _FREE}
        outcomes = list(raster.pipeline.run(list(raster.grid.keys())))
        damaged = {tile.key for tile in outcomes if isinstance(tile, DamagedTile)}
        placeholder = raster.pipeline.placeholder
        tiles = [placeholder(tile.key) if tile.key in damaged else tile for tile in outcomes]
        if (
            with_verify
            and {tile.key for tile in verify(raster, workers=1).damaged_tiles} != damaged
        ):
            raise AssertionError("verify and read do not agree")
        pixels = [
            (t.key, t.pixels.tobytes(), None if t.mask is None else t.mask.tobytes()) for t in tiles
        ]
        statistics = raster.head.statistics
        # as text, in which NaN equals NaN
        said = repr(raster.metadata), str(facts), statistics and statistics.to_text()
        return (said, pixels), damaged


def with_little_padding(data):
    """Return a file with as little padding as taggers leave, whose bits are all alike."""
    file = FLAC(io.BytesIO(data))
    buffer = io.BytesIO(data)
    file.save(buffer, padding=lambda info: 16)
    return buffer.getvalue()


def regions(data):
    """Yield (name, first byte, byte after the last) of what a flipped bit may hit."""
    head = parse_head(data)
    yield "lengths and kinds of blocks", 0, 4
    for block in head.blocks:
        names = {1: "padding", 0: "STREAMINFO", 2: "tile header", VORBIS_COMMENT: "tags"}
        yield "lengths and kinds of blocks", block.start - 4, block.start
        yield (
            names.get(block.type, "pictures and the like"),
            block.start,
            block.start + block.length,
        )
    yield "tiles", head.frames_start, len(data)


def flip(data, bits):
    """Flip bits of a file, one at a time.

    Parameters
    ----------
    data : bytes
    bits : iterable of int
        Numbers of bits, from the first byte's lowest.

    Returns
    -------
    Counter
        By region and by what came of it: ``refused`` at open, ``tile named`` by verify,
        ``no change`` of the raster; never ``silent``.
    """
    whole, _ = content(data)
    places = list(regions(data))
    ends = [end for _, _, end in places]
    index = read_file_header(Bytes(data)).index
    spans = [(key, index.byte_range(key)) for key in index.grid.keys()]
    found = Counter()
    changed = bytearray(data)
    for number, bit in enumerate(bits):
        position = bit // 8
        region = places[int(np.searchsorted(ends, position, "right"))][0]
        changed[position] ^= 1 << bit % 8
        try:
            # as verify finds by the same code, at a small part of the time for so many files
            now, damaged = content(changed, with_verify=number % 20 == 0)
            if damaged:
                found[region, "tile named"] += 1
                hit = {key for key, (first, size) in spans if first <= position < first + size}
                if damaged != hit:
                    found[region, "wrong tile named"] += 1
            else:
                found[region, "no change" if now == whole else "silent"] += 1
        except FlacRasterError:
            found[region, "refused"] += 1
        changed[position] ^= 1 << bit % 8
    return found


def large_file():
    """Return a file of some hundred kilobytes, of several levels and bands."""
    y, x = np.mgrid[:700, :900]
    noise = np.random.default_rng(0).integers(0, 40, (3, 700, 900))
    array = (3000 + 900 * np.sin(x / 50) * np.cos(y / 70) + noise).astype("uint16")
    RESULTS.mkdir(parents=True, exist_ok=True)
    path = RESULTS / "large.flac"
    write_raster(array_raster(array, nodata=0), path, WriteOptions(tile_size=128))
    data = path.read_bytes()
    path.unlink()
    return data


def main():
    started, rng, total = time.monotonic(), random.Random(1), Counter()
    exhaustive = len(sys.argv) > 1 and sys.argv[1] == "--every-bit"
    kinds = {"files of which every bit": 0, "files of which a sample": 0}
    for path in sorted(VECTORS.glob("*.flac")):
        data = with_little_padding(path.read_bytes())
        count = 8 * len(data)
        every = exhaustive or path.stem in EVERY_BIT
        kinds["files of which every bit" if every else "files of which a sample"] += 1
        total += flip(data, range(count) if every else rng.sample(range(count), min(SAMPLE, count)))
        print(path.name, sum(total.values()), f"{time.monotonic() - started:.0f} s", flush=True)
    data = large_file()
    kinds["files of which a sample"] += 1
    total += flip(data, rng.sample(range(8 * len(data)), OF_LARGE))
    table = {}
    for (region, outcome), times in sorted(total.items()):
        table.setdefault(region, {})[outcome] = times
    sums = Counter()
    for (_, outcome), times in total.items():
        sums[outcome] += times
    named_wrong = sums.pop("wrong tile named", 0)
    flips = sum(sums.values())
    save(
        "flips",
        {**kinds, "flips": flips, **sums, "wrong tile named": named_wrong, "regions": table},
        started,
    )
    sys.exit(bool(sums["silent"] or named_wrong))
