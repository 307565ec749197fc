"""From the parts of tiles back to planes, several tiles at once where they are alike."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from ..model.data_types import Array, DType
from .gil_contention import in_turn
from .labels import codec as labels
from .labels.mispredictions import CLASSES
from .prediction import codec as prediction
from .registry import LABELS
from .segment import SideInfoReader

#: (planes, height, width)
Shape = tuple[int, int, int]


class EncodedSegment(NamedTuple):
    """A part as it was read.

    Parameters
    ----------
    coding : int
    samples : ndarray of int8 or int16, shape (n,)
    side : bytes
    shape : tuple
        (planes, height, width).
    dtype : dtype
        Of the planes.
    """

    coding: int
    samples: Array
    side: bytes
    shape: Shape
    dtype: DType


def restore(parts: Sequence[EncodedSegment]) -> list[Array]:
    """Return the planes of each part.

    Raises
    ------
    ValueError
        If samples and side information of any part do not fit.
    """
    labelled: dict[tuple[Shape, DType], list[tuple[int, labels.Coded]]] = {}
    batches: dict[object, list[tuple[int, prediction.Coded]]] = {}
    for number, part in enumerate(parts):
        if part.coding == LABELS:
            labelled.setdefault((part.shape, part.dtype), []).append((number, _labels(part)))
        else:
            coded = prediction.parse(part.samples, part.side, part.coding, part.shape, part.dtype)
            batches.setdefault(coded.batch or number, []).append((number, coded))
    found: dict[int, Array] = {}
    with in_turn((len(own), *shape) for (shape, _), own in labelled.items()):
        for (shape, dtype), own in labelled.items():
            numbers, maps = zip(*own)
            planes = labels.inverse(maps, shape[1:])
            found.update(zip(numbers, (one.view(dtype)[np.newaxis] for one in planes)))
    ready = [tuple(zip(*batch)) for batch in batches.values()]
    with in_turn((len(coded), *coded[0].shape) for _, coded in ready):
        for numbers, batch in ready:
            found.update(zip(numbers, prediction.decode(batch)))
    return [found[number] for number in range(len(parts))]


def _labels(part: EncodedSegment) -> labels.Coded:
    if part.shape[0] != 1:
        raise ValueError("labels code one plane a part")
    side = SideInfoReader(part.side)
    (size,) = side.unpack("H")
    if not 1 <= size <= labels.LARGEST:
        raise ValueError(f"{size} labels")
    values = side.array(f"u{part.dtype.itemsize}", size)
    cells = labels.PLANES * CLASSES
    counts = side.array("u1", 4 * cells).reshape(4, cells).T.copy().view(">u4")
    counts = counts.astype(np.int64).reshape(labels.PLANES, CLASSES)
    side.check_used_up()
    return labels.Coded(part.samples, counts, values)
