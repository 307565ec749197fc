"""A cache of downloaded ranges on disk, which later runs of the program use again."""

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
#: Exceptions of diskcache for a database that was modified.
_DAMAGED = (
    *(sqlite3.Error, ValueError, TypeError, LookupError, ArithmeticError, AttributeError),
    MemoryError,  # of SQLite, for lengths in a database that are absurd
)
#: Seconds without access to a cache that another program locks.
_PAUSE = 10.0


class _Cache(diskcache.Cache):
    """diskcache that verifies the counter of bytes in its database, which controls eviction."""

    _is_counted = False

    def volume(self) -> int:
        """Return the size on disk in bytes."""
        volume: int = super().volume()
        if volume > self.size_limit and not self._is_counted:
            self._is_counted = True  # once, because it reads the whole table
            self._sql(
                "UPDATE Settings SET value = (SELECT COALESCE(SUM(size), 0) FROM Cache) "
                "WHERE key = 'size'"
            )
            volume = super().volume()
        if not 0 <= self.size <= 2 * self.size_limit:
            raise sqlite3.DatabaseError(f"entries of {self.size} bytes in all")
        return volume


class DiskCache:
    """A `Cache` on disk, which several programs may share.

    Unreadable or modified entries are misses: a failing cache costs time and nothing else. No file
    outside its folder is opened or deleted, whatever the database contains.

    Parameters
    ----------
    folder : path
        Parent of the cache folder, which no other user can enter.
    limit : int
        Approximate size on disk in bytes; the least recently used entries are evicted first.

    Raises
    ------
    InputError
        If the folder cannot be written, or other users can write to it.
    """

    def __init__(self, folder: str | Path, limit: int = 1 << 30):
        self.limit = limit
        self._folder = folder
        self._lock = threading.Lock()
        self._paused_until = 0.0
        #: None after it could not be created again: then nothing is stored.
        self._cache: _Cache | None = self._open()

    def _open(self) -> _Cache:
        """Open the cache; replace an invalid one. Raise `InputError` if neither is possible."""
        folder = private_folder(self._folder)
        try:
            try:
                if is_valid(folder):
                    return self._open_sound(folder)
            except _DAMAGED as error:
                if is_busy(error):
                    raise
            shutil.rmtree(folder, ignore_errors=True)  # follows no links
            folder = private_folder(self._folder)
            if is_valid(folder):
                return self._open_sound(folder)
            reason = Message("cache.not_cache", folder=folder)
        except (*_DAMAGED, OSError) as error:
            raise unusable_folder(
                self._folder, getattr(error, "strerror", None) or str(error)
            ) from error
        raise unusable_folder(self._folder, reason)

    def _open_sound(self, folder: Path) -> _Cache:
        settings = {**SETTINGS, "size_limit": self.limit}
        cache = _Cache(str(folder), timeout=1, disk=PlainFiles, **settings)
        cache.disk.longest = self.limit // 4 + _DIGEST
        return cache

    def get(self, key: str) -> bytes | None:
        """See `Cache`."""
        entry = self._try(lambda cache: _entry(cache, key))
        if isinstance(entry, bytes):
            digest, data = entry[:_DIGEST], entry[_DIGEST:]
            if digest == self._digest(key, data):
                return data
        if key in self:  # but it is invalid: no plan may count on it
            self._try(lambda cache: cache.delete(key))
        return None

    def put(self, key: str, data: bytes) -> None:
        """See `Cache`."""
        if len(data) <= self.limit // 4:
            self._try(lambda cache: cache.set(key, self._digest(key, data) + data))

    def __contains__(self, key: str) -> bool:
        """Return whether the key has an entry, which may turn out to be damaged."""
        return bool(self._try(lambda cache: key in cache))

    def close(self) -> None:
        """Close the files; entries stay."""
        if self._cache is not None:
            self._cache.close()

    @staticmethod
    def _digest(key: str, data: bytes) -> bytes:
        return hashlib.sha256(key.encode("utf-8") + b"\n" + data).digest()

    def _try(self, call: Callable[[_Cache], T]) -> T | None:
        """Return the result of a call; None if it fails."""
        cache = self._cache
        if cache is None or time.monotonic() < self._paused_until:
            return None
        try:
            return call(cache)
        except diskcache.Timeout:
            self._paused_until = time.monotonic() + _PAUSE
        except OSError:  # a full disk, or files that another program has just evicted
            return None
        except _DAMAGED as error:
            if is_busy(error):
                self._paused_until = time.monotonic() + _PAUSE
            else:
                self._replace_damaged(cache)
        return None

    def _replace_damaged(self, damaged: _Cache) -> None:
        """Replace a damaged cache by a new one."""
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
    """Return the value of an entry; None if its row or file is damaged."""
    try:
        value: bytes | None = cache.get(key)
        return value
    except ValueError:
        return None
