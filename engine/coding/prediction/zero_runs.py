"""Omit runs of zeros: a bitmap tells which chunks of 4 samples are all zero.

FLAC spends a bit on each zero of a partition that is not all zero, and flat areas of a raster are
mostly zeros. Chunks are as large as the blocks of `context_sort`, so a block that is stored among
flat surroundings brings few zeros along.
"""

from __future__ import annotations

import numpy as np

from ...model.data_types import Array
from ..effort import MIN_ZERO_CHUNKS
from ..words import QUADS

CHUNK = 4


def forward(samples: Array) -> tuple[Array, bytes]:
    """Return the stored samples and the bitmap, which is empty if all are stored."""
    chunks = _chunks(samples.size)
    if not chunks:
        return samples, b""
    whole = samples
    if chunks * CHUNK != samples.size:
        whole = np.zeros(chunks * CHUNK, samples.dtype)
        whole[: samples.size] = samples
    words = whole.view(f"u{min(8, CHUNK * samples.itemsize)}").reshape(chunks, -1)
    kept = words[:, 0] != 0
    for column in range(1, words.shape[1]):
        kept |= words[:, column] != 0
    places = np.flatnonzero(kept)
    if places.size >= chunks - chunks // MIN_ZERO_CHUNKS:
        return samples, b""
    items = whole.view(QUADS[samples.itemsize])
    return items[places].view(samples.dtype), np.packbits(kept).tobytes()


def inverse(kept: Array, bitmap: bytes, size: int) -> Array:
    """Undo `forward` with a bitmap that is not empty.

    Raises
    ------
    ValueError
        If samples and bitmap do not match.
    """
    chunks = _chunks(size)
    flags = np.unpackbits(np.frombuffer(bitmap, np.uint8), count=chunks).view(bool)
    places = np.flatnonzero(flags)
    if kept.size != CHUNK * places.size:
        raise ValueError(f"{kept.size} samples, {CHUNK * places.size} expected")
    items = np.zeros(chunks, QUADS[kept.itemsize])
    items[places] = np.ascontiguousarray(kept).view(items.dtype)
    return items.view(kept.dtype)[:size]


def bitmap_size(size: int) -> int:
    """Return the bytes of the bitmap of ``size`` samples."""
    return -(-_chunks(size) // 8)


def _chunks(size: int) -> int:
    return -(-size // CHUNK)
