"""Cost of storing all bands, a few bands or single bands in a tile.

    python benchmarks/interleave.py RASTER_OR_FOLDER [...] [--efforts fast balanced]

Every multiband raster is written with 1, 2, 4, 8 and all bands per tile, and so are stacks
generated from the raster with most bands: spectra, whose neighboring bands are similar, and dates,
which are less so. Reading is that of the whole level 0. Writes ``interleave.md`` to ``build/bench``
and prints it.
"""

from __future__ import annotations

import argparse
import sys
import time
import warnings
from collections.abc import Iterator
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from flac_raster_qgis.engine import (  # noqa: E402
    ArrayRaster,
    Band,
    FlacRaster,
    RasterMetadata,
    WriteOptions,
    write_raster,
)

GROUPS = (1, 2, 4, 8)
#: Side of the generated stacks in pixels.
SIDE = 512


def multiband(names: list[str]) -> Iterator[tuple[str, ArrayRaster]]:
    """Yield the rasters of several bands among files and folders."""
    import rasterio

    paths = [
        path
        for name in map(Path, names)
        for path in (sorted(name.glob("*.tif")) if name.is_dir() else [name])
    ]
    for path in paths:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with rasterio.open(path) as dataset:
                if dataset.count > 1:
                    yield path.stem, as_raster(dataset.read(), dataset.nodata)


def as_raster(array: np.ndarray, nodata: float | None = None) -> ArrayRaster:
    """Return a raster of pixels."""
    bands = tuple(Band(nodata=nodata) for _ in array)
    return ArrayRaster(RasterMetadata(*array.shape[:0:-1], array.dtype.name, bands), array)


def spectra(bands: np.ndarray, count: int) -> np.ndarray:
    """Interpolate a spectrum of ``count`` narrow bands for each pixel of a few broad ones.

    Each narrow band has noise of its own, and shares texture with its neighbours.
    """
    generator = np.random.default_rng(1)
    place = np.linspace(0, len(bands) - 1, count)
    weights = np.stack([np.interp(place, range(len(bands)), row) for row in np.eye(len(bands))])
    textures = generator.normal(0, 20, (3, *bands.shape[1:]))
    result = np.empty((count, *bands.shape[1:]), np.uint16)
    for n, where in enumerate(place):
        pixels = 40 * np.tensordot(weights[:, n], bands, 1)
        pixels += sum(np.sin((k + 1) * where) * texture for k, texture in enumerate(textures))
        pixels += generator.normal(0, 12, pixels.shape)
        result[n] = np.clip(np.rint(pixels), 0, 65535)
    return result


def dates(band: np.ndarray, count: int) -> np.ndarray:
    """Change one band from date to date: light, slowly varying weather, and noise."""
    generator = np.random.default_rng(2)
    rows, columns = (axis / 90 for axis in np.mgrid[: band.shape[0], : band.shape[1]])
    result = np.empty((count, *band.shape), np.uint16)
    for n in range(count):
        a, b, c, d = generator.uniform(0, 6, 4)
        field = np.sin(a + rows * b / 3) * np.cos(c + columns * d / 3)
        pixels = 40 * band * (1 + 0.3 * field) + 400 + generator.normal(0, 40, band.shape)
        result[n] = np.clip(np.rint(pixels), 0, 65535)
    return result


def measure(raster: ArrayRaster, tile_bands: int, effort: str, path: Path) -> list[float]:
    """Return sizes of file and of one, three and all bands, and seconds to decode one and all."""
    count = raster.metadata.count
    write_raster(raster, path, WriteOptions(effort=effort, tile_bands=tile_bands, workers=1))
    spread = [(2 * n + 1) * count // 6 + 1 for n in range(3)]
    with FlacRaster.open(path, workers=1) as found:
        ones = [found.plan(bands=[band]).tile_bytes for band in range(1, count + 1)]
        three = found.plan(bands=spread).tile_bytes
        everything = found.plan().tile_bytes
        seconds = []
        for bands in ([count // 2 + 1], None):
            times = []
            for _ in range(5):
                started = time.process_time()
                found.read(bands=bands)
                times.append(time.process_time() - started)
            seconds.append(min(times))
    return [path.stat().st_size, float(np.mean(ones)), three, everything, *seconds]


def main() -> None:
    """Measure and report."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("rasters", nargs="+")
    parser.add_argument("--efforts", nargs="+", default=["fast", "balanced"])
    arguments = parser.parse_args()
    folder = ROOT / "build" / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    rasters = dict(multiband(arguments.rasters))
    base = max(rasters.values(), key=lambda raster: raster.metadata.count)._array[:, :SIDE, :SIDE]
    for count in (12, 100):
        rasters[f"spectra of {count}"] = as_raster(spectra(base.astype(np.float64), count))
    rasters["24 dates"] = as_raster(dates(base[0].astype(np.float64), 24))
    lines = [
        "| raster | bands | effort | in a tile | file | reads 1 band | 3 bands | all | decodes 1 "
        "band | all |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    for name, raster in rasters.items():
        count = raster.metadata.count
        for effort in arguments.efforts:
            for tile_bands in sorted({*(n for n in GROUPS if n < count), count}):
                found = measure(raster, tile_bands, effort, folder / "interleave.flac")
                raw = raster._array.nbytes
                shares = " | ".join(f"{part / raw:.2%}" for part in found[:4])
                times = " | ".join(f"{1000 * seconds:.1f} ms" for seconds in found[4:])
                lines.append(f"| {name} | {count} | {effort} | {tile_bands} | {shares} | {times} |")
                sys.stderr.write(lines[-1] + "\n")
    (folder / "interleave.flac").unlink()
    text = "\n".join(lines) + "\n"
    (folder / "interleave.md").write_text(text)
    sys.stdout.write(text)


if __name__ == "__main__":
    main()
