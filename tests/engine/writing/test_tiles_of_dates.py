"""Bands of a date share tiles, so that showing one date reads no others."""

from __future__ import annotations

import pytest
from flac_raster_qgis.engine import FlacRaster, convert, query
from flac_raster_qgis.engine.writing.options import tile_bands
from kits.cubes import geotiff


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
