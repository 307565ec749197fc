"""Longitudes: bboxes full turns away from a raster, and over the seam of one that leads around.

The oracle lists columns one by one, in exact arithmetic, and takes their pixels by numpy.
"""

import math
from contextlib import contextmanager
from copy import copy
from dataclasses import replace
from fractions import Fraction
from functools import cache

import numpy as np
import pytest
from flac_raster_qgis.engine import Area, FlacRaster, extract, query
from flac_raster_qgis.engine.errors import InputError, OutsideRaster
from flac_raster_qgis.engine.operations.longitudes import around_ring, full_turn
from flac_raster_qgis.engine.operations.plan import plan_area
from hypothesis import given, settings
from hypothesis import strategies as st
from kits.area import noise, open_memory, write_flac

ROWS, TOP = 6, 60.0


@pytest.fixture(scope="module", autouse=True)
def folder(tmp_path_factory):
    """Rasters are written once: what differs between most of them is only where they lie."""
    kept.folder = tmp_path_factory.mktemp("longitudes")
    yield
    for columns, rows in kept.opened:
        kept(columns, rows).close()
    kept.opened.clear()
    kept.cache_clear()


@cache
def kept(columns, rows):
    path = write_flac(kept.folder / f"{columns}-{rows}.flac", noise(1, rows, columns))
    kept.opened.append((columns, rows))
    return FlacRaster.open(path, workers=1)


kept.opened = []


@contextmanager
def opened(first, pixel, columns, crs="EPSG:4326", rows=ROWS):
    """A raster from a longitude on, eastwards, or westwards where pixels are negative."""
    raster = copy(kept(columns, rows))
    transform = (pixel, 0.0, first, 0.0, -10.0, TOP)
    raster.metadata = replace(raster.metadata, transform=transform, has_transform=True, crs=crs)
    yield raster


def columns_at(first, pixel, columns, west, east):
    """All columns that overlap a stretch of longitudes, wherever they are once more.

    Returns
    -------
    list of (number, turns)
        From west to east.
    """
    first, pixel, west, east = map(Fraction, (first, pixel, west, east))
    if west == east:  # on an edge, the pixel with the higher number
        beside = Fraction(1, 10**6)
        west, east = (west, east + beside) if pixel > 0 else (west - beside, east)
    found = []
    for number in range(columns):
        low, high = sorted(first + pixel * (number + side) for side in (0, 1))
        for turns in range(math.floor((west - high) / 360), math.ceil((east - low) / 360) + 1):
            if low + 360 * turns < east and west < high + 360 * turns:
                found.append((low + 360 * turns, number, turns))
    return [(number, turns) for _, number, turns in sorted(found)]


#: Pixels of which a full turn is a whole number, and how many; and others.
WHOLE = {5.0: 72, 10.0: 36, 22.5: 16, 30.0: 12, 45.0: 8, 0.5: 720}
BROKEN = [7.0, 25.5, 50.0, 100.0]


@settings(max_examples=100, deadline=None)
@given(
    st.sampled_from([5.0, 10.0, 22.5, 30.0, 45.0]),
    st.sampled_from([0.0, -180.0, 0.5, -180.5, 170.0, -400.0]),
    st.sampled_from([1, -1]),
    st.integers(-700, 700),
    st.integers(0, 400) | st.integers(0, 3600),
    st.sampled_from([0, 0.25, 0.5]),
)
def test_rasters_that_lead_around(pixel, first, sign, start, length, inside):
    """Of 0 to 360, -180 to 180, half a pixel beside; a bbox anywhere, as long as may be."""
    period = WHOLE[pixel]
    first += pixel / 2 if inside == 0.25 else 0
    west = start + inside
    east = west + length / 10
    if east > 800:
        return
    with opened(first, sign * pixel, period) as raster:
        plan = plan_area(raster, Area((west, 25.0, east, 45.0)))
        everything = raster.read()
        found = plan.read()
        assert not plan.warnings and plan.outside_fraction == 0
    expected = columns_at(first, sign * pixel, period, west, east)
    transform = plan.transform
    assert plan.window[1::2] == (1, 3) and transform[5] == 50.0
    if len(expected) > period:  # around and on again: each column once, where the raster is
        assert plan.window == (0, 1, period, 3) and transform[2] == first
        assert np.array_equal(found, everything[:, 1:4])
        return
    if sign < 0:
        expected.reverse()
    numbers = [number for number, _ in expected]
    assert np.array_equal(found, everything[:, 1:4][:, :, numbers])
    start = first + sign * pixel * numbers[0] + 360 * expected[0][1]
    if len(expected) < period or start == first:
        assert transform[2] == pytest.approx(start)
    parts = 1 + sum(b < a for a, b in zip(numbers, numbers[1:]))
    assert len(plan.parts) == parts


