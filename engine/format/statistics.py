"""Smallest and largest valid pixel of each tile, kept among the tags.

Who looks for high ground need not read the plains, and who draws a raster knows where its colours
begin and end. Only full resolution is listed. Rasters of very many tiles list squares of 2 × 2,
4 × 4, … tiles, so that the start of the file stays short.
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

#: Most squares times bands that are listed: what they take in memory stays small.
MAX_ENTRIES = 1 << 21


class MinMax(NamedTuple):
    """Smallest and largest of some pixels, exactly as stored: before scale and offset."""

    minimum: Number
    maximum: Number

    @classmethod
    def of(cls, minimum: Array, maximum: Array) -> MinMax | None:
        """Take them together; None of nothing."""
        return cls(minimum.min().item(), maximum.max().item()) if minimum.size else None

    @classmethod
    def union(cls, several: Iterable[MinMax | None]) -> MinMax | None:
        """Take several together; None of nothing."""
        known = [one for one in several if one is not None]
        if not known:
            return None
        return cls(min(one.minimum for one in known), max(one.maximum for one in known))


@dataclass(frozen=True)
class TileStatistics:
    """Smallest and largest valid pixel of full resolution in each square, band by band.

    Valid are pixels that are not NaN, not nodata and not masked.

    Parameters
    ----------
    grid : Grid
    level : int
        Squares are those of this level, ``2**level`` tiles of full resolution wide and high,
        whether or not the file has the level.
    minimum, maximum : ndarray of the raster's dtype, shape (bands, rows, columns)
    valid : ndarray of bool, same shape
        Whether there are valid pixels; minimum and maximum mean nothing elsewhere.
    """

    grid: Grid
    level: int
    minimum: Array
    maximum: Array
    valid: Array

    @classmethod
    def empty(cls, grid: Grid, dtype: DType, level: int = 0) -> TileStatistics:
        """Make room for all squares, none of which has valid pixels yet."""
        shape = _shape(grid, level)
        values = np.zeros(shape, dtype), np.zeros(shape, dtype)
        return cls(grid, level, *values, np.zeros(shape, bool))

    def put(
        self, key: TileKey, minimum: tuple[Number | None, ...], maximum: tuple[Number | None, ...]
    ) -> None:
        """Note those of a tile of full resolution, while squares are single tiles."""
        for band, low, high in zip(self.grid.tile_band_range(key), minimum, maximum):
            if low is not None and high is not None:
                place = band, key.row, key.column
                self.minimum[place], self.maximum[place] = low, high
                self.valid[place] = True

    # ---------------------------------------------------------------- what they say

    def for_tile(
        self, key: TileKey, bands: Iterable[int] | None = None
    ) -> tuple[MinMax | None, ...]:
        """Return those of the pixels of full resolution that a tile stands for.

        Where squares are larger than the tile, those of its square.

        Parameters
        ----------
        key : TileKey
            Of any level.
        bands : iterable of int, optional
            Counted from 0; default those of the tile.

        Returns
        -------
        tuple
            Of `MinMax` of each band, None where it has no valid pixels.
        """
        finer = max(key.level - self.level, 0)
        coarser = max(self.level - key.level, 0)
        rows, columns = (
            slice((n << finer) >> coarser, ((n + 1 << finer) - 1 >> coarser) + 1)
            for n in (key.row, key.column)
        )
        chosen = self.grid.tile_band_range(key) if bands is None else bands
        return tuple(self._of(np.s_[band, rows, columns]) for band in chosen)

    def for_band(self, band: int) -> MinMax | None:
        """Return those of a whole band, counted from 0."""
        return self._of(np.s_[band])

    def overall(self) -> MinMax | None:
        """Return those of all bands together."""
        return self._of(np.s_[:])

    def _of(self, place: Any) -> MinMax | None:
        valid = self.valid[place]
        return MinMax.of(self.minimum[place][valid], self.maximum[place][valid])

    # ---------------------------------------------------------------- as a tag

    def halved(self) -> TileStatistics:
        """Put four squares into one."""
        if self.minimum.dtype.kind == "f":
            lowest, highest = -np.inf, np.inf
        else:
            limits = np.iinfo(self.minimum.dtype)
            lowest, highest = limits.min, limits.max
        return TileStatistics(
            self.grid,
            self.level + 1,
            _fours(
                np.where(self.valid, self.minimum, self.minimum.dtype.type(highest)), highest
            ).min(axis=(2, 4)),
            _fours(np.where(self.valid, self.maximum, self.maximum.dtype.type(lowest)), lowest).max(
                axis=(2, 4)
            ),
            np.any(_fours(self.valid, False), axis=(2, 4)),
        )

    def to_text(self) -> str:
        """Write the tag GEOSPATIAL_STATISTICS."""
        values = np.concatenate([self.minimum[self.valid], self.maximum[self.valid]])
        size = values.itemsize
        # bytes of the same rank side by side: high ones are much alike, low ones are noise
        ranks = values.astype(values.dtype.newbyteorder(">")).view(np.uint8).reshape(-1, size).T
        return encode_text(
            bytes([self.level]) + np.packbits(self.valid).tobytes() + ranks.tobytes()
        )

    def text_within(self, length: int) -> str:
        """Write the tag with squares as small as the length allows; at worst all in one."""
        finest = self
        while finest.valid.size > MAX_ENTRIES and finest.level < _last_level(self.grid):
            finest = finest.halved()
        text = finest.to_text()
        while len(text) > length and finest.level < _last_level(self.grid):
            finest = finest.halved()
            text = finest.to_text()
        return text

    @classmethod
    def from_text(cls, text: str, grid: Grid, dtype: DType, name: str) -> TileStatistics:
        """Read `to_text` back and check it.

        Raises
        ------
        CorruptFile
            If these are no statistics of such a raster.
        """
        size = dtype.itemsize
        try:
            if dtype.kind == "c":
                raise ValueError("complex numbers have no order")
            start = decode_text(text, 1, whole=False)
            level = start[0] if start else 255
            if level > _last_level(grid):
                raise ValueError(f"squares of level {level}")
            shape = _shape(grid, level)
            count = math.prod(shape)
            if count > MAX_ENTRIES:
                raise ValueError(f"{count} squares and bands where {MAX_ENTRIES} are allowed")
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
                f"{name}: the tag GEOSPATIAL_STATISTICS is damaged ({error}); fetch or convert the "
                "file again."
            ) from error
        result = cls(grid, level, np.zeros(shape, dtype), np.zeros(shape, dtype), valid)
        result.minimum[valid], result.maximum[valid] = values
        return result


def _last_level(grid: Grid) -> int:
    """Return the first level that is one square, whether or not the file has it."""
    full = Grid.pyramid(grid.width, grid.height, grid.tile_size)
    return full.level_count - 1


def _shape(grid: Grid, level: int) -> tuple[int, int, int]:
    finest = grid.levels[0]
    return grid.bands, -(-finest.rows >> level), -(-finest.columns >> level)


def _fours(values: Array, filling: object) -> Array:
    """Cut rows and columns into pairs, filled up where their number is odd."""
    bands, rows, columns = values.shape
    even = np.full((bands, rows + rows % 2, columns + columns % 2), filling, values.dtype)
    even[:, :rows, :columns] = values
    return even.reshape(bands, even.shape[1] // 2, 2, even.shape[2] // 2, 2)
