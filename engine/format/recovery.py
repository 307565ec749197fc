"""Recovery of the pixels of legacy files, which may have lost information."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from ..errors import Message


@dataclass(frozen=True)
class Recovery:
    """How far the pixels of a legacy file can be recovered."""

    #: ``plain``, ``streaming`` or ``spatial``.
    layout: str
    #: Whether all pixels can be recovered exactly; None if that depends on the samples.
    exact: bool | None
    #: Information that the file has lost in any case, as sentences.
    notes: tuple[str, ...] = ()
    #: Why no pixel can be recovered, as a sentence; else empty.
    refusal: str = ""
    #: Whether the streams have an MD5 in addition to the checksums of frames.
    has_md5: bool = False

    def to_dict(self) -> dict[str, Any]:
        """Return the fields for JSON."""
        return {
            "layout": self.layout,
            "exact": self.exact,
            "has_pixels": not self.refusal,
            "notes": [*self.notes, *([self.refusal] if self.refusal else [])],
        }

    def warnings(self, name: str, tiles: Iterable[tuple[int, int]]) -> tuple[str, ...]:
        """Return warnings by the numbers of uncertain and of all values of each tile read."""
        uncertain, values = (sum(counts) for counts in zip((0, 0), *tiles))
        if not uncertain:
            return self.notes
        note = Message("recovery.uncertain", name, found=uncertain, expected=values)
        return (*self.notes, note)
