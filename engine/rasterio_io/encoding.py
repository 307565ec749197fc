"""Texts that are not in UTF-8, as old programs left them in ``.aux.xml`` files and TIFF tags.

GDAL hands their bytes on as they are. rasterio refuses some of them and leaves out the others
without a word, so they are read from a VRT whose text has been recoded.
"""

from __future__ import annotations

import re
from contextlib import suppress

#: Between the texts of a document: markup, quotation marks of attributes, ends of lines.
_BETWEEN = re.compile(b'([<>"\\n]+)')
#: Characters of an example in a message.
_LONGEST = 60


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
        found = [_decode(text) for text in _BETWEEN.split(document)]
        example = next(text for text, is_recoded in found if is_recoded)
        return "".join(text for text, _ in found).encode("utf-8"), example.strip()[:_LONGEST]
    return document, ""


def _decode(text: bytes) -> tuple[str, bool]:
    """Return a text, and whether it was recoded; five bytes are not used by Windows-1252."""
    for encoding, is_recoded in (("utf-8", False), ("cp1252", True)):
        with suppress(UnicodeDecodeError):
            return text.decode(encoding), is_recoded
    return text.decode("latin-1"), True
