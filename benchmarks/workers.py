"""Gain of a second worker.

    python -m benchmarks.workers FOLDER [--side 5000] [--folder build/bench]

Every raster of a folder, enlarged by rotated copies, is read with one and two threads, and
converted to FLAC with one thread, two threads, and two running processes, as for the second of many
files. The variants take turns in one process. Reports wall-clock seconds, medians of five for
reading and of three for converting. Writes ``workers.md`` and prints it.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from flac_raster_qgis.engine import FlacRaster, convert
from flac_raster_qgis.engine.parallel.processes import ProcessExecutor

from .remote.rasters import side_by_side
from .tables import options_of_enlarged, write_page

ROOT = Path(__file__).parent.parent
READS, CONVERSIONS = 5, 3


def by_turns(calls: Sequence[Callable[[], object]], times: int) -> list[float]:
    """Return the median seconds of each call, after a first call as warm-up."""
    found: list[list[float]] = [[] for _ in calls]
    for turn in range(times + 1):
        for call, seconds in zip(calls, found):
            start = time.perf_counter()
            call()
            if turn:
                seconds.append(time.perf_counter() - start)
    return [statistics.median(seconds) for seconds in found]


def read(path: Path, workers: int) -> None:
    """Read a whole raster."""
    with FlacRaster.open(path, workers=workers) as raster:
        raster.read()


def measured(options: argparse.Namespace, processes: ProcessExecutor) -> Iterator[str]:
    """Yield the lines of the table."""
    yield (
        "| raster | read: s | two threads | times as fast | to FLAC: s | two threads | "
        "times as fast | two processes | times as fast |"
    )
    yield "|---" * 9 + "|"
    source, target = (options.folder / f"workers.{suffix}" for suffix in ("tif", "flac"))
    write = partial(convert, source, target, overwrite=True)
    gains = []
    for path in sorted(options.corpus.glob("*.tif")):
        side_by_side(path, source, options.side)
        one, *others = by_turns(
            [
                partial(write, workers=1),
                partial(write, workers=2),
                partial(write, workers=2, executor=processes),
            ],
            CONVERSIONS,
        )
        alone, both = by_turns([partial(read, target, 1), partial(read, target, 2)], READS)
        gains.append([alone / both, *(one / other for other in others)])
        cells = f"{alone:.2f} | {both:.2f} | {alone / both:.2f} | {one:.2f}"
        more = " | ".join(f"{other:.2f} | {one / other:.2f}" for other in others)
        yield f"| {path.stem} | {cells} | {more} |"
    means = [f"{statistics.geometric_mean(gain):.2f}" for gain in zip(*gains)]
    yield f"| geometric mean | | | {means[0]} | | | {means[1]} | | {means[2]} |"
    source.unlink(missing_ok=True)
    target.unlink(missing_ok=True)


def main() -> None:
    """Measure and report."""
    options = options_of_enlarged(__doc__, ROOT / "build" / "bench", 5000)
    with ProcessExecutor(2) as processes:
        write_page(options.folder / "workers.md", measured(options, processes))


if __name__ == "__main__":
    main()
