"""Every data type becomes words and samples and comes back bit for bit."""

import numpy as np
import pytest
from flac_raster_qgis.engine.coding import words as pixels
from flac_raster_qgis.engine.errors import UnsupportedRaster
from flac_raster_qgis.engine.model import data_types
from hypothesis import given
from kits.strategies import arrays

REAL = tuple(d for d in data_types.DTYPES if not d.startswith("complex"))


@given(arrays())
def test_planes_come_back_bit_for_bit(array):
    planes = pixels.to_planes(array)
    assert planes.dtype == data_types.real_dtype(array.dtype)
    assert planes.shape[0] == array.shape[0] * data_types.planes_per_band(array.dtype)
    assert pixels.from_planes(planes, array.dtype).tobytes() == array.tobytes()


@given(arrays(dtypes=REAL))
def test_words_come_back_bit_for_bit(array):
    words = pixels.to_words(array)
    assert words.dtype == np.dtype(f"u{array.itemsize}") and words.shape == array.shape
    assert pixels.from_words(words.copy(), array.dtype).tobytes() == array.tobytes()


@given(arrays(dtypes=REAL))
def test_samples_come_back_and_are_narrow(array):
    words = pixels.to_words(array)
    samples = pixels.to_samples(words)
    assert samples.dtype in (np.int8, np.int16)
    assert samples.size == words.size * pixels.limbs(words.dtype)
    assert (pixels.from_samples(samples, words.dtype) == words.reshape(-1)).all()


@pytest.mark.parametrize("dtype", REAL)
def test_words_keep_the_order_of_values(dtype):
    dtype = np.dtype(dtype)
    if dtype.kind == "f":
        limits = np.finfo(dtype)
        values = [
            -np.inf,
            limits.min,
            -1.5,
            -limits.tiny,
            0.0,
            limits.tiny,
            1.5,
            limits.max,
            np.inf,
        ]
    else:
        limits = np.iinfo(dtype)
        values = sorted({limits.min, limits.min + 1, 0, 1, limits.max - 1, limits.max})
    words = pixels.to_words(np.array(values, dtype).reshape(1, 1, -1)).ravel()
    assert (words[1:] > words[:-1]).all()


def test_small_residuals_of_either_sign_leave_zeros_in_the_high_limb():
    residual = np.array([5, -5, 32767, -32768], np.int32).view(np.uint32)
    high, low = pixels.to_samples(residual).reshape(2, -1)
    assert high.tolist() == [0, 0, 0, 0]
    assert low.tolist() == [5, -5, 32767, -32768]


def test_a_dtype_that_cannot_be_kept_is_refused_with_the_supported_ones():
    with pytest.raises(UnsupportedRaster, match=r"x\.tif: data type complex_int16 .*float32"):
        data_types.check_dtype("complex_int16", "x.tif")
