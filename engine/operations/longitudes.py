"""Longitudes wrap around: a bbox is found whichever longitudes a raster uses.

A raster may run from 0 to 360 and a bbox from -10 to 10, so a bbox is also searched for full turns
away. If it crosses the edge of a raster whose last column adjoins its first, it has two parts, and
columns continue from one to the other.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from ..errors import DisjointArea, InputError, Message, MissingDependency
from ..model.data_types import Array
from ..model.grid import Level, Window
from ..model.overlap import Position, fraction_inside, window_from_bounds
from ..model.transform import Bounds, Transform, level_transform, window_bounds

#: Tolerance, in pixels, for a full turn that is not a whole number of pixels, because pixel sizes
#: have limited precision.
_TURN_TOLERANCE = 0.05
#: Rounding error, as a fraction of a pixel or of a turn.
_ROUNDING = 1e-6
#: Maximum units of a full turn: degrees or gon.
LONGEST_TURN = 400
_IN_DEGREES = ("EPSG:4326", "OGC:CRS84")


class AreaWindow(NamedTuple):
    """Pixels of an area in one window of a raster.

    Parameters
    ----------
    window : Window
        Of the level.
    column : int
        Column of the area at which the window starts.
    shift : float
        Offset of x from the raster to the area: a multiple of a full turn.
    bounds : Bounds, optional
        Requested bounds in the coordinates of the raster; None if the area is no bbox.
    """

    window: Window
    column: int = 0
    shift: float = 0.0
    bounds: Bounds | None = None


class LongitudeGrid(NamedTuple):
    """Grid of a raster in x: transform and pixels of level 0, and a full turn in units of x.

    The turn is None if x is not a longitude.
    """

    name: str
    transform: Transform
    finest: Level
    turn: float | None

    @property
    def bounds(self) -> Bounds:
        """Bounds of the raster."""
        return window_bounds(self.transform, self.finest.window)

    def contains(self, west: float, east: float) -> bool:
        """Whether the raster covers a range of x."""
        first, _, last, _ = self.bounds
        slack = _ROUNDING * (abs(self.transform[0]) + abs(self.transform[1]))
        return first - slack <= west and east <= last + slack

    def period(self, level: int = 0) -> int | None:
        """Columns of a level in a full turn; None unless the last column adjoins the first."""
        a, b, _, d, _, _ = self.transform
        if self.turn is None or b or d or not a:
            return None
        exact = self.turn / abs(a)
        columns = round(exact)
        whole = abs(exact - columns) <= _TURN_TOLERANCE and columns % 2**level == 0
        return columns >> level if whole and 0 < columns <= self.finest.width else None

    def overlapped(self, bounds: Bounds, level: Level, columns: int | None = None) -> Window | None:
        """Return the pixels of a level that a bbox overlaps, None if it lies outside the raster.

        Pixels of a coarser level may extend beyond the raster's edge. ``columns`` replaces the
        width of the level, if columns continue beyond its last.
        """
        finest = self.finest
        if columns is not None:
            level = replace(level, width=columns)
            finest = replace(finest, width=columns << level.number)
        window = window_from_bounds(level_transform(self.transform, level.number), bounds, level)
        full = window_from_bounds(self.transform, bounds, finest)
        return window if window.width and window.height and full.width and full.height else None


def windows_of_bbox(grid: LongitudeGrid, bounds: Bounds, level: Level) -> tuple[AreaWindow, ...]:
    """Find the pixels of a bbox in the raster's CRS: one part, two adjoining ones, none outside.

    Raises `DisjointArea` if there are two parts that do not adjoin.
    """
    west, _, east, _ = bounds
    if grid.turn is None or grid.contains(west, east):
        window = grid.overlapped(bounds, level)
        return () if window is None else (AreaWindow(window, bounds=bounds),)
    period = grid.period(level.number)
    if period is None:
        return _in_partial_raster(grid, grid.turn, bounds, level)
    return _in_global_raster(grid, grid.turn, bounds, level, period)


def shifts_of_points(grid: LongitudeGrid, xs: Array, inside: Array) -> Array:
    """Return by how much points are full turns away from where the raster has them.

    0 for those that lie inside it as they are, and where no turn leads into it.
    """
    if grid.turn is None:
        return np.zeros(len(xs))
    a, c = grid.transform[0], grid.transform[2]
    period = grid.period()
    if period is not None:
        turn = math.copysign(grid.turn, a)
        turns = np.floor(((xs - c) / a + _ROUNDING) / period)
    else:
        first, _, last, _ = grid.bounds
        turn = grid.turn
        fewest, most = np.ceil((xs - last) / turn), np.floor((xs - first) / turn)
        turns = np.clip(0, np.minimum(fewest, most), most)
    shifts: Array = np.where(inside, 0, turn * turns)
    return shifts


def _shifted(bounds: Bounds, by: float) -> Bounds:
    """Return bounds shifted along x."""
    west, south, east, north = bounds
    return (west + by, south, east + by, north)


def _in_global_raster(
    grid: LongitudeGrid, own_turn: float, bounds: Bounds, level: Level, period: int
) -> tuple[AreaWindow, ...]:
    """Find a bbox in a raster whose last column adjoins its first."""
    a, c = grid.transform[0], grid.transform[2]
    turn = math.copysign(own_turn, a)
    left = (bounds[0 if a > 0 else 2] - c) / (a * 2**level.number)
    shift = turn * math.floor((left + _ROUNDING) / period)
    window = grid.overlapped(_shifted(bounds, -shift), level, 2 * period + 1)
    if window is None:
        return ()
    turns, start = divmod(window.col_off, period)  # none, but for rounding
    shift += turns * turn
    shifted_bounds, row, width, height = _shifted(bounds, -shift), *window[1:]
    if width > period or (width, start) == (period, 0):
        return _all_columns(grid, bounds, level)
    beyond = start + width - period
    if beyond <= 0:
        return (AreaWindow(window._replace(col_off=start), 0, shift, shifted_bounds),)
    first, rest = Window(start, row, width - beyond, height), Window(0, row, beyond, height)
    return (
        AreaWindow(first, 0, shift, shifted_bounds),
        AreaWindow(rest, first.width, shift + turn, _shifted(shifted_bounds, -turn)),
    )


def _all_columns(grid: LongitudeGrid, bounds: Bounds, level: Level) -> tuple[AreaWindow, ...]:
    """Return all columns of a raster once, at its own longitudes."""
    first, _, last, _ = grid.bounds
    whole = (first, bounds[1], last, bounds[3])
    window = grid.overlapped(whole, level)
    return () if window is None else (AreaWindow(window, bounds=whole),)


def _in_partial_raster(
    grid: LongitudeGrid, turn: float, bounds: Bounds, level: Level
) -> tuple[AreaWindow, ...]:
    """Find a bbox in a raster whose last column does not adjoin its first."""
    west, _, east, _ = bounds
    found = []
    for shift in _shifts(grid, turn, west, east):
        shifted_bounds = _shifted(bounds, -shift)
        window = grid.overlapped(shifted_bounds, level)
        if window is not None:
            found.append(AreaWindow(window, 0, shift, shifted_bounds))
    whole = [part for part in found if grid.contains(west - part.shift, east - part.shift)]
    if whole:
        return (min(whole, key=lambda part: abs(part.shift)),)
    if len(found) <= 1:
        return tuple(found)
    if east - west >= turn * (1 - _ROUNDING):
        return _all_columns(grid, bounds, level)
    raise _disjoint(grid, turn, bounds, level, found)


def _shifts(grid: LongitudeGrid, turn: float, west: float, east: float) -> list[float]:
    """Return the full turns, in units of x, by which a bbox must be shifted to meet the raster."""
    first, _, last, _ = grid.bounds
    turns = range(math.ceil((west - last) / turn), math.floor((east - first) / turn) + 1)
    return [turn * number for number in turns]


def _disjoint(
    grid: LongitudeGrid, turn: float, bounds: Bounds, level: Level, found: Sequence[AreaWindow]
) -> DisjointArea:
    first, _, last, _ = grid.bounds
    west, south, east, north = bounds
    sides = [
        (max(west, first + part.shift), south, min(east, last + part.shift), north)
        for part in sorted(found, key=lambda part: part.shift)
    ]
    remedy = ""
    if grid.period() is not None:
        reason = Message("area.level_period", level=level.number)
        remedy = "finer_level_or_each_side"
    elif last - first < turn * (1 - _ROUNDING):
        reason = Message("area.gap", gap=turn - (last - first))
    else:
        reason = Message("area.ends_differ")
    return DisjointArea(
        "area.two_ends",
        grid.name,
        found=bounds_text(bounds),
        first=first,
        last=last,
        reason=reason,
        remedy=remedy,
        sides=" and ".join(map(bounds_text, sides)),
    )


def outside_fraction(grid: LongitudeGrid, outline: Sequence[Position]) -> float:
    """Return the fraction of the area of a polygon in the raster's CRS that lies outside a raster.

    Longitudes may be full turns away.
    """
    if grid.period() is not None:
        inside = fraction_inside(grid.transform, outline, grid.finest, all_columns=True)
    else:
        xs = [x for x, _ in outline]
        shifts = [0.0] if grid.turn is None else _shifts(grid, grid.turn, min(xs), max(xs))
        inside = sum(
            fraction_inside(grid.transform, [(x - shift, y) for x, y in outline], grid.finest)
            for shift in shifts
        )
    outside = 1 - inside
    return outside if outside > 1e-9 else 0.0


def around_ring(ring: Sequence[Position], turn: float) -> tuple[Bounds, Sequence[Position]]:
    """Return the bounds of a ring of longitudes and latitudes, and the ring without jumps.

    Neighbors, among them the last and the first, are less than half a turn apart; between two of
    them longitudes may jump by a full turn. The bounds start within half a turn of longitude 0. If
    the ring encloses a pole, they have all longitudes up to the pole.
    """
    xs, ys, before = [], [y for _, y in ring], ring[0][0]
    for x, _ in ring:
        before = x + turn * round((before - x) / turn)
        xs.append(before)
    if abs(xs[-1] - xs[0]) > turn / 2:
        pole = math.copysign(turn / 4, sum(ys))
        bounds = (-turn / 2, min(*ys, pole), turn / 2, max(*ys, pole))
        return bounds, corners(bounds)
    shift = turn * math.floor((min(xs) + turn / 2) / turn + _ROUNDING)
    xs = [x - shift for x in xs]
    return (min(xs), min(ys), max(xs), max(ys)), list(zip(xs, ys))


def full_turn(crs: str | None) -> float | None:
    """Return the length of a full turn in units of x of a CRS, None if x is not a longitude.

    That of EPSG:4326 and OGC:CRS84 is known here; others require rasterio.
    """
    if crs is None or crs in _IN_DEGREES:
        return None if crs is None else 360.0
    # not at the top: to read a FLAC raster must not need rasterio
    try:
        from ..rasterio_io.crs import units_per_turn

        return units_per_turn(crs)
    except (ImportError, MissingDependency, InputError):  # a bbox then needs its longitudes
        return None


def unit_of(crs: str | None) -> str | None:
    """Return the unit of coordinates in a CRS, None if it is not known; see `full_turn`."""
    turn = full_turn(crs)
    if crs is None or turn is not None:
        return {360.0: "degrees", 400.0: "gon"}.get(turn or 0.0)
    try:
        from ..rasterio_io.crs import linear_unit

        unit = linear_unit(crs)
    except (ImportError, MissingDependency, InputError):
        return None
    return "m" if unit in ("metre", "meter") else unit


def corners(bounds: Bounds) -> list[Position]:
    """Return the corners of bounds, in a ring."""
    west, south, east, north = bounds
    return [(west, south), (east, south), (east, north), (west, north)]


def bounds_text(bounds: Bounds | None) -> str:
    """Format bounds for a message."""
    return f"({', '.join(f'{value:.10g}' for value in bounds or ())})"
