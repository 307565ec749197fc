"""File size and speed of soundfile compared with pyflac.

    python -m benchmarks.flac_backends FOLDER [--efforts balanced] [--repeats 3]
                                       [--folder build/bench]

Every raster of a folder is written and read completely with both libraries in turn, with one
worker. Reports file sizes and the median processor time of soundfile relative to pyflac, per raster
and as a geometric mean. Writes ``flac_backends.md`` and prints it.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import warnings
from pathlib import Path
from types import ModuleType
from unittest import mock

import numpy as np
from flac_raster_qgis.engine import flac
from flac_raster_qgis.engine.flac import pyflac_backend, soundfile_backend

from .formats.codecs import CODECS, Codec
from .formats.measure import measure
from .formats.report import geometric_mean
from .tables import write_page

ROOT = Path(__file__).parent.parent
BACKENDS = (pyflac_backend, soundfile_backend)
#: Keys of `measure`, and their names in the table.
MEASURES = {"bytes": "size", "write_cpu": "time to write", "read_cpu": "time to read"}


def through(backend: ModuleType, codec: Codec) -> Codec:
    """Return a codec that uses a backend."""

    def write(source: Path, target: Path, threads: int) -> None:
        with mock.patch.object(flac, "backend", lambda: backend):
            codec.write(source, target, threads)

    def read(target: Path, threads: int) -> np.ndarray:
        with mock.patch.object(flac, "backend", lambda: backend):
            return codec.read(target, threads)

    return Codec(write, read)


def ratios(source: Path, effort: str, repeats: int) -> dict[str, float]:
    """Return the measurements of soundfile as fractions of those of pyflac."""
    codecs = [through(backend, CODECS[f"FLAC {effort}"]) for backend in BACKENDS]
    turns = [[measure(codec, source, 1, 1) for codec in codecs] for _ in range(repeats)]
    if not all(one["exact"] for turn in turns for one in turn):
        sys.exit(f"{source}: pixels differ")
    medians = [
        {key: statistics.median(one[key] for one in own) for key in MEASURES} for own in zip(*turns)
    ]
    return {key: medians[1][key] / medians[0][key] for key in MEASURES}


def main() -> None:
    """Measure and report."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("corpus", type=Path, help="folder of .tif")
    parser.add_argument("--efforts", nargs="+", default=["balanced"])
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--folder", type=Path, default=ROOT / "build" / "bench")
    options = parser.parse_args()
    warnings.simplefilter("ignore")  # rasters without georeference
    options.folder.mkdir(parents=True, exist_ok=True)
    lines = [f"| raster | effort | {' | '.join(MEASURES.values())} |", "|---|---|---|---|---|"]
    for effort in options.efforts:
        found = {}
        for source in sorted(options.corpus.glob("*.tif")):
            found[source.stem] = ratios(source, effort, options.repeats)
            sys.stderr.write(f"{source.stem} {effort}: {found[source.stem]}\n")
        found["geometric mean"] = {
            key: geometric_mean(one[key] for one in found.values()) for key in MEASURES
        }
        for name, one in found.items():
            cells = (f"{one[key]:.3f}" if key == "bytes" else f"{one[key]:.2f}" for key in MEASURES)
            lines.append(f"| {name} | {effort} | {' | '.join(cells)} |")
    write_page(options.folder / "flac_backends.md", lines)


if __name__ == "__main__":
    main()
