"""Damaged and hostile files of flac-raster: errors of the engine, soon, and with little memory."""

import json
import time
import tracemalloc
from base64 import b64encode

import numpy as np
import pytest
from flac_raster_qgis.engine import FlacRaster, FlacRasterError, info, verify
from flac_raster_qgis.engine.errors import CorruptFile, CorruptTile, NotFlacRaster
from kits.durability import gzip_bomb, packed
from kits.legacy import NEW, OLD, plain, retagged, spatial, streaming, with_index

ARRAY = np.random.default_rng(5).integers(0, 3000, (1, 40, 48), np.uint16)


def read_all(path):
    """Open and read; None where that fails as it should."""
    try:
        with FlacRaster.open(path) as raster:
            return raster.read(), raster.warnings
    except FlacRasterError as error:
        text = str(error)
        assert text.endswith(".") and text.isprintable() and len(text) < 1000
        assert str(path) in text
        return None


@pytest.fixture
def path(tmp_path):
    return tmp_path / "x.flac"


@pytest.mark.parametrize("make", [plain, streaming, spatial], ids=lambda make: make.__name__)
def test_cut_off_anywhere(path, make):
    data = make(ARRAY[:, :10, :12])
    # everywhere in the head, and at places all over the rest
    for size in {*range(0, len(data), 23), *range(len(data) - 9, len(data)), *range(50)}:
        if size < len(data):
            path.write_bytes(data[:size])
            assert read_all(path) is None, size


@pytest.mark.parametrize("make", [plain, streaming], ids=lambda make: make.__name__)
def test_a_flipped_bit_is_noticed_or_changes_no_pixel(path, make):
    array = ARRAY[:, :20, :30]
    data = bytearray(make(array))
    random = np.random.default_rng(0)
    accepted = 0
    for place in sorted(random.choice(len(data), 200, replace=False)):
        data[place] ^= 1 << random.integers(8)
        path.write_bytes(data)
        found = read_all(path)
        data[:] = make(array) if found is not None else data
        if found is not None:
            accepted += 1
    # tags have no checksum of their own, frames have
    assert accepted < 160


def test_a_flipped_bit_in_the_frames_is_always_noticed(path):
    data = plain(ARRAY[:, :10, :12])
    with FlacRaster.open(_written(path, data)) as raster:
        start = raster.head.index.frames_start
    for place in range(start, len(data)):
        damaged = bytearray(data)
        damaged[place] ^= 0x20
        assert read_all(_written(path, damaged)) is None, place


def _written(path, data):
    path.write_bytes(data)
    return path


def test_a_damaged_tile_leaves_the_others_readable(path):
    data = bytearray(streaming(ARRAY, tile_size=32))
    data[-20] ^= 0xFF
    path.write_bytes(data)
    found = verify(path)
    assert [damage.key[1:3] for damage in found.damaged_tiles] == [(1, 1)]
    with FlacRaster.open(path) as raster:
        keys = list(raster.grid.keys())
        assert (raster.read_tile(keys[0]).pixels == ARRAY[:, :32, :32]).all()
        with pytest.raises(CorruptTile, match="damaged"):
            raster.read_tile(keys[-1])


# ---------------------------------------------------------------- tags


@pytest.mark.parametrize(
    "tags",
    [
        {"WIDTH": None},
        {"WIDTH": "0"},
        {"WIDTH": "-48"},
        {"WIDTH": "1e3"},
        {"WIDTH": "99999999999999999999"},
        {"WIDTH": "2147483648", "HEIGHT": "2147483648"},
        {"HEIGHT": "41"},
        {"HEIGHT": "39"},
        {"COUNT": "2"},
        {"COUNT": "9"},
        {"DTYPE": "int32"},
        {"DTYPE": "object"},
        {"DTYPE": None},
        {"DATA_MIN": None},
        {"DATA_MIN": "nan"},
        {"DATA_MIN": "inf"},
        {"DATA_MIN": "-1.0"},
        {"DATA_MIN": "0.5"},
        {"DATA_MIN": "zero"},
        {"DATA_MIN": "4000"},
        {"DATA_MAX": "70000"},
        {"DATA_MAX": "1e400"},
        {"NODATA": "x"},
        {"TRANSFORM": "[1, 2]"},
        {"TRANSFORM": "[" * 10_000},
        {"TRANSFORM": "[1e308, 0, 1e308, 0, 1, 0, 0, 0, 1]"},
        {"TRANSFORM": '["a", 0, 0, 0, 0, 0, 0, 0, 1]'},
        {"SAMPLE_OFFSET": "5"},
    ],
    ids=lambda tags: ",".join(f"{k}={str(v)[:12]}" for k, v in tags.items()),
)
def test_tags_that_cannot_be(path, tags):
    assert read_all(_written(path, retagged(plain(ARRAY), **tags))) is None


