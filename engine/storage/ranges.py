"""Requests that fetch byte ranges: the same arithmetic for a plan and for the read itself."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from .byte_source import ByteRange

#: Longest gap between two ranges of one request, in bytes; measured, see benchmarks/README.md.
GAP = 64 << 10
#: Longest request of several ranges, in bytes, so that connections share the work.
MAX_REQUEST_BYTES = 8 << 20


def coalesce(
    ranges: Iterable[ByteRange], gap: int = GAP, largest: int = MAX_REQUEST_BYTES
) -> list[ByteRange]:
    """Merge ranges, in any order, into the requests that fetch them.

    Each range is part of one request; requests are in file order and do not overlap. Ranges at most
    ``gap`` bytes apart are merged, but not into a request of more than ``largest`` bytes unless
    they overlap. Those of size 0 need no request.
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
    """Remove from each range what lies in the first ``known`` bytes of the file."""
    return [
        (max(offset, known), max(0, offset + size - max(offset, known))) for offset, size in ranges
    ]


def request_index(requests: Sequence[ByteRange], offset: int) -> int:
    """Return the index of the request, among those of `coalesce`, that fetches a byte."""
    return bisect_right(requests, (offset, float("inf"))) - 1
