"""Which stored pixels show a rectangle of the map: the level, its tiles, and where each goes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Callable, NamedTuple, Union

import numpy as np

from ..engine.model.grid import Bounds, Grid, Level, TileKey, level_for
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
    target : pair of index
        Where they go in an array of the view's shape.
    rows, columns : index
        Where they are in the tile.
    crossed : bool
        Whether rows and columns span a rectangle; otherwise they go together one by one.
    """

    key: TileKey
    target: tuple[Index, Index]
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

    def parts(
        self, takes_bytes: Callable[[np.ndarray, np.ndarray], np.ndarray]
    ) -> tuple[list[Part], np.ndarray | None]:
        """Say what each tile contributes.

        Time follows the pixels of the view and the tiles that take bytes, however many other tiles
        it shows.

        Parameters
        ----------
        takes_bytes : callable
            Says of rows and columns of tiles, two arrays that fit together, which take bytes.

        Returns
        -------
        parts : list of Part
            Of tiles that take bytes, in the order of the file.
        empty : ndarray of bool, shape self.shape, optional
            Which pixels are shown by tiles of nothing but nodata; None where there are no such.
        """
        return self._crossed(takes_bytes) if self.rows.ndim == 1 else self._one_by_one(takes_bytes)

    def _crossed(self, takes_bytes: Callable) -> tuple[list[Part], np.ndarray | None]:
        size, level = self.level.tile_size, self.level.number
        rows, columns = _Runs.of(self.rows // size), _Runs.of(self.columns // size)
        stored = takes_bytes(rows.tiles[:, np.newaxis], columns.tiles)
        parts = []
        for r, c in np.argwhere(stored).tolist():
            row, column = int(rows.tiles[r]), int(columns.tiles[c])
            target = rows.place(r), columns.place(c)
            inside = (
                _as_slice(self.rows[target[0]] - row * size),
                _as_slice(self.columns[target[1]] - column * size),
            )
            parts.append(Part(TileKey(level, row, column), target, *inside, crossed=True))
        if stored.all():
            return parts, None
        empty = np.zeros(self.shape, bool)
        spread = np.repeat(np.repeat(~stored, rows.lengths, 0), columns.lengths, 1)
        empty[np.ix_(rows.indexes, columns.indexes)] = spread
        return parts, empty

    def _one_by_one(self, takes_bytes: Callable) -> tuple[list[Part], np.ndarray | None]:
        size, across = self.level.tile_size, self.level.columns
        tiles = self.rows // size * across + self.columns // size
        tiles = np.where(self.rows < 0, -1, tiles).ravel()
        order = np.argsort(tiles, kind="stable")
        order = order[np.searchsorted(tiles[order], 0) :]
        numbers, starts, counts = np.unique(tiles[order], return_index=True, return_counts=True)
        stored = takes_bytes(*np.divmod(numbers, across))
        parts = []
        for n in np.flatnonzero(stored).tolist():
            row, column = divmod(int(numbers[n]), across)
            target = np.unravel_index(order[starts[n] : starts[n] + counts[n]], self.shape)
            rows, columns = self.rows[target] - row * size, self.columns[target] - column * size
            key = TileKey(self.level.number, row, column)
            parts.append(Part(key, target, rows, columns, crossed=False))
        if stored.all():
            return parts, None
        empty = np.zeros(self.shape, bool)
        empty.ravel()[order[np.repeat(~stored, counts)]] = True
        return parts, empty


@dataclass(frozen=True)
class _Runs:
    """One axis of a view, cut by tile.

    Parameters
    ----------
    tiles, starts, lengths : ndarray of int
        Number of each tile, ascending, and which pixels of the view it shows.
    """

    tiles: np.ndarray
    starts: np.ndarray
    lengths: np.ndarray

    @classmethod
    def of(cls, tiles: np.ndarray) -> _Runs:
        """Cut an axis that runs in one direction; -1 is outside."""
        starts = np.flatnonzero(np.diff(tiles, prepend=-2))
        lengths = np.diff(starts, append=len(tiles))
        order = np.argsort(tiles[starts], kind="stable")
        order = order[tiles[starts[order]] >= 0]
        return cls(tiles[starts[order]], starts[order], lengths[order])

    def place(self, number: int) -> slice:
        """Return which pixels of the view a run has."""
        return slice(int(self.starts[number]), int(self.starts[number] + self.lengths[number]))

    @property
    def indexes(self) -> np.ndarray:
        """Pixels of the view, run by run."""
        before = np.cumsum(self.lengths) - self.lengths
        return np.repeat(self.starts - before, self.lengths) + np.arange(self.lengths.sum())


def plan_view(
    georeference: Georeference,
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
    georeference : Georeference
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
        pixel_width, pixel_height = georeference.pixel_size
        reduction = min(across / pixel_width, down / pixel_height)
        level = level_for(grid, reduction * _COARSER if reduction > 1 else reduction)
    xs = xmin + (np.arange(width) + 0.5) * across
    ys = ymax - (np.arange(height) + 0.5) * down
    if georeference.axis_aligned:
        columns = _in_level(georeference.columns_at(xs), georeference.columns, level, level.width)
        rows = _in_level(georeference.rows_at(ys), georeference.rows, level, level.height)
        return View(level, rows, columns)
    row_positions, column_positions = georeference.positions_at(xs, ys)
    rows = _in_level(row_positions, georeference.rows, level, level.height)
    columns = _in_level(column_positions, georeference.columns, level, level.width)
    outside = (rows < 0) | (columns < 0)
    rows[outside] = columns[outside] = -1
    return View(level, rows, columns)


def _in_level(positions: np.ndarray, shown: tuple[int, int], level: Level, size: int) -> np.ndarray:
    """Pixels of the level for positions at full resolution, -1 outside of what is shown."""
    inside = (positions >= shown[0]) & (positions < shown[1])
    # what is outside may be too large for an integer
    pixels = np.where(inside, positions, 0).astype(np.int64) >> level.number
    return np.where(inside, np.minimum(pixels, size - 1), -1)


def _as_slice(indexes: np.ndarray) -> Index:
    first, last = int(indexes[0]), int(indexes[-1])
    if last - first + 1 == len(indexes) and (np.diff(indexes) == 1).all():
        return slice(first, last + 1)
    return indexes
