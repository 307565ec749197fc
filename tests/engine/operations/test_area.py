"""Areas: which pixels a bbox means, in any CRS and any rotation; tiles; levels by resolution."""

import itertools
import math
from fractions import Fraction

import numpy as np
import pytest
from flac_raster_qgis.engine import (
    Area,
    ArrayRaster,
    Band,
    FlacRaster,
    RasterMetadata,
    Window,
    write_raster,
)
from flac_raster_qgis.engine.errors import InputError, OutsideRaster
from flac_raster_qgis.engine.model.grid import Grid, level_for_resolution
from flac_raster_qgis.engine.model.overlap import window_from_bounds
from flac_raster_qgis.engine.model.transform import level_transform, map_to_pixel, pixel_to_map
from flac_raster_qgis.engine.operations.plan import plan_area
from hypothesis import given, settings
from hypothesis import strategies as st
from kits.area import TRANSFORMS, bboxes, open_memory, overlapped

LEVEL = Grid(21, 13, 16, 1).levels[0]


@settings(max_examples=200)
@given(TRANSFORMS, st.data())
def test_a_bbox_means_the_pixels_whose_area_it_overlaps(transform, data):
    """Compared with every pixel asked one by one, in exact arithmetic."""
    bbox = data.draw(bboxes(transform, LEVEL))
    assert window_from_bounds(transform, bbox, LEVEL) == overlapped(transform, bbox, LEVEL)


@given(TRANSFORMS, st.integers(0, 20), st.integers(0, 12))
def test_the_middle_of_a_pixel_is_that_pixel(transform, column, row):
    x, y = pixel_to_map(transform, column + 0.5, row + 0.5)
    assert window_from_bounds(transform, (x, y, x, y), LEVEL) == Window(column, row, 1, 1)


def test_edges_are_half_open():
    transform = (10.0, 0.0, 0.0, 0.0, -10.0, 130.0)
    assert window_from_bounds(transform, (50, 30, 60, 40), LEVEL) == Window(5, 9, 1, 1)
    assert window_from_bounds(transform, (49.999, 30, 60, 40), LEVEL) == Window(4, 9, 2, 1)
    assert window_from_bounds(transform, (50, 30, 50, 30), LEVEL) == Window(5, 10, 1, 1)
    assert window_from_bounds(transform, (0, 130, 0, 130), LEVEL) == Window(0, 0, 1, 1)


@pytest.mark.parametrize(
    "bbox",
    [(-10, 0, 0, 130), (210, 0, 220, 130), (0, 130, 210, 140), (0, -10, 210, 0), (210, 0, 210, 0)],
)
def test_touching_the_raster_from_outside_is_outside(bbox):
    window = window_from_bounds((10.0, 0.0, 0.0, 0.0, -10.0, 130.0), bbox, LEVEL)
    assert window.width * window.height == 0


def test_passing_by_the_corner_of_a_rotated_raster_is_outside():
    """Though the rectangle around the bbox, in the raster's rows and columns, meets it."""
    turn = math.cos(math.pi / 4)
    transform = (turn, -turn, 0.0, turn, turn, 0.0)
    x, y = pixel_to_map(transform, 0, 0)
    window = window_from_bounds(transform, (x - 9, y - 9, x + 9, y - 0.1), LEVEL)
    assert window.width * window.height == 0
    window = window_from_bounds(transform, (x - 9, y - 9, x + 9, y + 0.1), LEVEL)
    assert window == Window(0, 0, 1, 1)


@pytest.mark.parametrize("bbox", [(2, 0, 1, 1), (0, 0, math.nan, 1), (0, 0, math.inf, 1), (1, 2)])
def test_what_is_no_bbox(bbox):
    with pytest.raises(InputError, match="xmin <= xmax"):
        Area(bbox=bbox)


def test_far_away():
    with pytest.raises(InputError, match="too far"):
        window_from_bounds((1e-100, 0, 0, 0, 1e-100, 0), (0, 0, 1e300, 1), LEVEL)


# ---------------------------------------------------------------- in a raster


