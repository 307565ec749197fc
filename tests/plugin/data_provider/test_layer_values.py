"""Identify, sample and statistics against numpy."""

from __future__ import annotations

import numpy as np
import pytest
from flac_raster_qgis.engine import Band, FlacRaster
from kits.qgis.layers import open_provider, random_array, read_block, write_flac
from qgis.core import Qgis, QgsPointXY, QgsRaster, QgsRasterBandStats, QgsRasterRange, QgsRectangle

pytestmark = pytest.mark.usefixtures("provider_registered")


if hasattr(Qgis, "RasterIdentifyFormat"):
    VALUE, TEXT = Qgis.RasterIdentifyFormat.Value, Qgis.RasterIdentifyFormat.Text
else:
    VALUE = QgsRaster.IdentifyFormat.IdentifyFormatValue
    TEXT = QgsRaster.IdentifyFormat.IdentifyFormatText


def center(row: int, column: int) -> QgsPointXY:
    return QgsPointXY(500000 + 10 * (column + 0.5), 5000000 - 10 * (row + 0.5))


def assert_statistics(found: QgsRasterBandStats, values: np.ndarray, rtol: float = 1e-12) -> None:
    values = values.astype(np.float64)
    assert found.elementCount == values.size
    assert found.minimumValue == values.min()
    assert found.maximumValue == values.max()
    assert found.range == values.max() - values.min()
    np.testing.assert_allclose(found.sum, values.sum(), rtol)
    np.testing.assert_allclose(found.mean, values.mean(), rtol)
    np.testing.assert_allclose(found.stdDev, values.std(ddof=1), rtol)


def test_identify(tmp_path):
    array = random_array("int16", bands=3)
    array[1, 70, 130] = -1
    bands = (Band(), Band(nodata=-1), Band(scale=0.5, offset=2.0))
    provider = open_provider(write_flac(tmp_path / "x.flac", array, bands=bands))
    found = provider.identify(center(70, 130), VALUE)
    assert found.isValid()
    assert found.results() == {
        1: float(array[0, 70, 130]),
        2: None,
        3: array[2, 70, 130] * 0.5 + 2.0,
    }


def test_identify_gives_the_pixel_itself_at_any_zoom(tmp_path):
    array = random_array("uint16", height=256, width=256)
    provider = open_provider(write_flac(tmp_path / "x.flac", array))
    found = provider.identify(center(200, 17), VALUE, provider.extent(), 16, 16)
    assert found.results() == {1: float(array[0, 200, 17])}


def test_identify_outside_and_other_formats(tmp_path):
    provider = open_provider(write_flac(tmp_path / "x.flac", random_array("uint8", bands=2)))
    assert provider.identify(center(-1, 0), VALUE).results() == {1: None, 2: None}
    assert not provider.identify(center(0, 0), TEXT).isValid()


def test_identify_masked_and_declared(tmp_path):
    array = random_array("uint8")
    mask = np.ones((150, 200), bool)
    mask[5, 5] = False
    provider = open_provider(write_flac(tmp_path / "x.flac", array, mask=mask))
    assert provider.identify(center(5, 5), VALUE).results() == {1: None}
    value = float(array[0, 5, 6])
    assert provider.identify(center(5, 6), VALUE).results() == {1: value}
    provider.setUserNoDataValue(1, [QgsRasterRange(value, value)])
    assert provider.identify(center(5, 6), VALUE).results() == {1: None}


def test_sample(tmp_path):
    array = random_array("float32", bands=2)
    array[1, 8, 9] = -9999
    provider = open_provider(
        write_flac(tmp_path / "x.flac", array, bands=(Band(), Band(nodata=-9999.0)))
    )
    assert provider.sample(center(8, 9), 1) == (float(array[0, 8, 9]), True)
    for point, band in [(center(8, 9), 2), (center(8, 900), 1), (center(8, 9), 3)]:
        value, found = provider.sample(point, band)
        assert np.isnan(value) and not found


def test_corners_belong_to_the_raster(tmp_path):
    array = random_array("uint8")
    provider = open_provider(write_flac(tmp_path / "x.flac", array))
    extent = provider.extent()
    top, bottom = extent.yMaximum(), extent.yMinimum()
    left, right = extent.xMinimum(), extent.xMaximum()
    for x, y, pixel in [
        (left, top, array[0, 0, 0]),
        (right, top, array[0, 0, -1]),
        (left, bottom, array[0, -1, 0]),
        (right, bottom, array[0, -1, -1]),
    ]:
        assert provider.sample(QgsPointXY(x, y), 1) == (float(pixel), True)


@pytest.mark.parametrize("dtype", ["uint8", "int16", "uint32", "int64", "float32", "float64"])
def test_statistics_of_everything(tmp_path, dtype):
    array = random_array(dtype, bands=2)
    provider = open_provider(write_flac(tmp_path / "x.flac", array))
    for band in (1, 2):
        assert_statistics(provider.bandStatistics(band), array[band - 1])


