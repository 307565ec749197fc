"""Blocks of the provider hold the pixels of the file."""

from __future__ import annotations

import numpy as np
import pytest
from flac_raster_qgis.engine import Band, FlacRaster
from flac_raster_qgis.engine.model.data_types import DTYPES
from kits.qgis.layers import (
    NORTH_UP,
    block_nodata,
    block_values,
    open_provider,
    random_array,
    read_block,
    valid_flac_layer,
    write_flac,
)
from qgis.core import Qgis, QgsRasterBlockFeedback, QgsRectangle

pytestmark = pytest.mark.usefixtures("provider_registered")


AS_QGIS_HOLDS_THEM = {
    "uint8": (Qgis.DataType.Byte, "uint8"),
    "int8": (getattr(Qgis.DataType, "Int8", Qgis.DataType.Int16), None),
    "uint16": (Qgis.DataType.UInt16, "uint16"),
    "int16": (Qgis.DataType.Int16, "int16"),
    "uint32": (Qgis.DataType.UInt32, "uint32"),
    "int32": (Qgis.DataType.Int32, "int32"),
    "uint64": (Qgis.DataType.Float64, "float64"),
    "int64": (Qgis.DataType.Float64, "float64"),
    "float16": (Qgis.DataType.Float32, "float32"),
    "float32": (Qgis.DataType.Float32, "float32"),
    "float64": (Qgis.DataType.Float64, "float64"),
    "complex64": (Qgis.DataType.CFloat32, "complex64"),
    "complex128": (Qgis.DataType.CFloat64, "complex128"),
}


@pytest.mark.parametrize("dtype", DTYPES)
def test_full_resolution_is_exact(tmp_path, dtype, messages):
    array = random_array(dtype, bands=2)
    provider = open_provider(write_flac(tmp_path / "x.flac", array))
    qgis_type, held_as = AS_QGIS_HOLDS_THEM[dtype]
    for band in (1, 2):
        assert provider.dataType(band) == provider.sourceDataType(band) == qgis_type
        assert not provider.sourceHasNoDataValue(band)
        values, nodata = read_block(provider, band)
        expected = array[band - 1].astype(held_as) if held_as else array[band - 1]
        np.testing.assert_array_equal(values, expected)
        assert not nodata.any()
    assert messages == []


def test_a_window_across_tiles(tmp_path):
    array = random_array("int16")
    provider = open_provider(write_flac(tmp_path / "x.flac", array))
    # columns 37 to 141, rows 50 to 133
    extent = QgsRectangle(500370, 5000000 - 1330, 501410, 5000000 - 500)
    values, _ = read_block(provider, 1, extent, 104, 83)
    np.testing.assert_array_equal(values, array[0, 50:133, 37:141])


def test_nearest_pixel_when_zoomed_in(tmp_path):
    array = random_array("uint16")
    provider = open_provider(write_flac(tmp_path / "x.flac", array))
    extent = QgsRectangle(500600, 5000000 - 700, 500700, 5000000 - 600)
    values, _ = read_block(provider, 1, extent, 30, 30)
    np.testing.assert_array_equal(values, array[0, 60:70, 60:70].repeat(3, 0).repeat(3, 1))


def test_outside_is_nodata(tmp_path):
    array = random_array("uint8")
    provider = open_provider(write_flac(tmp_path / "x.flac", array))
    extent = provider.extent().buffered(100)
    values, nodata = read_block(provider, 1, extent, 220, 170)
    np.testing.assert_array_equal(values[10:-10, 10:-10], array[0])
    expected = np.ones((170, 220), bool)
    expected[10:-10, 10:-10] = False
    np.testing.assert_array_equal(nodata, expected)


def test_far_outside_is_nodata(tmp_path, messages):
    provider = open_provider(write_flac(tmp_path / "x.flac", random_array("float32")))
    for extent in (QgsRectangle(0, 0, 10, 10), QgsRectangle(-1e300, -1e300, -1e290, -1e290)):
        _, nodata = read_block(provider, 1, extent, 5, 4)
        assert nodata.all()
    assert messages == []


