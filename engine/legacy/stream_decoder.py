"""Undo the scaling of a whole stream, after finding out from its samples how it was made."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import cast

import numpy as np

from .. import flac
from ..errors import CorruptTile, MissingDependency
from ..flac.stream import FlacError, StreamInfo
from ..model.data_types import Array
from ..model.grid import TileKey
from ..tile.decoding import Tile
from . import scaling
from .tags import FULL_SCALE, StreamDescription
from .unscaling import (
    EXACT_IN_FLOAT64,
    OVERFLOWN,
    AnyOf,
    ConstantUnscaler,
    NearestUnscaler,
    OffsetUnscaler,
    ScaledFloatUnscaler,
    TableUnscaler,
    UnscaledFloatUnscaler,
    Unscaler,
)

#: Samples that are restored at once: what that takes in between stays small.
_AT_ONCE = 1 << 18


def recover_pixels(facts: StreamDescription, samples: Array) -> tuple[Array, int]:
    """Return the pixels of a stream.

    Parameters
    ----------
    facts : StreamDescription
    samples : ndarray of int16 or int32, shape (bands, rows * columns)

    Returns
    -------
    pixels : ndarray of ``facts.dtype``, shape ``facts.shape``
    uncertain : int
        How many of them may be others, because several would have become the same sample.
    """
    inverse = unscaler_for(facts, samples)
    pixels = np.empty(samples.shape, facts.dtype)
    uncertain = 0
    for place in _parts(samples):
        pixels[place], certain = inverse.recover(samples[place])
        uncertain += certain.size - int(np.count_nonzero(certain))
    return pixels.reshape(facts.shape), uncertain


def is_exact(facts: StreamDescription) -> bool | None:
    """Whether all pixels of a stream can be restored, None where only its samples show that."""
    found = {way.exact for way in _ways(facts)}
    return found.pop() if len(found) == 1 else None


def unscaler_for(facts: StreamDescription, samples: Array) -> Unscaler:
    """Choose how to undo the scaling: the release that wrote a file is not named in it."""
    ways = _ways(facts)
    if len(ways) == 1:
        return ways[0]
    least, greatest = int(samples.min()), int(samples.max())
    possible = ways
    for place in _parts(samples):
        possible = [way for way in possible if way.can_explain(samples[place], least, greatest)]
        if len(possible) <= 1:
            break
    if len(possible) == 1:
        return possible[0]
    return AnyOf(possible or ways, certain=bool(possible))


def _ways(facts: StreamDescription) -> list[Unscaler]:
    """Return the inverses of what releases 0.1.2 and 0.2.0 do, once where they do the same."""
    dtype, full = facts.dtype, FULL_SCALE[facts.bits]
    low, high = facts.minimum, facts.maximum
    if facts.offset is not None:
        return [OffsetUnscaler(dtype, facts.offset)]
    if dtype.kind == "f":
        return _ways_of_floats(facts)
    low, high = int(low or 0), int(high or 0)
    if low == high:
        return [ConstantUnscaler(dtype, low, certain=abs(low) < EXACT_IN_FLOAT64)]
    wraps = [False]
    if dtype.kind == "i" and high - low > np.iinfo(dtype).max:
        wraps = [True, False]
        if dtype.itemsize == 1:  # of which the two releases make samples of different width
            wraps = [facts.bits == 32]
    if dtype.itemsize <= 2:
        return [TableUnscaler(dtype, low, high, facts.bits, full, way) for way in wraps]
    return [NearestUnscaler(dtype, low, high, full, way) for way in wraps]


def _ways_of_floats(facts: StreamDescription) -> list[Unscaler]:
    dtype, full = facts.dtype, FULL_SCALE[facts.bits]
    low, high = facts.minimum, facts.maximum
    products = {dtype, np.dtype(np.float64)}
    if low is not None and low == high:
        made = [
            float(scaling.unscaled_floats(np.array([low], dtype), full, product)[0])
            for product in products
        ]
        samples = [int(one) for one in made if abs(one) < OVERFLOWN[1]] or OVERFLOWN
        return [ConstantUnscaler(dtype, low, samples), ConstantUnscaler(dtype, low, certain=False)]
    ways: list[Unscaler] = [
        UnscaledFloatUnscaler(dtype, full, product, low, high) for product in products
    ]
    if low is not None and high is not None:  # only 0.1.2 gives up where there is NaN
        ways.append(ScaledFloatUnscaler(dtype, full, low, high))
    return ways


def _parts(samples: Array) -> Iterator[tuple[int, slice]]:
    for band in range(len(samples)):
        for start in range(0, samples.shape[1], _AT_ONCE):
            yield band, slice(start, start + _AT_ONCE)


#: What `Tile.coding` says of pixels that were scaled, and of those that were not.
SCALED, UNSCALED = "flac-raster, scaled", "flac-raster, unscaled"
NO_MD5 = bytes(16)


def decode_stream(
    data: bytes,
    facts: StreamDescription,
    info: StreamInfo,
    key: TileKey | None,
    name: str,
    check_md5: bool,
) -> Tile:
    """Decode a stream and restore its pixels.

    Parameters
    ----------
    data : bytes
        The stream.
    facts : StreamDescription
        What its tags say; how many samples it has follows from them alone.
    info : StreamInfo
    key : TileKey
    name : str
        Of the file, for errors.
    check_md5 : bool
        Where the stream has one.

    Raises
    ------
    CorruptTile
        If it is damaged or cut off.
    MissingDependency
        If what can decode it is not installed.
    """
    has_md5 = info.md5 != NO_MD5
    if not (has_md5 or flac.backend().CHECKS_FRAMES):
        raise MissingDependency(
            f"{name} was written by flac-raster and has no MD5; to notice damage, reading it needs "
            "the Python package pyflac; install it with: python -m pip install pyflac"
        )
    expected = replace(info, total_samples=facts.width * facts.height)
    try:
        samples = flac.decode_channels(data, expected, check_md5=check_md5 and has_md5)
    except FlacError as error:
        raise CorruptTile(f"{name}, tile {key} is damaged: {error}.") from error
    pixels, uncertain = recover_pixels(facts, samples)
    coding = SCALED if facts.offset is None else UNSCALED
    # the index says which one it is
    return Tile(cast(TileKey, key), pixels, None, coding, uncertain)
