"""Values at points, judged by numpy on the pixels that were written."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from datetime import datetime

import numpy as np
import pytest
import rasterio.warp
from flac_raster_qgis.engine import (
    ArrayRaster,
    Band,
    Cancelled,
    CorruptTile,
    FlacRaster,
    InputError,
    Job,
    OutsideRaster,
    WriteOptions,
    plan_sample,
    sample,
    write_raster,
)
from flac_raster_qgis.engine.model.band_times import with_times
from flac_raster_qgis.engine.model.grid import Level, TileKey
from flac_raster_qgis.engine.model.overlap import pixels_at, window_from_bounds
from flac_raster_qgis.engine.model.times import Time
from flac_raster_qgis.engine.model.transform import pixel_to_map
from flac_raster_qgis.engine.operations.longitudes import LongitudeGrid, windows_of_bbox
from flac_raster_qgis.engine.operations.points import pixels_of_points
from flac_raster_qgis.engine.operations.sample import iter_samples
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from kits.area import TRANSFORMS
from kits.rasters import array_raster, write_flac
from kits.remote import noise

UTM = (10.0, 0.0, 400_000.0, 0.0, -10.0, 5_000_000.0)
MONTHS = [Time(datetime(2020, n, 1), datetime(2020, n + 1, 1)) for n in range(1, 7)]


def centers(transform, columns, rows):
    return np.stack(pixel_to_map(transform, np.add(columns, 0.5), np.add(rows, 0.5)), axis=1)


def write_dated(path, array, times=MONTHS, labels=(), **options):
    """Write bands with times, in tiles of 16 pixels."""
    described = {name: options.pop(name) for name in ("crs", "transform") if name in options}
    raster = array_raster(array, **described)
    metadata = with_times(raster.metadata, times, labels)
    write_raster(ArrayRaster(metadata, array), path, WriteOptions(tile_size=16, **options))
    return path


@pytest.mark.parametrize("interleave", ["auto", "band", "pixel"])
def test_many_points(tmp_path, interleave):
    array = noise(50, 70, 6, "int32")
    path = write_flac(
        *(tmp_path / "a.flac", array), crs="EPSG:32632", transform=UTM, interleave=interleave
    )
    columns, rows = np.random.default_rng(0).integers(0, (70, 50), (300, 2)).T
    found = sample(path, centers(UTM, columns, rows))
    np.testing.assert_array_equal(found.values.data, array[:, rows, columns].T)
    assert found.values.dtype == np.int32 and not found.values.mask.any()
    assert found.plan.pixels.columns.tolist() == columns.tolist()
    some = sample(path, centers(UTM, columns, rows), bands=[5, 2])
    np.testing.assert_array_equal(some.values.data, array[[4, 1]][:, rows, columns].T)


def test_every_tile_is_decoded_once(tmp_path):
    path = write_flac(tmp_path / "a.flac", noise(64, 64, 4), crs="EPSG:32632", transform=UTM)
    points = centers(UTM, [1, 20, 3, 2, 21], [1, 1, 2, 60, 2])
    with FlacRaster.open(path) as raster:
        pieces = list(iter_samples(raster, plan_sample(raster, points)))
    assert [piece.points.tolist() for piece in pieces] == [[0, 2], [1, 4], [3]]


def test_a_place_is_one_request(tmp_path, nginx):
    array = noise(64, 64, 300, "uint16")
    write_flac(nginx.folder / "cube.flac", array, crs="EPSG:32632", transform=UTM)
    with FlacRaster.open(nginx.url("cube.flac")) as raster:
        plan = plan_sample(raster, [centers(UTM, [40], [20])[0]])
        assert len(plan.requests) == 1 and len(plan.tiles) == 75
        nginx.forget()
        (piece, *rest) = iter_samples(raster, plan)
        assert len(nginx.requests()) == 1
        assert raster.source.downloaded == plan.downloaded_bytes + plan.request_bytes
        assert len(rest) == 74
        again = plan_sample(raster, plan.points)
        assert again.requests == ()
    found = sample(nginx.url("cube.flac"), plan.points)
    np.testing.assert_array_equal(found.values.data[0], array[:, 20, 40])


@pytest.mark.parametrize("dtype", ["float32", "float64", "int8", "uint64", "complex64"])
def test_values_are_exact(tmp_path, dtype):
    array = noise(20, 30, 2, "uint16").astype(dtype)
    array[:, 3, 4] = 1 / 3 if np.dtype(dtype).kind in "fc" else 101
    path = write_flac(tmp_path / "a.flac", array)
    found = sample(path, [(4.5, 3.5), (9, 7)])
    assert found.values.dtype == array.dtype
    np.testing.assert_array_equal(found.values.data, array[:, [3, 7], [4, 9]].T)
    for index, pixels in enumerate(array[:, [3, 7], [4, 9]].T):
        back = np.array(
            [complex(v) if isinstance(v, str) else v for v in found.plain_values(index)]
        )
        assert back.astype(dtype).tobytes() == pixels.tobytes()


def test_nan_nodata_and_mask_are_no_values(tmp_path):
    array = np.arange(2 * 20 * 20, dtype="float32").reshape(2, 20, 20)
    array[0, 1, 1], array[1, 2, 2] = np.nan, -1
    mask = np.ones((20, 20), bool)
    mask[3, 3] = False
    path = write_flac(tmp_path / "a.flac", array, mask=mask, nodata=-1.0)
    found = sample(path, [(n + 0.5, n + 0.5) for n in range(5)])
    assert found.values.mask.tolist() == [
        *([False, False], [True, False], [False, True], [True, True], [False, False])
    ]
    assert found.plain_values(1) == [None, 421.0]
    assert found.plain_values(3) == [None, None]


def test_tiles_of_nodata_take_no_bytes(tmp_path):
    array = np.full((3, 40, 40), -5, "int16")
    array[:, :16, :16] = 7
    path = write_flac(tmp_path / "a.flac", array, nodata=-5)
    found = sample(path, [(20, 20), (30, 5)])
    assert found.plan.tile_bytes == 0 and found.values.mask.all()


def test_infinity_in_json(tmp_path):
    array = np.full((1, 20, 20), -np.inf, "float32")
    found = sample(write_flac(tmp_path / "a.flac", array), [(1, 1)])
    assert json.loads("".join(found.to_json()))["points"][0]["values"] == ["-inf"]


def test_scale_and_offset(tmp_path):
    array = noise(20, 20, 2, "int16")
    bands = (Band(scale=0.1, offset=-273.15, unit="C"), Band())
    path = write_flac(tmp_path / "a.flac", array, bands=bands)
    raw, scaled = (sample(path, [(3, 4)], scaled=each) for each in (False, True))
    assert raw.values.tolist() == [array[:, 4, 3].tolist()]
    assert scaled.values.tolist() == [[array[0, 4, 3] * 0.1 - 273.15, array[1, 4, 3]]]
    assert [band.unit for band in scaled.bands] == ["C", None]


# ---------------------------------------------------------------- times


def test_a_history_is_in_order_of_time(tmp_path):
    array = noise(20, 20, 6)
    path = write_dated(tmp_path / "a.flac", array, MONTHS[::-1])
    found = sample(path, [(3, 4)])
    assert [str(band.time) for band in found.bands] == [f"2020-0{n}" for n in range(1, 7)]
    assert found.values[0].tolist() == array[::-1, 4, 3].tolist()
    some = sample(path, [(3, 4)], time="2020-02..2020-03")
    assert [band.number for band in some.bands] == [5, 4]
    assert some.values[0].tolist() == array[[4, 3], 4, 3].tolist()
    with pytest.raises(InputError, match="2021"):
        sample(path, [(3, 4)], time="2021")
    with pytest.raises(InputError, match="both given"):
        sample(path, [(3, 4)], time="2020", bands=[1])


def test_bands_of_a_date_are_told_apart(tmp_path):
    times = [time for time in MONTHS[:3] for _ in range(2)]
    array = noise(20, 20, 6)
    named = sample(write_dated(tmp_path / "a.flac", array, times, ["red", "nir"] * 3), [(1, 1)])
    assert [band.label for band in named.bands] == ["red", "nir"] * 3
    numbered = sample(write_dated(tmp_path / "b.flac", array, times), [(1, 1)])
    assert [band.label for band in numbered.bands] == ["1", "2"] * 3


def test_json(tmp_path):
    array = noise(20, 20, 6)
    path = write_dated(tmp_path / "a.flac", array)
    document = json.loads("".join(sample(path, [(3, 4), (99, 4)]).to_json()))
    assert document["bands"][1]["start"] == "2020-02-01T00:00:00Z"
    assert document["bands"][1]["time"] == "2020-02"
    inside, outside = document["points"]
    expected = {"x": 3.0, "y": 4.0, "column": 3, "row": 4, "values": array[:, 4, 3].tolist()}
    assert inside == expected
    assert outside["values"] == [None] * 6 and outside["column"] is None
    assert document["points_outside"] == 1 and len(document["warnings"]) == 1


def test_without_times_bands_have_their_descriptions(tmp_path):
    bands = (Band(description="red"), Band())
    found = sample(write_flac(tmp_path / "a.flac", noise(20, 20, 2), bands=bands), [(1, 1)])
    assert [(band.time, band.label) for band in found.bands] == [(None, "red"), (None, "")]


# ---------------------------------------------------------------- places


@settings(max_examples=300, deadline=None)
@given(TRANSFORMS, st.data())
def test_points_are_bboxes_without_size(transform, data):
    """On edges and outside, in rotated rasters too."""
    level = Level(0, 9, 7, 16)
    eighth = st.sampled_from([0, 1e-9, 0.125, 0.5, 0.875, 1 - 1e-9])
    column = data.draw(st.integers(-2, 10)) + data.draw(eighth)
    row = data.draw(st.integers(-2, 8)) + data.draw(eighth)
    x, y = pixel_to_map(transform, column, row)
    columns, rows, inside = pixels_at(transform, np.array([x]), np.array([y]), level)
    window = window_from_bounds(transform, (x, y, x, y), level)
    assert inside.item() == bool(window.width and window.height)
    if inside.item():
        assert (columns.item(), rows.item()) == window[:2]


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from([5.0, 10.0, 22.5, 30.0, 7.0, 100.0]),
    st.sampled_from([0.0, -180.0, 0.5, -180.5, 170.0, -400.0]),
    st.sampled_from([1, -1]),
    st.integers(1, 80),
    st.integers(-7000, 7000),
)
def test_longitudes_lead_to_what_a_bbox_finds(pixel, first, sign, columns, tenths):
    x, level = tenths / 10 + 0.03, Level(0, columns, 3, 16)
    assume(abs(first + sign * pixel * columns) <= 800)
    transform = (sign * pixel, 0.0, first, 0.0, -10.0, 30.0)
    grid = LongitudeGrid("a", transform, level, 360.0)
    found = windows_of_bbox(grid, (x, 15.0, x, 15.0), level)
    metadata = replace(array_raster(np.zeros((1, 3, columns), "uint8")).metadata, crs="EPSG:4326")
    metadata = replace(metadata, transform=transform, has_transform=True)
    raster = type("Raster", (), {"metadata": metadata, "levels": (level,), "name": "a"})
    if not found:
        with pytest.raises(OutsideRaster):
            pixels_of_points(raster, np.array([[x, 15.0]]), None)
        return
    pixels, _ = pixels_of_points(raster, np.array([[x, 15.0]]), None)
    assert (pixels.columns.item(), pixels.rows.item()) == (found[0].window.col_off, 1)


def test_the_seam_of_a_global_raster_itself(tmp_path):
    array = noise(4, 8, 1)
    path = write_flac(
        *(tmp_path / "a.flac", array), crs="EPSG:4326", transform=(45, 0, -180, 0, -45, 90)
    )
    points = [(180, 10), (-180, 10), (540, 10), (179.9, 10), (-181, 10)]
    assert sample(path, points).values[:, 0].tolist() == array[0, 1, [0, 0, 0, 7, 7]].tolist()


def test_points_in_another_crs(tmp_path):
    array = noise(40, 40, 2)
    path = write_flac(tmp_path / "a.flac", array, crs="EPSG:32632", transform=UTM)
    (longitude,), (latitude,) = rasterio.warp.transform(
        "EPSG:32632", "EPSG:4326", *zip(*centers(UTM, [20], [15]))
    )
    found = sample(path, [(longitude, latitude), (0, 95), (200, 46)], "EPSG:4326")
    assert found.plan.pixels.inside.tolist() == [True, False, False]
    assert found.values[0].tolist() == array[:, 15, 20].tolist()
    assert "2 of 3 points lie outside" in found.warnings[0]


@pytest.mark.parametrize(
    ("points", "options", "text"),
    [
        ([], {}, "expected pairs of numbers"),
        ("1,2", {}, "expected pairs of numbers"),
        ([(1, 2, 3)], {}, "expected pairs of numbers"),
        ([(math.nan, 3), (math.inf, 3)], {}, "All 2 points"),
        ([(1e308, 3)], {}, "lies outside"),
        ([(50, 3), (1, 90)], {}, "All 2 points, such as (50, 3), lie outside"),
        ([(1, 2)], {"crs": "EPSG:4326"}, "has no CRS"),
        ([(1, 2)], {"crs": 4326}, "expected a text such as EPSG:4326"),
        ([(1, 2)], {"bands": [0]}, "bands 1 to 2"),
        ([(1, 2)], {"bands": []}, "bands 1 to 2"),
        ([(1, 2)], {"bands": 1}, "list of numbers"),
        ([(1, 2)], {"time": "2020"}, "has no times for its bands"),
    ],
)
def test_wrong_input(tmp_path, points, options, text):
    path = write_flac(tmp_path / "a.flac", noise(20, 20, 2))
    with pytest.raises(InputError) as raised:
        sample(path, points, **options)
    assert text in str(raised.value)


def test_metres_by_mistake_are_not_longitudes(tmp_path):
    path = write_flac(
        *(tmp_path / "a.flac", noise(4, 8)), crs="EPSG:4326", transform=(45, 0, -180, 0, -45, 90)
    )
    with pytest.raises(OutsideRaster, match="x before y"):
        sample(path, [(360 * 1000.0, 40)])


def test_unknown_crs(tmp_path):
    path = write_flac(tmp_path / "a.flac", noise(20, 20, 2), crs="EPSG:4326")
    with pytest.raises(InputError, match="not a CRS known to PROJ"):
        sample(path, [(1, 2)], "EPSG:999999")


# ---------------------------------------------------------------- jobs and damage


def test_progress_and_cancellation(tmp_path):
    path = write_flac(tmp_path / "a.flac", noise(64, 64, 40), crs="EPSG:4326")
    told = []
    found = sample(path, [(3, 4)], job=Job(lambda done, total: told.append((done, total))))
    assert told[-1] == (found.plan.tile_bytes, found.plan.tile_bytes)
    with pytest.raises(Cancelled):
        sample(path, [(3, 4)], job=Job(is_cancelled=lambda: True))


def test_a_damaged_tile_is_an_error_only_where_it_is_needed(tmp_path):
    path = write_flac(tmp_path / "a.flac", noise(32, 32, 2))
    with FlacRaster.open(path) as raster:
        offset, size = raster.head.index.byte_range(TileKey(0, 0, 0))
    data = bytearray(path.read_bytes())
    data[offset + size // 2] ^= 255
    path.write_bytes(data)
    with pytest.raises(CorruptTile):
        sample(path, [(3, 4)])
    assert sample(path, [(20, 4)]).values.shape == (1, 2)
