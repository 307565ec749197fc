"""What all engine tests share; none of them needs QGIS."""

from __future__ import annotations

import numpy as np
import pytest
from flac_raster_qgis.engine.parallel import executors
from flac_raster_qgis.engine.reading import tile_pipeline
from kits.rasters import array_raster


@pytest.fixture
def side_by_side(monkeypatch):
    """Have two threads read what is too small to be worth them, a few tiles each at a time."""
    monkeypatch.setattr(executors, "default_workers", lambda: 2)
    monkeypatch.setattr(tile_pipeline, "_MIN_WORKER_BYTES", 1)
    monkeypatch.setattr(tile_pipeline, "_MIN_BATCH_PIXELS", 1)


@pytest.fixture
def make_raster():
    """Return a function that puts an array of shape (bands, height, width) into a raster."""
    return array_raster


@pytest.fixture
def terrain():
    """Return a function that makes smooth, noisy uint16 terrain."""

    def make(height, width, bands=1, seed=0):
        generator = np.random.default_rng(seed)
        rows, columns = np.mgrid[:height, :width] / 60
        wave = 2000 * np.sin(rows) * np.cos(1.3 * columns) + generator.normal(0, 4, (height, width))
        return np.stack([(9000 + wave * (b + 1)).astype(np.uint16) for b in range(bands)])

    return make
