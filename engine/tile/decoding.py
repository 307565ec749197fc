"""FLAC streams, which explain themselves, as the pixels of tiles: the inverse of `encoding`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple, Protocol, TypeVar, Union

import numpy as np

from .. import flac
from ..coding import words
from ..coding.decode import decode_segments
from ..coding.registry import CODECS, coding_names
from ..coding.segment import EncodedSegment
from ..errors import CorruptTile, UnsupportedVersion, tile_place
from ..flac.stream import FlacError, MoreNeeded, parse_head
from ..model import data_types
from ..model.data_types import Array
from ..model.grid import TileKey
from ..model.limits import check_tile
from ..model.metadata import Number
from ..model.nodata import cast_nodata
from .header import TileHeader, TileSpec, check_stream, parse_header, read_segments, unpack_mask

#: What `Tile.coding` says of what stands in for a tile that cannot be decoded.
DAMAGED = "damaged"


@dataclass(frozen=True)
class Tile:
    """A decoded tile."""

    key: TileKey
    #: The bands from ``key.band`` on, shape (bands, height, width).
    pixels: Array
    #: True where pixels are valid; None when all are, as far as the raster's own mask goes.
    mask: Array | None
    #: Names of the codings of its segments, joined by ``+``.
    coding: str
    #: Pixel values that may not be what was once written; 0 for all tiles of this project.
    uncertain: int = 0


S = TypeVar("S")
T = TypeVar("T")
#: A decoded tile, or the error in its place.
DecodedTile = Union[Tile, CorruptTile, UnsupportedVersion]


def nodata_tile(shape: TileSpec, nodata: Sequence[Number | None]) -> Array:
    """Return the pixels of a tile that is stored as no bytes."""
    array = np.empty((shape.bands, shape.height, shape.width), shape.dtype)
    for band, value in zip(array, nodata):
        band[...] = cast_nodata(shape.dtype, value)
    return array


def placeholder_tile(
    key: TileKey, shape: TileSpec, nodata: Sequence[Number | None], masked: bool
) -> Tile:
    """Return what to show in the place of a damaged tile.

    Pixels are nodata, or 0 in bands that have no such value; if the raster has a mask, they are all
    ``masked``.
    """
    values = [0 if cast_nodata(shape.dtype, value) is None else value for value in nodata]
    mask = np.zeros((shape.height, shape.width), bool) if masked else None
    return Tile(key, nodata_tile(shape, values), mask, DAMAGED)


class StoredTile(NamedTuple):
    """A tile as it was read."""

    #: A complete FLAC stream.
    data: bytes
    #: What the index says the tile is; a tile that says otherwise is refused before its pixels are
    #: decoded.
    key: TileKey | None = None
    shape: TileSpec | None = None


class TileDecoder(Protocol):
    """Decoder of the tiles of one file layout; `decode_tiles` is one."""

    def __call__(
        self, stored: Sequence[StoredTile], name: str, *, check_md5: bool = True
    ) -> list[DecodedTile]:
        """Decode tiles, whose keys and shapes are given."""


def decode_tiles(
    stored: Sequence[StoredTile], name: str, *, check_md5: bool = True
) -> list[DecodedTile]:
    """Decode a batch of tiles of the file ``name``, alike ones together.

    The MD5 of STREAMINFO is only checked on request, frame CRCs always. `CorruptTile` is in the
    place of a tile that is damaged, truncated, or a different tile than requested, and
    `UnsupportedVersion` of one that a later version of the format wrote.

    Raises
    ------
    UnsupportedRaster
        If a tile of no known shape asks for more memory than `limits` allow.
    """
    opened = collect_errors(lambda one: _open(one, name, check_md5), stored)
    intact = [one for one in opened if isinstance(one, _OpenedTile)]
    try:
        tiles: list[DecodedTile] = list(_finish(intact))
    except ValueError:  # the samples of one of them are impossible; find out which
        tiles = collect_errors(_finish_one, intact)
    decoded = iter(tiles)
    return [next(decoded) if isinstance(one, _OpenedTile) else one for one in opened]


def collect_errors(
    decode_one: Callable[[S], T], items: Iterable[S]
) -> list[T | CorruptTile | UnsupportedVersion]:
    """Call a function for each item; return its result, or its error if a tile is at fault."""
    results: list[T | CorruptTile | UnsupportedVersion] = []
    for item in items:
        try:
            results.append(decode_one(item))
        except (CorruptTile, UnsupportedVersion) as error:
            results.append(error)
    return results


class _OpenedTile(NamedTuple):
    """A tile whose samples are decoded, and the numbers of the planes of each segment."""

    place: object
    header: TileHeader
    mask: Array | None
    segments: list[EncodedSegment]
    numbers: list[tuple[int, ...]]


def _open(stored: StoredTile, name: str, check_md5: bool) -> _OpenedTile:
    place, data = partial(tile_place, name, stored.key), stored.data
    try:
        head = parse_head(data)
        header = parse_header(place, head, data)
        for what, expected, found in (
            ("place", stored.key, header.key),
            ("shape", stored.shape, header.shape),
        ):
            if expected is not None and expected != found:
                raise FlacError(f"it says its {what} is {found}, the index says {expected}")
        if stored.shape is None:  # else the file has been asked
            check_tile(place, header.shape.cost, len(data))
        mask = unpack_mask(header.packed_mask, header.shape)
        described = read_segments(header.side, header.shape)
        for coding, *_, side in described:
            if coding not in CODECS:
                raise UnsupportedVersion("tile.coding", place, found=coding)
            flags = CODECS[coding].unknown_flags(side)
            if flags:
                raise UnsupportedVersion("tile.flags", place, found=flags)
        count = sum(count for _, _, count, _ in described)
        check_stream(head.info, max(1, count), len(data))
        samples = flac.decode(data, head.info, check_md5=check_md5)
    except MoreNeeded as error:
        raise CorruptTile("tile.cut_off", place, reason=error, found=len(data)) from error
    except (FlacError, ValueError) as error:
        raise CorruptTile("tile.damaged", place, reason=error) from error
    size, real = header.shape[2:], data_types.real_dtype(header.shape.dtype)
    segments, start = [], 0
    for coding, numbers, count, side in described:
        own = samples[start : start + count]
        segments.append(EncodedSegment(coding, own, side, (len(numbers), *size), real))
        start += count
    return _OpenedTile(place, header, mask, segments, [numbers for _, numbers, _, _ in described])


def _finish(opened: Sequence[_OpenedTile]) -> list[Tile]:
    """Compute the pixels of tiles from their samples; ValueError if those are impossible."""
    planes = iter(decode_segments([segment for tile in opened for segment in tile.segments]))
    tiles = []
    for _, header, mask, segments, numbers in opened:
        array = _join_planes(header.shape.planes, numbers, [next(planes) for _ in segments])
        pixels = words.from_planes(array, header.shape.dtype)
        coding = coding_names(segment.coding for segment in segments)
        tiles.append(Tile(header.key, pixels, mask, coding))
    return tiles


def _finish_one(opened: _OpenedTile) -> Tile:
    try:
        return _finish([opened])[0]
    except ValueError as error:
        raise CorruptTile("tile.damaged", opened.place, reason=error) from error


def _join_planes(count: int, numbers: Sequence[tuple[int, ...]], parts: Sequence[Array]) -> Array:
    """Return all planes of a tile in their order from those of its segments."""
    if len(parts) == 1 and numbers[0] == tuple(range(count)):
        return parts[0]
    planes = np.empty((count, *parts[0].shape[1:]), parts[0].dtype)
    for own, part in zip(numbers, parts):
        planes[list(own)] = part
    return planes
