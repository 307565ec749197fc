"""Names of inputs and outputs: in their order, as URLs, of variables, in any encoding."""

from __future__ import annotations

import os
import sys

import numpy as np
import pytest
import rasterio
from flac_raster_qgis.engine import compare, convert, extract
from kits.cli import names, run, succeed
from kits.geotiff import write_tif
from kits.rasters import slope, write_flac

LATIN = os.fsdecode(b"r\xe9gion.tif")
only_unix = pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="all names are Unicode")


@pytest.fixture
def folder(tmp_path):
    write_tif(tmp_path / "a.tif", slope(), crs="EPSG:32633")
    return tmp_path


# ---------------------------------------------------------------- convert IN OUT


def test_the_output_may_follow_the_input(folder):
    assert succeed("convert", "a.tif", "x.flac", cwd=folder).startswith("x.flac: ")
    assert succeed("convert", "x.flac", "back.tif", cwd=folder).startswith("back.tif: ")
    assert compare(folder / "a.tif", folder / "back.tif").identical
    assert names(folder) == ["a.tif", "back.tif", "x.flac"]


@pytest.mark.parametrize(
    "more", [[], ["--overwrite"], ["--skip-identical"], ["-f", "--cog"]], ids=str
)
@pytest.mark.parametrize("second", ["b.tif", "b.flac"])
def test_what_is_there_is_not_taken_for_an_output(folder, second, more):
    """Shells make ``a.tif b.tif`` of ``*.tif``, and ``dem.flac dem.tif`` of ``dem.*``."""
    make = write_flac if second.endswith("flac") else write_tif
    make(folder / second, slope(dtype="uint8"))
    before = (folder / second).read_bytes()
    done = run("convert", "a.tif", second, *more, cwd=folder)
    assert done.returncode == 2 and done.stdout == ""
    said = " ".join(done.stderr.split())
    assert f"{second} exists" in said and "--out-dir" in said and "--output" in said
    assert (folder / second).read_bytes() == before and names(folder) == ["a.tif", second]


def test_nor_is_a_link_to_nothing(folder):
    (folder / "b.flac").symlink_to("nowhere.flac")
    assert "b.flac exists" in run("convert", "a.tif", "b.flac", cwd=folder).stderr
    assert names(folder) == ["a.tif", "b.flac"]


@pytest.mark.parametrize(
    "line",
    [
        "a.tif b.flac c.flac",
        "a.tif -",
        "- b.flac",
        "a.tif https://example.org/b.flac",
        "netcdf:x.nc:a netcdf:x.nc:b",
        "a.tif b.flac -o c.flac",
    ],
)
def test_several_rasters_need_a_folder(folder, line):
    done = run("convert", *line.split(), cwd=folder)
    assert done.returncode == 2 and names(folder) == ["a.tif"]
    assert "--out-dir" in done.stderr or "Give the output once" in done.stderr


@pytest.mark.parametrize(
    "line",
    [
        "a.tif b.flac -o https://ann:hush@a.example/b.flac",
        "a.tif -o https://ann:hush@a.example/b.flac",
        "a.tif https:/ann:hush@a.example/b.flac",
        "a.tif --out-dir https://ann:hush@a.example/b",
        "https:ann:hush@a.example --out-dir b",
    ],
)
def test_passwords_in_names_are_not_shown(folder, line):
    done = run("convert", *line.split(), cwd=folder)
    assert done.returncode == 2 and names(folder) == ["a.tif"]
    assert "hush" not in done.stderr + done.stdout


def test_an_output_of_another_format(folder):
    done = run("convert", "a.tif", "x.png", cwd=folder)
    assert done.returncode == 2 and "x.png has the suffix '.png'" in done.stderr


# ---------------------------------------------------------------- an output that exists


@pytest.mark.parametrize("command", ["convert a.tif", "create-streaming a.tif -o a.flac"])
def test_the_error_names_the_options(folder, command):
    succeed("convert", "a.tif", cwd=folder)
    assert run(*command.split(), cwd=folder).stderr == (
        "Error: a.flac exists already. Choose another name with --output, or replace it with "
        "--overwrite.\n"
    )


def test_the_error_of_a_batch_names_its_own(folder):
    write_flac(folder / "flac.flac", slope(dtype="uint8"))
    (folder / "out").mkdir()
    (folder / "flac.flac").rename(folder / "out" / "a.flac")
    done = run("convert", "a.tif", "--out-dir", "out", cwd=folder)
    assert (
        "does not hold exactly what a.tif does (different dtype). Choose another folder with "
        "--out-dir" in done.stderr
    )


# ---------------------------------------------------------------- file URLs


def test_file_urls_wherever_a_name_may_stand(folder):
    base = f"file://{folder}"
    succeed("convert", f"{base}/a.tif", "-o", f"{base}/b%20c.flac", cwd="/")
    assert names(folder) == ["a.tif", "b c.flac"]
    assert succeed("info", f"{base}/b%20c.flac").splitlines()[0] == f"{folder}/b c.flac"
    assert "EPSG:32633" in succeed("info", f"{base}/a.tif")
    succeed("verify", f"{base}/b%20c.flac")
    succeed("compare", f"{base}/a.tif", f"{base}/b%20c.flac", "--export", f"{base}/r.json")
    succeed("query", f"{base}/b%20c.flac", "-o", f"{base}/r.txt")
    succeed("extract", f"{base}/b%20c.flac", "--center", "-o", f"{base}/part.tif")
    succeed("convert", f"{base}/a.tif", "--out-dir", f"{base}/x%20y")
    assert names(folder) == ["a.tif", "b c.flac", "part.tif", "r.json", "r.txt", "x y"]
    assert names(folder / "x y") == ["a.flac"]


