"""The list of tiles in an index of flac-raster: JSON, parsed without trust in its contents."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from ..format.header import MAX_PIXELS
from ..model.grid import Grid, Window

#: Limit of the index; flac-raster takes some 150 bytes for a tile.
MAX_INDEX = 16 << 20
#: Limit of sizes and offsets of tiles, in bytes.
MAX_OFFSET = 1 << 40
#: Fewest bytes of a tile in the index; and brackets and commas besides those of tiles.
_SHORTEST_ENTRY, _OTHERS = 100, 4096
#: Parsing the longest number that fits into an index would take Python hours.
_LONG_NUMBER = re.compile(rb"[0-9]{33}")
#: What parsing an index may raise.
INVALID = (ValueError, TypeError, LookupError, RecursionError, OverflowError)


def parse_index(text: bytes) -> dict[str, Any]:
    """Parse an index; raise `INVALID` errors, also if it would make too many objects."""
    entries = len(text) // _SHORTEST_ENTRY + 1
    for mark, most in ((b"{", 2), (b"[", 1), (b",", 12), (b":", 11)):
        if text.count(mark) > most * entries + _OTHERS:
            raise ValueError("too many objects for its length")
    if _LONG_NUMBER.search(text):
        raise ValueError("a number of more than 32 digits")
    document: dict[str, Any] = json.loads(text.decode("utf-8"))
    return document


def integer_entry(entry: dict[str, Any], name: str, least: int, most: int) -> int:
    """Return a whole number of an entry; raise `INVALID` errors if it is not one in bounds."""
    value = entry[name]
    if type(value) is not int or not least <= value <= most:
        raise ValueError(f"{name} is {value!r:.40}, expected a whole number of {least} to {most}")
    return value


def tile_entries(frames: Any, grid: Grid) -> Iterator[tuple[dict[str, Any], int]]:
    """Yield the entry and the size in bytes of each tile of a grid, in order.

    Raises `INVALID` errors if ``frames`` does not list these tiles.
    """
    if not isinstance(frames, list) or len(frames) != grid.tile_count:
        raise ValueError(f"it does not list {grid.tile_count} tiles")
    for number, (frame, key) in enumerate(zip(frames, grid.keys())):
        window, expected = frame["window"], grid.tile_window(key)
        found = Window(*(integer_entry(window, name, 0, MAX_PIXELS) for name in Window._fields))
        if found != expected:
            raise ValueError(f"tile {number} is {found}, expected {expected}")
        yield frame, integer_entry(frame, "byte_size", 1, MAX_OFFSET)
