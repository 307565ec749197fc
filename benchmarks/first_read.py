"""Cost of other sizes of the first read, and of other gaps between ranges.

    python -m benchmarks.first_read --corpus FOLDER [--enlarge 4] [--folder build/bench]

Every raster is converted to FLAC with tiles of 512 pixels. The requests of a view follow from the
tile index, by the functions of the reader. Rasters are enlarged by mirroring, because most samples
are small.

Times are computed: a connection takes two round trips (TCP, TLS), a request one more. Concurrent
requests use up to six connections, one of which is open already, and share the bandwidth. The first
read starts with TCP's initial window of 14.6 kB, doubled with each round trip.

Writes ``first_read.md`` to the folder and prints it.
"""

from __future__ import annotations

import argparse
import math
import statistics
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from flac_raster_qgis.engine import FlacRaster, Window, convert
from flac_raster_qgis.engine.storage.byte_source import FIRST_READ
from flac_raster_qgis.engine.storage.ranges import GAP, coalesce, exclude_prefix
from flac_raster_qgis.engine.storage.remote.range_source import PARALLEL

FIRST_READS = (16 << 10, 32 << 10, 64 << 10, 128 << 10)
GAPS = (0, 16 << 10, 32 << 10, 64 << 10, 128 << 10, 256 << 10)
#: Round trip in seconds, and bytes per second.
NETWORKS = {"20 ms, 100 Mbit/s": (0.02, 12.5e6), "80 ms, 20 Mbit/s": (0.08, 2.5e6)}
SIDE = 500


def prepare(source: Path, folder: Path, times: int) -> Path:
    """Convert a raster to FLAC, enlarged by mirroring it."""
    import rasterio

    flac = folder / f"{source.stem}.flac"
    if not flac.exists():
        large = folder / f"{source.stem}.large.tif"
        with rasterio.open(source) as dataset:
            array, profile = dataset.read(), dataset.profile
        row = np.concatenate([array, array[:, :, ::-1]] * (times // 2) or [array], axis=2)
        array = np.concatenate([row, row[:, ::-1]] * (times // 2) or [row], axis=1)
        profile.update(driver="GTiff", width=array.shape[2], height=array.shape[1])
        with rasterio.open(large, "w", **profile) as dataset:
            dataset.write(array)
        convert(large, flac, tile_size=512, overwrite=True)
        large.unlink()
    return flac


def views(raster: FlacRaster) -> dict[str, list[tuple[int, Window]]]:
    """Return windows of 500 pixels at full resolution, and the whole raster at about that size."""
    generator = np.random.default_rng(5)
    whole = raster.levels[0]
    windows = [
        Window(
            int(generator.integers(0, max(0, whole.width - SIDE) + 1)),
            int(generator.integers(0, max(0, whole.height - SIDE) + 1)),
            min(SIDE, whole.width),
            min(SIDE, whole.height),
        )
        for _ in range(5)
    ]
    # GDAL also accepts a level that is up to 1.2 times too coarse
    fitting = [level for level in raster.levels if max(level.width, level.height) >= SIDE / 1.2]
    level = fitting[-1] if fitting else whole
    return {"window": [(0, w) for w in windows], "zoomed out": [(level.number, level.window)]}


def cost(raster: FlacRaster, level: int, window: Window, first: int, gap: int) -> list[list[int]]:
    """Return the sizes of the requests of each round, from opening to the pixels."""
    size, head = raster.source.size, raster.head.index.frames_start
    waves = [[min(first, size)]]
    if head > first:
        waves.append([min(head + first, size) - first])
        first += waves[-1][0]
    ranges = raster.plan(window, level).stored.ranges
    waves.append([length for _, length in coalesce(exclude_prefix(ranges, first), gap)])
    return [wave for wave in waves if wave]


def seconds(waves: list[list[int]], round_trip: float, bandwidth: float) -> float:
    """Return the time of a view, as modeled in the docstring of the module."""
    total = (1 + math.ceil(math.log2(waves[0][0] / 14_600 + 1))) * round_trip
    for number, wave in enumerate(waves):
        rounds = -(-len(wave) // PARALLEL)
        more_connections = 2 if number == len(waves) - 1 and len(wave) > 1 else 0
        total += (rounds + more_connections) * round_trip + sum(wave) / bandwidth
    return total


def mean(values: list[float]) -> float:
    """Return the mean; 0 of no values."""
    return statistics.fmean(values) if values else 0.0


def settings_table(rasters: list[FlacRaster], kind: str) -> Iterator[str]:
    """Yield the lines of the table of a kind of view."""
    yield f"\n{kind}, mean of {len(rasters)} rasters:\n"
    yield f"| first read | gap | requests | kB | {' | '.join(f's at {n}' for n in NETWORKS)} |"
    yield "|---|---|---|---|" + "---|" * len(NETWORKS)
    for first in FIRST_READS:
        for gap in GAPS:
            all_waves = [
                cost(raster, level, window, first, gap)
                for raster in rasters
                for level, window in views(raster)[kind]
            ]
            cells = [
                f"{first >> 10} kB",
                f"{gap >> 10} kB",
                f"{mean([sum(map(len, waves)) for waves in all_waves]):.2f}",
                f"{mean([sum(map(sum, waves)) for waves in all_waves]) / 1000:.0f}",
                *(
                    f"{mean([seconds(waves, *network) for waves in all_waves]):.3f}"
                    for network in NETWORKS.values()
                ),
            ]
            yield f"| {' | '.join(cells)} |"


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--corpus", type=Path, required=True, help="folder of .tif")
    parser.add_argument("--enlarge", type=int, default=4, help="times in each direction, even")
    parser.add_argument("--folder", type=Path, default=Path("build/bench"))
    options = parser.parse_args()
    folder = options.folder / f"first-read-{options.enlarge}"
    folder.mkdir(parents=True, exist_ok=True)
    sources = sorted(options.corpus.glob("*.tif"))
    rasters = [FlacRaster.open(prepare(path, folder, options.enlarge)) for path in sources]
    lines = [f"First read {FIRST_READ >> 10} kB, gap {GAP >> 10} kB."]
    for kind in ("window", "zoomed out"):
        lines += settings_table(rasters, kind)
    text = "\n".join(lines)
    (options.folder / "first_read.md").write_text(text + "\n")
    print(text)


if __name__ == "__main__":
    main()
