"""Rasters that are much longer than wide: tiles of their shape, with as many pixels as others'."""

import numpy as np
import pytest
from flac_raster_qgis.engine import Area, FlacRaster, Window, convert, query
from flac_raster_qgis.engine.model.grid import TILE_SIZES, Grid, default_tile_size
from flac_raster_qgis.engine.operations.plan import plan_area
from flac_raster_qgis.engine.writing.traversal import iter_strips
from hypothesis import given
from hypothesis import strategies as st
from kits.area import write_flac

SIDES = st.integers(1, 2**31) | st.integers(1, 9000)


def square_side(width, height):
    """Side of the tiles of a raster that is as high as wide, and has as many pixels."""
    return 1024 if width * height <= 2048**2 else 512 if width * height <= 4096**2 else 256


@given(SIDES, SIDES)
def test_tiles_have_as_many_pixels_as_those_of_other_rasters(width, height):
    size, side = default_tile_size(width, height), square_side(width, height)
    assert size in TILE_SIZES
    assert size == default_tile_size(height, width)
    short, long = sorted((width, height))
    if short >= side or long <= side:
        assert size == side
        return
    assert size >= side
    # no more pixels than a square tile, but for rounding up to the next multiple of 16
    assert (size - 16) * short < side**2
    # and no fewer tiles are possible
    assert size == 8192 or size >= long or size * short >= side**2


@pytest.mark.parametrize(
    "width, height, size",
    [
        (1_000_000, 3, 8192),
        (3, 100_000, 8192),
        (20_000, 250, 1056),
        (1100, 300, 1104),
        (1025, 1, 1040),
        (1024, 1, 1024),
        (5000, 900, 512),
        (10_980, 10_980, 256),
    ],
)
def test_some_sizes(width, height, size):
    assert default_tile_size(width, height) == size


@pytest.mark.parametrize("count, height, width", [(1, 3, 30_000), (5, 30_000, 2), (3, 1, 9000)])
def test_pixels_windows_and_overviews(tmp_path, count, height, width):
    array = np.arange(count * height * width).reshape(count, height, width).astype("int32")
    path = write_flac(tmp_path / "x.flac", array, tile_size=None)
    with FlacRaster.open(path) as raster:
        assert raster.levels[0].tile_count <= 4 * len(raster.levels[0].band_starts)
        assert raster.levels[-1].tile_count == len(raster.levels[0].band_starts)
        assert np.array_equal(raster.read(), array)
        coarse = raster.read(level=1)
        assert coarse.shape == (count, -(-height // 2), -(-width // 2))
        long = Window(width // 3, 0, width // 2, height) if width > height else None
        window = long or Window(0, height // 3, width, height // 2)
        rows, columns = window.slices
        assert np.array_equal(raster.read(window), array[:, rows, columns])
        # one pass: a strip of it is small, whatever its length
        assert len(plan_area(raster, Area()).passes(raster)) == 1
    found = query(path, Area((0, 0, 1, 1)))
    assert found.file_fraction < 0.9


def test_strips_are_as_long_as_memory_allows():
    """Not as if their tiles were as high as long."""
    from flac_raster_qgis.engine import Band, RasterMetadata

    metadata = RasterMetadata(1_000_000, 3, "uint8", (Band(),))
    found = list(iter_strips(Grid.pyramid(1_000_000, 3, 8192), metadata))
    assert len(found) == 1
    metadata = RasterMetadata(1_000_000, 3, "float64", (Band(),) * 8)
    found = list(iter_strips(Grid.pyramid(1_000_000, 3, 8192, 8, 4), metadata))
    assert max(window.width * window.height for window in found) * 64 <= 16 << 20
    assert sum(window.width for window in found) == 1_000_000


def test_a_geotiff_of_one_row(tmp_path):
    rasterio = pytest.importorskip("rasterio")
    array = np.arange(20_000, dtype="uint16").reshape(1, 1, -1)
    path = write_flac(tmp_path / "x.flac", array, tile_size=None)
    convert(path, tmp_path / "x.tif")
    with rasterio.open(tmp_path / "x.tif") as dataset:
        assert np.array_equal(dataset.read(), array)
