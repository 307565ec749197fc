"""Read the pixels of one band for a view."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial
from typing import Callable

import numpy as np

from ..engine.errors import FlacRasterError
from ..engine.job import NO_JOB, Job
from ..engine.model.grid import Level, TileKey, Window
from ..engine.model.transform import Bounds
from .open_raster import OpenRaster
from .view import TileSlice, View, plan_view


def read_view(
    opened: OpenRaster,
    view: View,
    band: int,
    job: Job = NO_JOB,
    on_error: Callable[[FlacRasterError], None] = lambda error: None,
    on_new_data: Callable[[], None] | None = None,
) -> tuple[np.ndarray, np.ndarray]:
    """Read the pixels of one band that a view shows; ``job`` is polled several times per second.

    ``on_error`` gets the error of each damaged tile. ``on_new_data`` is called whenever
    `read_preview` would show more pixels, while tiles are missing; the coarsest level is then read
    first if it is a single tile.

    Returns
    -------
    values : ndarray, shape view.shape, of the raster's dtype
        0 for pixels outside the raster.
    valid : ndarray of bool, shape view.shape
        False outside the raster, for masked pixels and for damaged tiles.

    Raises
    ------
    RemoteError
        If a server fails.
    Cancelled
    """
    values = np.zeros(view.shape, opened.metadata.dtype)
    valid = np.zeros(view.shape, bool)
    stored = _fill_empty_tiles(opened, view, band, values, valid)
    slices = {opened.key_of_band(band, part.key): part for part in stored}
    keys = list(slices)
    if on_new_data is not None and any(opened.cached(key, (band,)) is None for key in keys):
        coarsest = opened.key_of_band(band, TileKey(opened.grid.level_count - 1, 0, 0))
        if _is_single(opened.grid.levels[-1]) and opened.cached(coarsest, (band,)) is None:
            keys = [coarsest, *(key for key in keys if key != coarsest)]
        on_new_data()
    else:
        on_new_data = None
    keep = opened.bands_to_cache(band, max(1, len(slices)))
    for key, tile in opened.tiles(keys, (band,), keep, job):
        if isinstance(tile, FlacRasterError):
            on_error(tile)
        elif key in slices:
            _fill(values, valid, slices[key], tile.bands[band], tile.mask)
        if on_new_data is not None:
            on_new_data()
    return values, valid


def read_preview(
    opened: OpenRaster, bounds: Bounds, width: int, height: int, band: int
) -> tuple[np.ndarray, np.ndarray]:
    """Return the cached pixels of a view, finer levels on top of coarser ones; see `read_view`.

    Only the coarsest level may be read, if it is a single tile of a local file.
    """
    grid = opened.grid
    view = plan_view(opened.georeference, grid, bounds, width, height)
    values = np.zeros(view.shape, opened.metadata.dtype)
    valid = np.zeros(view.shape, bool)
    for level in reversed(grid.levels[view.level.number :]):
        if level.number != view.level.number:
            level_view = plan_view(opened.georeference, grid, bounds, width, height, level=level)
        else:
            level_view = view
        if level.number == grid.level_count - 1 and _is_single(level) and not opened.is_remote:
            values, valid = read_view(opened, level_view, band)
            continue
        for part in _fill_empty_tiles(opened, level_view, band, values, valid):
            tile = opened.cached(opened.key_of_band(band, part.key), (band,))
            if tile is not None:
                _fill(values, valid, part, tile.bands[band], tile.mask)
    return values, valid


def _fill_empty_tiles(
    opened: OpenRaster, view: View, band: int, values: np.ndarray, valid: np.ndarray
) -> list[TileSlice]:
    """Fill in the tiles that contain only nodata, and return slices of the others."""
    slices, empty = view.slices(partial(opened.is_stored, view.level, band))
    if empty is not None:
        values[empty] = opened.nodata_pixel(band)
        valid |= empty
    return slices


def _is_single(level: Level) -> bool:
    """Return whether a level is a single tile."""
    return level.tile_rows == level.tile_columns == 1


def read_pixel(opened: OpenRaster, x: float, y: float, bands: Collection[int]) -> list[np.generic]:
    """Return one value per band of the pixel at a point at full resolution; empty outside."""
    position = opened.georeference.pixel_at(x, y)
    if position is None:
        return []
    row, column = position
    size = opened.grid.tile_size
    inside = row % size, column % size
    pixel = Window(column, row, 1, 1)
    tiles = opened.raster.tiles_in(pixel, bands=tuple(bands))
    keys = tiles.keys_at(opened.raster.head.index.stored(tiles).numbers)
    values: dict[int, np.generic] = {}
    for _, tile in opened.tiles(keys, bands, opened.cacheable_bands(keys) or bands):
        if isinstance(tile, FlacRasterError):
            raise tile
        if tile.mask is not None and not tile.mask[inside]:
            return []
        values.update((number, plane[inside]) for number, plane in tile.bands.items())
    # all other tiles contain only nodata
    return [values[n] if n in values else opened.nodata_pixel(n) for n in bands]


def _fill(
    values: np.ndarray,
    valid: np.ndarray,
    part: TileSlice,
    plane: np.ndarray,
    mask: np.ndarray | None,
) -> None:
    values[part.target] = part.take(plane)
    valid[part.target] = True if mask is None else part.take(mask)
