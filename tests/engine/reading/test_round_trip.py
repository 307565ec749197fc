"""A raster goes into FLAC and comes back bit for bit, whole or in parts."""

import json
import threading
from dataclasses import replace
from unittest import mock

import numpy as np
import pytest
from flac_raster_qgis.engine import FlacRaster, Window, WriteOptions, write_raster
from flac_raster_qgis.engine import options as engine_options
from flac_raster_qgis.engine.coding import select
from flac_raster_qgis.engine.coding.registry import CODECS
from flac_raster_qgis.engine.job import Job
from flac_raster_qgis.engine.model.data_types import DTYPES, planes_per_band
from flac_raster_qgis.engine.model.metadata import Band, RasterMetadata
from flac_raster_qgis.engine.model.raster import ArrayRaster
from flac_raster_qgis.engine.options import EFFORTS
from flac_raster_qgis.engine.writing.overviews import downsample
from hypothesis import given, settings
from hypothesis import strategies as st
from kits.forced_codings import LABELS, only
from kits.strategies import SHAPES, rasters

INTERLEAVES = st.sampled_from(engine_options.INTERLEAVES)
TILE_SIZES = st.sampled_from([16, 32, 48, 512])


def whole(raster):
    return raster.read_window(Window(0, 0, raster.metadata.width, raster.metadata.height))


@pytest.mark.parametrize("effort", EFFORTS)
@given(rasters(), TILE_SIZES, st.sampled_from(["auto", "none"]), INTERLEAVES)
def test_pixels_mask_and_metadata_come_back(
    tmp_path, effort, raster, tile_size, overviews, interleave
):
    path = tmp_path / "x.flac"
    options = WriteOptions(
        tile_size=tile_size,
        overview_resampling=overviews,
        interleave=interleave,
        effort=effort,
        workers=1,
    )
    write_raster(raster, path, options)
    array, mask = whole(raster)
    with FlacRaster.open(path) as back:
        assert repr(back.metadata) == repr(raster.metadata)  # repr: NaN is not equal to itself
        pixels, found = back.read_masked(check_md5=True)
        assert pixels.dtype == array.dtype and pixels.tobytes() == array.tobytes()
        assert (found is None and mask is None) or (found == mask).all()
        assert back.levels[-1].tile_rows == back.levels[-1].tile_columns == 1 or overviews == "none"


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("coding", sorted(CODECS), ids=lambda n: CODECS[n].name)
@settings(max_examples=6)
@given(st.data(), TILE_SIZES, st.integers(0, 2), st.sampled_from([1, 2]), st.sampled_from([3, 4]))
def test_every_coding_brings_every_data_type_back(
    tmp_path, coding, dtype, data, tile_size, prediction, side, refinements
):
    raster = data.draw(rasters(dtypes=(dtype,), max_bands=4))
    path = tmp_path / "x.flac"
    by_mean, sharp = prediction > 0, prediction > 1
    fold = raster.metadata.count * planes_per_band(np.dtype(dtype)) == 1 and not sharp
    chosen = only(
        coding, by_mean=by_mean, fold=fold, side=side, refinements=refinements, sharp=sharp
    )
    with mock.patch.object(select, "candidates", chosen):
        write_raster(
            raster, path, WriteOptions(tile_size=tile_size, overview_resampling="none", workers=1)
        )
    array, mask = whole(raster)
    with FlacRaster.open(path) as back:
        pixels, found = back.read_masked(check_md5=True)
        assert pixels.dtype == array.dtype and pixels.tobytes() == array.tobytes()
        assert (found is None and mask is None) or (found == mask).all()
        used = set("+".join(json.loads(back.head.tags["GEOSPATIAL_CODINGS"])).split("+"))
        others = {"nodata", "lattice"} if coding == LABELS else {"nodata"}
        assert used <= {CODECS[coding].name, *others}


@given(
    rasters(max_bands=9, shapes=st.tuples(st.integers(1, 90), st.integers(1, 90))),
    INTERLEAVES,
    st.data(),
)
@pytest.mark.usefixtures("side_by_side")
def test_any_window_level_and_bands_are_the_same_part_of_the_whole(
    tmp_path, raster, interleave, data
):
    path = tmp_path / "x.flac"
    options = WriteOptions(
        tile_size=16,
        overview_resampling="nearest",
        interleave=interleave,
        effort="balanced",
        workers=1,
    )
    write_raster(raster, path, options)
    with FlacRaster.open(path) as back:
        number = data.draw(st.integers(0, len(back.levels) - 1))
        level = back.levels[number]
        left = data.draw(st.integers(0, level.width - 1))
        top = data.draw(st.integers(0, level.height - 1))
        window = Window(
            left,
            top,
            data.draw(st.integers(1, level.width - left)),
            data.draw(st.integers(1, level.height - top)),
        )
        bands = data.draw(st.lists(st.integers(1, raster.metadata.count), min_size=1, max_size=9))
        pixels, mask = whole(raster)
        for _ in range(number):
            pixels, mask = downsample(pixels, mask, raster.metadata.nodata, "nearest")
        rows, columns = window.slices
        part, found = back.read_masked(window, number, bands)
        expected = pixels[[band - 1 for band in bands], rows, columns]
        assert part.tobytes() == expected.tobytes()
        assert (found is None and mask is None) or (found == mask[rows, columns]).all()


