"""What all sources that fetch ranges from elsewhere have in common."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Generator, Sequence

from ...job import NO_JOB, Job
from ..byte_source import ByteRange
from ..ranges import beyond, coalesce
from .concurrent_ranges import check_inside, read_in_wave
from .fetch_pool import Crew, Task
from .retry import Patience


class RangedSource:
    """A `flac_raster_qgis.engine.storage.byte_source.ByteSource` whose start is in memory.

    Parameters
    ----------
    name : str
        As messages show it.
    crew : Crew
    patience : Patience
    job : Job, optional
        Asked by every read, beside the one that it is given.
    """

    #: Known once the source is open.
    size: int
    identity: str
    #: Whether the same identity means the same bytes in another session, too.
    is_lasting: bool

    def __init__(self, name: str, crew: Crew, patience: Patience, job: Job):
        self.name = name
        self._crew, self._patience, self._job = crew, patience, job
        self._start = b""
        self._later, self._counting = 0, threading.Lock()

    @property
    def downloaded(self) -> int:
        """See `ByteSource`."""
        return len(self._start) + self._later

    def fetches(self, ranges: Sequence[ByteRange]) -> list[ByteRange]:
        """See `ByteSource`."""
        return coalesce(beyond(ranges, len(self._start)))

    def read(
        self,
        ranges: Sequence[ByteRange],
        *,
        fresh: bool = False,
        job: Job = NO_JOB,
    ) -> Generator[bytes, None, None]:
        """See `ByteSource`."""
        check_inside(ranges, self)
        return read_in_wave(
            ranges,
            start=b"" if fresh else self._start,
            crew=self._crew,
            task_for=self._task,
            fetch=lambda byte_range, task: self._counted(byte_range, task, fresh),
            job=job.cancelled_with(self._job),
        )

    def close(self) -> None:
        """End whatever is being fetched."""
        self._crew.close()

    def _counted(self, byte_range: ByteRange, task: Task, fresh: bool) -> bytes | bytearray:
        data = self._fetch(byte_range, task, fresh=fresh)
        with self._counting:
            self._later += len(data)
        return data

    def _fetch(
        self, byte_range: ByteRange, task: Task, *, fresh: bool = False
    ) -> bytes | bytearray:
        """Fetch a range, in a thread of the crew; ``fresh`` passes by every cache on the way."""
        raise NotImplementedError

    def _task(self, byte_range: ByteRange) -> Task:
        offset, size = byte_range
        what = f"{self.name}, bytes {offset} to {offset + size - 1},"
        return Task(what, self._patience.seconds_for(size))

    def _identify(self, url: str, validators: Sequence[str]) -> None:
        """Make the identity from the address, the length, and what names the version."""
        text = "\n".join((url, str(self.size), *validators))
        self.identity = hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()
