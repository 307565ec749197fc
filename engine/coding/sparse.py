"""Runs of zeros left out: a bitmap says which chunks of 16 samples are all zero.

FLAC spends a bit on every zero of a partition that is not all zero; flat parts of a raster are
mostly zeros.
"""

from __future__ import annotations

import numpy as np

CHUNK = 16
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
    words = whole.reshape(chunks, CHUNK).view(np.uint64)
    kept = words[:, 0].copy()
    for column in range(1, words.shape[1]):
        kept |= words[:, column]
    kept = kept != 0
    if np.count_nonzero(kept) >= chunks - chunks // _WORTHWHILE:
        return samples, b""
    return whole.reshape(chunks, CHUNK)[kept].reshape(-1), np.packbits(kept).tobytes()


def inverse(kept: np.ndarray, bitmap: bytes, size: int) -> np.ndarray:
    """Undo `forward` with a bitmap that is not empty.

    Raises
    ------
    ValueError
        If samples and bitmap do not fit each other.
    """
    chunks = _chunks(size)
    flags = np.unpackbits(np.frombuffer(bitmap, np.uint8), count=chunks).view(bool)
    if kept.size != CHUNK * np.count_nonzero(flags):
        raise ValueError(f"{kept.size} samples, {CHUNK * np.count_nonzero(flags)} expected")
    samples = np.zeros((chunks, CHUNK), kept.dtype)
    samples[np.flatnonzero(flags)] = kept.reshape(-1, CHUNK)
    return samples.reshape(-1)[:size]


def bitmap_size(size: int) -> int:
    """Bytes of the bitmap of ``size`` samples."""
    return -(-_chunks(size) // 8)


def _chunks(size: int) -> int:
    return -(-size // CHUNK)
