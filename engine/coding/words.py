"""Any numpy data type as the 8- or 16-bit integers that FLAC stores, bit for bit.

Values become *words*, unsigned integers in the same order, so that "near in value" means "near as
integer" for predictions. Words wider than 16 bits become several *samples* each, because all FLAC
decoders read 16-bit samples but few read 32: that costs about 1 % of the size.
"""

from __future__ import annotations

import numpy as np

from ..model.data_types import Array, DType, to_bits
from .workspace import scalar

SIGNED: dict[int, DType] = {size: np.dtype(f"i{size}") for size in (1, 2, 4, 8)}
#: Four words of a size as one item, such as a block of 2 x 2 pixels; only ever copied.
QUADS: dict[int, DType] = {
    1: np.dtype("u4"),
    2: np.dtype("u8"),
    4: np.dtype("c16"),
    8: np.dtype("V32"),
}
#: Bits of the mantissa of a float32 below its first two.
_MANTISSA = scalar(21, np.dtype(np.uint32))


def to_planes(array: Array) -> Array:
    """Return bands as planes of a real type: complex ones as real part, then imaginary part."""
    array = np.ascontiguousarray(array)
    if array.dtype.kind != "c":
        return array
    parts = array.view(array.real.dtype).reshape(*array.shape, 2)
    return np.ascontiguousarray(np.moveaxis(parts, -1, 1)).reshape(-1, *array.shape[1:])


def from_planes(planes: Array, dtype: DType) -> Array:
    """Undo `to_planes`."""
    if np.dtype(dtype).kind != "c":
        return planes
    parts = np.moveaxis(planes.reshape(-1, 2, *planes.shape[1:]), 1, -1)
    return np.ascontiguousarray(parts).view(dtype)[..., 0]


def limbs(word: DType) -> int:
    """Return the number of samples per word."""
    return max(1, np.dtype(word).itemsize // 2)


def sample_dtype(word: DType) -> DType:
    """Return ``int8`` for 8-bit words, else ``int16``."""
    return SIGNED[min(np.dtype(word).itemsize, 2)]


def to_words(array: Array) -> Array:
    """Return integers or floats as unsigned integers of the same width and order.

    The byte order is the native one, and the result may share memory with ``array``. The sign bit
    of signed integers is flipped. IEEE 754 floats are sign and magnitude: positive ones have the
    sign bit set, negative ones are complemented; NaNs keep their payload.
    """
    array = np.ascontiguousarray(array)
    kind = array.dtype.kind
    if kind == "u":
        return array
    bits = to_bits(array)
    top = bits.dtype.type(1 << (8 * bits.itemsize - 1))
    if kind == "i":
        words: Array = bits ^ top
    else:
        words = bits ^ (_sign_mask(bits) | top)
    return words


def from_words(words: Array, dtype: DType) -> Array:
    """Undo `to_words`, in place."""
    dtype = np.dtype(dtype)
    if dtype.kind == "u":
        return words
    top = words.dtype.type(1 << (8 * words.itemsize - 1))
    if dtype.kind == "i":
        words ^= top
    else:
        flipped = _sign_mask(words)
        np.invert(flipped, out=flipped)
        flipped |= top
        words ^= flipped
    return words.view(dtype)


def _sign_mask(bits: Array) -> Array:
    """Return all ones where the top bit is set, else zero."""
    signed = bits.view(SIGNED[bits.itemsize])
    mask: Array = signed >> (8 * bits.itemsize - 1)
    return mask.view(bits.dtype)


def to_samples(residual: Array) -> Array:
    """Split unsigned residuals (two's complement) of any shape into flat signed samples.

    The highest limbs of all residuals come first. Each lower limb is the signed remainder, so that
    small residuals of either sign leave zeros in the higher ones.
    """
    signed: Array = residual.reshape(-1).view(SIGNED[residual.itemsize])
    if signed.itemsize <= 2:
        return signed
    parts = []
    for _ in range(limbs(residual.dtype) - 1):
        low = signed.astype(np.int16)
        parts.append(low)
        signed = (signed - low) >> 16
    parts.append(signed.astype(np.int16))
    return np.concatenate(parts[::-1])


def from_samples(samples: Array, word: DType) -> Array:
    """Undo `to_samples`; returns a flat array of unsigned words."""
    word = np.dtype(word)
    signed = SIGNED[word.itemsize]
    count = limbs(word)
    if count == 1:
        return samples.view(word)
    parts = samples.reshape(count, -1)
    value: Array = parts[0].astype(signed)
    for low in parts[1:]:
        value <<= 16
        value += low
    return value.view(word)


def log2_quarters(sizes: Array) -> Array:
    """Return the logarithms of sizes (float32) of at least 1, with four steps per octave, in place.

    These are the exponent and two bits of the mantissa: 508 for a size of 1, as uint32.
    """
    bits = sizes.view(np.uint32)
    bits >>= _MANTISSA
    return bits
