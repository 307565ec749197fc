"""Residuals near the end of the range of values, folded to the one side on which there is room.

Where a prediction is 3 and no value is below 0, the difference cannot be less than -3: of the
differences -3 to 3 either sign can occur, beyond that only the positive. Counting the possible ones
by size, 0, -1, 1, -2, 2, -3, 3, 4, 5, ... and giving the n-th the number that FLAC stores at the
same cost saves about a bit for each beyond. That is much for rain, shares and counts, which are
near zero in most places. JPEG-LS and others reduce the range of residuals for the same reason.
"""

from __future__ import annotations

from typing import Union

import numpy as np

Limit = Union[int, np.ndarray]


def fold(residual: np.ndarray, prediction: np.ndarray, low: Limit, high: Limit) -> None:
    """Renumber residuals in place.

    Parameters
    ----------
    residual, prediction : ndarray of unsigned, same shape
    low, high : int, or ndarray that broadcasts with ``residual``
        All values, and with them all predictions, lie from ``low`` to ``high``.
    """
    room, downwards = _room(prediction, low, high)
    # the size of those beyond the room; others come out as anything
    size = (residual ^ -downwards) + downwards
    beyond = size + room
    _replace(residual, _from_count(beyond), _beyond(_to_count(residual), room))


def unfold(residual: np.ndarray, prediction: np.ndarray, low: Limit, high: Limit) -> None:
    """Undo `fold`."""
    room, downwards = _room(prediction, low, high)
    count = _to_count(residual)
    size = count - room
    _replace(residual, (size ^ -downwards) + downwards, _beyond(count, room))


def _room(prediction: np.ndarray, low: Limit, high: Limit) -> tuple[np.ndarray, np.ndarray]:
    """Return the distance to the nearer end, and 1 where only smaller values are further away."""
    below = prediction - np.asarray(low, prediction.dtype)
    above = np.asarray(high, prediction.dtype) - prediction
    downwards = (above < below).astype(prediction.dtype)
    return np.minimum(below, above, out=below), downwards


def _to_count(residual: np.ndarray) -> np.ndarray:
    """0, -1, 1, -2, 2 to 0, 1, 2, 3, 4."""
    signed = residual.view(f"i{residual.itemsize}")
    return (residual << 1) ^ (signed >> (8 * residual.itemsize - 1)).view(residual.dtype)


def _from_count(count: np.ndarray) -> np.ndarray:
    return (count >> 1) ^ -(count & 1)


def _beyond(count: np.ndarray, room: np.ndarray) -> np.ndarray:
    """Return 1 for residuals further from the prediction than the nearer end, else 0."""
    room <<= 1  # not beyond the range, which the room is at most half of
    return (count > room).astype(count.dtype)


def _replace(array: np.ndarray, others: np.ndarray, where: np.ndarray) -> None:
    """Take the others where 1, by arithmetic, which is quicker than a mask."""
    others ^= array
    others &= -where
    array ^= others
