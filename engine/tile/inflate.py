"""Deflated bytes of files from strangers, inflated with a bound."""

from __future__ import annotations

import zlib

#: As zlib counts them: what precedes and follows the deflated bytes.
ZLIB, GZIP = 15, 31


def inflate(packed: bytes, limit: int, wrapped: int = ZLIB, *, whole: bool = True) -> bytes:
    """Return what a zlib stream or a gzip member holds.

    Parameters
    ----------
    packed : bytes
    limit : int
        Bytes that it may make.
    wrapped : int
        `ZLIB` or `GZIP`.
    whole : bool
        False for the first ``limit`` bytes, whatever follows.

    Raises
    ------
    ValueError
        If it is damaged, more follows it, or it makes more than ``limit`` bytes.
    """
    inflater = zlib.decompressobj(wrapped)
    try:
        data = inflater.decompress(packed, limit)
    except zlib.error as error:
        raise ValueError(f"it cannot be inflated ({error})") from error
    if whole and (not inflater.eof or inflater.unused_data):
        raise ValueError(f"it is cut off, goes on after its end, or makes more than {limit} bytes")
    return data
