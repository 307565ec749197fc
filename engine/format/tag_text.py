"""Bytes as the text of a tag: base64 of one gzip member."""

from __future__ import annotations

import base64
import binascii
import gzip

from ..tile.inflate import GZIP, inflate


def encode_text(data: bytes) -> str:
    """Return bytes as text."""
    return base64.b64encode(gzip.compress(data, mtime=0)).decode("ascii")


def decode_text(text: str, limit: int, *, whole: bool = True) -> bytes:
    """Undo `encode_text`.

    Parameters
    ----------
    text : str
    limit : int
        Bytes that it may make.
    whole : bool
        False for the first ``limit`` bytes, whatever follows.

    Raises
    ------
    ValueError
        If the text is nothing of the kind, or makes more than ``limit`` bytes.
    """
    try:
        packed = base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise ValueError(f"no base64: {error}") from error
    return inflate(packed, limit, GZIP, whole=whole)
