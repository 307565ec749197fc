"""Runs of zeros left out: a bitmap says which chunks of 4 samples are all zero.

FLAC spends a bit on every zero of a partition that is not all zero; flat parts of a raster are
mostly zeros. Chunks are as large as the blocks of `order`, so the few that stay among flat
surroundings bring few zeros along.
"""

from __future__ import annotations

import numpy as np

CHUNK = 4
#: Dropping pays once more than one chunk in this many is zero.
_WORTHWHILE = 64


def forward(samples: np.ndarray) -> tuple[np.ndarray, bytes]:
    """Return the samples that stay and the bitmap, which is empty if nothing was worth dropping."""
    chunks = _chunks(samples.size)
    if not chunks:
        return samples, b""
    whole = samples
    if chunks * CHUNK != samples.size:
        whole = np.zeros(chunks * CHUNK, samples.dtype)
        whole[: samples.size] = samples
    words = whole.view(_word(samples.dtype)).reshape(chunks, -1)
    kept = words[:, 0] != 0
    for column in range(1, words.shape[1]):
        kept |= words[:, column] != 0
    if np.count_nonzero(kept) >= chunks - chunks // _WORTHWHILE:
        return samples, b""
    return words[kept].reshape(-1).view(samples.dtype), np.packbits(kept).tobytes()


def inverse(kept: np.ndarray, bitmap: bytes, size: int) -> np.ndarray:
    """Undo `forward` with a bitmap that is not empty.

    Raises
    ------
    ValueError
        If samples and bitmap do not fit each other.
    """
    chunks = _chunks(size)
    flags = np.unpackbits(np.frombuffer(bitmap, np.uint8), count=chunks).view(bool)
    places = np.flatnonzero(flags)
    if kept.size != CHUNK * places.size:
        raise ValueError(f"{kept.size} samples, {CHUNK * places.size} expected")
    word = _word(kept.dtype)
    columns = CHUNK * kept.itemsize // word.itemsize
    words = np.zeros((chunks, columns), word)
    words[places] = np.ascontiguousarray(kept).view(word).reshape(places.size, columns)
    return words.reshape(-1).view(kept.dtype)[:size]


def bitmap_size(size: int) -> int:
    """Bytes of the bitmap of ``size`` samples."""
    return -(-_chunks(size) // 8)


def _word(dtype: np.dtype) -> np.dtype:
    """Return the widest integer of which a chunk is a whole number."""
    return np.dtype(f"u{min(8, CHUNK * dtype.itemsize)}")


def _chunks(size: int) -> int:
    return -(-size // CHUNK)
