"""``flac-raster compare``: exit status, tables, and the exported result."""

import numpy as np
import pytest
from flac_raster_qgis.engine.model.metadata import Histogram
from kits.cli import names, run, strict_json, succeed
from kits.geotiff import write_tif
from kits.rasters import slope, write_flac


def export(folder, first, second, **band):
    """Compare two arrays through FLAC files; return the exit status and the exported result."""
    write_flac(folder / "a.flac", first, **band)
    write_flac(folder / "b.flac", second, **band)
    done = run("compare", "a.flac", "b.flac", "--export", "result.json", cwd=folder)
    assert done.stderr == ""
    return done.returncode, strict_json((folder / "result.json").read_text(encoding="utf-8"))


def one_row(dtype, *values):
    return np.array([[values]], dtype)


def test_identical(tmp_path):
    write_tif(tmp_path / "a.tif")
    write_flac(tmp_path / "a.flac")
    text = succeed("compare", "a.tif", "a.flac", cwd=tmp_path)
    assert text.endswith("identical: yes (every pixel by its bits, and all metadata)\n")
    assert text.split()[:4] == ["band", "pixels", "differing", "largest"]


def test_no_bands(tmp_path):
    write_flac(tmp_path / "a.flac")
    text = succeed("compare", "a.flac", "a.flac", "--no-bands", cwd=tmp_path)
    assert text == "identical: yes (every pixel by its bits, and all metadata)\n"


