"""A layer of a raster whose bands lie in tiles of their own reads those that are asked for only."""

from __future__ import annotations

import numpy as np
import pytest
from kits.qgis.layers import open_provider, random_array, read_block, record_decoded, write_flac
from qgis.core import QgsRasterBandStats
from test_layer_values import VALUE, assert_statistics, center

pytestmark = pytest.mark.usefixtures("provider_registered")


BANDS = 6


@pytest.fixture(params=[("band", 1), ("auto", 4), ("pixel", BANDS)], ids=lambda case: case[0])
def case(request, tmp_path, monkeypatch):
    """A file, its pixels and mask, bands in a tile, and the keys of the tiles that are decoded."""
    interleave, tile_bands = request.param
    array = random_array("int16", bands=BANDS)
    mask = np.hypot(*np.mgrid[-75:75, -100:100]) < 100
    path = write_flac(tmp_path / "x.flac", array, mask=mask, interleave=interleave)
    return path, array, mask, tile_bands, record_decoded(monkeypatch)


def test_a_band_is_drawn_from_its_tiles_alone(case):
    path, array, mask, tile_bands, decoded = case
    provider = open_provider(path)
    for number in (3, 6, 3):
        values, nodata = read_block(provider, number)
        np.testing.assert_array_equal(nodata, ~mask)
        np.testing.assert_array_equal(values[mask], array[number - 1][mask])
    starts = {(number - 1) // tile_bands * tile_bands for number in (3, 6)}
    assert {key.band for key in decoded} == starts
    assert len(decoded) == len(set(decoded)) == 12 * len(starts)  # each once: kept in memory


def test_identify_reads_each_tile_of_a_pixel_once(case):
    path, array, _, tile_bands, decoded = case
    provider = open_provider(path)
    found = provider.identify(center(70, 130), VALUE).results()
    assert found == {n + 1: float(array[n, 70, 130]) for n in range(BANDS)}
    assert sorted(key.band for key in decoded) == list(range(0, BANDS, tile_bands))
    assert provider.sample(center(70, 131), 5) == (float(array[4, 70, 131]), True)
    assert provider.identify(center(0, 0), VALUE).results() == dict.fromkeys(range(1, BANDS + 1))


def test_statistics_of_a_band_read_its_tiles_alone(case):
    path, array, mask, tile_bands, decoded = case
    provider = open_provider(path)
    for number in (5, 2):
        found = provider.bandStatistics(number, QgsRasterBandStats.All)
        assert_statistics(found, array[number - 1][mask], rtol=1e-9)
    assert {key.band for key in decoded} == {n // tile_bands * tile_bands for n in (4, 1)}
