"""Extract: the pixels of an area, their place on the map, what is read for them, how it ends."""

import importlib

import numpy as np
import pytest
from flac_raster_qgis.engine import Area, FlacRaster, compare, convert, extract, query
from flac_raster_qgis.engine.errors import Cancelled, CorruptTile, InputError, OutputExists
from flac_raster_qgis.engine.job import Job
from flac_raster_qgis.engine.model.grid import Grid
from flac_raster_qgis.engine.model.transform import level_transform, map_to_pixel
from hypothesis import given, settings
from hypothesis import strategies as st
from kits.area import TRANSFORMS, bboxes, noise, overlapped, write_flac

rasterio = pytest.importorskip("rasterio")
pytestmark = [
    pytest.mark.usefixtures("side_by_side"),
    pytest.mark.filterwarnings("ignore::rasterio.errors.NotGeoreferencedWarning"),
]
PLACE = {"crs": "EPSG:32633", "transform": (10.0, 0.0, 500_000.0, 0.0, -10.0, 5_000_000.0)}


@pytest.fixture
def flac(tmp_path):
    return write_flac(tmp_path / "x.flac", noise(3, 90, 120), **PLACE)


def reaches_out(transform, bbox, level):
    """Whether a bbox has a corner outside of a level, by more than rounding."""
    xs, ys = bbox[::2], bbox[1::2]
    positions = [map_to_pixel(transform, x, y) for x in xs for y in ys]
    return any(
        not (-0.01 <= column <= level.width + 0.01 and -0.01 <= row <= level.height + 0.01)
        for column, row in positions
    )


def names(folder):
    return sorted(path.name for path in folder.iterdir())


# ---------------------------------------------------------------- pixels and place


@settings(max_examples=80)
@given(TRANSFORMS, st.sampled_from(["pixel", "band"]), st.data())
def test_the_same_pixels_as_that_window_of_the_original(tmp_path, transform, interleave, data):
    """For any bbox, level 0, georeference and choice of bands; several tiles are put together."""
    array = noise(3, 45, 60)
    path = tmp_path / f"{hash(transform)}-{interleave}.flac"
    if not path.exists():
        write_flac(path, array, interleave=interleave, crs="EPSG:3857", transform=transform)
    level = Grid(60, 45, 16, 1).levels[0]
    bbox = data.draw(bboxes(transform, level))
    bands = data.draw(st.none() | st.lists(st.integers(1, 3), min_size=1, max_size=3, unique=True))
    window = overlapped(transform, bbox, level)
    output = tmp_path / "out.tif"
    if not window.width:
        with pytest.raises(InputError, match="lies outside"):
            extract(path, output, Area(bbox), bands=bands, overwrite=True)
        return
    result = extract(path, output, Area(bbox), bands=bands, overwrite=True)
    assert result.plan == query(path, Area(bbox), bands=bands)
    assert result.plan.window == window and result.warnings == result.plan.warnings
    assert len(result.warnings) == reaches_out(transform, bbox, level)
    rows, columns = window.slices
    chosen = [band - 1 for band in bands or (1, 2, 3)]
    with rasterio.open(output) as dataset:
        assert (dataset.read() == array[chosen, rows, columns]).all()
        assert dataset.crs.to_epsg() == 3857
        whole = rasterio.Affine(*transform)
        if transform == (1.0, 0.0, 0.0, 0.0, 1.0, 0.0):  # none, so the part has none
            assert dataset.transform == rasterio.Affine.identity()
        else:
            assert dataset.transform == whole * whole.translation(*window[:2])


@pytest.mark.parametrize("level", [1, 2, 3])
def test_coarser_levels(flac, tmp_path, level):
    area = Area((500_133, 4_999_311, 500_877, 4_999_888))
    result = extract(flac, tmp_path / "out.tif", area, level=level)
    transform = level_transform(PLACE["transform"], level)
    with FlacRaster.open(flac) as raster, rasterio.open(tmp_path / "out.tif") as dataset:
        assert (dataset.read() == raster.read(result.plan.window, level)).all()
        left, top = 500_000 + transform[0] * result.plan.window.col_off, dataset.transform.f
        assert dataset.transform[:6] == (transform[0], 0, left, 0, transform[4], top)
        assert dataset.bounds.left <= 500_133 < dataset.bounds.left + transform[0]
        assert dataset.bounds.right >= 500_877 > dataset.bounds.right - transform[0]
        assert dataset.bounds.bottom <= 4_999_311 < dataset.bounds.bottom + transform[0]
        assert dataset.bounds.top >= 4_999_888 > dataset.bounds.top - transform[0]


