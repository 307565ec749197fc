"""Maps of a remote raster in QGIS: a layer of this project compared with GDAL's layer of a COG.

    make bench-layer [CORPUS=FOLDER]

The raster has 10980 x 10980 pixels, the map 1000 x 800. Both files are served by nginx, directly
and over a connection of 40 ms and 100 Mbit/s, see ``benchmarks.remote``. Each layer is opened and
drawn in its own QGIS; layers take turns. There are two layers of the COG: ``/vsicurl`` as QGIS adds
it, and with the options that GDAL's documentation recommends. The first image is the one that shows
90 % of the final one, even if it is coarse. Writes ``layer.md`` and prints it.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

from ..remote.__main__ import ROOT, SLOW, link
from ..remote.rasters import Pair, prepare
from ..remote.reading import GDAL
from ..remote.server import Nginx, serving
from ..tables import options_of, write_page
from .drawing import OURS

ROUNDS = 5
TUNED = GDAL["GDAL, tuned"]
LAYERS: dict[str, tuple[str, dict[str, str]]] = {
    "FLAC": (OURS, {}),
    "COG": ("gdal", {}),
    "COG, GDAL tuned": ("gdal", TUNED),
}
VIEWS = {"whole": "all of the raster", "middle": "its middle, pixel for pixel"}


class Step(NamedTuple):
    """Measurements of one step: opening, the view, the same view again, or a pan by half."""

    first: float
    final: float
    stall: float
    requests: int
    bytes: int


def steps(layer: str, pair: Pair, view: str, nginx: Nginx, port: int) -> Iterator[Step]:
    """Open and draw a layer in its own process."""
    provider, settings = LAYERS[layer]
    file = pair.flac if provider == OURS else pair.cog
    url = f"http://127.0.0.1:{port}/{file.name}"
    nginx.forget()
    with subprocess.Popen(
        [sys.executable, "-m", "benchmarks.layer.drawing", provider, url, view],
        cwd=ROOT,
        env={**os.environ, **settings},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        for _ in range(4):
            line = process.stdout.readline()
            if not line:
                raise SystemExit(f"{layer} failed on {file.name}")
            found = json.loads(line)
            requests = nginx.requests()
            nginx.forget()
            seconds = found.get("open")
            yield Step(
                found.get("first", seconds),
                found.get("final", seconds),
                found["stall"],
                len(requests),
                sum(one.bytes for one in requests),
            )
            process.stdin.write("\n")
            process.stdin.flush()
        process.wait()


def measured(pair: Pair, view: str, nginx: Nginx, port: int, link_name: str) -> Iterator[str]:
    """Yield the lines of a table."""
    found: dict[str, list[list[Step]]] = {}
    for _ in range(ROUNDS):
        for layer in LAYERS:
            found.setdefault(layer, []).append(list(steps(layer, pair, view, nginx, port)))
    yield f"\n{VIEWS[view].capitalize()}, {link_name}, median of {ROUNDS}:\n"
    yield (
        "| | layer there, s | first picture, s | final picture, s | requests | kB | drawn again, s "
        "| requests | panned by half, s | requests | kB | longest stall, ms |"
    )
    yield "|---|---|---|---|---|---|---|---|---|---|---|---|"
    for layer, rounds in found.items():
        opening, drawn, again, panned = ([one[n] for one in rounds] for n in range(4))

        def median(rows: list[Step], name: str) -> float:
            return statistics.median(getattr(row, name) for row in rows)

        there = median(opening, "final")
        total = {
            name: median(opening, name) + median(drawn, name) for name in ("requests", "bytes")
        }
        stall = statistics.median(max(step.stall for step in one) for one in rounds)
        yield (
            f"| {layer} | {there:.2f} | {there + median(drawn, 'first'):.2f} | "
            f"{there + median(drawn, 'final'):.2f} | {total['requests']:g} | "
            f"{total['bytes'] / 1000:.0f} | {median(again, 'final'):.2f} | "
            f"{median(again, 'requests'):g} | {median(panned, 'final'):.2f} | "
            f"{median(panned, 'requests'):g} | {median(panned, 'bytes') / 1000:.0f} | "
            f"{1000 * stall:.0f} |"
        )


def main() -> None:
    """Run the benchmark."""
    options = options_of(__doc__, ROOT / "build" / "bench")
    folder = (options.folder / "remote").absolute()
    (pair, *_), _ = prepare(folder, options.corpus)
    with serving(folder) as nginx, link(nginx) as slow_port:
        ports = {"directly": nginx.port, f"{SLOW[0]} ms and {SLOW[1]} Mbit/s": slow_port}
        write_page(
            options.folder / "layer.md",
            chain.from_iterable(
                measured(pair, view, nginx, port, name)
                for view in VIEWS
                for name, port in ports.items()
            ),
        )


if __name__ == "__main__":
    main()
