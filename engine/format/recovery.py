"""What is known of pixels that another program stored in a way that may have lost some."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from ..errors import Message


@dataclass(frozen=True)
class Recovery:
    """How far the pixels of a file can be restored.

    Parameters
    ----------
    layout : str
        Of the file: ``plain``, ``streaming`` or ``spatial``.
    exact : bool, optional
        Whether all pixels can be restored exactly; None where only their samples show that.
    notes : tuple of str
        What the file has lost whatever its pixels are, one sentence each.
    refusal : str
        Why none of the pixels can be restored, a sentence; else empty.
    has_md5 : bool
        Whether its streams carry an MD5, besides the checksums of their frames.
    """

    layout: str
    exact: bool | None
    notes: tuple[str, ...] = ()
    refusal: str = ""
    has_md5: bool = False

    def to_dict(self) -> dict[str, Any]:
        """Return plain values for JSON."""
        return {
            "layout": self.layout,
            "exact": self.exact,
            "has_pixels": not self.refusal,
            "notes": [*self.notes, *([self.refusal] if self.refusal else [])],
        }

    def warnings(self, name: str, tiles: Iterable[tuple[int, int]]) -> tuple[str, ...]:
        """Say what a reader must know.

        Parameters
        ----------
        name : str
            Of the file.
        tiles : iterable of (uncertain, values)
            How many pixel values of each tile that was read are uncertain, and how many it has.
        """
        uncertain, values = (sum(counts) for counts in zip((0, 0), *tiles))
        if not uncertain:
            return self.notes
        note = Message("recovery.uncertain", name, found=uncertain, expected=values)
        return (*self.notes, note)
