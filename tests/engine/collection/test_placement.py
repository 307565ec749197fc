"""Which pixels of a member a view shows, against PROJ at every pixel."""

import numpy as np
import pytest
from flac_raster_qgis.engine.collection.placement import View, place
from flac_raster_qgis.engine.model.grid import Grid
from flac_raster_qgis.engine.rasterio_io.crs import point_transform

SIZE = 3000
UTM = (10.0, 0.0, 300000.0, 0.0, -10.0, 5100000.0)


def grid(size=SIZE):
    return Grid.pyramid(size, size, 1, 256)


def exact(view, crs, transform, size, member_crs):
    """Return row and column at full resolution of each pixel of a view; -1 outside."""
    xs, ys = np.meshgrid(*view.centers((slice(0, view.height), slice(0, view.width))))
    if crs != member_crs:
        found = point_transform(crs, member_crs)(xs.ravel(), ys.ravel())
        xs, ys = (axis.reshape(xs.shape) for axis in found)
    a, b, c, d, e, f = transform
    scale = a * e - b * d
    columns = np.floor((e * (xs - c) - b * (ys - f)) / scale)
    rows = np.floor((a * (ys - f) - d * (xs - c)) / scale)
    inside = (rows >= 0) & (rows < size) & (columns >= 0) & (columns < size)
    return np.where(inside, rows, -1), np.where(inside, columns, -1)


def shown(view, bounds, transform, member_crs, crs, size=SIZE):
    """Return what `place` finds, at full resolution, and the level."""
    to_member = None if crs == member_crs else point_transform(crs, member_crs)
    placed = place(view, bounds, grid(size), transform, to_member)
    rows = np.full((view.height, view.width), -1)
    columns = rows.copy()
    if placed.rows.ndim == 1:
        r, c = np.meshgrid(placed.rows, placed.columns, indexing="ij")
        outside = (r < 0) | (c < 0)
        r[outside] = c[outside] = -1
    else:
        r, c = placed.rows, placed.columns
    rows[placed.part], columns[placed.part] = r, c
    return rows, columns, placed.level


@pytest.mark.parametrize("crs", ["EPSG:32632", "EPSG:3857", "EPSG:4326", "EPSG:3035", "EPSG:3995"])
def test_the_pixels_are_those_of_proj(crs):
    """At full resolution, where a position half a pixel off would be seen."""
    member_crs = "EPSG:32632"
    corners = point_transform(member_crs, crs)(
        np.array([301000.0, 320000.0, 310000.0]), np.array([5099000.0, 5080000.0, 5090000.0])
    )
    xs, ys = np.sort(corners[0]), np.sort(corners[1])
    view = View((xs[0], ys[0], xs[-1], ys[-1]), 900, 700)
    rows, columns, level = shown(view, (-1e9, -1e9, 1e9, 1e9), UTM, member_crs, crs)
    right_rows, right_columns = exact(view, crs, UTM, SIZE, member_crs)
    assert (rows >= 0).mean() > 0.5
    size = 1 << level.number
    at = np.where(right_rows >= 0, right_rows // size, -1)
    is_same = (rows == at) & (columns == np.where(right_columns >= 0, right_columns // size, -1))
    assert is_same.mean() >= 0.999
    both = (rows >= 0) & (right_rows >= 0)
    assert np.abs(rows - at)[both].max() <= 1
    assert np.abs(columns - right_columns // size)[both].max() <= 1


def test_a_rotated_raster():
    transform = (8.0, 6.0, 1000.37, 6.0, -8.0, 2000.73)
    view = View((0.0, -20000.0, 40000.0, 20000.0), 500, 500)
    rows, columns, level = shown(view, view.bounds, transform, "EPSG:32632", "EPSG:32632")
    right = exact(view, "EPSG:32632", transform, SIZE, "EPSG:32632")
    size = 1 << level.number
    for found, exactly in zip((rows, columns), right):
        assert (found == np.where(exactly >= 0, exactly // size, -1)).mean() >= 0.999


def test_only_the_part_that_the_member_can_show():
    view = View((299000.0, 5069000.0, 331000.0, 5101000.0), 320, 320)
    bounds = (300000.0, 5070000.0, 330000.0, 5100000.0)
    placed = place(view, bounds, grid(), UTM, None)
    assert placed.part == (slice(10, 310), slice(10, 310))
    assert placed.level.number == 3  # pixels of 80 m for 100 m
    assert place(view, (0.0, 0.0, 10.0, 10.0), grid(), UTM, None) is None


def test_points_without_a_place():
    """A polar map reaches to where Mercator ends."""
    transform = (1000.0, 0.0, -2e7, 0.0, -1000.0, 2e7)
    view = View((-4e6, -4e6, 4e6, 4e6), 200, 200)
    rows, columns, _ = shown(view, view.bounds, transform, "EPSG:3857", "EPSG:3995", 40000)
    assert (rows >= 0).any()
    assert rows[100, 100] == -1  # the pole
    assert ((rows >= 0) == (columns >= 0)).all()


def test_both_sides_of_the_180th_meridian():
    """Between two neighbors of the view, longitudes jump from 180 to -180."""
    transform = (0.1, 0.0, 170.0, 0.0, -0.1, 5.0)  # to 182 degrees
    crs, member_crs = "EPSG:3832", "EPSG:4326"  # a Mercator of the Pacific
    view = View((2.2e6, -5e5, 3.4e6, 5e5), 600, 500)
    rows, columns, level = shown(view, view.bounds, transform, member_crs, crs, 100)
    right_rows, right_columns = exact(view, crs, transform, 100, member_crs)
    assert level.number == 0
    assert (rows == right_rows).all()
    assert (columns == right_columns).all()
    assert (rows >= 0).any()
