"""Decode texts that are not in UTF-8, as old programs left them in sidecars, headers and TIFF tags.

GDAL passes the bytes on. rasterio raises an error that contains them; a metadata item it skips and
logs.
"""

from __future__ import annotations

import logging
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

#: Between the texts of a document: markup, quotation marks of attributes, ends of lines.
_BETWEEN = re.compile(b'([<>"\\n]+)')


def to_utf8(document: bytes) -> tuple[bytes, str]:
    """Convert XML to UTF-8, decoding texts that are not UTF-8 as Windows-1252.

    Also returns the first text that was not UTF-8, empty if there is none.
    """
    try:
        document.decode("utf-8")
    except UnicodeDecodeError:
        found = [decode(text) for text in _BETWEEN.split(document)]
        example = next(text for text, is_recoded in found if is_recoded)
        return "".join(text for text, _ in found).encode("utf-8"), example
    return document, ""


@contextmanager
def undecoded_items() -> Iterator[list[bytes]]:
    """Collect the metadata items that rasterio skips in this thread because they are not UTF-8."""
    items: list[bytes] = []
    thread = threading.get_ident()

    def collect(record: logging.LogRecord) -> bool:
        item = record.args[-1] if isinstance(record.args, tuple) and record.args else None
        if threading.get_ident() != thread or not isinstance(item, bytes):
            return True
        items.append(item)
        return False

    logger = logging.getLogger("rasterio._base")
    level, is_enabled = logger.level, logger.isEnabledFor(logging.WARNING)
    if not is_enabled:
        logger.setLevel(logging.WARNING)
    logger.addFilter(collect)
    try:
        yield items
    finally:
        logger.removeFilter(collect)
        if not is_enabled:
            logger.setLevel(level)


def decode(text: bytes) -> tuple[str, bool]:
    """Return a text and whether it was not UTF-8; Windows-1252 does not define five bytes."""
    for encoding, is_recoded in (("utf-8", False), ("cp1252", True)):
        with suppress(UnicodeDecodeError):
            return text.decode(encoding), is_recoded
    return text.decode("latin-1"), True
