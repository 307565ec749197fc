"""What a read will fetch, known before it does."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..format.tile_set import StoredTiles, TileSet
from ..model.grid import TileKey, Window
from ..storage.byte_source import ByteRange


@dataclass(frozen=True, eq=False)
class Plan:
    """What a read will fetch.

    Parameters
    ----------
    window : Window
        Of the level.
    keys : TileSet
        Tiles that the window touches, of the bands asked for.
    stored : StoredTiles
        Those of them that take bytes; the others are nothing but nodata.
    fetches : tuple of (offset, size)
        What the source would fetch to have them, as things stand: neighbours together, and nothing
        that is in memory already.
    """

    window: Window
    keys: TileSet
    stored: StoredTiles
    fetches: tuple[ByteRange, ...]

    @property
    def ranges(self) -> tuple[ByteRange, ...]:
        """Offset and size of each tile, ``(0, 0)`` for tiles of nothing but nodata."""
        offsets, sizes = np.zeros((2, len(self.keys)), np.int64)
        offsets[self.stored.numbers] = self.stored.offsets
        sizes[self.stored.numbers] = self.stored.sizes
        return tuple(zip(offsets.tolist(), sizes.tolist()))

    @property
    def stored_keys(self) -> list[TileKey]:
        """Tiles that take bytes."""
        return self.keys.keys_at(self.stored.numbers)

    @property
    def bytes(self) -> int:
        """Bytes of all tiles together."""
        return int(self.stored.sizes.sum())

    @property
    def fetched_bytes(self) -> int:
        """Bytes of all fetches together."""
        return sum(size for _, size in self.fetches)
