"""Which bytes of a file each tile takes.

The index keeps only the tiles' sizes, in the order of the file; offsets are their running sum,
counted from the first frame of the first stream. So a tagger may rewrite the tags in front, at any
length, and every tile is still found.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from .errors import CorruptFile, UnsupportedVersion
from .grid import TILE_SIZES, Grid, TileKey, halved
from .packed_text import pack_text, unpack_text
from .source import ByteRange

#: Longest index accepted once inflated: some four million tiles, as many as a tag can hold.
MAX_INDEX = 32 << 20
ORDER = "row-major"


@dataclass(frozen=True)
class TileIndex:
    """The place of every tile in its file.

    Parameters
    ----------
    grid : Grid
    sizes : ndarray of int64, shape (grid.tile_count,)
        Bytes of each tile in the order of `Grid.keys`; the first tile counts from its first frame.
        0 is a tile of nothing but nodata.
    frames_start : int
        Byte of the file where the first tile's first frame starts.
    start : int
        Byte of the file where the first tile starts.
    """

    grid: Grid
    sizes: np.ndarray
    frames_start: int
    start: int = 0

    @cached_property
    def _ends(self) -> np.ndarray:
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

    def byte_range(self, key: TileKey) -> ByteRange:
        """Offset and size of a tile's stream; the first includes the metadata blocks."""
        level = self.grid.levels[key.level]
        square = key.row * level.columns + key.column
        position = self._first_of_level[key.level] + square * len(level.band_starts)
        position += key.band // self.grid.tile_bands
        end, size = int(self._ends[position]), int(self.sizes[position])
        return (self.start, end - self.start) if position == 0 else (end - size, size)

    def level_bytes(self, level: int) -> int:
        """Bytes of all tiles of a level."""
        first = self._first_of_level[level]
        return int(self.sizes[first : first + self.grid.levels[level].tile_count].sum())

    def to_text(self) -> str:
        """Write the tag GEOSPATIAL_SPATIAL_INDEX: base64 of gzip of JSON."""
        levels = []
        for level in reversed(self.grid.levels):
            first = self._first_of_level[level.number]
            levels.append(
                {
                    "width": level.width,
                    "height": level.height,
                    "sizes": self.sizes[first : first + level.tile_count].tolist(),
                }
            )
        document = {
            "tile_size": self.grid.tile_size,
            "tile_bands": self.grid.tile_bands,
            "order": ORDER,
            "levels": levels,
        }
        return pack_text(json.dumps(document, separators=(",", ":")).encode("ascii"))

    @classmethod
    def from_text(
        cls, text: str, *, width: int, height: int, bands: int, frames_start: int, name: str
    ) -> TileIndex:
        """Read `to_text` back and check it.

        Raises
        ------
        CorruptFile
            If it is not an index of a raster of ``bands`` × ``height`` × ``width`` pixels.
        UnsupportedVersion
            If the tiles are in an order that this release does not know.
        """
        try:
            document = json.loads(_plausible(unpack_text(text, MAX_INDEX), width, height, bands))
            tile_size, order = document["tile_size"], document["order"]
            tile_bands = document["tile_bands"]
            if order != ORDER:
                raise UnsupportedVersion(
                    f"{name}: tiles are in the order {order!r}, this release knows {ORDER!r}; "
                    "update FLAC Raster."
                )
            if tile_size not in TILE_SIZES or isinstance(tile_size, float):
                raise ValueError(f"tile size {tile_size!r}")
            if type(tile_bands) is not int or not 1 <= tile_bands <= bands:
                raise ValueError(f"tiles of {tile_bands!r} of {bands} bands")
            full = Grid.pyramid(width, height, tile_size, bands, tile_bands)
            levels = document["levels"]
            if not 1 <= len(levels) <= full.level_count:
                raise ValueError(
                    f"{len(levels)} levels where at most {full.level_count} are possible"
                )
            grid = replace(full, level_count=len(levels))
            sizes = [
                _level_sizes(entry, grid, len(levels) - 1 - n) for n, entry in enumerate(levels)
            ]
        except (ValueError, TypeError, KeyError, RecursionError, OverflowError) as error:
            raise CorruptFile(
                f"{name}: the tag GEOSPATIAL_SPATIAL_INDEX is damaged ({error}); fetch or convert "
                "the file again."
            ) from error
        return cls(grid, np.concatenate(sizes), frames_start)


def _level_sizes(entry: dict, grid: Grid, number: int) -> np.ndarray:
    level = grid.levels[number]
    expected = (halved(grid.width, number), halved(grid.height, number))
    if (entry["width"], entry["height"]) != expected:
        raise ValueError(
            f"level {number} has {entry['width']} x {entry['height']} pixels, expected {expected}"
        )
    sizes = np.asarray(entry["sizes"])
    if sizes.shape != (level.tile_count,) or sizes.dtype.kind != "i":
        raise ValueError(f"level {number} does not list {level.tile_count} whole numbers")
    if sizes.min() < 0 or sizes.max() > 1 << 40:
        raise ValueError(f"level {number} has a tile of {sizes.min()} or {sizes.max()} bytes")
    return sizes.astype(np.int64)


def _plausible(data: bytes, width: int, height: int, bands: int) -> bytes:
    """Refuse what cannot be an index of such a raster before objects are made of it."""
    most = Grid.pyramid(width, height, TILE_SIZES[0], bands)
    if data.count(b"[") + data.count(b"{") > 2 * most.level_count + 8:
        raise ValueError("too many lists")
    if data.count(b",") > most.tile_count + 4 * most.level_count + 8:
        raise ValueError("too many numbers")
    return data
