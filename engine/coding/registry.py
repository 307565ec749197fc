"""All codecs by the number of their coding. To add a coding, add a line."""

from __future__ import annotations

from collections.abc import Iterable

from .codec import Codec, Role
from .effort import PREDICTED_BY_FLAC, SORTED, UNSORTED
from .interpolation.codec import InterpolationCodec
from .labels.codec import LabelsCodec
from .prediction.differences import (
    DifferenceCodec,
    add_plane,
    add_row,
    center,
    subtract_plane,
    subtract_row,
)

_ALL: tuple[Codec, ...] = (
    DifferenceCodec(0, "plain", Role.SAMPLED, PREDICTED_BY_FLAC, center, center),
    DifferenceCodec(1, "row", Role.SAMPLED, PREDICTED_BY_FLAC, subtract_row, add_row),
    DifferenceCodec(2, "plane", Role.SAMPLED, UNSORTED, subtract_plane, add_plane),
    InterpolationCodec(3, "lattice", Role.ESTIMATED, SORTED),
    LabelsCodec(4, "labels", Role.PER_PLANE, SORTED),
)
#: By the number in the file. Numbers are never reused.
CODECS = {codec.number: codec for codec in _ALL}


def with_role(role: Role) -> list[Codec]:
    """Return the codecs that have a role, by number."""
    return [codec for codec in _ALL if codec.role is role]


def coding_names(numbers: Iterable[int]) -> str:
    """Return the names of codings, joined by ``+``."""
    return "+".join(sorted({CODECS[number].name for number in numbers}))
