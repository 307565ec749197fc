"""``flac-raster query``: the area by its options, and what it prints for people and programs."""

import json
import shutil
import subprocess

import numpy as np
import pytest
from flac_raster_qgis.engine import FlacRaster
from kits.cli import COMMAND, ENVIRONMENT, names, run, strict_json, succeed
from kits.rasters import slope, write_flac


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """150 × 100 pixels of two bands: tiles of 16 in levels of 10 × 7, 5 × 4, 3 × 2, 2 × 1 and 1."""
    array = np.random.default_rng(0).integers(0, 60_000, (2, 100, 150)).astype("uint16")
    return write_flac(tmp_path_factory.mktemp("written") / "a.flac", array, crs="EPSG:32633")


@pytest.fixture
def folder(written, tmp_path):
    shutil.copy(written, tmp_path)
    return tmp_path


def test_for_people(folder):
    lines = succeed("query", "a.flac", "--bbox", "10,10,20,12", cwd=folder).splitlines()
    names = ["tile", "row", "column", "bands", "offset", "size", "min", "max"]
    assert lines[0].split() == names
    assert [line.split()[:4] for line in lines[1:3]] == [
        ["0", "0", "0", "1,2"],
        ["1", "0", "1", "1,2"],
    ]
    assert lines[-1].startswith("10 x 2 pixels of level 0: 2 tiles, ")
    assert " % of the file; " in lines[-1]
    assert lines[-1].endswith("; from a server nothing to fetch after opening it.")
    far = succeed("query", "a.flac", "--last", "--bands", "1", cwd=folder)
    assert "; from a server " in far and far.endswith(" in 1 request.\n")


def test_a_long_list_is_cut(folder):
    lines = succeed("query", "a.flac", cwd=folder).splitlines()
    assert len(lines) == 43 and lines[-2] == "... and 30 more; --format json has all."


def test_ranges_are_those_of_the_tiles(folder):
    text = succeed("query", "a.flac", "--tile", "11", "--format", "ranges", cwd=folder)
    assert text.count("\n") == 1 and text.startswith("bytes=")
    first, last = map(int, text.strip().removeprefix("bytes=").split("-"))
    tile = (folder / "a.flac").read_bytes()[first : last + 1]
    with FlacRaster.open(folder / "a.flac") as raster:
        (expected,) = raster.plan(raster.levels[0].tile_window(1, 1)).stored.ranges
    assert (first, last + 1 - first) == expected and tile[:4] == b"fLaC"


def test_data_are_the_tiles_themselves(folder):
    command = [*COMMAND, "query", "a.flac", "--bbox", "10,10,20,12", "-f", "data"]
    piped = subprocess.run(command, cwd=folder, env=ENVIRONMENT, capture_output=True, check=True)
    with FlacRaster.open(folder / "a.flac") as raster:
        keys = raster.plan(raster.grid.levels[0].window._replace(width=20, height=12)).keys
        expected = b"".join(raster.pipeline.fetch(keys))
    assert piped.stdout == expected and piped.stderr == b""
    succeed(*command[3:], "-o", "tiles.bin", cwd=folder)
    assert (folder / "tiles.bin").read_bytes() == expected
    assert names(folder) == ["a.flac", "tiles.bin"]


def test_json(folder):
    found = strict_json(succeed("query", "a.flac", "--last", "-f", "json", cwd=folder))
    assert found["window"] == {"col_off": 144, "row_off": 96, "width": 6, "height": 4}
    assert found["tile_count"] == 1 and found["tiles"][0]["tile"] == 69


def test_geojson(folder):
    arguments = ("query", "a.flac", "--center", "--bands", "2", "--level", "1", "-f", "geojson")
    succeed(*arguments, "-o", "tiles.geojson", cwd=folder)
    found = strict_json((folder / "tiles.geojson").read_text("ascii"))
    assert found["type"] == "FeatureCollection"
    assert found["crs"]["properties"]["name"] == "EPSG:32633"
    (feature,) = found["features"]
    assert feature["properties"]["level"] == 1 and feature["properties"]["tile"] == 12
    assert found == json.loads(succeed(*arguments, cwd=folder))


