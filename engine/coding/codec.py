"""The interface of all codings."""

from __future__ import annotations

import enum
from abc import ABC, abstractmethod
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from ..model.data_types import Array
from .effort import StreamTuning
from .planes.plane_set import PlaneSet
from .segment import EncodedSegment, Segment


class Role(enum.Enum):
    """When `select` tries a codec."""

    #: First. It takes single planes that suit it; other codecs take the rest.
    PER_PLANE = enum.auto()
    #: Together with the others of this role: all are compared on a sample of rows.
    SAMPLED = enum.auto()
    #: It takes all planes, if estimates of their cost say so.
    ESTIMATED = enum.auto()


@dataclass(frozen=True)
class Codec(ABC):
    """A coding: planes to samples and side information, and back."""

    #: In files, like the name.
    number: int
    name: str
    role: Role
    stream: StreamTuning

    @abstractmethod
    def segments(self, planes: PlaneSet) -> Iterator[Segment]:
        """Yield what is worth encoding by the codec's own tests.

        Each segment has all planes and is an alternative to the others; of a codec per plane each
        has another plane.
        """

    def unknown_flags(self, side: bytes) -> int:
        """Return those flags of side information that this release does not know."""
        return 0

    @abstractmethod
    def parse(self, segment: EncodedSegment) -> Any:
        """Parse and check side information and samples; raise ValueError if they do not fit."""

    def batch_key(self, parsed: Any) -> Hashable | None:
        """Return what segments that can be decoded together have in common; None for none."""
        return None

    @abstractmethod
    def decode(self, batch: Sequence[Any]) -> list[Array]:
        """Return the planes of parsed segments; raise ValueError if they do not fit."""
