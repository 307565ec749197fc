"""What all engine tests share; none of them needs QGIS."""

from __future__ import annotations

import numpy as np
import pytest
from flac_raster_qgis.engine import ArrayRaster, Band, RasterMetadata
from flac_raster_qgis.engine.parallel import executors
from flac_raster_qgis.engine.reading import tile_pipeline


@pytest.fixture
def side_by_side(monkeypatch):
    """Have two threads read what is too small to be worth them, a few tiles each at a time."""
    monkeypatch.setattr(executors, "default_workers", lambda: 2)
    monkeypatch.setattr(tile_pipeline, "_PER_WORKER", 1)
    monkeypatch.setattr(tile_pipeline, "_AT_LEAST", 1)


@pytest.fixture
def make_raster():
    """Return a function that puts an array of shape (bands, height, width) into a raster."""

    def make(array, mask=None, nodata=None, **metadata):
        bands = metadata.pop("bands", tuple(Band(nodata=nodata) for _ in range(array.shape[0])))
        described = RasterMetadata(
            width=array.shape[2],
            height=array.shape[1],
            dtype=array.dtype.name,
            bands=bands,
            has_mask=mask is not None,
            **metadata,
        )
        return ArrayRaster(described, array, mask)

    return make


@pytest.fixture
def terrain():
    """Return a function that makes smooth, noisy uint16 terrain."""

    def make(height, width, bands=1, seed=0):
        generator = np.random.default_rng(seed)
        rows, columns = np.mgrid[:height, :width] / 60
        wave = 2000 * np.sin(rows) * np.cos(1.3 * columns) + generator.normal(0, 4, (height, width))
        return np.stack([(9000 + wave * (b + 1)).astype(np.uint16) for b in range(bands)])

    return make
