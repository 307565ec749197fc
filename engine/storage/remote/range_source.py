"""Read ranges of a remote file by concurrent requests, and yield them in order as they arrive."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Generator, Sequence
from typing import Any

from ...errors import CorruptFile, Message
from ...job import NO_JOB, Job
from ..byte_source import ByteRange
from ..ranges import coalesce, exclude_prefix, request_index
from .fetch_pool import FetchPool, FetchTask
from .retry import RetryPolicy

#: Concurrent requests; browsers keep six connections to a host, and servers expect no more.
PARALLEL = 6


class RangeSource:
    """A `flac_raster_qgis.engine.storage.byte_source.ByteSource` whose start is in memory.

    Its job cancels every read, as the job of the read does.
    """

    #: Known once the source is open.
    size: int
    identity: str
    #: See `ByteSource`.
    version: str | None

    def __init__(self, name: str, pool: FetchPool, retry: RetryPolicy, job: Job, first_read: int):
        self.name, self.first_read = name, first_read
        self._pool, self._retry, self._job = pool, retry, job
        self._start = b""
        self._downloaded, self._lock = 0, threading.Lock()

    @property
    def downloaded(self) -> int:
        """See `ByteSource`."""
        return len(self._start) + self._downloaded

    def planned_requests(self, ranges: Sequence[ByteRange]) -> list[ByteRange]:
        """See `ByteSource`."""
        return coalesce(exclude_prefix(ranges, len(self._start)))

    def read(
        self, ranges: Sequence[ByteRange], *, bypass_cache: bool = False, job: Job = NO_JOB
    ) -> Generator[bytes, None, None]:
        """See `ByteSource`.

        There are as many requests at once as the pool has threads. The next one is sent when one is
        complete *and* yielded, so memory does not depend on the number of ranges.
        """
        for offset, size in ranges:
            if offset < 0 or offset + size > self.size:
                raise CorruptFile(
                    "file.cut_off_range", self.name, offset=offset, size=size, found=self.size
                )
        return self._read(ranges, bypass_cache, job.cancelled_with(self._job))

    def _read(
        self, ranges: Sequence[ByteRange], bypass_cache: bool, job: Job
    ) -> Generator[bytes, None, None]:
        start = b"" if bypass_cache else self._start
        requests = coalesce(exclude_prefix(ranges, len(start)))
        total = sum(size for _, size in requests)
        last_use = {
            request_index(requests, offset + size - 1): n
            for n, (offset, size) in enumerate(ranges)
            if size
        }
        tasks: dict[int, FetchTask] = {}
        sent = yielded = 0

        def report() -> None:
            job.progress(yielded + sum(task.received for task in tasks.values()), total)

        try:
            for n, (offset, size) in enumerate(ranges):
                ((rest, missing),) = exclude_prefix([(offset, size)], len(start))
                data = start[offset : offset + size - missing]
                if missing:
                    number = request_index(requests, rest)
                    while sent < len(requests) and (
                        sent <= number or len(tasks) < self._pool.threads
                    ):
                        tasks[sent] = self._send(requests[sent], bypass_cache)
                        sent += 1
                    fetched = self._pool.result(tasks[number], job, report)
                    first = rest - requests[number][0]
                    data += memoryview(fetched)[first : first + missing]  # copied only once
                    if last_use[number] == n:
                        yielded += requests[number][1]
                        del tasks[number]
                yield data
        finally:
            for task in tasks.values():
                task.stop()

    def close(self) -> None:
        """Cancel all requests."""
        self._pool.close()

    def _run(self, byte_range: ByteRange, call: Callable[[FetchTask], Any]) -> Any:
        """Return the result of a request while the source is being opened."""
        return self._pool.result(self._pool.start(self._task(byte_range), call), self._job)

    def _send(self, byte_range: ByteRange, bypass_cache: bool) -> FetchTask:
        def fetch(task: FetchTask) -> bytes | bytearray:
            data = self._fetch(byte_range, task, bypass_cache=bypass_cache)
            with self._lock:
                self._downloaded += len(data)
            return data

        return self._pool.start(self._task(byte_range), fetch)

    def _fetch(
        self, byte_range: ByteRange, task: FetchTask, *, bypass_cache: bool = False
    ) -> bytes | bytearray:
        """Fetch a range in a thread of the pool; ``bypass_cache`` also applies to proxies."""
        raise NotImplementedError

    def _task(self, byte_range: ByteRange) -> FetchTask:
        offset, size = byte_range
        label = Message("remote.task", self.name, offset=offset, size=size)
        return FetchTask(label, self._retry.seconds_for(size))

    def _identify(self, url: str, validators: Sequence[str]) -> None:
        """Derive the identity from address, size, and the validators of the version."""
        text = "\n".join((url, str(self.size), *validators))
        self.identity = hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()
