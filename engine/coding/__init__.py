"""Reversible predictions: how a tile's words become the small residuals that FLAC stores well.

A coding is a pair of pure functions on whole arrays, in a module of its own:

- ``forward(words) -> residual``: unsigned words of shape (planes, height, width) to residuals of
  the same shape and dtype, read as two's complement, all arithmetic modulo the word's width;
- ``inverse(residual) -> words``, its exact inverse.

Its number is written in every tile, so numbers are never reused.
"""

from __future__ import annotations

from typing import Callable, NamedTuple

import numpy as np

from . import plain, plane, row


class Coding(NamedTuple):
    """One way to turn words into residuals and back."""

    name: str
    forward: Callable[[np.ndarray], np.ndarray]
    inverse: Callable[[np.ndarray], np.ndarray]


#: By the number in the tile header.
CODINGS = {
    0: Coding("plain", plain.forward, plain.inverse),
    1: Coding("row", row.forward, row.inverse),
    2: Coding("plane", plane.forward, plane.inverse),
}
