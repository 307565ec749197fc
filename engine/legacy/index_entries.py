"""The list of tiles in an index of flac-raster: JSON, read with the care that strangers need."""

from __future__ import annotations

import re
from typing import Any

#: Longest index accepted; flac-raster takes some 150 bytes for a tile.
MAX_INDEX = 16 << 20
#: Bytes of a tile, and where it begins.
LARGEST = 1 << 40
#: Fewest bytes that a tile takes in the index; and brackets and commas besides those of tiles.
_SHORTEST_ENTRY, _OTHERS = 100, 4096
#: Python would take hours for the longest that fits into an index.
_LONG_NUMBER = re.compile(rb"[0-9]{33}")


def precheck(text: bytes) -> bytes:
    """Refuse what cannot be such an index before objects are made of it.

    Raises
    ------
    ValueError
    """
    entries = len(text) // _SHORTEST_ENTRY + 1
    for mark, most in ((b"{", 2), (b"[", 1), (b",", 12), (b":", 11)):
        if text.count(mark) > most * entries + _OTHERS:
            raise ValueError("too many objects for its length")
    if _LONG_NUMBER.search(text):
        raise ValueError("a number of more than 32 digits")
    return text


def integer_entry(entry: dict[str, Any], name: str, least: int, most: int) -> int:
    """Return a whole number of an entry.

    Raises
    ------
    ValueError, KeyError, TypeError
        If it is none, or out of bounds.
    """
    value = entry[name]
    if type(value) is not int or not least <= value <= most:
        raise ValueError(f"{name} is {value!r:.40}, expected a whole number of {least} to {most}")
    return value
