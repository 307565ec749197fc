"""The tools info and verify: what a file is, and whether it is whole."""

from __future__ import annotations

import json
import shutil

import numpy as np
import pytest
from flac_raster_qgis.engine import FlacRaster, convert
from flac_raster_qgis.engine.model.transform import tile_corners
from qgis.core import QgsProcessingException


@pytest.fixture
def damaged(flac):
    """The last tile of the file with one bit changed."""
    data = bytearray(flac.read_bytes())
    data[-20] ^= 4
    flac.write_bytes(data)
    return flac


def test_info(run, flac, tmp_path, feedback):
    html, data = tmp_path / "info.html", tmp_path / "info.json"
    found = run("info", INPUT=str(flac), OUTPUT_HTML=str(html), OUTPUT_JSON=str(data))
    with FlacRaster.open(flac) as raster:
        levels, tiles = len(raster.levels), raster.grid.tile_count
    expected = {
        "WIDTH": 200,
        "HEIGHT": 150,
        "BANDS": 1,
        "DTYPE": "int16",
        "CRS": "EPSG:32633",
        "FILE_SIZE": flac.stat().st_size,
        "SIZE_RATIO": pytest.approx(flac.stat().st_size / 60000),
        "LEVELS": levels,
        "TILES": tiles,
    }
    assert {key: found[key] for key in expected} == expected
    assert json.loads(found["JSON"]) == json.loads(data.read_text("utf-8"))
    assert json.loads(found["JSON"])["tile_size"] == 64
    (band,) = json.loads(found["JSON"])["bands"]
    assert "Minimum" in html.read_text("utf-8")
    for key in ("minimum", "maximum"):
        assert f"{band[key]:,}" in html.read_text("utf-8")
    assert "200 × 150 pixels, one band, int16" in html.read_text("utf-8")
    assert "200 × 150 pixels, one band, int16" in feedback.said[0]


def test_info_of_another_format(run, geotiff, tmp_path, feedback):
    html, data = tmp_path / "info.html", tmp_path / "info.json"
    found = run("info", INPUT=str(geotiff), OUTPUT_HTML=str(html), OUTPUT_JSON=str(data))
    size = geotiff.stat().st_size
    expected = {"WIDTH": 200, "HEIGHT": 150, "BANDS": 1, "DTYPE": "int16", "CRS": "EPSG:32633"}
    expected.update(FILE_SIZE=size, SIZE_RATIO=pytest.approx(size / 60000), RECOVERY="")
    expected.update(LEVELS=None, TILES=None)
    assert {key: found[key] for key in expected} == expected
    assert json.loads(found["JSON"]) == json.loads(data.read_text("utf-8"))
    page = html.read_text("utf-8")
    assert "200 × 150 pixels, one band, int16" in page and "Levels" not in page
    assert "200 × 150 pixels, one band, int16" in feedback.said[0] and not feedback.errors


def test_info_of_times(run, make_geotiff, tmp_path):
    source = make_geotiff(array=np.arange(3 * 20 * 30, dtype="uint16").reshape(3, 20, 30))
    convert(source, tmp_path / "x.flac", time_start="2020-01", time_step="P1M")
    html = tmp_path / "info.html"
    run("info", INPUT=str(tmp_path / "x.flac"), OUTPUT_HTML=str(html))
    page = html.read_text("utf-8")
    assert "3 dates, 2020-01 to 2020-03" in page and "P1M" in page
    assert "<th>Time</th>" in page and "<td>2</td><td>2020-02</td>" in page
    assert "undefined" not in page and "<th>Label</th>" not in page
    times = tmp_path / "times.csv"
    times.write_text("start,label\n2020-01,red\n2020-01,nir\n2020-02,red\n")
    convert(source, tmp_path / "y.flac", times=times)
    run("info", INPUT=str(tmp_path / "y.flac"), OUTPUT_HTML=str(html))
    page = html.read_text("utf-8")
    assert "<th>Time</th><th>Label</th>" in page
    assert "<td>2</td><td>2020-01</td><td>nir</td>" in page


