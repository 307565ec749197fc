"""Map a rectangle of the map to stored pixels: the level, its tiles, and their positions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Callable, NamedTuple, Union

import numpy as np

from ..engine.model.grid import Grid, Level, TileKey, level_for_resolution
from ..engine.model.transform import Bounds
from .georeference import LayerGeoreference

#: Factor by which pixels of a level may be larger than those of a view. GDAL selects overviews by
#: the same rule, which saves three quarters of the pixels for a hardly visible difference.
_MAX_MAGNIFICATION = 1.2
#: Indexes; a slice where they are consecutive, which numpy copies much faster.
Index = Union[slice, np.ndarray]


class TileSlice(NamedTuple):
    """The pixels of a view that one tile contains: their positions in the view, and in the tile.

    The key is that of the first tile at this position, of any band. Rows and columns of a grid span
    a rectangle; otherwise they are pairs.
    """

    key: TileKey
    target: tuple[Index, Index]
    rows: Index
    columns: Index
    is_grid: bool

    def take(self, plane: np.ndarray) -> np.ndarray:
        """Return these pixels of a band or mask of the tile."""
        if self.is_grid:
            return plane[self.rows][:, self.columns]
        return plane[self.rows, self.columns]


@dataclass(frozen=True)
class View:
    """A rectangle of the map as a grid of pixels, each mapped to the nearest pixel of a level.

    Rows and columns are -1 outside the raster. Their shapes are (height,) and (width,) where they
    run along the axes, else both (height, width).
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

    def slices(
        self, is_stored: Callable[[np.ndarray, np.ndarray], np.ndarray]
    ) -> tuple[list[TileSlice], np.ndarray | None]:
        """Return the pixels of each tile, and those of tiles that contain only nodata.

        The time depends on the pixels of the view and the stored tiles, not on empty tiles.

        Parameters
        ----------
        is_stored : callable
            Given rows and columns of tiles, two arrays that broadcast, returns whether each tile
            has a size other than 0.

        Returns
        -------
        slices : list of TileSlice
            One per stored tile, in the order of the file.
        empty : ndarray of bool, shape self.shape, optional
            None if there are none.
        """
        return self._grid_slices(is_stored) if self.rows.ndim == 1 else self._pair_slices(is_stored)

    def _grid_slices(self, is_stored: Callable) -> tuple[list[TileSlice], np.ndarray | None]:
        size, level = self.level.tile_size, self.level.number
        rows, row_targets, row_indexes = _split(self.rows // size)
        columns, column_targets, column_indexes = _split(self.columns // size)
        stored = is_stored(rows[:, np.newaxis], columns)
        slices = []
        for r, c in np.argwhere(stored).tolist():
            key = TileKey(level, int(rows[r]), int(columns[c]))
            target = row_targets[r], column_targets[c]
            inside = (
                _as_slice(self.rows[target[0]] - key.row * size),
                _as_slice(self.columns[target[1]] - key.column * size),
            )
            slices.append(TileSlice(key, target, *inside, is_grid=True))
        if stored.all():
            return slices, None
        empty = np.zeros(self.shape, bool)
        inside_raster = np.ix_(self.rows >= 0, self.columns >= 0)
        empty[inside_raster] = ~stored[np.ix_(row_indexes, column_indexes)]
        return slices, empty

    def _pair_slices(self, is_stored: Callable) -> tuple[list[TileSlice], np.ndarray | None]:
        size, across = self.level.tile_size, self.level.tile_columns
        tiles = self.rows // size * across + self.columns // size
        tiles = np.where(self.rows < 0, -1, tiles).ravel()
        order = np.argsort(tiles, kind="stable")
        order = order[np.searchsorted(tiles[order], 0) :]
        numbers, starts, counts = np.unique(tiles[order], return_index=True, return_counts=True)
        stored = is_stored(*np.divmod(numbers, across))
        slices = []
        for n in np.flatnonzero(stored).tolist():
            row, column = divmod(int(numbers[n]), across)
            target = np.unravel_index(order[starts[n] : starts[n] + counts[n]], self.shape)
            rows, columns = self.rows[target] - row * size, self.columns[target] - column * size
            key = TileKey(self.level.number, row, column)
            slices.append(TileSlice(key, target, rows, columns, is_grid=False))
        if stored.all():
            return slices, None
        empty = np.zeros(self.shape, bool)
        empty.ravel()[order[np.repeat(~stored, counts)]] = True
        return slices, empty


def _split(tiles: np.ndarray) -> tuple[np.ndarray, list[slice], np.ndarray]:
    """Split a monotonic axis of a view, given as the tile of each pixel, at the borders of tiles.

    Returns the tiles, ascending; the pixels of each; and for each pixel the index of its tile.
    Pixels of tile -1 are outside, and left out.
    """
    inside = np.flatnonzero(tiles >= 0)
    numbers, starts, indexes, counts = np.unique(
        tiles[inside], return_index=True, return_inverse=True, return_counts=True
    )
    runs = zip(inside[starts].tolist(), counts.tolist())
    return numbers, [slice(start, start + count) for start, count in runs], indexes


def plan_view(
    georeference: LayerGeoreference,
    grid: Grid,
    bounds: Bounds,
    width: int,
    height: int,
    *,
    level: Level | None = None,
) -> View:
    """Return the level and the pixels that show ``bounds`` in ``width`` × ``height`` pixels.

    The bounds may extend beyond the raster. The default level is the coarsest whose pixels are at
    most slightly larger than those of the view.
    """
    xmin, ymin, xmax, ymax = bounds
    across, down = (xmax - xmin) / width, (ymax - ymin) / height
    if level is None:
        pixel_width, pixel_height = georeference.pixel_size
        reduction = min(across / pixel_width, down / pixel_height)
        level = level_for_resolution(
            grid, reduction * _MAX_MAGNIFICATION if reduction > 1 else reduction
        )
    xs = xmin + (np.arange(width) + 0.5) * across
    ys = ymax - (np.arange(height) + 0.5) * down
    if georeference.axis_aligned:
        rows, columns = georeference.rows_at(ys), georeference.columns_at(xs)
    else:
        rows, columns = georeference.positions_at(xs, ys)
    shown_rows, shown_columns = georeference.window.slices
    rows = _in_level(rows, shown_rows, level, level.height)
    columns = _in_level(columns, shown_columns, level, level.width)
    if georeference.axis_aligned:
        return View(level, rows, columns)
    outside = (rows < 0) | (columns < 0)
    rows[outside] = columns[outside] = -1
    return View(level, rows, columns)


def _in_level(positions: np.ndarray, shown: slice, level: Level, size: int) -> np.ndarray:
    """Return pixels of the level for positions at full resolution; -1 if they are not shown."""
    inside = (positions >= shown.start) & (positions < shown.stop)
    # positions outside may be too large for an integer
    pixels = np.where(inside, positions, 0).astype(np.int64) >> level.number
    return np.where(inside, np.minimum(pixels, size - 1), -1)


def _as_slice(indexes: np.ndarray) -> Index:
    first, last = int(indexes[0]), int(indexes[-1])
    if last - first + 1 == len(indexes) and (np.diff(indexes) == 1).all():
        return slice(first, last + 1)
    return indexes
