"""The overview of a collection: what views of many members show, and from how many files."""

import shutil

import numpy as np
import pytest
from flac_raster_qgis.engine import FlacRaster, index
from flac_raster_qgis.engine.collection.catalog import OVERVIEW_NUMBER
from flac_raster_qgis.engine.collection.placement import View
from flac_raster_qgis.engine.collection.reading import Frame, read_view
from flac_raster_qgis.engine.model.times import TimeRange
from flac_raster_qgis.engine.rasterio_io.crs import point_transform
from kits.collections import NORTH, PIXEL, opened
from kits.rasters import write_flac

SIDE, SIZE = 5, 128


@pytest.fixture(scope="module")
def scenes(tmp_path_factory):
    tmp_path = tmp_path_factory.mktemp("scenes")
    for n in range(SIDE * SIDE):
        row, column = divmod(n, SIDE)
        x, y = 600_000 + column * SIZE * PIXEL, NORTH - row * SIZE * PIXEL
        write_flac(
            tmp_path / "in" / f"{n:02}_2020-{n % 12 + 1:02}.flac",
            np.full((2, SIZE, SIZE), n + 1, "uint16"),
            32,
            crs="EPSG:32632",
            transform=(PIXEL, 0, x, 0, -PIXEL, y),
            nodata=0,
            effort="fast",
        )
    return tmp_path / "in"


@pytest.fixture
def folder(scenes, tmp_path):
    """25 scenes side by side, each of one value: its number plus one."""
    shutil.copytree(scenes, tmp_path / "in")
    return tmp_path


def whole(members, size=20):
    return View(members.collection.extent, size, size)


def values_of(members, view, time=None):
    frame = Frame.for_view(members, view, time)
    return read_view(members, frame, view, [1, 2], point_transform)


def test_a_view_of_all_reads_one_file(folder):
    index([folder / "in"], folder / "c.json.gz")
    assert (folder / "c.overview.flac").stat().st_size > 0
    members = opened(folder / "c.json.gz")
    values, valid = values_of(members, whole(members))
    assert list(members._opened) == [OVERVIEW_NUMBER]
    assert valid.all()
    blocks = (
        values.reshape(2, SIDE, 4, SIDE, 4).transpose(0, 1, 3, 2, 4).reshape(2, SIDE * SIDE, 16)
    )
    assert (blocks == np.arange(1, 26)[None, :, None]).all()


def test_near_views_and_times_read_members(folder):
    index([folder / "in"], folder / "c.json.gz")
    members = opened(folder / "c.json.gz")
    west, _, _, north = members.collection.extent
    near = View((west, north - 1000, west + 1000, north), 100, 100)
    assert Frame.for_view(members, near).numbers.tolist() != [OVERVIEW_NUMBER]
    time = TimeRange.parse("2020-03")
    values, valid = values_of(members, whole(members), time)
    assert set(np.unique(values[valid])) == {3, 15}
    assert OVERVIEW_NUMBER not in members._opened


def test_what_cannot_be_read_is_left_out_and_reported(folder):
    broken = folder / "in" / "07_2020-08.flac"
    data = bytearray(broken.read_bytes())
    start = FlacRaster.open(broken).head.index.frames_start
    data[start : start + 40] = bytes(40)
    broken.write_bytes(data)
    result = index([folder / "in"], folder / "c.json.gz")
    assert [each.name.endswith(broken.name) for each in result.broken] == [True]
    members = opened(folder / "c.json.gz")
    values, valid = values_of(members, whole(members))
    assert 8 not in values
    assert not valid[:, 5, 9].any()


def test_without_it_members_are_drawn(folder):
    index([folder / "in"], folder / "c.json.gz")
    (folder / "c.overview.flac").write_text("no raster")
    told = []
    members = opened(folder / "c.json.gz", on_failure=lambda *failure: told.append(failure))
    view = whole(members)
    values_of(members, view)
    values, valid = values_of(members, view)
    assert valid.all()
    assert [number for number, _ in told] == [OVERVIEW_NUMBER]


def test_it_is_no_member_of_the_next_collection(folder):
    for _ in range(2):
        result = index([folder], folder / "c.json", overwrite=True)
        assert result.members == SIDE * SIDE


def test_when_it_is_made(folder):
    target = folder / "c.json"
    index([folder / "in"], target, overview=False)
    assert not (folder / "c.overview.flac").exists()
    assert opened(target).collection.overview is None
    index([folder / "in"], target, update=True)
    made = (folder / "c.overview.flac").stat().st_mtime_ns
    index([folder / "in"], target, update=True)
    assert (folder / "c.overview.flac").stat().st_mtime_ns == made, "nothing has changed"
    assert opened(target).collection.overview is not None
    (folder / "in" / "03_2020-04.flac").unlink()
    index([folder / "in"], target, update=True, prune=True)
    assert (folder / "c.overview.flac").stat().st_mtime_ns != made
    index([folder / "in" / "03*.flac", folder / "in" / "04_2020-05.flac"][1:], folder / "few.json")
    assert not (folder / "few.overview.flac").exists()
