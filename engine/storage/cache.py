"""Caches of byte ranges, so that no tile is downloaded twice."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Generator, Sequence
from contextlib import closing
from typing import Callable, Generic, Protocol, TypeVar

from ..job import NO_JOB, Job
from .byte_source import ByteRange, ByteSource

K = TypeVar("K")
V = TypeVar("V")


class Cache(Protocol):
    """Thread-safe store of bytes by key, which may evict entries at any time."""

    def get(self, key: str) -> bytes | None:
        """Return an entry; None on a miss."""

    def put(self, key: str, data: bytes) -> None:
        """Store an entry, replacing an earlier one."""

    def __contains__(self, key: str) -> bool:
        """Whether the key has an entry, as far as can be told without reading it."""


class LruCache(Generic[K, V]):
    """Least recently used entries in memory, up to a size in bytes; thread-safe.

    Parameters
    ----------
    limit : int
        Maximum size in bytes; larger entries are not stored.
    size_of : callable
        Returns the size of an entry in bytes.
    """

    def __init__(self, limit: int, size_of: Callable[[V], int]):
        self.limit = limit
        self.bytes = 0
        self._size_of = size_of
        # the garbage collector may end an owner of entries, which removes them, inside any method
        self._lock = threading.RLock()
        self._entries: OrderedDict[K, V] = OrderedDict()

    def get(self, key: K) -> V | None:
        """Return an entry; None on a miss."""
        with self._lock:
            if key in self._entries:
                self._entries.move_to_end(key)
            return self._entries.get(key)

    def put(self, key: K, entry: V) -> None:
        """Store an entry, replacing an earlier one."""
        size = self._size_of(entry)
        with self._lock:
            self._remove(key)
            if size > self.limit:
                return
            self._entries[key] = entry
            self.bytes += size
            while self.bytes > self.limit:
                self._remove(next(iter(self._entries)))

    def __contains__(self, key: K) -> bool:
        with self._lock:
            return key in self._entries

    def remove_where(self, is_unwanted: Callable[[K], bool]) -> None:
        """Remove all entries with certain keys."""
        with self._lock:
            for key in list(filter(is_unwanted, self._entries)):
                self._remove(key)

    def clear(self) -> None:
        """Remove all entries."""
        self.remove_where(lambda _: True)

    def _remove(self, key: K) -> None:
        if key in self._entries:
            size = self._size_of(self._entries.pop(key))
            self.bytes -= size


class MemoryCache(LruCache[str, bytes]):
    """A `Cache` in memory, up to a size in bytes."""

    def __init__(self, limit: int):
        super().__init__(limit, len)


#: Shared by all sources of this process.
SHARED = MemoryCache(64 << 20)


class CachedSource:
    """A source behind a cache; see `ByteSource`.

    Ranges are cached as they are requested, which suits readers of complete tiles. Keys contain the
    identity of the source, so a replaced file never mixes with its successor.
    """

    def __init__(self, source: ByteSource, cache: Cache):
        self._source, self._cache = source, cache
        self.name, self.size, self.identity = source.name, source.size, source.identity
        self.version, self.first_read = source.version, source.first_read

    @property
    def downloaded(self) -> int:
        """See `ByteSource`."""
        return self._source.downloaded

    def planned_requests(self, ranges: Sequence[ByteRange]) -> list[ByteRange]:
        """See `ByteSource`."""
        return self._source.planned_requests(
            [r for r in ranges if r[1] and self._key(r) not in self._cache]
        )

    def read(
        self, ranges: Sequence[ByteRange], *, bypass_cache: bool = False, job: Job = NO_JOB
    ) -> Generator[bytes, None, None]:
        """See `ByteSource`."""
        cached = [None if bypass_cache else self._cached(byte_range) for byte_range in ranges]
        fetched = self._source.read(
            [r for r, data in zip(ranges, cached) if data is None],
            bypass_cache=bypass_cache,
            job=job,
        )
        with closing(fetched):
            for byte_range, data in zip(ranges, cached):
                if data is None:
                    data = next(fetched)
                    self._cache.put(self._key(byte_range), data)
                yield data

    def close(self) -> None:
        """See `ByteSource`; the cache stays open."""
        self._source.close()

    def _cached(self, byte_range: ByteRange) -> bytes | None:
        size = byte_range[1]
        data = self._cache.get(self._key(byte_range)) if size else b""
        return data if data is not None and len(data) == size else None

    def _key(self, byte_range: ByteRange) -> str:
        return f"{self.identity}:{byte_range[0]}+{byte_range[1]}"
