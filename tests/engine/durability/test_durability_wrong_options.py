"""Options out of range: refused with the range, before anything is read or written."""

import pytest
from flac_raster_qgis.engine import FlacRaster, convert, verify
from flac_raster_qgis.engine.errors import InputError
from kits.durability import refused, unchanged, write_tif


@pytest.fixture
def path(tmp_path):
    return write_tif(tmp_path / "in.tif")


@pytest.mark.parametrize("level", [-1, 9, 10**9, 2.5, "5", ""])
def test_level(path, level):
    with unchanged(path.parent), refused(InputError, level, "expected 0 to 8"):
        convert(path, level=level)


@pytest.mark.parametrize("tile_size", [0, -16, 1, 8, 17, 500, 8208, 10**9, 512.5, "512", ""])
def test_tile_size(path, tile_size):
    with unchanged(path.parent), refused(InputError, tile_size, "multiple of 16 from 16 to 8192"):
        convert(path, tile_size=tile_size)


@pytest.mark.parametrize("workers", [0, -1, -(10**9)])
def test_workers(path, workers):
    with unchanged(path.parent), refused(InputError, workers, "at least 1"):
        convert(path, workers=workers)


@pytest.mark.parametrize("workers", [0, -1])
def test_workers_of_the_other_operations(path, workers):
    output = convert(path).output
    for operation in (verify, FlacRaster.open, convert):
        with unchanged(path.parent), refused(InputError, workers, "at least 1"):
            operation(output, workers=workers)


@pytest.mark.parametrize("overviews", ["", "bilinear", "AVERAGE", True, 1])
def test_overviews(path, overviews):
    with unchanged(path.parent), refused(InputError, "auto, average, mode, nearest, none"):
        convert(path, overview_resampling=overviews)


@pytest.mark.parametrize("interleave", ["", "tile", "BAND", None, 1])
def test_interleave(path, interleave):
    with unchanged(path.parent), refused(InputError, "auto, pixel, band"):
        convert(path, interleave=interleave)


@pytest.mark.parametrize("level", [0, 8])
@pytest.mark.parametrize("tile_size", [16, 8192])
def test_limits_are_allowed(path, level, tile_size):
    result = convert(path, level=level, tile_size=tile_size)
    assert verify(result.output).valid


def test_no_name_at_all(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for operation in (convert, verify):
        with unchanged(tmp_path), refused(InputError):
            operation("")
