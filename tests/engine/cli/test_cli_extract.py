"""``flac-raster extract``: the area by its options, what it writes and says."""

import shutil

import numpy as np
import pytest
import rasterio
from flac_raster_qgis.engine import compare
from kits.cli import names, run, strict_json, succeed
from kits.rasters import slope, write_flac

pytestmark = pytest.mark.filterwarnings("ignore::rasterio.errors.NotGeoreferencedWarning")
ARRAY = np.random.default_rng(0).integers(0, 60_000, (2, 100, 150)).astype("uint16")


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    return write_flac(tmp_path_factory.mktemp("written") / "a.flac", ARRAY, crs="EPSG:32633")


@pytest.fixture
def folder(written, tmp_path):
    shutil.copy(written, tmp_path)
    return tmp_path


def read(path):
    with rasterio.open(path) as dataset:
        return dataset.read()


def test_a_bbox(folder):
    out = succeed("extract", "a.flac", "-o", "b.tif", "--bbox", "10,20,75,99.5", cwd=folder)
    assert out.startswith("b.tif: ") and out.count("\n") == 1
    assert (
        "65 x 80 pixels of level 0: 30 tiles, " in out
        and " % of the file not needed, " in out
        and "request" not in out
    )
    assert (read(folder / "b.tif") == ARRAY[:, 20:100, 10:75]).all()


@pytest.mark.parametrize(
    "arguments, rows, columns",
    [
        (["--tile", "11"], (16, 32), (16, 32)),
        (["--center"], (48, 64), (80, 96)),
        (["--last"], (96, 100), (144, 150)),
        (["--bbox", "10,10,20,12", "--whole-tiles"], (0, 16), (0, 32)),
        ([], (0, 100), (0, 150)),
    ],
)
@pytest.mark.parametrize("bands", [None, [2]])
def test_other_areas(folder, arguments, rows, columns, bands):
    if bands:
        arguments = [*arguments, "--bands", "2"]
    succeed("extract", "a.flac", "--output", "b.tif", *arguments, cwd=folder)
    expected = ARRAY[1:] if bands else ARRAY
    assert (read(folder / "b.tif") == expected[:, slice(*rows), slice(*columns)]).all()


def test_all_is_the_raster(folder):
    succeed("extract", "a.flac", "-o", "b.tif", "--workers", "1", cwd=folder)
    assert compare(folder / "a.flac", folder / "b.tif").identical


def test_level_and_resolution_are_two_ways_to_say_the_same(folder):
    succeed("extract", "a.flac", "-o", "b.tif", "--level", "2", cwd=folder)
    succeed("extract", "a.flac", "-o", "c.tif", "--resolution", "4", cwd=folder)
    assert read(folder / "b.tif").shape == (2, 25, 38)
    assert (folder / "b.tif").read_bytes() == (folder / "c.tif").read_bytes()


def test_json(folder):
    found = strict_json(
        succeed("extract", "a.flac", "-o", "b.tif", "--center", "--json", cwd=folder)
    )
    assert found["output"] == "b.tif" and found["tile_count"] == 1
    assert found["output_bytes"] == (folder / "b.tif").stat().st_size
    assert 0 < found["saved_fraction"] < 1 and found["saved_fraction"] + found[
        "file_fraction"
    ] == pytest.approx(1)


def test_cog(folder):
    succeed("extract", "a.flac", "-o", "b.tif", "--cog", cwd=folder)
    with rasterio.open(folder / "b.tif") as dataset:
        assert dataset.tags(ns="IMAGE_STRUCTURE")["LAYOUT"] == "COG"


def test_an_existing_output_needs_force(folder):
    (folder / "b.tif").write_bytes(b"old")
    done = run("extract", "a.flac", "-o", "b.tif", cwd=folder)
    assert done.returncode == 2 and done.stderr.startswith("Error: b.tif exists already")
    assert (folder / "b.tif").read_bytes() == b"old"
    succeed("extract", "a.flac", "-o", "b.tif", "--overwrite", cwd=folder)
    assert compare(folder / "a.flac", folder / "b.tif").identical


def test_warnings(folder):
    write_flac(folder / "p.flac", slope(count=2), colormap={1: (1, 2, 3, 255)})
    done = run("extract", "p.flac", "-o", "b.tif", "--tile", "0", cwd=folder)
    assert done.returncode == 0 and done.stderr.startswith("Warning: ")


@pytest.mark.parametrize(
    "arguments, word",
    [([], "--output"), (["-o", "b.tif", "--bbox", "1"], "four numbers")],
)
def test_wrong_usage(folder, arguments, word):
    done = run("extract", "a.flac", *arguments, cwd=folder)
    assert done.returncode == 2 and done.stderr.startswith("Usage: ") and word in done.stderr


@pytest.mark.parametrize(
    "arguments, sentence",
    [
        (["-o", "b.png"], "expected .tif"),
        (["-o", "b.tif", "--bbox", "-9,-9,0,0"], "lies outside a.flac, whose bounds are (0, 0, 1"),
        (["-o", "b.tif", "--bbox", "3,1,1,3"], "is not (xmin, ymin, xmax, ymax) with xmin <= xmax"),
        (["-o", "b.tif", "--bands", "3"], "has bands 1 to 2, not [3]"),
        (["-o", "b.tif", "--level", "9"], "has levels 0 to 4, not 9"),
        (["-o", "b.tif", "--bbox", "1,2,3,4", "--crs", "nowhere"], "such as EPSG:4326, or WKT"),
        (["-o", "none/b.tif"], "does not exist. Make it first"),
    ],
)
def test_errors_are_sentences_and_leave_nothing(folder, arguments, sentence):
    done = run("extract", "a.flac", *arguments, cwd=folder)
    assert done.returncode == 2 and done.stderr.startswith("Error: ") and sentence in done.stderr
    assert names(folder) == ["a.flac"]


def test_a_bbox_partly_outside(folder):
    """A warning on standard error, of query as well; one that is wholly outside is an error."""
    box = ("--bbox=-30,20,30,60", "--crs", "EPSG:32633")
    done = run("extract", "a.flac", "-o", "b.tif", *box, cwd=folder)
    assert done.returncode == 0 and "30 x 40 pixels" in done.stdout
    assert done.stderr.startswith("Warning: 50.0 % of the bbox (-30, 20, 30, 60) lies outside a.")
    found = run("query", "a.flac", *box, "--format", "json", cwd=folder)
    report = strict_json(found.stdout)
    assert found.stderr == done.stderr and report["outside_fraction"] == 0.5
    assert [f"Warning: {text}\n" for text in report["warnings"]] == [done.stderr]
    done = run("extract", "a.flac", "-o", "c.tif", "--bbox=-30,20,-1,60", cwd=folder)
    assert done.returncode == 2 and "lies outside" in done.stderr
    assert names(folder) == ["a.flac", "b.tif"]
