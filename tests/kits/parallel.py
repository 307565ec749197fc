"""What the tests of workers share: rasters, calls that misbehave, executors that do."""

import os
import pickle
import random
import signal
import time
from concurrent.futures import Executor, ThreadPoolExecutor
from pathlib import Path

import numpy as np
import rasterio
from flac_raster_qgis.engine import WriteOptions, write_raster
from flac_raster_qgis.engine.parallel.raster_reference import RasterReference

from kits import geotiff
from kits.rasters import array_raster


def noise(width=200, height=150, count=1, dtype="uint16"):
    values = np.random.default_rng(7).integers(0, 4000, (count, height, width))
    return values.astype(dtype)


def write_tif(path, array=None):
    """Write an array, noise where none is given, somewhere on Earth."""
    transform = rasterio.Affine(10, 0, 4e5, 0, -10, 5e6)
    array = noise() if array is None else array
    return geotiff.write_tif(path, array, crs="EPSG:32633", transform=transform)


def names(folder):
    return sorted(path.name for path in Path(folder).iterdir())


class Unordered(ThreadPoolExecutor):
    """Threads that finish in any order."""

    def submit(self, fn, /, *args, **kwargs):
        def later():
            time.sleep(random.random() / 200)
            return fn(*args, **kwargs)

        return super().submit(later)


class Elsewhere(Executor):
    """Threads that pass for workers that do not see this process's memory."""

    def __init__(self, count):
        self._threads = ThreadPoolExecutor(count)
        self.unfinished = self.most_unfinished = 0
        self.futures = []

    def submit(self, fn, /, *args, **kwargs):
        self.unfinished += 1
        self.most_unfinished = max(self.unfinished, self.most_unfinished)
        future = self._threads.submit(fn, *pickle.loads(pickle.dumps(args)), **kwargs)
        future.add_done_callback(self._finished)
        self.futures.append(future)
        return future

    def _finished(self, _):
        self.unfinished -= 1

    def shutdown(self, wait=True, *, cancel_futures=False):
        self._threads.shutdown(wait, cancel_futures=cancel_futures)


# ---------------------------------------------------------------- rasters that misbehave


class SpecialRaster:
    """A raster that workers open by name, and that does something odd when it is read."""

    def __init__(self, folder, oddity, seconds=0.0):
        self.name, self._oddity, self._seconds = str(folder), oddity, seconds
        self._whole = array_raster(noise())
        self.metadata = self._whole.metadata

    def reference(self):
        return RasterReference(_Opener(self._oddity, self._seconds), self.name, None)

    def read_window(self, window):
        time.sleep(self._seconds)
        self._oddity(Path(self.name), window)
        return self._whole.read_window(window)

    def close(self):
        pass


class _Opener:
    def __init__(self, oddity, seconds):
        self.oddity, self.seconds = oddity, seconds

    def __eq__(self, other):
        return isinstance(other, _Opener) and vars(self) == vars(other)

    def __hash__(self):
        return hash(self.oddity)

    def __call__(self, name):
        return SpecialRaster(name, self.oddity, self.seconds)


def nothing(folder, window):
    pass


def note_process(folder, window):
    """Leave a file that is named like this process."""
    (folder / str(os.getpid())).touch()


def _first(folder, window):
    """Whether this is the first time that the tile in the middle is read, anywhere."""
    if (window.col_off, window.row_off) != (64, 64):
        return False
    try:
        (folder / "been here").touch(exist_ok=False)
    except FileExistsError:
        return False
    return True


def fail_once(folder, window):
    if _first(folder, window):
        raise OSError(5, "Input/output error")


def fail_always(folder, window):
    if (window.col_off, window.row_off) == (64, 64):
        with open(folder / "attempts", "a") as file:
            file.write("x")
        raise MemoryError("no room")


def die_once(folder, window):
    if _first(folder, window):
        os.kill(os.getpid(), signal.SIGKILL)


def die_always(folder, window):
    if (window.col_off, window.row_off) == (64, 64):
        os.kill(os.getpid(), signal.SIGKILL)


OPTIONS = WriteOptions(tile_size=32, workers=2)


def expected_bytes(folder, options=OPTIONS):
    """Return the file that one thread makes of the pixels of a `SpecialRaster`."""
    write_raster(
        array_raster(noise()), folder / "x.flac", WriteOptions(**{**vars(options), "workers": 1})
    )
    return (folder / "x.flac").read_bytes()
