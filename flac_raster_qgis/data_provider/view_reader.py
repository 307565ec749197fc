"""Fill a view with the pixels of one band, out of the tiles that show it."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial
from typing import Callable

import numpy as np

from ..engine.errors import FlacRasterError
from ..engine.job import NO_JOB, Job
from ..engine.model.grid import Bounds, Level, TileKey, Window
from .open_raster import OpenRaster
from .view import Part, View, plan_view


def read_view(
    opened: OpenRaster,
    view: View,
    band: int,
    job: Job = NO_JOB,
    on_error: Callable[[FlacRasterError], None] = lambda error: None,
    on_new_data: Callable[[], None] | None = None,
) -> tuple[np.ndarray, np.ndarray]:
    """Read the pixels of one band that a view shows.

    Parameters
    ----------
    opened : OpenRaster
    view : View
    band : int
        From 1.
    job : Job, optional
        Asked many times a second.
    on_error : callable
        Told of each tile that cannot be read; its pixels are missing, all others are there.
    on_new_data : callable, optional
        Called whenever `preview` would show more than before, as long as tiles are missing. For its
        sake the coarsest level is fetched along, unless it is many tiles, and it stays in the place
        of what a server does not deliver.

    Returns
    -------
    values : ndarray, shape view.shape, of the raster's dtype
        0 where there is nothing.
    there : ndarray of bool, shape view.shape
        False outside the raster and where its own mask says so.

    Raises
    ------
    RemoteError
        If a server does not deliver and there is no preview that may stand in.
    Cancelled
    """
    values = np.zeros(view.shape, opened.metadata.dtype)
    there = np.zeros(view.shape, bool)
    found = _show_empty_tiles(opened, view, band, values, there)
    parts = {opened.key_with(band, part.key): part for part in found}
    keys = list(parts)
    if on_new_data is not None and any(opened.cached(key, (band,)) is None for key in keys):
        coarsest = opened.key_with(band, TileKey(opened.grid.level_count - 1, 0, 0))
        if _is_single(opened.grid.levels[-1]) and opened.cached(coarsest, (band,)) is None:
            keys = [coarsest, *(key for key in keys if key != coarsest)]
        on_new_data()
    else:
        on_new_data = None
    keep = opened.worth_keeping(band, max(1, len(parts)))
    for key, tile in opened.tiles(keys, (band,), keep, job):
        if isinstance(tile, FlacRasterError):
            on_error(tile)
        elif key in parts:
            _fill(values, there, parts[key], tile.bands[band], tile.mask)
        if on_new_data is not None:
            on_new_data()
    return values, there


def preview(
    opened: OpenRaster, bounds: Bounds, width: int, height: int, band: int
) -> tuple[np.ndarray, np.ndarray]:
    """Show what is in memory, finer levels on top of coarser ones; see `read_view`.

    Nothing is read but the coarsest level, and that only where it is a single tile of a local file.
    """
    grid = opened.grid
    view = plan_view(opened.georeference, grid, bounds, width, height)
    values = np.zeros(view.shape, opened.metadata.dtype)
    there = np.zeros(view.shape, bool)
    for level in reversed(grid.levels[view.level.number :]):
        if level.number != view.level.number:
            shown = plan_view(opened.georeference, grid, bounds, width, height, level=level)
        else:
            shown = view
        if level.number == grid.level_count - 1 and _is_single(level) and not opened.is_remote:
            values, there = read_view(opened, shown, band)
            continue
        for part in _show_empty_tiles(opened, shown, band, values, there):
            tile = opened.cached(opened.key_with(band, part.key), (band,))
            if tile is not None:
                _fill(values, there, part, tile.bands[band], tile.mask)
    return values, there


def _show_empty_tiles(
    opened: OpenRaster, view: View, band: int, values: np.ndarray, there: np.ndarray
) -> list[Part]:
    """Fill in the tiles of nothing but nodata, and return the others."""
    parts, empty = view.parts(partial(opened.takes_bytes, view.level, band))
    if empty is not None:
        values[empty] = opened.nodata_pixel(band)
        there |= empty
    return parts


def _is_single(level: Level) -> bool:
    """Whether one tile shows the whole level."""
    return level.rows == level.columns == 1


def read_pixel(opened: OpenRaster, x: float, y: float, bands: Collection[int]) -> list[np.generic]:
    """Return the pixel of full resolution at a point, one value per band, none outside.

    Raises
    ------
    FlacRasterError
    """
    found = opened.georeference.pixel_at(x, y)
    if found is None:
        return []
    row, column = found
    size = opened.grid.tile_size
    inside = row % size, column % size
    pixel = Window(column, row, 1, 1)
    tiles = opened.raster.tiles_in(pixel, bands=tuple(bands))
    keys = tiles.keys_at(opened.raster.head.index.stored(tiles).numbers)
    values: dict[int, np.generic] = {}
    for _, tile in opened.tiles(keys, bands, opened.affordable(keys) or bands):
        if isinstance(tile, FlacRasterError):
            raise tile
        if tile.mask is not None and not tile.mask[inside]:
            return []
        values.update((number, plane[inside]) for number, plane in tile.bands.items())
    # the other tiles hold nothing but nodata
    return [values[n] if n in values else opened.nodata_pixel(n) for n in bands]


def _fill(
    values: np.ndarray,
    there: np.ndarray,
    part: Part,
    plane: np.ndarray,
    mask: np.ndarray | None,
) -> None:
    values[part.target] = part.of(plane)
    there[part.target] = True if mask is None else part.of(mask)
