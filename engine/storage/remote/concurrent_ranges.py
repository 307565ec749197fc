"""Fetch many ranges at once and hand them out in order, as they arrive."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence

from ...errors import CorruptFile
from ...job import Job
from ..byte_source import ByteRange, ByteSource
from ..ranges import beyond, coalesce, request_of
from .fetch_pool import Crew, Task

#: Requests at once; browsers keep six connections to a host, and servers expect no more.
PARALLEL = 6


def read_in_wave(
    ranges: Sequence[ByteRange],
    *,
    start: bytes,
    crew: Crew,
    task_for: Callable[[ByteRange], Task],
    fetch: Callable[[ByteRange, Task], bytes | bytearray],
    job: Job,
) -> Generator[bytes, None, None]:
    """Yield the bytes of each range.

    As many requests as the crew has threads are under way; the next one begins when one is done
    *and* handed out, so memory does not follow the number of ranges.

    Parameters
    ----------
    ranges : sequence of (offset, size)
    start : bytes
        First bytes of the file, which need no fetching.
    crew : Crew
    task_for : callable
        Makes the task of a request.
    fetch : callable
        Runs in a thread of the crew.
    job : Job
        Asked in the thread that iterates; its progress counts bytes of the requests.
    """
    requests = coalesce(beyond(ranges, len(start)))
    total = sum(size for _, size in requests)
    last_use = {
        request_of(requests, offset + size - 1): n
        for n, (offset, size) in enumerate(ranges)
        if size
    }
    tasks: dict[int, Task] = {}
    handed_out = 0

    def glance() -> None:
        job.progress(handed_out + sum(task.received for task in tasks.values()), total)

    def begin(number: int) -> None:
        task = task_for(requests[number])
        tasks[number] = crew.start(task, lambda task: fetch(requests[number], task))

    begun = 0
    try:
        for n, (offset, size) in enumerate(ranges):
            ((rest, missing),) = beyond([(offset, size)], len(start))
            data = start[offset : offset + size - missing]
            if missing:
                number = request_of(requests, rest)
                while begun < len(requests) and (begun <= number or len(tasks) < crew.threads):
                    begin(begun)
                    begun += 1
                fetched = crew.result(tasks[number], job, glance)
                first = rest - requests[number][0]
                data += memoryview(fetched)[first : first + missing]  # copied once, not twice
                if last_use[number] == n:
                    handed_out += requests[number][1]
                    del tasks[number]
            yield data
    finally:
        for task in tasks.values():
            task.stop()


def check_inside(ranges: Sequence[ByteRange], source: ByteSource) -> None:
    """Raise `CorruptFile` where a range reaches beyond the end of the file."""
    for offset, size in ranges:
        if offset < 0 or offset + size > source.size:
            raise CorruptFile(
                f"{source.name} is cut off: it has {source.size} bytes, bytes {offset} to "
                f"{offset + size - 1} were expected."
            )
