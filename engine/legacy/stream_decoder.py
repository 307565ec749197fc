"""Pixels of a whole stream, whose samples tell how they were scaled."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import cast

import numpy as np

from .. import flac
from ..errors import CorruptTile, MissingDependency, tile_place
from ..flac.stream import FlacError, StreamInfo
from ..model.data_types import Array
from ..model.grid import TileKey
from ..tile.decoding import Tile
from . import scaling
from .tags import FULL_SCALE, StreamDescription
from .unscaling import (
    EXACT_IN_FLOAT64,
    OVERFLOWED,
    ConsensusUnscaler,
    ConstantUnscaler,
    FullScaleFloatUnscaler,
    NearestUnscaler,
    OffsetUnscaler,
    ScaledFloatUnscaler,
    TableUnscaler,
    Unscaler,
)

#: Samples that are unscaled at once, which limits the memory of intermediate arrays.
_AT_ONCE = 1 << 18


def recover_pixels(description: StreamDescription, samples: Array) -> tuple[Array, int]:
    """Return the pixels of a stream, of its shape, and the number of uncertain ones.

    ``samples`` have the shape (bands, rows * columns). A pixel is uncertain if several become the
    same sample.
    """
    unscaler = unscaler_for(description, samples)
    pixels = np.empty(samples.shape, description.dtype)
    uncertain = 0
    for part in _parts(samples):
        pixels[part], certain = unscaler.recover(samples[part])
        uncertain += certain.size - int(np.count_nonzero(certain))
    return pixels.reshape(description.shape), uncertain


def is_exact(description: StreamDescription) -> bool | None:
    """Return whether all pixels can be recovered exactly; None if that depends on the samples."""
    exact = {unscaler.exact for unscaler in _candidates(description)}
    return exact.pop() if len(exact) == 1 else None


def unscaler_for(description: StreamDescription, samples: Array) -> Unscaler:
    """Return the unscaler that explains the samples; the file does not name its release."""
    candidates = _candidates(description)
    if len(candidates) == 1:
        return candidates[0]
    least, greatest = int(samples.min()), int(samples.max())
    possible = candidates
    for part in _parts(samples):
        possible = [u for u in possible if u.can_explain(samples[part], least, greatest)]
        if len(possible) <= 1:
            break
    if len(possible) == 1:
        return possible[0]
    return ConsensusUnscaler(possible or candidates, certain=bool(possible))


def _candidates(description: StreamDescription) -> list[Unscaler]:
    """Return the unscalers of releases 0.1.2 and 0.2.0, only one if they scale alike."""
    dtype, full = description.dtype, FULL_SCALE[description.bits]
    low, high = description.minimum, description.maximum
    if description.offset is not None:
        return [OffsetUnscaler(dtype, description.offset)]
    if dtype.kind == "f":
        return _float_candidates(description)
    low, high = int(low or 0), int(high or 0)
    if low == high:
        return [ConstantUnscaler(dtype, low, certain=abs(low) < EXACT_IN_FLOAT64)]
    wraps = [False]
    if dtype.kind == "i" and high - low > np.iinfo(dtype).max:
        wraps = [True, False]
        if dtype.itemsize == 1:  # the two releases differ in the width of samples
            wraps = [description.bits == 32]
    if dtype.itemsize <= 2:
        return [TableUnscaler(dtype, low, high, description.bits, full, wrap) for wrap in wraps]
    return [NearestUnscaler(dtype, low, high, full, wrap) for wrap in wraps]


def _float_candidates(description: StreamDescription) -> list[Unscaler]:
    dtype, full = description.dtype, FULL_SCALE[description.bits]
    low, high = description.minimum, description.maximum
    products = {dtype, np.dtype(np.float64)}
    if low is not None and low == high:
        scaled = [
            float(scaling.unscaled_floats(np.array([low], dtype), full, product)[0])
            for product in products
        ]
        samples = [int(value) for value in scaled if abs(value) < OVERFLOWED[1]] or OVERFLOWED
        return [ConstantUnscaler(dtype, low, samples), ConstantUnscaler(dtype, low, certain=False)]
    candidates: list[Unscaler] = [
        FullScaleFloatUnscaler(dtype, full, product, low, high) for product in products
    ]
    if low is not None and high is not None:  # NaN makes them unknown in 0.1.2 only
        candidates.append(ScaledFloatUnscaler(dtype, full, low, high))
    return candidates


def _parts(samples: Array) -> Iterator[tuple[int, slice]]:
    for band in range(len(samples)):
        for start in range(0, samples.shape[1], _AT_ONCE):
            yield band, slice(start, start + _AT_ONCE)


#: `Tile.coding` of pixels that were scaled, and of those that were not.
SCALED, UNSCALED = "flac-raster, scaled", "flac-raster, unscaled"
NO_MD5 = bytes(16)


def decode_stream(
    data: bytes,
    description: StreamDescription,
    info: StreamInfo,
    key: TileKey | None,
    name: str,
    check_md5: bool,
) -> Tile:
    """Decode a stream and recover its pixels.

    The tags alone give the number of samples. The MD5 is checked only if the stream has one;
    without, `MissingDependency` is raised if no installed package detects damage in frames.
    """
    has_md5 = info.md5 != NO_MD5
    if not (has_md5 or flac.backend().CHECKS_FRAMES):
        raise MissingDependency("legacy.no_md5", name, package="pyflac")
    expected = replace(info, total_samples=description.width * description.height)
    try:
        samples = flac.decode_channels(data, expected, check_md5=check_md5 and has_md5)
    except FlacError as error:
        raise CorruptTile("tile.damaged", tile_place(name, key), reason=error) from error
    pixels, uncertain = recover_pixels(description, samples)
    coding = SCALED if description.offset is None else UNSCALED
    # the index gives the key
    return Tile(cast(TileKey, key), pixels, None, coding, uncertain)
