"""``flac-raster info``: a table for people, strict JSON for programs."""

import numpy as np
import pytest
from flac_raster_qgis.engine import ArrayRaster, Band, RasterMetadata, write_raster
from flac_raster_qgis.engine.model.band_times import with_times
from flac_raster_qgis.engine.model.metadata import GroundControlPoint
from flac_raster_qgis.engine.model.times import parse_time
from kits.cli import run, strict_json, succeed
from kits.geotiff import write_tif
from kits.rasters import array_raster, slope, write_flac


def test_table(tmp_path):
    write_flac(tmp_path / "a.flac", slope(count=2), crs="EPSG:32633", nodata=7, unit="m")
    text = succeed("info", "a.flac", cwd=tmp_path)
    for words in (
        *("a.flac", "40 x 30 pixels, 2 bands", "uint16", "0 to 321", "EPSG:32633"),
        *("0, 0, 40, 30", "9 of 16 x 16", "16 bit, 96000 Hz", "version 1.0"),
    ):
        assert words in text


def test_dates_and_labels_of_bands(tmp_path):
    raster = array_raster(slope(count=4))
    times = [parse_time(f"2020-0{month}") for month in (1, 2) for _ in "ab"]
    metadata = with_times(raster.metadata, times, ["tas", "pr"] * 2)
    write_raster(ArrayRaster(metadata, slope(count=4)), tmp_path / "a.flac")
    lines = succeed("info", "a.flac", cwd=tmp_path).splitlines()
    header = next(n for n, line in enumerate(lines) if line.split()[:1] == ["band"])
    assert lines[header].split()[:4] == ["band", "time", "label", "color"]
    found = [line.split()[:3] for line in lines[header + 1 : header + 5]]
    assert found == [
        ["1", "2020-01", "tas"],
        ["2", "2020-01", "pr"],
        ["3", "2020-02", "tas"],
        ["4", "2020-02", "pr"],
    ]


def test_long_values_are_not_broken_into_lines_when_piped(tmp_path):
    description = "word " * 60 + "end"
    write_flac(tmp_path / "a.flac", description=description)
    assert description in succeed("info", "a.flac", cwd=tmp_path)


def test_json(tmp_path):
    write_flac(tmp_path / "a.flac", nodata=0, crs="EPSG:4326", tags={"": {"KEY": "Grün \x1b ☃"}})
    facts = strict_json(succeed("info", "--json", "a.flac", cwd=tmp_path))
    assert (facts["width"], facts["height"], facts["count"]) == (40, 30, 1)
    assert facts["dtype"] == "uint16" and facts["crs"] == "EPSG:4326"
    assert facts["bands"][0]["nodata"] == 0
    assert facts["bands"][0]["minimum"] == facts["data_min"] > 0
    assert facts["bands"][0]["maximum"] == facts["data_max"] < 4000
    assert facts["statistics_level"] == 0
    assert facts["tags"] == {"": {"KEY": "Grün \x1b ☃"}}
    assert [level["level"] for level in facts["levels"]] == [0, 1, 2]
    assert facts["file_bytes"] == (tmp_path / "a.flac").stat().st_size


def test_json_of_numbers_that_json_lacks(tmp_path):
    array = np.array([[[np.nan, np.inf], [-np.inf, 1.5]]], np.float64)
    write_flac(tmp_path / "a.flac", array, nodata=float("nan"), scale=float("inf"))
    facts = strict_json(succeed("info", "--json", "a.flac", cwd=tmp_path))
    assert (facts["data_min"], facts["data_max"]) == ("-inf", "inf")
    assert (facts["bands"][0]["minimum"], facts["bands"][0]["maximum"]) == ("-inf", "inf")
    assert (facts["bands"][0]["nodata"], facts["bands"][0]["scale"]) == ("nan", "inf")


def test_json_of_64_bits(tmp_path):
    array = np.array([[[-(2**63), 2**63 - 1]]], np.int64)
    write_flac(tmp_path / "a.flac", array, nodata=-(2**63) + 1)
    facts = strict_json(succeed("info", "--json", "a.flac", cwd=tmp_path))
    assert (facts["data_min"], facts["data_max"]) == (-(2**63), 2**63 - 1)
    assert (facts["bands"][0]["minimum"], facts["bands"][0]["maximum"]) == (-(2**63), 2**63 - 1)
    assert facts["bands"][0]["nodata"] == -(2**63) + 1