def test_statistics_leave_out_nodata_mask_and_nan(tmp_path):
    array = random_array("float32")
    array[0, :20] = -9999
    array[0, 30] = np.nan
    mask = np.ones((150, 200), bool)
    mask[:, 150:] = False
    path = write_flac(tmp_path / "x.flac", array, mask=mask, bands=(Band(nodata=-9999.0),))
    provider = open_provider(path)
    valid = mask & (array[0] != -9999) & ~np.isnan(array[0])
    assert_statistics(provider.bandStatistics(1), array[0][valid])
    provider.setUserNoDataValue(1, [QgsRasterRange(0, 1e9)])
    assert_statistics(provider.bandStatistics(1), array[0][valid & (array[0] < 0)])
    provider.setUserNoDataValue(1, [])
    provider.setUseSourceNoDataValue(1, False)
    assert_statistics(provider.bandStatistics(1), array[0][mask & ~np.isnan(array[0])])


@pytest.mark.parametrize("bounds", ["IncludeMinAndMax", "IncludeMax", "IncludeMin", "Exclusive"])
def test_ranges_of_the_user_are_the_same_in_blocks_and_statistics(tmp_path, bounds):
    kind = getattr(QgsRasterRange.BoundsType, bounds, None)
    if kind is None:
        pytest.skip(f"this QGIS has no {bounds}")
    array = np.arange(100, dtype="uint8").reshape(1, 10, 10)
    provider = open_provider(write_flac(tmp_path / "x.flac", array))
    declared = QgsRasterRange(20, 40, kind)
    provider.setUserNoDataValue(1, [declared])
    expected = [value for value in range(100) if not declared.contains(value)]
    assert_statistics(provider.bandStatistics(1), np.array(expected))
    found = read_block(provider)[1].ravel()
    assert np.flatnonzero(~found).tolist() == expected


def test_statistics_of_an_area(tmp_path):
    array = random_array("int16")
    provider = open_provider(write_flac(tmp_path / "x.flac", array))
    extent = QgsRectangle(500370, 5000000 - 1330, 501410, 5000000 - 500)
    found = provider.bandStatistics(1, extent=extent)
    assert_statistics(found, array[0, 50:133, 37:141])
    reaching_out = QgsRectangle(499000, 4990000, 500100, 5100000)
    assert_statistics(provider.bandStatistics(1, extent=reaching_out), array[0, :, :10])
    assert provider.bandStatistics(1, extent=QgsRectangle(0, 0, 1, 1)).elementCount == 0


def test_statistics_of_an_area_of_a_rotated_raster(tmp_path):
    array = random_array("int16")
    a, b, c, d, e, f = transform = (8.0, 6.0, 100.0, 6.0, -8.0, 0.0)
    provider = open_provider(write_flac(tmp_path / "x.flac", array, transform=transform))
    columns, rows = np.meshgrid(np.arange(200) + 0.5, np.arange(150) + 0.5)
    xs, ys = a * columns + b * rows + c, d * columns + e * rows + f
    inside = (xs >= 700) & (xs <= 1500) & (ys >= -100) & (ys <= 333)
    found = provider.bandStatistics(1, extent=QgsRectangle(700, -100, 1500, 333))
    assert_statistics(found, array[0][inside])
    assert_statistics(provider.bandStatistics(1), array[0])


@pytest.mark.parametrize(
    "sample_size, level", [(1, 3), (1000, 3), (2000, 2), (20000, 0), (10**9, 0)]
)
def test_sampled_statistics_are_those_of_a_level(tmp_path, sample_size, level):
    path = write_flac(tmp_path / "x.flac", random_array("uint16", height=260, width=300))
    with FlacRaster.open(path) as raster:
        values = raster.read(level=level)[0]
        assert raster.levels[level].number == level
    provider = open_provider(path)
    found = provider.bandStatistics(1, sampleSize=sample_size)
    assert found.elementCount >= min(sample_size, 260 * 300)
    # centres of the last pixels of a level may lie beyond the raster
    assert found.elementCount >= (values.shape[0] - 1) * (values.shape[1] - 1)
    np.testing.assert_allclose(found.mean, values.mean(), 0.01)


def test_sampled_statistics_of_one_band_know_its_extremes(tmp_path):
    array = random_array("uint16", height=256, width=256)
    scaled = Band(scale=-0.5, offset=100.0)
    provider = open_provider(write_flac(tmp_path / "x.flac", array, bands=(scaled,)))
    values = array[0] * -0.5 + 100.0
    found = provider.bandStatistics(1, sampleSize=1000)
    assert (found.minimumValue, found.maximumValue) == (values.min(), values.max())
    assert found.range == values.max() - values.min()
    provider.setUserNoDataValue(1, [QgsRasterRange(-1e9, 0)])
    assert provider.bandStatistics(1, sampleSize=1000).minimumValue > 0


def test_statistics_of_nothing(tmp_path):
    array = np.full((1, 20, 20), 7, "uint8")
    provider = open_provider(write_flac(tmp_path / "x.flac", array, bands=(Band(nodata=7),)))
    assert provider.bandStatistics(1).elementCount == 0
    assert provider.bandStatistics(2).elementCount == 0


def test_statistics_of_complex_numbers_are_none(tmp_path, messages):
    provider = open_provider(write_flac(tmp_path / "x.flac", random_array("complex64")))
    assert provider.bandStatistics(1).elementCount == 0
    assert provider.identify(center(1, 1), VALUE).results() == {1: None}
    assert messages == []


def test_histogram(tmp_path):
    array = random_array("uint8")
    provider = open_provider(write_flac(tmp_path / "x.flac", array))
    found = provider.histogram(1, 256, -0.5, 255.5).histogramVector
    np.testing.assert_array_equal(found, np.bincount(array.ravel(), minlength=256))