@settings(max_examples=100, deadline=None)
@given(
    st.sampled_from([*BROKEN, 5.0, 10.0, 30.0]),
    st.sampled_from([0.0, -180.0, 170.0, 100.25]),
    st.sampled_from([1, -1]),
    st.integers(1, 71),
    st.integers(-600, 440),
    st.integers(0, 3599),
)
def test_rasters_that_do_not(pixel, first, sign, columns, start, length):
    """Parts of the globe, or pixels that do not divide it: a side, or a sentence about both."""
    columns = min(columns, math.ceil(360 / pixel) - 1)
    west, east = float(start), start + length / 10
    expected = columns_at(first, sign * pixel, columns, west, east)
    whole = Fraction(columns) * Fraction(pixel)
    with opened(first, sign * pixel, columns) as raster:
        area = Area((west, 25.0, east, 45.0))
        if not expected:
            with pytest.raises(OutsideRaster, match="lies outside"):
                plan_area(raster, area)
            return
        turns = {turn for _, turn in expected}
        if len(turns) > 1:
            with pytest.raises(InputError, match="reaches over both ends") as caught:
                plan_area(raster, area)
            assert "Ask for each side: (" in str(caught.value)
            return
        plan = plan_area(raster, area)
        found, everything = plan.read(), raster.read()
    if sign < 0:
        expected.reverse()
    numbers = [number for number, _ in expected]
    assert np.array_equal(found, everything[:, 1:4][:, :, numbers])
    transform = plan.transform
    assert transform[2] == pytest.approx(first + sign * pixel * numbers[0] + 360 * turns.pop())
    low = min(first, first + sign * float(whole)) + 360 * expected[0][1]
    inside = min(east, low + float(whole)) - max(west, low)
    outside = 1 - inside / (east - west) if east > west else 0
    assert plan.outside_fraction == pytest.approx(outside, abs=0.02 * pixel / max(length, 1))
    assert len(plan.warnings) == (plan.outside_fraction > 0)


def test_each_side_is_what_the_sentence_says():
    """Its two bboxes are those that can be asked for, and together they are the one."""
    with opened(0.0, 7.0, 51) as raster:
        with pytest.raises(InputError) as caught:
            plan_area(raster, Area((-20, 0, 15, 60)))
        assert "a gap of 3 lies between them" in str(caught.value)
        assert str(caught.value).endswith("each side: (-20, 0, -3, 60) and (0, 0, 15, 60).")
        left = plan_area(raster, Area((-20, 0, -3, 60)))
        right = plan_area(raster, Area((0, 0, 15, 60)))
    assert left.window[:3:2] == (48, 3) and right.window[:3:2] == (0, 3)
    assert not left.warnings and not right.warnings


def test_pixels_that_lead_more_than_around_but_do_not_divide_it():
    with opened(0.0, 7.0, 52) as raster:
        with pytest.raises(InputError, match="do not go on with those at the other"):
            plan_area(raster, Area((-10, 0, 10, 60)))
        assert plan_area(raster, Area((-10, 0, 3, 60))).window[:3:2] == (
            50,
            2,
        )  # one end has it all


def test_a_raster_with_a_column_twice():
    """From -182.5 to 182.5: the last column is the first once more."""
    with opened(-182.5, 5.0, 73) as raster:
        assert plan_area(raster, Area((-181, 0, -170, 60))).window[:3:2] == (0, 3)
        assert plan_area(raster, Area((170, 0, 182, 60))).window[:3:2] == (70, 3)
        over = plan_area(raster, Area((170, 0, 190, 60)))
        assert [part.window[:3:2] for part in over.parts] == [(70, 2), (0, 3)]
        assert plan_area(raster, Area((-180, 0, 180, 60))).window[:3:2] == (0, 73)


