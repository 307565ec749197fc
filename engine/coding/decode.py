"""Decode segments of tiles to planes, several at once where they are alike."""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence
from typing import Any

from ..model.data_types import Array
from .gil_contention import serialize_small_ops
from .registry import CODECS
from .segment import EncodedSegment


def decode_segments(segments: Sequence[EncodedSegment]) -> list[Array]:
    """Return the planes of each segment, shape (planes, height, width).

    Raises
    ------
    ValueError
        If samples and side information of any segment do not fit.
    """
    batches: dict[tuple[int, Hashable], list[tuple[int, Any]]] = {}
    for number, segment in enumerate(segments):
        codec = CODECS[segment.coding]
        parsed = codec.parse(segment)
        key = codec.batch_key(parsed)
        batches.setdefault((segment.coding, number if key is None else key), []).append(
            (number, parsed)
        )
    planes: dict[int, Array] = {}
    pixels = sum(math.prod(segment.shape) for segment in segments)
    with serialize_small_ops(pixels // max(1, len(batches))):
        for (coding, _), batch in batches.items():
            numbers, parsed_segments = zip(*batch)
            planes.update(zip(numbers, CODECS[coding].decode(parsed_segments)))
    return [planes[number] for number in range(len(segments))]
