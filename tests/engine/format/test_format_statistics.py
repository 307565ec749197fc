"""What the engine writes of its tiles' extremes, read by the independent reader, and back."""

import base64
import gzip

import numpy as np
import pytest

pytest.importorskip("soundfile", reason="the independent reader decodes FLAC with soundfile")

from flac_raster_qgis.engine.errors import CorruptFile
from flac_raster_qgis.engine.format.statistics import TileStatistics
from flac_raster_qgis.engine.model.data_types import DTYPES
from flac_raster_qgis.engine.model.grid import Grid
from hypothesis import given
from hypothesis import strategies as st
from kits import independent_reader

SIZE = 16
REAL = [name for name in DTYPES if np.dtype(name).kind != "c"]


@st.composite
def grids(draw):
    width, height = draw(st.integers(1, 150)), draw(st.integers(1, 150))
    return Grid(width, height, SIZE, 1, draw(st.integers(1, 3)))


def independent(text, grid, dtype):
    level = grid.levels[0]
    found = independent_reader.read_statistics(
        text, level.tile_columns, level.tile_rows, grid.bands, dtype
    )
    return TileStatistics(grid, found.level, found.minimum, found.maximum, found.valid)


@given(grids(), st.sampled_from(REAL), st.integers(0, 4), st.randoms(use_true_random=False))
def test_both_read_the_same(grid, dtype, times, random):
    statistics = TileStatistics.empty(grid, np.dtype(dtype))
    shape = statistics.valid.shape
    generator = np.random.default_rng(random.randrange(1 << 32))
    noise = np.frombuffer(generator.bytes(2 * statistics.minimum.nbytes), dtype).reshape(2, *shape)
    with np.errstate(invalid="ignore"):
        statistics.minimum[...], statistics.maximum[...] = noise.min(axis=0), noise.max(axis=0)
        statistics.valid[...] = statistics.minimum <= statistics.maximum
    statistics.valid[...] &= generator.random(shape) < 0.8
    for _ in range(times):
        if max(statistics.valid.shape[1:]) > 1:
            statistics = statistics.coarsen()
    text = statistics.to_text()
    by_engine = TileStatistics.from_text(text, grid, np.dtype(dtype), "x")
    by_reader = independent(text, grid, np.dtype(dtype))
    for found in (by_engine, by_reader):
        valid = statistics.valid
        assert found.level == statistics.level
        assert (found.valid == valid).all()
        assert found.minimum[valid].tobytes() == statistics.minimum[valid].tobytes()
        assert found.maximum[valid].tobytes() == statistics.maximum[valid].tobytes()


@given(st.binary(max_size=40), st.sampled_from(REAL), grids())
def test_both_refuse_the_same(data, dtype, grid):
    text = base64.b64encode(gzip.compress(data)).decode("ascii")
    try:
        by_reader = independent(text, grid, np.dtype(dtype))
    except independent_reader.Refused:
        with pytest.raises(CorruptFile):
            TileStatistics.from_text(text, grid, np.dtype(dtype), "x")
    else:
        found = TileStatistics.from_text(text, grid, np.dtype(dtype), "x")
        assert found.overall() == by_reader.overall()
