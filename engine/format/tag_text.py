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
    """Return the bytes of a text that `encode_text` made; limit and errors as for `inflate`."""
    try:
        packed = base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise ValueError(f"no base64: {error}") from error
    return inflate(packed, limit, GZIP, whole=whole)
