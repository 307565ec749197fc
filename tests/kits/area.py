"""What the tests of areas share: bboxes of all kinds, an oracle that asks every pixel, rasters."""

from contextlib import contextmanager
from dataclasses import replace
from fractions import Fraction
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from flac_raster_qgis.engine import (
    FlacRaster,
    Window,
)
from flac_raster_qgis.engine.format.tile_set import TileSet
from flac_raster_qgis.engine.model.grid import Grid
from flac_raster_qgis.engine.model.transform import pixel_to_map
from flac_raster_qgis.engine.operations.tile_filter import filter_tiles
from hypothesis import strategies as st

from kits import rasters

#: North-up, south-up, mirrored, in degrees, rotated by little, by much, sheared.
TRANSFORMS = st.sampled_from(
    [
        (1.0, 0.0, 0.0, 0.0, 1.0, 0.0),
        (10.0, 0.0, 400_000.0, 0.0, -10.0, 5_000_000.0),
        (0.1, 0.0, -180.0, 0.0, 0.1, -90.0),
        (-30.0, 0.0, 1000.0, 0.0, 20.0, 7.0),
        (3.0, 1.5, 10.0, -0.7, -2.9, 20.0),
        (0.0, 2.0, 5.0, 2.0, 0.0, -5.0),
        (7.0, -7.0, 1e6, 7.0, 7.0, -1e6),
        (1.0, 0.001, 300.0, 0.001, -1.0, 900.0),
        (2.0, 9.0, 0.0, 0.0, -0.5, 0.0),
    ]
)
#: Positions nearer to an edge than this are up to rounding.
_NEAR = Fraction(1, 10**5)


@st.composite
def bboxes(draw, transform, level, inside=False):
    """Bboxes within, across and beyond a level, also points and lines, also along pixel edges."""
    most = 0 if inside else 8
    eighth = st.sampled_from([0, 0.125, 0.5, 0.875])
    corners = []
    for _ in range(2):
        column = draw(st.integers(-most, level.width - 1 + most)) + draw(eighth)
        row = draw(st.integers(-most, level.height - 1 + most)) + draw(eighth)
        corners.append(pixel_to_map(transform, column, row))
    (x, y), (other_x, other_y) = corners
    return (min(x, other_x), min(y, other_y), max(x, other_x), max(y, other_y))


def overlapped(transform, bbox, level):
    """Smallest window of the pixels whose area a bbox overlaps, in exact arithmetic.

    Two convex shapes overlap where no edge of either separates them. A shape without area is moved
    a little towards the far edges of the pixels, which is what half-open means.
    """
    a, b, c, d, e, f = map(Fraction, transform)
    determinant = a * e - b * d
    xmin, ymin, xmax, ymax = map(Fraction, bbox)
    ring = [
        ((e * (x - c) - b * (y - f)) / determinant, (a * (y - f) - d * (x - c)) / determinant)
        for x, y in ((xmin, ymin), (xmax, ymin), (xmax, ymax), (xmin, ymax))
    ]
    sides = [(min(p), max(p)) for p in zip(*ring)]
    if any(high - low < _NEAR for low, high in sides):
        thin = [
            (low, high) if high - low >= _NEAR else (low + _NEAR, low + 3 * _NEAR)
            for low, high in sides
        ]
        ring = [(x, y) for x, y in zip(_around(*thin[0]), (*[thin[1][0]] * 2, *[thin[1][1]] * 2))]
    directions = [*_directions(ring)]
    found = [
        (column, row)
        for row in range(level.height)
        for column in range(level.width)
        if _overlap(directions, column, row)
    ]
    if not found:
        return Window(0, 0, 0, 0)
    columns, rows = zip(*found)
    left, top = min(columns), min(rows)
    return Window(left, top, max(columns) - left + 1, max(rows) - top + 1)


def _around(low, high):
    return (low, high, high, low)


def _directions(ring):
    """Yield the normals of the edges of pixels and of a ring, and how far it reaches along each."""
    edges = zip(ring, ring[1:] + ring[:1])
    normals = [(y - next_y, next_x - x) for (x, y), (next_x, next_y) in edges]
    for x, y in [(1, 0), (0, 1), *normals]:
        length = abs(x) + abs(y)
        if length:
            normal = Fraction(x, length), Fraction(y, length)
            reach = [normal[0] * px + normal[1] * py for px, py in ring]
            yield *normal, min(reach), max(reach)


def _overlap(directions, column, row):
    """Whether a pixel and a ring overlap by more than rounding along every direction."""
    for x, y, low, high in directions:
        start = x * column + y * row
        first, last = start + min(x, 0) + min(y, 0), start + max(x, 0) + max(y, 0)
        if high - first <= _NEAR or last - low <= _NEAR:
            return False
    return True


write_flac = partial(rasters.write_flac, effort="fast")


def noise(count, height, width, dtype="uint16", seed=0):
    data = np.random.default_rng(seed).bytes(count * height * width * np.dtype(dtype).itemsize)
    return np.frombuffer(data, dtype).reshape(count, height, width)


@contextmanager
def open_memory(
    height, width, transform=(1.0, 0.0, 0.0, 0.0, 1.0, 0.0), crs="EPSG:32633", real=None
):
    """Open a small raster; ``real`` has it claim to be (width, height), so that it is large too."""
    with TemporaryDirectory() as folder:
        path = write_flac(
            Path(folder, "x.flac"), noise(1, height, width), transform=transform, crs=crs
        )
        with FlacRaster.open(path) as raster:
            if real is not None:
                raster.metadata = replace(raster.metadata, width=real[0], height=real[1])
                raster.grid = Grid.pyramid(*real, 256)
            yield raster


def tiles_where(raster, keys, expression, bands=None):
    """Which of some tiles of any level match, by the filter of all tiles of each level."""
    found = {
        key
        for level in raster.levels
        for key in filter_tiles(raster, TileSet.of_level(level), expression, bands)
    }
    return [key for key in keys if key in found]
