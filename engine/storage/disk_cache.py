"""Keep fetched ranges on disk, for the next time the program runs."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
import threading
import time
from pathlib import Path
from typing import Callable, TypeVar

from ..errors import InputError, Message, MissingDependency

try:
    import diskcache

    from .cache_folder import (
        SETTINGS,
        PlainFiles,
        is_busy,
        is_valid,
        private_folder,
        unusable_folder,
    )
except ImportError as error:
    raise MissingDependency(
        "package.missing", purpose=Message("purpose.disk_cache"), package="diskcache"
    ) from error

T = TypeVar("T")
_DIGEST = hashlib.sha256().digest_size
#: What diskcache raises of a database in which somebody has changed something.
_DAMAGED = (
    *(sqlite3.Error, ValueError, TypeError, LookupError, ArithmeticError, AttributeError),
    MemoryError,  # of SQLite, for lengths in a database that are absurd
)
#: Seconds in which a cache that another program blocks is not asked again.
_REST = 10.0


class _Cache(diskcache.Cache):
    """Does not rely on the counter of bytes in its database, by which entries are dropped."""

    _is_counted = False

    def volume(self) -> int:
        """Return the size on disk in bytes."""
        volume: int = super().volume()
        if volume > self.size_limit and not self._is_counted:
            self._is_counted = True  # once: that reads the whole table
            self._sql(
                "UPDATE Settings SET value = (SELECT COALESCE(SUM(size), 0) FROM Cache) "
                "WHERE key = 'size'"
            )
            volume = super().volume()
        if not 0 <= self.size <= 2 * self.size_limit:
            raise sqlite3.DatabaseError(f"entries of {self.size} bytes in all")
        return volume


class DiskCache:
    """A `Cache` on disk; several programs may share it.

    What cannot be read, or is not what was written, counts as not there: a cache that fails costs
    time and nothing else. No file outside of its folder is opened or deleted, whatever the database
    says.

    Parameters
    ----------
    folder : path
        A folder of its own, which no other user can enter, is made inside.
    limit : int
        Bytes on disk, roughly; what was used longest ago is dropped first.

    Raises
    ------
    InputError
        If the folder cannot be written, or others could.
    """

    def __init__(self, folder: str | Path, limit: int = 1 << 30):
        self.limit = limit
        self._place = folder
        self._lock = threading.Lock()
        self._rests_until = 0.0
        #: None once it could not be begun anew: then nothing is kept.
        self._cache: _Cache | None = self._open()

    def _open(self) -> _Cache:
        """Open the cache, and begin a new one where there is something else.

        Raises
        ------
        InputError
        """
        folder = private_folder(self._place)
        try:
            try:
                if is_valid(folder):
                    return self._open_sound(folder)
            except _DAMAGED as error:
                if is_busy(error):
                    raise
            shutil.rmtree(folder, ignore_errors=True)  # follows no links
            folder = private_folder(self._place)
            if is_valid(folder):
                return self._open_sound(folder)
            reason = Message("cache.not_cache", folder=str(folder))
        except (*_DAMAGED, OSError) as error:
            raise unusable_folder(
                self._place, getattr(error, "strerror", None) or str(error)
            ) from error
        raise unusable_folder(self._place, reason)

    def _open_sound(self, folder: Path) -> _Cache:
        settings = {**SETTINGS, "size_limit": self.limit}
        cache = _Cache(str(folder), timeout=1, disk=PlainFiles, **settings)
        cache.disk.longest = self.limit // 4 + _DIGEST
        return cache

    def get(self, key: str) -> bytes | None:
        """See `Cache`."""
        entry = self._ask(lambda cache: _entry(cache, key))
        if isinstance(entry, bytes):
            digest, data = entry[:_DIGEST], entry[_DIGEST:]
            if digest == self._digest(key, data):
                return data
        if key in self:  # but unusable_folder: no plan may count on it
            self._ask(lambda cache: cache.delete(key))
        return None

    def put(self, key: str, data: bytes) -> None:
        """See `Cache`."""
        if len(data) <= self.limit // 4:
            self._ask(lambda cache: cache.set(key, self._digest(key, data) + data))

    def __contains__(self, key: str) -> bool:
        """Whether there is such an entry; only `get` reads it, and finds out if it is damaged."""
        return bool(self._ask(lambda cache: key in cache))

    def close(self) -> None:
        """Close the files; what is kept stays."""
        if self._cache is not None:
            self._cache.close()

    @staticmethod
    def _digest(key: str, data: bytes) -> bytes:
        return hashlib.sha256(key.encode("utf-8") + b"\n" + data).digest()

    def _ask(self, ask: Callable[[_Cache], T]) -> T | None:
        """Return what the cache answers, None where it cannot."""
        cache = self._cache
        if cache is None or time.monotonic() < self._rests_until:
            return None
        try:
            return ask(cache)
        except diskcache.Timeout:
            self._rests_until = time.monotonic() + _REST
        except OSError:  # a full disk, or files that another program has just dropped
            return None
        except _DAMAGED as error:
            if is_busy(error):
                self._rests_until = time.monotonic() + _REST
            else:
                self._begin_anew(cache)
        return None

    def _begin_anew(self, damaged: _Cache) -> None:
        """Begin a new cache in the place of one that somebody has damaged."""
        with self._lock:
            if self._cache is not damaged:  # another thread has done so
                return
            damaged.close()
            try:
                shutil.rmtree(damaged.directory, ignore_errors=True)
                self._cache = self._open()
            except InputError:
                self._cache = None


def _entry(cache: _Cache, key: str) -> bytes | None:
    """Return the value of an entry, None where its row or file is damaged."""
    try:
        value: bytes | None = cache.get(key)
        return value
    except ValueError:
        return None
