"""Statistics made to do harm, with a right checksum: refused at once, in little memory."""

import base64
import gzip
import json

import numpy as np
import pytest
from flac_raster_qgis.engine import FlacRaster, WriteOptions, write_raster
from flac_raster_qgis.engine.errors import CorruptFile
from kits.durability import (
    assert_sentence,
    gzip_bomb,
    noise,
    pack_index,
    packed,
    refused,
    retag,
    run_apart,
    write_flac,
)
from kits.rasters import array_raster
from mutagen.flac import FLAC

SECONDS, MEGABYTES = 2, 200
#: Level 0 of 40 x 30 pixels has 3 x 2 tiles of 16.
TILES = 6


@pytest.fixture
def path(tmp_path):
    """A file of uint16."""
    return write_flac(tmp_path / "in.flac")


def ranked(minima, maxima, dtype="uint16"):
    values = np.array([*minima, *maxima], np.dtype(dtype).newbyteorder(">"))
    return values.view("u1").reshape(-1, values.itemsize).T.tobytes()


def whole(minima, maxima, dtype="uint16", level=0, bits=b"\xfc"):
    return bytes([level]) + bits + ranked(minima, maxima, dtype)


def stored(path):
    text = FLAC(path)["GEOSPATIAL_STATISTICS"][0]
    return gzip.decompress(base64.b64decode(text))


def test_what_this_test_makes_is_what_is_stored(path):
    pixels = noise()[0]
    tiles = [pixels[y : y + 16, x : x + 16] for y in (0, 16) for x in (0, 16, 32)]
    right = whole([tile.min() for tile in tiles], [tile.max() for tile in tiles])
    assert stored(path) == right
    retag(path, STATISTICS=packed(right))
    with FlacRaster.open(path) as raster:
        assert raster.min_max(1) == (pixels.min(), pixels.max())


def test_files_without_them_are_read(path):
    retag(path, STATISTICS=None)
    with FlacRaster.open(path) as raster:
        assert raster.head.statistics is None
        assert raster.read().tobytes() == noise().tobytes()


RIGHT = whole(range(TILES), range(TILES))
EDITS = {
    "nothing": b"",
    "level alone": b"\0",
    "bits alone": RIGHT[:2],
    "one byte too few": RIGHT[:-1],
    "one byte too many": RIGHT + b"\0",
    "one number too few": whole(range(TILES), range(1, TILES)),
    "one pair too many": whole(range(TILES + 1), range(TILES + 1)),
    "one bit too few": b"\0\xf8" + RIGHT[2:],
    "numbers without bits": b"\0\0" + RIGHT[2:],
    "minimum above maximum": whole(range(TILES), [0] * TILES),
    "one minimum above its maximum": whole([0, 0, 0, 8, 0, 0], [7] * TILES),
    "numbers of a smaller type": whole(range(TILES), range(TILES), "uint8"),
    "numbers of a larger type": whole(range(TILES), range(TILES), "uint32"),
    "of another level": whole(range(TILES), range(TILES), level=1),
    "of a level beyond the last": whole([0], [1], level=3, bits=b"\x80"),
    "of level 255": whole([0], [1], level=255, bits=b"\x80"),
    "JSON": json.dumps([[0, 1]] * TILES).encode(),
}


@pytest.mark.parametrize("data", EDITS.values(), ids=EDITS)
def test_wrong_values(path, data):
    retag(path, STATISTICS=packed(data))
    with refused(CorruptFile, path, "GEOSPATIAL_STATISTICS"):
        FlacRaster.open(path)


@pytest.mark.parametrize("text", ["", "no base64!", "AAAA", "é", packed(RIGHT)[:-8], "A" * 10**6])
def test_no_statistics_at_all(path, text):
    retag(path, STATISTICS=text)
    with refused(CorruptFile, path, "GEOSPATIAL_STATISTICS"):
        FlacRaster.open(path)


