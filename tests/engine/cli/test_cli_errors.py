"""Errors: one sentence on stderr, exit status 2, no traceback, nothing on stdout."""

import pytest
from kits.cli import names, run
from kits.geotiff import write_tif
from kits.rasters import slope, write_flac


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("errors")
    write_flac(folder / "a.flac")
    write_tif(folder / "a.tif")
    (folder / "text.flac").write_text("no raster")
    (folder / "text.tif").write_text("no raster")
    (folder / "cut.flac").write_bytes((folder / "a.flac").read_bytes()[:-1])
    damaged = bytearray(write_flac(folder / "damaged.flac", slope(90, 90)).read_bytes())
    damaged[-5] ^= 0xFF
    (folder / "damaged.flac").write_bytes(damaged)
    (folder / "folder").mkdir()
    return folder


CASES = {
    "info none.flac": "none.flac does not exist",
    "info folder": "folder is a folder",
    "info text.tif": "text.tif is not a raster that can be read",
    "verify a.tif": "a.tif is not a FLAC raster",
    "info text.flac": "text.flac is not a FLAC raster",
    "info cut.flac": "cut.flac is truncated",
    "verify cut.flac": "cut.flac is truncated",
    "compare a.flac none.tif": "none.tif does not exist",
    "compare a.tif text.tif": "text.tif is not a raster that can be read",
    "compare a.tif damaged.flac --export a.tif": "a.tif is both input and output",
    "compare a.tif a.flac --export none/x.json": "none does not exist",
    "convert none.tif": "none.tif does not exist",
    "convert text.tif -o x.flac": "text.tif is not a raster that can be read",
    "convert a.tif": "a.flac exists already",
    "convert a.tif -o a.tif -f": "a.tif is both input and output",
    "convert a.tif -o x.png": "x.png has the suffix '.png'",
    "convert a.tif -o none/x.flac": "none does not exist",
    "convert a.tif -o x.flac --tile-size 17": "The tile size is 17",
    "convert a.tif -o x.flac --overview-resampling best": "The overview resampling is 'best'",
    "convert damaged.flac -o x.tif": "level 0, row 5, column 5 is damaged",
}


@pytest.mark.parametrize("line", CASES)
def test_error(folder, line):
    before = names(folder)
    done = run(*line.split(), cwd=folder)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith("Error: ")
    assert done.stderr.count("\n") == 1 and done.stderr.endswith(".\n")
    assert not done.stderr.endswith("..\n")
    assert CASES[line] in done.stderr
    assert names(folder) == before


@pytest.mark.parametrize(
    "command, sentence",
    [
        ("query a.tif", "a.tif is not a FLAC raster: it is a TIFF. Convert it first, with"),
        ("verify a.tif", "it is a TIFF. Convert it first, with flac-raster convert"),
        ("extract a.tif -o x.tif", "it is a TIFF. Convert it first, with flac-raster convert"),
        ("info www.example.org/a.flac", "Check the path. A URL begins with http:// or https://."),
        ("info 127.0.0.1:8765/a.flac", "Check the path. A URL begins with http:// or https://."),
        ("convert a.tif -o out", "out has no suffix, expected .flac for a FLAC raster or .tif"),
        ("extract a.flac -o out", "out has no suffix, expected .tif for a GeoTIFF"),
        ("convert . --out-dir z", ". is a folder, which says no name for an output"),
        ("query a.flac --bands 2", "a.flac has 1 band; there is no band 2."),
        ("query a.flac --crs 4326 --bbox 1,2,3,4", "did you mean EPSG:4326?"),
    ],
)
def test_advice_for_a_first_try(tmp_path, command, sentence):
    write_tif(tmp_path / "a.tif")
    write_flac(tmp_path / "a.flac", crs="EPSG:32633")
    done = run(*command.split(), cwd=tmp_path)
    assert done.returncode == 2 and done.stdout == ""
    assert done.stderr.startswith("Error: ") and sentence in done.stderr
