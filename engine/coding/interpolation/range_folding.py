"""Range folding: residuals near the end of the range of values, mapped to the side that has room.

If the prediction is 3 and the minimum 0, the difference cannot be less than -3: of the differences
-3 to 3 either sign can occur, beyond that only positive ones. Counting the possible ones by size,
0, -1, 1, -2, 2, -3, 3, 4, 5, ... and giving the n-th the number that FLAC stores at the same cost
saves about a bit for each beyond. That is much for rain, fractions and counts, which are near zero
in most places. JPEG-LS and others reduce the range of residuals for the same reason.
"""

from __future__ import annotations

import numpy as np

from ...model.data_types import Array
from ..workspace import scalar


def fold_range(residual: Array, prediction: Array, low: Array, high: Array) -> None:
    """Renumber residuals in place.

    All values, and with them all predictions, lie from ``low`` to ``high``, which broadcast.
    """
    room, downwards = _room(prediction, low, high)
    beyond = _parts(residual)[0] > room
    # their absolute value, which may not fit into a signed integer, and how many come before them
    count: Array = residual ^ downwards
    count -= downwards
    count += room
    one = scalar(1, count.dtype)
    _replace(residual, (count >> one) ^ np.negative(count & one), beyond)


def unfold_range(residual: Array, prediction: Array, low: Array, high: Array) -> None:
    """Undo `fold_range`."""
    room, downwards = _room(prediction, low, high)
    size, negative = _parts(residual)
    beyond = size > room
    # how many come before it: 0, -1, 1, -2, 2 are 0 to 4
    size += size
    size -= negative
    size -= room
    size ^= downwards
    size -= downwards
    _replace(residual, size, beyond)


def _room(prediction: Array, low: Array, high: Array) -> tuple[Array, Array]:
    """Return the distance to the nearer end, and all ones where only smaller values are beyond it.

    ``(x ^ ones) - ones`` is ``-x``, and with zeros it is ``x``.
    """
    below = prediction - low
    above = high - prediction
    downwards = (above < below).astype(prediction.dtype)
    np.negative(downwards, out=downwards)
    return np.minimum(below, above, out=below), downwards


def _parts(residual: Array) -> tuple[Array, Array]:
    """Return absolute residuals, and 1 for negative ones, else 0."""
    signed = residual.view(f"i{residual.itemsize}")
    negative = (signed < scalar(0, signed.dtype)).astype(residual.dtype)
    return np.abs(signed).view(residual.dtype), negative


def _replace(array: Array, others: Array, where: Array) -> None:
    """Assign ``others`` where true, by arithmetic, which is faster than a mask."""
    others ^= array
    others *= where.astype(array.dtype)
    array ^= others
