"""Any executor and any number of workers give the same bytes."""

import multiprocessing
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

import pytest
from flac_raster_qgis.engine import FlacRaster, WriteOptions, compare, convert, write_raster
from flac_raster_qgis.engine.parallel.executors import shares_memory
from hypothesis import given, settings
from hypothesis import strategies as st
from kits.parallel import Elsewhere, Unordered, noise, write_tif
from kits.strategies import rasters


@pytest.fixture(scope="module")
def executors(processes):
    """Executors of every kind, by name; None is the default."""
    context = multiprocessing.get_context("spawn")
    with Unordered(3) as unordered, Elsewhere(3) as elsewhere, ThreadPoolExecutor(2) as threads:
        with ProcessPoolExecutor(1, mp_context=context) as pool:
            yield {
                "default": None,
                "threads": threads,
                "unordered": unordered,
                "elsewhere": elsewhere,
                "processes": processes,
                "pool of processes": pool,
            }


NAMES = ["default", "threads", "unordered", "elsewhere", "processes", "pool of processes"]


@settings(max_examples=40)
@given(
    rasters(max_bands=3),
    st.sampled_from([16, 32]),
    st.sampled_from(["fast", "balanced"]),
    st.sampled_from(NAMES),
    st.integers(1, 9),
    st.booleans(),
)
def test_any_raster(tmp_path, executors, raster, tile_size, effort, name, workers, by_name):
    options = {"tile_size": tile_size, "effort": effort}
    source = raster
    if by_name:  # pixels are read from a file by the workers, otherwise sent to them
        write_raster(raster, tmp_path / "in.flac", WriteOptions(workers=1, tile_size=48))
        source = FlacRaster.open(tmp_path / "in.flac")
    one, other = tmp_path / "one.flac", tmp_path / "other.flac"
    write_raster(raster, one, WriteOptions(workers=1, **options))
    executor = executors[name]
    write_raster(source, other, WriteOptions(workers=workers, **options), executor=executor)
    source.close()
    assert one.read_bytes() == other.read_bytes()


@pytest.mark.parametrize("name", NAMES)
def test_files_both_ways(tmp_path, executors, name):
    source = write_tif(tmp_path / "in.tif", noise(700, 600, 2))
    convert(source, tmp_path / "one.flac", workers=1, tile_size=128)
    convert(source, tmp_path / "other.flac", workers=2, tile_size=128, executor=executors[name])
    assert (tmp_path / "one.flac").read_bytes() == (tmp_path / "other.flac").read_bytes()
    convert(tmp_path / "one.flac", tmp_path / "one.tif", workers=1)
    convert(tmp_path / "one.flac", tmp_path / "other.tif", workers=2, executor=executors[name])
    assert compare(source, tmp_path / "other.tif").identical
    assert (tmp_path / "one.tif").read_bytes() == (tmp_path / "other.tif").read_bytes()


def test_who_shares_memory(executors):
    sharing = {name: ex is None or shares_memory(ex) for name, ex in executors.items()}
    assert [name for name in NAMES if sharing[name]] == ["default", "threads", "unordered"]
