"""The order in which the residuals of a plane are stored: by the activity of their surroundings.

Whole 2 x 2 blocks are ordered, not pixels: moving them as one wide item is three to five times as
fast and costs less than 1 % of the size. The key is one byte, a logarithm with four steps an
octave, for which numpy's stable sort is a radix sort; being stable, it leaves neighbours of like
activity together.
"""

from __future__ import annotations

import numpy as np

#: Two horizontal neighbours, and a block of 2 x 2, as one item; only ever copied.
_PAIR = {1: np.dtype("u2"), 2: np.dtype("u4"), 4: np.dtype("u8"), 8: np.dtype("c16")}
_BLOCK = {1: np.dtype("u4"), 2: np.dtype("u8"), 4: np.dtype("c16"), 8: np.dtype("V32")}
#: Exponent and two bits of the mantissa of a float32 of at least 1 start at this number.
_LOG_OF_ONE = 127 << 2


def by_activity(
    activity: np.ndarray, rows: int, columns: int, before: np.ndarray | None = None
) -> np.ndarray:
    """Return the order of a band's blocks.

    Parameters
    ----------
    activity : ndarray of unsigned
        Flat, of pitch ``columns + 2``.
    before : ndarray of unsigned, optional
        Residual of the first band, likewise: twice its size counts as activity.

    Returns
    -------
    ndarray of int, shape (rows * columns // 4,)
    """
    key = _block_activity(activity, rows, columns).astype(np.float32)
    if before is not None:
        signed = before.view(f"i{before.itemsize}")
        key += 2 * _block_activity(np.abs(signed).view(before.dtype), rows, columns).astype(
            np.float32
        )
    key += 1
    bits = key.view(np.uint32)
    bits >>= 21
    bits -= _LOG_OF_ONE
    np.minimum(bits, 255, out=bits)  # words of 64 bits can have larger activities
    return bits.astype(np.uint8).reshape(-1).argsort(kind="stable")


def _block_activity(flat: np.ndarray, rows: int, columns: int) -> np.ndarray:
    """Sum over the two columns of each block of the larger of its two rows."""
    pairs = flat.reshape(rows // 2, 2, columns + 2)[:, :, :columns]
    larger = np.maximum(pairs[:, 0], pairs[:, 1])
    if larger.itemsize == 1:
        return np.add(larger[:, ::2], larger[:, 1::2], dtype=np.uint16)
    total = larger[:, ::2].astype(np.float32)
    total += larger[:, 1::2]
    return total


def gather(flat: np.ndarray, rows: int, columns: int, arrangement: np.ndarray) -> np.ndarray:
    """Return the items of a flat band, block by block in the given order."""
    item = flat.itemsize
    blocks = np.empty((rows // 2, columns // 2, 2), _PAIR[item])
    pairs = flat.view(_PAIR[item]).reshape(rows // 2, 2, columns // 2 + 1)
    blocks[...] = pairs[:, :, : columns // 2].transpose(0, 2, 1)
    return blocks.reshape(-1).view(_BLOCK[item])[arrangement].view(flat.dtype)


def scatter(
    items: np.ndarray, flat: np.ndarray, rows: int, columns: int, arrangement: np.ndarray
) -> None:
    """Undo `gather` into a flat band."""
    item = flat.itemsize
    blocks = np.empty(arrangement.size, _BLOCK[item])
    blocks[arrangement] = np.ascontiguousarray(items).view(_BLOCK[item])
    pairs = flat.view(_PAIR[item]).reshape(rows // 2, 2, columns // 2 + 1)
    pairs[:, :, : columns // 2] = (
        blocks.view(_PAIR[item]).reshape(rows // 2, columns // 2, 2).transpose(0, 2, 1)
    )
