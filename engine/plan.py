"""What a read will fetch, known before it does."""

from __future__ import annotations

from dataclasses import dataclass

from .grid import TileKey, Window
from .source import ByteRange


@dataclass(frozen=True)
class Plan:
    """What a read will fetch.

    Parameters
    ----------
    window : Window
        Of the level.
    keys : tuple of TileKey
        Tiles that the window touches, of the bands asked for.
    ranges : tuple of (offset, size)
        Bytes of each tile, size 0 for tiles of nothing but nodata.
    fetches : tuple of (offset, size)
        What the source would fetch to have them, as things stand: neighbours together, and nothing
        that is in memory already.
    """

    window: Window
    keys: tuple[TileKey, ...]
    ranges: tuple[ByteRange, ...]
    fetches: tuple[ByteRange, ...]

    @property
    def bytes(self) -> int:
        """Bytes of all tiles together."""
        return sum(size for _, size in self.ranges)

    @property
    def fetched_bytes(self) -> int:
        """Bytes of all fetches together."""
        return sum(size for _, size in self.fetches)
