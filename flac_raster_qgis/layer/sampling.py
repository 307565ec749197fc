"""Fill a view with the pixels of one band, out of the tiles that show it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Callable

import numpy as np

from ..engine.errors import FlacRasterError
from ..engine.grid import Bounds, Window
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
    parts = {opened.key_with(band, part.key): part for part in view.parts()}
    keep = opened.worth_keeping(band, max(1, len(parts)))
    for key, tile in opened.tiles(list(parts), (band,), keep, is_cancelled):
        if isinstance(tile, FlacRasterError):
            on_error(tile)
        else:
            _fill(values, there, parts[key], tile.bands[band], tile.mask)
    return values, there


def preview(
    opened: OpenRaster, bounds: Bounds, width: int, height: int, band: int
) -> tuple[np.ndarray, np.ndarray]:
    """Show at once what is in memory, on top of the coarsest level; see `read_view`.

    Nothing is read but the coarsest level, and that only where it is a single tile.
    """
    coarse = plan_view(opened.place, opened.grid, bounds, width, height, coarsest=True)
    if coarse.level.rows == coarse.level.columns == 1:
        values, there = read_view(opened, coarse, band)
    else:
        values = np.zeros(coarse.shape, opened.metadata.dtype)
        there = np.zeros(coarse.shape, bool)
    for part in plan_view(opened.place, opened.grid, bounds, width, height).parts():
        tile = opened.cached(opened.key_with(band, part.key), (band,))
        if tile is not None:
            _fill(values, there, part, tile.bands[band], tile.mask)
    return values, there


def read_pixel(opened: OpenRaster, x: float, y: float, bands: Collection[int]) -> list[np.generic]:
    """Return the pixel of full resolution at a point, one value per band, none outside.

    Raises
    ------
    FlacRasterError
    """
    found = opened.place.pixel_at(x, y)
    if found is None:
        return []
    row, column = found
    size = opened.grid.tile_size
    inside = row % size, column % size
    pixel = Window(column, row, 1, 1)
    keys = opened.grid.levels[0].keys_in(pixel, [number - 1 for number in bands])
    values: dict[int, np.generic] = {}
    for _, tile in opened.tiles(keys, bands, opened.affordable(keys) or bands):
        if isinstance(tile, FlacRasterError):
            raise tile
        if tile.mask is not None and not tile.mask[inside]:
            return []
        values.update((number, plane[inside]) for number, plane in tile.bands.items())
    return [values[number] for number in bands]


def _fill(
    values: np.ndarray,
    there: np.ndarray,
    part: Part,
    plane: np.ndarray,
    mask: np.ndarray | None,
) -> None:
    values[part.target] = part.of(plane)
    there[part.target] = True if mask is None else part.of(mask)