@pytest.mark.parametrize("level", range(5))
def test_coarser_levels(level):
    """As long as a full turn has a whole number of their pixels."""
    with opened(0.0, 0.5, 720, rows=4) as raster:
        everything = raster.read(level=level)
        if 720 % 2**level:
            with pytest.raises(InputError, match=f"level {level} has no whole number of pixels"):
                plan_area(raster, Area((-33, 0, 33, 60)), level=level)
            return
        plan = plan_area(raster, Area((-33, 0, 33, 60)), level=level)
        found = plan.read()
    size = 0.5 * 2**level
    left, right = math.floor(-33 / size), math.ceil(33 / size)
    columns = [column % everything.shape[2] for column in range(left, right)]
    assert np.array_equal(found, everything[:, :, columns])
    assert plan.transform[:3] == (size, 0, left * size)


def test_a_level_that_does_not_divide_a_turn_has_each_side():
    with opened(0.0, 5.0, 72) as raster:
        assert raster.levels[3].width == 9
        with opened(0.0, 10.0, 36) as other:
            assert [level.width for level in other.levels] == [36, 18, 9]
            assert len(plan_area(other, Area((-30, 0, 30, 60)), level=2).parts) == 2
        with opened(0.0, 40.0, 9) as other:
            left = plan_area(other, Area((-30, 0, 0, 60)))
            assert left.window[:3:2] == (8, 1)


@pytest.mark.parametrize("interleave", ["pixel", "band"])
@pytest.mark.parametrize("bands", [None, [3, 1]])
@pytest.mark.parametrize("with_mask", [False, True])
def test_extract_writes_one_raster(tmp_path, interleave, bands, with_mask):
    """Over the seam, with a transform that counts on, beside numpy."""
    rasterio = pytest.importorskip("rasterio")
    array = noise(3, 40, 144)
    mask = noise(1, 40, 144, "uint8", seed=1)[0] > 99 if with_mask else None
    path = write_flac(
        tmp_path / "x.flac",
        array,
        mask=mask,
        interleave=interleave,
        crs="EPSG:4326",
        transform=(2.5, 0.0, 0.0, 0.0, -2.5, 50.0),
    )
    area = Area((-41, -20, 77, 33))
    result = extract(path, tmp_path / "out.tif", area, bands=bands)
    assert result.warnings == () and result.plan == query(path, area, bands=bands)
    columns, rows = [column % 144 for column in range(-17, 31)], slice(6, 28)
    chosen = [0, 1, 2] if bands is None else [band - 1 for band in bands]
    with rasterio.open(tmp_path / "out.tif") as made:
        assert made.transform[:6] == (2.5, 0, -42.5, 0, -2.5, 35.0)
        assert np.array_equal(made.read(), array[chosen][:, rows][:, :, columns])
        if with_mask:
            assert np.array_equal(made.read_masks(1) == 255, mask[rows][:, columns])
    found = result.plan
    assert found.window == (127, 6, 48, 22) and found.bounds == (-42.5, -20, 77.5, 35)
    assert found.windows == ((127, 6, 17, 22), (0, 6, 31, 22))
    with FlacRaster.open(path) as raster:
        keys = [key for window in found.windows for key in raster.plan(window, 0, bands).keys]
    assert [tile.key for tile in found.tiles] == sorted(set(keys))
    assert (
        sum(size for _, size in found.ranges)
        == found.tile_bytes
        == sum(t.size for t in found.tiles)
    )


def test_a_tile_of_both_sides_is_fetched_once(tmp_path):
    path = write_flac(
        tmp_path / "x.flac",
        noise(1, 16, 36),
        tile_size=48,
        crs="EPSG:4326",
        transform=(10.0, 0.0, 0.0, 0.0, -10.0, 80.0),
    )
    found = query(path, Area((-15, 0, 15, 60)))
    assert len(found.tiles) == len(found.ranges) == 1 and len(found.windows) == 2


@settings(max_examples=40, deadline=None)
@given(st.integers(-180, 180), st.integers(1, 360), st.integers(0, 2))
def test_whole_tiles_over_the_seam(tmp_path, west, length, level):
    """All pixels of the tiles that are touched, and where that is every column, all once."""
    path = tmp_path / "x.flac"
    if not path.exists():
        transform = (1.25, 0.0, 0.0, 0.0, -1.25, 50.0)
        write_flac(path, noise(1, 40, 288), crs="EPSG:4326", transform=transform)
    area = Area((west, 10, west + length, 20))
    with FlacRaster.open(path) as raster:
        exact = plan_area(raster, area, level=level)
        wide = exact.with_whole_tiles()
        keys = [
            {key for part in found.parts for key in raster.levels[level].keys_in(part.window)}
            for found in (exact, wide)
        ]
        assert keys[0] == keys[1]
        tiles = sum(math.prod(raster.grid.tile_window(key)[2:]) for key in keys[0])
        assert tiles == wide.window.width * wide.window.height
        everything, found = raster.read(level=level), wide.read()
        transform = wide.transform
    start = round((transform[2] - 0.0) / transform[0])
    columns = [(start + n) % everything.shape[2] for n in range(wide.window.width)]
    rows, _ = wide.window.slices
    assert np.array_equal(found, everything[:, rows][:, :, columns])


