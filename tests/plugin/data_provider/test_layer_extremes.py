"""Smallest and largest values without reading a pixel, and what QGIS makes of them."""

from __future__ import annotations

import numpy as np
import pytest
from flac_raster_qgis.engine import Band
from kits.qgis.layers import flac_layer, open_provider, random_array, record_decoded, write_flac
from qgis.core import Qgis, QgsRasterBandStats, QgsRasterRange, QgsRectangle

pytestmark = pytest.mark.usefixtures("provider_registered")


if hasattr(Qgis, "RasterBandStatistic"):
    STATISTIC = Qgis.RasterBandStatistic
else:
    STATISTIC = QgsRasterBandStats.Stats
EXTREMES = STATISTIC.Min | STATISTIC.Max


@pytest.fixture
def tiles(monkeypatch):
    """The tiles that are read while the test runs."""
    return record_decoded(monkeypatch)


def extremes(provider, band=1, extent=None, sample_size=0):
    found = provider.bandStatistics(band, EXTREMES, extent or QgsRectangle(), sample_size)
    assert found.statsGathered & EXTREMES == EXTREMES
    assert found.range == found.maximumValue - found.minimumValue
    return found.minimumValue, found.maximumValue


@pytest.mark.parametrize("sample_size", [0, 1000, 250000])
@pytest.mark.parametrize("dtype", ["uint8", "int8", "int16", "uint64", "float16", "float64"])
def test_of_the_whole_raster(tmp_path, tiles, dtype, sample_size):
    array = random_array(dtype, bands=5)
    provider = open_provider(write_flac(tmp_path / "x.flac", array))
    for number, plane in enumerate(array, start=1):
        found = extremes(provider, number, provider.extent(), sample_size)
        assert found == extremes(provider, number, None, sample_size)
        assert found == (float(plane.min()), float(plane.max()))
    assert tiles == []


def test_of_scaled_bands_with_nodata_and_mask(tmp_path, tiles):
    array = random_array("int16", bands=2)
    array[:, 40:90, 20:100] = 32767
    mask = np.ones(array.shape[1:], bool)
    mask[100:] = False
    bands = Band(scale=-0.5, offset=3.0, nodata=32767), Band(nodata=32767)
    path = write_flac(tmp_path / "x.flac", array, mask=mask, bands=bands)
    provider = open_provider(path)
    for number, plane in enumerate(array, start=1):
        values = plane[mask & (plane != 32767)] * (-0.5 if number == 1 else 1)
        values = values + (3.0 if number == 1 else 0)
        assert extremes(provider, number) == (values.min(), values.max())
    assert tiles == []


def test_pixels_are_read_where_the_user_says_what_is_nodata(tmp_path, tiles):
    array = random_array("int16")
    array[0, 0, 0] = -32768
    provider = open_provider(write_flac(tmp_path / "x.flac", array, bands=(Band(nodata=-32768),)))
    counted = array[array != -32768]
    provider.setUseSourceNoDataValue(1, False)
    assert extremes(provider) == (-32768, counted.max())
    provider.setUseSourceNoDataValue(1, True)
    provider.setUserNoDataValue(1, [QgsRasterRange(-40000, 0)])
    assert extremes(provider) == (counted[counted > 0].min(), counted.max())
    assert tiles


def test_pixels_are_read_for_a_part_of_the_raster(tmp_path, tiles):
    array = random_array("float32")
    provider = open_provider(write_flac(tmp_path / "x.flac", array))
    part = QgsRectangle(500000, 4999000, 501000, 5000000)
    assert extremes(provider, 1, part) == (array[0, :100, :100].min(), array[0, :100, :100].max())
    assert tiles
    everywhere = QgsRectangle(0, 0, 1e7, 1e7)
    tiles.clear()
    assert extremes(provider, 1, everywhere) == (array.min(), array.max())
    assert tiles == []


def test_of_nothing_and_of_complex_numbers(tmp_path):
    array = np.full((1, 20, 20), 7, "uint8")
    provider = open_provider(write_flac(tmp_path / "x.flac", array, bands=(Band(nodata=7),)))
    assert provider.bandStatistics(1, EXTREMES).elementCount == 0
    provider = open_provider(write_flac(tmp_path / "c.flac", random_array("complex64")))
    assert provider.bandStatistics(1, EXTREMES).elementCount == 0


def test_sampled_statistics_have_the_extremes_of_each_band(tmp_path):
    array = random_array("uint16", bands=3, height=256, width=256)
    provider = open_provider(write_flac(tmp_path / "x.flac", array))
    for number, plane in enumerate(array, start=1):
        found = provider.bandStatistics(number, STATISTIC.All, QgsRectangle(), 1000)
        assert (found.minimumValue, found.maximumValue) == (plane.min(), plane.max())


@pytest.mark.parametrize(
    ("dtype", "bands"), [("uint8", 1), ("int16", 1), ("float32", 1), ("uint8", 3), ("uint8", 5)]
)
def test_a_fresh_layer_has_its_contrast_without_a_pixel(tmp_path, tiles, messages, dtype, bands):
    array = random_array(dtype, bands, 600, 700)
    layer = flac_layer(write_flac(tmp_path / "x.flac", array))
    renderer = layer.renderer()
    assert tiles == []
    if bands == 1:
        contrasts = [renderer.contrastEnhancement()]
    else:
        contrasts = [
            renderer.redContrastEnhancement(),
            renderer.greenContrastEnhancement(),
            renderer.blueContrastEnhancement(),
        ]
    for plane, contrast in zip(array, contrasts):
        if contrast is not None:  # bytes may need none
            found = contrast.minimumValue(), contrast.maximumValue()
            assert found == (float(plane.min()), float(plane.max()))
    assert messages == []


def test_percentiles_of_a_fresh_layer_take_one_coarse_level(tmp_path, tiles):
    """QGIS cuts 2 % off several bands of more than a byte, for which it must see pixels."""
    array = random_array("uint16", 3, 1200, 1300)
    flac_layer(write_flac(tmp_path / "x.flac", array))
    assert tiles and len(set(tiles)) == len(tiles)
    assert {key.level for key in tiles} == {1}
