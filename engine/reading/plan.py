"""The tiles, byte ranges and requests of a read, known before it runs."""

from __future__ import annotations

from dataclasses import dataclass

from ..format.tile_set import StoredTiles, TileSet
from ..model.grid import TileKey, Window
from ..storage.byte_source import ByteRange


@dataclass(frozen=True, eq=False)
class ReadPlan:
    """What a read fetches."""

    #: Of the level.
    window: Window
    #: Tiles that the window touches, of the requested bands.
    keys: TileSet
    #: Those of them that take bytes; the others contain only nodata.
    stored: StoredTiles
    #: What the source would request for them at present: adjacent tiles together, without those
    #: that are cached.
    requests: tuple[ByteRange, ...]

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
