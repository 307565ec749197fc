"""Damaged tiles that are skipped: noted, and their pixels made nodata or masked."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Sequence

import numpy as np

from ..errors import CorruptFile, Message
from ..model.grid import TileKey, Window
from ..model.nodata import cast_nodata
from ..model.raster import MaskedPixels
from ..reading.flac_raster import FlacRaster
from ..reading.tile_pipeline import DamagedTile
from .verify import TileCheck

#: Damaged tiles that warnings name one by one; the result lists all.
_NAMED = 20


class MaskNeeded(Exception):
    """A damaged tile has bands without nodata: the output must be begun anew, with a mask."""


class DamageRecorder:
    """Records damaged tiles that are skipped, of some bands (from 1; default all)."""

    def __init__(self, raster: FlacRaster, bands: Sequence[int] | None):
        self._raster, self._bands = raster, bands
        self._found: dict[TileKey, TileCheck] = {}
        self._needs_mask = False

    @property
    def damaged(self) -> tuple[TileCheck, ...]:
        """Tiles that were skipped."""
        return tuple(self._found.values())

    def record(self, tile: DamagedTile) -> None:
        """Record a tile; see `FlacRaster.iter_blocks`.

        Raises its error if the tile is not at fault: the disk, or a later version of the format.
        """
        if not isinstance(tile.error, CorruptFile):
            raise tile.error
        raster, key = self._raster, tile.key
        self._found[key] = TileCheck.of(tile, raster.head.index)
        nodata = raster.metadata.nodata
        asked = raster.grid.requested_bands(key, self._bands)
        if any(cast_nodata(raster.dtype, nodata[band]) is None for band in asked):
            self._needs_mask = True

    def masked(
        self, blocks: Iterable[tuple[Window, MaskedPixels]], with_mask: bool
    ) -> Generator[tuple[Window, MaskedPixels], None, None]:
        """Yield blocks, masked where only a mask can show that a tile is damaged.

        Raises `MaskNeeded` if there is such a tile, and the output has no mask.
        """
        for window, (array, mask) in blocks:
            hidden, self._needs_mask = self._needs_mask, False
            if hidden and not with_mask:
                raise MaskNeeded
            if with_mask and mask is None:
                mask = np.full(array.shape[1:], not hidden)
            yield window, (array, mask)

    def sentences(self, tiles: int, output: object) -> list[str]:
        """Return sentences about the tiles that were skipped."""
        damaged = self.damaged
        if not damaged:
            return []
        rest = len(damaged) - _NAMED
        code = "note.damaged_tile" if len(damaged) == 1 else "note.damaged_tiles"
        return [
            Message(code, found=len(damaged), expected=tiles, output=output),
            *(tile.error for tile in damaged[:_NAMED]),
            *([Message("note.one_more_tile")] if rest == 1 else []),
            *([Message("note.more_tiles", found=rest)] if rest > 1 else []),
        ]
