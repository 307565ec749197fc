"""What a second worker gains.

    python -m benchmarks.workers FOLDER [--side 5000] [--folder build/bench]

Every raster of a folder, enlarged by turned copies: the whole of it is read, and converted to FLAC,
with one and with two threads by turns, in one process. Seconds by the clock, medians of five for
reading and of three for converting. Writes ``workers.md`` and prints it.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from flac_raster_qgis.engine import FlacRaster, convert

from .remote.rasters import side_by_side
from .tables import options_of_enlarged, write_page

ROOT = Path(__file__).parent.parent
WORKERS = (1, 2)
READS, CONVERSIONS = 5, 3


def by_turns(call: Callable[[int], None], times: int) -> list[float]:
    """Return the seconds that a call takes with each number of workers, medians."""
    found: dict[int, list[float]] = {workers: [] for workers in WORKERS}
    for _ in range(times):
        for workers in WORKERS:
            start = time.perf_counter()
            call(workers)
            found[workers].append(time.perf_counter() - start)
    return [statistics.median(seconds) for seconds in found.values()]


def read(path: Path, workers: int) -> None:
    """Read all of a raster."""
    with FlacRaster.open(path, workers=workers) as raster:
        raster.read()


def measured(options: argparse.Namespace) -> Iterator[str]:
    """Yield the lines of the table."""
    yield "| raster | read: s | with two | times as fast | to FLAC: s | with two | times as fast |"
    yield "|---|---|---|---|---|---|---|"
    source, target = (options.folder / f"workers.{suffix}" for suffix in ("tif", "flac"))
    gains = []
    for path in sorted(options.corpus.glob("*.tif")):
        side_by_side(path, source, options.side)
        writing = by_turns(
            lambda workers: convert(source, target, workers=workers, overwrite=True), CONVERSIONS
        )
        read(target, 1)
        reading = by_turns(lambda workers: read(target, workers), READS)
        pairs = reading, writing
        gains.append([one / two for one, two in pairs])
        cells = (f"{one:.2f} | {two:.2f} | {one / two:.2f}" for one, two in pairs)
        yield f"| {path.stem} | {' | '.join(cells)} |"
    means = (f"| | {statistics.geometric_mean(gain):.2f}" for gain in zip(*gains))
    yield f"| geometric mean | {' | '.join(means)} |"
    source.unlink(missing_ok=True)
    target.unlink(missing_ok=True)


def main() -> None:
    """Measure and report."""
    options = options_of_enlarged(__doc__, ROOT / "build" / "bench", 5000)
    write_page(options.folder / "workers.md", measured(options))


if __name__ == "__main__":
    main()
