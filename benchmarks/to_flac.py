"""Memory and time of writing a lazy array of Dask as FLAC.

    python benchmarks/to_flac.py [--megabytes 768] [--dates 12] [--folder build/bench]

The array is made up when it is computed, 512 x 512 pixels of a date at a time. Afterwards it is
compared with the file, bit for bit.
"""

from __future__ import annotations

import argparse
import re
import time
from pathlib import Path

import dask.array
import numpy as np
import xarray
from flac_raster_qgis.engine import FlacRaster, Window, to_flac

ROOT = Path(__file__).parent.parent
CHUNK = 512


def memory(key: str) -> float:
    """Return memory of this process in MB: ``VmRSS`` now, ``VmHWM`` at most so far."""
    status = Path("/proc/self/status").read_text()
    return int(re.search(key + r":\s+(\d+)", status)[1]) / 1000


def field(zeros: np.ndarray, block_info: dict | None = None) -> np.ndarray:
    """Compute a block of temperatures in hundredths of a degree."""
    (date, _), (top, bottom), (left, right) = block_info[0]["array-location"]
    rows, columns = np.mgrid[top:bottom, left:right].astype("f4")
    waves = np.sin(rows / 180 + date / 3) * np.cos(columns / 240 - date / 5) * 1200 + 28000
    noise = np.random.default_rng((date, top, left)).normal(0, 8, waves.shape)
    return (waves + noise)[np.newaxis].astype("u2")


def lazy_array(dates: int, height: int) -> xarray.DataArray:
    """Return monthly temperatures that are not computed yet."""
    zeros = dask.array.zeros((dates, height, 2 * height), "u2", chunks=(1, CHUNK, CHUNK))
    pixels = zeros.map_blocks(field, dtype="u2", meta=np.empty((0, 0, 0), "u2"))
    months = (np.datetime64("2020-01") + np.arange(dates)).astype("M8[ns]")
    places = {"y": 50 - np.arange(height) / 100, "x": np.arange(2 * height) / 100}
    return xarray.DataArray(pixels, {"time": months, **places}, ("time", "y", "x"), name="t2m")


def main() -> None:
    """Measure and report."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--megabytes", type=int, default=768)
    parser.add_argument("--dates", type=int, default=12)
    parser.add_argument("--folder", type=Path, default=ROOT / "build" / "bench")
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    path = arguments.folder / "to_flac.flac"
    height = int((arguments.megabytes * 1e6 / 4 / arguments.dates) ** 0.5)
    array = lazy_array(arguments.dates, height)
    to_flac(array[:, :64, :64], path, crs=4326, overwrite=True)  # so that all is imported
    before, started = memory("VmRSS"), time.monotonic()
    to_flac(array, path, crs=4326, overwrite=True)
    seconds, more = time.monotonic() - started, memory("VmHWM") - before
    with FlacRaster.open(path) as raster:
        for top in range(0, height, CHUNK):
            window = Window(0, top, 2 * height, min(CHUNK, height - top))
            expected = array[:, top : top + window.height].compute().values
            if not np.array_equal(raster.read(window), expected):
                raise SystemExit(f"pixels differ at {window}")
    print(
        f"{arguments.dates} x {height} x {2 * height} uint16, {array.nbytes / 1e6:.0f} MB: "
        f"{seconds:.1f} s, {more:.0f} MB more memory, "
        f"{path.stat().st_size / array.nbytes:.1%} of raw, all pixels exact"
    )


if __name__ == "__main__":
    main()
