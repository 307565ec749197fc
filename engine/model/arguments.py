"""Check the levels, windows and bands that callers ask for."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from numbers import Integral

from ..errors import InputError
from .grid import Level, Window


def checked_level(levels: Sequence[Level], number: int, name: str) -> Level:
    """Return the level of a number; raises `InputError` if the raster has no such level."""
    if not isinstance(number, Integral) or not 0 <= number < len(levels):
        raise InputError("read.level", name, expected=len(levels) - 1, found=f"{number!r:.80}")
    return levels[number]


def checked_window(level: Level, window: Window | None, name: str) -> Window:
    """Return a window, by default all of the level; raises `InputError` unless it lies inside."""
    whole = level.window
    if window is None:
        return whole
    is_window = isinstance(window, Collection) and len(window) == len(Window._fields)
    if not is_window or not all(map(_is_whole, window)):
        raise InputError("read.window", name, found=f"{window!r:.80}")
    window = Window(*window)
    if window.intersection(whole) != window or not window.width or not window.height:
        raise InputError(
            "read.window_outside",
            name,
            found=window,
            level=level.number,
            width=whole.width,
            height=whole.height,
        )
    return window


def band_indexes(bands: Sequence[int] | None, count: int, name: str) -> list[int]:
    """Return the indexes from 0 of bands numbered from 1, by default all; raises `InputError`."""
    if bands is None:
        return list(range(count))
    if not isinstance(bands, Collection):
        raise InputError("read.bands_type", found=f"{bands!r:.80}")
    wrong = [number for number in bands if not (_is_whole(number) and 1 <= number <= count)]
    if wrong and count == 1:
        missing = ", ".join(map(repr, wrong))
        raise InputError("read.only_band", name, found=missing[:80])
    if wrong or not bands:
        raise InputError("read.bands", name, expected=count, found=str(wrong or "none"))
    return [band - 1 for band in bands]


def _is_whole(number: object) -> bool:
    return isinstance(number, Integral)
