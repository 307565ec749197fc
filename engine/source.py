"""Where the bytes of a FLAC raster come from: one small protocol, and the local file.

Positions are given with every read, so any number of threads may read from one source.
"""

from __future__ import annotations

import os
import stat
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from .errors import CorruptFile, InputError

#: ``(offset, size)`` in bytes.
ByteRange = tuple[int, int]


class ByteSource(Protocol):
    """A file of fixed content that can be read in parts."""

    #: Path or URL, as messages show it.
    name: str
    #: Length in bytes.
    size: int

    @property
    def identity(self) -> str:
        """Changes when the content does: an ETag, or size and time of modification."""

    def read(self, ranges: Sequence[ByteRange]) -> list[bytes]:
        """Return the bytes of each range, all of them or an error."""

    def close(self) -> None:
        """Release what the source holds."""


def file_identity(status: os.stat_result) -> str:
    """Return what changes when the content of a file does."""
    return f"{status.st_size}-{status.st_mtime_ns}"


class LocalFile:
    """A file on disk.

    Parameters
    ----------
    path : str or path

    Raises
    ------
    InputError
        If there is no such file or it may not be read.
    """

    def __init__(self, path: str | os.PathLike):
        self.path = Path(path)
        self.name = str(path)
        try:
            mode = self.path.stat().st_mode
            if not stat.S_ISREG(mode):
                kind = "a folder" if stat.S_ISDIR(mode) else "not a regular file"
                raise InputError(f"{self.name} is {kind}; a file was expected.")
            self._file = open(self.path, "rb", buffering=0)
        except FileNotFoundError as error:
            raise InputError(f"{self.name} does not exist; check the path.") from error
        except (OSError, ValueError) as error:  # ValueError: a NUL in the name
            reason = getattr(error, "strerror", None) or error
            raise InputError(f"{self.name} cannot be opened: {reason}.") from error
        status = os.fstat(self._file.fileno())
        self.size = status.st_size
        self.identity = file_identity(status)
        self._lock = threading.Lock()

    def read(self, ranges: Sequence[ByteRange]) -> list[bytes]:
        """See `ByteSource`."""
        return [self._read(offset, size) for offset, size in ranges]

    def _read(self, offset: int, size: int) -> bytes:
        parts = []
        while size:
            try:
                part = self._read_at(offset, size)
            except OSError as error:
                raise InputError(
                    f"{self.name}: bytes {offset} to {offset + size} cannot be read: "
                    f"{error.strerror}."
                ) from error
            if not part:
                raise CorruptFile(
                    f"{self.name} is cut off: it ends at byte {offset}, {size} more were expected."
                )
            parts.append(part)
            offset += len(part)
            size -= len(part)
        return b"".join(parts)

    def _read_at(self, offset: int, size: int) -> bytes:
        if hasattr(os, "pread"):
            return os.pread(self._file.fileno(), size, offset)
        with self._lock:  # Windows: one file position for all threads
            self._file.seek(offset)
            return self._file.read(size)

    def close(self) -> None:
        """Close the file."""
        self._file.close()
