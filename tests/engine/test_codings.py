"""Each coding's inverse undoes it, for every word width and shape."""

import numpy as np
import pytest
from flac_raster_qgis.engine.coding import CODINGS
from flac_raster_qgis.engine.pixels import to_words
from hypothesis import given
from strategies import arrays

every_coding = pytest.mark.parametrize("number", sorted(CODINGS))


@every_coding
@given(arrays(dtypes=("uint8", "int16", "float32", "float64")))
def test_inverse_undoes_forward(number, array):
    words = to_words(array)
    before = words.copy()
    residual = CODINGS[number].forward(words)
    assert (words == before).all(), "a coding must not change its input"
    assert residual.dtype == words.dtype and residual.shape == words.shape
    kept = residual.copy()
    assert (CODINGS[number].inverse(residual) == words).all()
    assert (residual == kept).all(), "an inverse must not change its input"


def test_plain_is_the_pixels_themselves():
    pixels = np.array([[[-5, 0, 7]]], np.int16)
    assert CODINGS[0].forward(to_words(pixels)).view(np.int16).tolist() == pixels.tolist()


def test_row_leaves_nothing_of_equal_rows_and_plane_nothing_of_a_plane():
    ramp = np.add.outer(3 * np.arange(6), 5 * np.arange(7)).astype(np.uint16)[np.newaxis]
    rows = np.broadcast_to(ramp[:, :1], ramp.shape).copy()
    assert not CODINGS[1].forward(rows)[:, 1:].any()
    assert not CODINGS[2].forward(ramp)[:, 1:, 1:].any()