def test_pixels_that_a_file_has_no_room_for_are_never_made(path):
    data = retagged(plain(ARRAY), WIDTH=30_000, HEIGHT=30_000)
    tracemalloc.start()
    try:
        with pytest.raises(CorruptFile, match="do not fit into"):
            FlacRaster.open(_written(path, data))
        assert tracemalloc.get_traced_memory()[1] < 10 << 20
    finally:
        tracemalloc.stop()


def test_another_range_in_the_tags_makes_pixels_uncertain_not_wrong(path):
    # as far as that can be seen: no pixel of the wrong range becomes most of these samples
    path.write_bytes(retagged(plain(ARRAY), DATA_MAX="3.0"))
    assert verify(path).uncertain_values > 0.9 * ARRAY.size


# ---------------------------------------------------------------- the index


def set_frame(number, **values):
    def change(document):
        document["frames"][number].update(values)

    return change


def set_window(number, **values):
    def change(document):
        document["frames"][number]["window"].update(values)

    return change


def set_all(**values):
    return lambda document: document.update(values)


CHANGES = {
    "offset past the end": set_frame(1, byte_offset=1 << 30),
    "offset negative": set_frame(1, byte_offset=-5),
    "offset of another tile": set_frame(1, byte_offset=0),
    "offset a float": set_frame(0, byte_offset=0.0),
    "size negative": set_frame(2, byte_size=-1),
    "size 0": set_frame(2, byte_size=0),
    "size a boolean": set_frame(2, byte_size=True),
    "size beyond 64 bits": set_frame(3, byte_size=1 << 70),
    "size past the end": set_frame(3, byte_size=1 << 30),
    "size less than the tile": set_frame(3, byte_size=100),
    "size a text": set_frame(3, byte_size="100"),
    "window elsewhere": set_window(1, col_off=0),
    "window larger": set_window(3, width=1000),
    "window negative": set_window(3, width=-16),
    "window missing": set_frame(1, window=None),
    "frame no object": lambda document: document["frames"].__setitem__(1, 7),
    "frames no list": set_all(frames={}),
    "frames too few": lambda document: document["frames"].pop(),
    "frames too many": lambda document: document["frames"].append(document["frames"][0]),
    "frames none": set_all(frames=[]),
    "tile size 0": set_all(tile_size=0),
    "tile size negative": set_all(tile_size=-32),
    "tile size 1": set_all(tile_size=1),
    "tile size huge": set_all(tile_size=1 << 62),
    "width huge": set_all(width=1 << 31),
    "width beyond": set_all(width=1 << 62),
    "width missing": lambda document: document.pop("width"),
    "height infinite": set_all(height=float("inf")),
    "transform short": set_all(transform=[1, 2, 3]),
    "transform nan": set_all(transform=[float("nan")] * 9),
    "bands other": set_all(bands=3),
    "dtype other": set_all(dtype="int16"),
    "dtype an object": set_all(dtype={"a": []}),
}


@pytest.mark.parametrize("what", CHANGES)
def test_an_index_that_cannot_be(path, what):
    path.write_bytes(streaming(ARRAY, OLD, change=CHANGES[what]))
    assert read_all(path) is None


@pytest.mark.parametrize("release", [OLD, NEW])
def test_an_index_as_it_should_be(path, release):
    path.write_bytes(streaming(ARRAY, release, change=set_all(crs=None, more="of it")))
    assert (read_all(path)[0] == ARRAY).all()


