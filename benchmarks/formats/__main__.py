"""Compare formats on a folder of rasters: size, speed, memory, and whether they are lossless.

    python -m benchmarks.formats [--corpus FOLDER] [--threads 1 2] [--repeats 3]
                                 [--folder build/bench]

Without a folder, rasters of 1500 x 1500 pixels are generated: terrain, an image of three bands,
classes, and a smooth field. Every measurement runs in its own process; formats take turns on each
raster, so that changes in the speed of the machine affect all alike. Writes ``formats.md``,
``formats.json`` and plots.

flac-raster 0.1.2 is installed from PyPI into its own environment; formats whose packages are
missing are left out with a message.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

from .. import peer
from . import rasters, report
from .codecs import CODECS

ROOT = Path(__file__).parents[2]
LEGACY = peer.NAME


def measure(python: Path | str, codec: str, raster: Path, threads: int, repeats: int) -> dict:
    """Run one measurement in its own process."""
    command = [str(python), "-m", "benchmarks.formats.measure", codec, str(raster)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [*command, str(threads), str(repeats)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=900,
    )
    lines = done.stdout.strip().splitlines()
    return json.loads(lines[-1]) if lines else {"error": done.stderr.strip()[-200:]}


def main() -> None:
    """Measure everything and report."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpus", type=Path)
    parser.add_argument("--threads", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--folder", type=Path, default=ROOT / "build" / "bench")
    parser.add_argument("--codecs", nargs="+", default=list(CODECS))
    arguments = parser.parse_args()
    folder = arguments.folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    found = sorted(arguments.corpus.glob("*.tif")) if arguments.corpus else rasters.make(folder)
    pythons = {codec: sys.executable for codec in arguments.codecs}
    if LEGACY in pythons:
        try:
            pythons[LEGACY] = str(peer.peer_python())
        except peer.PeerMissing as error:
            sys.stderr.write(f"It is left out: {error}\n")
            del pythons[LEGACY]
    results = []
    for raster in found:
        for threads in arguments.threads:
            for codec, python in pythons.items():
                result = measure(python, codec, raster, threads, arguments.repeats)
                results.append(
                    {"raster": raster.stem, "codec": codec, "threads": threads, **result}
                )
                sys.stderr.write(f"{raster.stem} {codec} {threads}: {result}\n")
    (folder / "formats.json").write_text(json.dumps(results, indent=1))
    text = report.markdown(results)
    (folder / "formats.md").write_text(text)
    report.plots(results, folder)
    sys.stdout.write(text)


if __name__ == "__main__":
    main()
