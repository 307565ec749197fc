"""Size of tile statistics in the file header, and the headers that fit into the first read.

    python -m benchmarks.header_size FOLDER

Uses every raster of a folder with tiles of 64 pixels, so that there are many, and the statistics of
generated terrain of up to 48,000 x 48,000 pixels with tiles of 512.
"""

from __future__ import annotations

import argparse
import tempfile
from functools import cache
from pathlib import Path

import numpy as np
from flac_raster_qgis.engine import Band, FlacRaster, RasterMetadata, convert
from flac_raster_qgis.engine.format.header import PADDING, _length, build_tags
from flac_raster_qgis.engine.format.statistics import TileStatistics
from flac_raster_qgis.engine.format.tile_index import TileIndex
from flac_raster_qgis.engine.model.grid import Grid
from flac_raster_qgis.engine.storage.byte_source import FIRST_READ

#: Size of the first stream before the tags, in bytes.
HEAD = 250
TILE = 512
MOST = 94
PART = 21


@cache
def terrain(seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Return minimum and maximum of each of `MOST` x `MOST` tiles of a fractal surface."""
    side = MOST * PART
    generator = np.random.default_rng(seed)
    across, down = np.fft.rfftfreq(side), np.fft.fftfreq(side)[:, np.newaxis]
    frequency = np.hypot(down, across)
    frequency[0, 0] = 1
    spectrum = np.fft.rfft2(generator.normal(size=(side, side))) * frequency**-1.9
    heights = np.fft.irfft2(spectrum, s=(side, side))
    heights = 3000 * (heights - heights.min()) / np.ptp(heights)
    parts = heights.reshape(MOST, PART, MOST, PART)
    return parts.min(axis=(1, 3)), parts.max(axis=(1, 3))


def tags(columns: int, dtype: str, bands: int, *, listed: bool) -> tuple[dict[str, str], Grid, int]:
    """Return the tags of terrain, its grid, and the level of the listed squares."""
    side = TILE * columns
    metadata = RasterMetadata(side, side, dtype, (Band(),) * bands, "EPSG:32632")
    grid = Grid.pyramid(side, side, TILE, bands, min(4, bands))
    statistics = TileStatistics.empty(grid, np.dtype(dtype))
    scale = 0.08 if dtype == "uint8" else 1
    for band in range(bands):
        low, high = terrain(band)
        statistics.minimum[band] = low[:columns, :columns] * scale
        statistics.maximum[band] = high[:columns, :columns] * scale
    statistics.valid[...] = True
    generator = np.random.default_rng(0)
    sizes = generator.normal(200_000, 40_000, grid.tile_count).astype(np.int64)
    made = build_tags(
        metadata,
        TileIndex.of(grid, sizes, 0),
        title="terrain",
        date="2024-01-01",
        statistics=statistics if listed else None,
        codings={"lattice": (grid.tile_count, int(sizes.sum()))},
        header_size=HEAD,
    )
    text = made.get("GEOSPATIAL_STATISTICS")
    level = -1
    if text is not None:
        level = TileStatistics.from_text(text, grid, np.dtype(dtype), "terrain").level
    return made, grid, level


def head(made: dict[str, str]) -> int:
    """Return the size of the header before the first frame."""
    return HEAD + _length(made) + PADDING + 8


def last(fits) -> int:
    """Return the largest number of tile columns that fits, by bisection."""
    low, high = 1, MOST
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if fits(middle) else (low, middle - 1)
    return low


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path, help="folder of .tif")
    options = parser.parse_args()
    print("| raster | data type | bands | index, bytes a square | statistics |")
    print("|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for path in sorted(options.folder.glob("*.tif")):
            flac = Path(folder, "x.flac")
            convert(path, flac, overwrite=True, tile_size=64, effort="fast")
            with FlacRaster.open(flac) as raster:
                squares = raster.levels[0].tile_rows * raster.levels[0].tile_columns
                index, text = (
                    len(raster.head.tags[f"GEOSPATIAL_{key}"])
                    for key in ("SPATIAL_INDEX", "STATISTICS")
                )
                cells = path.stem, raster.dtype, raster.metadata.count
                print(f"| {' | '.join(map(str, cells))} | {index / squares:.1f} ", end="")
                print(f"| {text / squares:.1f} |")
    print(
        "\n| terrain | index + statistics, bytes a square of 20,000 x 20,000 pixels "
        "| no statistics | of each tile only | of squares, too |"
    )
    print("|---|---|---|---|---|")
    for dtype, bands in (
        ("uint8", 1),
        ("uint8", 3),
        ("int16", 1),
        ("float32", 1),
        ("float64", 1),
        ("int16", 12),
    ):
        found, _, _ = tags(40, dtype, bands, listed=True)
        cells = []
        for listed, most in ((False, -1), (True, 0), (True, 99)):

            def fits(columns: int, listed: bool = listed, most: int = most) -> bool:
                made, _, level = tags(columns, dtype, bands, listed=listed)  # noqa: B023
                return head(made) <= FIRST_READ and level <= most

            columns = last(fits)
            count = tags(columns, dtype, bands, listed=listed)[1].tile_count
            cells.append(f"{count:,} tiles ({columns * TILE:,} pixels)")
        index, text = (
            len(found[f"GEOSPATIAL_{key}"]) / 1600 for key in ("SPATIAL_INDEX", "STATISTICS")
        )
        print(f"| {dtype}, {bands} | {index:.1f} + {text:.1f} | {' | '.join(cells)} |")


if __name__ == "__main__":
    main()
