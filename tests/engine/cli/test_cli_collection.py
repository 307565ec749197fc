"""Collections on the command line: index, info and extract."""

import json

import numpy as np
import pytest
import rasterio
from kits.cli import run, run_real, strict_json, succeed
from kits.collections import NORTH, SIZE, scene


def fail(*arguments, cwd):
    """Run a command that must fail, and return what it says."""
    done = run(*arguments, cwd=cwd)
    assert done.returncode == 2
    return done.stderr


@pytest.fixture
def folder(tmp_path):
    for n in range(3):
        scene(tmp_path / "in" / f"s_2020-0{n + 1}.flac", 600_000 + 640 * n, seed=n, holes=False)
    return tmp_path


def test_index_info_extract(folder):
    said = succeed("index", "in", "-o", "c.json.gz", cwd=folder)
    assert "c.json.gz: 3 rasters" in said
    assert "(3 added)" in said
    assert "(3 unchanged)" in succeed("index", "in", "-o", "c.json.gz", "--update", cwd=folder)
    said = succeed("info", "c.json.gz", cwd=folder)
    for words in ("3 rasters", "uint16", "EPSG:32632", "3 dates, 2020-01 to 2020-03", "B08"):
        assert words in said, words
    facts = strict_json(succeed("info", "c.json.gz", "--json", cwd=folder))
    assert [member["id"] for member in facts["members"]] == ["s_2020-03", "s_2020-02", "s_2020-01"]
    box = f"600000,{NORTH - 640:.0f},601920,{NORTH:.0f}"
    said = succeed("extract", "c.json.gz", "--bbox", box, "-o", "o.tif", cwd=folder)
    assert f"{3 * SIZE} x {SIZE} pixels of 3 rasters" in said
    with rasterio.open(folder / "o.tif") as out:
        assert out.shape == (SIZE, 3 * SIZE)
        assert np.count_nonzero(out.read()) == 2 * 3 * SIZE * SIZE


def test_names_from_standard_input(folder):
    names = "\n".join(str(path) for path in (folder / "in").iterdir())
    result = run_real("index", "-", "-o", "c.json", "--json", cwd=folder, input=names.encode())
    assert json.loads(result.stdout)["members"] == 3


def test_a_broken_raster_is_said_and_in_the_exit_status(folder):
    (folder / "in" / "x.flac").write_text("no raster")
    result = run("index", "in", "-o", "c.json", cwd=folder)
    assert result.returncode == 1
    assert "x.flac" in result.stderr
    assert "1 left out" in result.stdout


def test_options_that_do_not_go_together(folder):
    assert "--update" in fail("index", "in", "-o", "c.json", "--prune", cwd=folder)
    succeed("index", "in", "-o", "c.json", cwd=folder)
    for option in (["--tile", "1"], ["--level", "1"], ["--skip-damaged"]):
        assert option[0] in fail("extract", "c.json", "-o", "o.tif", *option, cwd=folder)


def test_json_that_is_no_collection(folder):
    (folder / "x.json").write_text("{}")
    assert "x.json" in fail("info", "x.json", cwd=folder)
    assert "no collection" in fail("extract", "x.json", "-o", "o.tif", cwd=folder)
