"""Measure one format on one raster in its own process; prints one line of JSON.

python -m benchmarks.formats.measure CODEC RASTER THREADS REPEATS
"""

from __future__ import annotations

import json
import re
import statistics
import sys
import tempfile
import time
import warnings
from pathlib import Path

import numpy as np

from .codecs import CODECS, Codec

#: Number of random windows of 512 x 512 pixels that are read.
WINDOWS = 20


def measure(codec: Codec, source: Path, threads: int, repeats: int) -> dict:
    """Return size, median seconds to write and read, and whether all bits came back.

    Seconds are those of the clock, and those that all threads of the process spent computing
    (``_cpu``): without waiting for the disk, which this project's writer does to be sure that the
    file is there, or for others on the same machine.
    """
    import rasterio

    with rasterio.open(source) as dataset:
        truth = dataset.read()
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "raster.flac"
        writes, reads, windows = [], [], []
        for _ in range(repeats):
            target.unlink(missing_ok=True)
            writes.append(_seconds(lambda: codec.write(source, target, threads)))
        exact = None
        for _ in range(repeats):
            started = _now()
            pixels = codec.read(target, threads)
            reads.append(_since(started))
            exact = _same(pixels, truth)
        if codec.window and min(truth.shape[1:]) > 512:
            random = np.random.default_rng(0)
            for _ in range(WINDOWS):
                column = int(random.integers(0, truth.shape[2] - 512))
                row = int(random.integers(0, truth.shape[1] - 512))
                # reopened, so that no cache of decoded blocks is used
                read = codec.window(target, threads)
                windows.append(_seconds(lambda c=column, r=row, f=read: f(c, r, 512)))
        return {
            "bytes": target.stat().st_size,
            "raw": truth.nbytes,
            **_medians("write", writes),
            **_medians("read", reads),
            **(_medians("window", windows) if windows else {}),
            "peak_mb": _peak(),
            "exact": exact,
        }


Seconds = tuple[float, float]


def _now() -> Seconds:
    """Return wall-clock and processor time in seconds."""
    return time.perf_counter(), time.process_time()


def _since(started: Seconds) -> Seconds:
    clock, computing = _now()
    return clock - started[0], computing - started[1]


def _seconds(call) -> Seconds:
    started = _now()
    call()
    return _since(started)


def _medians(name: str, measured: list[Seconds]) -> dict[str, float]:
    clock, computing = zip(*measured)
    return {name: statistics.median(clock), f"{name}_cpu": statistics.median(computing)}


def _same(pixels: np.ndarray, truth: np.ndarray) -> bool:
    return (
        pixels.dtype == truth.dtype
        and pixels.shape == truth.shape
        and pixels.tobytes() == truth.tobytes()
    )


def _peak() -> float | None:
    """Return this process's peak memory in MB; getrusage would start from the parent's."""
    status = Path("/proc/self/status")
    return (
        int(re.search(r"VmHWM:\s+(\d+)", status.read_text())[1]) / 1024 if status.exists() else None
    )


def main() -> None:
    """Run from the command line."""
    warnings.simplefilter("ignore")
    name, source, threads, repeats = sys.argv[1:]
    try:
        result = measure(CODECS[name], Path(source), int(threads), int(repeats))
    except Exception as error:  # a format that does not support this raster is a result
        result = {"error": f"{type(error).__name__}: {error}"}
    sys.stdout.write(json.dumps(result) + "\n")


if __name__ == "__main__":
    main()
