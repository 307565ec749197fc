"""Memory and time of converting large rasters in both directions, each in its own process.

    python benchmarks/large_raster.py [--sizes 10000 20000] [--workers 1 2] [--folder build/bench]

Writes ``large_raster.md`` to the folder and prints it. The rasters are generated terrain of uint16,
stored as GeoTIFF in tiles and, for the largest, also in strips.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parent.parent
#: VmHWM is the peak of this process alone; getrusage would start from the parent's.
CONVERT = """
import re, sys, time
from pathlib import Path
from flac_raster_qgis.engine import convert
started = time.monotonic()
convert(sys.argv[1], sys.argv[2], workers=int(sys.argv[3]), overwrite=True)
status = Path("/proc/self/status").read_text()
print(time.monotonic() - started, int(re.search(r"VmHWM:\\s+(\\d+)", status)[1]) / 1024)
"""


def make_raster(path: Path, size: int, tiled: bool) -> None:
    """Write a size x size uint16 GeoTIFF, 512 rows at a time."""
    import rasterio

    generator = np.random.default_rng(7)
    columns = np.arange(size) / 512
    layout = {"tiled": True, "blockxsize": 512, "blockysize": 512} if tiled else {}
    with (
        rasterio.Env(GDAL_CACHEMAX=64 << 20),
        rasterio.open(
            path,
            "w",
            driver="GTiff",
            width=size,
            height=size,
            count=1,
            dtype="uint16",
            crs="EPSG:32633",
            transform=rasterio.Affine(10, 0, 4e5, 0, -10, 5e6),
            **layout,
        ) as dataset,
    ):
        for top in range(0, size, 512):
            rows = np.arange(top, min(top + 512, size))[:, np.newaxis] / 512
            height = np.zeros((rows.shape[0], size))
            for k in range(1, 7):
                height += np.sin(rows * 1.7**k + k) * np.cos(columns * 1.6**k - k) * 4000 / 1.8**k
            height += 20000 + generator.normal(0, 3, height.shape)
            window = rasterio.windows.Window(0, top, size, rows.shape[0])
            dataset.write(height.astype(np.uint16), 1, window=window)


def run(source: Path, target: Path, workers: int) -> tuple[float, float]:
    """Convert in a new process; return seconds and peak memory in MB."""
    command = [sys.executable, "-c", CONVERT, str(source), str(target), str(workers)]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    seconds, memory = map(float, done.stdout.split())
    return seconds, memory


def main() -> None:
    """Measure and report."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[10000, 20000])
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--folder", type=Path, default=ROOT / "build" / "bench")
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    lines = [
        "| raster | stored in | workers | to FLAC | peak memory | size | to GeoTIFF | peak memory "
        "|",
        "|---|---|---|---|---|---|---|---|",
    ]
    for size in arguments.sizes:
        for tiled in (True, False) if size == max(arguments.sizes) else (True,):
            source = arguments.folder / f"large_{size}.tif"
            make_raster(source, size, tiled)
            for workers in arguments.workers:
                flac, back = source.with_suffix(".flac"), source.with_suffix(".back.tif")
                there, memory_there = run(source, flac, workers)
                again, memory_again = run(flac, back, workers)
                share = flac.stat().st_size / (2 * size * size)
                lines.append(
                    f"| {size} x {size} uint16 | {'tiles' if tiled else 'rows'} | {workers} | "
                    f"{there:.1f} s | "
                    f"{memory_there:.0f} MB | {share:.1%} of raw | {again:.1f} s | "
                    f"{memory_again:.0f} MB |"
                )
                sys.stderr.write(lines[-1] + "\n")
                back.unlink()
                flac.unlink()
            source.unlink()
    text = "\n".join(lines) + "\n"
    (arguments.folder / "large_raster.md").write_text(text)
    sys.stdout.write(text)


if __name__ == "__main__":
    main()
