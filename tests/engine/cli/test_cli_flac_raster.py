"""Commands and options that scripts for the package flac-raster use."""

import json

import numpy as np
import rasterio
from flac_raster_qgis.engine import FlacRaster, info
from kits import LEGACY_SAMPLES
from kits.backends import needs_pyflac
from kits.cli import names, run, strict_json, succeed
from kits.geotiff import write_tif
from kits.rasters import slope, write_flac

PLACE = rasterio.Affine(10, 0, 500000, 0, -10, 5200000)


def tif(folder, **options):
    return write_tif(folder / "x.tif", crs="EPSG:32633", transform=PLACE, **options)


def pixels(path):
    with rasterio.open(path) as dataset:
        return dataset.read()


def test_convert_both_ways_with_all_of_its_options(tmp_path):
    tif(tmp_path)
    succeed("convert", "x.tif", "-c", "5", "-v", "-s", "--tile-size", "16", cwd=tmp_path)
    assert info(tmp_path / "x.flac")["tile_size"] == 16
    done = run("convert", "x.flac", cwd=tmp_path)
    assert done.returncode == 2 and "exists already" in done.stderr
    succeed("convert", "x.flac", "--overwrite", "--spatial", "--verbose", cwd=tmp_path)
    assert (pixels(tmp_path / "x.tif") == slope()).all()
    succeed("convert", "x.tif", "--output", "y.flac", "--compression-level", "8", cwd=tmp_path)
    assert names(tmp_path) == ["x.flac", "x.tif", "y.flac"]


def test_create_streaming_and_extract_streaming(tmp_path):
    array = slope(70, 50)
    tif(tmp_path, array=array)
    shown = succeed("create-streaming", "x.tif", "--tile-size=32", cwd=tmp_path)
    assert "x_streaming.flac" in shown
    (tmp_path / "t.tif").write_bytes(b"old")  # which flac-raster replaces, too
    for options, rows, columns in (
        (["--tile", "0"], slice(0, 32), slice(0, 32)),
        (["--tile=4"], slice(32, 50), slice(32, 64)),
        (["--last"], slice(32, 50), slice(64, 70)),
        (["--center"], slice(32, 50), slice(32, 64)),
        (["--bbox", "500300,5199700,500400,5199800"], slice(20, 30), slice(30, 40)),
    ):
        shown = succeed(
            "extract-streaming", "x_streaming.flac", *options, "--output=t.tif", cwd=tmp_path
        )
        assert " % of the file not needed" in shown
        assert (pixels(tmp_path / "t.tif") == array[:, rows, columns]).all()
    done = run("create-streaming", "x.tif", cwd=tmp_path)
    assert done.returncode == 2 and "exists already" in done.stderr
    succeed("create-streaming", "x.tif", "-f", "-o", "x_streaming.flac", cwd=tmp_path)
    with FlacRaster.open(tmp_path / "x_streaming.flac") as raster:
        assert raster.grid.tile_size == 1024


def test_create_streaming_says_what_it_cannot_hold(tmp_path):
    tif(tmp_path, array=slope(dtype="float32"))
    done = run("create-streaming", "x.tif", cwd=tmp_path)
    assert done.returncode == 2
    assert "float32" in done.stderr and "usual layout" in done.stderr
    assert names(tmp_path) == ["x.tif"]


def test_savings(tmp_path):
    write_flac(tmp_path / "x.flac")
    shown = succeed("extract-streaming", "x.flac", "--last", "--savings", cwd=tmp_path)
    assert "saved" in shown and "whole file" in shown
    assert names(tmp_path) == ["x.flac"]
    succeed("extract-streaming", "x.flac", "--last", "--savings", "-o", "y.tif", cwd=tmp_path)
    assert names(tmp_path) == ["x.flac", "y.tif"]


def test_extract_streaming_must_be_told_what(tmp_path):
    write_flac(tmp_path / "x.flac")
    for arguments, message in (
        (["-o", "y.tif"], "Give one of --bbox, --tile, --center and --last."),
        (["--last"], "Give --output, the GeoTIFF to write."),
        (["--last", "--center", "-o", "y.tif"], "Give only one of"),
    ):
        done = run("extract-streaming", "x.flac", *arguments, cwd=tmp_path)
        assert done.returncode == 2 and message in done.stderr.replace("\n", " ")


def test_extract_tile_writes_whole_tiles(tmp_path):
    tif(tmp_path)
    succeed("convert", "x.tif", "--tile-size", "16", cwd=tmp_path)
    box = "500170,5199900,500180,5199910"
    for _ in range(2):
        succeed("extract-tile", "x.flac", "--bbox", box, "--output", "t.tif", cwd=tmp_path)
        assert (pixels(tmp_path / "t.tif") == slope()[:, :16, 16:32]).all()


