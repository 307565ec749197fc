"""Minimum and maximum of each tile, stored in a tag.

They allow queries by value without reading tiles, and color ramps without a scan. Only full
resolution is listed. A *statistics cell* is one tile position; in rasters of very many tiles it is
2 × 2, 4 × 4, … of them, so that the file header stays short.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from ..errors import CorruptFile
from ..model.data_types import Array, DType
from ..model.grid import Grid, TileKey
from ..model.metadata import Number
from .tag_text import decode_text, encode_text

#: Limit of cells times bands, so that they take little memory.
MAX_ENTRIES = 1 << 21


class MinMax(NamedTuple):
    """Minimum and maximum of valid pixels, exactly as stored: before scale and offset."""

    minimum: Number
    maximum: Number

    @classmethod
    def union(cls, several: Iterable[MinMax | None]) -> MinMax | None:
        """Return the union of several; None if there are none."""
        known = [each for each in several if each is not None]
        if not known:
            return None
        return cls(min(each.minimum for each in known), max(each.maximum for each in known))


@dataclass(frozen=True)
class TileStatistics:
    """Minimum and maximum of the valid pixels of full resolution in each cell and band.

    Valid pixels are neither NaN, nodata nor masked. All arrays have shape (bands, rows, columns).
    """

    grid: Grid
    #: Level whose tile positions are the cells, ``2**level`` tiles of full resolution wide and
    #: high; the file need not have the level.
    level: int
    #: Of the raster's data type.
    minimum: Array
    maximum: Array
    #: Whether there are valid pixels; minimum and maximum are undefined elsewhere.
    valid: Array

    @classmethod
    def empty(cls, grid: Grid, dtype: DType, level: int = 0) -> TileStatistics:
        """Return statistics without valid pixels, to be filled with `put`."""
        shape = _shape(grid, level)
        values = np.zeros(shape, dtype), np.zeros(shape, dtype)
        return cls(grid, level, *values, np.zeros(shape, bool))

    def put(
        self, key: TileKey, minimum: tuple[Number | None, ...], maximum: tuple[Number | None, ...]
    ) -> None:
        """Store minima and maxima of a tile of full resolution; cells must be single tiles."""
        for band, low, high in zip(self.grid.tile_band_range(key), minimum, maximum):
            if low is not None and high is not None:
                index = band, key.row, key.column
                self.minimum[index], self.maximum[index] = low, high
                self.valid[index] = True

    def for_tile(
        self, key: TileKey, bands: Iterable[int] | None = None
    ) -> tuple[MinMax | None, ...]:
        """Return minimum and maximum of the pixels of full resolution that a tile covers.

        One per band (counted from 0, default those of the tile), None if it has no valid pixels. If
        cells are larger than the tile, the result is that of its cell.
        """
        finer = max(key.level - self.level, 0)
        coarser = max(self.level - key.level, 0)
        rows, columns = (
            slice((n << finer) >> coarser, ((n + 1 << finer) - 1 >> coarser) + 1)
            for n in (key.row, key.column)
        )
        chosen = self.grid.tile_band_range(key) if bands is None else bands
        return tuple(self._of(np.s_[band, rows, columns]) for band in chosen)

    def for_squares(self, rows: Array, columns: Array, bands: Iterable[int]) -> MinMax | None:
        """Return minimum and maximum of some squares, in some bands counted from 0."""
        return MinMax.union(self._of(np.s_[band, rows, columns]) for band in bands)

    def for_band(self, band: int) -> MinMax | None:
        """Return minimum and maximum of a band, counted from 0."""
        return self._of(np.s_[band])

    def overall(self) -> MinMax | None:
        """Return minimum and maximum of all bands."""
        return self._of(np.s_[:])

    def _of(self, index: Any) -> MinMax | None:
        valid = self.valid[index]
        low, high = self.minimum[index][valid], self.maximum[index][valid]
        return MinMax(low.min().item(), high.max().item()) if low.size else None

    def of_level(self, level: int) -> TileStatistics:
        """Return statistics of squares that are no smaller than the tiles of a level."""
        statistics = self
        while statistics.level < level:
            statistics = statistics.coarsen()
        return statistics

    # ---------------------------------------------------------------- the tag

    def coarsen(self) -> TileStatistics:
        """Merge cells two by two."""
        dtype = self.minimum.dtype
        lowest, highest = -np.inf, np.inf
        if dtype.kind != "f":
            lowest, highest = np.iinfo(dtype).min, np.iinfo(dtype).max
        return TileStatistics(
            self.grid,
            self.level + 1,
            _reduce_pairs(np.minimum, np.where(self.valid, self.minimum, dtype.type(highest))),
            _reduce_pairs(np.maximum, np.where(self.valid, self.maximum, dtype.type(lowest))),
            _reduce_pairs(np.logical_or, self.valid),
        )

    def to_text(self) -> str:
        """Write the tag GEOSPATIAL_STATISTICS."""
        values = np.concatenate([self.minimum[self.valid], self.maximum[self.valid]])
        size = values.itemsize
        # bytes of equal significance together: high ones are alike, low ones are noise
        ranks = values.astype(values.dtype.newbyteorder(">")).view(np.uint8).reshape(-1, size).T
        return encode_text(
            bytes([self.level]) + np.packbits(self.valid).tobytes() + ranks.tobytes()
        )

    def text_within(self, length: int) -> str:
        """Write the tag with the smallest cells that fit the length; at worst a single cell."""
        statistics, last = self, _last_level(self.grid)
        while statistics.level < last:
            if statistics.valid.size <= MAX_ENTRIES:
                text = statistics.to_text()
                if len(text) <= length:
                    return text
            statistics = statistics.coarsen()
        return statistics.to_text()

    @classmethod
    def from_text(cls, text: str, grid: Grid, dtype: DType, name: str) -> TileStatistics:
        """Parse what `to_text` wrote; raise `CorruptFile` if it is not of such a raster."""
        size = dtype.itemsize
        try:
            if dtype.kind == "c":
                raise ValueError("complex numbers have no order")
            start = decode_text(text, 1, whole=False)
            level = start[0] if start else 255
            if level > _last_level(grid):
                raise ValueError(f"cells of level {level}")
            shape = _shape(grid, level)
            count = math.prod(shape)
            if count > MAX_ENTRIES:
                raise ValueError(f"{count} cells and bands where {MAX_ENTRIES} are allowed")
            end = 1 + -(-count // 8)
            data = decode_text(text, end + 2 * size * count)
            if len(data) < end:
                raise ValueError(f"{len(data)} bytes, at least {end} were expected")
            fields = np.frombuffer(data, np.uint8)
            bits, ranks = fields[1:end], fields[end:]
            valid = np.unpackbits(bits, count=count).view(bool).reshape(shape)
            if ranks.size != 2 * size * np.count_nonzero(valid):
                raise ValueError(f"{ranks.size} bytes of numbers")
            ordered = np.ascontiguousarray(ranks.reshape(size, -1).T)
            values = ordered.view(dtype.newbyteorder(">")).reshape(2, -1)
            with np.errstate(invalid="ignore"):
                if not (values[0] <= values[1]).all():
                    raise ValueError("a minimum above its maximum, or NaN")
        except ValueError as error:
            raise CorruptFile(
                "tag.damaged", name, tag="GEOSPATIAL_STATISTICS", reason=error
            ) from error
        result = cls(grid, level, np.zeros(shape, dtype), np.zeros(shape, dtype), valid)
        result.minimum[valid], result.maximum[valid] = values
        return result


def _last_level(grid: Grid) -> int:
    """Return the first level that is a single cell, whether or not the file has it."""
    return Grid.pyramid(grid.width, grid.height, grid.tile_size).level_count - 1


def _shape(grid: Grid, level: int) -> tuple[int, int, int]:
    finest = grid.levels[0]
    return grid.bands, -(-finest.tile_rows >> level), -(-finest.tile_columns >> level)


def _reduce_pairs(operation: Any, values: Array) -> Array:
    """Reduce pairs of rows and pairs of columns; the last one of an odd number stays alone."""
    for axis in (1, 2):
        values = operation.reduceat(values, np.arange(0, values.shape[axis], 2), axis)
    return values
