"""Extracting what is left of a damaged file: the rest bit for bit, and the damage is told."""

import json

import numpy as np
import pytest
import rasterio
from flac_raster_qgis.engine import FlacRaster, WriteOptions, extract, verify, write_raster
from flac_raster_qgis.engine.errors import CorruptTile
from kits.cli import run


@pytest.fixture
def write(tmp_path, make_raster, terrain):
    """Return a function that writes a raster of 64 x 96 pixels and damages one of its tiles."""

    def write(nodata, bands=1, mask=None, tile_bands="auto", damaged=(4,)):
        array = terrain(64, 96, bands)
        path = tmp_path / "x.flac"
        options = WriteOptions(tile_size=32, interleave=tile_bands)
        write_raster(make_raster(array, mask=mask, nodata=nodata), path, options)
        data = bytearray(path.read_bytes())
        with FlacRaster.open(path) as raster:
            keys = list(raster.levels[0].keys())
            for number in damaged:
                offset, size = raster.head.index.byte_range(keys[number])
                data[offset + size - 9] ^= 1
        path.write_bytes(data)
        return array, path, [keys[number] for number in damaged]

    return write


pytestmark = [
    pytest.mark.usefixtures("side_by_side"),
    pytest.mark.filterwarnings("ignore::rasterio.errors.NotGeoreferencedWarning"),
]
#: Of tile 4, in row 1 and column 1.
HURT = np.s_[32:64, 32:64]


def read(path):
    with rasterio.open(path) as dataset:
        return dataset.read(), dataset.read_masks(1)


def without(array, place=HURT):
    left = np.ones(array.shape[-2:], bool)
    left[place] = False
    return array[:, left]


def test_without_it_nothing_is_written(write, tmp_path):
    _, path, _ = write(nodata=7)
    with pytest.raises(CorruptTile, match="level 0, row 1, column 1"):
        extract(path, tmp_path / "out.tif")
    assert not (tmp_path / "out.tif").exists()


def test_nodata_in_the_place_of_a_tile(write, tmp_path):
    array, path, keys = write(nodata=7)
    result = extract(path, tmp_path / "out.tif", skip_damaged=True)
    found, _ = read(result.output)
    assert (found[:, 32:64, 32:64] == 7).all()
    assert (without(found) == without(array)).all()
    assert [tile.key for tile in result.damaged_tiles] == keys
    assert result.warnings[0].startswith("1 of 6 tiles is damaged")
    assert "level 0, row 1, column 1" in result.warnings[1]
    with rasterio.open(result.output) as dataset:
        assert rasterio.enums.MaskFlags.per_dataset not in dataset.mask_flag_enums[0]


def test_a_mask_where_there_is_no_nodata_value(write, tmp_path):
    """The tile is the fifth of six: the output, begun without a mask, must be begun anew."""
    array, path, _ = write(nodata=None)
    result = extract(path, tmp_path / "out.tif", skip_damaged=True)
    found, mask = read(result.output)
    assert (mask[HURT] == 0).all() and (without(mask[np.newaxis]) == 255).all()
    assert (without(found) == without(array)).all()


def test_a_nodata_value_that_no_pixel_can_have_is_none(write, tmp_path):
    _, path, _ = write(nodata=-9999.5)
    _, mask = read(extract(path, tmp_path / "out.tif", skip_damaged=True).output)
    assert (mask[HURT] == 0).all() and (mask[:32] == 255).all()


def test_a_raster_with_a_mask_of_its_own(write, tmp_path):
    own = np.ones((64, 96), bool)
    own[:5] = False
    _, path, _ = write(nodata=None, mask=own)
    _, mask = read(extract(path, tmp_path / "out.tif", skip_damaged=True).output)
    own[HURT] = False
    assert ((mask == 255) == own).all()


def test_only_the_bands_of_the_tile(write, tmp_path):
    """Bands in tiles of their own: the others of the place are still there."""
    array, path, keys = write(nodata=7, bands=3, tile_bands="band", damaged=(13,))
    assert tuple(keys[0]) == (0, 1, 1, 1)
    found, _ = read(extract(path, tmp_path / "out.tif", skip_damaged=True).output)
    assert (found[1][HURT] == 7).all()
    assert (found[[0, 2]] == array[[0, 2]]).all()
    assert (without(found[1:2]) == without(array[1:2])).all()


def test_bands_that_are_not_asked_for_do_not_matter(write, tmp_path):
    array, path, _ = write(nodata=None, bands=3, tile_bands="band", damaged=(13,))
    result = extract(path, tmp_path / "out.tif", bands=[1, 3], skip_damaged=True)
    assert (read(result.output)[0] == array[[0, 2]]).all()
    assert result.damaged_tiles == () and result.warnings == ()


def test_of_a_whole_file_it_changes_nothing(write, tmp_path):
    array, path, _ = write(nodata=None, damaged=())
    result = extract(path, tmp_path / "out.tif", skip_damaged=True)
    plain = extract(path, tmp_path / "plain.tif")
    assert result.damaged_tiles == ()
    assert (tmp_path / "out.tif").read_bytes() == (tmp_path / "plain.tif").read_bytes()
    assert (read(plain.output)[0] == array).all()


def test_every_tile_damaged(write, tmp_path):
    _, path, _ = write(nodata=7, damaged=range(6))
    result = extract(path, tmp_path / "out.tif", skip_damaged=True, cog=True)
    assert (read(result.output)[0] == 7).all()
    assert len(result.damaged_tiles) == 6


def test_command_line(write, tmp_path):
    write(nodata=7)
    done = run("extract", "x.flac", "-o", "out.tif", cwd=tmp_path)
    assert done.returncode == 2 and not (tmp_path / "out.tif").exists()
    done = run("extract", "x.flac", "-o", "out.tif", "--skip-damaged", "--json", cwd=tmp_path)
    assert done.returncode == 1, done.stderr
    assert "Warning: 1 of 6 tiles is damaged" in done.stderr
    (tile,) = json.loads(done.stdout)["damaged_tiles"]
    assert (tile["row"], tile["column"], tile["coding"]) == (1, 1, None)


# ---------------------------------------------------------------- the report of each tile


def test_report_of_each_tile(write):
    _, path, keys = write(nodata=7)
    result = verify(path, all_tiles=True)
    assert len(result.all_tiles) == result.tiles
    with FlacRaster.open(path) as raster:
        assert [tile.key for tile in result.all_tiles] == list(raster.grid.keys())
        for tile in result.all_tiles:
            assert (tile.offset, tile.size) == raster.head.index.byte_range(tile.key)
            assert bool(tile.error) != bool(tile.coding)
    assert [tile.key for tile in result.all_tiles if tile.error] == keys
    assert verify(path).all_tiles is None


def test_report_of_each_tile_on_the_command_line(write, tmp_path):
    write(nodata=7)
    done = run("verify", "x.flac", "--all-tiles", cwd=tmp_path)
    assert done.returncode == 1
    assert len(done.stdout.splitlines()) == 1 + 9 + 1
    assert "is damaged: 1 of 9 tiles" in done.stdout
    done = run("verify", "x.flac", "--all-tiles", "--json", cwd=tmp_path)
    assert len(json.loads(done.stdout)["all_tiles"]) == 9
