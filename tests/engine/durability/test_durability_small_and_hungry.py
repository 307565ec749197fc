"""Short files that ask for much: refused, or read in little memory and time.

Each is built as a hostile writer would, with all checksums right, and read in a process of its own.
"""

import json
import sys
import zlib
from pathlib import Path
from unittest import mock

import numpy as np
import pytest
from flac_raster_qgis.engine import FlacRaster, WriteOptions, info, verify, write_raster
from flac_raster_qgis.engine.coding import select
from flac_raster_qgis.engine.errors import InputError, UnsupportedRaster
from flac_raster_qgis.engine.flac.stream import PADDING, parse_head
from flac_raster_qgis.engine.model import limits
from kits.durability import (
    assert_sentence,
    pack_index,
    read_index,
    refused,
    retag,
    run_apart,
    write_flac,
)
from kits.forced_codings import only
from kits.rasters import array_raster
from kits.tiles import decode_tile
from reliability.fuzzing import mutators  # takes tiles apart

resource = pytest.importorskip("resource", reason="memory is limited on Linux")
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="memory is limited on Linux")

SECONDS, MEGABYTES = 2, 64


def read_everything(path):
    with FlacRaster.open(path) as raster:
        info(raster)
        for _, key in zip(range(4), raster.grid.keys()):
            raster.read_tile(key)
    return json.dumps(verify(path).to_dict())


def check_frugal(path):
    outcome = run_apart(read_everything, path)
    assert outcome.seconds < SECONDS and outcome.megabytes < MEGABYTES, outcome
    return outcome


def without_padding(path):
    """Take out the padding by which a writer keeps to the limits, as a hostile one would."""
    data = path.read_bytes()
    *_, last = parse_head(data).blocks
    assert last.type == PADDING
    start = last.start - 4
    path.write_bytes(data[:start] + b"\x81\0\0\0" + data[last.start + last.length :])


CODINGS = {
    "plain": only(0),
    "row": only(1),
    "plane": only(2),
    "lattice": only(3),
    "lattice by mean": only(3, by_mean=True),
    "lattice of pixels": only(3, side=1),
    "labels": only(4),
}


def write_monotonous(path, dtype, bands, coding, nodata, cost=limits.ANY_TILE_COST):
    """Write one tile of hardly any content, as large as the limit allows any file."""
    value = max(4, np.dtype(dtype).itemsize) * bands
    side = int((cost / value) ** 0.5) // 32 * 32  # to which sides are padded
    array = np.zeros((bands, side, side), dtype)
    array[:, 0, 0] = nodata is not None
    options = WriteOptions(tile_size=side, overview_resampling="none")
    with mock.patch.object(select, "candidates", coding):
        write_raster(array_raster(array, nodata=nodata), path, options)


def write_by_lattice(path, shape, dtype):
    """Write zeros in tiles of up to 8192, all predicted by the lattice."""
    options = WriteOptions(tile_size=8192, overview_resampling="none", interleave="pixel")
    with mock.patch.object(select, "candidates", only(3)):
        write_raster(array_raster(np.zeros(shape, dtype)), path, options)


@pytest.mark.parametrize(
    "shape", [(4, 1, 8192), (4, 8192, 1), (256, 33, 33), (1, 1, 40 * 8192), (1, 40 * 8192, 1)]
)
def test_tiles_that_are_mostly_padding(tmp_path, shape):
    """The lattice pads sides to multiples of 32; one tile at the limit, or many together."""
    path = tmp_path / "in.flac"
    write_by_lattice(path, shape, "float32")
    assert check_frugal(path).error == ""


@pytest.mark.parametrize("shape", [(128, 1, 8192), (128, 8192, 1), (512, 33, 33)])
def test_padding_is_paid_for(tmp_path, shape):
    path = tmp_path / "in.flac"
    write_by_lattice(path, shape, "float32")
    bands, *size = shape
    cost = limits.decode_cost(bands, *map(limits.padded, size), 4)
    assert path.stat().st_size >= cost / limits.MOST_TIMES > limits.ANY_TILE_COST / 1024
    without_padding(path)
    assert check_frugal(path).error == "UnsupportedRaster"


@pytest.mark.parametrize("nodata", [None, 0])
@pytest.mark.parametrize("coding", CODINGS.values(), ids=CODINGS)
@pytest.mark.parametrize("kind", [("uint8", 1), ("int16", 4), ("float32", 1), ("float64", 4)])
def test_tile_of_hardly_any_content(tmp_path, kind, coding, nodata):
    path = tmp_path / "in.flac"
    write_monotonous(path, *kind, coding, nodata)
    assert check_frugal(path).error == ""


