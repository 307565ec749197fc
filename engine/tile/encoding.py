"""Pixels of one tile as one complete FLAC stream that explains itself: a pure function."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass

import numpy as np

from .. import flac, options
from ..coding import mask as masks
from ..coding import select, words
from ..coding.effort import PROFILES
from ..coding.gil_contention import released
from ..coding.registry import CODECS, coding_names
from ..coding.segment import Segment, pack_segments
from ..flac.stream import Settings, even_blocks
from ..model.data_types import Array
from ..model.grid import TileKey
from ..model.metadata import Number
from ..model.nodata import cast_nodata, is_all_nodata, valid_mask
from .header import TileSpec, insert_tile_header

#: What `EncodedTile.coding` says of a tile that is stored as no bytes.
NODATA = "nodata"


@dataclass(frozen=True)
class EncodedTile:
    """A tile ready to be stored."""

    #: A complete FLAC stream; empty for a tile that holds nothing but nodata.
    data: bytes
    #: Names of the codings of its segments, joined by ``+``, or `NODATA`.
    coding: str
    #: Of each band's valid pixels, None where a band has none (or is complex).
    minimum: tuple[Number | None, ...]
    maximum: tuple[Number | None, ...]


def encode_tile(
    key: TileKey,
    array: Array,
    mask: Array | None,
    nodata: Sequence[Number | None],
    effort: str = options.DEFAULT_EFFORT,
    compression_level: int | None = None,
    *,
    allow_empty: bool = True,
) -> EncodedTile:
    """Encode one tile with the codings that make it smallest.

    Parameters
    ----------
    key : TileKey
        Written into the tile, so that a tile cut out of its file still knows its place.
    array : ndarray, shape (bands, height, width)
        The tile's own bands, of any dtype of `data_types.DTYPES`.
    mask : ndarray of bool, shape (height, width), optional
        True where pixels are valid.
    nodata : sequence
        One value or None per band of the tile.
    effort : str
        How much is tried, one of `options.EFFORTS`.
    compression_level : int, optional
        libFLAC's; default that of the coding.
    allow_empty : bool
        Whether a tile of nothing but nodata is stored as no bytes.
    """
    if mask is not None and mask.all():
        mask = None
    valid = [valid_mask(band, value, mask) for band, value in zip(array, nodata)]
    minimum, maximum = zip(*map(_min_max, array, valid))
    if allow_empty and mask is None and is_all_nodata(array, nodata):
        return EncodedTile(b"", NODATA, minimum, maximum)
    shape, profile = TileSpec(array.dtype, *array.shape), PROFILES[effort]
    packed_mask = (
        b"" if mask is None else zlib.compress(masks.pack(mask), profile.mask_deflate_level)
    )
    planes = words.to_planes(array)
    per_band = len(planes) // len(array)
    values = [cast_nodata(planes.dtype, value) for value in nodata for _ in range(per_band)]
    nodata_values = [None if v is None else np.asarray(v) for v in values]

    def to_stream(segments: Sequence[Segment]) -> bytes:
        tuning = [CODECS[segment.coding].stream for segment in segments]
        level = compression_level
        if level is None:
            level = max(own.compression_level for own in tuning)
        samples = np.concatenate([segment.samples for segment in segments])
        if not samples.size:  # FLAC has no empty streams
            samples = np.zeros(1, samples.dtype)
        block_size = even_blocks(samples.size, min(own.block_size for own in tuning))
        with released():
            stream = flac.encode(samples, Settings(level, blocksize=block_size))
        side = zlib.compress(pack_segments(segments), profile.deflate_level)
        return insert_tile_header(stream, key, shape, packed_mask, side)

    data, segments = smallest(select.candidates(planes, nodata_values, effort), to_stream)
    coding = coding_names(segment.coding for segment in segments)
    return EncodedTile(data, coding, minimum, maximum)


def smallest(
    search: Generator[select.Candidate, int, None], encode: Callable[[Sequence[Segment]], bytes]
) -> tuple[bytes, list[Segment]]:
    """Encode all candidates; return the first of the smallest, and its segments."""
    best: tuple[bytes, list[Segment]] | None = None
    candidate = next(search)
    while True:
        data = encode(candidate.segments)
        if not candidate.is_trial and (best is None or len(data) < len(best[0])):
            best = data, candidate.segments
        try:
            candidate = search.send(len(data))
        except StopIteration:
            break
    if best is None:
        raise ValueError("nothing but trials to choose from")
    return best


def _min_max(band: Array, valid: Array) -> tuple[Number | None, Number | None]:
    if band.dtype.kind == "c" or not valid.any():
        return None, None
    values = band if valid.all() else band[valid]
    with np.errstate(invalid="ignore"):
        return values.min().item(), values.max().item()