def test_where(folder):
    """Of the tiles that the condition leaves, everything: table, bytes, ranges, data."""
    left, right = np.zeros((2, 16, 16), "uint16"), np.full((2, 16, 16), 3000, "uint16")
    write_flac(folder / "two.flac", np.concatenate([left, right], axis=2))
    arguments = ("query", "two.flac", "--where", "max > 2000")
    lines = succeed(*arguments, cwd=folder).splitlines()
    assert lines[1].split()[:4] == ["1", "0", "1", "1,2"]
    assert lines[1].split()[-2:] == ["3000", "3000"]
    assert "pixels of level 0: 1 tile of 2 where max > 2000, " in lines[2]
    found = strict_json(succeed(*arguments, "-f", "json", cwd=folder))
    assert (found["where"], found["tile_count"], found["tiles_in_area"]) == ("max > 2000", 1, 2)
    (tile,) = found["tiles"]
    assert (tile["min"], tile["band_max"]) == (3000, [3000, 3000])
    out = succeed(*arguments, "-f", "ranges", cwd=folder)
    assert out == f"bytes={tile['offset']}-{tile['offset'] + tile['size'] - 1}\n"
    command = [*COMMAND, *arguments, "-f", "data"]
    piped = subprocess.run(command, cwd=folder, env=ENVIRONMENT, capture_output=True, check=True)
    assert piped.stdout == (folder / "two.flac").read_bytes()[-tile["size"] :]
    nothing = succeed("query", "two.flac", "--where", "max > 3000", cwd=folder)
    assert (
        "0 tiles of 2 where max > 3000, 0 bytes, 0 % of the file; from a server nothing to"
        in nothing
    )


def test_resolution(folder):
    out = succeed("query", "a.flac", "--resolution", "7", cwd=folder)
    assert "38 x 25 pixels of level 2: 6 tiles" in out


@pytest.mark.parametrize(
    "arguments, word",
    [
        (["--bbox", "1,2,3"], "four numbers"),
        (["--bbox", "1,2,3,x"], "four numbers"),
        (["--crs", "EPSG:4326"], "--crs is that of --bbox"),
        (["--center", "--last"], "only one of"),
        (["--bbox", "1,2,3,4", "--tile", "5"], "only one of"),
        (["--bands", "1;2"], "expected numbers"),
        (["--format", "xml"], "expected one of"),
        (["--level", "-1"], "--level"),
    ],
)
def test_wrong_usage(folder, arguments, word):
    done = run("query", "a.flac", *arguments, cwd=folder)
    assert done.returncode == 2 and done.stdout == "" and done.stderr.startswith("Usage: ")
    assert word in " ".join(done.stderr.split()) and "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "arguments, sentence",
    [
        (["--bbox", "-9,-9,-1,-1"], "lies outside a.flac"),
        (["--bbox", "3,1,1,3"], "is not (xmin, ymin, xmax, ymax)"),
        (["--tile", "70"], "has tiles 0 to 69 in level 0, not 70"),
        (["--level", "9"], "has levels 0 to 4, not 9"),
        (["--level", "1", "--resolution", "1"], "both given"),
        (["--resolution", "0"], "expected more than 0"),
        (["--bands", "3"], "has bands 1 to 2, not [3]"),
        (["--bbox", "1,2,3,4", "--crs", "nowhere"], "not a CRS known to PROJ"),
        (["--where", "mean > 3"], "is not understood at 'mean'; expected comparisons such as max"),
        (["--where", "band3.max > 3"], "has bands 1 to 2, the condition"),
    ],
)
def test_errors_are_sentences(folder, arguments, sentence):
    done = run("query", "a.flac", *arguments, cwd=folder)
    assert done.returncode == 2 and done.stdout == ""
    assert done.stderr.startswith("Error: ") and sentence in done.stderr
    assert done.stderr.count("\n") == 1


