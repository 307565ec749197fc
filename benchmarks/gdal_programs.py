"""GDAL programs that read a FLAC raster through its virtual GeoTIFF, beside a GeoTIFF.

    python -m benchmarks.gdal_programs FOLDER [--side 8000] [--folder build/bench]

Every raster of a folder, enlarged by rotated copies, is copied by gdal_translate, and shaded by
gdaldem, from a GeoTIFF without compression, from one with ZSTD, from ``flac-raster serve`` with a
new server, and from a GeoTIFF that is extracted first. All write GeoTIFF without compression. What
decoding all tiles takes, with as many threads as processors and no program, is measured as well.
The variants take turns; seconds of the wall clock, medians of three. The outputs are compared.
Writes ``gdal_programs.md`` and prints it.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import rasterio
from flac_raster_qgis.engine import FlacRaster, convert

from .remote.rasters import side_by_side
from .tables import options_of_enlarged, write_page

ROOT = Path(__file__).parent.parent
TURNS = 3
TOOLS = {"gdal_translate": ["gdal_translate", "-q"], "gdaldem": ["gdaldem", "hillshade", "-q"]}


@contextmanager
def served(path: Path) -> Iterator[str]:
    """Serve a raster in a process of its own; yield its address."""
    command = [sys.executable, "-m", "flac_raster_qgis", "serve", str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        try:
            yield process.stdout.readline().decode().strip()
        finally:
            process.terminate()


def run(tool: list[str], source: str, target: Path) -> None:
    """Run a program that reads one file and writes another."""
    target.unlink(missing_ok=True)
    subprocess.run([*tool, source, str(target)], check=True)


def seconds_of(tool: list[str], folder: Path, kind: str) -> float:
    """Run a tool on one kind of source; return its time, which includes what must come before.

    Of the kind "decoded" there is nothing but what comes before.
    """
    target = folder / f"out_{kind}.tif"
    if kind == "served":
        with served(folder / "x.flac") as address:
            start = time.perf_counter()
            run(tool, address, target)
            return time.perf_counter() - start
    start = time.perf_counter()
    if kind == "decoded":
        with FlacRaster.open(folder / "x.flac") as raster:
            for _ in raster.read_tiles(raster.tiles_in(), check_md5=False):
                pass
        return time.perf_counter() - start
    source = folder / f"{kind}.tif"
    if kind == "extracted":
        convert(folder / "x.flac", source, overwrite=True)
    run(tool, str(source), target)
    return time.perf_counter() - start


def is_same(folder: Path, kinds: list[str]) -> bool:
    """Return whether the outputs have the same pixels."""
    arrays = []
    for kind in kinds:
        with rasterio.open(folder / f"out_{kind}.tif") as dataset:
            arrays.append(dataset.read(1))
    return all(np.array_equal(array, arrays[0]) for array in arrays)


def measured(options: argparse.Namespace) -> Iterator[str]:
    """Yield the lines of the table."""
    kinds = ["plain", "zstd", "served", "extracted"]
    yield (
        "| raster | program | GeoTIFF: s | ZSTD: s | FLAC served: s | extracted: s | "
        "decoding alone: s | served / GeoTIFF | served / ZSTD |"
    )
    yield "|---" * 9 + "|"
    folder, ratios = options.folder, []
    for path in sorted(options.corpus.glob("*.tif")):
        side_by_side(path, folder / "plain.tif", options.side)
        run(["gdal_translate", "-q", *_ZSTD], str(folder / "plain.tif"), folder / "zstd.tif")
        convert(folder / "plain.tif", folder / "x.flac", overwrite=True)
        for name, tool in TOOLS.items():
            turns = [
                [seconds_of(tool, folder, kind) for kind in (*kinds, "decoded")]
                for _ in range(TURNS)
            ]
            seconds = [statistics.median(of_kind) for of_kind in zip(*turns)]
            if not is_same(folder, kinds):
                raise RuntimeError(f"{path.stem}: outputs of {name} differ")
            ratios.append([seconds[2] / other for other in seconds[:2]])
            cells = " | ".join(f"{value:.2f}" for value in [*seconds, *ratios[-1]])
            yield f"| {path.stem} | {name} | {cells} |"
    means = [statistics.geometric_mean(column) for column in zip(*ratios)]
    yield f"| geometric mean |{' |' * 6} {means[0]:.2f} | {means[1]:.2f} |"


_ZSTD = ["-co", "COMPRESS=ZSTD", "-co", "TILED=YES", "-co", "PREDICTOR=2"]


def main() -> None:
    """Measure and report."""
    options = options_of_enlarged(__doc__ or "", ROOT / "build" / "bench", 8000)
    write_page(options.folder / "gdal_programs.md", measured(options))


if __name__ == "__main__":
    main()
