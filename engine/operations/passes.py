"""Order in which the tiles of an area are read: from top to bottom, in one or several passes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from ..format.tile_set import TileSet
from ..model.grid import Level, Window
from ..reading.flac_raster import FlacRaster
from ..reading.plan import ReadPlan
from .longitudes import AreaWindow

#: Bytes of pixels in a row of tiles that is read in one pass.
_PASS_BYTES = 16 << 20


@dataclass(frozen=True, eq=False)
class Passes:
    """Passes over an area: one, or for a wide area several, each with some columns of tiles.

    Tiles seldom end where the blocks of a GeoTIFF do. In narrow passes the tiles below follow soon,
    so that few blocks are incomplete at any time.
    """

    raster: FlacRaster
    parts: Sequence[AreaWindow]
    keys: TileSet
    band_count: int

    def __len__(self) -> int:
        return sum(-(-len(columns) // self.columns) for _, columns in self._block_columns())

    def __iter__(self) -> Iterator[ReadPlan]:
        """Yield the plan of each pass."""
        for window, columns in self._block_columns():
            for first in range(columns.start, columns.stop, self.columns):
                yield self._plan(window, first, min(first + self.columns, columns.stop))

    def plans_with_requests(self) -> Iterator[ReadPlan]:
        """Yield the plans of the passes that have stored tiles."""
        stored = self.raster.head.index.stored(self.keys)
        _, places, _ = self.keys.places_at(stored.numbers)
        for window, columns in self._block_columns():
            inside = places[(columns.start <= places) & (places < columns.stop)] - columns.start
            for number in np.unique(inside // self.columns).tolist():
                first = columns.start + number * self.columns
                yield self._plan(window, first, min(first + self.columns, columns.stop))

    @property
    def columns(self) -> int:
        """Columns of tiles in a pass."""
        pixels = self.keys.level.tile_pixels * self.band_count
        return max(1, _PASS_BYTES // (pixels * self.raster.dtype.itemsize))

    def _block_columns(self) -> Iterator[tuple[Window, range]]:
        """Yield each window and its columns of blocks."""
        for window in _windows_to_read(self.keys.level, self.parts):
            yield window, self.keys.level.blocks_in(window)[1]

    def _plan(self, window: Window, first: int, stop: int) -> ReadPlan:
        side = self.keys.level.tile_size
        whole = Window(first * side, window.row_off, (stop - first) * side, window.height)
        return self.raster.plan_tiles(
            whole.intersection(window), self.keys.in_columns([range(first, stop)])
        )


def tiles_of(
    raster: FlacRaster, level: Level, parts: Sequence[AreaWindow], bands: Sequence[int] | None
) -> TileSet:
    """Return the tiles of an area, in file order; bands from 1, default all."""
    windows = _windows_to_read(level, parts)
    found = [raster.tiles_in(window, level.number, bands) for window in windows]
    if len(found) == 1:
        return found[0]
    return TileSet(level, found[0].rows, range(level.tile_columns), found[0].bands).in_columns(
        [tiles.columns for tiles in found]
    )


def _windows_to_read(level: Level, parts: Sequence[AreaWindow]) -> list[Window]:
    """Return windows without common tiles: all columns if two parts share a tile."""
    windows = [part.window for part in parts]
    first, last = windows[0], windows[-1]
    if len(windows) > 1 and (last.width - 1) // level.tile_size >= first.col_off // level.tile_size:
        return [first._replace(col_off=0, width=first.col_off + first.width)]
    return windows
