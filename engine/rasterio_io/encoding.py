"""Decode texts that are not in UTF-8, as old programs left them in sidecars, headers and TIFF tags.

GDAL hands their bytes on as they are. rasterio raises an error that has them, or leaves a metadata
item out and logs it.
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
    """Return XML in UTF-8; each text that is not, is taken for Windows-1252, as GDAL takes Latin-1.

    Returns
    -------
    document : bytes
    example : str
        The first text that was recoded, empty where there was none.
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
    """Provide a list of the metadata items that rasterio leaves out meanwhile, in this thread."""
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
    """Return a text, and whether it was recoded; five bytes are not used by Windows-1252."""
    for encoding, is_recoded in (("utf-8", False), ("cp1252", True)):
        with suppress(UnicodeDecodeError):
            return text.decode(encoding), is_recoded
    return text.decode("latin-1"), True