@pytest.fixture(scope="module")
def raster():
    """100 × 70 pixels of 10 m in tiles of 16: four levels, of 7 × 5, 4 × 3, 2 × 2 and 1 tiles."""
    with open_memory(70, 100, transform=(10.0, 0.0, 500_000.0, 0.0, -10.0, 5_000_000.0)) as raster:
        assert len(raster.levels) == 4
        yield raster


def test_neither_bbox_nor_tile_is_the_whole_raster(raster):
    assert plan_area(raster, Area()).window == Window(0, 0, 100, 70)
    assert plan_area(raster, Area(), level=2).window == Window(0, 0, 25, 18)


def test_tiles(raster):
    assert plan_area(raster, Area(tile=0)).window == Window(0, 0, 16, 16)
    assert plan_area(raster, Area(tile=8)).window == Window(16, 16, 16, 16)
    assert plan_area(raster, Area(tile=6)).window == Window(96, 0, 4, 16)
    assert plan_area(raster, Area(tile="last")).window == Window(96, 64, 4, 6)
    assert plan_area(raster, Area(tile="center")).window == Window(48, 32, 16, 16)
    assert plan_area(raster, Area(tile=3), level=2).window == Window(16, 16, 9, 2)


@pytest.mark.parametrize("tile", [35, -1, "middle", "0"])
def test_no_such_tile(raster, tile):
    with pytest.raises(InputError, match=f"tiles 0 to 34 in level 0, not {tile}"):
        plan_area(raster, Area(tile=tile))


@pytest.mark.parametrize(
    "resolution, level",
    [(0.1, 0), (10, 0), (19.99, 0), (20, 1), (39, 1), (40, 2), (80, 3), (1e9, 3)],
)
def test_resolution_chooses_the_coarsest_level_that_is_fine_enough(raster, resolution, level):
    assert plan_area(raster, Area(), resolution=resolution).level == level


def test_a_resolution_finer_than_all_levels_is_said(raster):
    (warning,) = plan_area(raster, Area(), resolution=5).with_whole_tiles().warnings
    assert warning == (
        f"{raster.name} has no pixels as small as the resolution 5; those of level 0, of size 10, "
        "are used."
    )
    outside = plan_area(raster, Area(bbox=(-1e9, -1e9, 1e9, 1e9)), resolution=5)
    assert len(outside.warnings) == 2
    for fine_enough in (10, 10 * (1 - 1e-9), 15, 1e9):
        assert plan_area(raster, Area(), resolution=fine_enough).warnings == ()


@given(TRANSFORMS, st.floats(1e-3, 1e6))
def test_pixels_of_the_chosen_level_are_no_larger(transform, resolution):
    grid = Grid.pyramid(5000, 3000, 16)
    a, b, _, d, e, _ = transform
    largest = max(math.hypot(a, d), math.hypot(b, e))
    level = level_for_resolution(grid, resolution / largest)
    allowed = resolution * (1 + 1e-5)
    assert level.number == 0 or largest * 2**level.number <= allowed
    assert level == grid.levels[-1] or largest * 2 ** (level.number + 1) > resolution


@pytest.mark.parametrize("wrong", [0, -1, math.nan, math.inf])
def test_no_resolution(raster, wrong):
    with pytest.raises(InputError, match="more than 0"):
        plan_area(raster, Area(), resolution=wrong)


def test_no_such_level(raster):
    for level in (-1, 4):
        with pytest.raises(InputError, match=f"levels 0 to 3, not {level}"):
            plan_area(raster, Area(), level=level)


def test_one_way_of_saying_it_only(raster):
    with pytest.raises(InputError, match="A level and a resolution"):
        plan_area(raster, Area(), level=1, resolution=5)
    with pytest.raises(InputError, match="A bbox and a tile"):
        Area(bbox=(0, 0, 1, 1), tile=1)
    with pytest.raises(InputError, match="but no bbox"):
        Area(crs="EPSG:4326")