def test_the_output_is_never_the_input(folder):
    before = (folder / "a.flac").read_bytes()
    done = run("query", "a.flac", "-f", "data", "-o", "a.flac", cwd=folder)
    assert done.returncode == 2 and "both input and output" in done.stderr
    assert (folder / "a.flac").read_bytes() == before


def test_tiles_of_nothing_but_nodata_have_no_bytes(folder):
    array = np.zeros((1, 16, 48), "uint16")
    array[:, :, :16] = 7
    write_flac(folder / "empty.flac", array, nodata=0)
    arguments = ("query", "empty.flac", "-f", "data", "-o", "empty.bin")
    assert run(*arguments, "--tile", 0, cwd=folder).stderr == ""
    done = run(*arguments, "--tile", 1, "--overwrite", cwd=folder)
    assert done.returncode == 0 and (folder / "empty.bin").read_bytes() == b""
    assert "nothing but nodata, so they have no bytes" in done.stderr


def test_no_tile_that_matches_is_told_from_tiles_of_nodata(folder):
    write_flac(folder / "low.flac")
    for kind in ("data", "ranges"):
        arguments = ("query", "low.flac", "--where", "max > 9000", "--format", kind)
        done = run(*arguments, cwd=folder)
        assert (done.returncode, done.stdout) == (0, "")
        expected = "No tile of the area holds pixels where max > 9000, so there are no bytes."
        assert done.stderr == f"Warning: {expected}\n"


@pytest.mark.parametrize(
    "name, start, called",
    [
        ("x.json", '{\n  "bbox": [', "Range headers in JSON"),
        ("x.geojson", '{ "type": "FeatureCollection",', "GeoJSON"),
        ("x.flac", "fLaC", "FLAC streams"),
        ("x.txt", "bytes=", "Range headers"),
    ],
)
def test_the_suffix_of_an_output_says_its_format(folder, name, start, called):
    done = succeed("query", "a.flac", "--last", "-o", name, cwd=folder)
    written = (folder / name).read_bytes()
    assert b" ".join(written.split()).startswith(" ".join(start.split()).encode())
    assert done.startswith(f"{name}: ") and done.endswith(f", 1 tile as {called}\n")


def test_an_output_is_kept_unless_forced(folder):
    (folder / "x.json").write_text("old")
    for options in (["-f", "ranges"], ["-f", "data"], ["--json"], []):
        done = run("query", "a.flac", "--last", *options, "-o", "x.json", cwd=folder)
        assert (done.returncode, done.stdout) == (2, "")
        assert "x.json exists already" in done.stderr and "--overwrite" in done.stderr
        assert (folder / "x.json").read_text() == "old"
    line = succeed("query", "a.flac", "--last", "--json", "-o", "x.json", "--overwrite", cwd=folder)
    assert line.startswith("x.json: ") and line.endswith(", 1 tile as JSON\n")
    assert strict_json((folder / "x.json").read_text("ascii"))["tile_count"] == 1


def test_json_is_format_json(folder):
    arguments = ("query", "a.flac", "--last")
    expected = succeed(*arguments, "--format", "json", cwd=folder)
    assert succeed(*arguments, "--json", cwd=folder) == expected
    assert succeed(*arguments, "--json", "--format", "json", cwd=folder) == expected
    done = run(*arguments, "--json", "--format", "tiles", cwd=folder)
    assert done.returncode == 2 and "Give either --json or --format tiles." in done.stderr


def test_data_of_several_tiles_are_cut_at_the_sizes_that_json_lists(folder):
    write_flac(folder / "several.flac", slope(40, 30))
    succeed("query", "several.flac", "-f", "data", "-o", "data.bin", cwd=folder)
    data = (folder / "data.bin").read_bytes()
    for tile in strict_json(succeed("query", "several.flac", "-f", "json", cwd=folder))["tiles"]:
        stream, data = data[: tile["size"]], data[tile["size"] :]
        assert stream.startswith(b"fLaC") and stream.count(b"fLaC") == 1
    assert data == b""
