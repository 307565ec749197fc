"""Shift GCPs and RPCs to the origin of a window."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from .grid import Window
from .metadata import GroundControlPoint


def move_gcps(
    gcps: tuple[GroundControlPoint, ...], window: Window, level: int = 0
) -> tuple[GroundControlPoint, ...]:
    """Return ground control points that count from the corner of a window of a level."""
    factor = 2**level
    return tuple(
        replace(
            point, row=point.row / factor - window.row_off, col=point.col / factor - window.col_off
        )
        for point in gcps
    )


def move_rpcs(rpcs: Mapping[str, str], window: Window, level: int = 0) -> dict[str, str] | None:
    """Return RPCs that count from a window's corner; None if their offsets are not numbers.

    RPCs count from the center of the first pixel, windows from its corner.
    """
    factor = 2**level
    moved = dict(rpcs)
    try:
        for name, offset in (("LINE", window.row_off), ("SAMP", window.col_off)):
            place = (float(rpcs[f"{name}_OFF"]) + 0.5) / factor - offset - 0.5
            moved[f"{name}_OFF"] = f"{place:.15g}"
            moved[f"{name}_SCALE"] = f"{float(rpcs[f'{name}_SCALE']) / factor:.15g}"
    except (KeyError, ValueError):
        return None
    return moved
