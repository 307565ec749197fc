"""Files that end too early or too late."""

import os

import pytest
from flac_raster_qgis.engine import FlacRaster, FlacRasterError, convert
from flac_raster_qgis.engine.errors import CorruptFile, InputError
from kits.durability import assert_sentence, noise, refused, unchanged, write_flac, write_tif


def test_cut_off_at_every_byte(tmp_path):
    path = write_flac(tmp_path / "in.flac")
    for size in range(path.stat().st_size - 1, -1, -1):
        os.truncate(path, size)
        with pytest.raises(FlacRasterError) as caught:
            FlacRaster.open(path)
        assert_sentence(str(caught.value))
        assert str(path) in str(caught.value), size


@pytest.mark.parametrize("more", [b"\0", b"fLaC", bytes(100_000)])
def test_bytes_after_the_last_tile(tmp_path, more):
    path = write_flac(tmp_path / "in.flac")
    with open(path, "ab") as file:
        file.write(more)
    with unchanged(tmp_path), refused(CorruptFile, path, "trailing data", "Fetch or convert"):
        convert(path)


def test_message_says_sizes_and_what_to_do(tmp_path):
    path = write_flac(tmp_path / "in.flac")
    size = path.stat().st_size
    os.truncate(path, size - 1)
    with refused(CorruptFile, path, "truncated", size, size - 1, "Fetch or convert the file again"):
        FlacRaster.open(path)


def test_cut_off_while_it_is_open(tmp_path):
    path = write_flac(tmp_path / "in.flac")
    with FlacRaster.open(path) as raster:
        os.truncate(path, path.stat().st_size - 1)
        with refused(CorruptFile, path, "truncated"):
            raster.read()


def test_cut_off_geotiff(tmp_path):
    path = write_tif(tmp_path / "in.tif", noise(300, 300))
    os.truncate(path, path.stat().st_size // 2)
    with unchanged(tmp_path), refused(InputError, path):
        convert(path)
