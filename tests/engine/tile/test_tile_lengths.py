"""What does not compress stays within the length that the format allows a tile."""

import numpy as np
import pytest
from flac_raster_qgis.engine import flac
from flac_raster_qgis.engine.model.data_types import DTYPES, planes_per_band
from flac_raster_qgis.engine.model.grid import TileKey
from flac_raster_qgis.engine.model.limits import max_tile_size
from flac_raster_qgis.engine.options import EFFORTS
from flac_raster_qgis.engine.tile.encoding import encode_tile
from hypothesis import given, settings
from hypothesis import strategies as st
from kits.backends import BACKENDS
from kits.strategies import arrays
from kits.tiles import decode_tile

#: Of what is allowed; the rest is for other writers, with frames of other lengths.
_TAKEN = 0.75


def noise(dtype, shape, seed=1):
    count = int(np.prod(shape)) * np.dtype(dtype).itemsize
    return np.frombuffer(np.random.default_rng(seed).bytes(count), dtype).reshape(shape)


def check(array, mask, effort, nodata=None):
    nodata = [nodata] * len(array)
    data = encode_tile(TileKey(0, 0, 0), array, mask, nodata, effort, allow_empty=False).data
    bands, height, width = array.shape
    planes = bands * planes_per_band(array.dtype)
    assert len(data) <= _TAKEN * max_tile_size(planes, height, width)
    return data


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("effort", EFFORTS)
@pytest.mark.parametrize("dtype", DTYPES)
def test_noise(monkeypatch, dtype, effort, backend):
    monkeypatch.setattr(flac, "backend", lambda: BACKENDS[backend])
    mask = np.random.default_rng(2).random((130, 90)) < 0.5
    array = noise(dtype, (2, 130, 90))
    data = check(array, mask, effort)
    assert decode_tile(data, "x").pixels.tobytes() == array.tobytes()
    for shape in [(1, 1, 1), (5, 16, 16), (1, 1, 300)]:
        check(noise(dtype, shape), None, effort)


@pytest.mark.parametrize("dtype", ["uint8", "float64"])
def test_large_tiles_of_noise(dtype):
    check(noise(dtype, (1, 1024, 1024)), None, "fast")


@given(arrays(), st.sampled_from(list(EFFORTS)), st.sampled_from([None, 0]))
@settings(max_examples=60)
def test_pixels_of_every_kind(array, effort, nodata):
    check(array, None, effort, nodata)
