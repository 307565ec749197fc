"""Which requests fetch which bytes: arithmetic, the same for a plan and for the read itself."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from .byte_source import ByteRange

#: Bytes between two ranges that are fetched along rather than asked for around; by measurement, see
#: benchmarks/README.md.
GAP = 64 << 10
#: Bytes of one request at most, unless one range alone is longer: what a broken connection costs,
#: and what several connections can share.
LARGEST = 8 << 20


def coalesce(
    ranges: Iterable[ByteRange], gap: int = GAP, largest: int = LARGEST
) -> list[ByteRange]:
    """Merge ranges into the requests that fetch them.

    Each range lies whole in one request; requests are in the order of the file and share no byte.

    Parameters
    ----------
    ranges : iterable of (offset, size)
        In any order; they may overlap, and those of size 0 need nothing.
    gap : int
        Ranges are merged where at most this many bytes lie between them.
    largest : int
        Ranges that do not overlap are not merged into a request longer than this.
    """
    requests: list[ByteRange] = []
    for offset, size in sorted(r for r in ranges if r[1]):
        if requests:
            start, length = requests[-1]
            merged = max(start + length, offset + size) - start
            between = offset - (start + length)
            if between < 0 or (between <= gap and merged <= largest):
                requests[-1] = (start, merged)
                continue
        requests.append((offset, size))
    return requests


def exclude_prefix(ranges: Iterable[ByteRange], known: int) -> list[ByteRange]:
    """Cut from each range what lies in the first ``known`` bytes of the file."""
    return [
        (max(offset, known), max(0, offset + size - max(offset, known))) for offset, size in ranges
    ]


def request_index(requests: Sequence[ByteRange], offset: int) -> int:
    """Return the number of the request, among those of `coalesce`, that fetches a byte."""
    return bisect_right(requests, (offset, float("inf"))) - 1
