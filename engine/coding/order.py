"""The order in which the residuals of a plane are stored: by the activity of their surroundings.

Whole 2 x 2 blocks are ordered, not pixels: moving them as one wide item is three to five times as
fast and costs less than 1 % of the size. The key is one byte, a logarithm with four steps an
octave, for which numpy's stable sort is a radix sort; being stable, it leaves neighbours of like
activity together.

For the smallest files single pixels are ordered all the same.

Where some pixels have no value, blocks of which all pixels have one come first, then those of which
some have, without the others. So only the few blocks on the rim of a hole are taken apart.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

#: Two horizontal neighbours, and a block of 2 x 2, as one item; only ever copied.
_PAIR = {1: np.dtype("u2"), 2: np.dtype("u4"), 4: np.dtype("u8"), 8: np.dtype("c16")}
_BLOCK = {1: np.dtype("u4"), 2: np.dtype("u8"), 4: np.dtype("c16"), 8: np.dtype("V32")}
#: Exponent and two bits of the mantissa of a float32 of at least 1 start at this number.
_LOG_OF_ONE = 127 << 2
#: Four pixels with a value, as one item.
_WHOLE = 0x01010101


class Occupancy(NamedTuple):
    """Which blocks have pixels with a value, by their numbers, row by row.

    Parameters
    ----------
    whole, partial : ndarray of int
        Blocks of which all, and of which some pixels have a value.
    valued : ndarray of bool, shape (len(partial), pixels of a block)
        Which pixels of the partial ones these are.
    """

    whole: np.ndarray
    partial: np.ndarray
    valued: np.ndarray


class Arrangement(NamedTuple):
    """Numbers of blocks in the order in which they are stored; the partial ones last.

    Blocks are counted through all tiles.

    Parameters
    ----------
    side : int
        Of a block, 1 or 2.
    whole : ndarray of int, shape (tiles, n)
    partial : ndarray of int, shape (tiles, m), or None if no block lacks any value
    kept : ndarray of int
        Which pixels of the partial blocks are stored, counted through all of them.
    """

    side: int
    whole: np.ndarray
    partial: np.ndarray | None
    kept: np.ndarray | None

    @property
    def count(self) -> int:
        """Residuals that are stored for each tile."""
        partial = 0 if self.kept is None else self.kept.size // len(self.whole)
        return self.side**2 * self.whole.shape[1] + partial


def occupancy(valued: np.ndarray, side: int) -> Occupancy:
    """Sort blocks out by whether their pixels have values.

    Parameters
    ----------
    valued : ndarray of bool, shape (planes, rows, columns), C-contiguous
    side : int
    """
    blocks = _blocks(valued.view(np.uint8), side)
    whole = blocks == blocks.dtype.type(_WHOLE & (1 << 8 * side**2) - 1)
    partial = np.flatnonzero((blocks != 0) ^ whole)
    flags = blocks[partial].view(bool).reshape(-1, side**2)
    return Occupancy(np.flatnonzero(whole), partial, flags)


def keys(activity: np.ndarray, before: np.ndarray | None, side: int) -> np.ndarray:
    """Return what a band's blocks are ordered by.

    Parameters
    ----------
    activity : ndarray of unsigned, shape (tiles, planes, rows, columns)
    before : ndarray of unsigned, same shape, optional
        Residual of the first band: twice its size counts as activity.
    side : int

    Returns
    -------
    ndarray of uint8, shape (tiles, planes * rows * columns // side ** 2)
    """
    of_block = _block_activity if side > 1 else np.asarray
    key = np.add(of_block(activity), 1, dtype=np.float32)
    if before is not None:
        signed = before.view(f"i{before.itemsize}")
        key += np.multiply(of_block(np.abs(signed).view(before.dtype)), 2, dtype=np.float32)
    bits = key.view(np.uint32)
    bits >>= 21
    bits -= _LOG_OF_ONE
    np.minimum(bits, 255, out=bits)  # words of 64 bits can have larger activities
    return bits.astype(np.uint8).reshape(len(activity), -1)


def _block_activity(activity: np.ndarray) -> np.ndarray:
    """Sum over the two columns of each block of the larger of its two rows."""
    larger = np.maximum(activity[..., ::2, :], activity[..., 1::2, :])
    wide = np.uint16 if larger.itemsize == 1 else np.float32
    return np.add(larger[..., ::2], larger[..., 1::2], dtype=wide)


def arrange(by: np.ndarray, occupied: Occupancy | None, side: int) -> Arrangement:
    """Put blocks in the order of their keys.

    Parameters
    ----------
    by : ndarray of uint8, shape (tiles, n)
        See `keys`.
    occupied : Occupancy, optional
        Of every tile; default: all pixels have values.
    side : int
    """
    first = np.arange(0, by.size, by.shape[1])[:, np.newaxis]
    if occupied is None:
        order = by.argsort(axis=1, kind="stable")
        order += first
        return Arrangement(side, order, None, None)
    whole, partial, valued = occupied
    order = by[:, partial].argsort(axis=1, kind="stable")
    return Arrangement(
        side,
        whole[by[:, whole].argsort(axis=1, kind="stable")] + first,
        partial[order] + first,
        np.flatnonzero(valued[order]),
    )


def _blocks(array: np.ndarray, side: int) -> np.ndarray:
    """Return an array of (..., rows, columns) as one wide item for each of its blocks."""
    if side == 1:
        return np.ascontiguousarray(array).reshape(-1)
    pair = _PAIR[array.itemsize]
    pairs = array.view(pair)
    *outer, rows, columns = pairs.shape
    blocks = np.empty((*outer, rows // 2, columns, 2), pair)
    blocks[..., 0] = pairs[..., ::2, :]
    blocks[..., 1] = pairs[..., 1::2, :]
    return blocks.reshape(-1).view(_BLOCK[array.itemsize])


def _put_blocks(blocks: np.ndarray, array: np.ndarray, side: int) -> None:
    """Undo `_blocks`."""
    if side == 1:
        array[...] = blocks.reshape(array.shape)
        return
    pair = _PAIR[array.itemsize]
    pairs = array.view(pair)
    *outer, rows, columns = pairs.shape
    blocks = blocks.view(pair).reshape(*outer, rows // 2, columns, 2)
    pairs[..., ::2, :] = blocks[..., 0]
    pairs[..., 1::2, :] = blocks[..., 1]


def gather(array: np.ndarray, arrangement: Arrangement) -> np.ndarray:
    """Return the items of an array, block by block in order.

    Parameters
    ----------
    array : ndarray of unsigned, shape (tiles, planes, rows, columns)
    arrangement : Arrangement

    Returns
    -------
    ndarray, shape (tiles, n)
    """
    tiles = len(array)
    blocks = _blocks(array, arrangement.side)
    whole = blocks[arrangement.whole].view(array.dtype)
    if arrangement.partial is None:
        return whole
    partial = blocks[arrangement.partial].view(array.dtype).reshape(-1)
    return np.concatenate((whole, partial[arrangement.kept].reshape(tiles, -1)), axis=1)


def scatter(items: np.ndarray, array: np.ndarray, arrangement: Arrangement) -> None:
    """Undo `gather` into an array; pixels without value become 0."""
    side = arrangement.side
    block = array.dtype if side == 1 else _BLOCK[array.itemsize]
    count = array.size // side**2
    if arrangement.partial is None:
        blocks = np.empty(count, block)
        blocks[arrangement.whole] = np.ascontiguousarray(items).view(block)
    else:
        blocks = np.zeros(count, block)
        first = side**2 * arrangement.whole.shape[1]
        blocks[arrangement.whole] = np.ascontiguousarray(items[:, :first]).view(block)
        partial = np.zeros(side**2 * arrangement.partial.size, array.dtype)
        partial[arrangement.kept] = items[:, first:].reshape(-1)
        blocks[arrangement.partial] = partial.view(block).reshape(arrangement.partial.shape)
    _put_blocks(blocks, array, side)
