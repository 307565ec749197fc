"""Views of collections against mosaics that numpy makes of the same pixels."""

import threading

import numpy as np
import pytest
from flac_raster_qgis.engine import Band, FlacRaster, index
from flac_raster_qgis.engine.collection.catalog import Collection
from flac_raster_qgis.engine.collection.document import read_document
from flac_raster_qgis.engine.collection.members import Members
from flac_raster_qgis.engine.collection.placement import View
from flac_raster_qgis.engine.collection.reading import Frame, read_view
from flac_raster_qgis.engine.errors import Cancelled, CorruptFile, FlacRasterError
from flac_raster_qgis.engine.job import Job
from flac_raster_qgis.engine.model.times import TimeRange
from flac_raster_qgis.engine.rasterio_io.crs import point_transform
from flac_raster_qgis.engine.storage.open import open_url
from kits.collections import NORTH, PIXEL, SIZE, opened, scene
from kits.rasters import write_flac
from kits.remote import part, servers


def view_of(west, north, width, height, pixel=PIXEL):
    return View((west, north - height * pixel, west + width * pixel, north), width, height)


def read(members, view, bands=(1, 2), time=None, **options):
    frame = Frame.of(members.collection, time)
    return read_view(members, frame, view, bands, point_transform, **options)


@pytest.fixture
def strip(tmp_path):
    """Three scenes of three months that overlap by half, and the pixels of each."""
    arrays = [
        scene(tmp_path / f"s_2020-0{n + 1}.flac", 600_000 + n * SIZE // 2 * PIXEL, seed=n)
        for n in range(3)
    ]
    index([tmp_path], tmp_path / "c.json.gz")
    return opened(tmp_path / "c.json.gz"), arrays


def mosaic(arrays, order):
    """Return what lies on top of each other, pixels and what is valid."""
    values = np.zeros((2, SIZE, 2 * SIZE), "uint16")
    for number in reversed(order):
        part = np.s_[:, :, number * SIZE // 2 : number * SIZE // 2 + SIZE]
        values[part] = np.where(arrays[number] == 0, values[part], arrays[number])
    return values, values != 0


def test_the_newest_lies_on_top_and_holes_show_what_is_below(strip):
    members, arrays = strip
    values, valid = read(members, view_of(600_000, NORTH, 2 * SIZE, SIZE))
    right, is_valid = mosaic(arrays, [2, 1, 0])
    assert (valid == is_valid).all()
    assert (values == right).all()
    assert not valid.all()


def test_a_range_of_time(strip):
    members, arrays = strip
    view = view_of(600_000, NORTH, 2 * SIZE, SIZE)
    values, _ = read(members, view, time=TimeRange.parse("2020-01..2020-02"))
    assert (values == mosaic(arrays, [1, 0])[0]).all()
    values, valid = read(members, view, time=TimeRange.parse("2021"))
    assert not valid.any()
    assert not values.any()


def test_bands_and_parts(strip):
    members, arrays = strip
    right, _ = mosaic(arrays, [2, 1, 0])
    values, _ = read(members, view_of(600_000 + 100, NORTH - 50, 40, 30), [2])
    assert (values == right[1:, 5:35, 10:50]).all()
    values, valid = read(members, view_of(599_900, NORTH + 100, 40, 40))
    assert not valid[:, :10].any()
    assert not valid[:, :, :10].any()
    assert (values[:, 10:, 10:] == right[:, :30, :30]).all()


def test_only_what_is_seen_is_opened(tmp_path):
    """Where the first member covers the view, the second one is not opened."""
    scene(tmp_path / "2020-01.flac", holes=False)
    top = scene(tmp_path / "2020-02.flac", seed=1, holes=False)
    (tmp_path / "2020-01.flac").rename(tmp_path / "old_2020-01.flac")
    index([tmp_path], tmp_path / "c.json.gz")
    names = []

    def open_raster(name, first_read):
        names.append((name, first_read))
        return FlacRaster.open(name, workers=1)

    members = opened(tmp_path / "c.json.gz")
    members._open_raster = open_raster
    from flac_raster_qgis.engine.collection import mosaic as module

    before, module.AT_ONCE = module.AT_ONCE, 1
    try:
        values, _ = read(members, view_of(600_000, NORTH, SIZE, SIZE))
    finally:
        module.AT_ONCE = before
    assert (values == top).all()
    assert [name for name, _ in names] == [str(tmp_path / "2020-02.flac")]
    with FlacRaster.open(names[0][0]) as raster:
        assert names[0][1] == raster.head.index.frames_start


def test_two_zones(tmp_path):
    """Each pixel is the one that PROJ finds in the member of the other zone."""
    scene(tmp_path / "a.flac", 700_000, seed=1, holes=False)
    to = point_transform("EPSG:32632", "EPSG:32633")
    (x,), (y,) = to(np.array([700_000.0]), np.array([NORTH]))
    other = scene(tmp_path / "b.flac", x + 2000, y, seed=2, holes=False, crs="EPSG:32633")
    index([tmp_path], tmp_path / "c.json", crs="EPSG:32632")
    members = opened(tmp_path / "c.json")
    number = next(n for n in range(2) if members.collection.member(n).id == "b")
    west, south, east, north = members.collection.bounds[number]
    view = View((west - 200, south - 200, east + 200, north + 200), 120, 120)
    values, valid = read(members, view)
    xs, ys = np.meshgrid(*view.centers((slice(0, 120), slice(0, 120))))
    mx, my = to(xs.ravel(), ys.ravel())
    columns = np.floor((mx - x - 2000) / PIXEL).astype(int).reshape(120, 120)
    rows = np.floor((y - my) / PIXEL).astype(int).reshape(120, 120)
    inside = (columns >= 0) & (columns < SIZE) & (rows >= 0) & (rows < SIZE)
    assert (valid == inside).all()
    assert (values[:, inside] == other[:, rows[inside], columns[inside]]).all()
    assert inside.mean() > 0.2


def test_coarse_views_read_coarse_levels(tmp_path):
    scene(tmp_path / "a.flac", size=512, holes=False)
    index([tmp_path], tmp_path / "c.json")
    members = opened(tmp_path / "c.json")
    values, valid = read(members, view_of(600_000, NORTH, 64, 64, 8 * PIXEL))
    assert valid.all()
    with FlacRaster.open(tmp_path / "a.flac") as raster:
        assert (values == raster.read(level=3)).all()


@pytest.mark.parametrize("kind", ["mask", "alpha", "nan"])
def test_what_is_invalid_shows_what_is_below(tmp_path, kind):
    below = np.full((2, 16, 16), 7, "float32")
    above = np.full((2, 16, 16), 9, "float32")
    holes = np.zeros((16, 16), bool)
    holes[3:9, 4:12] = True
    bands, masks = (Band(), Band()), (None, None)
    if kind == "mask":
        masks = (np.ones((16, 16), bool), ~holes)
    elif kind == "alpha":
        above[1] = np.where(holes, 0, 255)
        below[1] = 255
        bands = (Band(color_interpretation="gray"), Band(color_interpretation="alpha"))
    else:
        above[:, holes] = np.nan
    place = {"crs": "EPSG:32632", "transform": (1.0, 0, 0, 0, -1.0, 16.0), "bands": bands}
    write_flac(tmp_path / "2020-01.flac", below, mask=masks[0], **place)
    write_flac(tmp_path / "2021-01.flac", above, mask=masks[1], **place)
    index([tmp_path / "2020-01.flac", tmp_path / "2021-01.flac"], tmp_path / "c.json")
    members = opened(tmp_path / "c.json")
    values, valid = read(members, View((0, 0, 16, 16), 16, 16), [1])
    assert (values[0] == np.where(holes, 7, 9)).all()
    assert valid.all()


def test_broken_missing_and_changed_members_are_told_once(tmp_path):
    good = scene(tmp_path / "good_2020-01.flac", seed=0, holes=False)
    for n, name in enumerate(("missing", "cut", "other"), start=2):
        scene(tmp_path / f"{name}_2020-0{n}.flac", seed=n)
    index([tmp_path], tmp_path / "c.json")
    (tmp_path / "missing_2020-02.flac").unlink()
    data = (tmp_path / "cut_2020-03.flac").read_bytes()
    (tmp_path / "cut_2020-03.flac").write_bytes(data[:-3000])
    write_flac(tmp_path / "other_2020-04.flac", np.zeros((3, 64, 64), "uint8"), crs="EPSG:4326")
    told = []
    members = opened(tmp_path / "c.json", on_failure=lambda *failure: told.append(failure))
    for _ in range(3):
        values, valid = read(members, view_of(600_000, NORTH, SIZE, SIZE))
        assert valid.all()
        assert (values == good).all()
    assert len(told) == 3
    assert all(isinstance(error, FlacRasterError) for _, error in told)
    assert set(members.failures) == {number for number, _ in told}


def test_a_damaged_tile(tmp_path):
    """A member with a damaged tile is left out as a whole, and named with the tile."""
    good = scene(tmp_path / "2020-01.flac", seed=0, holes=False)
    scene(tmp_path / "2020-02.flac", seed=1)
    index([tmp_path], tmp_path / "c.json")
    path = tmp_path / "2020-02.flac"
    data = bytearray(path.read_bytes())
    data[-200:-150] = bytes(50)
    path.write_bytes(data)
    told = []
    members = opened(tmp_path / "c.json", on_failure=lambda *failure: told.append(failure))
    values, _ = read(members, view_of(600_000, NORTH, SIZE, SIZE))
    assert (values == good).all()
    (failure,) = told
    assert isinstance(failure[1], CorruptFile)


def test_cancel(strip):
    members, _ = strip
    with pytest.raises(Cancelled):
        read(members, view_of(600_000, NORTH, 10, 10), job=Job(is_cancelled=lambda: True))
    assert not members.failures


def test_many_threads_and_more_members_than_stay_open(tmp_path):
    arrays = {}
    for n in range(80):
        x = 600_000 + n * 16 * PIXEL
        arrays[n] = scene(tmp_path / f"{n:02}.flac", x, seed=n, size=16, holes=False, tile_size=16)
    index([tmp_path], tmp_path / "c.json", sort="id")
    members = opened(tmp_path / "c.json")
    right = np.concatenate([arrays[n] for n in range(80)], axis=2)
    wrong = []

    def work(seed):
        generator = np.random.default_rng(seed)
        for _ in range(6):
            first = int(generator.integers(0, 80 * 16 - 200))
            values, _ = read(members, view_of(600_000 + first * PIXEL, NORTH, 200, 16))
            if not (values == right[:, :, first : first + 200]).all():
                wrong.append(first)

    threads = [threading.Thread(target=work, args=(seed,)) for seed in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong
    assert not members.failures
    assert len(members._opened) <= 64


@pytest.mark.parametrize(("etag", "is_refused"), [('"one"', False), ('"two"', True), (None, False)])
def test_published_collections(tmp_path, etag, is_refused):
    """A time of modification says nothing of a copy on a server; another ETag does."""
    array = scene(tmp_path / "a.flac", holes=False)
    index([tmp_path / "a.flac"], tmp_path / "c.json")
    collection = Collection(str(tmp_path / "c.json"), read_document(str(tmp_path / "c.json")))
    if etag is not None:
        collection.items[0]["assets"]["data"]["flac:version"] = etag
    told = []
    with servers() as (start, _):
        server = start(always=part((tmp_path / "a.flac").read_bytes()))

        def open_raster(name, first_read):
            return FlacRaster.open(open_url(server.url), workers=1)

        members = Members(collection, open_raster, lambda *failure: told.append(failure))
        values, valid = read(members, view_of(600_000, NORTH, SIZE, SIZE))
    assert valid.any() == (not is_refused)
    assert is_refused or (values == array).all()
    assert [error.code for _, error in told] == ["collection.changed"] * is_refused
