"""Coarser levels: what each method makes of values, nodata, NaN and masks."""

import math
from fractions import Fraction

import numpy as np
import pytest
from flac_raster_qgis.engine import (
    ArrayRaster,
    Band,
    FlacRaster,
    RasterMetadata,
    Window,
    WriteOptions,
    write_raster,
)
from flac_raster_qgis.engine.model.data_types import DTYPES
from flac_raster_qgis.engine.model.nodata import valid_mask
from flac_raster_qgis.engine.options import METHODS
from flac_raster_qgis.engine.writing.overviews import downsample
from hypothesis import given
from hypothesis import strategies as st
from kits.strategies import rasters


def one(array, method, mask=None, nodata=None):
    pixels, reduced = downsample(np.asarray(array)[np.newaxis], mask, (nodata,), method)
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
    assert one(np.full((2, 2), top, np.int64), "average")[0] == [[top]]
    assert one(np.full((2, 2), -top - 1, np.int64), "average")[0] == [[-top - 1]]
    top = np.iinfo(np.uint64).max
    assert one(np.full((2, 2), top, np.uint64), "average")[0] == [[top]]


def test_the_mean_of_the_largest_floats_is_not_infinite():
    top = np.finfo(np.float64).max
    assert one(np.full((2, 2), top), "average")[0] == [[top]]
    ((mean,),) = one(np.array([[top, top], [top, -top]]), "average")[0]
    assert mean == pytest.approx(top / 2)


def test_infinities_of_both_signs_have_no_mean_and_make_no_hole():
    assert one(np.array([[np.inf, -np.inf]]), "average")[0] == [[np.inf]]


@pytest.mark.parametrize("method", METHODS)
def test_a_masked_value_does_not_become_valid_where_the_rest_is_nodata(method):
    pixels, mask = np.array([[5, 9]], np.int16), np.array([[False, True]])
    assert one(pixels, method, mask, nodata=9) == ([[9]], [[True]])


# ---------------------------------------------------------------- beside exact arithmetic


def expected_pixel(values, valid, seen, method, nodata):
    """What a pixel is made of its up to four, by Python's own integers and fractions."""
    good = [value for value, ok in zip(values, valid) if ok]
    if not good:
        return next((value for value, ok in zip(values, seen) if ok), values[0])
    if method == "nearest":
        return good[0]
    if method == "mode":
        return max(good, key=lambda value: sum(other == value for other in good))
    exact = sum(map(Fraction, good)) / len(good)
    if isinstance(good[0], int):
        exact = math.floor(exact + Fraction(1, 2))
        return good[0] if nodata is not None and exact == nodata else exact
    return exact


