"""In which order the tiles of an area are read: at once from top to bottom, or side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from ..format.tile_set import TileSet
from ..model.grid import Window
from ..reading.flac_raster import FlacRaster
from ..reading.plan import ReadPlan
from .area import Selection

#: Bytes of pixels in a row of tiles that is read in one pass.
_PASS_BYTES = 16 << 20


@dataclass(frozen=True, eq=False)
class Passes:
    """How an area is read: all tiles at once, or where it is wide, some columns after others.

    A raster's tiles seldom end where the blocks of a GeoTIFF do; so that those fill up soon, the
    tiles below must follow before too many others do.

    Parameters
    ----------
    raster : FlacRaster
    windows : sequence of Window
        Of the level, of the same rows; they have no tile in common.
    keys : TileSet
        Tiles that are read.
    columns : int
        Columns of tiles of a pass.
    """

    raster: FlacRaster
    windows: Sequence[Window]
    keys: TileSet
    columns: int

    def __len__(self) -> int:
        return sum(-(-len(columns) // self.columns) for _, columns in self._squares())

    def __iter__(self) -> Iterator[ReadPlan]:
        """Yield the plan of each pass."""
        for window, columns in self._squares():
            for first in range(columns.start, columns.stop, self.columns):
                yield self._plan(window, first, min(first + self.columns, columns.stop))

    def plans_with_requests(self) -> Iterator[ReadPlan]:
        """Yield the plans of those passes that have anything to fetch."""
        stored = self.raster.head.index.stored(self.keys)
        _, places, _ = self.keys.places_at(stored.numbers)
        for window, columns in self._squares():
            inside = places[(columns.start <= places) & (places < columns.stop)] - columns.start
            for number in np.unique(inside // self.columns).tolist():
                first = columns.start + number * self.columns
                yield self._plan(window, first, min(first + self.columns, columns.stop))

    def _squares(self) -> Iterator[tuple[Window, range]]:
        """Yield each window and its columns of tiles."""
        for window in self.windows:
            yield window, self.keys.level.squares_in(window)[1]

    def _plan(self, window: Window, first: int, stop: int) -> ReadPlan:
        side = self.keys.level.tile_size
        whole = Window(first * side, window.row_off, (stop - first) * side, window.height)
        return self.raster.plan_tiles(
            whole.intersection(window), self.keys.in_columns([range(first, stop)])
        )


def plan_passes(
    raster: FlacRaster,
    selection: Selection,
    bands: Sequence[int] | None,
    keys: TileSet | None = None,
) -> Passes:
    """Say how an area is read.

    Parameters
    ----------
    raster : FlacRaster
    selection : Selection
    bands : sequence of int, optional
        Band numbers from 1; default all.
    keys : TileSet, optional
        Those of the area's tiles that are read; default all.
    """
    if keys is None:
        keys = tiles_of(raster, selection, bands)
    pixels = selection.level.tile_pixels * len(bands or raster.metadata.bands)
    columns = max(1, _PASS_BYTES // (pixels * raster.dtype.itemsize))
    return Passes(raster, _windows_to_read(selection), keys, columns)


def tiles_of(raster: FlacRaster, selection: Selection, bands: Sequence[int] | None) -> TileSet:
    """Return the tiles of an area, in the order of the file.

    Parameters
    ----------
    raster : FlacRaster
    selection : Selection
    bands : sequence of int, optional
        Band numbers from 1; default all.
    """
    level = selection.level
    parts = [raster.tiles_in(one, level.number, bands) for one in _windows_to_read(selection)]
    if len(parts) == 1:
        return parts[0]
    return TileSet(level, parts[0].rows, range(level.columns), parts[0].bands).in_columns(
        [part.columns for part in parts]
    )


def _windows_to_read(selection: Selection) -> list[Window]:
    """Return windows that have no tile in common: of two parts that have, all columns."""
    windows = [part.window for part in selection.parts]
    side = selection.level.tile_size
    first, last = windows[0], windows[-1]
    if len(windows) > 1 and (last.width - 1) // side >= first.col_off // side:
        return [first._replace(col_off=0, width=first.col_off + first.width)]
    return windows
