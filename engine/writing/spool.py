"""Encoded tiles in a temporary file until the index is known."""

from __future__ import annotations

import tempfile
from pathlib import Path

from ..model.grid import TileKey
from ..storage.output import write_error


class Spool:
    """Encoded tiles in a nameless file beside the output, which vanishes with the process."""

    def __init__(self, path: Path):
        self._path = path
        try:
            self._file = tempfile.TemporaryFile(dir=path.parent)
        except OSError as error:
            raise write_error(path, error) from error
        self._position = 0
        self._places: dict[TileKey, tuple[int, int]] = {}

    def __enter__(self) -> Spool:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self._file.close()

    def __len__(self) -> int:
        """Number of tiles."""
        return len(self._places)

    def add(self, key: TileKey, data: bytes) -> None:
        """Store a tile."""
        try:
            self._file.write(data)
        except OSError as error:
            raise write_error(self._path, error) from error
        self._places[key] = (self._position, len(data))
        self._position += len(data)

    def size(self, key: TileKey) -> int:
        """Return the size of a tile in bytes."""
        return self._places[key][1]

    def read(self, key: TileKey) -> bytes:
        """Return a tile."""
        offset, size = self._places[key]
        self._file.seek(offset)
        return self._file.read(size)