@pytest.mark.parametrize("dtype", ["uint8", "float64"])
def test_larger_tile_than_its_file_may_ask_for(tmp_path, dtype):
    path = tmp_path / "in.flac"
    write_monotonous(path, dtype, 1, only(4), 0, cost=32 * limits.ANY_TILE_COST)
    assert verify(path).valid
    assert path.stat().st_size >= 32 * limits.ANY_TILE_COST / limits.MOST_TIMES
    without_padding(path)
    assert path.stat().st_size < 5000
    outcome = check_frugal(path)
    assert outcome.error == "UnsupportedRaster"
    assert_sentence(outcome.text)
    assert limits.VARIABLE in outcome.text


def test_the_limit_can_be_raised_and_lowered(tmp_path, monkeypatch):
    path = tmp_path / "in.flac"
    write_monotonous(path, "uint8", 1, only(4), 0, cost=8 * limits.ANY_TILE_COST)
    without_padding(path)
    with refused(UnsupportedRaster, path, f"{limits.VARIABLE} to 34"):
        FlacRaster.open(path)
    monkeypatch.setenv(limits.VARIABLE, "34")
    assert verify(path).valid
    monkeypatch.setenv(limits.VARIABLE, "33")
    with refused(UnsupportedRaster, path):
        FlacRaster.open(path)


@pytest.mark.parametrize("said", ["-1", "many", "1.5", "9" * 20])
def test_limit_that_is_no_number(tmp_path, monkeypatch, said):
    monkeypatch.setenv(limits.VARIABLE, said)
    with refused(InputError, limits.VARIABLE, "megabytes"):
        FlacRaster.open(write_flac(tmp_path / "in.flac"))


def test_a_tile_without_its_file_has_the_same_limit(tmp_path):
    path = tmp_path / "in.flac"
    write_monotonous(path, "uint8", 1, only(4), 0, cost=8 * limits.ANY_TILE_COST)
    without_padding(path)
    data = path.read_bytes()
    with refused(UnsupportedRaster, limits.VARIABLE):
        decode_tile(data, "tile.flac")


COLUMNS = 1 << 19


def write_sparse(path, columns=COLUMNS, size=16, **tags):
    """Write a tile and very many of no bytes, which take no room in the index either."""
    write_flac(path, np.ones((1, size, size), "uint8"), tile_size=size, nodata=0)
    index = read_index(path)
    sizes = index["levels"][-1]["sizes"] + [0] * (columns - 1)
    index["levels"] = [{"width": size * columns, "height": size, "sizes": sizes}]
    tags = {"STATISTICS": None, "DATA_MIN": None, "DATA_MAX": None, **tags}
    retag(path, WIDTH=str(size * columns), SPATIAL_INDEX=pack_index(index), **tags)
    assert path.stat().st_size < 5000


def test_many_tiles_of_no_bytes(tmp_path):
    write_sparse(tmp_path / "in.flac")
    outcome = check_frugal(tmp_path / "in.flac")
    assert outcome.error == ""
    found = json.loads(outcome.text)
    assert found["tiles"] == COLUMNS and found["codings"]["nodata"] == COLUMNS - 1


def test_statistics_of_many_squares(tmp_path):
    packed = b"\0" + b"\xff" * (COLUMNS // 8) + bytes(2 * COLUMNS)
    write_sparse(tmp_path / "in.flac", STATISTICS=pack_index(packed))
    assert check_frugal(tmp_path / "in.flac").error == ""


def read_with_little_memory(path):
    with FlacRaster.open(path) as raster:
        used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (used + (64 << 20),) * 2)
        raster.read()


def test_window_that_does_not_fit_into_memory(tmp_path):
    write_sparse(tmp_path / "in.flac", 1 << 15, 64)
    outcome = run_apart(read_with_little_memory, tmp_path / "in.flac")
    assert outcome.error == "InputError" and "Read a smaller window" in outcome.text, outcome


def test_tile_that_asks_for_more_samples_than_it_can_have(tmp_path):
    """The number of samples is in the side information, which may say anything."""
    path = write_flac(tmp_path / "in.flac", np.zeros((1, 512, 512), "float64"), tile_size=512)
    data = path.read_bytes()
    head = parse_head(data)
    for samples in (2**20, 5 * 2**20, 2**31, 2**32 - 1):
        made = mutators.with_sample_count(data, head, samples)
        outcome = run_apart(decode_tile, made, "tile.flac")
        assert outcome.error == "CorruptTile", outcome
        assert outcome.seconds < SECONDS and outcome.megabytes < MEGABYTES, outcome


@pytest.mark.parametrize("what", ["mask", "side"])
def test_deflated_bytes_of_a_tile_that_never_end(tmp_path, what):
    path = write_flac(tmp_path / "in.flac", np.zeros((1, 512, 512), "uint8"), tile_size=512)
    data = path.read_bytes()
    bomb = zlib.compress(bytes(64 << 20), 9)
    made = mutators.with_pieces(data, parse_head(data), **{what: bomb})
    outcome = run_apart(decode_tile, made, "tile.flac")
    assert outcome.error == "CorruptTile", outcome
    assert outcome.seconds < SECONDS and outcome.megabytes < MEGABYTES, outcome
