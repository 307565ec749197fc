"""Longitudes lead around the globe: a bbox finds its pixels wherever a raster counts them from.

A raster may run from 0 to 360 and a bbox from -10 to 10. So a bbox is looked for at its place and
full turns away from it. Where it reaches over the seam of a raster that goes all around, whose last
column is beside its first, it has two parts, which make one window of columns that count on.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from ..errors import AreaInTwo, InputError, Message, MissingDependency
from ..model.grid import Bounds, Level, Transform, Window, level_transform, window_bounds
from ..model.overlap import Position, fraction_inside, window_from_bounds

#: Part of a pixel by which a full turn may miss a whole number of pixels: a pixel size is written
#: with so many digits.
_SEAM = 0.05
#: Part of a pixel, or of a turn, that is rounding.
_ROUNDING = 1e-6
#: Units of a full turn at most: there are degrees, and there are gon.
LONGEST_TURN = 400
_IN_DEGREES = ("EPSG:4326", "OGC:CRS84")


class Part(NamedTuple):
    """Pixels of an area that lie side by side in a raster.

    Parameters
    ----------
    window : Window
        Of the level.
    column : int
        Where its first column is in the area.
    shift : float
        What to add to x of the raster for where the area is: full turns.
    bounds : Bounds, optional
        What was asked for, in the coordinates of the raster; None where that was no bbox.
    """

    window: Window
    column: int = 0
    shift: float = 0.0
    bounds: Bounds | None = None


class Place(NamedTuple):
    """Position of a raster.

    Parameters
    ----------
    name : str
    transform : Transform
        Of level 0.
    finest : Level
        Level 0.
    turn : float, optional
        Units of x that lead once around the globe; None where x is no longitude.
    """

    name: str
    transform: Transform
    finest: Level
    turn: float | None

    @property
    def bounds(self) -> Bounds:
        """Bounds of the raster."""
        return window_bounds(self.transform, self.finest.window)

    def holds(self, west: float, east: float) -> bool:
        """Whether the raster reaches from one x to another."""
        first, _, last, _ = self.bounds
        slack = _ROUNDING * (abs(self.transform[0]) + abs(self.transform[1]))
        return first - slack <= west and east <= last + slack

    def period(self, level: int = 0) -> int | None:
        """Columns of a level in a full turn, None where the last is not beside the first."""
        a, b, _, d, _, _ = self.transform
        if self.turn is None or b or d or not a:
            return None
        exact = self.turn / abs(a)
        columns = round(exact)
        whole = abs(exact - columns) <= _SEAM and columns % 2**level == 0
        return columns >> level if whole and 0 < columns <= self.finest.width else None

    def touched(self, bounds: Bounds, level: Level, columns: int | None = None) -> Window | None:
        """Pixels of a level that a bbox overlaps, if it overlaps the raster.

        Pixels of a coarser level may hang over the raster's edge.

        Parameters
        ----------
        bounds : Bounds
        level : Level
        columns : int, optional
            Of the level, where they are to count on beyond its last.
        """
        finest = self.finest
        if columns is not None:
            level = replace(level, width=columns)
            finest = replace(finest, width=columns << level.number)
        window = window_from_bounds(level_transform(self.transform, level.number), bounds, level)
        full = window_from_bounds(self.transform, bounds, finest)
        return window if window.width and window.height and full.width and full.height else None


def parts_of_bbox(place: Place, bounds: Bounds, level: Level) -> tuple[Part, ...]:
    """Find the pixels of a bbox: one part, two that go on from each other, or none outside.

    Parameters
    ----------
    place : Place
    bounds : Bounds
        In the raster's CRS.
    level : Level

    Raises
    ------
    AreaInTwo
        If there are two parts that do not go on from each other.
    """
    west, _, east, _ = bounds
    if place.turn is None or place.holds(west, east):
        window = place.touched(bounds, level)
        return () if window is None else (Part(window, bounds=bounds),)
    period = place.period(level.number)
    if period is None:
        return _in_open_raster(place, place.turn, bounds, level)
    return _around(place, place.turn, bounds, level, period)


def moved(bounds: Bounds, by: float) -> Bounds:
    """Return bounds elsewhere along x."""
    west, south, east, north = bounds
    return (west + by, south, east + by, north)


def _around(
    place: Place, own_turn: float, bounds: Bounds, level: Level, period: int
) -> tuple[Part, ...]:
    """Find a bbox in a raster whose columns go all around."""
    a, c = place.transform[0], place.transform[2]
    turn = math.copysign(own_turn, a)
    left = (bounds[0 if a > 0 else 2] - c) / (a * 2**level.number)
    shift = turn * math.floor((left + _ROUNDING) / period)
    window = place.touched(moved(bounds, -shift), level, 2 * period + 1)
    if window is None:
        return ()
    turns, start = divmod(window.col_off, period)  # none, but for rounding
    shift += turns * turn
    there, row, width, height = moved(bounds, -shift), *window[1:]
    if width > period or (width, start) == (period, 0):
        return _all_columns(place, bounds, level)
    beyond = start + width - period
    if beyond <= 0:
        return (Part(window._replace(col_off=start), 0, shift, there),)
    first = Window(start, row, width - beyond, height)
    return (
        Part(first, 0, shift, there),
        Part(Window(0, row, beyond, height), first.width, shift + turn, moved(there, -turn)),
    )


def _all_columns(place: Place, bounds: Bounds, level: Level) -> tuple[Part, ...]:
    """Return all columns of a raster once, at its own longitudes."""
    first, _, last, _ = place.bounds
    whole = (first, bounds[1], last, bounds[3])
    window = place.touched(whole, level)
    return () if window is None else (Part(window, bounds=whole),)


def _in_open_raster(place: Place, turn: float, bounds: Bounds, level: Level) -> tuple[Part, ...]:
    """Find a bbox in a raster whose last column does not go on with its first."""
    west, _, east, _ = bounds
    found = []
    for shift in _shifts(place, turn, west, east):
        there = moved(bounds, -shift)
        window = place.touched(there, level)
        if window is not None:
            found.append(Part(window, 0, shift, there))
    whole = [part for part in found if place.holds(west - part.shift, east - part.shift)]
    if whole:
        return (min(whole, key=lambda part: abs(part.shift)),)
    if len(found) <= 1:
        return tuple(found)
    if east - west >= turn * (1 - _ROUNDING):
        return _all_columns(place, bounds, level)
    raise _apart(place, turn, bounds, level, found)


def _shifts(place: Place, turn: float, west: float, east: float) -> list[float]:
    """Full turns from the raster to where a bbox meets it."""
    first, _, last, _ = place.bounds
    turns = range(math.ceil((west - last) / turn), math.floor((east - first) / turn) + 1)
    return [turn * number for number in turns]


def _apart(
    place: Place, turn: float, bounds: Bounds, level: Level, found: Sequence[Part]
) -> AreaInTwo:
    first, _, last, _ = place.bounds
    west, south, east, north = bounds
    sides = [
        (max(west, first + part.shift), south, min(east, last + part.shift), north)
        for part in sorted(found, key=lambda part: part.shift)
    ]
    remedy = ""
    if place.period() is not None:
        reason = Message("area.level_period", level=level.number)
        remedy = "finer_level_or_each_side"
    elif last - first < turn * (1 - _ROUNDING):
        reason = Message("area.gap", gap=turn - (last - first))
    else:
        reason = Message("area.ends_differ")
    return AreaInTwo(
        "area.two_ends",
        place.name,
        found=listed(bounds),
        first=first,
        last=last,
        reason=reason,
        remedy=remedy,
        sides=" and ".join(map(listed, sides)),
    )


def outside_fraction(place: Place, outline: Sequence[Position]) -> float:
    """Return how much of a shape lies outside a raster, a part of its area.

    Parameters
    ----------
    place : Place
    outline : sequence of (x, y)
        Corners, in the raster's CRS; longitudes may be full turns away.
    """
    if place.period() is not None:
        inside = fraction_inside(place.transform, outline, place.finest, all_columns=True)
    else:
        xs = [x for x, _ in outline]
        shifts = [0.0] if place.turn is None else _shifts(place, place.turn, min(xs), max(xs))
        inside = sum(
            fraction_inside(place.transform, [(x - shift, y) for x, y in outline], place.finest)
            for shift in shifts
        )
    outside = 1 - inside
    return outside if outside > 1e-9 else 0.0


def around_ring(ring: Sequence[Position], turn: float) -> tuple[Bounds, Sequence[Position]]:
    """Return the bounds of a ring of longitudes, and the ring with them counting on.

    Parameters
    ----------
    ring : sequence of (x, y)
        Neighbours less than half a turn apart, the last one beside the first. From one to the next
        longitudes may jump by a full turn.
    turn : float

    Returns
    -------
    bounds : Bounds
        From somewhere between half a turn to the west of 0 and half a turn to the east; all
        longitudes up to the pole where the ring goes around that.
    ring : sequence of (x, y)
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
    """Return how many units of x in a CRS lead once around the globe, None where x is no longitude.

    Of EPSG:4326 and OGC:CRS84 that is known here; of others where rasterio is installed.
    """
    if crs is None or crs in _IN_DEGREES:
        return None if crs is None else 360.0
    # not at the top: to read a FLAC raster must not need rasterio
    try:
        from ..rasterio_io.crs import units_per_turn

        return units_per_turn(crs)
    except (ImportError, MissingDependency, InputError):  # then a bbox has to have its longitudes
        return None


def unit_of(crs: str | None) -> str | None:
    """Return the unit of coordinates in a CRS, None where it is not known; see `full_turn`."""
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


def listed(bounds: Bounds | None) -> str:
    """Write bounds in a message."""
    return f"({', '.join(f'{value:.10g}' for value in bounds or ())})"
