"""Sets of tiles of a level, without one object per tile.

A file of two kilobytes, hostile or mostly nodata, may have hundreds of thousands of empty tiles. So
a set is a rectangle of tile positions, or a selection from it, and stored tiles are found by
arithmetic.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from ..model.data_types import Array
from ..model.grid import Level, TileKey, Window
from ..storage.byte_source import ByteRange

#: Tiles per numpy operation.
_AT_ONCE = 1 << 14


def find(ascending: Array, numbers: Array) -> tuple[Array, Array]:
    """Return where numbers would be among ascending ones, of which there are some, and are."""
    places = np.minimum(np.searchsorted(ascending, numbers), len(ascending) - 1)
    return places, ascending[places] == numbers


class StoredTiles(NamedTuple):
    """Stored tiles of a sequence of tiles."""

    #: Their indexes in the sequence.
    numbers: Array
    #: Their byte ranges in the file.
    offsets: Array
    sizes: Array

    @property
    def ranges(self) -> list[ByteRange]:
        """Offset and size of each tile."""
        return list(zip(self.offsets.tolist(), self.sizes.tolist()))


@dataclass(frozen=True, eq=False)
class TileSet(Sequence[TileKey]):
    """Tiles of one level in file order."""

    level: Level
    #: Tile positions, not empty.
    rows: range
    columns: range
    #: First bands of the tiles at a position, ascending.
    bands: Sequence[int]
    #: Ascending numbers of the tiles in this set; default all.
    chosen: Array | None = None

    @classmethod
    def of_level(cls, level: Level) -> TileSet:
        """Return all tiles of a level."""
        return cls(level, range(level.tile_rows), range(level.tile_columns), level.band_starts)

    @classmethod
    def in_window(cls, level: Level, window: Window, bands: Iterable[int] | None = None) -> TileSet:
        """Return the tiles that overlap a window and have one of the bands, counted from 0."""
        return cls(level, *level.blocks_in(window), level.tile_starts(bands))

    def __len__(self) -> int:
        if self.chosen is not None:
            return len(self.chosen)
        return len(self.rows) * len(self.columns) * len(self.bands)

    def __getitem__(self, number: Any) -> Any:
        if isinstance(number, slice):
            return self.keys_at(np.arange(*number.indices(len(self))))
        if not -len(self) <= number < len(self):
            raise IndexError(f"there are {len(self)} tiles, not {number}")
        return self.keys_at(np.array([number % len(self)]))[0]

    def __iter__(self) -> Iterator[TileKey]:
        for numbers in self.numbers():
            yield from self.keys_at(numbers)

    def keys_at(self, numbers: Array) -> list[TileKey]:
        """Return tiles by their numbers in this set."""
        rows, columns, bands = (values.tolist() for values in self.places_at(numbers))
        level = self.level.number
        return [TileKey(level, *place) for place in zip(rows, columns, bands)]

    def places_at(self, numbers: Array) -> tuple[Array, Array, Array]:
        """Return rows, columns and first bands of tiles by their numbers in this set."""
        if self.chosen is not None:
            numbers = self.chosen[numbers]
        block, band = np.divmod(numbers, max(1, len(self.bands)))
        row, column = np.divmod(block, max(1, len(self.columns)))
        starts = np.asarray(self.bands, np.int64)
        return row + self.rows.start, column + self.columns.start, starts[band]

    def select(self, numbers: Array) -> TileSet:
        """Return the subset of tiles with some ascending numbers."""
        chosen = numbers if self.chosen is None else self.chosen[numbers]
        return TileSet(self.level, self.rows, self.columns, self.bands, chosen)

    def in_columns(self, columns: Sequence[range]) -> TileSet:
        """Return the tiles in some ranges of columns of the level."""
        covered = range(
            max(self.columns.start, min(part.start for part in columns)),
            min(self.columns.stop, max(part.stop for part in columns)),
        )
        part = TileSet(self.level, self.rows, covered, self.bands)
        if len(columns) == 1 and self.chosen is None:
            return part
        if len(columns) == 1 and covered == self.columns:
            return self
        kept = [np.zeros(0, np.int64)]
        for numbers in self.numbers():
            rows, inside, bands = self.places_at(numbers)
            there = np.any([(c.start <= inside) & (inside < c.stop) for c in columns], axis=0)
            parts = np.searchsorted(self.bands, bands[there])
            kept.append(part._numbers(rows[there], inside[there], parts))
        return part.select(np.concatenate(kept))

    def numbers(self) -> Iterator[Array]:
        """Yield the numbers of all tiles, some thousands at once to limit memory."""
        for start in range(0, len(self), _AT_ONCE):
            yield np.arange(start, min(start + _AT_ONCE, len(self)))

    def among(self, positions: Array, first: int) -> tuple[Array, Array]:
        """Find the tiles of this set among tiles of the file.

        ``positions`` are ascending numbers as in `Grid.keys`, ``first`` is that of the first tile
        of the level. Returned are the numbers of the common tiles in this set, and their indexes in
        ``positions``.
        """
        if not len(self):
            return np.zeros(0, np.int64), np.zeros(0, np.int64)
        parts = len(self.level.band_starts)
        row_length = self.level.tile_columns * parts
        ends = [first + self.rows.start * row_length, first + self.rows.stop * row_length]
        start, stop = np.searchsorted(positions, ends).tolist()
        row, inside = np.divmod(positions[start:stop] - first, row_length)
        column, part = np.divmod(inside, parts)
        groups = np.asarray(self.bands, np.int64) // self.level.band_starts.step
        kept = (self.columns.start <= column) & (column < self.columns.stop)
        if len(groups) < parts:
            kept &= np.isin(part, groups)
        found = np.flatnonzero(kept)
        numbers = self._numbers(row[found], column[found], np.searchsorted(groups, part[found]))
        if self.chosen is not None:
            places, is_chosen = find(self.chosen, numbers)
            numbers, found = places[is_chosen], found[is_chosen]
        return numbers, found + start

    def _numbers(self, rows: Array, columns: Array, parts: Array) -> Array:
        """Return the numbers of tiles in the rectangle."""
        block = (rows - self.rows.start) * len(self.columns) + columns - self.columns.start
        return block * len(self.bands) + parts