@given(rasters(max_bands=2, shapes=SHAPES), TILE_SIZES)
def test_a_plan_names_the_bytes_that_a_read_fetches(tmp_path, raster, tile_size):
    path = tmp_path / "x.flac"
    write_raster(raster, path, WriteOptions(tile_size=tile_size, workers=1))

    with FlacRaster.open(path) as back:
        asked = []
        read = back.source.read
        back.source.read = lambda ranges, **how: asked.extend(ranges) or read(ranges, **how)
        plan = back.plan()
        back.read()
        assert asked == plan.stored.ranges
        assert plan.tile_bytes == plan.request_bytes == sum(size for _, size in asked)


@pytest.mark.parametrize("interleave", ["pixel", "band"])
@pytest.mark.parametrize("dtype", ["uint16", "float32"])
def test_any_number_of_workers_gives_the_same_bytes(
    tmp_path, make_raster, terrain, dtype, interleave
):
    raster = make_raster(terrain(300, 500, bands=2).astype(dtype), nodata=0)
    written = set()
    for workers in (1, 2, 3, 7):
        path = tmp_path / f"{workers}.flac"
        write_raster(
            raster, path, WriteOptions(tile_size=64, interleave=interleave, workers=workers)
        )
        written.add(path.read_bytes())
    assert len(written) == 1


def test_tiles_of_nothing_but_nodata_take_no_bytes(tmp_path, make_raster, terrain):
    array = terrain(64, 128)
    array[:, :, 64:] = 7
    path = tmp_path / "x.flac"
    write_raster(make_raster(array, nodata=7), path, WriteOptions(tile_size=64, workers=1))
    with FlacRaster.open(path) as back:
        plan = back.plan(Window(64, 0, 64, 64))
        assert plan.tile_bytes == 0
        assert (back.read() == array).all()


def test_minimum_and_maximum_leave_nodata_out(tmp_path, make_raster):
    array = np.array([[[5, -3, 99, 8]]], np.int16)
    path = tmp_path / "x.flac"
    write_raster(make_raster(array, nodata=99), path)
    with FlacRaster.open(path) as back:
        assert (back.head.data_min, back.head.data_max) == (-3, 8)


def test_a_raster_larger_than_a_strip_is_read_in_parts_of_bounded_size(
    tmp_path, make_raster, terrain, monkeypatch
):
    from flac_raster_qgis.engine.writing import traversal

    monkeypatch.setattr(traversal, "_STRIP_BYTES", 4 * 16 * 16 * 2)
    array = terrain(150, 170)
    raster = make_raster(array)
    asked = []
    read = raster.read_window
    raster.read_window = lambda window: asked.append(window) or read(window)
    path = tmp_path / "x.flac"
    write_raster(raster, path, WriteOptions(tile_size=16, workers=1))
    assert max(w.width for w in asked) == 64
    assert sum(w.width * w.height for w in asked) == array.size
    with FlacRaster.open(path) as back:
        assert (back.read() == array).all()


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.usefixtures("side_by_side")
def test_any_number_of_workers_reads_the_same(tmp_path, dtype):
    """Many tiles, of which several are decoded at once."""
    random = np.random.default_rng(0)
    bits = random.integers(0, 256, (3, 150, 140, np.dtype(dtype).itemsize)).astype(np.uint8)
    bits[1:] = bits[:1]  # bands that predict each other
    array = bits.view(dtype)[..., 0]
    metadata = RasterMetadata(140, 150, dtype, bands=(Band(),) * 3)
    path = tmp_path / "x.flac"
    options = WriteOptions(tile_size=16, effort="balanced", workers=2)
    write_raster(ArrayRaster(metadata, array), path, options)
    for workers in (1, 2, 5):
        groups = []
        with FlacRaster.open(path) as opened:

            def noted(group, *how, decode=opened.head.decode, groups=groups, **options):
                groups.append((threading.current_thread() is threading.main_thread(), len(group)))
                return decode(group, *how, **options)

            back = FlacRaster(opened.source, replace(opened.head, decode=noted), workers)
            assert back.read().tobytes() == array.tobytes()
            tiles = back.grid.levels[0].tile_count
        inline, sizes = zip(*groups)
        assert set(inline) == {workers == 1}
        # every worker has as many groups, all of about the same size
        assert len(sizes) % workers == 0 and sum(sizes) == tiles
        assert max(sizes) - min(sizes) <= 1 < len(sizes)


@pytest.mark.parametrize("tile_size", [16, 512])
def test_progress_ends_with_all_bytes(tmp_path, make_raster, terrain, tile_size):
    path = tmp_path / "x.flac"
    write_raster(make_raster(terrain(60, 70)), path, WriteOptions(tile_size=tile_size))
    told = []
    with FlacRaster.open(path) as raster:
        raster.read(job=Job(lambda *done: told.append(done)))
        total = raster.plan().tile_bytes
    assert told[-1] == (total, total)
