"""Where the bytes of a FLAC raster come from: one small protocol, and the local file.

Positions are given with every read, so any number of threads may read from one source.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Sequence
from typing import Protocol

from ..job import NO_JOB, Job

#: ``(offset, size)`` in bytes.
ByteRange = tuple[int, int]
#: First read of a file: holds tags and index of most files, and of many the coarsest level; by
#: measurement, see benchmarks/README.md.
FIRST_READ = 32 << 10


#: How the name of a file on a server begins: with a domain or an address.
_SERVER = re.compile(r"(?:www\.[\w.-]+|[\w-]+(?:\.[\w-]+)+(?::\d+)?|localhost(?::\d+)?)/", re.ASCII)


class ByteSource(Protocol):
    """A file of fixed content that can be read in parts."""

    #: Path or URL, as messages show it.
    name: str
    #: Length in bytes.
    size: int

    @property
    def identity(self) -> str:
        """Changes when the content does: an ETag, or size and time of modification."""

    @property
    def is_lasting(self) -> bool:
        """Whether the same identity means the same bytes for whoever opens it again."""

    @property
    def downloaded(self) -> int:
        """Bytes that came over a network since the file was opened, those of opening included."""

    def planned_requests(self, ranges: Sequence[ByteRange]) -> list[ByteRange]:
        """Return what `read` would fetch for these ranges if it were called now."""

    def read(
        self,
        ranges: Sequence[ByteRange],
        *,
        bypass_cache: bool = False,
        job: Job = NO_JOB,
    ) -> Generator[bytes, None, None]:
        """Yield the bytes of each range, in their order, while later ones are still on their way.

        Parameters
        ----------
        ranges : sequence of (offset, size)
        bypass_cache : bool
            Fetch again, whatever is kept somewhere.
        job : Job, optional
            Its progress counts bytes fetched. Both are called in the thread that
            iterates.

        Raises
        ------
        Cancelled
        """

    def close(self) -> None:
        """Release what the source holds."""
