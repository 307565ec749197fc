"""Masks as the positions at which they change from one row to the next.

A mask follows shapes on the ground, so most rows are like the row above. Only pixels that differ
from the pixel above are listed, each by its distance from the previous one in a byte; deflated with
the side information, that takes about half the size of deflated bits. Masks without shapes are
stored as bits.
"""

from __future__ import annotations

import numpy as np

from ..model.data_types import Array
from .effort import MASK_PIXELS_PER_CHANGE

BITS, CHANGES = 0, 1
#: A byte of this value means no change yet: the distance continues in the next byte.
_FAR = 255


def pack(mask: Array) -> bytes:
    """Return a mask as bytes.

    Parameters
    ----------
    mask : ndarray of bool, shape (height, width)
    """
    changes = mask.copy()
    changes[1:] ^= mask[:-1]
    places = np.flatnonzero(changes)
    if places.size > mask.size // MASK_PIXELS_PER_CHANGE:
        return bytes([BITS]) + np.packbits(mask).tobytes()
    distances = np.diff(places, prepend=-1) - 1
    far, rest = np.divmod(distances, _FAR)
    listed = np.full(int(far.sum()) + rest.size, _FAR, np.uint8)
    listed[np.cumsum(far + 1) - 1] = rest
    return bytes([CHANGES]) + listed.tobytes()


def unpack(data: bytes, shape: tuple[int, int]) -> Array:
    """Undo `pack`.

    Raises
    ------
    ValueError
        If the bytes are not a mask of that shape.
    """
    height, width = shape
    most = -(-height * width // 8)  # `pack` uses bits if a list would be longer
    kind, listed = data[:1], np.frombuffer(data, np.uint8)[1:]
    if kind == bytes([BITS]) and listed.size == most:
        return np.unpackbits(listed, count=height * width).view(bool).reshape(shape)
    if kind != bytes([CHANGES]) or listed.size > most:
        raise ValueError(f"a mask of {len(data)} bytes starts with {kind!r}")
    change = listed < _FAR
    places = (np.cumsum(listed, dtype=np.int64) + np.cumsum(change) - 1)[change]
    if places.size and places[-1] >= height * width:
        raise ValueError(f"a mask changes at pixel {places[-1]} of {height * width}")
    # rows as words of 8 pixels
    words = np.zeros((height, -(-width // 8)), np.uint64)
    pixels = words.view(np.uint8)
    rows, columns = np.divmod(places, width)
    pixels[rows, columns] = 1
    np.bitwise_xor.accumulate(words, axis=0, out=words)
    return np.ascontiguousarray(pixels[:, :width]).view(bool)
