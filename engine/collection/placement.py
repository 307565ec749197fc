"""Which pixels of a member a view shows: a rectangle of the map as a grid of pixels.

The member may have another CRS than the map. Positions are transformed exactly on a coarse grid of
points, and interpolated between them, as GDAL's approximating transformer does on each line.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from ..model.data_types import Array
from ..model.grid import Grid, Level, level_for_resolution
from ..model.transform import Bounds, Transform

#: Coordinates in the CRS of a member of arrays of coordinates of the map; not finite where they
#: have no place there.
ToMember = Callable[[Array, Array], tuple[Array, Array]]
#: Points on each side of the first grid, and of the last one.
_POINTS, _MOST_POINTS = 17, 257
#: Error of interpolated positions that is accepted, in pixels of the view: one in a thousand of
#: these then shows a neighbor.
_TOLERANCE = 1e-3
#: As in GDAL, a level may have pixels that are slightly larger than those of the view.
_MAX_MAGNIFICATION = 1.2


@dataclass(frozen=True)
class View:
    """A rectangle of the map, ``width`` × ``height`` pixels."""

    bounds: Bounds
    width: int
    height: int

    @property
    def pixel_size(self) -> tuple[float, float]:
        """Width and height of a pixel in units of the map."""
        xmin, ymin, xmax, ymax = self.bounds
        return (xmax - xmin) / self.width, (ymax - ymin) / self.height

    def part(self, bounds: Bounds) -> tuple[slice, slice] | None:
        """Return the rows and columns whose pixels a rectangle overlaps, None if there are none."""
        xmin, _, _, ymax = self.bounds
        across, down = self.pixel_size
        first = max(int(np.floor((bounds[0] - xmin) / across)), 0)
        last = min(int(np.ceil((bounds[2] - xmin) / across)), self.width)
        top = max(int(np.floor((ymax - bounds[3]) / down)), 0)
        bottom = min(int(np.ceil((ymax - bounds[1]) / down)), self.height)
        return (slice(top, bottom), slice(first, last)) if first < last and top < bottom else None

    def centers(self, part: tuple[slice, slice]) -> tuple[Array, Array]:
        """Return x of the columns and y of the rows of a part."""
        xmin, _, _, ymax = self.bounds
        across, down = self.pixel_size
        rows, columns = part
        xs = xmin + (np.arange(columns.start, columns.stop) + 0.5) * across
        ys = ymax - (np.arange(rows.start, rows.stop) + 0.5) * down
        return xs, ys


@dataclass(frozen=True)
class Placement:
    """The pixels of a level of a member that a part of a view shows.

    Parameters
    ----------
    part : (slice, slice)
        Rows and columns of the view.
    level : Level
    rows, columns : ndarray of int64
        Pixels of the level, -1 outside of it: of shape (height,) and (width,) where rows and
        columns run along those of the view, else both of shape (height, width).
    """

    part: tuple[slice, slice]
    level: Level
    rows: Array
    columns: Array


def place(
    view: View,
    bounds: Bounds,
    grid: Grid,
    transform: Transform,
    to_member: ToMember | None,
) -> Placement | None:
    """Return what a view shows of a member; None if nothing.

    Parameters
    ----------
    view : View
    bounds : Bounds
        Of the member, in the CRS of the view.
    grid : Grid
        Of the member.
    transform : Transform
        Of its pixels at full resolution.
    to_member : callable, optional
        See `ToMember`; None if both have the same CRS.
    """
    part = view.part(bounds)
    if part is None:
        return None
    xs, ys = view.centers(part)
    a, b, c, d, e, f = transform
    if to_member is None and b == d == 0:
        columns, rows = (xs - c) / a, (ys - f) / e
        across, down = view.pixel_size
        step = min(abs(across / a), abs(down / e))
        level = _level(grid, step)
        shown = _in_level(rows, level, grid, 0), _in_level(columns, level, grid, 1)
        is_empty = (shown[0] < 0).all() or (shown[1] < 0).all()
        return None if is_empty else Placement(part, level, *shown)

    def to_pixels(map_xs: Array, map_ys: Array) -> tuple[Array, Array]:
        mx, my = (map_xs, map_ys) if to_member is None else to_member(map_xs, map_ys)
        determinant = a * e - b * d
        columns = (e * (mx - c) - b * (my - f)) / determinant
        rows = (a * (my - f) - d * (mx - c)) / determinant
        return columns, rows

    step = _step(xs, ys, to_pixels, view)
    columns, rows = _interpolated(xs, ys, to_pixels, step * _TOLERANCE)
    level = _level(grid, step)
    shown_rows, shown_columns = _in_level(rows, level, grid, 0), _in_level(columns, level, grid, 1)
    outside = (shown_rows < 0) | (shown_columns < 0)
    if outside.all():
        return None
    shown_rows[outside] = shown_columns[outside] = -1
    return Placement(part, level, shown_rows, shown_columns)


def _level(grid: Grid, step: float) -> Level:
    """Return the level for pixels of a view that are ``step`` pixels of the member apart."""
    return level_for_resolution(grid, step * _MAX_MAGNIFICATION if step > 1 else max(step, 1e-9))


def _in_level(positions: Array, level: Level, grid: Grid, axis: int) -> Array:
    """Return pixels of a level for positions at full resolution, -1 outside of it."""
    finest = grid.levels[0]
    full, size = (finest.height, level.height) if axis == 0 else (finest.width, level.width)
    with np.errstate(invalid="ignore"):
        inside = (positions >= 0) & (positions < full)
    # positions outside may be too large for an integer
    pixels = np.where(inside, positions, 0).astype(np.int64) >> level.number
    found: Array = np.where(inside, np.minimum(pixels, size - 1), -1)
    return found


def _step(
    xs: Array, ys: Array, to_pixels: Callable[[Array, Array], tuple[Array, Array]], view: View
) -> float:
    """Return how many pixels of the member lie between two of the view, in its middle."""
    across, down = view.pixel_size
    x, y = xs[len(xs) // 2], ys[len(ys) // 2]
    points = to_pixels(np.array([x, x + across, x]), np.array([y, y, y + down]))
    (c0, c1, c2), (r0, r1, r2) = points
    steps = [float(np.hypot(c1 - c0, r1 - r0)), float(np.hypot(c2 - c0, r2 - r0))]
    known = [step for step in steps if np.isfinite(step) and step > 0]
    return min(known, default=1.0)


def _interpolated(
    xs: Array,
    ys: Array,
    to_pixels: Callable[[Array, Array], tuple[Array, Array]],
    tolerance: float,
) -> tuple[Array, Array]:
    """Return the pixel positions of all points of a grid, each of shape (ys, xs).

    The grid of exact points gets finer until the points in the middle of its cells are near enough;
    where they never are, as on both sides of the 180th meridian, all points are exact.
    """
    count = _POINTS
    while True:
        across, down = (min(count, len(axis)) for axis in (xs, ys))
        if count > _MOST_POINTS or (across == len(xs) and down == len(ys)):
            columns, rows = to_pixels(*(axis.ravel() for axis in np.meshgrid(xs, ys)))
            return columns.reshape(len(ys), len(xs)), rows.reshape(len(ys), len(xs))
        at_x, at_y = np.linspace(0, len(xs) - 1, across), np.linspace(0, len(ys) - 1, down)
        nodes_x, nodes_y = np.interp(at_x, range(len(xs)), xs), np.interp(at_y, range(len(ys)), ys)
        node_xs, node_ys = np.meshgrid(nodes_x, nodes_y)
        nodes = to_pixels(node_xs.ravel(), node_ys.ravel())
        columns, rows = (values.reshape(down, across) for values in nodes)
        if _is_near(columns, rows, nodes_x, nodes_y, to_pixels, tolerance):
            size = len(xs), len(ys)
            return _bilinear(columns, *size), _bilinear(rows, *size)
        count = 2 * count - 1


def _is_near(
    columns: Array,
    rows: Array,
    nodes_x: Array,
    nodes_y: Array,
    to_pixels: Callable[[Array, Array], tuple[Array, Array]],
    tolerance: float,
) -> bool:
    """Whether interpolated positions in the middle of cells are nearly those that are exact."""
    middle_x, middle_y = (
        (nodes[:-1] + nodes[1:]) / 2 if len(nodes) > 1 else nodes for nodes in (nodes_x, nodes_y)
    )
    exact = to_pixels(*(axis.ravel() for axis in np.meshgrid(middle_x, middle_y)))
    with np.errstate(invalid="ignore"):
        for values, right in zip((columns, rows), exact):
            near = values
            for axis, nodes in ((1, nodes_x), (0, nodes_y)):
                if len(nodes) > 1:
                    first = np.take(near, range(near.shape[axis] - 1), axis)
                    near = (first + np.take(near, range(1, near.shape[axis]), axis)) / 2
            error = np.abs(near.ravel() - right)
            if (
                not (error[np.isfinite(error)] <= tolerance).all()
                or (np.isfinite(near.ravel()) != np.isfinite(right)).any()
            ):
                return False
    return True


def _bilinear(nodes: Array, width: int, height: int) -> Array:
    """Return values between nodes that lie evenly from the first pixel to the last one."""
    down, across = nodes.shape
    x, y = np.linspace(0, across - 1, width), np.linspace(0, down - 1, height)
    i = np.minimum(x.astype(int), max(across - 2, 0))
    j = np.minimum(y.astype(int), max(down - 2, 0))
    next_i, next_j = np.minimum(i + 1, across - 1), np.minimum(j + 1, down - 1)
    part_x, part_y = x - i, (y - j)[:, np.newaxis]
    with np.errstate(invalid="ignore"):
        rows = nodes[:, i] * (1 - part_x) + nodes[:, next_i] * part_x
        found: Array = rows[j] * (1 - part_y) + rows[next_j] * part_y
    return found