def test_outside_is_an_error_that_says_where_the_raster_is(raster):
    with pytest.raises(InputError) as caught:
        plan_area(raster, Area((0, 0, 1, 1)))
    text = str(caught.value)
    assert "(0, 0, 1, 1) lies outside" in text and "(500000, 4999300, 501000, 5000000)" in text
    assert "in EPSG:32633. Choose one inside, or say which CRS the bbox is in" in text


@given(st.integers(0, 3), st.data())
def test_whole_tiles_are_those_that_are_touched(raster, level, data):
    transform = level_transform(raster.metadata.transform, level)
    bbox = data.draw(bboxes(transform, raster.levels[level], inside=True))
    window = plan_area(raster, Area(bbox), level=level).window
    wide = plan_area(raster, Area(bbox), level=level).with_whole_tiles().window
    keys = raster.levels[level].keys_in(window)
    assert raster.levels[level].keys_in(wide) == keys
    assert wide.intersection(window) == window
    pixels = sum(math.prod(raster.grid.tile_window(key)[2:]) for key in keys)
    assert wide.width * wide.height == pixels


def test_beyond_the_raster_where_a_pixel_of_a_coarse_level_hangs_over_its_edge():
    with open_memory(33, 33, transform=(1.0, 0.0, 0.0, 0.0, -1.0, 33.0)) as raster:
        assert raster.levels[1].width == 17
        with pytest.raises(InputError, match="lies outside"):
            plan_area(raster, Area((33.2, 5, 33.8, 6)), level=1)
        assert plan_area(raster, Area((32.2, 5, 33.8, 6)), level=1).window == Window(16, 13, 1, 1)


# ---------------------------------------------------------------- in another CRS


@settings(max_examples=25)
@given(
    st.sampled_from(["EPSG:4326", "EPSG:3857", "EPSG:3035", "EPSG:2056"]),
    st.floats(9, 19),
    st.floats(44, 47),
    st.floats(0.01, 3),
    st.floats(0.01, 2),
)
def test_curved_edges_lose_no_pixel(crs, west, south, width, height):
    """Every point of the bbox, its edges above all, lies in the window."""
    rasterio = pytest.importorskip("rasterio")
    from rasterio.warp import transform_bounds

    here = transform_bounds("EPSG:4326", crs, west, south, west + width, south + height)
    transform = (10.0, 0.0, -500_000.0, 0.0, -10.0, 6_000_000.0)
    with open_memory(70, 100, transform=transform, real=(200_000, 200_000)) as raster:
        window = plan_area(raster, Area(here, crs)).window
    shares = [n / 97 for n in range(98)]
    places = [(x, y) for x, y in itertools.product(shares, shares) if {x, y} & {0, 1} or x == y]
    xs = [here[0] + x * (here[2] - here[0]) for x, _ in places]
    ys = [here[1] + y * (here[3] - here[1]) for _, y in places]
    columns, rows = [], []
    for x, y in zip(*rasterio.warp.transform(crs, "EPSG:32633", xs, ys)):
        column, row = map_to_pixel(transform, x, y)
        columns.append(column)
        rows.append(row)
    slack = 0.01
    assert window.col_off <= min(columns) + slack
    assert max(columns) - slack <= window.col_off + window.width
    assert window.row_off <= min(rows) + slack
    assert max(rows) - slack <= window.row_off + window.height
    # and not many more: what the points between two of these 97 may bulge
    assert window.width <= max(columns) - min(columns) + 3 + 0.001 * window.height
    assert window.height <= max(rows) - min(rows) + 3 + 0.001 * window.width


def test_corners_alone_would_not_do(raster):
    """The northern edge of a bbox in degrees bulges beyond its corners in UTM."""
    pytest.importorskip("rasterio")
    from rasterio.warp import transform

    with open_memory(70, 100, transform=(100.0, 0, 0.0, 0, -100.0, 6e6), real=(9000, 9000)) as wide:
        window = plan_area(wide, Area((9, 50, 21, 52), "EPSG:4326")).window
    _, ys = transform("EPSG:4326", "EPSG:32633", [9, 21, 9, 21], [50, 50, 52, 52])
    _, middle = transform("EPSG:4326", "EPSG:32633", [15], [50])
    bottom = 6e6 - 100 * (window.row_off + window.height)
    assert bottom <= middle[0] < min(ys) - 1000