def test_info_is_that_of_the_command_line(run, geotiff, flac):
    from flac_raster_qgis.engine.operations.info import info

    for path in (geotiff, flac):
        assert json.loads(run("info", INPUT=str(path))["JSON"]) == json.loads(
            json.dumps(info(path))
        )


def test_info_of_a_layer_of_another_format(run, geotiff, project):
    from qgis.core import QgsRasterLayer

    layer = QgsRasterLayer(str(geotiff), "tif")
    project.addMapLayer(layer)
    assert run("info", INPUT=layer)["WIDTH"] == 200


def test_info_of_rasters_on_a_server(run, geotiff, flac, nginx):
    """FLAC by any name is read with QGIS's network; all else by GDAL."""
    shutil.copy(geotiff, nginx.folder / "info.tif")
    shutil.copy(flac, nginx.folder / "info")
    assert json.loads(run("info", INPUT=nginx.url("info"))["JSON"])["tile_size"] == 64
    found = run("info", INPUT=nginx.url("info.tif"))
    assert (found["WIDTH"], found["TILES"], found["FILE_SIZE"]) == (200, None, None)


def test_info_of_what_is_no_raster(run, tmp_path):
    from qgis.core import QgsProcessingException

    for name, words in (("x.flac", "not a FLAC raster"), ("x.tif", "not a raster")):
        (tmp_path / name).write_text("no raster")
        with pytest.raises(QgsProcessingException, match=words):
            run("info", INPUT=str(tmp_path / name))


def test_verify_whole(run, flac, tmp_path, feedback):
    html = tmp_path / "report.html"
    found = run("verify", INPUT=str(flac), OUTPUT_HTML=str(html))
    assert found["VALID"] is True and found["DAMAGED_TILES"] == 0 and found["TILES"] > 4
    assert "Intact: all" in html.read_text("utf-8")
    assert feedback.errors == [] and feedback.progress[-1] == 100


def test_verify_damaged_is_a_result(run, damaged, tmp_path, feedback):
    html, data = tmp_path / "report.html", tmp_path / "report.json"
    found = run("verify", INPUT=str(damaged), OUTPUT_HTML=str(html), OUTPUT_JSON=str(data))
    assert found["VALID"] is False and found["DAMAGED_TILES"] == 1
    ((error, fatal),) = feedback.errors
    assert str(damaged) in error and not fatal
    assert f"Damaged: 1 of {found['TILES']} tiles" in html.read_text("utf-8")
    (tile,) = json.loads(data.read_text("utf-8"))["damaged_tiles"]
    assert tile["level"] == 0 and tile["error"] == error


def test_verify_does_not_flood_the_log(run, flac, feedback, monkeypatch):
    from flac_raster_qgis.engine.model.grid import TileKey
    from flac_raster_qgis.engine.operations.verify import TileCheck, Verification

    from flac_raster_qgis import engine

    damage = tuple(TileCheck(TileKey(0, 0, n), n, 1, f"tile {n}") for n in range(1000))
    found = Verification("x", 1000, 5, {}, damage)
    monkeypatch.setattr(engine, "verify", lambda name, **options: found)
    assert run("verify", INPUT=str(flac))["DAMAGED_TILES"] == 1000
    assert len(feedback.errors) == 51 and "all damaged tiles" in feedback.errors[-1][0]


@pytest.mark.parametrize("tool", ["info", "verify", "compare"])
def test_reports_are_made_on_request_only(run, flac, tool):
    inputs = {"INPUT": str(flac)}
    if tool == "compare":
        inputs = {"INPUT_A": str(flac), "INPUT_B": str(flac)}
    found = run(tool, **inputs)
    assert "OUTPUT_HTML" not in found and "OUTPUT_JSON" not in found