def test_extremes_of_each_band(tmp_path):
    array = np.stack([np.full((9, 9), 7), np.arange(81).reshape(9, 9) * 300])
    write_flac(tmp_path / "a.flac", array.astype(np.uint16), nodata=7)
    facts = strict_json(succeed("info", "--json", "a.flac", cwd=tmp_path))
    found = [(band["minimum"], band["maximum"]) for band in facts["bands"]]
    assert found == [(None, None), (0, 24000)]
    shown = succeed("info", "a.flac", cwd=tmp_path)
    assert "minimum" in shown and "maximum" in shown and "24000" in shown


def test_complex_numbers_have_no_extremes(tmp_path):
    write_flac(tmp_path / "a.flac", np.ones((1, 3, 4), np.complex64))
    facts = strict_json(succeed("info", "--json", "a.flac", cwd=tmp_path))
    assert facts["statistics_level"] is None
    assert facts["bands"][0]["minimum"] is facts["bands"][0]["maximum"] is None


def test_ground_control_points_and_no_geotransform(tmp_path):
    points = (
        GroundControlPoint(0, 0, 7.5, 16.3, id="1"),
        GroundControlPoint(30, 40, 7.8, 16.1, id="2"),
    )
    metadata = RasterMetadata(40, 30, "uint16", (Band(),), gcps=points, gcps_crs="EPSG:4326")
    write_raster(ArrayRaster(metadata, slope()), tmp_path / "a.flac")
    text = succeed("info", "a.flac", cwd=tmp_path)
    assert "2 points, EPSG:4326" in text
    assert "0, 0, 40, 30 in pixels; there is no geotransform" in text and "pixel size" not in text
    box = ("--bbox", "7.5,16.1,7.6,16.2")
    done = run("extract", "a.flac", *box, "-o", "x.tif", cwd=tmp_path)
    assert done.returncode == 0 and done.stderr == (
        "Warning: a.flac: it has no geotransform, only 2 ground control points in EPSG:4326, so "
        "the bbox counts pixels. For map coordinates, warp it with gdalwarp and convert the "
        "result.\n"
    )
    succeed("extract", "a.flac", "--bbox", "0,0,5,5", "-o", "y.tif", cwd=tmp_path)  # of pixels
    done = run("query", "a.flac", "--bbox", "7.5,46.1,7.6,46.2", cwd=tmp_path)
    assert done.returncode == 2
    assert "Choose one inside. a.flac: it has no geotransform, only" in done.stderr
    assert "say which CRS" not in done.stderr


def test_scale_and_offset_where_a_band_has_them(tmp_path):
    write_flac(tmp_path / "plain.flac")
    assert "offset" not in succeed("info", "plain.flac", cwd=tmp_path)
    write_flac(tmp_path / "a.flac", scale=0.1, offset=5.0)
    lines = [line.split() for line in succeed("info", "a.flac", cwd=tmp_path).splitlines()]
    (row,) = [row for row, header in zip(lines[1:], lines) if "scale" in header]
    assert row[-4:-2] == ["0.1", "5"]


def test_bands_of_a_geotiff_are_listed(tmp_path):
    write_tif(tmp_path / "a.tif", slope(count=2), nodata=7)
    lines = [line.split() for line in succeed("info", "a.tif", cwd=tmp_path).splitlines()]
    assert [line[0] for line in lines[-3:]] == ["band", "1", "2"]
    assert all("7" in line for line in lines[-2:])


@pytest.mark.parametrize(
    "crs, unit", [("EPSG:4326", "degrees"), ("EPSG:32632", "m"), ("EPSG:2263", "US survey foot")]
)
def test_bounds_and_pixel_size_have_the_unit_of_the_crs(tmp_path, crs, unit):
    transform = (2.0, 0.0, 7.0, 0.0, -2.0, 60.0)
    metadata = RasterMetadata(5, 4, "uint8", (Band(),), crs, transform)
    write_raster(ArrayRaster(metadata, np.zeros((1, 4, 5), np.uint8)), tmp_path / "u.flac")
    lines = succeed("info", "u.flac", cwd=tmp_path).splitlines()
    rows = {line.split("  ")[0].strip(): line.strip() for line in lines}
    assert rows["bounds"].endswith(f"7, 52, 17, 60 {unit}")
    assert rows["pixel size"].endswith(f"2, -2 {unit}")
