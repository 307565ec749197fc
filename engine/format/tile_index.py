"""Which bytes of a file each tile takes.

The index in a file lists the tiles' sizes, in the order of the file; offsets are their running sum,
counted from the first frame of the first stream. So a tagger may rewrite the tags in front, at any
length, and every tile is still found.

Tiles of no bytes cost a hostile file nothing, and an honest one may have millions. So only tiles
that take bytes are kept here: memory and time follow the length of the file.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ..model.data_types import Array
from ..model.grid import Grid, TileKey
from ..storage.byte_source import ByteRange
from .tag_text import encode_text
from .tile_set import StoredTiles, TileSet

ORDER = "row-major"


@dataclass(frozen=True, eq=False)
class TileIndex:
    """The place of every tile in its file.

    Parameters
    ----------
    grid : Grid
    positions : ndarray of int64, shape (n,)
        Which tiles take bytes, numbered in the order of `Grid.keys`, ascending. The first tile of
        the file is among them; the others are nothing but nodata.
    sizes : ndarray of int64, shape (n,)
        Bytes of these tiles; the first one counts from its first frame.
    frames_start : int
        Byte of the file where the first tile's first frame starts.
    start : int
        Byte of the file where the first tile starts.
    """

    grid: Grid
    positions: Array
    sizes: Array
    frames_start: int
    start: int = 0

    @classmethod
    def of(cls, grid: Grid, sizes: Array, frames_start: int, start: int = 0) -> TileIndex:
        """Make an index of the sizes of all tiles, 0 for those of nothing but nodata."""
        positions = np.flatnonzero(sizes)
        return cls(grid, positions, sizes[positions], frames_start, start)

    @cached_property
    def _ends(self) -> Array:
        return self.frames_start + np.cumsum(self.sizes)

    @cached_property
    def _first_of_level(self) -> dict[int, int]:
        first, position = {}, 0
        for level in reversed(self.grid.levels):
            first[level.number] = position
            position += level.tile_count
        return first

    @property
    def end(self) -> int:
        """Length of the file."""
        return int(self._ends[-1])

    @property
    def empty_count(self) -> int:
        """Number of tiles of no bytes."""
        return self.grid.tile_count - len(self.positions)

    def byte_range(self, key: TileKey) -> ByteRange:
        """Offset and size of a tile's stream; the first includes the metadata blocks."""
        level = self.grid.levels[key.level]
        square = key.row * level.tile_columns + key.column
        position = self._first_of_level[key.level] + square * len(level.band_starts)
        position += key.band // self.grid.tile_bands
        place = int(np.searchsorted(self.positions, position))
        if place == len(self.positions) or self.positions[place] != position:
            # where it would be
            return (int(self._ends[place - 1]), 0)
        end, size = int(self._ends[place]), int(self.sizes[place])
        return (self.start, end - self.start) if place == 0 else (end - size, size)

    def level_bytes(self, level: int) -> int:
        """Bytes of all tiles of a level."""
        return int(self.stored_in(level)[1].sum())

    def stored(self, keys: Sequence[TileKey]) -> StoredTiles:
        """Find those of some tiles that take bytes.

        Parameters
        ----------
        keys : TileSet or sequence of TileKey
            The time that it takes follows the number of stored tiles if it is a `TileSet`.
        """
        if isinstance(keys, TileSet):
            first = self._first_of_level[keys.level.number]
            return self._at(*keys.among(self.positions, first))
        wanted = self._positions_of(keys)
        places = np.searchsorted(self.positions, wanted)
        there = places < len(self.positions)
        there[there] = self.positions[places[there]] == wanted[there]
        return self._at(np.flatnonzero(there), places[there])

    def takes_bytes(self, level: int, rows: Array, columns: Array, band: int | Array) -> Array:
        """Say of squares of a level whether their tile with a band, counted from 0, is stored."""
        parts = len(self.grid.levels[0].band_starts)
        squares = rows * self.grid.levels[level].tile_columns + columns
        wanted = self._first_of_level[level] + squares * parts + band // self.grid.tile_bands
        places = np.minimum(np.searchsorted(self.positions, wanted), len(self.positions) - 1)
        found: Array = self.positions[places] == wanted
        return found

    def stored_keys(self) -> list[TileKey]:
        """Return all tiles that take bytes, in the order of the file."""
        keys: list[TileKey] = []
        for level in reversed(self.grid.levels):
            keys += TileSet.of_level(level).keys_at(self.stored_in(level.number)[0])
        return keys

    def stored_in(self, level: int) -> tuple[Array, Array]:
        """Return the stored tiles of a level, as `Level.keys` counts them, and their sizes."""
        places = self._places_in(level)
        return self.positions[places] - self._first_of_level[level], self.sizes[places]

    def stored_per_band(self) -> Array:
        """Count the stored tiles of each part of the bands; shape (tiles of a square,)."""
        parts = len(self.grid.levels[0].band_starts)
        return np.bincount(self.positions % parts, minlength=parts)

    def _places_in(self, level: int) -> slice:
        """Where the stored tiles of a level are among all that are stored."""
        first = self._first_of_level[level]
        ends = [first, first + self.grid.levels[level].tile_count]
        start, stop = np.searchsorted(self.positions, ends).tolist()
        return slice(start, stop)

    def _positions_of(self, keys: Sequence[TileKey]) -> Array:
        table = np.array(keys, np.int64).reshape(-1, 4)
        levels = self.grid.levels
        first = np.array([self._first_of_level[level.number] for level in levels])
        columns = np.array([level.tile_columns for level in levels])
        number, row, column, band = table.T
        square = row * columns[number] + column
        parts = len(levels[0].band_starts)
        numbers: Array = first[number] + square * parts + band // self.grid.tile_bands
        return numbers

    def _at(self, numbers: Array, places: Array) -> StoredTiles:
        sizes = self.sizes[places]
        offsets = self._ends[places] - sizes
        first = places == 0  # which has the metadata blocks, too
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