def test_ground_control_points_do_not_go_on_over_the_seam(tmp_path):
    from flac_raster_qgis.engine.model.metadata import GroundControlPoint

    points = (GroundControlPoint(1, 2, 3, 4), GroundControlPoint(5, 30, 3, 4))
    path = write_flac(
        tmp_path / "x.flac",
        noise(1, 16, 36),
        crs="EPSG:4326",
        transform=(10.0, 0.0, 0.0, 0.0, -10.0, 80.0),
        gcps=points,
        gcps_crs="EPSG:4326",
    )
    pytest.importorskip("rasterio")
    result = extract(path, tmp_path / "out.tif", Area((-15, 0, 15, 60)))
    assert any("without the raster's ground control points" in text for text in result.warnings)


# ---------------------------------------------------------------- what is said


@pytest.mark.parametrize(
    "bbox, text",
    [
        ((350, 0, 390, 60), None),
        ((-10, -10, 10, 10), "25.0 % of the bbox (-10, -10, 10, 10) lies outside"),
        ((-10, -5.055, 10, 60), "Less than 0.1 % of the bbox"),
        ((-10, -5.01, 10, 60), None),
        ((-10, -1e9, 10, 60), "More than 99.9 % of the bbox"),
    ],
)
def test_a_bbox_partly_outside(bbox, text):
    with open_memory(13, 36, (10.0, 0.0, 0.0, 0.0, -5.0, 60.0), "EPSG:4326") as raster:
        plan = plan_area(raster, Area(bbox))
    if text is None:
        assert plan.warnings == ()
    else:
        (sentence,) = plan.warnings
        assert sentence.startswith(text) and "whose bounds are (0, -5, 360, 60)" in sentence


def test_only_longitudes_lead_around():
    """A raster of metres whose numbers look like degrees."""
    with opened(0.0, 10.0, 36, crs="EPSG:32633") as raster:
        plan = plan_area(raster, Area((-10, 0, 10, 60)))
        assert plan.window == (0, 0, 1, 6) and plan.outside_fraction == 0.5
        with pytest.raises(OutsideRaster):
            plan_area(raster, Area((-20, 0, -10, 60)))
    with opened(0.0, 10.0, 36, crs=None) as raster:
        assert len(plan_area(raster, Area((-10, 0, 10, 60))).parts) == 1


def test_metres_by_mistake_are_not_longitudes():
    with opened(0.0, 10.0, 36) as raster:
        with pytest.raises(OutsideRaster):
            plan_area(raster, Area((500_000, 0, 500_010, 60)))


def test_rotated_rasters_are_found_full_turns_away():
    with open_memory(20, 20, (1.0, 0.5, 200.0, 0.5, -1.0, 20.0), "EPSG:4326") as raster:
        here = plan_area(raster, Area((205, 10, 210, 15)))
        away = plan_area(raster, Area((-155, 10, -150, 15)))
    assert here.window == away.window and away.parts[0].shift == -360
    assert away.transform[2] == pytest.approx(here.transform[2] - 360)


def test_gon_have_400():
    pytest.importorskip("rasterio")
    assert full_turn("EPSG:4807") == 400 and full_turn("EPSG:4258") == 360
    assert full_turn("EPSG:4979") == 360
    assert full_turn("EPSG:32633") is None and full_turn(None) is None
    with open_memory(6, 40, (10.0, 0.0, 0.0, 0.0, -10.0, 60.0), "EPSG:4807") as raster:
        assert len(plan_area(raster, Area((-10, 0, 10, 60))).parts) == 2


def test_without_rasterio_degrees_of_wgs_84_are_known(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "flac_raster_qgis.engine.rasterio_io.crs", None)
    assert full_turn("EPSG:4326") == 360 and full_turn("EPSG:4258") is None
    with opened(0.0, 10.0, 36, crs="EPSG:4258") as raster:
        assert plan_area(raster, Area((-10, 0, 10, 60), full_turn=360)).window[:3:2] == (35, 2)
        assert plan_area(raster, Area((-10, 0, 10, 60))).outside_fraction == 0.5


