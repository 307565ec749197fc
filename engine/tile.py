"""One tile: an array of pixels as one complete FLAC stream that explains itself, and back.

``encode_tile`` and ``decode_tile`` are pure functions of plain values, so threads, processes and
cluster workers run the same code and give the same bytes. The layout is normative in
``docs/format.md``.
"""

from __future__ import annotations

import math
import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from . import flac, pixels
from .coding import CODINGS
from .errors import CorruptTile, UnsupportedVersion
from .flac.stream import (
    APPLICATION,
    MAGIC,
    STREAMINFO,
    FlacError,
    MoreNeeded,
    Settings,
    pack_block,
    parse_head,
)
from .grid import TileKey
from .metadata import Number

#: Id of the APPLICATION block that makes a FLAC stream a tile.
APPLICATION_ID = b"frst"
TILE_VERSION = 1

# version, dtype, coding, level, bands, height, width, row, column, bytes of the mask, CRC-32
_HEADER = struct.Struct(">BBBBHHHIIII")
_CRC = struct.Struct(">I")


class TileShape(NamedTuple):
    """What a tile holds."""

    dtype: np.dtype
    bands: int
    height: int
    width: int

    @property
    def word(self) -> np.dtype:
        """Unsigned integer of one plane's value."""
        return pixels.word_dtype(self.dtype)

    @property
    def planes(self) -> int:
        """Planes of words: one per band, two for complex bands."""
        return self.bands * pixels.planes_per_band(self.dtype)

    @property
    def samples(self) -> int:
        """FLAC samples of the tile."""
        return self.planes * self.height * self.width * pixels.limbs(self.word)

    def __str__(self) -> str:
        return f"{self.bands} bands of {self.height} x {self.width} {self.dtype}"


@dataclass(frozen=True)
class EncodedTile:
    """A tile ready to be stored.

    Parameters
    ----------
    data : bytes
        A complete FLAC stream; empty for a tile that holds nothing but nodata.
    minimum, maximum : tuple
        Of each band's valid pixels, None where a band has none (or is complex).
    """

    data: bytes
    minimum: tuple[Number | None, ...]
    maximum: tuple[Number | None, ...]


@dataclass(frozen=True)
class Tile:
    """A decoded tile.

    Parameters
    ----------
    key : TileKey
    pixels : ndarray, shape (bands, height, width)
    mask : ndarray of bool, shape (height, width), optional
        True where pixels are valid; None when all are, as far as the raster's own mask goes.
    coding : str
        Name of the coding that the pixels are stored with.
    """

    key: TileKey
    pixels: np.ndarray
    mask: np.ndarray | None
    coding: str


# ---------------------------------------------------------------- encoding


def encode_tile(
    key: TileKey,
    array: np.ndarray,
    mask: np.ndarray | None,
    nodata: Sequence[Number | None],
    settings: Settings,
    *,
    may_be_empty: bool = True,
) -> EncodedTile:
    """Encode one tile with the coding that makes it smallest.

    Parameters
    ----------
    key : TileKey
        Written into the tile, so that a tile cut out of its file still knows its place.
    array : ndarray, shape (bands, height, width)
        Any dtype of `pixels.DTYPES`.
    mask : ndarray of bool, shape (height, width), optional
        True where pixels are valid.
    nodata : sequence
        One value or None per band.
    settings : Settings
        For libFLAC.
    may_be_empty : bool
        Whether a tile of nothing but nodata is stored as no bytes.

    Returns
    -------
    EncodedTile
    """
    if mask is not None and mask.all():
        mask = None
    valid = [valid_pixels(band, value, mask) for band, value in zip(array, nodata)]
    minimum, maximum = zip(*(_extremes(band, ok) for band, ok in zip(array, valid)))
    if may_be_empty and mask is None and is_nodata_only(array, nodata):
        return EncodedTile(b"", minimum, maximum)
    shape = TileShape(array.dtype, *array.shape)
    words = pixels.to_words(array)
    packed_mask = b"" if mask is None else _deflate(np.packbits(mask).tobytes())
    number, stream = _smallest(words, settings)
    return EncodedTile(_with_header(stream, key, shape, number, packed_mask), minimum, maximum)


#: Rows of the strips that stand for a tile while codings are tried, and how many strips there are.
_STRIP_ROWS, _STRIPS = 24, 4
#: Codings whose sample is larger than the smallest by more than this factor are not tried on the
#: whole tile.
_MARGIN = 1.02


