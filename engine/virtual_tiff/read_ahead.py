"""Tiles that a reader will ask for next, decoded while it works on those that it has.

GDAL asks for a row of blocks, works on it, and only then asks for the next one; so without this,
one processor would wait for the other.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, Callable

from ..parallel.executors import default_workers

#: Bytes of pixels that are decoded ahead of all readers.
READ_AHEAD_BYTES = 16 << 20
#: Most threads, as each may take ten times the memory of the tiles that it decodes at once.
_MAX_THREADS = 4
#: Seconds after which a reader is taken to have ended.
_READER_TIMEOUT = 5.0
#: Runs of blocks that are remembered of an image: one per reader.
_MAX_RUNS = 8


class Runs:
    """Blocks of an image that were read one after another; safe to use from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        #: Length of each run by the block that follows it.
        self._runs: dict[int, int] = {}

    def extend(self, start: int, stop: int, are_empty: Callable[[int, int], bool]) -> int:
        """Return the length of the run that some blocks continue, these included.

        Readers may skip blocks that take no bytes, as ``are_empty`` says of a range. They may read
        the last block once more, if a range of bytes ended within it.
        """
        with self._lock:
            before = next(
                (
                    end
                    for end in reversed(self._runs)
                    if start <= end < start + 2
                    or (start - self._runs[end] <= end < start and are_empty(end, start))
                ),
                None,
            )
            length = stop - start if before is None else self._runs.pop(before) + stop - before
            self._runs[stop] = length
            if len(self._runs) > _MAX_RUNS:
                del self._runs[next(iter(self._runs))]
            return length


class ReadAhead:
    """Threads that decode tiles ahead of the readers of any number of rasters.

    One processor is left to the reader.
    """

    def __init__(self, limit: int = READ_AHEAD_BYTES) -> None:
        self._limit = limit
        threads = max(1, min(default_workers() - 1, _MAX_THREADS))
        self._pool = ThreadPoolExecutor(threads, "flac-raster-ahead")
        self._lock = threading.Lock()
        #: When each reader has read.
        self._readers: dict[Hashable, float] = {}

    def share(self, reader: Hashable) -> int:
        """Return how many bytes may be decoded ahead of a reader, as long as others read too."""
        now = time.monotonic()
        with self._lock:
            recent = {key: at for key, at in self._readers.items() if now - at < _READER_TIMEOUT}
            self._readers = {**recent, reader: now}
            return self._limit // len(self._readers)

    def submit(self, function: Callable[..., None], *args: Any) -> Future[None]:
        """Call a function in one of the threads."""
        return self._pool.submit(function, *args)
