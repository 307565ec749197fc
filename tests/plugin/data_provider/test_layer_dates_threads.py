"""Threads that draw different dates of a layer at the same time never mix them."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from kits.qgis.dated_layers import as_stored, days, gray, instant, random_bytes, write_dated
from kits.qgis.layers import image_array, open_provider, read_block, valid_flac_layer
from qgis.core import QgsDateTimeRange, QgsMapRendererParallelJob, QgsMapSettings, QgsRectangle
from qgis.PyQt.QtCore import QSize

from flac_raster_qgis.data_provider.open_raster import CACHE, OpenRaster

pytestmark = pytest.mark.usefixtures("provider_registered")

DATES, SIZE = 6, 64
ARRAY = random_bytes(DATES, SIZE, SIZE)


@pytest.mark.parametrize("interleave", ["auto", "pixel"], ids=["tile a date", "shared tiles"])
def test_a_thousand_maps_of_different_dates_in_two_threads(tmp_path, interleave):
    """Each draws with a clone of the provider; all clones share one open raster and its tiles."""
    path = write_dated(tmp_path / "x.flac", ARRAY, days(DATES), tile_size=16, interleave=interleave)
    layer = as_stored(valid_flac_layer(f"{path}|time=all"))
    starts = [instant(day) for day in days(DATES)]
    ranges = [QgsDateTimeRange(start, start.addDays(1), True, False) for start in starts]
    rng = np.random.default_rng(7)

    def start(row: int, left: int, top: int, side: int) -> QgsMapRendererParallelJob:
        settings = QgsMapSettings()
        settings.setLayers([layer])
        settings.setOutputSize(QSize(side, side))
        settings.setDestinationCrs(layer.crs())
        west, north = 500000 + 10 * left, 5000000 - 10 * top
        settings.setExtent(QgsRectangle(west, north - 10 * side, west + 10 * side, north))
        settings.setIsTemporal(True)
        settings.setTemporalRange(ranges[row])
        job = QgsMapRendererParallelJob(settings)
        job.start()
        return job

    count = 500 if interleave == "auto" else 100
    for turn in range(count):
        if turn % 5 == 0:
            CACHE.clear()  # tiles are decoded, too
        rows = rng.permutation(DATES)[:2].tolist()
        side = int(rng.integers(8, 32))
        left, top = rng.integers(0, SIZE - side, 2).tolist()
        jobs = [start(row, left, top, side) for row in rows]
        for row, job in zip(rows, jobs):
            job.waitForFinished()
            expected = ARRAY[row, top : top + side, left : left + side]
            picture = gray(image_array(job.renderedImage()))
            assert np.array_equal(picture, expected), (turn, rows)


def test_tiles_that_another_thread_has_loaded_meanwhile(tmp_path, monkeypatch):
    path = write_dated(tmp_path / "x.flac", ARRAY, days(DATES), tile_size=16)
    provider = open_provider(f"{path}|time=all")
    read_block(provider)
    asked, cached = Counter(), OpenRaster.cached

    def not_yet(self, key, bands):
        asked[key] += 1
        return None if asked[key] == 1 else cached(self, key, bands)

    monkeypatch.setattr(OpenRaster, "cached", not_yet)
    np.testing.assert_array_equal(read_block(provider)[0], ARRAY[-1])
    assert set(asked.values()) == {2}
