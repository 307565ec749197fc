"""Each row minus the row above.

FLAC predicts along the row but knows nothing of the row above; this is the missing half of a
two-dimensional prediction. The first row is stored plain.
"""

from __future__ import annotations

import math

import numpy as np

from ...model.data_types import Array
from . import plain


def forward(words: Array) -> Array:
    """Subtract from every row the one above, modulo the word's width."""
    residual = np.empty_like(words)
    residual[:, 0] = plain.forward(words[:, 0])
    np.subtract(words[:, 1:], words[:, :-1], out=residual[:, 1:])
    return residual


def inverse(residual: Array) -> Array:
    """Add up the rows, in place.

    First within groups of rows, in all groups at once, then from group to group: so a tile of 512
    rows takes some fifty long additions, several times as fast as numpy's own sum down the columns.
    """
    words = residual
    words[:, 0] = plain.inverse(words[:, 0])
    planes, height, width = words.shape
    size = math.isqrt(height)
    whole = height - height % size
    groups = words[:, :whole].reshape(planes, whole // size, size, width)
    for row in range(1, size):
        groups[:, :, row] += groups[:, :, row - 1]
    for group in range(1, whole // size):
        groups[:, group] += groups[:, group - 1, -1:]
    for row in range(whole, height):
        words[:, row] += words[:, row - 1]
    return words
