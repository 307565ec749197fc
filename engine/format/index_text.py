"""Parse the untrusted tag GEOSPATIAL_SPATIAL_INDEX.

A few kilobytes inflate to millions of numbers. They are counted before they are parsed, and no
objects are made for the zeros of empty tiles, which are the majority.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import numpy as np

from ..errors import CorruptFile, UnsupportedVersion
from ..model.data_types import Array
from ..model.grid import TILE_SIZES, Grid, Level
from .strict_json import parse_json
from .tag_text import decode_text
from .tile_index import ORDER, TileIndex

#: Limit of the inflated index: some four million tiles, as many as fit into a tag.
MAX_INDEX = 32 << 20
#: Limit of commas outside the lists of sizes, for keys of later versions.
MAX_OTHER_COMMAS = 1 << 16
#: Limit of the size of a tile in bytes, and its number of digits.
LARGEST_SIZE, _LONGEST_SIZE = 1 << 40, 13
#: Bytes allowed per size with white space, and for everything else.
_BYTES_EACH, _OTHER_BYTES = 32, 1 << 20
#: Maximum ratio of deflate.
_MOST_INFLATED = 1032
#: Length in bytes below which a list is parsed as JSON, which starts faster than numpy.
_SHORT = 1 << 12
#: Bytes parsed at once, and limit of the distance of two commas.
_AT_ONCE, _LONGEST_FIELD = 1 << 18, 1 << 12
_DIGITS_AND_SPACE = b"0123456789, \t\r\n"


def read_index(
    text: str, *, width: int, height: int, bands: int, frames_start: int, name: str
) -> TileIndex:
    """Parse and validate the text that `TileIndex.to_text` writes.

    Raises
    ------
    CorruptFile
        If it is not the index of such a raster.
    UnsupportedVersion
        If this release does not support the order of the tiles.
    """
    most = Grid.pyramid(width, height, TILE_SIZES[0], bands)
    try:
        _check_raster(text, width, height)
        limit = min(MAX_INDEX, _BYTES_EACH * most.tile_count + _OTHER_BYTES)
        rest, lists = _cut_out_sizes(decode_text(text, limit), 2 * most.level_count + 8)
        document = parse_json(rest)
        tile_size, order = document["tile_size"], document["order"]
        tile_bands = document["tile_bands"]
        if order != ORDER:
            raise UnsupportedVersion("index.order", name, found=order, expected=ORDER)
        if tile_size not in TILE_SIZES or isinstance(tile_size, float):
            raise ValueError(f"tile size {tile_size!r}")
        if type(tile_bands) is not int or not 1 <= tile_bands <= bands:
            raise ValueError(f"tiles of {tile_bands!r} of {bands} bands")
        full = Grid.pyramid(width, height, tile_size, bands, tile_bands)
        levels = document["levels"]
        if not 1 <= len(levels) <= full.level_count:
            raise ValueError(f"{len(levels)} levels where at most {full.level_count} are possible")
        grid = replace(full, level_count=len(levels))
        positions, sizes, first = [], [], 0
        for level, entry in zip(reversed(grid.levels), levels):
            stored, lengths = _parse_sizes(_list_of_level(entry, level, lists), level)
            positions.append(stored + first)
            sizes.append(lengths)
            first += level.tile_count
    except (ValueError, TypeError, KeyError, OverflowError) as error:
        raise CorruptFile(
            "tag.damaged", name, tag="GEOSPATIAL_SPATIAL_INDEX", reason=error
        ) from error
    stored, lengths = np.concatenate(positions), np.concatenate(sizes)
    if not len(stored) or stored[0]:  # the caller refuses that after other checks
        stored, lengths = np.append(0, stored), np.append(0, lengths)
    return TileIndex(grid, stored, lengths, frames_start)


def _check_raster(text: str, width: int, height: int) -> None:
    """Refuse a raster with more tiles, even of the largest size, than the text can list."""
    fewest = Grid(width, height, TILE_SIZES[-1], 1).tile_count
    longest = min(MAX_INDEX, _MOST_INFLATED * len(text))
    if 2 * fewest > longest:  # a digit and a comma
        raise ValueError(
            f"{len(text)} letters cannot list the tiles of {width} x {height} pixels, "
            f"{fewest} or more"
        )


def _cut_out_sizes(data: bytes, most_lists: int) -> tuple[bytes, list[bytes]]:
    """Replace the lists of whole numbers by their indexes, and return their contents.

    The first list ``[7,0,9]`` becomes ``[0]``, so that the rest is short enough to be parsed.
    """
    if data.count(b"[") + data.count(b"{") > most_lists or data.count(b"]") > most_lists:
        raise ValueError("too many lists")
    view, position = memoryview(data), 0
    kept: list[bytes | memoryview] = []
    lists: list[bytes] = []
    while (end := data.find(b"]", position)) >= 0:
        start = data.rfind(b"[", position, end)
        inside = data[start + 1 : end] if start >= 0 else b"no list"
        if inside.translate(None, _DIGITS_AND_SPACE):
            kept.append(view[position : end + 1])
        else:
            kept += [view[position : start + 1], b"%d]" % len(lists)]
            lists.append(inside)
        position = end + 1
    rest = b"".join([*kept, view[position:]])
    if rest.count(b",") > MAX_OTHER_COMMAS:
        raise ValueError("too many numbers")
    return rest, lists


def _list_of_level(entry: dict[str, Any], level: Level, lists: list[bytes]) -> bytes:
    """Return the text of the sizes of a level."""
    if (entry["width"], entry["height"]) != (level.width, level.height):
        raise ValueError(
            f"level {level.number} has {entry['width']} x {entry['height']} pixels, expected "
            f"{(level.width, level.height)}"
        )
    found = entry["sizes"]
    if (
        not isinstance(found, list)
        or len(found) != 1
        or type(found[0]) is not int
        or not 0 <= found[0] < len(lists)
    ):
        raise ValueError(f"level {level.number} does not list {level.tile_count} whole numbers")
    return lists[found[0]]


def _parse_sizes(text: bytes, level: Level) -> tuple[Array, Array]:
    """Return the positions of the numbers of a list that are not 0, and these numbers."""
    if text.count(b",") + 1 != level.tile_count:
        raise ValueError(f"level {level.number} does not list {level.tile_count} whole numbers")
    if len(text) <= _SHORT:
        listed = np.array(json.loads(b"[" + text + b"]"), np.int64)
        _check_sizes(listed)
        stored = np.flatnonzero(listed)
        return stored, listed[stored]
    characters = np.frombuffer(text, np.uint8)
    positions, sizes, done, start = [], [], 0, 0
    while start <= len(characters):
        stop = _end_of_fields(characters, start)
        numbers, found, fields = _parse_fields(characters[start:stop])
        positions.append(numbers + done)
        sizes.append(found)
        done += fields
        start = stop + 1
    return np.concatenate(positions), np.concatenate(sizes)


def _end_of_fields(characters: Array, start: int) -> int:
    """Return the position of the comma, or the end, up to which fields are parsed at once."""
    stop = start + _AT_ONCE
    if stop >= len(characters):
        return len(characters)
    commas = np.flatnonzero(characters[stop - _LONGEST_FIELD : stop] == ord(","))
    if not len(commas):
        raise ValueError(f"a number of more than {_LONGEST_FIELD} characters")
    return stop - _LONGEST_FIELD + int(commas[-1])


def _parse_fields(characters: Array) -> tuple[Array, Array, int]:
    """Return positions of numbers that are not 0, these numbers, and the count of all."""
    digits = characters - ord("0") < 10  # unsigned
    edges = np.flatnonzero(np.diff(digits, prepend=False, append=False))
    starts, lengths = edges[::2], edges[1::2] - edges[::2]
    commas = np.flatnonzero(characters == ord(","))
    one_each = len(starts) == len(commas) + 1
    if not one_each or not ((starts[:-1] < commas) & (commas < starts[1:])).all():
        raise ValueError("its sizes are not one whole number after each comma")
    is_long = lengths > 1
    if lengths.max() > _LONGEST_SIZE or (characters[starts[is_long]] == ord("0")).any():
        raise ValueError("it has a size that is no whole number from 0 to 2^40")
    chosen = np.flatnonzero(is_long | (characters[starts] != ord("0")))
    starts, lengths = starts[chosen], lengths[chosen]
    sizes = np.zeros(len(chosen), np.int64)
    for place in range(int(lengths.max(initial=0))):
        more = lengths > place
        sizes[more] = 10 * sizes[more] + (characters[starts[more] + place] - ord("0"))
    _check_sizes(sizes)
    return chosen, sizes, len(commas) + 1


def _check_sizes(sizes: Array) -> None:
    if sizes.max(initial=0) > LARGEST_SIZE:
        raise ValueError(f"it has a tile of {sizes.max()} bytes")
