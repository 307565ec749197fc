"""Byte ranges of tiles.

The index in a file lists the sizes of the tiles in file order; offsets are their running sum from
the first frame of the first stream. So tiles are found even if a tagger rewrites the tags.

Empty tiles cost a hostile file nothing, and a legitimate file may have millions. So only stored
tiles are kept here: memory and time depend on the size of the file.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from ..model.data_types import Array
from ..model.grid import Grid, TileKey
from ..storage.byte_source import ByteRange
from .tag_text import encode_text
from .tile_set import StoredTiles, TileSet, find

ORDER = "row-major"


@dataclass(frozen=True, eq=False)
class TileIndex:
    """Byte range of every tile of a file."""

    grid: Grid
    #: Numbers of the stored tiles in the order of `Grid.keys`, ascending, including the first tile.
    #: All other tiles contain only nodata.
    positions: Array
    #: Their sizes in bytes; that of the first tile counts from its first frame.
    sizes: Array
    #: Offset of the first frame of the first tile in the file.
    frames_start: int
    #: Offset of the first tile in the file.
    start: int = 0

    @classmethod
    def of(cls, grid: Grid, sizes: Array, frames_start: int, start: int = 0) -> TileIndex:
        """Return the index for the sizes of all tiles, 0 for those that contain only nodata."""
        positions = np.flatnonzero(sizes)
        return cls(grid, positions, sizes[positions], frames_start, start)

    @cached_property
    def _ends(self) -> Array:
        return self.frames_start + np.cumsum(self.sizes)

    @cached_property
    def _first_of_level(self) -> Array:
        counts = np.array([level.tile_count for level in self.grid.levels], np.int64)
        first: Array = counts.sum() - counts.cumsum()  # the coarsest level comes first
        return first

    @cached_property
    def _columns_of_level(self) -> Array:
        return np.array([level.tile_columns for level in self.grid.levels], np.int64)

    def _position(self, level: Any, row: Any, column: Any, band: Any) -> Any:
        """Return the position of a tile, or of several, in the order of `Grid.keys`."""
        block = row * self._columns_of_level[level] + column
        parts = len(self.grid.levels[0].band_starts)
        return self._first_of_level[level] + block * parts + band // self.grid.tile_bands

    @property
    def end(self) -> int:
        """Size of the file in bytes."""
        return int(self._ends[-1])

    @property
    def empty_count(self) -> int:
        """Number of tiles that are not stored."""
        return self.grid.tile_count - len(self.positions)

    def byte_range(self, key: TileKey) -> ByteRange:
        """Return the byte range of a tile; that of the first includes the metadata blocks."""
        position = self._position(*key)
        place = int(np.searchsorted(self.positions, position))
        if place == len(self.positions) or self.positions[place] != position:
            # an empty range at its place
            return (int(self._ends[place - 1]), 0)
        end, size = int(self._ends[place]), int(self.sizes[place])
        return (self.start, end - self.start) if place == 0 else (end - size, size)

    def level_bytes(self, level: int) -> int:
        """Return the size of all tiles of a level in bytes."""
        return int(self.stored_in(level)[1].sum())

    def stored(self, keys: Sequence[TileKey]) -> StoredTiles:
        """Return the stored tiles among some tiles.

        For a `TileSet`, the time depends on the number of stored tiles only.
        """
        if isinstance(keys, TileSet):
            first = self._first_of_level[keys.level.number]
            return self._at(*keys.among(self.positions, first))
        table = np.array(keys, np.int64).reshape(-1, 4)
        places, is_stored = find(self.positions, self._position(*table.T))
        return self._at(np.flatnonzero(is_stored), places[is_stored])

    def takes_bytes(self, level: int, rows: Array, columns: Array, band: int | Array) -> Array:
        """Return whether the tiles of a band (from 0) at positions of a level are stored."""
        return find(self.positions, self._position(level, rows, columns, band))[1]

    def stored_keys(self) -> list[TileKey]:
        """Return all stored tiles in file order."""
        keys: list[TileKey] = []
        for level in reversed(self.grid.levels):
            keys += TileSet.of_level(level).keys_at(self.stored_in(level.number)[0])
        return keys

    def stored_in(self, level: int) -> tuple[Array, Array]:
        """Return numbers, as in `Level.keys`, and sizes of the stored tiles of a level."""
        first = self._first_of_level[level]
        ends = [first, first + self.grid.levels[level].tile_count]
        stored = slice(*np.searchsorted(self.positions, ends).tolist())
        return self.positions[stored] - first, self.sizes[stored]

    def stored_per_band(self) -> Array:
        """Return the number of stored tiles of each group of bands."""
        parts = len(self.grid.levels[0].band_starts)
        return np.bincount(self.positions % parts, minlength=parts)

    def _at(self, numbers: Array, places: Array) -> StoredTiles:
        sizes = self.sizes[places]
        offsets = self._ends[places] - sizes
        first = places == 0  # includes the metadata blocks
        sizes[first] += offsets[first] - self.start
        offsets[first] = self.start
        return StoredTiles(numbers, offsets, sizes)

    def to_text(self) -> str:
        """Write the tag GEOSPATIAL_SPATIAL_INDEX: base64 of gzip of JSON."""
        levels = []
        for level in reversed(self.grid.levels):
            numbers, stored = self.stored_in(level.number)
            sizes = np.zeros(level.tile_count, np.int64)
            sizes[numbers] = stored
            levels.append({"width": level.width, "height": level.height, "sizes": sizes.tolist()})
        document = {
            "tile_size": self.grid.tile_size,
            "tile_bands": self.grid.tile_bands,
            "order": ORDER,
            "levels": levels,
        }
        return encode_text(json.dumps(document, separators=(",", ":")).encode("ascii"))
