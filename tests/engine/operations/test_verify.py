"""A whole file verifies; a damaged tile is found and named, and the others still read."""

import json

import numpy as np
import pytest
from flac_raster_qgis.engine import FlacRaster, Window, WriteOptions, info, verify, write_raster
from flac_raster_qgis.engine.errors import CorruptTile
from flac_raster_qgis.engine.job import Job


@pytest.fixture
def path(tmp_path, make_raster, terrain):
    array = terrain(64, 96)
    array[:, :32, :32] = 7
    write_raster(make_raster(array, nodata=7), tmp_path / "x.flac", WriteOptions(tile_size=32))
    return tmp_path / "x.flac"


def test_a_whole_file_is_valid(path):
    result = verify(path)
    assert result.valid and result.tiles == 6 + 2 + 1
    assert result.codings["nodata"] == 1
    json.dumps(result.to_dict(), allow_nan=False)


def test_a_damaged_tile_is_named_and_the_others_read(path):
    with FlacRaster.open(path) as raster:
        key = list(raster.levels[0].keys())[4]
        offset, size = raster.head.index.byte_range(key)
        whole = raster.read()
    data = bytearray(path.read_bytes())
    data[offset + size - 9] ^= 1
    path.write_bytes(data)
    result = verify(path)
    assert [(d.key, d.offset, d.size) for d in result.damaged_tiles] == [(key, offset, size)]
    assert "x.flac, tile level 0, row 1, column 1 is damaged" in result.damaged_tiles[0].error
    with FlacRaster.open(path) as raster:
        with pytest.raises(CorruptTile):
            raster.read()
        assert (raster.read(Window(0, 0, 96, 32)) == whole[:, :32]).all()


def test_progress_counts_all_tiles(path):
    told = []
    verify(path, job=Job(lambda done, total: told.append((done, total))))
    assert told == [(n + 1, 9) for n in range(9)]


def test_describe_is_strict_json_and_true(path):
    facts = json.loads(json.dumps(info(path), allow_nan=False))
    assert (facts["width"], facts["height"], facts["dtype"]) == (96, 64, "uint16")
    assert facts["file_bytes"] == path.stat().st_size
    assert (facts["tiles"], facts["empty_tiles"]) == (9, 1)
    assert facts["bands"][0]["nodata"] == 7
    assert sum(level["bytes"] for level in facts["levels"]) < facts["file_bytes"]
    with FlacRaster.open(path) as raster:
        assert np.isclose(facts["data_max"], raster.read().max())
