"""Bands of a date share tiles, so that showing one date reads no others."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import numpy as np
import pytest
from flac_raster_qgis.engine import FlacRaster, InputError, WriteOptions, convert, query
from flac_raster_qgis.engine.model.band_times import with_times
from flac_raster_qgis.engine.model.times import Time
from flac_raster_qgis.engine.writing.grid_choice import choose_grid, tile_bands
from kits.cubes import geotiff
from kits.rasters import array_raster


@pytest.mark.parametrize(
    "of_a_date, expected",
    [(1, 4), (2, 4), (3, 3), (4, 4), (5, 5), (6, 6), (16, 16), (17, 4), (100, 4)],
)
def test_whole_dates(of_a_date, expected):
    assert tile_bands(1000, "auto", of_a_date) == expected
    assert tile_bands(3, "auto", of_a_date) == min(expected, 3)
    assert tile_bands(1000, "band", of_a_date) == 1
    assert tile_bands(1000, "pixel", of_a_date) == 1000


def converted(tmp_path, dates, **options):
    source = geotiff(tmp_path / "a.tif", [str(number) for number in range(len(dates))])
    convert(source, tmp_path / "a.flac", times=dates, **options)
    return tmp_path / "a.flac"


def test_rgb_of_five_dates(tmp_path):
    dates = [f"2020-0{month}" for month in range(1, 6) for _ in "rgb"]
    path = converted(tmp_path, dates, tile_size=16)
    for month in range(1, 6):
        plan = query(path, time=f"2020-0{month}")
        assert len(plan.tiles) == 4 and len(plan.bands) == 3  # 2 x 2 squares, one tile each
    with FlacRaster.open(path) as raster:
        assert raster.grid.tile_bands == 3


@pytest.mark.parametrize(
    "dates",
    [
        ["2020", "2020", "2020", "2021", "2021"],
        ["2020", "2021", "2022", "2020", "2021", "2022"],
        ["2020"] * 6,
        ["2020", "2021", "2022", "2023", "2024", "2025"],
    ],
)
def test_other_arrangements_are_as_without_times(tmp_path, dates):
    with FlacRaster.open(converted(tmp_path, dates)) as raster:
        assert raster.grid.tile_bands == 4


@pytest.mark.parametrize("count, expected", [(1, 1), (5, 5), (7, 6)])
def test_a_number_of_bands_per_tile(tmp_path, count, expected):
    dates = [f"2020-0{month}" for month in range(1, 7)]
    with FlacRaster.open(converted(tmp_path, dates, tile_bands=count)) as raster:
        assert raster.grid.tile_bands == expected


@pytest.mark.parametrize(
    "options, text",
    [({"tile_bands": 0}, "at least 1"), ({"tile_bands": 2, "interleave": "band"}, "both given")],
)
def test_wrong_numbers_of_bands_per_tile(options, text):
    with pytest.raises(InputError, match=text):
        WriteOptions(**options)


def metadata_of(width, height, count, dtype, dates):
    described = array_raster(np.zeros((count, 1, 1), dtype)).metadata
    described = replace(described, width=width, height=height)
    times = [Time(datetime(2000 + number % max(dates, 1), 1, 1)) for number in range(count)]
    return with_times(described, times) if dates else described


@pytest.mark.parametrize(
    "width, height, count, dtype, dates, expected",
    [
        (360, 180, 1500, "int16", 1500, 128),
        (200, 200, 365, "int16", 365, 128),
        (180, 170, 36, "float32", 36, 1024),  # 2 MB
        (360, 180, 1500, "int16", 0, 1024),  # bands, no dates
        (360, 180, 1500, "int16", 1, 1024),
        (400, 200, 100, "int16", 2, 1024),  # 8 MB
        (400, 200, 101, "int16", 2, 128),
        (5000, 5000, 100, "int16", 100, 256),  # 6.6 MB
        (5000, 5000, 200, "int16", 200, 128),
        (10980, 10980, 1000, "int16", 1000, 256),  # more tiles than an index should list
    ],
)
def test_tiles_of_long_series_are_small(width, height, count, dtype, dates, expected):
    metadata = metadata_of(width, height, count, dtype, dates)
    grid = choose_grid(metadata, WriteOptions())
    assert grid.tile_size == expected
    usual = choose_grid(metadata_of(width, height, count, dtype, 0), WriteOptions())
    assert grid.level_count == usual.level_count
    assert choose_grid(metadata, WriteOptions(tile_size=512)).tile_size == 512
    assert choose_grid(metadata, WriteOptions(overview_resampling="none")).level_count == 1


def test_a_file_with_fewer_levels_than_its_tiles_would_have(tmp_path, monkeypatch):
    monkeypatch.setattr(f"{choose_grid.__module__}.MAX_SERIES_BYTES", 100)
    monkeypatch.setattr(f"{choose_grid.__module__}.SERIES_TILE_SIZE", 16)
    path = converted(tmp_path, ["2020", "2021"])
    with FlacRaster.open(path) as raster:
        assert (raster.grid.tile_size, raster.grid.level_count) == (16, 1)
        expected = np.arange(2 * 20 * 30, dtype="int16").reshape(2, 20, 30)
        np.testing.assert_array_equal(raster.read(), expected)
