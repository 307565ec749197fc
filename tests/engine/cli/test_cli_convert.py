"""``flac-raster convert``: names, options, and what it says."""

import numpy as np
import pytest
import rasterio
from flac_raster_qgis.engine import FlacRaster, compare, info, verify
from kits.cli import names, run, strict_json, succeed
from kits.geotiff import write_tif
from kits.rasters import slope, write_flac


@pytest.fixture
def folder(tmp_path):
    return tmp_path


def test_default_names_both_ways(folder):
    array = slope()
    write_tif(folder / "a.tif", array)
    assert "a.flac" in succeed("convert", "a.tif", cwd=folder)
    (folder / "a.tif").rename(folder / "first.tif")
    assert "a.tif" in succeed("convert", "a.flac", cwd=folder)
    assert names(folder) == ["a.flac", "a.tif", "first.tif"]
    assert compare(folder / "first.tif", folder / "a.tif").identical


def test_options_for_flac(folder):
    write_tif(folder / "a.tif", slope(100, 90))
    out = succeed(
        *("convert", "a.tif", "-o", "b.flac", "-c", "8", "--tile-size", "32"),
        *("--overview-resampling", "none", "--workers", "1"),
        cwd=folder,
    )
    assert out.startswith("b.flac: ") and " % of 18.0 kB of pixels" in out
    assert out.count("\n") == 1
    facts = info(folder / "b.flac")
    assert facts["tile_size"] == 32 and len(facts["levels"]) == 1
    assert verify(folder / "b.flac").valid


@pytest.mark.parametrize(("interleave", "bands"), [("pixel", 6), ("band", 1), ("auto", 4)])
def test_interleave(folder, interleave, bands):
    write_tif(folder / "a.tif", slope(count=6))
    succeed("convert", "a.tif", "--interleave", interleave, cwd=folder)
    assert info(folder / "a.flac")["tile_bands"] == bands
    together = "1 band" if bands == 1 else f"{bands} bands"
    assert f"pixels, {together} each" in succeed("info", "a.flac", cwd=folder)
    assert compare(folder / "a.tif", folder / "a.flac").identical


def test_compression_level_matters(folder):
    noise = np.random.default_rng(1).normal(0, 300, (200, 202))
    correlated = noise[:, 2:] + 1.6 * noise[:, 1:-1] + 1.2 * noise[:, :-2]
    write_tif(folder / "a.tif", correlated.astype("int16")[np.newaxis])
    for level in (0, 8):
        succeed("convert", "a.tif", "-o", f"{level}.flac", "--compression-level", level, cwd=folder)
    sizes = [(folder / f"{level}.flac").stat().st_size for level in (0, 8)]
    assert sizes[1] < sizes[0]


def test_overview_method(folder):
    array = slope(64, 64)
    write_tif(folder / "a.tif", array)
    arguments = ("--overview-resampling", "nearest", "--tile-size", "32", "-o", "b.flac")
    succeed("convert", "a.tif", *arguments, cwd=folder)
    with FlacRaster.open(folder / "b.flac") as raster:
        assert (raster.read(level=1) == array[:, ::2, ::2]).all()


@pytest.mark.filterwarnings("ignore::rasterio.errors.NotGeoreferencedWarning")
def test_cog(folder):
    write_flac(folder / "a.flac", slope(700, 600), tile_size=256)
    succeed("convert", "a.flac", "--cog", cwd=folder)
    with rasterio.open(folder / "a.tif") as dataset:
        assert dataset.tags(ns="IMAGE_STRUCTURE")["LAYOUT"] == "COG"
    assert compare(folder / "a.flac", folder / "a.tif").pixels_identical
    assert names(folder) == ["a.flac", "a.tif"]


def test_existing_output_needs_force(folder):
    write_tif(folder / "a.tif")
    (folder / "a.flac").write_bytes(b"old")
    done = run("convert", "a.tif", cwd=folder)
    assert done.returncode == 2 and done.stdout == ""
    assert done.stderr.startswith("Error: a.flac exists already")
    assert (folder / "a.flac").read_bytes() == b"old"
    succeed("convert", "a.tif", "-f", cwd=folder)
    assert verify(folder / "a.flac").valid


def test_verbose_says_more(folder):
    write_tif(folder / "a.tif")
    lines = succeed("convert", "a.tif", "-v", cwd=folder).splitlines()
    assert lines[0].startswith("a.flac: ")
    assert [line.split()[0] for line in lines[1:] if line.strip()] == [
        "input",
        "pixels",
        "output",
        "speed",
    ]


def test_warning_of_what_geotiff_cannot_hold(folder):
    write_flac(folder / "a.flac", slope(count=2), colormap={1: (1, 2, 3, 255)})
    done = run("convert", "a.flac", cwd=folder)
    assert done.returncode == 0
    assert done.stderr.startswith("Warning: ")
    assert "colormap" in done.stderr and "the FLAC file still has it" in done.stderr


def test_overviews_of_a_geotiff(folder):
    """None unless they are asked for, and a note says so below the result."""
    write_tif(folder / "a.tif", slope(300, 400))
    succeed("convert", "a.tif", "--tile-size", "128", cwd=folder)
    result, note = succeed("convert", "a.flac", "-o", "b.tif", cwd=folder).splitlines()
    assert result.startswith("b.tif: ")
    assert note == (
        "Note: b.tif has no overviews, though a.flac has some. To make them, choose average, mode "
        "or nearest with --overview-resampling (in QGIS: Overview resampling, in Python: "
        "overview_resampling=), or make a Cloud "
        "Optimized GeoTIFF."
    )
    assert succeed("convert", "a.flac", "-o", "c.tif", "--overview-resampling", "mode", cwd=folder)
    found = strict_json(succeed("convert", "c.tif", "--tile-size", "128", "--json", cwd=folder))
    assert found["notes"] == [
        "The overviews of c.flac were made from its pixels; those of c.tif were not taken over."
    ]
    with rasterio.open(folder / "c.tif") as dataset:
        assert dataset.overviews(1) == [2]


def test_a_cog_without_overviews_is_not_told_to_be_one(folder):
    write_flac(folder / "a.flac", slope(300, 400), tile_size=128)
    arguments = ("convert", "a.flac", "-o", "b.tif", "--cog", "--overview-resampling", "none")
    _, note = succeed(*arguments, cwd=folder).splitlines()
    assert note == "Note: b.tif has no overviews, though a.flac has some."


@pytest.mark.parametrize(
    "output, options, note",
    [
        (
            "b.tif",
            ["--effort", "small", "--tile-size", "32", "-c", "8"],
            "b.tif is a GeoTIFF, on which effort, compression level and tile size have no effect.",
        ),
        (
            "b.tif",
            ["--interleave", "band"],
            "b.tif is a GeoTIFF, on which interleave has no effect.",
        ),
        (
            "b.flac",
            ["--cog"],
            "b.flac is a FLAC raster, on which cog (Cloud Optimized GeoTIFF) has no effect.",
        ),
    ],
)
def test_options_of_another_kind_of_output_are_named(folder, output, options, note):
    write_flac(folder / "a.flac", tile_size=64)
    lines = succeed("convert", "a.flac", "-o", output, *options, cwd=folder).splitlines()
    assert lines[1:] == [f"Note: {note}"]
    arguments = ("convert", "a.flac", "-o", f"2{output}", *options, "--json")
    assert strict_json(succeed(*arguments, cwd=folder))["notes"] == [f"2{note}"]