def test_report_in_a_folder_that_is_missing(run, flac, tmp_path):
    from qgis.core import QgsProcessingException

    with pytest.raises(QgsProcessingException, match="does not exist"):
        run("info", INPUT=str(flac), OUTPUT_HTML=str(tmp_path / "none" / "x.html"))


# ---------------------------------------------------------------- damaged tiles


def test_layer_of_damaged_tiles(run, damaged, tmp_path):
    from qgis.core import QgsVectorLayer

    target = tmp_path / "damaged.gpkg"
    found = run("verify", INPUT=str(damaged), OUTPUT_DAMAGED=str(target))
    layer = QgsVectorLayer(found["OUTPUT_DAMAGED"], "damaged")
    assert layer.crs().authid() == "EPSG:32633"
    (tile,) = layer.getFeatures()
    with FlacRaster.open(damaged) as raster:
        *_, key = raster.levels[0].keys()
        corners = tile_corners(raster.metadata.transform, raster.grid, key)
        assert (tile["level"], tile["row"], tile["column"]) == tuple(key[:3])
        assert (tile["offset"], tile["size"]) == raster.head.index.byte_range(key)
    assert "is damaged" in tile["error"]
    box = tile.geometry().boundingBox()
    assert [box.xMinimum(), box.yMaximum()] == pytest.approx(corners[0])
    assert [box.xMaximum(), box.yMinimum()] == pytest.approx(corners[2])


def test_no_layer_unless_it_is_asked_for_and_an_empty_one_of_a_whole_file(run, flac, tmp_path):
    from qgis.core import QgsVectorLayer

    assert "OUTPUT_DAMAGED" not in run("verify", INPUT=str(flac))
    found = run("verify", INPUT=str(flac), OUTPUT_DAMAGED=str(tmp_path / "none.gpkg"))
    assert QgsVectorLayer(found["OUTPUT_DAMAGED"], "none").featureCount() == 0


def test_report_of_every_tile(run, damaged, tmp_path):
    html, data = tmp_path / "report.html", tmp_path / "report.json"
    found = run(
        "verify",
        INPUT=str(damaged),
        ALL_TILES=True,
        OUTPUT_HTML=str(html),
        OUTPUT_JSON=str(data),
    )
    tiles = json.loads(data.read_text("utf-8"))["all_tiles"]
    assert len(tiles) == found["TILES"]
    assert sum(tile["error"] is not None for tile in tiles) == 1
    page = html.read_text("utf-8")
    assert "All tiles" in page and page.count("<tr>") > found["TILES"]


def test_extract_skips_damaged_tiles(run, damaged, tmp_path, feedback):
    from qgis.core import QgsProcessingException

    target = tmp_path / "out.tif"
    with pytest.raises(QgsProcessingException, match="is damaged"):
        run("extract", INPUT=str(damaged), OUTPUT=str(target))
    assert not target.exists()
    found = run("extract", INPUT=str(damaged), OUTPUT=str(target), SKIP_DAMAGED=True)
    assert found["DAMAGED_TILES"] == 1 and target.exists()
    assert any("is damaged, and its pixels" in said for said in feedback.warnings)


def test_tiles_of_a_time(run, make_geotiff, tmp_path):
    array = np.arange(3 * 20 * 30, dtype="uint16").reshape(3, 20, 30)
    flac = tmp_path / "bands.flac"
    convert(
        make_geotiff(array=array), flac, time_start="2020-01", time_step="P1M", interleave="band"
    )
    data = bytearray(flac.read_bytes())
    data[-20] ^= 4  # in the tile of the last month
    flac.write_bytes(data)
    for time, valid, tiles in ((None, False, 3), ("2020-03", False, 1), ("..2020-02", True, 2)):
        found = run("verify", INPUT=str(flac), TIME=time)
        assert (found["VALID"], found["TILES"]) == (valid, tiles), time
    with pytest.raises(QgsProcessingException, match="no band of the time '2021'"):
        run("verify", INPUT=str(flac), TIME="2021")
