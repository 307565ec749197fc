"""Choose how a raster is divided into tiles: their pixels, their bands, and the levels.

See docs/format.md for the measurements behind the choices.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ..model.grid import Grid, default_tile_size
from ..model.metadata import RasterMetadata
from ..model.time_table import date_counts
from .options import WriteOptions

#: What ``auto`` puts into one tile.
AUTO_TILE_BANDS = 4
#: Most bands of a date that ``auto`` keeps together.
MAX_DATE_BANDS = 16
#: Size of tiles where the history of a pixel would take more bytes than this in larger ones, at
#: about half of its uncompressed size.
SERIES_TILE_SIZE, MAX_SERIES_BYTES = 128, 8_000_000
#: Most tiles of a file with tiles of that size: their index must not take longer to download than
#: a history.
MAX_SERIES_TILES = 1 << 18


def choose_grid(metadata: RasterMetadata, options: WriteOptions) -> Grid:
    """Return the grid of a file: what options leave open is chosen."""
    dates, of_a_date = date_counts(metadata)
    bands = options.tile_bands or tile_bands(metadata.count, options.interleave, of_a_date)
    bands = min(bands, metadata.count)
    size = options.tile_size or default_tile_size(metadata.width, metadata.height)
    grid = Grid.pyramid(metadata.width, metadata.height, size, metadata.count, bands)
    if options.overview_resampling == "none":
        grid = replace(grid, level_count=1)
    if options.tile_size is None and dates > 1 and _series_bytes(metadata, grid) > MAX_SERIES_BYTES:
        # as many levels as before: overviews of what a few tiles show would be a third of the file
        smaller = replace(grid, tile_size=min(size, SERIES_TILE_SIZE))
        if smaller.tile_count <= MAX_SERIES_TILES:
            return smaller
    return grid


def _series_bytes(metadata: RasterMetadata, grid: Grid) -> int:
    """Return about how many bytes of tiles have all values of a pixel."""
    pixels = grid.levels[0].tile_pixels * metadata.count
    return pixels * np.dtype(metadata.dtype).itemsize // 2


def tile_bands(count: int, interleave: str, of_a_date: int = 1) -> int:
    """Choose how many of a raster's bands share a tile; see `WriteOptions`.

    Where each date has as many bands, ``auto`` puts whole dates into a tile, so that showing one
    does not read others.
    """
    auto = AUTO_TILE_BANDS
    if of_a_date <= auto:
        auto -= auto % of_a_date
    elif of_a_date <= MAX_DATE_BANDS:
        auto = of_a_date
    return min(count, {"pixel": count, "band": 1, "auto": auto}[interleave])
