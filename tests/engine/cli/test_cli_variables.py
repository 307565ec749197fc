"""``flac-raster convert`` of files of several variables."""

import pytest
from flac_raster_qgis.engine import compare
from kits.cli import names, run, strict_json, succeed
from kits.cubes import climate, cube, grib


@pytest.fixture
def folder(tmp_path):
    climate(tmp_path / "cube.nc")
    return tmp_path


def test_one_command_for_all(folder):
    done = run("convert", "cube.nc", "--crs", "EPSG:4326", cwd=folder)
    assert done.returncode == 0
    made = [f"cube_{name}.flac" for name in ("orog", "pr", "snow", "tas")]
    assert names(folder) == ["cube.nc", *made]
    rows = done.stdout.splitlines()
    assert [row.split()[:3] for row in rows[1:5]] == [
        ["cube.nc", name, "done"] for name in ("tas", "pr", "snow", "orog")
    ]
    assert rows[-1].startswith("4 done, 0 skipped, 0 failed; ")
    assert done.stderr.splitlines() == [
        "Note: Bounds and coordinates of cube.nc are left out: time_bnds, lat_edges.",
        "Note: Variables of cube.nc that are not numbers on a grid of rows and columns are left "
        "out: names.",
        "Note: Variables of cube.nc without pixels are left out: later.",
    ]
    again = run("convert", "cube.nc", cwd=folder)
    assert again.returncode == 2 and again.stderr.count("exists already") == 4
    text = run("convert", "cube.nc", "--overwrite", "--json", cwd=folder).stdout
    assert [each["variable"] for each in strict_json(text)] == ["tas", "pr", "snow", "orog"]


def test_without_a_crs_a_warning_says_so(folder):
    done = run("convert", "cube.nc", "--variable", "tas", cwd=folder)
    assert "tas has no CRS, so maps cannot show where it is. Assign one, such as EPSG:4326" in (
        done.stderr
    )
    assert names(folder) == ["cube.nc", "cube_tas.flac"]


def test_one_output(folder):
    done = run("convert", "cube.nc", "-o", "x.flac", cwd=folder)
    assert done.returncode == 2
    assert "cube.nc holds 4 variables" in done.stderr and ": tas, pr, snow, orog. " in done.stderr
    assert "with --variable" in done.stderr and "with --stack" in done.stderr
    done = run("convert", "cube.nc", "-o", "x.flac", "--stack", cwd=folder)
    assert "tas and snow do not fit into one raster" in done.stderr
    crs = ("--crs", "EPSG:4326")
    succeed("convert", "cube.nc", "x.flac", "--stack", "--variable", "tas,pr", *crs, cwd=folder)
    assert "tas, pr" in succeed("info", "x.flac", cwd=folder)
    assert names(folder) == ["cube.nc", "x.flac"]


def test_a_wrong_name(folder):
    done = run("convert", "cube.nc", "--variable", "tass", cwd=folder)
    assert done.returncode == 2 and done.stdout == ""
    assert done.stderr == (
        "Error: cube.nc has no variable tass. Choose some of these: tas, pr, snow, orog.\n"
    )


def test_batches(folder):
    cube(folder / "tos.nc", [15, 45], "days since 2001-01-01")
    grib(folder / "era.grib2", [(0, 0, 2), (2, 2, 10)], [0])
    sources = ("cube.nc", "tos.nc", "era.grib2")
    done = run("convert", *sources, "--out-dir", "out", "--crs", "EPSG:4326", cwd=folder)
    assert done.returncode == 0
    assert names(folder / "out") == sorted(
        [f"cube_{name}.flac" for name in ("tas", "pr", "snow", "orog")]
        + ["tos.flac", "era_TMP.flac", "era_UGRD.flac"]
    )
    (folder / "out" / "era_TMP.flac").unlink()
    again = run("convert", *sources, "--out-dir", "out", "--crs", "EPSG:4326", cwd=folder)
    assert again.stdout.splitlines()[-1].startswith("1 done, 6 skipped, 0 failed; ")


def test_a_grib_in_one_output(folder):
    source = grib(folder / "era.grib2", [(0, 0, 2), (2, 2, 10)], [0, 6])
    succeed("convert", "era.grib2", "-o", "x.flac", cwd=folder)
    assert compare(source, folder / "x.flac").identical