def expected_level(array, mask, nodata, method):
    """The next coarser level, pixel by pixel: Python numbers, and the mask."""
    height, width = (-(-side // 2) for side in array.shape[1:])
    seen = np.ones(array.shape[1:], bool) if mask is None else mask
    bands = []
    for band, value in zip(array, nodata):
        valid = valid_mask(band, value, mask)
        rows = []
        for row in range(height):
            for column in range(width):
                area = slice(2 * row, 2 * row + 2), slice(2 * column, 2 * column + 2)
                parts = [plane[area].ravel().tolist() for plane in (band, valid, seen)]
                rows.append(expected_pixel(*parts, method, value))
        bands.append(rows)
    return bands, [
        bool(seen[2 * row : 2 * row + 2, 2 * column : 2 * column + 2].any())
        for row in range(height)
        for column in range(width)
    ]


INTEGERS = [name for name in DTYPES if np.dtype(name).kind in "iu"]
FLOATS = [name for name in DTYPES if np.dtype(name).kind == "f"]


@st.composite
def blocks(draw, dtype):
    """Pixels near the extremes, near zero and anywhere, some nodata, some masked."""
    kind = np.dtype(dtype)
    shape = draw(st.integers(1, 5)), draw(st.integers(1, 5))
    if kind.kind == "f":
        values = st.floats(width=8 * kind.itemsize, allow_nan=True, allow_infinity=False)
    else:
        low, high = int(np.iinfo(kind).min), int(np.iinfo(kind).max)
        near = st.integers(0, 5)
        values = (
            st.integers(low, high)
            | near.map(lambda n: low + n)
            | near.map(lambda n: high - n)
            | st.integers(max(low, -4), 4)
        )
    some = draw(st.lists(values, min_size=1, max_size=3))  # few, so that they meet
    pick = st.sampled_from(some) if draw(st.booleans()) else values
    count = shape[0] * shape[1]
    pixels = np.array(draw(st.lists(pick, min_size=count, max_size=count)), kind).reshape(1, *shape)
    nodata = draw(st.none() | st.sampled_from(pixels.ravel().tolist()))
    if nodata is not None and nodata != nodata:
        nodata = math.nan
    flags = st.lists(st.booleans(), min_size=count, max_size=count)
    mask = draw(st.none() | flags.map(lambda found: np.array(found).reshape(shape)))
    return pixels, mask, nodata


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("dtype", INTEGERS)
@given(st.data())
def test_integers_are_exact(dtype, method, data):
    pixels, mask, nodata = data.draw(blocks(dtype))
    (expected,), seen = expected_level(pixels, mask, (nodata,), method)
    found, reduced = downsample(pixels, mask, (nodata,), method)
    assert found.dtype == pixels.dtype and found.ravel().tolist() == expected
    assert reduced is None if mask is None else reduced.ravel().tolist() == seen


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("dtype", FLOATS)
@given(st.data())
def test_floats_are_as_near_as_float64_is(dtype, method, data):
    pixels, mask, nodata = data.draw(blocks(dtype))
    (expected,), _ = expected_level(pixels, mask, (nodata,), method)
    found, _ = downsample(pixels, mask, (nodata,), method)
    largest = float(np.nanmax(np.abs(pixels), initial=0))
    slack = largest * 1e-15 + float(np.finfo(dtype).smallest_subnormal)
    for value, exact in zip(found.ravel().tolist(), expected):
        if exact != exact:
            assert value != value
        elif value == nodata or exact == nodata:  # a mean that is nodata gives way
            assert value == nodata or abs(exact - nodata) <= 2 * slack
        else:
            assert abs(value - exact) <= slack + abs(exact) * float(np.finfo(dtype).eps)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("dtype", ["int64", "uint64", "int32"])
def test_all_levels_of_a_file_with_mask_and_nodata(tmp_path, dtype, method):
    """Each is made from the one before, tile by tile, at odd edges too."""
    limits = np.iinfo(dtype)
    generator = np.random.default_rng(5)
    choices = [limits.min, limits.min + 1, limits.max - 2, limits.max - 1, limits.max]
    pixels = generator.choice(np.array(choices, dtype), (2, 45, 67))
    mask = generator.random((45, 67)) < 0.6
    nodata = (limits.max, None)
    bands = tuple(Band(nodata=None if value is None else int(value)) for value in nodata)
    metadata = RasterMetadata(67, 45, dtype, bands, has_mask=True)
    options = WriteOptions(tile_size=16, overview_resampling=method, effort="fast")
    write_raster(ArrayRaster(metadata, pixels, mask), tmp_path / "x.flac", options)
    with FlacRaster.open(tmp_path / "x.flac") as raster:
        assert len(raster.levels) == 4
        for level in raster.levels[1:]:
            expected, seen = expected_level(pixels, mask, nodata, method)
            pixels, mask = raster.read_masked(level=level.number)
            assert [band.ravel().tolist() for band in pixels] == expected
            assert mask.ravel().tolist() == seen


@pytest.mark.parametrize("method", METHODS)
@given(rasters(max_bands=2))
def test_values_stay_within_those_of_their_block(method, raster):
    block, mask = raster.read_window(Window(0, 0, raster.metadata.width, raster.metadata.height))
    nodata = raster.metadata.nodata
    pixels, reduced = downsample(block, mask, nodata, method)
    assert pixels.dtype == block.dtype
    assert pixels.shape[1:] == (-(-block.shape[1] // 2), -(-block.shape[2] // 2))
    assert (reduced is None) is (mask is None)
    if block.dtype.kind == "c" or block.dtype == np.float64:
        return  # no order, or a sum that is rounded
    for band, halved, value in zip(block, pixels, nodata):
        valid = valid_mask(band, value, mask)
        finite = valid & np.isfinite(band)
        for row in range(halved.shape[0]):
            for column in range(halved.shape[1]):
                area = slice(2 * row, 2 * row + 2), slice(2 * column, 2 * column + 2)
                if valid[area].any() and (finite[area] == valid[area]).all():
                    values = band[area][valid[area]]
                    assert values.min() <= halved[row, column] <= values.max()