def test_all_of_it_is_what_convert_makes(flac, tmp_path):
    extract(flac, tmp_path / "all.tif")
    convert(flac, tmp_path / "converted.tif")
    assert compare(flac, tmp_path / "all.tif").identical
    assert (tmp_path / "all.tif").read_bytes() == (tmp_path / "converted.tif").read_bytes()


def test_tiles_and_whole_tiles(flac, tmp_path):
    array = noise(3, 90, 120)
    for area, rows, columns in (
        (Area(tile=9), slice(16, 32), slice(16, 32)),
        (Area(tile="last"), slice(80, 90), slice(112, 120)),
        (Area(tile="center"), slice(48, 64), slice(64, 80)),
    ):
        extract(flac, tmp_path / "out.tif", area, overwrite=True)
        with rasterio.open(tmp_path / "out.tif") as dataset:
            assert (dataset.read() == array[:, rows, columns]).all()
    area = Area((500_150, 4_999_830, 500_170, 4_999_850))
    extract(flac, tmp_path / "out.tif", area, whole_tiles=True, overwrite=True)
    with rasterio.open(tmp_path / "out.tif") as dataset:
        assert dataset.bounds == (500_000, 4_999_680, 500_320, 5_000_000)
        assert (dataset.read() == array[:, :32, :32]).all()


def test_a_bbox_in_another_crs(flac, tmp_path):
    from rasterio.warp import transform_bounds

    part = (500_210, 4_999_410, 500_790, 4_999_770)
    degrees = transform_bounds("EPSG:32633", "EPSG:4326", *part)
    extract(flac, tmp_path / "out.tif", Area(degrees, "EPSG:4326"))
    with rasterio.open(tmp_path / "out.tif") as dataset:
        found = dataset.bounds
    # meridians are not upright here: the rectangle around the bbox is a little larger
    assert 0 <= part[0] - found.left <= 10 and 0 <= found.right - part[2] <= 10
    assert 0 <= part[1] - found.bottom <= 10 and 0 <= found.top - part[3] <= 10


def test_in_several_passes(flac, tmp_path, monkeypatch):
    """As rasters wide beyond measure are read; with bands in tiles of their own, and a mask."""
    generator = np.random.default_rng(3)
    array, mask = noise(5, 100, 150), generator.random((100, 150)) < 0.7
    path = write_flac(tmp_path / "m.flac", array, mask=mask)
    module = importlib.import_module("flac_raster_qgis.engine.operations.passes")
    monkeypatch.setattr(module, "_PASS_BYTES", 3 * 16 * 16 * 5 * 2)
    result = extract(path, tmp_path / "out.tif", Area((7, 5, 140, 95)))
    assert result.plan == query(path, Area((7, 5, 140, 95)))
    with rasterio.open(tmp_path / "out.tif") as dataset:
        assert (dataset.read() == array[:, 5:95, 7:140]).all()
        assert ((dataset.read_masks(1) == 255) == mask[5:95, 7:140]).all()


# ---------------------------------------------------------------- how it ends


def test_what_it_says(flac, tmp_path):
    told = []
    area = Area(tile=0)
    output = tmp_path / "out.tif"
    result = extract(flac, output, area, job=Job(lambda *done: told.append(done)))
    found = result.to_dict()
    assert told[-1] == (256, 256)
    assert found["output"] == str(output) and found["output_bytes"] == output.stat().st_size
    assert (
        found["saved_fraction"]
        == 1 - found["file_fraction"]
        == 1 - found["tile_bytes"] / flac.stat().st_size
    )
    assert found["seconds"] > 0 and found["warnings"] == []
    assert query(flac, area).totals().items() <= found.items()