# ---------------------------------------------------------------- bboxes of another CRS


@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from([0.0, -180.0, -180.5, 170.0]),
    st.sampled_from(["EPSG:32660", "EPSG:32601", "EPSG:3832"]),
    st.floats(-30, 30),
    st.floats(0.5, 30),
)
def test_over_the_180th_meridian(first, crs, middle, width):
    """UTM on both sides of it, and a Mercator of the Pacific."""
    rasterio = pytest.importorskip("rasterio")
    from rasterio.warp import transform

    centre = {"EPSG:32660": 177, "EPSG:32601": -177, "EPSG:3832": 150}[crs]
    if crs != "EPSG:3832":
        middle, width = middle / 10, min(width, 5)
    west, east = centre + middle - width / 2, centre + middle + width / 2
    (left, right), (low, high) = transform("EPSG:4326", crs, [west, east], [24.1, 31.9])
    box = (min(left, right), min(low, high), max(left, right), max(low, high))
    if box[2] - box[0] > 2e7:
        return
    with opened(first, 1.0, 360, rows=20) as raster:
        raster.metadata = replace(raster.metadata, transform=(1.0, 0.0, first, 0.0, -1.0, 40.0))
        plan = plan_area(raster, Area(box, crs))
        assert plan.window.width < 45 and not plan.warnings
        made = plan.transform
        found, everything = plan.read(), raster.read()
    # every point of the bbox lies in a pixel of the area, and that is the pixel of the raster there
    xs, ys = (np.linspace(box[n], box[n + 2], 9).repeat(9) for n in (0, 1))
    ys = ys.reshape(9, 9).T.ravel()
    for x, y in zip(*rasterio.warp.transform(crs, "EPSG:4326", xs.tolist(), ys.tolist())):
        if min(abs(x - round(x)), abs(2 * x - round(2 * x)), abs(y - round(y))) < 1e-4:
            continue  # on an edge, as good as
        row = math.floor(40 - y)
        column = math.floor((x - first) % 360)
        inside = math.floor((x - made[2]) % 360)
        top = round(40 - made[5])
        assert found[0, row - top, inside] == everything[0, row, column]


def test_a_pole_inside_is_all_longitudes():
    pytest.importorskip("rasterio")
    with open_memory(90, 360, (1.0, 0.0, 0.0, 0.0, -1.0, 90.0), "EPSG:4326") as raster:
        window = plan_area(raster, Area((-1e6, -1e6, 1e6, 1e6), "EPSG:3413")).window
    assert window[1:3] == (0, 360) and 12 <= window.height <= 14


def test_what_lies_outside_is_of_the_bbox_not_of_the_rectangle_around_it():
    """On a raster that is rotated against its CRS, which is rotated against that of the bbox."""
    pytest.importorskip("rasterio")
    from rasterio.warp import transform

    (x,), (y,) = transform("EPSG:32633", "EPSG:3413", [500_000], [5_000_000])
    turned = 1000 * math.sqrt(0.5)
    across = (turned, -turned, 500_000.0, turned, turned, 5_000_000.0 - 100 * turned)

    def outside(half):
        box = (x - half, y - half, x + half, y + half)
        with open_memory(100, 100, across) as raster:
            return plan_area(raster, Area(box, "EPSG:3413"))

    assert outside(30_000).warnings == ()
    assert 0.3 < outside(100_000).outside_fraction < 0.9


@given(st.floats(-1000, 1000), st.floats(0, 300), st.floats(-80, 80))
def test_rings_count_on(west, width, south):
    """However each of their longitudes is written."""
    xs = np.concatenate([np.linspace(0, width, 50), np.linspace(width, 0, 50)]) + west
    ys = [south] * 50 + [south + 5] * 50
    wrapped = (xs + 180) % 360 - 180
    bounds, ring = around_ring(list(zip(wrapped.tolist(), ys)), 360.0)
    assert bounds[2] - bounds[0] == pytest.approx(width, abs=1e-6)
    assert (
        -180.001 <= bounds[0] < 180
        and (bounds[0] - west) % 360 == pytest.approx(0, abs=1e-6)
        or (bounds[0] - west) % 360 == pytest.approx(360, abs=1e-6)
    )
    assert len(ring) == 100


def test_the_oracle_knows_the_columns_beside_0():
    assert columns_at(0.0, 10.0, 36, -10, 5) == [(35, -1), (0, 0)]
    assert columns_at(0.0, -10.0, 36, -10, 5) == [(0, 0), (35, 1)]
