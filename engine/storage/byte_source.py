"""The protocol of a source of bytes.

Every read names its byte ranges, so any number of threads may read from one source.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from typing import Protocol

from ..job import NO_JOB, Job

#: ``(offset, size)`` in bytes.
ByteRange = tuple[int, int]
#: Size of the first read, which holds tags and index of most files, and often the coarsest level;
#: measured, see benchmarks/README.md.
FIRST_READ = 32 << 10


class ByteSource(Protocol):
    """A file of fixed content that can be read in ranges."""

    #: Path or URL for messages, without secrets.
    name: str
    #: Size in bytes.
    size: int

    @property
    def identity(self) -> str:
        """Text that changes with the content: an ETag, or size and time of modification."""

    @property
    def version(self) -> str | None:
        """Text that is the same only for the same content whenever the file is opened.

        The ETag of a server, the time of modification of a local file; None if there is none.
        """

    @property
    def first_read(self) -> int:
        """Bytes that opening the file has read, or less if it is smaller."""

    @property
    def downloaded(self) -> int:
        """Bytes downloaded so far, including those of opening the file."""

    def planned_requests(self, ranges: Sequence[ByteRange]) -> list[ByteRange]:
        """Return the requests that `read` would make for these ranges now."""

    def read(
        self, ranges: Sequence[ByteRange], *, bypass_cache: bool = False, job: Job = NO_JOB
    ) -> Generator[bytes, None, None]:
        """Yield the bytes of each range in order while later ranges are still being fetched.

        Parameters
        ----------
        ranges : sequence of (offset, size)
        bypass_cache : bool
            Fetch again, whatever is cached here or on the way.
        job : Job, optional
            Its progress counts bytes fetched; it is called in the thread that iterates.

        Raises
        ------
        Cancelled
        """

    def close(self) -> None:
        """Close files and connections."""
