"""Views of remote rasters: this project compared with GDAL's /vsicurl on a COG of the same pixels.

    python -m benchmarks.remote [--corpus FOLDER] [--folder build/bench]

Both files are served by nginx, whose log gives requests and bytes of each view, directly and over a
connection of 40 ms and 100 Mbit/s, see ``link``. Every view is read by a new process; readers take
turns, and each is first equally often. COG are made with ZSTD, predictor, blocks of 512 and
overviews; FLAC with the defaults of `convert`. Without a folder, the rasters are generated terrain.
Pixels of both are compared. Writes ``remote.md`` and prints it.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import numpy as np

from ..tables import options_of, write_page
from . import rasters
from .reading import GDAL, OURS, View
from .server import Nginx, free_port, round_trips, serving, wait_for

ROOT = Path(__file__).parents[2]
#: Round trip in milliseconds, and Mbit/s.
SLOW = (40, 100)
SIDE = 500
#: Numbers of windows and of other views: full rounds, so that each reader is first equally often.
PLACES, OTHERS = 4 * (1 + len(GDAL)), 1 + len(GDAL)


class Reading(NamedTuple):
    """Measurements of one view."""

    requests: int
    trips: int
    bytes: int
    seconds: float
    busy: float
    again: float
    again_requests: int
    digest: str


class Case(NamedTuple):
    """A kind of view, and the measurements of its views."""

    name: str
    pair: rasters.Pair
    views: list[View]


def cases(scenes: list[rasters.Pair], six: rasters.Pair) -> Iterator[Case]:
    """Yield all cases."""
    random = np.random.default_rng(5)

    def places(size: int, side: int, step: int) -> list[tuple[int, int, int, int]]:
        most = (size - side) // step
        return [
            (*(step * int(n) for n in random.integers(0, most + 1, 2)), side, side)
            for _ in range(PLACES)
        ]

    for scene in scenes:
        name = scene.flac.stem
        windows = places(rasters.SCENE, SIDE, 1)
        yield Case(f"{name}: 500 x 500 pixels", scene, [View(1, w) for w in windows])
        tiles = places(rasters.SCENE, 3 * 512, 512)[:OTHERS]
        yield Case(f"{name}: 3 x 3 blocks of 512", scene, [View(1, w) for w in tiles])
        yield Case(f"{name}: all of it at 1/16", scene, [View(16)] * OTHERS)
    windows = places(rasters.BANDS_OF_SCENE, SIDE, 1)
    name = f"{six.flac.stem}: 500 x 500 pixels of one band"
    yield Case(name, six, [View(1, w, n % 6 + 1) for n, w in enumerate(windows)])


@contextmanager
def link(nginx: Nginx) -> Iterator[int]:
    """Run the slow connection; yield its port."""
    port = free_port()
    command = [sys.executable, "-m", "benchmarks.remote.link", str(port), str(nginx.port)]
    process = subprocess.Popen([*command, *map(str, SLOW)], cwd=ROOT)
    try:
        wait_for(port)
        yield port
    finally:
        process.terminate()
        process.wait()


def take(reader: str, pair: rasters.Pair, view: View, nginx: Nginx, port: int) -> Reading:
    """Read a view in its own process."""
    file = pair.flac if reader == OURS else pair.cog
    command = [sys.executable, "-m", "benchmarks.remote.reading", reader]
    settings = [f"{name}={value}" for name, value in GDAL.get(reader, {}).items()]
    nginx.forget()
    with subprocess.Popen(
        ["env", *settings, *command, f"http://127.0.0.1:{port}/{file.name}", json.dumps(view)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        if process.stdout.readline() != "first\n":
            raise SystemExit(f"{reader} failed on {file.name}")
        requests = nginx.requests()
        nginx.forget()
        result, _ = process.communicate("\n")
    seconds, busy, again, digest = json.loads(result)
    return Reading(
        len(requests),
        round_trips(requests, SLOW[0] / 1000),
        sum(one.bytes for one in requests),
        seconds,
        busy,
        again,
        len(nginx.requests()),
        digest,
    )


def measured(case: Case, nginx: Nginx, slow_port: int) -> Iterator[str]:
    """Yield the lines of a case."""
    found: dict[tuple[str, int], list[Reading]] = {}
    readers = (OURS, *GDAL)
    for number, view in enumerate(case.views):
        digests = {}
        first = number % len(readers)  # the first reader is slower, because the processor was idle
        for port in (nginx.port, slow_port):
            for reader in readers[first:] + readers[:first]:
                reading = take(reader, case.pair, view, nginx, port)
                found.setdefault((reader, port), []).append(reading)
                digests[reader] = reading.digest
        if view.factor == 1 and len(set(digests.values())) != 1:
            raise SystemExit(f"{case.name}: pixels differ")

    def median(reader: str, port: int, name: str) -> float:
        return statistics.median(getattr(one, name) for one in found[reader, port])

    yield f"\n{case.name}, median of {len(case.views)}:\n"
    yield (
        "| | requests | round trips | kB | s at 0 ms | of them processor | "
        f"s at {SLOW[0]} ms, {SLOW[1]} Mbit/s | second read: requests | s |"
    )
    yield "|---|---|---|---|---|---|---|---|---|"
    for reader in readers:
        here, there = (reader, nginx.port), (reader, slow_port)
        yield (
            f"| {reader} | {median(*there, 'requests'):g} | {median(*there, 'trips'):g} | "
            f"{median(*there, 'bytes') / 1000:.0f} | {median(*here, 'seconds'):.3f} | "
            f"{median(*here, 'busy'):.3f} | {median(*there, 'seconds'):.3f} | "
            f"{median(*there, 'again_requests'):g} | {median(*here, 'again'):.3f} |"
        )


def sizes(pairs: list[rasters.Pair]) -> Iterator[str]:
    """Yield the lines of a table of the files."""
    yield "| file | FLAC, MB | COG, MB |"
    yield "|---|---|---|"
    for pair in pairs:
        flac, cog = (path.stat().st_size / 1e6 for path in pair)
        yield f"| {pair.flac.stem} | {flac:.1f} | {cog:.1f} |"


def main() -> None:
    """Run the benchmark."""
    options = options_of(__doc__, ROOT / "build" / "bench")
    folder = (options.folder / "remote").absolute()
    scenes, six = rasters.prepare(folder, options.corpus)
    with serving(folder) as nginx, link(nginx) as slow_port:
        views = (measured(case, nginx, slow_port) for case in cases(scenes, six))
        lines = chain(sizes([*scenes, six]), chain.from_iterable(views))
        write_page(options.folder / "remote.md", lines)


if __name__ == "__main__":
    main()