@pytest.mark.parametrize("level", [0, 1, 2])
def test_level_follows_the_zoom(tmp_path, level):
    path = write_flac(tmp_path / "x.flac", random_array("uint8", height=256, width=256))
    provider = open_provider(path)
    with FlacRaster.open(path) as raster:
        assert len(raster.levels) == 3
        expected = raster.read(level=level)[0]
    size = 256 >> level
    values, _ = read_block(provider, 1, None, size, size)
    np.testing.assert_array_equal(values, expected)
    # hardly larger pixels than the view asks for will do, as in GDAL; larger ones would be blurred
    with FlacRaster.open(path) as raster:
        finer = raster.read(level=max(0, level - 1))[0]
    for view, source in ((size * 9 // 8, expected), (size * 5 // 4, finer)):
        values, _ = read_block(provider, 1, None, view, view)
        places = ((np.arange(view) + 0.5) * len(source) / view).astype(int)
        np.testing.assert_array_equal(values, source[np.ix_(places, places)])


def test_odd_sizes_at_coarse_levels(tmp_path):
    path = write_flac(tmp_path / "x.flac", random_array("uint8", height=131, width=197))
    provider = open_provider(path)
    with FlacRaster.open(path) as raster:
        coarsest = raster.read(level=len(raster.levels) - 1)[0]
    # the last row and column of the level hang over the edge of the raster; the view ends with them
    extent = QgsRectangle(500000, 5000000 - 33 * 40, 500000 + 50 * 40, 5000000)
    values, nodata = read_block(provider, 1, extent, 50, 33)
    inside = ~nodata
    np.testing.assert_array_equal(values[inside], coarsest[inside])
    assert inside[:32, :49].all()


def test_south_up(tmp_path):
    array = random_array("int32")
    path = write_flac(tmp_path / "x.flac", array, transform=(10.0, 0, 0.0, 0, 10.0, 100.0))
    provider = open_provider(path)
    assert provider.extent() == QgsRectangle(0, 100, 2000, 1600)
    np.testing.assert_array_equal(read_block(provider)[0], array[0, ::-1])


def test_mirrored(tmp_path):
    array = random_array("int32")
    path = write_flac(tmp_path / "x.flac", array, transform=(-10.0, 0, 0.0, 0, -10.0, 100.0))
    provider = open_provider(path)
    assert provider.extent() == QgsRectangle(-2000, -1400, 0, 100)
    np.testing.assert_array_equal(read_block(provider)[0], array[0, :, ::-1])


def test_without_georeference_like_an_image(tmp_path):
    array = random_array("uint8")
    path = write_flac(tmp_path / "x.flac", array, crs=None, transform=(1.0, 0, 0, 0, 1.0, 0))
    result = valid_flac_layer(path)
    provider = result.dataProvider()
    assert not result.crs().isValid()
    assert provider.extent() == QgsRectangle(0, -150, 200, 0)
    np.testing.assert_array_equal(read_block(provider)[0], array[0])


def test_turned_by_90_degrees(tmp_path):
    array = random_array("uint8")
    # columns run north, rows run east
    path = write_flac(tmp_path / "x.flac", array, transform=(0.0, 10.0, 0.0, 10.0, 0.0, 0.0))
    provider = open_provider(path)
    assert provider.extent() == QgsRectangle(0, 0, 1500, 2000)
    assert (provider.xSize(), provider.ySize()) == (150, 200)
    np.testing.assert_array_equal(read_block(provider)[0], array[0].T[::-1])


@pytest.mark.parametrize("transform", [(8.0, 6.0, 0.0, 6.0, -8.0, 0.0), (9, 2, 50, -3, -7, 5)])
def test_rotated_takes_the_nearest_pixel(tmp_path, transform):
    array = random_array("uint16")
    path = write_flac(tmp_path / "x.flac", array, transform=tuple(map(float, transform)))
    provider = open_provider(path)
    values, nodata = read_block(provider)
    extent = provider.extent()
    height, width = values.shape
    xs = extent.xMinimum() + (np.arange(width) + 0.5) * extent.width() / width
    ys = extent.yMaximum() - (np.arange(height) + 0.5) * extent.height() / height
    xs, ys = np.meshgrid(xs, ys)
    a, b, c, d, e, f = transform
    inverse = np.linalg.inv(np.array([[a, b, c], [d, e, f], [0, 0, 1.0]]))
    columns, rows, _ = np.floor(np.einsum("ij,jyx->iyx", inverse, [xs, ys, np.ones_like(xs)]))
    inside = (columns >= 0) & (columns < 200) & (rows >= 0) & (rows < 150)
    np.testing.assert_array_equal(nodata, ~inside)
    expected = array[0][rows[inside].astype(int), columns[inside].astype(int)]
    np.testing.assert_array_equal(values[inside], expected)
    assert 0.4 < inside.mean() < 0.7


def test_scale_and_offset(tmp_path):
    array = random_array("int16")
    band = Band(scale=0.01, offset=273.15, nodata=0)
    provider = open_provider(write_flac(tmp_path / "x.flac", array, bands=(band,)))
    assert (provider.bandScale(1), provider.bandOffset(1)) == (0.01, 273.15)
    assert provider.dataType(1) == Qgis.DataType.Float32
    values, nodata = read_block(provider)
    np.testing.assert_array_equal(nodata, array[0] == 0)
    expected = (array[0] * 0.01 + 273.15).astype("float32")
    np.testing.assert_array_equal(values[~nodata], expected[~nodata])


def test_a_value_scaled_onto_nodata_is_data(tmp_path):
    array = np.full((1, 10, 10), 1000, "uint16")
    array[0, 0] = 0
    band = Band(scale=0.0001, offset=-0.1, nodata=0)  # 1000 becomes 0.0
    path = write_flac(tmp_path / "x.flac", array, bands=(band,))
    _, nodata = read_block(open_provider(path))
    np.testing.assert_array_equal(nodata, array[0] == 0)


def test_empty_requests_do_no_harm(tmp_path, messages):
    provider = open_provider(write_flac(tmp_path / "x.flac", random_array("uint8")))
    assert provider.block(1, provider.extent(), 0, 0).isEmpty()
    assert provider.block(9, provider.extent(), 5, 5).isEmpty()
    assert provider.block(0, provider.extent(), 5, 5).isEmpty()
    block = provider.block(1, QgsRectangle(), 5, 5)
    assert (block.width(), block.height()) == (5, 5)
    assert messages == []


def test_cancelled_stops_without_error(tmp_path, messages):
    provider = open_provider(write_flac(tmp_path / "x.flac", random_array("uint8")))
    feedback = QgsRasterBlockFeedback()
    feedback.cancel()
    assert block_nodata(provider.block(1, provider.extent(), 200, 150, feedback)).all()
    assert provider.bandStatistics(1, feedback=feedback).elementCount == 0
    assert messages == []
    np.testing.assert_array_equal(
        read_block(provider)[0], random_array("uint8")[0]
    )  # nothing half done is kept


def test_preview_shows_the_coarsest_level_and_what_is_in_memory(tmp_path):
    array = random_array("uint8", height=256, width=256)
    path = write_flac(tmp_path / "x.flac", array)
    provider = open_provider(path)
    with FlacRaster.open(path) as raster:
        coarse = raster.read(level=2)[0].repeat(4, 0).repeat(4, 1)
    feedback = QgsRasterBlockFeedback()
    feedback.setPreviewOnly(True)
    west = QgsRectangle(500000, 5000000 - 2560, 500000 + 640, 5000000)
    preview = block_values(provider.block(1, provider.extent(), 256, 256, feedback))
    # drawing the default style may have read tiles of level 0
    matches = (preview == coarse) | (preview == array[0])
    assert matches.all()
    read_block(provider, 1, west, 64, 256)
    preview = block_values(provider.block(1, provider.extent(), 256, 256, feedback))
    np.testing.assert_array_equal(preview[:, :64], array[0, :, :64])


def test_without_overviews(tmp_path):
    array = random_array("uint8", height=256, width=256)
    path = write_flac(tmp_path / "x.flac", array, overview_resampling="none")
    provider = open_provider(path)
    values, _ = read_block(provider, 1, None, 64, 64)
    np.testing.assert_array_equal(values, array[0, 2::4, 2::4])


def test_size_and_blocks(tmp_path):
    provider = open_provider(
        write_flac(tmp_path / "x.flac", random_array("uint8", height=40, width=200))
    )
    assert (provider.xSize(), provider.ySize()) == (200, 40)
    assert (provider.xBlockSize(), provider.yBlockSize()) == (64, 40)
    assert provider.extent() == QgsRectangle(500000, 5000000 - 400, 502000, 5000000)
    assert NORTH_UP[2] == 500000
