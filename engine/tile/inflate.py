"""Inflate bytes of untrusted files, up to a limit."""

from __future__ import annotations

import zlib

#: Formats of deflated bytes, as the ``wbits`` of zlib.
ZLIB, GZIP = 15, 31


def inflate(packed: bytes, limit: int, wrapped: int = ZLIB, *, whole: bool = True) -> bytes:
    """Return the contents of a zlib stream, or of a gzip member if ``wrapped`` is `GZIP`.

    Raises
    ------
    ValueError
        If it is damaged, more follows it, or it has more than ``limit`` bytes; if not ``whole``,
        the first ``limit`` bytes are returned instead.
    """
    inflater = zlib.decompressobj(wrapped)
    try:
        data = inflater.decompress(packed, limit)
    except zlib.error as error:
        raise ValueError(f"it cannot be inflated ({error})") from error
    if whole and (not inflater.eof or inflater.unused_data):
        raise ValueError(f"it is truncated, goes on after its end, or has more than {limit} bytes")
    return data
