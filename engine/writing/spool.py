"""Encoded tiles in a temporary file until the index is known."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import BinaryIO

from ..format.statistics import TileStatistics
from ..job import Job
from ..model.data_types import DType
from ..model.grid import Grid, TileKey
from ..storage.output import write_error
from ..tile.encoding import EncodedTile


class TileStore:
    """Takes encoded tiles as they are finished and remembers where they wait."""

    def __init__(self, spool: BinaryIO, path: Path, grid: Grid, dtype: DType, job: Job):
        self._spool, self._path = spool, path
        self._total, self._job = grid.tile_count, job
        self._position = 0
        self.places: dict[TileKey, tuple[int, int]] = {}
        self.codings: dict[str, tuple[int, int]] = {}
        #: Complex numbers have none.
        self.statistics = TileStatistics.empty(grid, dtype) if dtype.kind != "c" else None

    def add(self, key: TileKey, tile: EncodedTile) -> None:
        """Store a tile."""
        try:
            self._spool.write(tile.data)
        except OSError as error:
            raise write_error(self._path, error) from error
        self.places[key] = (self._position, len(tile.data))
        self._position += len(tile.data)
        tiles, size = self.codings.get(tile.coding, (0, 0))
        self.codings[tile.coding] = (tiles + 1, size + len(tile.data))
        if key.level == 0 and self.statistics is not None:
            self.statistics.put(key, tile.minimum, tile.maximum)
        self._job.progress(len(self.places), self._total)

    def read(self, key: TileKey) -> bytes:
        """Return a stored tile."""
        offset, size = self.places[key]
        self._spool.seek(offset)
        return self._spool.read(size)


def open_spool(path: Path) -> BinaryIO:
    """Open a nameless file beside the output: it vanishes with the process, however that ends."""
    try:
        return tempfile.TemporaryFile(dir=path.parent)
    except OSError as error:
        raise write_error(path, error) from error
