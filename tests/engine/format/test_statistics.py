"""What a file says of the smallest and largest pixel of its tiles, against numpy."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from flac_raster_qgis.engine import FlacRaster, WriteOptions, write_raster
from flac_raster_qgis.engine.format import header
from flac_raster_qgis.engine.format.statistics import MAX_ENTRIES, TileStatistics
from flac_raster_qgis.engine.format.tile_index import TileIndex
from flac_raster_qgis.engine.model.grid import Grid, TileKey
from flac_raster_qgis.engine.model.metadata import Band, RasterMetadata
from flac_raster_qgis.engine.storage.byte_source import FIRST_READ
from hypothesis import given
from hypothesis import strategies as st
from kits.min_max import SIZE, expected, under
from kits.strategies import rasters


@given(rasters(max_bands=6), st.sampled_from(["auto", "band", "pixel"]), st.booleans())
def test_of_every_tile_and_band(tmp_path, raster, interleave, overviews):
    path = tmp_path / "x.flac"
    options = WriteOptions(
        tile_size=SIZE,
        effort="fast",
        interleave=interleave,
        overview_resampling="nearest" if overviews else "none",
        workers=1,
    )
    write_raster(raster, path, options)
    with FlacRaster.open(path) as back:
        if np.dtype(raster.metadata.dtype).kind == "c":
            assert back.head.statistics is None
            assert back.tile_min_max(TileKey(0, 0, 0)) is None
            assert back.min_max(1) is None
            return
        assert back.head.statistics.level == 0
        for key in back.grid.keys():
            assert back.tile_min_max(key) == tuple(
                expected(raster, band, *under(key)) for band in back.grid.tile_band_range(key)
            )
        whole = slice(None), slice(None)
        for band in range(raster.metadata.count):
            assert back.min_max(band + 1) == expected(raster, band, *whole)


@given(rasters(max_bands=3), st.integers(0, 3))
def test_of_larger_cells(tmp_path, raster, times):
    """Those of a tile are those of its cell; coarser tiles and whole bands stay exact."""
    dtype = np.dtype(raster.metadata.dtype)
    if dtype.kind == "c":
        return
    path = tmp_path / "x.flac"
    write_raster(raster, path, WriteOptions(tile_size=SIZE, effort="fast", workers=1))
    with FlacRaster.open(path) as back:
        coarse = finest = back.head.statistics
        for _ in range(min(times, back.grid.level_count - 1)):
            coarse = coarse.coarsen()
        coarse = TileStatistics.from_text(coarse.to_text(), back.grid, dtype, "x")
        for key in back.grid.keys():
            cell = key
            while cell.level < coarse.level:
                cell = cell.parent
            assert coarse.for_tile(key) == finest.for_tile(cell)
        for band in range(back.grid.bands):
            assert coarse.for_band(band) == finest.for_band(band)
        assert coarse.overall() == finest.overall()


VALUES = [
    ("uint8", [0, 255]),
    ("int8", [-128, 127]),
    ("uint64", [2**64 - 2, 2**64 - 1]),
    ("int64", [-(2**63), 2**63 - 1]),
    ("int64", [2**53 + 1, 2**53 + 3]),
    ("float16", [-0.0, 65504.0]),
    ("float16", [6e-8, np.inf]),
    ("float32", [-np.inf, np.inf]),
    ("float32", [-0.0, -0.0]),
    ("float32", [1e-45, 0.1]),
    ("float64", [5e-324, 0.1 + 0.2]),
    ("float64", [-1.7976931348623157e308, -0.0]),
]


@pytest.mark.parametrize(("dtype", "values"), VALUES)
def test_the_same_bits(tmp_path, make_raster, dtype, values):
    array = np.resize(np.array(values, dtype), (1, 20, 40))
    write_raster(make_raster(array), tmp_path / "x.flac", WriteOptions(tile_size=SIZE))
    with FlacRaster.open(tmp_path / "x.flac") as raster:
        for found in (raster.min_max(1), *raster.tile_min_max(TileKey(0, 1, 2))):
            assert np.array(found, dtype).tobytes() == np.array(values, dtype).tobytes()


def test_files_without_them_are_read(tmp_path, make_raster):
    path = tmp_path / "x.flac"
    write_raster(make_raster(np.ones((1, 20, 20), "uint8")), path)
    with FlacRaster.open(path) as raster:
        raster.head = dataclasses.replace(raster.head, statistics=None)
        assert raster.tile_min_max(TileKey(0, 0, 0)) is None
        assert raster.min_max(1) is None


# ---------------------------------------------------------------- length


def tags_of(columns, dtype="float32", bands=1):
    """Tags of a raster of many tiles that have nothing in common, and the bytes they take."""
    metadata = RasterMetadata(512 * columns, 512 * columns, dtype, (Band(),) * bands)
    grid = Grid.pyramid(metadata.width, metadata.height, 512, bands, min(4, bands))
    generator = np.random.default_rng(1)
    statistics = TileStatistics.empty(grid, np.dtype(dtype))
    statistics.minimum[...] = generator.normal(0, 1000, statistics.minimum.shape)
    statistics.maximum[...] = statistics.minimum + generator.random(statistics.minimum.shape)
    statistics.valid[...] = True
    sizes = generator.normal(10**5, 3 * 10**4, grid.tile_count).astype(np.int64)
    tags = header.build_tags(
        metadata,
        TileIndex.of(grid, sizes, 0),
        title="",
        date=None,
        statistics=statistics,
        codings={},
        header_size=200,
    )
    text = tags["GEOSPATIAL_STATISTICS"]
    back = TileStatistics.from_text(text, grid, np.dtype(dtype), "x")
    assert back.overall() == statistics.overall()
    return tags, back


@pytest.mark.parametrize(
    ("columns", "dtype", "bands", "level"),
    [(1, "float64", 1, 0), (39, "float32", 1, 0), (53, "float32", 1, 1), (60, "float32", 1, 1)]
    + [(100, "float32", 1, 1), (100, "float64", 1, 2), (39, "int16", 3, 0), (100, "uint8", 1, 0)],
)
def test_as_fine_as_the_start_of_the_file_allows(columns, dtype, bands, level):
    tags, statistics = tags_of(columns, dtype, bands)
    assert statistics.level == level
    index, text = (len(tags[f"GEOSPATIAL_{key}"]) for key in ("SPATIAL_INDEX", "STATISTICS"))
    head = 200 + header._length(tags) + header.PADDING + 8
    assert head <= FIRST_READ or 2 * text <= index


def test_all_bands_of_many(monkeypatch):
    """Where even one cell for all takes more, its length is no reason to leave it out."""
    tags, statistics = tags_of(1, "float64", 4000)
    assert len(tags["GEOSPATIAL_STATISTICS"]) > FIRST_READ
    monkeypatch.setattr(header, "MAX_BLOCK", 40000)
    with pytest.raises(KeyError):
        tags_of(1, "float64", 4000)


def test_a_very_large_raster():
    """More tiles than may be listed."""
    side = 16 * 2000
    grid = Grid(side, side, 16, 1)
    statistics = TileStatistics.empty(grid, np.dtype("uint8"))
    assert statistics.valid.size > MAX_ENTRIES
    statistics.put(TileKey(0, 1999, 1999), (3,), (200,))
    back = TileStatistics.from_text(
        statistics.text_within(10**9), grid, np.dtype("uint8"), "very large"
    )
    assert back.level == 1
    assert back.for_tile(TileKey(0, 1998, 1998)) == ((3, 200),)
    assert back.for_tile(TileKey(0, 1997, 1998)) == (None,)
