"""Context sorting: residuals of a plane are stored in the order of the activity around them.

Blocks of 2 x 2 pixels are sorted: moving them as one wide item is three to five times as fast as
moving pixels and costs less than 1 % of the size. The key is one byte, for which the stable sort of
numpy is a radix sort; being stable, it leaves neighbors of like activity together. Only the few
blocks at the rim of skipped pixels, which come last, are taken apart.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ...model.data_types import Array, DType
from ..words import QUADS, SIGNED, log2_quarters
from ..workspace import joined, scalar

#: Two horizontal neighbors as one item; only ever copied.
_PAIR: dict[int, DType] = {
    1: np.dtype("u2"),
    2: np.dtype("u4"),
    4: np.dtype("u8"),
    8: np.dtype("c16"),
}
#: `log2_quarters` of 1.
_LOG_OF_ONE = 127 << 2
_LOWEST = scalar(_LOG_OF_ONE % 256, np.dtype(np.uint8))
#: Four stored pixels as one item.
_WHOLE = 0x01010101


class BlockOccupancy(NamedTuple):
    """Which of the n blocks of each tile have stored pixels, block by block, row by row."""

    #: 0 for blocks of which all pixels are stored, 1 for some, 2 for none: uint8, (tiles, n).
    missing: Array
    #: Number of blocks of which all are, and of which some, by tile.
    whole: tuple[int, ...]
    partial: tuple[int, ...]
    #: Number of stored pixels of the latter, by tile.
    kept: tuple[int, ...]
    #: Which pixels of each block are stored, a byte of 1 or 0 each: one wide item per block.
    stored: Array


class BlockOrder(NamedTuple):
    """Numbers of blocks, counted through all tiles, in stored order."""

    #: Of a block, 1 or 2.
    side: int
    #: Blocks of which all pixels are stored, and number of their residuals by tile.
    whole: Array
    wholes: tuple[int, ...]
    #: Blocks of which some pixels are.
    partial: Array
    #: Which of their pixels are, counted through all of them, and number of these by tile.
    kept: Array
    kepts: tuple[int, ...]


#: No partial blocks.
_NONE = np.zeros(0, np.intp)


def block_occupancy(stored: Array, side: int) -> BlockOccupancy:
    """Classify blocks by whether their pixels are ``stored`` (tiles, planes, rows, columns)."""
    blocks = _blocks(stored.view(np.uint8), side).reshape(len(stored), -1)
    lacks_any = blocks != scalar(_WHOLE & (1 << 8 * side**2) - 1, blocks.dtype)
    lacks_all = blocks == scalar(0, blocks.dtype)
    lacking, empty, counts = map(_counts, (lacks_any, lacks_all, stored))
    whole = [blocks.shape[1] - n for n in lacking]
    return BlockOccupancy(
        lacks_any.view(np.uint8) + lacks_all.view(np.uint8),
        tuple(whole),
        tuple(n - m for n, m in zip(lacking, empty)),
        tuple(n - side**2 * m for n, m in zip(counts, whole)),
        blocks,
    )


def _counts(found: Array) -> list[int]:
    """Count true values of each tile in one operation."""
    each = found.view(np.uint8).reshape(len(found), -1)
    counts: list[int] = np.add.reduce(each, axis=1, dtype=np.uint32).tolist()
    return counts


def keys(activity: Array, before: Array | None, side: int) -> Array:
    """Return the sort key of each block of a band, as bytes of shape (tiles, n).

    Activity and ``before`` are of shape (tiles, planes, rows, columns). The latter is the residual
    of the first band; twice its absolute value is added to the activity.
    """
    key = _of_blocks(activity, side)
    key += scalar(1, key.dtype)
    if before is not None:
        size = _of_blocks(np.abs(before.view(SIGNED[before.itemsize])).view(before.dtype), side)
        size += size
        key += size
    bits = log2_quarters(key)
    if activity.itemsize == 8:  # which can have larger ones than a byte can tell apart
        np.minimum(bits, _LOG_OF_ONE + 255, out=bits)
    found = bits.astype(np.uint8)
    found -= _LOWEST
    return found.reshape(len(activity), -1)


def _of_blocks(array: Array, side: int) -> Array:
    """Return the larger row of each block, summed over both columns, as float32.

    That is exact for words of up to 16 bits.
    """
    if side == 1:
        return array.astype(np.float32)
    larger = np.maximum(array[..., ::2, :], array[..., 1::2, :])
    if array.itemsize > 2:
        return np.add(larger[..., ::2], larger[..., 1::2], dtype=np.float32)
    # both columns as one item, whose halves are added, several times as fast as strided columns
    pairs, bits = larger.view(_PAIR[larger.itemsize]), 8 * larger.itemsize
    sums: Array = pairs >> scalar(bits, pairs.dtype)
    sums += pairs & scalar((1 << bits) - 1, pairs.dtype)
    return sums.astype(np.float32)


def order_blocks(by: Array, occupied: BlockOccupancy | None, side: int) -> BlockOrder:
    """Sort blocks by their `keys`.

    ``occupied`` is of each tile, or one for all; None if all pixels are stored.
    """
    tiles, count = by.shape
    if occupied is None:
        every = (side**2 * count,) * tiles
        return BlockOrder(side, _order(by).reshape(-1), every, _NONE, _NONE, (0,) * tiles)
    # three groups of keys, one after the other
    span = int(by.max()) + 1
    wide = np.dtype(np.uint8 if 3 * span <= 256 else np.uint16)
    order = _order(by + occupied.missing.astype(wide, copy=False) * scalar(span, wide))
    each = tiles // len(occupied.missing)
    wholes, partials = each * occupied.whole, each * occupied.partial
    whole = joined([own[:n] for own, n in zip(order, wholes)])
    counts = tuple(side**2 * n for n in wholes)
    if not any(partials):
        return BlockOrder(side, whole, counts, _NONE, _NONE, (0,) * tiles)
    partial = joined([own[n : n + m] for own, n, m in zip(order, wholes, partials)])
    stored = occupied.stored.reshape(-1)[partial % count if each > 1 else partial]
    kept = np.flatnonzero(stored.view(bool))
    return BlockOrder(side, whole, counts, partial, kept, each * occupied.kept)


def _order(keys: Array) -> Array:
    """Return the numbers of the blocks of each tile, sorted by key."""
    order = keys.argsort(axis=1, kind="stable")
    if len(keys) > 1:
        order += np.arange(0, keys.size, keys.shape[1])[:, np.newaxis]
    return order


def _blocks(array: Array, side: int) -> Array:
    """Return an array of (..., rows, columns) as one wide item per block."""
    if side == 1:
        return np.ascontiguousarray(array).reshape(-1)
    pair = _PAIR[array.itemsize]
    pairs = array.view(pair)
    *outer, rows, columns = pairs.shape
    blocks = np.empty((*outer, rows // 2, columns, 2), pair)
    blocks[..., 0] = pairs[..., ::2, :]
    blocks[..., 1] = pairs[..., 1::2, :]
    return blocks.reshape(-1).view(QUADS[array.itemsize])


def _put_blocks(blocks: Array, array: Array, side: int) -> None:
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


def gather(array: Array, order: BlockOrder) -> tuple[Array, Array]:
    """Return the items of an array (tiles, planes, rows, columns) in block order, flat.

    Those of blocks of which all pixels are stored, then those of the others.
    """
    blocks = _blocks(array, order.side)
    whole = blocks[order.whole].view(array.dtype)
    if not order.partial.size:
        return whole, whole[:0]
    return whole, blocks[order.partial].view(array.dtype)[order.kept]


def scatter(whole: Array, partial: Array, array: Array, order: BlockOrder) -> None:
    """Undo `gather` into an array; pixels that are not stored become 0."""
    side = order.side
    block = array.dtype if side == 1 else QUADS[array.itemsize]
    count = array.size // side**2
    blocks = (np.empty if order.whole.size == count else np.zeros)(count, block)
    blocks[order.whole] = whole.view(block)
    if order.partial.size:
        some = np.zeros(side**2 * order.partial.size, array.dtype)
        some[order.kept] = partial
        blocks[order.partial] = some.view(block)
    _put_blocks(blocks, array, side)
