"""What counts in a head: the index of tiles, and the list of bands with all that they say.

An input is a line of the numbers that other tags claim, and the text of one tag. So that a short
one can stand for a long one, as deflated bytes can, ``\\x01 7 \\x02 ab \\x03`` in it means ``ab``
seven times.
"""

import json
import re
from functools import cache

import numpy as np
from flac_raster_qgis.engine import FlacRaster, RasterMetadata
from flac_raster_qgis.engine.errors import CorruptFile
from flac_raster_qgis.engine.format import header
from flac_raster_qgis.engine.format.index_text import read_index
from flac_raster_qgis.engine.format.metadata_json import metadata_from_json, metadata_to_json
from flac_raster_qgis.engine.format.tag_text import decode_text, encode_text

from . import mutators, seeds

_REPEATED = re.compile(rb"\x01(\d{1,7})\x02([^\x01\x02\x03]{1,16})\x03")
#: Bytes of an index, as a file of 5 kB may have; of one that is parsed again to compare; and of a
#: list of bands, which is not deflated.
_INDEX, _COMPARED, _BANDS = 4 << 20, 1 << 16, 1 << 17
_PIECES = [b"0,", b" ", b"1,", b"{},", b"[],", b'"",', b"9", b"[", b'{"a":', b"0.5,", b'"a":0,']


def _parts(data, longest):
    """Return the numbers of an input, and its text written out."""
    head, _, text = data.partition(b"\n")
    numbers = [int(n) for n in re.findall(rb"\d{1,12}", head)]
    left = longest

    def written_out(match):
        nonlocal left
        piece = match[2] * min(int(match[1]), left // len(match[2]))
        left -= len(piece)
        return piece

    return (numbers + [1, 1, 1])[:3], _REPEATED.sub(written_out, text)


def read_index_of(data):
    """Read an index; what is taken must be what any parser of JSON finds in it."""
    (width, height, bands), text = _parts(data, _INDEX)
    width, height = (min(max(n, 1), header.MAX_PIXELS) for n in (width, height))
    bands = min(max(bands, 1), header.MAX_BANDS)
    packed = encode_text(text)
    found = read_index(
        packed, width=width, height=height, bands=bands, frames_start=50, name="x.flac"
    )
    assert (np.diff(found.positions) > 0).all() and found.sizes[1:].all()
    if len(text) <= _COMPARED:
        levels = json.loads(text)["levels"]
        listed = [size for level in levels for size in level["sizes"]]
        assert len(listed) == found.grid.tile_count
        assert all(type(size) is int for size in listed)
        stored = [n for n, size in enumerate(listed) if size or not n]
        assert found.positions.tolist() == stored
        assert found.sizes.tolist() == [listed[n] for n in stored]


def read_bands_of(data):
    """Read the list of bands; what is taken must be the same when it is written and read again."""
    (count, *_), text = _parts(data, _BANDS)
    try:
        text = text.decode("utf-8")
    except UnicodeDecodeError as error:  # which tags never are
        raise CorruptFile("file.empty", "list") from error
    found = metadata_from_json(text, count=count, name="x.flac")
    again = metadata_to_json(RasterMetadata(1, 1, "float64", **found))
    assert repr(metadata_from_json(again, count=count, name="x.flac")) == repr(found)


@cache
def indexes():
    """Return the indexes of the test vectors."""
    return [_seed(tags, "SPATIAL_INDEX", ("WIDTH", "HEIGHT", "COUNT")) for tags in _tags()]


@cache
def bands():
    """Return the lists of bands of the test vectors."""
    return [_seed(tags, "METADATA", ("COUNT",)) for tags in _tags()]


def _tags():
    for data in seeds.files():
        with FlacRaster.open(seeds.Bytes(data), workers=1) as raster:
            yield raster.head.tags


def _seed(tags, name, numbers):
    text = tags[f"GEOSPATIAL_{name}"]
    text = text.encode() if text.startswith("{") else decode_text(text, 1 << 20)
    return " ".join(tags[f"GEOSPATIAL_{key}"] for key in numbers).encode() + b"\n" + text


def mutate(data, rng, change):
    """Change a claim, a value, some bytes, or repeat a piece very often."""
    head, _, text = data.partition(b"\n")
    kind = rng.randrange(5)
    if kind == 0:
        numbers = [str(rng.choice(mutators.NUMBERS[:16])) for _ in range(3)]
        return " ".join(numbers).encode() + b"\n" + text
    if kind == 1:
        try:
            value = mutators.json_value(rng, json.loads(text))
            return (
                head + b"\n" + json.dumps(value, separators=rng.choice([(",", ":"), None])).encode()
            )
        except ValueError:
            return head + b"\n" + change(text)
    if kind == 2:
        return head + b"\n" + change(text)
    place = rng.randrange(len(text) + 1)
    count = rng.choice([1, 7, 300, 70_000, 2_000_000])
    piece = b"\x01%d\x02%s\x03" % (count, rng.choice(_PIECES))
    if kind == 3 and b"[" in text:
        place = rng.choice([m.end() for m in re.finditer(rb"\[", text)])
    return head + b"\n" + text[:place] + piece + text[place:]
