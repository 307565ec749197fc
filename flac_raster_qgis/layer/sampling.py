"""Fill a view with the pixels of one band, out of the tiles that show it."""

from __future__ import annotations

from typing import Callable

import numpy as np

from ..engine.errors import FlacRasterError
from ..engine.grid import Bounds
from ..engine.parallel import IsCancelled, never_cancelled
from .opened import OpenRaster
from .view import Part, View, plan_view


def read_view(
    opened: OpenRaster,
    view: View,
    band: int,
    is_cancelled: IsCancelled = never_cancelled,
    on_error: Callable[[FlacRasterError], None] = lambda error: None,
) -> tuple[np.ndarray, np.ndarray]:
    """Read the pixels of one band that a view shows.

    Parameters
    ----------
    opened : OpenRaster
    view : View
    band : int
        From 1.
    is_cancelled : callable
        Asked between tiles.
    on_error : callable
        Told of each tile that cannot be read; its pixels are missing, all others are there.

    Returns
    -------
    values : ndarray, shape view.shape, of the raster's dtype
        0 where there is nothing.
    there : ndarray of bool, shape view.shape
        False outside the raster and where its own mask says so.

    Raises
    ------
    Cancelled
    """
    values = np.zeros(view.shape, opened.metadata.dtype)
    there = np.zeros(view.shape, bool)
    parts = {part.key: part for part in view.parts()}
    for key, tile in opened.tiles(list(parts), is_cancelled):
        if isinstance(tile, FlacRasterError):
            on_error(tile)
        else:
            _fill(values, there, parts[key], tile.pixels[band - 1], tile.mask)
    return values, there


def preview(
    opened: OpenRaster, bounds: Bounds, width: int, height: int, band: int
) -> tuple[np.ndarray, np.ndarray]:
    """Show at once what is in memory, on top of the coarsest level; see `read_view`.

    Nothing is read but the coarsest level, and that only where it is a single tile.
    """
    coarse = plan_view(opened.place, opened.grid, bounds, width, height, coarsest=True)
    if coarse.level.tile_count == 1:
        values, there = read_view(opened, coarse, band)
    else:
        values = np.zeros(coarse.shape, opened.metadata.dtype)
        there = np.zeros(coarse.shape, bool)
    for part in plan_view(opened.place, opened.grid, bounds, width, height).parts():
        tile = opened.cached(part.key)
        if tile is not None:
            _fill(values, there, part, tile.pixels[band - 1], tile.mask)
    return values, there


def read_pixel(opened: OpenRaster, x: float, y: float) -> list[np.generic]:
    """Return the pixel of full resolution at a point, one value per band, none outside.

    Raises
    ------
    FlacRasterError
    """
    found = opened.place.pixel_at(x, y)
    if found is None:
        return []
    row, column = found
    level = opened.grid.levels[0]
    (key,) = level.keys_in(level.window._replace(col_off=column, row_off=row, width=1, height=1))
    tile = opened.tile(key)
    inside = row - key.row * level.tile_size, column - key.column * level.tile_size
    if tile.mask is not None and not tile.mask[inside]:
        return []
    return list(tile.pixels[(slice(None), *inside)])


def _fill(
    values: np.ndarray, there: np.ndarray, part: Part, plane: np.ndarray, mask: np.ndarray
) -> None:
    values[part.target] = part.of(plane)
    there[part.target] = True if mask is None else part.of(mask)