def test_query_as_it_was_used(tmp_path):
    tif(tmp_path)
    succeed("convert", "x.tif", "--tile-size", "16", cwd=tmp_path)
    box = "500000, 5199900, 500010, 5199910"
    ranges = succeed("query", "x.flac", "-b", box, "-f", "ranges", cwd=tmp_path)
    assert ranges.startswith("bytes=")
    succeed("query", "x.flac", "--bbox", box, "--output", "r.json", cwd=tmp_path)
    found = strict_json((tmp_path / "r.json").read_text())
    assert found["http_headers"] == ranges.split()
    assert found["total_ranges"] == 1 and found["bbox"] == [500000, 5199900, 500010, 5199910]
    (only,) = found["ranges"]
    assert only["end"] - only["start"] + 1 == only["size"] == found["total_bytes"]
    succeed("query", "x.flac", "--bbox", box, "--format=data", "--output=d", cwd=tmp_path)
    data = (tmp_path / "x.flac").read_bytes()
    assert (tmp_path / "d").read_bytes() == data[only["start"] : only["end"] + 1]


def test_spatial_info(tmp_path):
    tif(tmp_path)
    succeed("convert", "x.tif", "--tile-size", "16", cwd=tmp_path)
    shown = succeed("spatial-info", "x.flac", cwd=tmp_path)
    assert "EPSG:32633" in shown
    assert "500160, 5199840, 500320, 5200000" in shown
    assert "16, 0, 16, 16" in shown


def test_compare_as_it_was_used(tmp_path):
    tif(tmp_path)
    shown = succeed("compare", "x.tif", "x.tif", "--no-bands", "--export", "c.json", cwd=tmp_path)
    assert "identical: yes" in shown
    assert json.loads((tmp_path / "c.json").read_text())["identical"] is True


def test_info_of_a_geotiff(tmp_path):
    tif(tmp_path)
    shown = succeed("info", "x.tif", cwd=tmp_path)
    assert "40 x 30 pixels" in shown and "EPSG:32633" in shown and "uint16" in shown
    found = strict_json(succeed("info", "x.tif", "--json", cwd=tmp_path))
    assert (found["width"], found["count"], found["uncompressed_bytes"]) == (40, 1, 2400)


# ---------------------------------------------------------------- its files


def old_file(folder, name):
    source = LEGACY_SAMPLES / name
    (folder / "old.flac").write_bytes(source.read_bytes())


@needs_pyflac
def test_what_cannot_be_restored_is_said(tmp_path):
    old_file(tmp_path, "full_i16_v01.plain.flac")
    done = run("convert", "old.flac", "-o", "new.tif", cwd=tmp_path)
    assert done.returncode == 0
    assert "Warning: old.flac: flac-raster scaled its pixels, and 3,072 of" in done.stderr
    done = run("verify", "old.flac", cwd=tmp_path)
    assert done.returncode == 0
    assert "the checksum of every frame is right" in done.stdout
    assert "Recovered, with 3,072 of 3,072 values uncertain" in done.stdout
    found = strict_json(run("verify", "old.flac", "--json", cwd=tmp_path).stdout)
    assert (found["valid"], found["uncertain_values"], found["has_md5"]) == (True, 3072, False)
    done = run("extract", "old.flac", "--center", "-o", "part.tif", cwd=tmp_path)
    assert "3,072 of" in done.stderr


@needs_pyflac
def test_what_is_restored_exactly_is_said_without_a_warning(tmp_path):
    old_file(tmp_path, "dem_i16_v01.plain.flac")
    shown = succeed("info", "old.flac", cwd=tmp_path)
    assert "flac-raster, plain" in shown and "exactly" in shown
    shown = succeed("verify", "old.flac", cwd=tmp_path)
    assert "uncertain" not in shown and "MD5" not in shown
    succeed("convert", "old.flac", cwd=tmp_path)
    assert pixels(tmp_path / "old.tif").dtype == np.int16


@needs_pyflac
def test_what_was_never_stored_is_refused_with_that_sentence(tmp_path):
    old_file(tmp_path, "dem_i16_v01.spatial.flac")
    for command in (["convert"], ["verify"], ["query"], ["extract", "--last", "-o", "x.tif"]):
        done = run(*command, "old.flac", cwd=tmp_path)
        assert done.returncode == 2
        assert "never stored the pixels" in done.stderr
    done = run("info", "old.flac", cwd=tmp_path)
    assert done.returncode == 0
    assert "EPSG:32633" in done.stdout and "98 to 1899" in done.stdout
    assert "without pixels" in done.stdout
    assert "not at all" in done.stdout and "never stored" in done.stderr
    assert names(tmp_path) == ["old.flac"]
    done = run("spatial-info", "old.flac", cwd=tmp_path)
    rows = [line.split() for line in done.stdout.splitlines()]
    assert done.returncode == 0 and ["tiles", "4"] in rows
    assert [row[0] for row in rows[-4:]] == ["0", "1", "2", "3"]