def test_something_after_the_end(path):
    text = base64.b64encode(gzip.compress(RIGHT) + gzip.compress(RIGHT)).decode("ascii")
    retag(path, STATISTICS=text)
    with refused(CorruptFile, path, "GEOSPATIAL_STATISTICS"):
        FlacRaster.open(path)


@pytest.mark.parametrize(
    ("low", "high"), [(np.nan, 1), (1, np.nan), (np.nan, np.nan), (2, 1), (np.inf, -np.inf)]
)
def test_wrong_floats(tmp_path, low, high):
    path = write_flac(tmp_path / "in.flac", noise().astype("float32"))
    right = whole([0] * TILES, [np.inf] * TILES, "float32")
    retag(path, STATISTICS=packed(right))
    FlacRaster.open(path).close()
    wrong = whole([0] * 5 + [low], [np.inf] * 5 + [high], "float32")
    retag(path, STATISTICS=packed(wrong))
    with refused(CorruptFile, path, "GEOSPATIAL_STATISTICS"):
        FlacRaster.open(path)


def test_of_complex_numbers(tmp_path):
    path = write_flac(tmp_path / "in.flac", noise().astype("complex64"))
    retag(path, STATISTICS=packed(whole([0] * TILES, [1] * TILES, "float32")))
    with refused(CorruptFile, path, "GEOSPATIAL_STATISTICS"):
        FlacRaster.open(path)


@pytest.mark.parametrize("position", [0, 1, 2, 13, -1])
def test_changed_without_a_new_checksum(path, position):
    data = bytearray(stored(path))
    data[position] ^= 1
    file = FLAC(path)
    file["GEOSPATIAL_STATISTICS"] = packed(data)
    file.save()
    with refused(CorruptFile, path, "checksum"):
        FlacRaster.open(path)


# ---------------------------------------------------------------- bombs


def assert_refused_at_once(path):
    outcome = run_apart(FlacRaster.open, path)
    assert outcome.error == "CorruptFile", outcome
    assert "GEOSPATIAL_STATISTICS" in outcome.text
    assert_sentence(outcome.text)
    assert outcome.seconds < SECONDS, outcome
    assert outcome.megabytes < MEGABYTES, outcome


def test_gzip_bomb(path):
    retag(path, STATISTICS=base64.b64encode(gzip_bomb(1024)).decode("ascii"))
    assert_refused_at_once(path)


def claim(path, tiles, bands):
    """Make a file claim many tiles of nothing but nodata."""
    side = 16 * tiles
    index = {
        "tile_size": 16,
        "tile_bands": bands,
        "order": "row-major",
        "levels": [{"width": side, "height": side, "sizes": [0] * tiles**2}],
    }
    retag(
        path,
        WIDTH=str(side),
        HEIGHT=str(side),
        COUNT=str(bands),
        METADATA=json.dumps({"bands": [{"nodata": 0}] * bands}),
        SPATIAL_INDEX=pack_index(index),
    )


def test_many_cells_of_many_bands(path):
    claim(path, 1000, 4000)
    retag(path, STATISTICS=packed(bytes(1 << 24)))
    assert_refused_at_once(path)


def test_more_squares_than_allowed(path):
    """All else is right, but 1500 x 1500 squares are more than 2^21."""
    claim(path, 1500, 1)
    retag(path, STATISTICS=packed(bytes(1 + -(-(1500**2) // 8))))
    assert_refused_at_once(path)


def test_as_many_as_allowed(tmp_path):
    """Of 64 bits each, random: their length is what it must be, their order is not."""
    path = tmp_path / "in.flac"
    write_raster(array_raster(noise(dtype="uint64")), path, WriteOptions(tile_size=16))
    claim(path, 800, 3)
    generator = np.random.default_rng(1)
    bits = np.packbits(np.ones(800**2 * 3, bool)).tobytes()
    high = generator.integers(0, 100, 800**2 * 3).tolist()
    data = b"\0" + bits + ranked(high, [0, *high[1:]], "uint64")
    retag(path, STATISTICS=packed(data))
    assert_refused_at_once(path)
