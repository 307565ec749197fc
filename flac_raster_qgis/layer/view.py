"""Which stored pixels show a rectangle of the map: the level, its tiles, and where each goes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple, Union

import numpy as np

from ..engine.grid import Bounds, Grid, Level, TileKey, level_for
from .georeference import Georeference

#: Factor by which pixels of a level may be larger than those of a view: GDAL draws overviews by the
#: same rule, and it saves three quarters of the pixels for a difference that is hard to see.
_COARSER = 1.2
#: A run of indexes as a slice where they are consecutive, which numpy copies much faster.
Index = Union[slice, np.ndarray]


class Part(NamedTuple):
    """The pixels that one tile gives to a view.

    Parameters
    ----------
    key : TileKey
        The first of the tiles of these pixels, whichever band is shown.
    target : index
        Where they go, an index into an array of the view's shape.
    rows, columns : index
        Where they are in the tile.
    crossed : bool
        Whether rows and columns span a rectangle; otherwise they go together one by one.
    """

    key: TileKey
    target: tuple[Index, Index] | np.ndarray
    rows: Index
    columns: Index
    crossed: bool

    def of(self, plane: np.ndarray) -> np.ndarray:
        """Take these pixels out of a band or mask of the tile."""
        if self.crossed:
            return plane[self.rows][:, self.columns]
        return plane[self.rows, self.columns]


@dataclass(frozen=True)
class View:
    """A rectangle of the map as a grid of pixels, each shown by the nearest pixel of one level.

    Parameters
    ----------
    level : Level
    rows, columns : ndarray of int
        Pixel of the level for each pixel of the view, -1 outside the raster: shapes (height,) and
        (width,) where rows and columns run along the axes, else both (height, width).
    """

    level: Level
    rows: np.ndarray
    columns: np.ndarray

    @property
    def shape(self) -> tuple[int, int]:
        """Height and width."""
        if self.rows.ndim == 2:
            return self.rows.shape  # type: ignore[return-value]
        return len(self.rows), len(self.columns)

    def parts(self) -> Iterator[Part]:
        """Yield what each tile contributes, in the order of the file."""
        size = self.level.tile_size
        if self.rows.ndim == 1:
            for row, target_rows, rows in _runs(self.rows, size):
                for column, target_columns, columns in _runs(self.columns, size):
                    key = TileKey(self.level.number, row, column)
                    yield Part(key, (target_rows, target_columns), rows, columns, crossed=True)
            return
        tiles = np.where(self.rows < 0, -1, self.rows // size * self.level.columns)
        tiles = np.where(tiles < 0, -1, tiles + self.columns // size)
        for number in np.unique(tiles[tiles >= 0]).tolist():
            target = tiles == number
            row, column = divmod(number, self.level.columns)
            rows, columns = self.rows[target] - row * size, self.columns[target] - column * size
            key = TileKey(self.level.number, row, column)
            yield Part(key, target, rows, columns, crossed=False)


def plan_view(
    place: Georeference,
    grid: Grid,
    bounds: Bounds,
    width: int,
    height: int,
    *,
    level: Level | None = None,
) -> View:
    """Choose the level and the pixels that show ``bounds`` in ``width`` × ``height`` pixels.

    Parameters
    ----------
    place : Georeference
    grid : Grid
    bounds : Bounds
        May reach beyond the raster.
    width, height : int
    level : Level, optional
        Default: the coarsest whose pixels are not larger than those of the view, or hardly larger.
    """
    xmin, ymin, xmax, ymax = bounds
    across, down = (xmax - xmin) / width, (ymax - ymin) / height
    if level is None:
        pixel_width, pixel_height = place.pixel_size
        reduction = min(across / pixel_width, down / pixel_height)
        level = level_for(grid, reduction * _COARSER if reduction > 1 else reduction)
    xs = xmin + (np.arange(width) + 0.5) * across
    ys = ymax - (np.arange(height) + 0.5) * down
    if place.axis_aligned:
        columns = _in_level(place.columns_at(xs), place.columns, level, level.width)
        rows = _in_level(place.rows_at(ys), place.rows, level, level.height)
        return View(level, rows, columns)
    row_positions, column_positions = place.positions_at(xs, ys)
    rows = _in_level(row_positions, place.rows, level, level.height)
    columns = _in_level(column_positions, place.columns, level, level.width)
    outside = (rows < 0) | (columns < 0)
    rows[outside] = columns[outside] = -1
    return View(level, rows, columns)


def _in_level(positions: np.ndarray, shown: tuple[int, int], level: Level, size: int) -> np.ndarray:
    """Pixels of the level for positions at full resolution, -1 outside of what is shown."""
    inside = (positions >= shown[0]) & (positions < shown[1])
    # what is outside may be too large for an integer
    pixels = np.where(inside, positions, 0).astype(np.int64) >> level.number
    return np.where(inside, np.minimum(pixels, size - 1), -1)


def _runs(indexes: np.ndarray, size: int) -> list[tuple[int, Index, Index]]:
    """Cut one axis by tile: number of the tile, places in the view, places in the tile."""
    tiles = np.where(indexes < 0, -1, indexes // size)
    runs = []
    for number in np.unique(tiles[tiles >= 0]).tolist():
        places = np.flatnonzero(tiles == number)
        runs.append((number, _as_slice(places), _as_slice(indexes[places] - number * size)))
    return runs


def _as_slice(indexes: np.ndarray) -> Index:
    first, last = int(indexes[0]), int(indexes[-1])
    if last - first + 1 == len(indexes) and (np.diff(indexes) == 1).all():
        return slice(first, last + 1)
    return indexes