def test_statistics_and_histograms_are_told_apart(tmp_path):
    """They make no difference, and nobody is told that they were equal."""
    statistics = {"": {"STATISTICS_MEAN": "1.5"}}
    histogram = Histogram(0, 4, (1, 2, 3, 4))
    write_tif(tmp_path / "a.tif")
    write_flac(tmp_path / "a.flac")
    bands = {"band_tags": statistics, "histograms": (histogram,)}
    write_flac(tmp_path / "b.flac", **bands)
    done = run("compare", "a.tif", "b.flac", "--export", "x.json", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith(
        "identical: yes (every pixel by its bits, and all metadata except statistics and "
        "histograms, which differ)\n"
    )
    assert "band 1 statistics" in done.stdout and "band 1 histograms" in done.stdout
    found = strict_json((tmp_path / "x.json").read_text(encoding="utf-8"))
    assert found["identical"] is True and found["differences"] == []
    assert len(found["statistics_differences"]) == 2


def test_json_is_what_is_exported(tmp_path):
    write_flac(tmp_path / "a.flac")
    write_flac(tmp_path / "b.flac", slope() + 1)
    arguments = ("compare", "a.flac", "b.flac")
    done = run(*arguments, "--json", "--export", "x.json", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (1, "")
    assert strict_json(done.stdout) == strict_json((tmp_path / "x.json").read_text("utf-8"))
    assert strict_json(done.stdout)["max_difference"] == 1
    assert run(*arguments, "--json", cwd=tmp_path).stdout == done.stdout


def test_an_exported_file_is_replaced(tmp_path):
    """As flac-raster does, so that its scripts run a second time; an input never is."""
    write_flac(tmp_path / "a.flac")
    (tmp_path / "x.json").write_text("old")
    assert "x.json: " in succeed("compare", "a.flac", "a.flac", "-e", "x.json", cwd=tmp_path)
    assert strict_json((tmp_path / "x.json").read_text("utf-8"))["identical"] is True
    before = (tmp_path / "a.flac").read_bytes()
    done = run("compare", "a.flac", "a.flac", "-e", "a.flac", cwd=tmp_path)
    assert done.returncode == 2 and "both input and output" in done.stderr
    assert (tmp_path / "a.flac").read_bytes() == before


def test_pixels_differ(tmp_path):
    changed = slope()
    changed[0, 3, 4] += 5
    status, result = export(tmp_path, slope(), changed)
    assert status == 1
    assert result["identical"] is False and result["pixels_identical"] is False
    assert result["max_difference"] == 5
    assert result["bands"][0]["differing"] == 1
    assert names(tmp_path) == ["a.flac", "b.flac", "result.json"]


def test_only_metadata_differ(tmp_path):
    write_flac(tmp_path / "a.flac", crs="EPSG:32633")
    write_flac(tmp_path / "b.flac", crs="EPSG:32634")
    done = run("compare", "a.flac", "b.flac", cwd=tmp_path)
    assert done.returncode == 1 and done.stderr == ""
    assert "EPSG:32633" in done.stdout and "EPSG:32634" in done.stdout
    assert done.stdout.endswith("identical: no (every pixel is, but metadata differ)\n")


def test_differences_of_metadata_in_words(tmp_path):
    write_flac(tmp_path / "a.flac", tags={"": {"A": "1", "B": "same"}}, colormap={1: (1, 2, 3, 4)})
    write_flac(tmp_path / "b.flac", tags={"": {"A": "2", "B": "same"}, "IMG": {"C": "3"}})
    lines = run("compare", "a.flac", "b.flac", cwd=tmp_path).stdout.splitlines()
    rows = {tuple(line.split()[:1]): line.split() for line in lines}
    assert rows[("tags",)] == ["tags", "A=1", "A=2,", "IMG:C=3"]
    assert "band 1 colormap" in "\n".join(lines) and "1=1, 2, 3, 4" in "\n".join(lines)
    assert not any(sign in "".join(lines) for sign in "{}[]'")
    write_flac(tmp_path / "c.flac", slope(count=2, dtype="uint8"))
    text = run("compare", "a.flac", "c.flac", cwd=tmp_path).stdout
    assert "data type" in text and "bands" in text and "dtype" not in text


def test_shapes_differ(tmp_path):
    status, result = export(tmp_path, slope(40, 30), slope(30, 40))
    assert status == 1
    assert result["pixels_identical"] is None and result["max_difference"] is None
    assert result["bands"] == []
    assert {entry["field"] for entry in result["differences"]} >= {"width", "height"}


@pytest.mark.parametrize(
    "dtype, first, second, largest",
    [
        ("uint8", (0, 255), (255, 0), 255),
        ("int8", (-128, 0), (127, 0), 255),
        ("int64", (-(2**63), 0), (2**63 - 1, 0), 2**64 - 1),
        ("uint64", (0, 1), (2**64 - 1, 1), 2**64 - 1),
    ],
)
def test_differences_do_not_wrap_around(tmp_path, dtype, first, second, largest):
    status, result = export(tmp_path, one_row(dtype, *first), one_row(dtype, *second))
    assert status == 1
    assert result["max_difference"] == largest
    (band,) = result["bands"]
    assert (band["a"]["minimum"], band["a"]["maximum"]) == (min(first), max(first))
    assert (band["b"]["minimum"], band["b"]["maximum"]) == (min(second), max(second))


def test_nan_infinities_and_zeros(tmp_path):
    first = one_row("float32", np.nan, np.inf, np.inf, 0.0, 1.0)
    second = one_row("float32", np.nan, np.inf, -np.inf, -0.0, 1.0)
    status, result = export(tmp_path, first, second)
    assert status == 1
    (band,) = result["bands"]
    assert band["differing"] == 2  # the zero of other sign counts: its bits differ
    assert band["max_difference"] == "inf" and band["rmse"] == "inf"
    assert band["a"]["valid"] == 4
    assert (band["b"]["minimum"], band["b"]["maximum"]) == ("-inf", "inf")


def test_nan_of_other_bits_differs(tmp_path):
    quiet = one_row("float32", np.nan, 1)
    other = (quiet.view(np.uint32) ^ [[[1, 0]]]).astype(np.uint32).view(np.float32)
    status, result = export(tmp_path, quiet, other)
    assert status == 1
    assert result["bands"][0]["differing"] == 1
    assert result["bands"][0]["max_difference"] == 0


def test_nodata_is_left_out_of_statistics(tmp_path):
    first, second = one_row("int16", -9999, 5, 7), one_row("int16", 100, 5, 9)
    status, result = export(tmp_path, first, second, nodata=-9999)
    assert status == 1
    (band,) = result["bands"]
    assert (band["a"]["valid"], band["b"]["valid"]) == (2, 3)
    assert (band["a"]["minimum"], band["a"]["mean"]) == (5, 6)
    assert band["differing"] == 2 and band["max_difference"] == 2


def test_all_nodata(tmp_path):
    array = one_row("float64", np.nan, np.nan)
    status, result = export(tmp_path, array, array, nodata=float("nan"))
    assert status == 0
    (band,) = result["bands"]
    assert band["max_difference"] is None and band["rmse"] is None
    assert band["a"] == {"valid": 0, "minimum": None, "maximum": None, "mean": None}


def test_dates_of_bands(tmp_path):
    """Numbers of bands are those within the time, so that only dates say which ones they are."""
    write_tif(tmp_path / "a.tif", slope(count=4))
    (tmp_path / "times.csv").write_text("2020-01,,red\n2020-01,,nir\n2020-02,,red\n2020-02,,nir\n")
    for name in ("a.flac", "b.flac"):
        succeed("convert", "a.tif", "-o", name, "--times", "times.csv", cwd=tmp_path)
    shown = succeed("compare", "a.flac", "b.flac", "--time", "2020-02", cwd=tmp_path).splitlines()
    assert shown[0].split()[:3] == ["band", "time", "label"]
    assert [line.split()[:4] for line in shown[1:3]] == [
        ["1", "2020-02", "red", "0"],
        ["2", "2020-02", "nir", "0"],
    ]
