"""Bytes as the text of a tag: base64 of a gzip member."""

from __future__ import annotations

import base64
import binascii
import gzip

from ..tile.inflate import GZIP, inflate


def encode_text(data: bytes) -> str:
    """Return the text of bytes."""
    return base64.b64encode(gzip.compress(data, mtime=0)).decode("ascii")


def decode_text(text: str, limit: int, *, whole: bool = True) -> bytes:
    """Return the bytes of a text.

    Parameters
    ----------
    text : str
    limit : int
        Maximum number of bytes.
    whole : bool
        False for the first ``limit`` bytes only.

    Raises
    ------
    ValueError
        If `encode_text` did not make the text, or it has more than ``limit`` bytes.
    """
    try:
        packed = base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise ValueError(f"no base64: {error}") from error
    return inflate(packed, limit, GZIP, whole=whole)
