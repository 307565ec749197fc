"""Smallest and largest pixels of tiles in a query, and tiles left out by a condition."""

import json
from dataclasses import replace

import numpy as np
import pytest
from flac_raster_qgis.engine import Area, Band, FlacRaster, query
from flac_raster_qgis.engine.errors import InputError
from flac_raster_qgis.engine.format.statistics import MinMax
from kits.area import noise, tiles_where, write_flac


@pytest.fixture(scope="module")
def array():
    """Four bands of 40 × 70 pixels; tiles of 16 hold all of them."""
    return noise(4, 40, 70, "int16")


@pytest.fixture(scope="module")
def flac(tmp_path_factory, array):
    return write_flac(tmp_path_factory.mktemp("where") / "x.flac", array)


def under(array, key):
    """Pixels of full resolution in the place of a tile."""
    side = 16 << key.level
    top, left = key.row * side, key.column * side
    return array[:, top : top + side, left : left + side]


@pytest.mark.parametrize("level", [0, 1, 2])
def test_every_tile_tells_its_extremes(flac, array, level):
    for tile in query(flac, level=level).tiles:
        pixels = under(array, tile.key)
        known = tile.attributes()
        assert (known["min"], known["max"]) == (pixels.min(), pixels.max())
        assert known["band_min"] == pixels.min(axis=(1, 2)).tolist()
        assert known["band_max"] == pixels.max(axis=(1, 2)).tolist()


def test_those_of_the_bands_asked_for(flac, array):
    for tile in query(flac, bands=[4, 2]).tiles:
        pixels = under(array, tile.key)
        assert tile.min_max == (pixels[[1, 3]].min(), pixels[[1, 3]].max())
        assert len(tile.band_min_max) == 4


@pytest.mark.parametrize("interleave", ["pixel", "band"])
@pytest.mark.parametrize("level", [0, 1, 2])
@pytest.mark.parametrize("bands", [None, [3], [4, 2]])
def test_all_tiles_together_tell_theirs(tmp_path, array, interleave, level, bands):
    path = write_flac(tmp_path / "x.flac", array, interleave=interleave)
    area = Area((20, 10, 45, 20))
    for where in (None, "max > 32700"):
        found = query(path, area, level=level, bands=bands, where=where).tiles
        each = [tile.min_max for tile in found]
        assert each and found.min_max == MinMax.union(each)


def test_together_of_squares_of_several_tiles(flac, array):
    with FlacRaster.open(flac) as raster:
        raster.head = replace(raster.head, statistics=raster.head.statistics.coarsen())
        found = query(raster, Area(tile=0)).tiles.min_max
        square = array[:, :32, :32]
        assert found == (square.min(), square.max())
        raster.head = replace(raster.head, statistics=None)
        assert query(raster).tiles.min_max is None


def test_json_and_geojson_have_them(flac):
    found = query(flac, Area(tile=0))
    (feature,), (entry,) = found.to_geojson()["features"], found.to_dict()["tiles"]
    assert entry["min"] == feature["properties"]["min"] == min(entry["band_min"])
    assert entry["band_max"] == feature["properties"]["band_max"]
    json.dumps([feature, entry], allow_nan=False)


def test_no_valid_pixel_and_infinity(tmp_path):
    array = np.full((1, 16, 32), -1, "float32")
    array[0, 0, 20] = np.inf
    path = write_flac(tmp_path / "x.flac", array, bands=(Band(nodata=-1),))
    empty, other = (tile.attributes() for tile in query(path).tiles)
    assert (empty["min"], empty["max"], empty["band_min"]) == (None, None, [None])
    assert (other["min"], other["band_max"]) == ("inf", ["inf"])


def test_large_numbers_are_exact(tmp_path):
    array = np.full((1, 16, 16), 2**64 - 1, "uint64")
    (tile,) = query(write_flac(tmp_path / "x.flac", array)).tiles
    assert tile.attributes()["max"] == 2**64 - 1


def test_squares_of_several_tiles_say_nothing_of_one(flac):
    with FlacRaster.open(flac) as raster:
        raster.head = replace(raster.head, statistics=raster.head.statistics.coarsen())
        found = query(raster)
        assert found.statistics_level == 1
        assert all(tile.attributes()["band_min"] is None for tile in found.tiles)
        assert all(tile.min_max is not None for tile in query(raster, level=1).tiles)


def test_complex_numbers_have_none(tmp_path):
    path = write_flac(tmp_path / "x.flac", np.ones((1, 16, 16), "complex64"))
    found = query(path)
    assert found.statistics_level is None and found.tiles[0].attributes()["max"] is None
    with pytest.raises(InputError, match="complex numbers have no order"):
        query(path, where="max > 0")


@pytest.mark.parametrize("bands", [None, [3], [1, 4]])
def test_a_condition_leaves_tiles_out(flac, array, bands):
    chosen = range(4) if bands is None else [band - 1 for band in bands]
    limit = np.median([under(array, t.key)[chosen].max() for t in query(flac).tiles])
    found = query(flac, bands=bands, where=f"max > {limit}")
    everything = query(flac, bands=bands)
    right = [t for t in everything.tiles if under(array, t.key)[chosen].max() > limit]
    assert 0 < len(right) < len(everything.tiles)
    assert list(found.tiles) == right
    assert (found.where, found.tiles_in_area) == (f"max > {limit}", len(everything.tiles))
    assert found.tile_bytes == sum(tile.size for tile in right) < everything.tile_bytes
    assert sum(size for _, size in found.ranges) == found.tile_bytes
    assert found.window == everything.window
    with FlacRaster.open(flac) as raster:
        keys = [tile.key for tile in everything.tiles]
        assert [tile.key for tile in right] == tiles_where(raster, keys, found.where, bands)


def test_only_tiles_of_the_area(flac):
    inside = query(flac, Area(tile=3), where="max > -40000")
    assert [tile.number for tile in inside.tiles] == [3] and inside.tiles_in_area == 1


def test_bands_apart(tmp_path, array):
    path = write_flac(tmp_path / "x.flac", array, interleave="band")
    found = query(path, bands=[2], where="max > 30000")
    assert {tile.bands for tile in found.tiles} <= {(2,)}
    assert [t.key for t in found.tiles] == [
        t.key for t in query(path, bands=[2]).tiles if under(array, t.key)[1].max() > 30000
    ]


def test_requests_are_those_of_the_tiles_left(tmp_path):
    """Far from one another, and beyond what the first read brings."""
    array = noise(1, 64, 64 * 40).copy() // 2
    array[0, 0, 64 * 30] = array[0, 0, 64 * 39] = 60_000
    path = write_flac(tmp_path / "x.flac", array, tile_size=64)
    found = query(path, where="max = 60000")
    assert [tile.key.column for tile in found.tiles] == [30, 39]
    assert found.request_bytes < query(path).request_bytes / 3


def test_a_condition_of_nothing(flac):
    found = query(flac, where="max > 40000")
    assert (found.tiles, found.ranges, found.requests) == ((), (), ())
    assert (found.tile_bytes, found.file_fraction) == (0, 0)
    assert found.to_geojson()["features"] == []


@pytest.mark.parametrize("where", ["", "max", "max ~ 3", "height > 3"])
def test_a_wrong_condition_is_a_sentence(flac, where):
    with pytest.raises(InputError, match="not understood.*expected comparisons such as max > 2000"):
        query(flac, where=where)
