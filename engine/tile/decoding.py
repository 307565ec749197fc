"""One complete FLAC stream, which explains itself, as the pixels of a tile.

`decode_tiles` is a pure function of plain values, so threads, processes and cluster workers run the
same code and give the same pixels. The layout is normative in ``docs/format.md``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

import numpy as np

from .. import flac
from ..coding import decode, registry, words
from ..coding.prediction import codec as prediction
from ..errors import CorruptTile, UnsupportedVersion
from ..flac.stream import FlacError, MoreNeeded, parse_head
from ..model import data_types
from ..model.data_types import Array
from ..model.grid import TileKey, tile_place
from ..model.limits import check_tile
from ..model.metadata import Number
from ..model.nodata import nodata_as
from .header import TileHeader, TileSpec, check_stream, parse_header, read_segments, unpack_mask

#: What `Tile.coding` says of what stands in for a tile that cannot be decoded.
DAMAGED = "damaged"


@dataclass(frozen=True)
class Tile:
    """A decoded tile.

    Parameters
    ----------
    key : TileKey
    pixels : ndarray, shape (bands, height, width)
        The bands from ``key.band`` on.
    mask : ndarray of bool, shape (height, width), optional
        True where pixels are valid; None when all are, as far as the raster's own mask goes.
    coding : str
        Names of the codings of its parts, joined by ``+``.
    uncertain : int
        Pixel values that may not be what was once written; 0 for all tiles of this project.
    problem : str
        Why the tile could not be decoded; empty unless it is a placeholder.
    """

    key: TileKey
    pixels: Array
    mask: Array | None
    coding: str
    uncertain: int = 0
    problem: str = ""


def nodata_tile(shape: TileSpec, nodata: Sequence[Number | None]) -> Array:
    """Return the pixels of a tile that is stored as no bytes."""
    array = np.empty((shape.bands, shape.height, shape.width), shape.dtype)
    for band, value in zip(array, nodata):
        band[...] = nodata_as(shape.dtype, value)
    return array


def placeholder_tile(
    key: TileKey, shape: TileSpec, nodata: Sequence[Number | None], masked: bool, problem: str
) -> Tile:
    """Return what to show in the place of a damaged tile.

    Pixels are nodata, and 0 in bands that have no such value.

    Parameters
    ----------
    key, shape
        Of the tile.
    nodata : sequence
        One value or None per band of the tile.
    masked : bool
        Whether the raster has a mask, in which all pixels then are masked.
    problem : str
    """
    values = [0 if nodata_as(shape.dtype, value) is None else value for value in nodata]
    mask = np.zeros((shape.height, shape.width), bool) if masked else None
    return Tile(key, nodata_tile(shape, values), mask, DAMAGED, problem=problem)


class StoredTile(NamedTuple):
    """A tile as it was read.

    Parameters
    ----------
    data : bytes
        A complete FLAC stream.
    key, shape : optional
        What the index says the tile is; a tile that says otherwise is refused before its pixels are
        decoded.
    """

    data: bytes
    key: TileKey | None = None
    shape: TileSpec | None = None


class TileDecoder(Protocol):
    """What `decode_tiles` is, for whatever layout a file has."""

    def __call__(
        self, stored: Sequence[StoredTile], name: str, *, check_md5: bool = True
    ) -> list[Tile]:
        """Decode tiles, whose keys and shapes are given."""


def decode_tile(
    data: bytes,
    name: str,
    *,
    key: TileKey | None = None,
    shape: TileSpec | None = None,
    check_md5: bool = True,
) -> Tile:
    """Decode one tile; see `decode_tiles`."""
    return decode_tiles([StoredTile(data, key, shape)], name, check_md5=check_md5)[0]


def decode_tiles(stored: Sequence[StoredTile], name: str, *, check_md5: bool = True) -> list[Tile]:
    """Decode tiles, those that are alike at once.

    Parameters
    ----------
    stored : sequence of StoredTile
    name : str
        What to call the file in errors.
    check_md5 : bool
        Also compare the samples with STREAMINFO's MD5; frame CRCs are always checked.

    Raises
    ------
    CorruptTile
        If a tile is damaged, cut off, or another one than asked for.
    UnsupportedVersion
        If it was written by a later version of the format.
    UnsupportedRaster
        If a tile of no known shape asks for more memory than `limits` allow.
    """
    opened = [_open(one, name, check_md5) for one in stored]
    try:
        planes = decode.restore([part for tile in opened for part in tile.parts])
    except ValueError as error:
        if len(stored) > 1:  # which of them cannot be told from here
            return [
                decode_tile(data, name, key=key, shape=shape, check_md5=check_md5)
                for data, key, shape in stored
            ]
        raise CorruptTile(
            "tile.damaged", name=tile_place(name, stored[0].key), reason=error
        ) from error
    tiles, position = [], 0
    for tile in opened:
        own = planes[position : position + len(tile.parts)]
        position += len(tile.parts)
        array = words.from_planes(_put_together(tile, own), tile.header.shape.dtype)
        coding = "+".join(sorted({registry.CODINGS[part.coding] for part in tile.parts}))
        tiles.append(Tile(tile.header.key, array, tile.mask, coding))
    return tiles


class _Opened(NamedTuple):
    """A tile whose samples are decoded, and which planes each of its parts holds."""

    header: TileHeader
    mask: Array | None
    parts: list[decode.EncodedSegment]
    planes: list[tuple[int, ...]]


def _open(stored: StoredTile, name: str, check_md5: bool) -> _Opened:
    place, data = tile_place(name, stored.key), stored.data
    try:
        head = parse_head(data)
        header, mask_size = parse_header(place, head, data)
        for what, expected, found in (
            ("place", stored.key, header.key),
            ("shape", stored.shape, header.shape),
        ):
            if expected is not None and expected != found:
                raise FlacError(f"it says its {what} is {found}, the index says {expected}")
        if stored.shape is None:  # else the file has been asked
            check_tile(place, header.shape.cost, len(data))
        mask = unpack_mask(header.rest[:mask_size], header.shape)
        parts = read_segments(header.rest[mask_size:], header.shape)
        unknown = {coding for coding, *_ in parts} - set(registry.CODINGS)
        if unknown:
            raise UnsupportedVersion("tile.coding", name=place, found=min(unknown))
        flags = [
            prediction.unknown_flags(side)
            for coding, *_, side in parts
            if coding != registry.LABELS
        ]
        if any(flags):
            raise UnsupportedVersion("tile.flags", name=place, found=max(flags))
        check_stream(head.info, max(1, sum(count for _, _, count, _ in parts)), len(data))
        samples = flac.decode(data, head.info, check_md5=check_md5)
    except MoreNeeded as error:
        raise CorruptTile("tile.cut_off", name=place, reason=error, found=len(data)) from error
    except (FlacError, ValueError) as error:
        raise CorruptTile("tile.damaged", name=place, reason=error) from error
    size, real = header.shape[2:], data_types.real_dtype(header.shape.dtype)
    own, position = [], 0
    for coding, numbers, count, side in parts:
        shape = (len(numbers), *size)
        part = samples[position : position + count]
        own.append(decode.EncodedSegment(coding, part, side, shape, real))
        position += count
    return _Opened(header, mask, own, [numbers for _, numbers, _, _ in parts])


def _put_together(tile: _Opened, restored: Sequence[Array]) -> Array:
    """Return all planes of a tile in their order."""
    count = tile.header.shape.planes
    if tile.planes == [tuple(range(count))]:
        return restored[0]
    whole = np.empty((count, *restored[0].shape[1:]), restored[0].dtype)
    for numbers, planes in zip(tile.planes, restored):
        whole[list(numbers)] = planes
    return whole