def test_bytes_are_counted_while_they_come(tmp_path, monkeypatch):
    """Over all passes of an area that is read in several, side by side."""
    module = importlib.import_module("flac_raster_qgis.engine.operations.passes")
    monkeypatch.setattr(module, "_PASS_BYTES", 2 * 64 * 64 * 2)
    flac = write_flac(tmp_path / "x.flac", noise(1, 60, 300), tile_size=64, **PLACE)
    told = []
    result = extract(flac, tmp_path / "out.tif", fetched=lambda *done: told.append(done))
    counts, totals = zip(*told)
    assert set(totals) == {result.plan.tile_bytes}
    assert sorted(counts) == list(counts) and counts[-1] == result.plan.tile_bytes
    assert len(set(counts)) == 5


def test_cog(tmp_path):
    flac = write_flac(tmp_path / "x.flac", noise(1, 700, 800), tile_size=256, **PLACE)
    area = Area((500_500, 4_994_000, 507_000, 4_999_500))
    result = extract(flac, tmp_path / "out.tif", area, cog=True)
    with rasterio.open(tmp_path / "out.tif") as dataset:
        assert dataset.tags(ns="IMAGE_STRUCTURE")["LAYOUT"] == "COG" and dataset.overviews(1)
        assert (dataset.read()[0] == noise(1, 700, 800)[0][result.plan.window.slices]).all()
    assert names(tmp_path) == ["out.tif", "x.flac"]


def test_an_existing_output_stays(flac, tmp_path):
    output = tmp_path / "out.tif"
    output.write_bytes(b"old")
    with pytest.raises(OutputExists):
        extract(flac, output)
    with pytest.raises(InputError, match="lies outside"):
        extract(flac, output, Area((0, 0, 1, 1)), overwrite=True)
    assert output.read_bytes() == b"old"
    extract(flac, output, overwrite=True)
    assert compare(flac, output).identical
    assert names(tmp_path) == ["out.tif", "x.flac"]


@pytest.mark.parametrize("name", ["x.flac", "x.png", "x"])
def test_other_formats_are_refused(flac, tmp_path, name):
    with pytest.raises(InputError, match="expected .tif"):
        extract(flac, tmp_path / name)
    assert names(tmp_path) == ["x.flac"]


def test_the_input_is_never_the_output(tmp_path):
    flac = write_flac(tmp_path / "x.flac", noise(1, 20, 20)).rename(tmp_path / "x.tif")
    for source in (flac, FlacRaster.open(flac)):
        with pytest.raises(InputError, match="both input and output"):
            extract(source, flac, overwrite=True)


def test_a_damaged_tile_leaves_nothing_unless_it_is_not_needed(flac, tmp_path):
    data = bytearray(flac.read_bytes())
    data[-20] ^= 4  # in the last tile
    flac.write_bytes(data)
    with pytest.raises(CorruptTile):
        extract(flac, tmp_path / "out.tif")
    assert names(tmp_path) == ["x.flac"]
    extract(flac, tmp_path / "out.tif", Area(tile=0))


def test_a_file_that_changes_meanwhile(flac, tmp_path):
    def change(done, total):
        flac.touch()

    with pytest.raises(InputError, match="was changed while it was being read"):
        extract(flac, tmp_path / "out.tif", job=Job(change))
    assert names(tmp_path) == ["x.flac"]


@pytest.mark.parametrize("cog", [False, True])
@pytest.mark.parametrize("part", [0, 0.4, 1])
def test_cancelled(flac, tmp_path, cog, part):
    output = tmp_path / "out.tif"
    output.write_bytes(b"old")
    share = [0.0]

    def note(done, total):
        share[0] = done / total

    with pytest.raises(Cancelled, match="was cancelled; nothing was written"):
        extract(
            *(flac, output),
            cog=cog,
            overwrite=True,
            job=Job(note, lambda: share[0] >= part),
        )
    assert output.read_bytes() == b"old" and names(tmp_path) == ["out.tif", "x.flac"]
