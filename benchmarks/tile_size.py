"""Cost and benefit of tile sizes.

    python -m benchmarks.tile_size FOLDER [--side 1536] [--folder build/bench]

Every raster of a folder, enlarged by rotated copies, is written with tiles of 128 to 1024 pixels.
Reports file size, bytes of random windows of 500 x 500 and views of 1280 x 800 pixels, and
processor time of one worker to write, to read windows, and to read everything, relative to tiles of
512 pixels, as geometric means. Writes ``tile_size.md`` and prints it.
"""

from __future__ import annotations

import statistics
import sys
import time
from pathlib import Path

import numpy as np
from flac_raster_qgis.engine import FlacRaster, Window, convert

from .remote.rasters import side_by_side
from .tables import options_of_enlarged

ROOT = Path(__file__).parent.parent
SIZES = (128, 256, 512, 1024)
VIEWS = {"window of 500 x 500": (500, 500), "view of 1280 x 800": (1280, 800)}
PLACES = 5


def timed(call) -> float:
    """Return the processor time of a call, the minimum of two."""
    found = []
    for _ in range(2):
        start = time.process_time()
        call()
        found.append(time.process_time() - start)
    return min(found)


def measure(source: Path, target: Path, size: int) -> dict[str, float]:
    """Write and read a raster with a tile size."""
    start = time.process_time()
    convert(source, target, tile_size=size, workers=1, overwrite=True)
    found = {"file": target.stat().st_size, "write": time.process_time() - start}
    random = np.random.default_rng(5)
    with FlacRaster.open(target, workers=1) as raster:
        whole = raster.levels[0]
        for name, (width, height) in VIEWS.items():
            windows = [
                Window(
                    int(random.integers(0, whole.width - width + 1)),
                    int(random.integers(0, whole.height - height + 1)),
                    width,
                    height,
                )
                for _ in range(PLACES)
            ]
            found[f"{name}: bytes"] = sum(raster.plan(window).tile_bytes for window in windows)
            found[f"{name}: read"] = timed(lambda w=windows: [raster.read(one) for one in w])
        found["read all"] = timed(raster.read)
    return found


def main() -> None:
    """Measure and report."""
    options = options_of_enlarged(__doc__, ROOT / "build" / "bench", 1536)
    source, target = (options.folder / f"tile_size.{suffix}" for suffix in ("tif", "flac"))
    ratios: dict[tuple[str, int], list[float]] = {}
    for path in sorted(options.corpus.glob("*.tif")):
        side_by_side(path, source, options.side)
        found = {size: measure(source, target, size) for size in SIZES}
        for size in SIZES:
            for name, value in found[size].items():
                ratios.setdefault((name, size), []).append(value / found[512][name])
        sys.stderr.write(f"{path.stem}\n")
    source.unlink()
    target.unlink()
    lines = [f"| | {' | '.join(map(str, SIZES))} |", "|---|" + "---|" * len(SIZES)]
    for name in dict.fromkeys(name for name, _ in ratios):
        cells = (f"{statistics.geometric_mean(ratios[name, size]):.3g}" for size in SIZES)
        lines.append(f"| {name} | {' | '.join(cells)} |")
    text = "\n".join(lines) + "\n"
    (options.folder / "tile_size.md").write_text(text)
    sys.stdout.write(text)


if __name__ == "__main__":
    main()
