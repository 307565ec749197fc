"""Codings 0 to 2: plain, row and plane; none has parameters or skips pixels."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Callable

import numpy as np

from ...model.data_types import Array
from ..planes.plane_set import PlaneSet
from .codec import PredictionCodec


@dataclass(frozen=True)
class DifferenceCodec(PredictionCodec):
    """A coding whose prediction is a function of a whole array of words."""

    #: Words of shape (planes, height, width) to residuals of the same shape.
    difference: Callable[[Array], Array]
    #: Inverse of ``difference``; may overwrite its argument.
    integrate: Callable[[Array], Array]

    def variants(self, planes: PlaneSet) -> Iterator[None]:
        """Yield the only variant."""
        yield None

    def forward(
        self, words: Array, skipped: Array | None, parameters: None
    ) -> tuple[Array, int, bytes]:
        """Return the residuals of all words."""
        return self.difference(words).reshape(-1), 0, b""

    def inverse(self, batch: Sequence[Any]) -> tuple[list[Array], None]:
        """Return the words of each segment."""
        return [self.integrate(one.residual.reshape(one.shape)) for one in batch], None


def center(words: Array) -> Array:
    """Flip the top bit, which subtracts half the range and is its own inverse.

    FLAC's own linear prediction along the row follows. Any audio program reads such a tile as the
    pixels, unsigned ones less half their range.
    """
    centered: Array = words ^ words.dtype.type(1 << (8 * words.itemsize - 1))
    return centered


def subtract_row(words: Array) -> Array:
    """Subtract from each row the row above, modulo the width of the words; center the first.

    That is the half of a two-dimensional prediction that FLAC's own prediction lacks.
    """
    residual = np.empty_like(words)
    residual[:, 0] = center(words[:, 0])
    np.subtract(words[:, 1:], words[:, :-1], out=residual[:, 1:])
    return residual


def add_row(words: Array) -> Array:
    """Undo `subtract_row` in place.

    First within groups of rows, in all groups at once, then from group to group: a tile of 512
    rows takes some fifty long additions, several times as fast as `numpy.cumsum` down the columns.
    """
    words[:, 0] = center(words[:, 0])
    planes, height, width = words.shape
    size = math.isqrt(height)
    grouped = height - height % size
    groups = words[:, :grouped].reshape(planes, grouped // size, size, width)
    for row in range(1, size):
        groups[:, :, row] += groups[:, :, row - 1]
    for group in range(1, grouped // size):
        groups[:, group] += groups[:, group - 1, -1:]
    for row in range(grouped, height):
        words[:, row] += words[:, row - 1]
    return words


def subtract_plane(words: Array) -> Array:
    """Subtract the plane through three neighbors: ``x - left - up + upleft``.

    Best for very smooth surfaces (geoids, bathymetry), whose slope hardly changes.
    """
    residual = subtract_row(words)
    residual[:, :, 1:] -= residual[:, :, :-1].copy()
    return residual


def add_plane(residual: Array) -> Array:
    """Undo `subtract_plane`."""
    # numpy is several times as slow at sums of narrower words
    wide = np.promote_types(residual.dtype, np.uint32)
    return add_row(np.cumsum(residual, axis=2, dtype=wide).astype(residual.dtype))