def test_a_file_url_is_the_file_that_it_names(folder):
    done = run("convert", f"file://{folder}/a.tif", "-o", folder / "a.tif", "-f")
    assert "is both input and output" in done.stderr


# ---------------------------------------------------------------- names that are not UTF-8


@only_unix
def test_names_in_an_older_encoding(folder):
    there = folder / os.fsdecode(b"d\xe9p\xf4t")
    there.mkdir()
    (folder / "a.tif").rename(there / LATIN)
    (there / f"{LATIN}.aux.xml").write_text(
        '<PAMDataset><PAMRasterBand band="1"><Description>beside</Description></PAMRasterBand>'
        "</PAMDataset>"
    )
    stem = LATIN[:-4]
    succeed("convert", LATIN, cwd=there)
    assert "beside" in succeed("info", f"{stem}.flac", cwd=there)
    succeed("verify", f"{stem}.flac", cwd=there)
    succeed("convert", f"{stem}.flac", f"{stem}2.tif", cwd=there)
    succeed("convert", f"{stem}.flac", "-o", f"{stem}3.tif", "--cog", cwd=there)
    succeed("extract", f"{stem}.flac", "--center", "-o", f"{stem}4.tif", cwd=there)
    for number in (2, 3, 4):
        succeed("compare", LATIN, f"{stem}{number}.tif", cwd=there)
    succeed("convert", LATIN, f"{stem}3.tif", "--out-dir", f"{stem}.d", "--processes", 2, cwd=there)
    assert names(there / f"{stem}.d") == [f"{stem}.flac", f"{stem}3.flac"]
    left = [name for name in os.listdir(there) if "part" in name or name.startswith(".")]
    assert left == []


@only_unix
def test_the_same_in_python_and_as_a_url(folder):
    path = folder / LATIN
    (folder / "a.tif").rename(path)
    convert(f"file://{folder}/r%E9gion.tif")
    extract(path.with_suffix(".flac"), folder / os.fsdecode(b"\xfc.tif"))
    assert compare(path, folder / os.fsdecode(b"\xfc.tif")).identical


@only_unix
def test_two_names_that_differ_in_bytes_alone(folder):
    """Read as Latin-1, the first is what the second is in UTF-8."""
    write_tif(folder / "x.tif", slope(dtype="uint8"))
    (folder / "a.tif").rename(folder / LATIN)
    (folder / "x.tif").rename(folder / "région.tif")
    convert(folder / LATIN)
    with rasterio.open(folder / "région.tif") as dataset:
        assert dataset.dtypes == ("uint8",)
    assert len(names(folder)) == 3


# ---------------------------------------------------------------- variables and folders


@pytest.fixture
def cube(folder):
    if "netCDF" not in rasterio.drivers.raster_driver_extensions().values():
        pytest.skip("GDAL has no NetCDF here")
    write_tif(folder / "two.tif", slope(count=2, dtype="float32"))
    rasterio.shutil.copy(folder / "two.tif", folder / "cube.nc", driver="netCDF")
    return folder / "cube.nc"


def test_variables_of_a_file(cube):
    folder = cube.parent
    for name in ("netcdf:cube.nc:Band1", 'NETCDF:"cube.nc":Band2'):
        succeed("convert", name, cwd=folder)
    succeed(
        "convert", f'NETCDF:"{cube}":Band1', f"netcdf:{cube}:Band2", "--out-dir", "d", cwd=folder
    )
    assert names(folder / "d") == ["cube_Band1.flac", "cube_Band2.flac"]
    assert {"cube_Band1.flac", "cube_Band2.flac"} <= set(names(folder))
    with rasterio.open(f"netcdf:{cube}:Band2") as dataset:
        expected = dataset.read()
    convert(folder / "cube_Band2.flac", folder / "back.tif")
    with rasterio.open(folder / "back.tif") as dataset:
        np.testing.assert_array_equal(dataset.read(), expected)
    assert "holds 2 rasters. Give the name of one of them: " in run("info", cube).stderr
    succeed("convert", cube, "--out-dir", folder / "all")
    assert names(folder / "all") == ["cube_Band1.flac", "cube_Band2.flac"]


def test_a_folder_that_is_a_raster(folder):
    """Of GDAL's formats that are folders, Zarr is the best known."""
    zarr = folder / "x.zarr"
    with rasterio.open(folder / "a.tif") as old:
        profile, pixels = old.profile, old.read()
    sizes = {key: profile[key] for key in ("width", "height", "count", "dtype")}
    try:
        with rasterio.open(zarr, "w", driver="Zarr", **sizes) as dataset:
            dataset.write(pixels)
    except rasterio.errors.RasterioError as error:
        pytest.skip(f"GDAL cannot write Zarr here: {error}")
    succeed("convert", zarr, "-o", folder / "z.flac")
    convert(folder / "z.flac", folder / "z.tif")
    with rasterio.open(folder / "z.tif") as new:
        np.testing.assert_array_equal(new.read(), pixels)


def test_a_folder_that_is_none(folder):
    (folder / "d").mkdir()
    done = run("convert", "d", cwd=folder)
    assert done.returncode == 2
    assert "d is a folder; a file was expected, or a folder that GDAL knows" in done.stderr
