"""Bands in tiles of their own, all in one, or a few in each: what a read of some of them costs."""

import numpy as np
import pytest
from flac_raster_qgis.engine import Band, FlacRaster, Window, WriteOptions, verify, write_raster
from flac_raster_qgis.engine.errors import CorruptTile
from flac_raster_qgis.engine.model.grid import TileKey
from flac_raster_qgis.engine.storage.local_file import LocalFile
from flac_raster_qgis.engine.writing.grid_choice import tile_bands
from kits.tiles import decode_tile

COUNT = 6


class Recording(LocalFile):
    """A file that remembers what was read of it."""

    def __init__(self, path):
        super().__init__(path)
        self.asked = []

    def read(self, ranges, **options):
        self.asked += ranges
        return super().read(ranges, **options)


@pytest.fixture
def write(tmp_path, make_raster):
    def write(array, interleave="band", mask=None, **metadata):
        path = tmp_path / f"{interleave}.flac"
        options = WriteOptions(tile_size=32, interleave=interleave, workers=1)
        write_raster(make_raster(array, mask, **metadata), path, options)
        return path

    return write


@pytest.fixture
def array(terrain):
    return terrain(50, 70, bands=COUNT)


@pytest.mark.parametrize(
    ("count", "interleave", "expected"),
    [(1, "pixel", 1), (9, "pixel", 9), (9, "band", 1), (3, "auto", 3), (900, "auto", 4)],
)
def test_bands_of_a_tile(count, interleave, expected):
    assert tile_bands(count, interleave) == expected


@pytest.mark.parametrize("interleave", ["pixel", "band", "auto"])
@pytest.mark.parametrize("bands", [[1], [6], [5, 2], [3, 3], None])
def test_a_read_touches_only_the_bytes_of_its_bands(write, array, interleave, bands):
    path = write(array, interleave)
    chosen = range(1, COUNT + 1) if bands is None else bands
    with FlacRaster.open(Recording(path)) as raster:
        raster.source.asked.clear()
        found = raster.read(Window(10, 10, 50, 30), bands=bands)
        assert (found == array[[band - 1 for band in chosen], 10:40, 10:60]).all()
        plan = raster.plan(Window(10, 10, 50, 30), bands=bands)
        assert raster.source.asked == plan.stored.ranges
        held = {band for key in plan.keys for band in raster.grid.tile_band_range(key)}
        step = raster.grid.tile_bands
        assert {band // step for band in held} == {(band - 1) // step for band in chosen}


def test_bands_of_the_same_pixels_are_one_range(write, array):
    with FlacRaster.open(write(array)) as raster:
        (first, *others) = raster.plan(Window(40, 40, 1, 1)).stored.ranges
        assert len(others) == COUNT - 1
        for offset, size in others:
            assert offset == sum(first)
            first = offset, size


def test_a_tile_cut_out_knows_its_band(write, array):
    data = write(array).read_bytes()
    with FlacRaster.open(write(array)) as raster:
        key = TileKey(0, 1, 2, band=4)
        offset, size = raster.head.index.byte_range(key)
    tile = decode_tile(data[offset : offset + size], "cut out")
    assert tile.key == key
    assert (tile.pixels == array[4:5, 32:, 64:]).all()
    with pytest.raises(CorruptTile, match="row 1, column 2, from band 4 .* column 2, from band 5"):
        decode_tile(data[offset : offset + size], "x", key=key._replace(band=3))


def test_a_damaged_band_leaves_the_others_readable(write, array):
    path = write(array)
    with FlacRaster.open(path) as raster:
        key = TileKey(0, 0, 1, band=2)
        offset, size = raster.head.index.byte_range(key)
    data = bytearray(path.read_bytes())
    data[offset + size - 9] ^= 1
    path.write_bytes(data)
    (damage,) = verify(path).damaged_tiles
    assert damage.key == key
    assert verify(path).to_dict()["damaged_tiles"][0]["band"] == 3
    with FlacRaster.open(path) as raster:
        assert (raster.read(bands=[1, 2, 4, 5, 6]) == array[[0, 1, 3, 4, 5]]).all()
        with pytest.raises(CorruptTile, match="row 0, column 1, from band 3 is damaged"):
            raster.read(bands=[3])


@pytest.mark.parametrize("interleave", ["pixel", "band", "auto"])
def test_each_tile_has_the_mask(write, array, interleave):
    mask = np.random.default_rng(0).random(array.shape[1:]) < 0.9
    with FlacRaster.open(write(array, interleave, mask)) as raster:
        for band in range(1, COUNT + 1):
            pixels, found = raster.read_masked(bands=[band])
            assert (pixels == array[band - 1]).all() and (found == mask).all()


def test_bands_of_nothing_but_nodata_take_no_bytes(write, array):
    array[2:5, :, 32:] = 7
    array[5, :, 32:] = 8
    bands = tuple(Band(nodata=nodata) for nodata in (None, 0, 7, 7, 7, 8))
    with FlacRaster.open(write(array, bands=bands)) as raster:
        empty = [raster.plan(Window(32, 0, 38, 50), bands=[n]).tile_bytes == 0 for n in range(1, 7)]
        assert empty == [False, False, True, True, True, True]
        assert (raster.read() == array).all()
    with FlacRaster.open(write(array, "auto", bands=bands)) as raster:
        assert raster.plan(Window(32, 0, 38, 50), bands=[5, 6]).tile_bytes == 0
        assert (raster.read() == array).all()


def test_nothing_but_nodata_in_all_bands_still_has_a_first_tile(write):
    array = np.zeros((3, 20, 20), np.uint8)
    path = write(array, nodata=0)
    with FlacRaster.open(path) as raster:
        sizes = [raster.head.index.byte_range(key)[1] for key in raster.plan().keys]
        assert sizes[0] > 0 and sizes[1:] == [0, 0]
        assert (raster.read() == array).all()
