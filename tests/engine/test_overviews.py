"""Coarser levels: what each method makes of values, nodata, NaN and masks."""

import numpy as np
import pytest
from flac_raster_qgis.engine import Window
from flac_raster_qgis.engine.overviews import METHODS, halve
from flac_raster_qgis.engine.tile import valid_pixels
from hypothesis import given
from strategies import rasters


def one(array, method, mask=None, nodata=None):
    pixels, reduced = halve(np.asarray(array)[np.newaxis], mask, (nodata,), method)
    return pixels[0].tolist(), None if reduced is None else reduced.tolist()


def test_average_rounds_half_up():
    assert one(np.array([[1, 2], [2, 2]], np.uint8), "average")[0] == [[2]]
    assert one(np.array([[1, 2], [1, 2]], np.uint8), "average")[0] == [[2]]
    assert one(np.array([[-1, -2], [-1, -2]], np.int8), "average")[0] == [[-1]]


def test_average_leaves_nodata_and_nan_out():
    assert one(np.array([[9, 9], [9, 4]], np.int16), "average", nodata=9)[0] == [[4]]
    assert one(np.array([[np.nan, 1], [3, np.nan]], np.float32), "average")[0] == [[2]]
    assert one(np.array([[9, 9], [9, 9]], np.int16), "average", nodata=9)[0] == [[9]]


def test_a_mean_that_happens_to_be_nodata_does_not_make_a_hole():
    assert one(np.array([[-1, 1], [-1, 1]], np.int16), "average", nodata=0)[0] == [[-1]]


def test_mode_takes_the_most_frequent_class_and_never_invents_one():
    assert one(np.array([[7, 3], [3, 9]], np.uint8), "mode")[0] == [[3]]
    assert one(np.array([[7, 3], [1, 9]], np.uint8), "mode")[0] == [[7]]
    assert one(np.array([[0, 0], [0, 9]], np.uint8), "mode", nodata=0)[0] == [[9]]


def test_masked_pixels_take_no_part_and_one_valid_pixel_is_enough():
    mask = np.array([[False, False], [False, True]])
    pixels = np.array([[1, 1], [1, 200]], np.uint8)
    assert one(pixels, "average", mask) == ([[200]], [[True]])
    assert one(pixels, "average", ~mask | True) == ([[51]], [[True]])


def test_64_bit_extremes_do_not_wrap():
    top = np.iinfo(np.int64).max
    assert one(np.full((2, 2), top, np.int64), "average")[0][0][0] > top - 2000
    assert one(np.full((2, 2), -top - 1, np.int64), "average")[0] == [[-top - 1]]
    top = np.iinfo(np.uint64).max
    assert one(np.full((2, 2), top, np.uint64), "average")[0][0][0] > top - 4000


@pytest.mark.parametrize("method", METHODS)
@given(rasters(max_bands=2))
def test_values_stay_within_those_of_their_block(method, raster):
    block, mask = raster.read_block(Window(0, 0, raster.metadata.width, raster.metadata.height))
    nodata = raster.metadata.nodata
    pixels, reduced = halve(block, mask, nodata, method)
    assert pixels.dtype == block.dtype
    assert pixels.shape[1:] == (-(-block.shape[1] // 2), -(-block.shape[2] // 2))
    assert (reduced is None) is (mask is None)
    if block.dtype.kind == "c" or block.dtype.itemsize == 8:
        return  # no order, or a mean in float64
    for band, halved, value in zip(block, pixels, nodata):
        valid = valid_pixels(band, value, mask)
        finite = valid & np.isfinite(band)
        for row in range(halved.shape[0]):
            for column in range(halved.shape[1]):
                area = slice(2 * row, 2 * row + 2), slice(2 * column, 2 * column + 2)
                if valid[area].any() and (finite[area] == valid[area]).all():
                    values = band[area][valid[area]]
                    assert values.min() <= halved[row, column] <= values.max()
