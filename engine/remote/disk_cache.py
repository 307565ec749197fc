"""Keep fetched ranges on disk, for the next time the program runs."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
import threading
from pathlib import Path
from typing import Any

from ..errors import InputError, MissingDependency

try:
    import diskcache
    from diskcache.core import MODE_BINARY, MODE_RAW
except ImportError as error:
    raise MissingDependency(
        "A cache on disk needs the Python package diskcache; install it with: "
        "python -m pip install diskcache"
    ) from error

_FOLDER = "flac-raster-tiles"
_DIGEST = hashlib.sha256().digest_size
#: What reading an entry raises that was not written here.
_DAMAGED = (ValueError, EOFError)
_TROUBLE = (sqlite3.Error, OSError, diskcache.Timeout, *_DAMAGED)


class _BytesOnly(diskcache.Disk):
    """Unpickles nothing: a cache that somebody meddled with must not run code."""

    def fetch(self, mode: int, filename: str | None, value: Any, read: bool) -> Any:
        if mode not in (MODE_RAW, MODE_BINARY):
            raise ValueError(f"mode {mode}")
        return super().fetch(mode, filename, value, read)


class DiskCache:
    """A `Cache` on disk; several programs may share it.

    What cannot be read, or is not what was written, counts as not there: a cache that fails costs
    time and nothing else.

    Parameters
    ----------
    folder : path
        A folder of its own is made inside.
    limit : int
        Bytes on disk, roughly; what was used longest ago is dropped first.

    Raises
    ------
    InputError
        If the folder cannot be written.
    """

    def __init__(self, folder: str | Path, limit: int = 1 << 30):
        self.limit = limit
        self._folder = Path(folder) / _FOLDER
        self._lock = threading.Lock()
        try:
            self._cache = self._open()
        except sqlite3.DatabaseError:
            self._cache = self._begin_anew()
        except OSError as error:
            raise InputError(
                f"{folder} cannot be used as a cache: {error.strerror or error}; choose another "
                "folder."
            ) from error

    def _open(self) -> diskcache.Cache:
        return diskcache.Cache(
            str(self._folder),
            disk=_BytesOnly,
            size_limit=self.limit,
            eviction_policy="least-recently-used",
            timeout=1,
        )

    def _begin_anew(self) -> diskcache.Cache:
        shutil.rmtree(self._folder, ignore_errors=True)
        return self._open()

    def get(self, key: str) -> bytes | None:
        """See `Cache`."""
        try:
            entry = self._cache.get(key)
        except _DAMAGED:
            entry = None
        except _TROUBLE as error:
            self._repair(error)
            return None
        if isinstance(entry, bytes):
            digest, data = entry[:_DIGEST], entry[_DIGEST:]
            if digest == self._digest(key, data):
                return data
        self._drop(key)
        return None

    def put(self, key: str, data: bytes) -> None:
        """See `Cache`."""
        if len(data) > self.limit // 4:
            return
        try:
            self._cache.set(key, self._digest(key, data) + data)
        except _TROUBLE as error:
            self._repair(error)

    def __contains__(self, key: str) -> bool:
        """Whether there is such an entry; only `get` reads it, and finds out if it is damaged."""
        try:
            return key in self._cache
        except _TROUBLE as error:
            self._repair(error)
            return False

    def _drop(self, key: str) -> None:
        """Drop an entry that cannot be used, if there is one, so that no plan counts on it."""
        if key in self:
            try:
                self._cache.delete(key)
            except _TROUBLE as error:
                self._repair(error)

    def close(self) -> None:
        """Close the files; what is kept stays."""
        self._cache.close()

    @staticmethod
    def _digest(key: str, data: bytes) -> bytes:
        return hashlib.sha256(key.encode("utf-8") + b"\n" + data).digest()

    def _repair(self, error: Exception) -> None:
        """Begin a new cache where the old one is damaged, rather than busy or on a full disk."""
        if isinstance(error, sqlite3.DatabaseError) and not isinstance(
            error, sqlite3.OperationalError
        ):
            with self._lock:
                self._cache.close()
                self._cache = self._begin_anew()
