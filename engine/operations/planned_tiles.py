"""Tiles of a plan, each described on access.

An area may have millions of tiles, and most callers only need their number and size.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from ..format.statistics import MinMax
from ..format.tile_set import StoredTiles, TileSet
from ..model.grid import TileKey, Window
from ..model.metadata import number_to_json
from ..model.transform import tile_corners
from ..reading.flac_raster import FlacRaster
from ..storage.byte_source import ByteRange


@dataclass(frozen=True)
class PlannedTile:
    """A tile that an area needs.

    Parameters
    ----------
    key : TileKey
    number : int
        Number of its block in the level, row by row from 0, as in `Area`.
    bands : tuple of int
        Its bands, from 1.
    window : Window
        Its pixels in the level.
    corners : tuple of (x, y)
        In the raster's CRS, from the upper left corner in row direction.
    offset, size : int
        Byte range in the file; size 0 for a tile without valid pixels.
    min_max : MinMax, optional
        Minimum and maximum valid pixel of full resolution at its position, of the requested bands;
        None without valid pixels, or if they are not known.
    band_min_max : tuple of (MinMax or None), optional
        The same for each of its bands; None if the file lists none, or only those of statistics
        cells larger than the tile.
    """

    key: TileKey
    number: int
    bands: tuple[int, ...]
    window: Window
    corners: tuple[tuple[float, float], ...]
    offset: int
    size: int
    min_max: MinMax | None = None
    band_min_max: tuple[MinMax | None, ...] | None = None

    def attributes(self) -> dict[str, Any]:
        """Return the fields of the tile, without its corners."""
        low, high = self.min_max or (None, None)
        lows = highs = None
        if self.band_min_max is not None:
            pairs = [found or (None, None) for found in self.band_min_max]
            lows, highs = ([number_to_json(value) for value in values] for values in zip(*pairs))
        return {
            "tile": self.number,
            "level": self.key.level,
            "row": self.key.row,
            "column": self.key.column,
            "bands": ",".join(map(str, self.bands)),
            "offset": self.offset,
            "size": self.size,
            "width": self.window.width,
            "height": self.window.height,
            "min": number_to_json(low),
            "max": number_to_json(high),
            "band_min": lows,
            "band_max": highs,
        }

    def to_dict(self) -> dict[str, Any]:
        """Return plain values for JSON."""
        return {**self.attributes(), "corners": [list(corner) for corner in self.corners]}

    def to_feature(self) -> dict[str, Any]:
        """Return its footprint as a feature of GeoJSON."""
        return {
            "type": "Feature",
            "properties": self.attributes(),
            "geometry": {"type": "Polygon", "coordinates": [_ring(self.corners)]},
        }


class PlannedTiles(Sequence[PlannedTile]):
    """The tiles of an area, usable after the raster is closed; bands from 1, default all."""

    def __init__(self, raster: FlacRaster, keys: TileSet, bands: Sequence[int] | None):
        self.keys, self.bands = keys, bands
        self._grid, self._head = raster.grid, raster.head

    @cached_property
    def stored(self) -> StoredTiles:
        """The tiles with valid pixels, which take bytes."""
        return self._head.index.stored(self.keys)

    @property
    def bytes(self) -> int:
        """Size of all tiles."""
        return int(self.stored.sizes.sum())

    @property
    def empty_count(self) -> int:
        """Number of tiles without valid pixels."""
        return len(self.keys) - len(self.stored.numbers)

    @cached_property
    def min_max(self) -> MinMax | None:
        """Minimum and maximum valid pixel of full resolution in all tiles, of the requested bands.

        None without valid pixels, or if the file lists none. Where it lists squares larger than the
        tiles, of these.
        """
        if self._head.statistics is None:
            return None
        statistics = self._head.statistics.of_level(self.keys.level.number)
        coarser, found = statistics.level - self.keys.level.number, []
        for numbers in self.keys.numbers():
            rows, columns, starts = self.keys.places_at(numbers)
            for start in np.unique(starts).tolist():
                here = starts == start
                asked = self._grid.requested_bands(TileKey(0, 0, 0, start), self.bands)
                place = rows[here] >> coarser, columns[here] >> coarser
                found.append(statistics.for_squares(*place, asked))
        return MinMax.union(found)

    def __len__(self) -> int:
        return len(self.keys)

    def __getitem__(self, number: Any) -> Any:
        if isinstance(number, slice):
            return tuple(map(self._tile, self.keys[number]))
        return self._tile(self.keys[number])

    def __iter__(self) -> Iterator[PlannedTile]:
        places = dict(zip(self.stored.numbers.tolist(), self.stored.ranges))
        for number, key in enumerate(self.keys):
            yield self._tile(key, places.get(number))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence):
            return NotImplemented
        return len(self) == len(other) and all(a == b for a, b in zip(self, other))

    def _tile(self, key: TileKey, place: ByteRange | None = None) -> PlannedTile:
        statistics, min_max, of_bands = self._head.statistics, None, None
        if statistics is not None and statistics.level <= key.level:  # of no more than the tile
            of_bands = statistics.for_tile(key)
            asked = self._grid.requested_bands(key, self.bands)
            min_max = MinMax.union(of_bands[band - key.band] for band in asked)
        offset, size = place or self._head.index.byte_range(key)
        return PlannedTile(
            key=key,
            number=key.row * self.keys.level.tile_columns + key.column,
            bands=tuple(band + 1 for band in self._grid.tile_band_range(key)),
            window=self._grid.tile_window(key),
            corners=tile_corners(self._head.metadata.transform, self._grid, key),
            offset=offset,
            size=size,
            min_max=min_max,
            band_min_max=of_bands,
        )


def _ring(corners: Sequence[tuple[float, float]]) -> list[list[float]]:
    """Return a closed ring in counterclockwise order, as GeoJSON requires."""
    doubled_area = sum(
        x * next_y - next_x * y
        for (x, y), (next_x, next_y) in zip(corners, (*corners[1:], corners[0]))
    )
    turned = corners if doubled_area > 0 else corners[::-1]
    return [list(corner) for corner in (*turned, turned[0])]
