"""Many threads, and many processes, reading one file at once."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from flac_raster_qgis.engine import FlacRaster, Window
from kits.durability import noise, start_apart, write_flac

THREADS, PROCESSES = 16, 6


@pytest.fixture(scope="module")
def array():
    return noise(150, 130, 2, "int16")


@pytest.fixture(scope="module")
def path(tmp_path_factory, array):
    return write_flac(tmp_path_factory.mktemp("many") / "in.flac", array, tile_size=32)


def random_windows(seed, width, height, count):
    rng = np.random.default_rng(seed)
    for _ in range(count):
        left, top = rng.integers(width), rng.integers(height)
        yield Window(
            int(left), int(top), int(rng.integers(1, width - left + 1)),
            int(rng.integers(1, height - top + 1)),
        )  # fmt: skip


def read_and_compare(raster, array, seed, count=10):
    for window in random_windows(seed, array.shape[2], array.shape[1], count):
        rows, columns = window.slices
        assert (raster.read(window) == array[:, rows, columns]).all(), window
    return count


def test_threads(path, array):
    with FlacRaster.open(path) as raster, ThreadPoolExecutor(THREADS) as executor:
        done = executor.map(lambda seed: read_and_compare(raster, array, seed), range(THREADS))
        assert sum(done) == 10 * THREADS


def read_in_process(path, array, seed):
    with FlacRaster.open(path) as raster:
        read_and_compare(raster, array, seed)


def test_processes(path, array):
    processes = [start_apart(read_in_process, path, array, seed) for seed in range(PROCESSES)]
    for process in processes:
        process.join(30)
        assert process.exitcode == 0
