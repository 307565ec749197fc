"""Levels, tiles, windows and bboxes."""

import math

import pytest
from flac_raster_qgis.engine.errors import InputError
from flac_raster_qgis.engine.model.grid import Grid, Window
from flac_raster_qgis.engine.model.overlap import window_from_bounds
from flac_raster_qgis.engine.model.transform import (
    level_transform,
    map_to_pixel,
    pixel_to_map,
    window_bounds,
    window_transform,
)
from hypothesis import given
from hypothesis import strategies as st
from kits.strategies import TRANSFORMS

sizes = st.integers(1, 5000)
tile_sizes = st.sampled_from([16, 48, 256, 512])


@given(sizes, sizes, tile_sizes)
def test_the_coarsest_level_is_one_tile_and_each_halves_the_one_before(width, height, tile_size):
    grid = Grid.pyramid(width, height, tile_size)
    assert grid.levels[-1].tile_count == 1
    assert all(level.tile_count > 1 for level in grid.levels[:-1])
    for finer, coarser in zip(grid.levels, grid.levels[1:]):
        assert coarser.width == math.ceil(finer.width / 2)
        assert coarser.height == math.ceil(finer.height / 2)


@given(st.integers(1, 600), st.integers(1, 600), tile_sizes)
def test_tiles_cover_each_pixel_once(width, height, tile_size):
    level = Grid.pyramid(width, height, tile_size).levels[0]
    windows = [level.tile_window(key.row, key.column) for key in level.keys()]
    assert sum(w.width * w.height for w in windows) == width * height
    assert all(0 < w.width <= tile_size and 0 < w.height <= tile_size for w in windows)
    assert len(windows) == len(set(windows)) == level.tile_count


@given(st.data())
def test_keys_in_a_window_are_those_whose_tiles_meet_it(data):
    level = Grid.pyramid(data.draw(st.integers(1, 200)), data.draw(st.integers(1, 200)), 16).levels[
        0
    ]
    window = Window(*(data.draw(st.integers(0, 210)) for _ in range(4)))
    expected = []
    for key in level.keys():
        common = level.tile_window(key.row, key.column).intersection(window)
        if common.width and common.height:
            expected.append(key)
    assert level.keys_in(window) == expected


@given(TRANSFORMS, st.floats(-1e4, 1e4), st.floats(-1e4, 1e4))
def test_map_and_pixel_positions_are_inverse(transform, column, row):
    back = map_to_pixel(transform, *pixel_to_map(transform, column, row))
    assert back == pytest.approx((column, row), abs=1e-6)


@given(TRANSFORMS, st.data())
def test_the_bounds_of_a_window_give_the_window_back(transform, data):
    level = Grid(300, 200, 16, 1).levels[0]
    left, top = data.draw(st.integers(0, 299)), data.draw(st.integers(0, 199))
    window = Window(
        left, top, data.draw(st.integers(1, 300 - left)), data.draw(st.integers(1, 200 - top))
    )
    found = window_from_bounds(transform, window_bounds(transform, window), level)
    if transform[1] == 0:
        assert found == window
    else:  # the upright rectangle around a rotated window holds more
        assert found.intersection(window) == window


def test_a_point_is_the_pixel_it_lies_in_and_an_edge_adds_no_pixel():
    transform = (10.0, 0.0, 0.0, 0.0, -10.0, 100.0)
    level = Grid(10, 10, 16, 1).levels[0]
    assert window_from_bounds(transform, (25, 44, 25, 44), level) == Window(2, 5, 1, 1)
    assert window_from_bounds(transform, (20, 40, 30, 50), level) == Window(2, 5, 1, 1)
    assert window_from_bounds(transform, (20, 40, 30.001, 50), level) == Window(2, 5, 2, 1)


def test_a_bbox_outside_gives_an_empty_window():
    level = Grid(10, 10, 16, 1).levels[0]
    found = window_from_bounds((1, 0, 0, 0, 1, 0), (100, 100, 120, 120), level)
    assert found.width == 0 and found.height == 0


@pytest.mark.parametrize("bounds", [(2, 0, 1, 1), (0, 2, 1, 1), (0, 0, float("nan"), 1)])
def test_a_bbox_that_is_none_is_refused(bounds):
    with pytest.raises(InputError, match="xmin <= xmax"):
        window_from_bounds((1, 0, 0, 0, 1, 0), bounds, Grid(10, 10, 16, 1).levels[0])


def test_a_singular_transform_is_refused():
    with pytest.raises(InputError, match="no area"):
        map_to_pixel((1, 1, 0, 1, 1, 0), 0, 0)


def test_transforms_of_windows_and_levels():
    transform = (3.0, 1.5, 10.0, -0.7, -2.9, 20.0)
    moved = window_transform(transform, Window(4, 6, 1, 1))
    assert pixel_to_map(moved, 1, 2) == pytest.approx(pixel_to_map(transform, 5, 8))
    coarse = level_transform(transform, 2)
    assert pixel_to_map(coarse, 1, 2) == pytest.approx(pixel_to_map(transform, 4, 8))
