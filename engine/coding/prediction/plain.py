"""Pixels as they are; unsigned ones minus half their range, so that all are centred on zero.

FLAC's own linear prediction along the row is all that follows. Any audio program reads such a tile
as the pixels.
"""

from __future__ import annotations

from ...model.data_types import Array


def forward(words: Array) -> Array:
    """Flip the top bit, which is to subtract half the range."""
    flipped: Array = words ^ words.dtype.type(1 << (8 * words.itemsize - 1))
    return flipped


#: Flipping a bit undoes itself.
inverse = forward
