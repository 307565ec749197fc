"""The tiles, byte ranges and requests of a read, known before it runs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..format.tile_set import StoredTiles, TileSet
from ..model.grid import TileKey, Window
from ..storage.byte_source import ByteRange


@dataclass(frozen=True, eq=False)
class ReadPlan:
    """What a read fetches.

    Parameters
    ----------
    window : Window
        Of the level.
    keys : TileSet
        Tiles that the window touches, of the requested bands.
    stored : StoredTiles
        Those of them that take bytes; the others contain only nodata.
    requests : tuple of (offset, size)
        What the source would request for them at present: adjacent tiles together, without those
        that are cached.
    """

    window: Window
    keys: TileSet
    stored: StoredTiles
    requests: tuple[ByteRange, ...]

    @property
    def ranges(self) -> tuple[ByteRange, ...]:
        """Offset and size of each tile, ``(0, 0)`` for tiles that contain only nodata."""
        offsets, sizes = np.zeros((2, len(self.keys)), np.int64)
        offsets[self.stored.numbers] = self.stored.offsets
        sizes[self.stored.numbers] = self.stored.sizes
        return tuple(zip(offsets.tolist(), sizes.tolist()))

    @property
    def stored_keys(self) -> list[TileKey]:
        """Tiles that take bytes."""
        return self.keys.keys_at(self.stored.numbers)

    @property
    def tile_bytes(self) -> int:
        """Size of all tiles in bytes."""
        return int(self.stored.sizes.sum())

    @property
    def request_bytes(self) -> int:
        """Size of all requests in bytes."""
        return sum(size for _, size in self.requests)
