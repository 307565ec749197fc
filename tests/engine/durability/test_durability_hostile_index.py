"""An index made to do harm, with a right checksum: refused at once, in little memory."""

import base64
import gzip

import pytest
from flac_raster_qgis.engine import FlacRaster, WriteOptions, verify, write_raster
from flac_raster_qgis.engine.errors import CorruptFile, UnsupportedVersion
from kits.durability import (
    assert_sentence,
    gzip_bomb,
    noise,
    pack_index,
    read_index,
    refused,
    retag,
    run_apart,
    write_flac,
)
from kits.rasters import array_raster

SECONDS, MEGABYTES = 2, 200


@pytest.fixture
def path(tmp_path):
    """A file of three levels; level 0 has 3 x 2 tiles."""
    return write_flac(tmp_path / "in.flac")


def finest(index):
    return index["levels"][-1]["sizes"]


def move_bytes(index, count):
    finest(index)[0] += count
    finest(index)[1] -= count


def replace_size(size):
    return lambda index: finest(index).__setitem__(0, size)


def replace(key, value):
    return lambda index: index.__setitem__(key, value)


def of_level(number, key, value):
    return lambda index: index["levels"][number].__setitem__(key, value)


EDITS = {
    "negative size": lambda index: move_bytes(index, 10**6),
    "size as float": replace_size(100.0),
    "size with fraction": replace_size(0.5),
    "size as bool": lambda index: finest(index).__setitem__(0, True),
    "only bools": lambda index: of_level(0, "sizes", [True])(index),
    "size as text": replace_size("100"),
    "size null": replace_size(None),
    "size as list": replace_size([100]),
    "size NaN": replace_size(float("nan")),
    "past the end of the file": replace_size(10**6),
    "2^40": replace_size(2**40),
    "2^63": replace_size(2**63),
    "2^64": replace_size(2**64),
    "10^1000": replace_size(10**1000),
    "sums that wrap around": lambda index: finest(index).__setitem__(
        slice(None), [2**40] * len(finest(index))
    ),
    "one size too many": lambda index: finest(index).append(0),
    "one size too few": lambda index: finest(index).pop(),
    "no sizes": of_level(-1, "sizes", []),
    "sizes null": of_level(-1, "sizes", None),
    "sizes as text": of_level(-1, "sizes", "1234"),
    "wrong width": of_level(0, "width", 64),
    "width as text": of_level(0, "width", "9"),
    "width missing": lambda index: index["levels"][0].pop("width"),
    "level as list": lambda index: index["levels"].__setitem__(0, [1, 2, 3]),
    "levels finest first": lambda index: index["levels"].reverse(),
    "level missing inside": lambda index: index["levels"].pop(1),
    "level repeated": lambda index: index["levels"].insert(0, index["levels"][0]),
    "no levels": replace("levels", []),
    "levels null": replace("levels", None),
    "levels as object": lambda index: replace("levels", dict(enumerate(index["levels"])))(index),
    "a thousand levels": lambda index: replace("levels", index["levels"][:1] * 1000)(index),
    "tile size 0": replace("tile_size", 0),
    "tile size negative": replace("tile_size", -16),
    "tile size odd": replace("tile_size", 17),
    "tile size huge": replace("tile_size", 2**40),
    "tile size as float": replace("tile_size", 16.0),
    "tile size as text": replace("tile_size", "16"),
    "tile size as a novel": replace("tile_size", "x" * 10**5),
    "tile size missing": lambda index: index.pop("tile_size"),
    "other tile size": replace("tile_size", 32),
    "bands of a tile 0": replace("tile_bands", 0),
    "bands of a tile negative": replace("tile_bands", -1),
    "more bands than there are": replace("tile_bands", 2),
    "bands of a tile 2^64": replace("tile_bands", 2**64),
    "bands of a tile as float": replace("tile_bands", 1.0),
    "bands of a tile as bool": replace("tile_bands", True),
    "bands of a tile as text": replace("tile_bands", "1"),
    "bands of a tile null": replace("tile_bands", None),
    "bands of a tile missing": lambda index: index.pop("tile_bands"),
    "order missing": lambda index: index.pop("order"),
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_wrong_values(path, edit):
    index = read_index(path)
    edit(index)
    retag(path, SPATIAL_INDEX=pack_index(index))
    with refused(CorruptFile, path):
        FlacRaster.open(path)


@pytest.mark.parametrize("order", ["column-major", "", None, 5, ["row-major"], "x" * 10**5, "\x1b"])
def test_order_of_a_later_version(path, order):
    index = read_index(path)
    index["order"] = order
    retag(path, SPATIAL_INDEX=pack_index(index))
    with refused(UnsupportedVersion, path, "Update FLAC Raster"):
        FlacRaster.open(path)


@pytest.mark.parametrize(
    "text",
    ["", "no base64!", "AAAA", pack_index(b""), pack_index(b"\xff"), pack_index(b"[1, 2]"), None],
)
def test_no_index_at_all(path, text):
    retag(path, SPATIAL_INDEX=text)
    with refused(CorruptFile, path, "GEOSPATIAL_SPATIAL_INDEX"):
        FlacRaster.open(path)


def test_index_cut_off(path):
    text = pack_index(read_index(path))
    for length in range(0, len(text), 4):
        retag(path, SPATIAL_INDEX=text[:length])
        with refused(CorruptFile, path):
            FlacRaster.open(path)


# ---------------------------------------------------------------- bombs


def repeated(text, megabytes=20):
    return text * ((megabytes << 20) // len(text))


BOMBS = {
    "gzip of 1 GB": lambda: gzip_bomb(1024),
    "nested lists": lambda: b"[" * 10**6,
    "nested objects": lambda: b'{"a":' * 10**6,
    "nested in sizes": lambda: (
        b'{"tile_size":16,"order":"row-major","levels":[{"width":9,"height":8,"sizes":'
        + b"[" * 10**5
    ),
    "millions of lists": lambda: b'{"levels":[' + repeated(b"[],") + b"0]}",
    "millions of objects": lambda: b'{"levels":[' + repeated(b"{},") + b"0]}",
    "millions of keys": lambda: (
        b"{" + b",".join(b'"%d":0' % number for number in range(2 * 10**6)) + b"}"
    ),
    "millions of sizes": lambda: b'{"levels":[' + repeated(b"0,", 60) + b"0]}",
    "number of millions of digits": lambda: b'{"tile_size":' + b"9" * (60 << 20) + b"}",
}


@pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS)
def test_bomb(path, bomb):
    data = bomb()
    packed = data if data.startswith(b"\x1f\x8b") else gzip.compress(data, 1)
    retag(path, SPATIAL_INDEX=base64.b64encode(packed).decode("ascii"))
    outcome = run_apart(FlacRaster.open, path)
    assert outcome.error == "CorruptFile", outcome
    assert_sentence(outcome.text)
    assert outcome.seconds < SECONDS, outcome
    assert outcome.megabytes < MEGABYTES, outcome


# ---------------------------------------------------------------- tiles of no bytes


@pytest.fixture
def of_five_bands(tmp_path):
    """A file whose tiles hold four bands and one."""
    path = tmp_path / "in.flac"
    write_raster(array_raster(noise(count=5)), path, WriteOptions(tile_size=16))
    return path


def set_tile_bands(path, count):
    index = read_index(path)
    assert index["tile_bands"] == 4
    index["tile_bands"] = count
    retag(path, SPATIAL_INDEX=pack_index(index))


@pytest.mark.parametrize("count", [1, 2, 5])
def test_another_number_of_tiles(of_five_bands, count):
    set_tile_bands(of_five_bands, count)
    with refused(CorruptFile, of_five_bands):
        FlacRaster.open(of_five_bands)


def test_as_many_tiles_of_other_bands(of_five_bands):
    set_tile_bands(of_five_bands, 3)
    result = verify(of_five_bands)
    assert len(result.damaged_tiles) == result.tiles


def test_bands_swapped(tmp_path):
    """Each tile says its own bands, so an index that gives it another one's is found out."""
    path = tmp_path / "in.flac"
    raster = array_raster(noise(count=2))
    write_raster(raster, path, WriteOptions(tile_size=16, interleave="band"))
    index = read_index(path)
    sizes = finest(index)
    sizes[0], sizes[1] = sizes[1] + 1, sizes[0] - 1
    retag(path, SPATIAL_INDEX=pack_index(index))
    assert {(0, 0, 0, 0), (0, 0, 0, 1)} <= {tuple(d.key) for d in verify(path).damaged_tiles}


def drop_last_tile(path):
    index = read_index(path)
    size = finest(index).pop()
    finest(index).append(0)
    retag(path, SPATIAL_INDEX=pack_index(index))
    data = path.read_bytes()
    path.write_bytes(data[:-size])


def test_tile_of_no_bytes_without_nodata(path):
    drop_last_tile(path)
    with refused(CorruptFile, path, "nodata"):
        FlacRaster.open(path)


@pytest.mark.parametrize("nodata", [0.5, -1, 70000, float("nan"), float("inf")])
def test_tile_of_no_bytes_where_nodata_is_no_pixel(tmp_path, nodata):
    path = write_flac(tmp_path / "in.flac", nodata=nodata)
    drop_last_tile(path)
    with refused(CorruptFile, path, "nodata"):
        FlacRaster.open(path)


def test_first_tile_of_no_bytes(tmp_path):
    path = write_flac(tmp_path / "in.flac", nodata=0)
    index = read_index(path)
    index["levels"][0]["sizes"][0] = 0
    retag(path, SPATIAL_INDEX=pack_index(index))
    with refused(CorruptFile, path):
        FlacRaster.open(path)


def test_tiles_swapped(path):
    """Each tile says its own place, so an index that gives it another one is found out."""
    index = read_index(path)
    sizes = finest(index)
    sizes[0], sizes[1] = sizes[1] + 1, sizes[0] - 1
    retag(path, SPATIAL_INDEX=pack_index(index))
    result = verify(path)
    assert {(0, 0, 0), (0, 0, 1)} <= {damage.key[:3] for damage in result.damaged_tiles}
