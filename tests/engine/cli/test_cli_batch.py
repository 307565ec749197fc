"""``flac-raster convert --out-dir``: many rasters, one that fails, lists, reruns."""

import pytest
from flac_raster_qgis.engine import compare
from kits.cli import names, run, run_real, strict_json, succeed
from kits.geotiff import write_tif
from kits.rasters import slope, write_flac


@pytest.fixture
def folder(tmp_path):
    for n, name in enumerate("abc"):
        write_tif(tmp_path / f"{name}.tif", slope(40 + n, 30))
    (tmp_path / "out").mkdir()
    return tmp_path


def test_many(folder):
    write_flac(folder / "d.flac", slope(60, 60))
    out = succeed("convert", "a.tif", "b.tif", "d.flac", "--out-dir", "out", cwd=folder)
    assert names(folder / "out") == ["a.flac", "b.flac", "d.tif"]
    assert compare(folder / "b.tif", folder / "out" / "b.flac").identical
    lines = [line.split() for line in out.splitlines()]
    assert lines[0] == ["raster", "pixels", "output", "of", "pixels"]
    assert [line[:2] for line in lines[1:4]] == [[n, "done"] for n in ("a.tif", "b.tif", "d.flac")]
    assert lines[1][2:4] == ["2.4", "kB"] and lines[1][-1] == "out/a.flac"
    assert out.splitlines()[-1].startswith("3 done, 0 skipped, 0 failed; 12.1 kB of pixels in ")


def test_one_fails_in_the_middle(folder):
    (folder / "b.tif").write_text("no raster")
    done = run("convert", "a.tif", "b.tif", "c.tif", "--out-dir", "out", cwd=folder)
    assert done.returncode == 2
    assert names(folder / "out") == ["a.flac", "c.flac"]
    assert done.stderr.startswith("Error: b.tif is not a raster that can be read")
    assert done.stderr.count("\n") == 1
    row = done.stdout.splitlines()[2]
    assert row.split()[:2] == ["b.tif", "failed"] and "is not a raster that can be read" in row
    assert done.stdout.splitlines()[-1].startswith("2 done, 0 skipped, 1 failed; ")


def test_a_rerun_skips(folder):
    succeed("convert", "a.tif", "b.tif", "--out-dir", "out", cwd=folder)
    before = (folder / "out" / "a.flac").stat().st_mtime_ns
    out = succeed("convert", "a.tif", "b.tif", "c.tif", "--out-dir", "out", cwd=folder)
    assert out.splitlines()[-1].startswith("1 done, 2 skipped, 0 failed; ")
    assert (folder / "out" / "a.flac").stat().st_mtime_ns == before
    out = succeed(
        "convert", "a.tif", "--out-dir", "out", "--no-skip-identical", "--overwrite", cwd=folder
    )
    assert out.splitlines()[-1].startswith("1 done, 0 skipped, 0 failed; ")


def test_an_output_that_differs_needs_force(folder):
    (folder / "out" / "a.flac").write_bytes(b"old")
    done = run("convert", "a.tif", "b.tif", "--out-dir", "out", cwd=folder)
    assert done.returncode == 2
    assert done.stderr.startswith("Error: out/a.flac exists already and does not hold exactly")
    assert (folder / "out" / "a.flac").read_bytes() == b"old"
    succeed("convert", "a.tif", "b.tif", "--out-dir", "out", "-f", cwd=folder)
    assert compare(folder / "a.tif", folder / "out" / "a.flac").identical


def test_names_on_standard_input(folder):
    done = run_real(
        "convert", "-", "c.tif", "--out-dir", "out", cwd=folder, input=b"a.tif\r\n\n b.tif\nb.tif"
    )
    assert done.returncode == 2
    assert done.stderr.startswith("Error:  b.tif does not exist")
    assert names(folder / "out") == ["a.flac", "b.flac", "c.flac"]


def test_an_empty_list(folder):
    done = run_real("convert", "-", "--out-dir", "out", cwd=folder, input=b"\n")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "Error: No raster is given. Give the names of some.\n"


def test_json(folder):
    (folder / "b.tif").write_text("no raster")
    done = run("convert", "a.tif", "b.tif", "--out-dir", "out", "--json", cwd=folder)
    assert done.returncode == 2 and done.stderr.startswith("Error: b.tif")
    first, second = strict_json(done.stdout)
    assert (first["input"], first["output"], first["status"]) == ("a.tif", "out/a.flac", "done")
    assert first["uncompressed_bytes"] == 2400 and first["error"] is None
    assert second["error"]["code"] == "input.not_raster"
    assert second["status"] == "failed" and "b.tif" in second["error"]["message"]


def test_json_of_a_single_raster(folder):
    found = strict_json(succeed("convert", "a.tif", "--json", cwd=folder))
    assert found["output"] == "a.flac" and found["skipped"] is False
    found = strict_json(succeed("convert", "a.tif", "--json", "--skip-identical", cwd=folder))
    assert found["skipped"] is True
    assert succeed("convert", "a.tif", "--skip-identical", cwd=folder).startswith(
        "a.flac holds a.tif already: skipped, "
    )


@pytest.mark.parametrize(
    "line, words",
    [
        ("a.tif x/../a.tif --out-dir out", "would both become out/a.flac"),
        ("a.tif --out-dir b.tif", "b.tif is a file. Give the name of a folder"),
        ("a.tif --out-dir b.tif/x", "b.tif/x cannot be written"),
        ("a.tif b.tif", "--out-dir"),
        ("-", "--out-dir"),
        ("a.tif -o x.flac --out-dir out", "either --output or --out-dir"),
        ("a.tif --workers 2 --processes 2", "only one of"),
        ("a.tif --dask tcp://localhost:9 --processes 2", "only one of"),
        ("a.tif --processes 0", "--processes"),
    ],
)
def test_refused_before_anything_is_done(folder, line, words):
    (folder / "x").mkdir()
    before = names(folder)
    done = run("convert", *line.split(), cwd=folder)
    assert done.returncode == 2 and done.stdout == ""
    assert words in done.stderr and "Traceback" not in done.stderr
    assert names(folder) == before and names(folder / "out") == []


def test_processes_do_a_whole_batch(folder):
    done = run_real("convert", "a.tif", "b.tif", "--out-dir", "out", "--processes", "2", cwd=folder)
    assert (done.returncode, done.stderr) == (0, "")
    succeed("convert", "a.tif", "-o", "one.flac", "--workers", "1", cwd=folder)
    assert (folder / "one.flac").read_bytes() == (folder / "out" / "a.flac").read_bytes()
