"""What all sources that fetch ranges from elsewhere have in common."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Generator, Sequence

from ...errors import Message
from ...job import NO_JOB, Job
from ..byte_source import ByteRange
from ..ranges import coalesce, exclude_prefix
from .concurrent_ranges import check_within_file, fetch_ranges
from .fetch_pool import FetchPool, FetchTask
from .retry import RetryPolicy


class RangeSource:
    """A `flac_raster_qgis.engine.storage.byte_source.ByteSource` whose start is in memory.

    Parameters
    ----------
    name : str
        As messages show it.
    pool : FetchPool
    retry : RetryPolicy
    job : Job, optional
        Asked by every read, beside the one that it is given.
    """

    #: Known once the source is open.
    size: int
    identity: str
    #: Whether the same identity means the same bytes in another session, too.
    is_lasting: bool

    def __init__(self, name: str, pool: FetchPool, retry: RetryPolicy, job: Job):
        self.name = name
        self._pool, self._retry, self._job = pool, retry, job
        self._start = b""
        self._later, self._counting = 0, threading.Lock()

    @property
    def downloaded(self) -> int:
        """See `ByteSource`."""
        return len(self._start) + self._later

    def planned_requests(self, ranges: Sequence[ByteRange]) -> list[ByteRange]:
        """See `ByteSource`."""
        return coalesce(exclude_prefix(ranges, len(self._start)))

    def read(
        self,
        ranges: Sequence[ByteRange],
        *,
        bypass_cache: bool = False,
        job: Job = NO_JOB,
    ) -> Generator[bytes, None, None]:
        """See `ByteSource`."""
        check_within_file(ranges, self)
        return fetch_ranges(
            ranges,
            start=b"" if bypass_cache else self._start,
            pool=self._pool,
            task_for=self._task,
            fetch=lambda byte_range, task: self._counted(byte_range, task, bypass_cache),
            job=job.cancelled_with(self._job),
        )

    def close(self) -> None:
        """End whatever is being fetched."""
        self._pool.close()

    def _counted(
        self, byte_range: ByteRange, task: FetchTask, bypass_cache: bool
    ) -> bytes | bytearray:
        data = self._fetch(byte_range, task, bypass_cache=bypass_cache)
        with self._counting:
            self._later += len(data)
        return data

    def _fetch(
        self, byte_range: ByteRange, task: FetchTask, *, bypass_cache: bool = False
    ) -> bytes | bytearray:
        """Fetch a range, in a thread of the pool; ``bypass_cache`` asks caches to pass it on."""
        raise NotImplementedError

    def _task(self, byte_range: ByteRange) -> FetchTask:
        offset, size = byte_range
        what = Message("remote.task", name=self.name, offset=offset, size=size)
        return FetchTask(what, self._retry.seconds_for(size))

    def _identify(self, url: str, validators: Sequence[str]) -> None:
        """Make the identity from the address, the length, and what names the version."""
        text = "\n".join((url, str(self.size), *validators))
        self.identity = hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()