BOMBS = {
    "deep lists": b"{" + b'"a":' + b"[" * 200_000,
    "deep objects": b'{"a":' * 100_000,
    "many lists": b'{"frames":[' + b"[]," * 1_000_000 + b"0]}",
    "many objects": b'{"frames":[' + b"{}," * 1_000_000 + b"0]}",
    "many numbers": b'{"frames":[' + b"1," * 2_000_000 + b"0]}",
    "many keys": b"{" + b",".join(b'"%d":0' % n for n in range(200_000)) + b"}",
    "a long number": b'{"width":' + b"9" * 5_000_000 + b"}",
    "a long text": b'{"crs":"' + b"x" * 10_000_000 + b'"}',
    "no JSON": b"{" + bytes(100),
    "no text": b"{\xff\xfe",
    "nothing": b"{}",
}


@pytest.mark.parametrize("what", BOMBS)
def test_bombs_for_whoever_reads_json(path, what):
    path.write_bytes(with_index(BOMBS[what]))
    tracemalloc.start()
    started = time.process_time()
    try:
        with pytest.raises(CorruptFile, match="index at its start is damaged"):
            FlacRaster.open(path)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 20 * path.stat().st_size + (1 << 20)
    assert time.process_time() - started < 10


def test_an_index_longer_than_any(path):
    with open(path, "wb") as file:
        file.write((2 << 30).to_bytes(4, "big") + b"{")
        file.truncate((2 << 30) + 100)  # a hole on disk
    tracemalloc.start()
    try:
        with pytest.raises(CorruptFile, match="the limit is"):
            FlacRaster.open(path)
        assert tracemalloc.get_traced_memory()[1] < 10 << 20
    finally:
        tracemalloc.stop()


def test_an_index_longer_than_the_file_is_no_index(path):
    path.write_bytes((2 << 30).to_bytes(4, "big") + b'{"a":1}')
    with pytest.raises(NotFlacRaster):
        FlacRaster.open(path)


@pytest.mark.parametrize("size, part", [(500, "inside its index"), (-100, "its index says")])
def test_a_streaming_file_that_is_cut_off_is_said_to_be(path, size, part):
    path.write_bytes(streaming(ARRAY)[:size])
    with pytest.raises(CorruptFile, match=f"truncated.*{part}"):
        FlacRaster.open(path)


# ---------------------------------------------------------------- tiles unlike the first


def test_tiles_must_be_what_the_index_says(path):
    other = np.random.default_rng(1).integers(0, 9, (1, 40, 48), np.int16)
    parts = [streaming(array, tile_size=32) for array in (ARRAY, other)]
    documents = [json.loads(part[4 : 4 + int.from_bytes(part[:4], "big")]) for part in parts]
    tiles = []
    for number in range(len(documents[0]["frames"])):
        source = 1 if number == 2 else 0
        mine = documents[source]["frames"][number]
        start = 4 + int.from_bytes(parts[source][:4], "big") + mine["byte_offset"]
        tiles.append(parts[source][start : start + mine["byte_size"]])
    offset = 0
    for frame, tile in zip(documents[0]["frames"], tiles):
        frame.update(byte_offset=offset, byte_size=len(tile))
        offset += len(tile)
    path.write_bytes(with_index(json.dumps(documents[0]).encode(), b"".join(tiles)))
    found = verify(path)
    assert [damage.key[1:3] for damage in found.damaged_tiles] == [(1, 0)]
    assert "int16" in found.damaged_tiles[0].error


# ---------------------------------------------------------------- spatial


@pytest.mark.parametrize(
    "index",
    [
        "",
        "no base64!",
        b64encode(b"no gzip").decode(),
        packed(b"{}"),
        packed(b'{"frames":[]}'),
        packed(b'{"frames":[{"byte_size":-1}]}'),
        packed(b'{"frames":[{"byte_size":99999999}]}'),
        packed(b"[" * 1_000_000),
        b64encode(gzip_bomb(256)).decode(),
        packed(b'{"frames":[{"window":[0,0,4,4]}]}'),
        packed(b'{"frames":{"0":{}}}'),
    ],
    ids=range(11),
)
def test_index_of_a_spatial_file(path, index):
    data = retagged(spatial(ARRAY), SPATIAL_INDEX=index)
    path.write_bytes(data)
    tracemalloc.start()
    try:
        with pytest.raises(CorruptFile, match="spatial layout"):
            info(path)
        assert tracemalloc.get_traced_memory()[1] < 60 << 20
    finally:
        tracemalloc.stop()