def test_the_crs_of_the_raster_needs_no_rasterio(raster, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "flac_raster_qgis.engine.rasterio_io.crs", None)
    area = Area((500_000, 4_999_900, 500_100, 5_000_000), "EPSG:32633")
    assert plan_area(raster, area).window == Window(0, 0, 10, 10)


@pytest.mark.parametrize(
    "area, message",
    [
        (
            Area((0, 0, 1, 1), "EPSG:999999"),
            r"^EPSG:999999 is not a CRS known to PROJ \(its database has no code EPSG:999999\)\. ",
        ),
        (Area((0, 0, 1, 1), "/etc/passwd"), "is not a CRS known to PROJ"),
        (Area((1e30, 0, 2e30, 1), "EPSG:4326"), "has no place in the raster's CRS"),
    ],
)
def test_no_way_from_one_crs_to_the_other(raster, area, message):
    pytest.importorskip("rasterio")
    with pytest.raises(InputError, match=message):
        plan_area(raster, area)


def test_across_the_180th_meridian():
    pytest.importorskip("rasterio")
    transform = (0.1, 0.0, -180.0, 0.0, -0.1, 90.0)
    box = Area((166_021, 8_000_000, 900_000, 9_300_000), "EPSG:32660")
    with open_memory(70, 100, transform=transform, crs="EPSG:4326") as raster:
        plan = plan_area(raster, box)  # what lies to the east of it
        assert plan.window.col_off == 0 and plan.outside_fraction > 0.5
    with open_memory(70, 100, (0.1, 0.0, 175.0, 0.0, -0.1, 90.0), "EPSG:4326") as raster:
        assert plan_area(raster, box).window == plan.window  # and to both sides


def test_a_crs_for_a_raster_that_has_none():
    with open_memory(20, 20, crs=None) as raster:
        with pytest.raises(InputError, match="has no CRS"):
            plan_area(raster, Area((0, 0, 1, 1), "EPSG:4326"))
        assert plan_area(raster, Area((3, 4, 5, 6))).window == Window(3, 4, 2, 2)


def test_the_oracle_knows_a_square():
    unit = (1.0, 0.0, 0.0, 0.0, 1.0, 0.0)
    assert overlapped(unit, (1, 1, 2, 2), LEVEL) == Window(1, 1, 1, 1)
    assert overlapped(unit, (Fraction(1, 2), 1, 2, 3), LEVEL) == Window(0, 1, 2, 2)


def test_numbers_of_a_bbox_in_another_order_are_guessed(tmp_path):
    metadata = RasterMetadata(
        10, 10, "uint8", (Band(),), crs="EPSG:4326", transform=(0.1, 0, 7, 0, -0.1, 47)
    )
    write_raster(ArrayRaster(metadata, np.zeros((1, 10, 10), "uint8")), tmp_path / "x.flac")
    with FlacRaster.open(tmp_path / "x.flac") as raster:
        hint = "Is its order xmin, xmax, ymin, ymax? Then give (7.2, 46.2, 7.5, 46.5)."
        (warning,) = plan_area(raster, Area(bbox=(7.2, 7.5, 46.2, 46.5))).warnings
        assert warning.endswith(hint)
        (warning,) = plan_area(raster, Area(bbox=(7.2, 7.5, 46.2, 146.5))).warnings
        assert "order" not in warning


def test_the_hint_at_the_order_is_for_bboxes_in_other_crss_too():
    pytest.importorskip("rasterio")
    with open_memory(30, 30, (1000.0, 0.0, 400_000.0, 0.0, -1000.0, 5_130_000.0)) as raster:
        (warning,) = plan_area(raster, Area((13.8, 13.9, 46.1, 46.2), "EPSG:4326")).warnings
        assert "Then give (13.8, 46.1, 13.9, 46.2)" in warning
        with pytest.raises(OutsideRaster) as caught:
            plan_area(raster, Area((44.0, 44.1, 46.1, 46.2), "EPSG:4326"))
        assert "Is its order" not in str(caught.value)