def _smallest(words: np.ndarray, settings: Settings) -> tuple[int, bytes]:
    """Return the number of the coding that makes a tile smallest, and its FLAC stream.

    All codings are tried on a few strips of rows; those that come near the best there, on the whole
    tile.
    """

    def stream(number: int, part: np.ndarray) -> bytes:
        return flac.encode(pixels.to_samples(CODINGS[number].forward(part)), settings)

    numbers = list(CODINGS)
    height = words.shape[1]
    if height > 2 * _STRIP_ROWS * _STRIPS:
        starts = [height * k // _STRIPS for k in range(_STRIPS)]
        sample = np.concatenate([words[:, y : y + _STRIP_ROWS] for y in starts], axis=1)
        sizes = {number: len(stream(number, sample)) for number in numbers}
        limit = _MARGIN * min(sizes.values())
        numbers = [number for number in numbers if sizes[number] <= limit]
    _, number, best = min((len(data), n, data) for n in numbers for data in [stream(n, words)])
    return number, best


def valid_pixels(band: np.ndarray, nodata: Number | None, mask: np.ndarray | None) -> np.ndarray:
    """Return which pixels of a band are not NaN, not nodata and not masked."""
    ok = np.ones(band.shape, bool) if mask is None else mask.copy()
    if band.dtype.kind in "fc":
        ok &= ~np.isnan(band)
    value = nodata_as(band.dtype, nodata)
    if value is not None and not np.isnan(value):
        with np.errstate(invalid="ignore"):  # signalling NaNs are as good as any
            ok &= band != value
    return ok


def nodata_as(dtype: np.dtype, nodata: Number | None) -> np.generic | None:
    """Return nodata as a pixel of the dtype, or None where no pixel can have that value."""
    if nodata is None:
        return None
    dtype = np.dtype(dtype)
    if dtype.kind in "iu":
        if not math.isfinite(nodata) or nodata != int(nodata):
            return None
        info = np.iinfo(dtype)
        return dtype.type(int(nodata)) if info.min <= nodata <= info.max else None
    with np.errstate(over="ignore"):
        return dtype.type(nodata)


def is_nodata_only(array: np.ndarray, nodata: Sequence[Number | None]) -> bool:
    """Whether every pixel has the very bits of its band's nodata value."""
    for band, value in zip(array, nodata):
        pixel = nodata_as(array.dtype, value)
        if pixel is None:
            return False
        if not (pixels.to_bits(band) == pixels.to_bits(np.asarray(pixel)[np.newaxis])[0]).all():
            return False
    return True


def nodata_tile(shape: TileShape, nodata: Sequence[Number | None]) -> np.ndarray:
    """Return the pixels of a tile that is stored as no bytes."""
    array = np.empty((shape.bands, shape.height, shape.width), shape.dtype)
    for band, value in zip(array, nodata):
        band[...] = nodata_as(shape.dtype, value)
    return array


def _extremes(band: np.ndarray, valid: np.ndarray) -> tuple[Number | None, Number | None]:
    if band.dtype.kind == "c" or not valid.any():
        return None, None
    values = band if valid.all() else band[valid]
    with np.errstate(invalid="ignore"):
        return values.min().item(), values.max().item()


def _with_header(
    stream: bytes, key: TileKey, shape: TileShape, coding: int, packed_mask: bytes
) -> bytes:
    """Put the tile header in the place of libFLAC's own VORBIS_COMMENT."""
    head = parse_head(stream)
    streaminfo = head.blocks[0].body(stream)
    fields = (
        TILE_VERSION,
        pixels.DTYPES.index(shape.dtype.name),
        coding,
        key.level,
        shape.bands,
        shape.height,
        shape.width,
        key.row,
        key.column,
        len(packed_mask),
    )
    crc = _header_crc(streaminfo, fields, packed_mask)
    body = APPLICATION_ID + _HEADER.pack(*fields, crc) + packed_mask
    return b"".join(
        (
            MAGIC,
            pack_block(STREAMINFO, streaminfo, last=False),
            pack_block(APPLICATION, body, last=True),
            stream[head.frames_start :],
        )
    )


def _header_crc(streaminfo: bytes, fields: tuple[int, ...], rest: bytes) -> int:
    """CRC-32 of all that the frames' own CRCs and MD5 do not cover."""
    return zlib.crc32(
        rest, zlib.crc32(_HEADER.pack(*fields, 0)[: -_CRC.size], zlib.crc32(streaminfo))
    )


def _deflate(data: bytes) -> bytes:
    return zlib.compress(data, 9)


# ---------------------------------------------------------------- decoding


def decode_tile(
    data: bytes,
    name: str,
    *,
    key: TileKey | None = None,
    shape: TileShape | None = None,
    check_md5: bool = True,
) -> Tile:
    """Decode one tile.

    Parameters
    ----------
    data : bytes
        A complete FLAC stream.
    name : str
        What to call the file in errors.
    key, shape : optional
        What the index says the tile is; a tile that says otherwise is refused before its pixels are
        decoded.
    check_md5 : bool
        Also compare the samples with STREAMINFO's MD5; frame CRCs are always checked.

    Raises
    ------
    CorruptTile
        If the tile is damaged, cut off, or another one than asked for.
    UnsupportedVersion
        If it was written by a later version of the format.
    """
    place = f"{name}, tile {key if key is not None else 'of unknown place'}"
    try:
        head = parse_head(data)
        side = _application_body(data, head)
        found_key, found_shape, coding, mask_size = _parse_header(place, head, data, side)
        for what, expected, found in (("place", key, found_key), ("shape", shape, found_shape)):
            if expected is not None and expected != found:
                raise FlacError(f"it says its {what} is {found}, the index says {expected}")
        info = head.info
        expected_bits = 8 * pixels.sample_dtype(found_shape.word).itemsize
        if (info.channels, info.bits_per_sample, info.total_samples) != (
            1,
            expected_bits,
            found_shape.samples,
        ):
            raise FlacError(
                f"STREAMINFO says {info.total_samples} samples of {info.bits_per_sample} bits in "
                f"{info.channels} "
                f"channels, {found_shape.samples} of {expected_bits} bits in 1 were expected"
            )
        mask = _unpack_mask(side[_HEADER.size : _HEADER.size + mask_size], found_shape)
        samples = flac.decode(data, info, check_md5=check_md5)
    except MoreNeeded as error:
        raise CorruptTile(f"{place} is cut off: {error}, it has {len(data)} bytes.") from error
    except FlacError as error:
        raise CorruptTile(f"{place} is damaged: {error}.") from error
    words = pixels.from_samples(samples, found_shape.word)
    words = CODINGS[coding].inverse(
        words.reshape(found_shape.planes, found_shape.height, found_shape.width)
    )
    return Tile(found_key, pixels.from_words(words, found_shape.dtype), mask, CODINGS[coding].name)


def _application_body(data: bytes, head) -> bytes:
    for block in head.of_type(APPLICATION):
        body = block.body(data)
        if body[: len(APPLICATION_ID)] == APPLICATION_ID:
            return body[len(APPLICATION_ID) :]
    raise FlacError(f"it has no APPLICATION block {APPLICATION_ID!r}, so it is plain audio")


def _parse_header(place: str, head, data: bytes, side: bytes):
    if not side:
        raise FlacError("its header is empty")
    if side[0] != TILE_VERSION:
        raise UnsupportedVersion(
            f"{place} has version {side[0]}, this release reads version {TILE_VERSION}; update "
            "FLAC Raster."
        )
    if len(side) < _HEADER.size:
        raise FlacError(f"its header has {len(side)} bytes, expected {_HEADER.size}")
    *fields, crc = _HEADER.unpack_from(side)
    _, dtype, coding, level, bands, height, width, row, column, mask_size = fields
    rest = side[_HEADER.size :]
    found = _header_crc(head.blocks[0].body(data), tuple(fields), rest)
    if found != crc:
        raise FlacError(f"its header's CRC is {found:08x}, expected {crc:08x}")
    if dtype >= len(pixels.DTYPES) or coding not in CODINGS:
        raise UnsupportedVersion(
            f"{place} has data type {dtype} and coding {coding}, of which this release knows "
            f"{len(pixels.DTYPES)} and {len(CODINGS)}; update FLAC Raster."
        )
    if 0 in (bands, height, width):
        raise FlacError(f"its header says {bands} bands of {height} x {width} pixels")
    if mask_size != len(rest):
        raise FlacError(f"its mask has {len(rest)} bytes, expected {mask_size}")
    shape = TileShape(np.dtype(pixels.DTYPES[dtype]), bands, height, width)
    return TileKey(level, row, column), shape, coding, mask_size


def _unpack_mask(packed: bytes, shape: TileShape) -> np.ndarray | None:
    if not packed:
        return None
    count = shape.height * shape.width
    size = -(-count // 8)
    inflater = zlib.decompressobj()
    try:
        bits = inflater.decompress(packed, size)
    except zlib.error as error:
        raise FlacError(f"its mask cannot be inflated ({error})") from error
    if len(bits) != size or inflater.unconsumed_tail:
        raise FlacError(f"its mask does not have {size} bytes")
    flat = np.unpackbits(np.frombuffer(bits, np.uint8), count=count).view(bool)
    return flat.reshape(shape.height, shape.width)
