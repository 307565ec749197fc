"""Damaged tiles are values: all others are decoded once, and every caller sees the same."""

import os

import numpy as np
import pytest
from flac_raster_qgis.engine import FlacRaster, WriteOptions, flac, verify, write_raster
from flac_raster_qgis.engine.errors import CorruptFile, CorruptTile
from flac_raster_qgis.engine.flac.stream import parse_head
from flac_raster_qgis.engine.model.grid import TileKey
from flac_raster_qgis.engine.reading.tile_pipeline import DamagedTile
from flac_raster_qgis.engine.storage.local_file import LocalFile
from flac_raster_qgis.engine.tile import decoding

#: The tile that is damaged, one of 16.
KEY = TileKey(0, 2, 1)


@pytest.fixture
def array(terrain):
    return terrain(256, 256)


@pytest.fixture
def path(tmp_path, make_raster, array):
    path = tmp_path / "x.flac"
    write_raster(make_raster(array), path, WriteOptions(tile_size=64, overviews="none"))
    return path


@pytest.fixture
def decodes(monkeypatch):
    """Streams that libFLAC has decoded."""
    streams, decode = [], flac.decode

    def counting(data, *args, **options):
        streams.append(bytes(data))
        return decode(data, *args, **options)

    monkeypatch.setattr(flac, "decode", counting)
    return streams


class DamagedOnTheWay(LocalFile):
    """Damages one tile, unless caches are bypassed."""

    def __init__(self, path, damaged):
        super().__init__(path)
        self.damaged = damaged

    def read(self, ranges, *, bypass_cache=False, **options):
        for place, data in zip(ranges, super().read(ranges, **options)):
            yield flip(data, -9) if place == self.damaged and not bypass_cache else data


def flip(data, position):
    changed = bytearray(data)
    changed[position] ^= 1
    return bytes(changed)


def byte_range(path):
    with FlacRaster.open(path) as raster:
        return raster.head.index.byte_range(KEY)


def damage(path):
    offset, size = byte_range(path)
    path.write_bytes(flip(path.read_bytes(), offset + size - 9))


def test_a_tile_damaged_on_its_way_costs_one_more_decoding(path, array, decodes):
    damaged = byte_range(path)
    with FlacRaster.open(DamagedOnTheWay(path, damaged)) as raster:
        np.testing.assert_array_equal(raster.read(), array)
    assert len(decodes) == 17


@pytest.mark.parametrize("workers", [1, 3])
def test_the_same_bytes_are_not_decoded_again(path, array, decodes, workers):
    damage(path)
    with FlacRaster.open(path, workers=workers) as raster:
        outcomes = list(raster.pipeline.run(list(raster.grid.keys())))
        assert [outcome.key for outcome in outcomes] == list(raster.grid.keys())
    assert len(decodes) == 16
    (damaged,) = [outcome for outcome in outcomes if isinstance(outcome, DamagedTile)]
    assert (damaged.key, damaged.byte_range) == (KEY, byte_range(path))
    assert type(damaged.error) is CorruptTile and "row 2, column 1" in str(damaged.error)
    for tile in outcomes:
        if tile is not damaged:
            rows, columns = raster.grid.tile_window(tile.key).slices
            np.testing.assert_array_equal(tile.pixels, array[:, rows, columns])


def test_verify_decodes_each_tile_once(path, decodes):
    damage(path)
    assert [tile.key for tile in verify(path).damaged_tiles] == [KEY]
    assert len(decodes) == 16


def test_impossible_samples_damage_one_tile_only(path, decodes, monkeypatch):
    """Which tile of a batch they belong to is found without decoding the streams again."""
    offset, size = byte_range(path)
    stream = path.read_bytes()[offset : offset + size]
    impossible = flac.decode(stream, parse_head(stream).info)
    decodes.clear()
    decode_segments = decoding.decode_segments

    def refuse(segments):
        if any(np.array_equal(segment.samples, impossible) for segment in segments):
            raise ValueError("impossible")
        return decode_segments(segments)

    monkeypatch.setattr(decoding, "decode_segments", refuse)
    with FlacRaster.open(path) as raster:
        outcomes = list(raster.pipeline.run(list(raster.grid.keys())))
    (damaged,) = [outcome for outcome in outcomes if isinstance(outcome, DamagedTile)]
    assert damaged.key == KEY and "impossible" in str(damaged.error)
    assert len(decodes) == 16


def test_the_intact_tiles_of_a_file_that_is_cut_while_open(path, array):
    offset, _ = byte_range(path)
    with FlacRaster.open(path) as raster:
        os.truncate(path, offset + 10)
        outcomes = list(raster.pipeline.run(list(raster.grid.keys())))
        with pytest.raises(CorruptFile, match="truncated"):
            raster.read()
    damaged = [isinstance(outcome, DamagedTile) for outcome in outcomes]
    assert damaged == [False] * 9 + [True] * 7
    assert all("truncated" in str(outcome.error) for outcome in outcomes[9:])
