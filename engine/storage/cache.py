"""Keep fetched ranges, so that no tile is fetched twice."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Generator, Sequence
from contextlib import closing
from typing import Protocol

from ..job import NO_JOB, Job
from .byte_source import ByteRange, ByteSource


class Cache(Protocol):
    """Keeps bytes by name, for as long as it sees fit; safe to use from any thread."""

    def get(self, key: str) -> bytes | None:
        """Return what was put, None if it is not there any more."""

    def put(self, key: str, data: bytes) -> None:
        """Keep, in the place of what was there."""

    def __contains__(self, key: str) -> bool:
        """Whether `get` would return something, as far as can be told without reading it."""


class MemoryCache:
    """Bytes in memory, those used last.

    Parameters
    ----------
    limit : int
        Bytes kept at most; longer ones are not kept at all.
    """

    def __init__(self, limit: int):
        self.limit = limit
        self.bytes = 0
        self._lock = threading.Lock()
        self._entries: OrderedDict[str, bytes] = OrderedDict()

    def get(self, key: str) -> bytes | None:
        """See `Cache`."""
        with self._lock:
            if key in self._entries:
                self._entries.move_to_end(key)
            return self._entries.get(key)

    def put(self, key: str, data: bytes) -> None:
        """See `Cache`."""
        with self._lock:
            self.bytes += len(data) - len(self._entries.pop(key, b""))
            self._entries[key] = data
            while self.bytes > self.limit:
                _, dropped = self._entries.popitem(last=len(data) > self.limit)
                self.bytes -= len(dropped)

    def __contains__(self, key: str) -> bool:
        with self._lock:
            return key in self._entries

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._entries.clear()
            self.bytes = 0


#: Of all sources of this process.
SHARED = MemoryCache(64 << 20)


class CachedSource:
    """A source whose ranges are looked for in a cache first; see `ByteSource`.

    Ranges are kept as they were asked for, so this suits readers that ask for whole tiles. Names in
    the cache hold the identity of the source: what was replaced is never mixed with what is new.

    Parameters
    ----------
    source : ByteSource
    cache : Cache
    """

    def __init__(self, source: ByteSource, cache: Cache):
        self._source, self._cache = source, cache
        self.name, self.size, self.identity = source.name, source.size, source.identity
        self.is_lasting = source.is_lasting

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
        self,
        ranges: Sequence[ByteRange],
        *,
        bypass_cache: bool = False,
        job: Job = NO_JOB,
    ) -> Generator[bytes, None, None]:
        """See `ByteSource`."""
        if bypass_cache:
            kept: list[bytes | None] = [None] * len(ranges)
        else:
            kept = [self._kept(byte_range) for byte_range in ranges]
        fetched = self._source.read(
            [r for r, data in zip(ranges, kept) if data is None],
            bypass_cache=bypass_cache,
            job=job,
        )
        with closing(fetched):
            for byte_range, data in zip(ranges, kept):
                if data is None:
                    data = next(fetched)
                    self._cache.put(self._key(byte_range), data)
                yield data

    def close(self) -> None:
        """See `ByteSource`; the cache stays, for others."""
        self._source.close()

    def _kept(self, byte_range: ByteRange) -> bytes | None:
        size = byte_range[1]
        data = self._cache.get(self._key(byte_range)) if size else b""
        return data if data is not None and len(data) == size else None

    def _key(self, byte_range: ByteRange) -> str:
        return f"{self.identity}:{byte_range[0]}+{byte_range[1]}"
