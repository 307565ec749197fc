"""Fetch many ranges at once and hand them out in order, as they arrive."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence

from ...errors import CorruptFile
from ...job import Job
from ..byte_source import ByteRange, ByteSource
from ..ranges import coalesce, exclude_prefix, request_index
from .fetch_pool import FetchPool, FetchTask

#: Requests at once; browsers keep six connections to a host, and servers expect no more.
PARALLEL = 6


def fetch_ranges(
    ranges: Sequence[ByteRange],
    *,
    start: bytes,
    pool: FetchPool,
    task_for: Callable[[ByteRange], FetchTask],
    fetch: Callable[[ByteRange, FetchTask], bytes | bytearray],
    job: Job,
) -> Generator[bytes, None, None]:
    """Yield the bytes of each range.

    As many requests as the pool has threads are under way; the next one begins when one is done
    *and* handed out, so memory does not follow the number of ranges.

    Parameters
    ----------
    ranges : sequence of (offset, size)
    start : bytes
        First bytes of the file, which need no fetching.
    pool : FetchPool
    task_for : callable
        Makes the task of a request.
    fetch : callable
        Runs in a thread of the pool.
    job : Job
        Asked in the thread that iterates; its progress counts bytes of the requests.
    """
    requests = coalesce(exclude_prefix(ranges, len(start)))
    total = sum(size for _, size in requests)
    last_use = {
        request_index(requests, offset + size - 1): n
        for n, (offset, size) in enumerate(ranges)
        if size
    }
    tasks: dict[int, FetchTask] = {}
    handed_out = 0

    def poll() -> None:
        job.progress(handed_out + sum(task.received for task in tasks.values()), total)

    def begin(number: int) -> None:
        task = task_for(requests[number])
        tasks[number] = pool.start(task, lambda task: fetch(requests[number], task))

    begun = 0
    try:
        for n, (offset, size) in enumerate(ranges):
            ((rest, missing),) = exclude_prefix([(offset, size)], len(start))
            data = start[offset : offset + size - missing]
            if missing:
                number = request_index(requests, rest)
                while begun < len(requests) and (begun <= number or len(tasks) < pool.threads):
                    begin(begun)
                    begun += 1
                fetched = pool.result(tasks[number], job, poll)
                first = rest - requests[number][0]
                data += memoryview(fetched)[first : first + missing]  # copied once, not twice
                if last_use[number] == n:
                    handed_out += requests[number][1]
                    del tasks[number]
            yield data
    finally:
        for task in tasks.values():
            task.stop()


def check_within_file(ranges: Sequence[ByteRange], source: ByteSource) -> None:
    """Raise `CorruptFile` where a range reaches beyond the end of the file."""
    for offset, size in ranges:
        if offset < 0 or offset + size > source.size:
            raise CorruptFile(
                "file.cut_off_range",
                name=source.name,
                offset=offset,
                size=size,
                found=source.size,
            )
