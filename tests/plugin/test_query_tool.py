"""The tool query: the layer of tiles, extents in any coordinate system, reports."""

from __future__ import annotations

import json
from collections import UserList
from types import SimpleNamespace

import numpy as np
import pytest
from flac_raster_qgis.engine import Area, Window, convert, query
from kits.qgis.feedback import RecordingFeedback
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingOutputLayerDefinition,
    QgsProject,
    QgsRasterLayer,
    QgsRectangle,
    QgsReferencedRectangle,
    QgsVectorLayer,
)

pytestmark = pytest.mark.usefixtures("provider_registered")


#: Of the raster in the fixture `flac`: 200 × 150 pixels of 10 m, tiles of 64.
PART = QgsRectangle(500_650, 4_999_000, 501_500, 4_999_450)
EXTENT = "500650,501500,4999000,4999450 [EPSG:32633]"
UTM = QgsCoordinateReferenceSystem("EPSG:32633")
DEGREES = QgsCoordinateReferenceSystem("EPSG:4326")


def expected(flac):
    return query(flac, Area((500_650, 4_999_000, 501_500, 4_999_450)))


def test_numbers_and_reports(run, flac, tmp_path, feedback):
    html, data = tmp_path / "query.html", tmp_path / "query.json"
    found = run(
        "query", INPUT=str(flac), EXTENT=EXTENT, OUTPUT_HTML=str(html), OUTPUT_JSON=str(data)
    )
    plan = expected(flac)
    assert json.loads(data.read_text("utf-8")) == json.loads(json.dumps(plan.to_dict()))
    assert (found["LEVEL"], found["WIDTH"], found["HEIGHT"]) == (0, 85, 45)
    assert found["TILES"] == len(plan.tiles) == 4 and found["TILE_BYTES"] == plan.tile_bytes
    assert found["REQUESTS"] == len(plan.requests)
    assert found["REQUEST_BYTES"] == plan.request_bytes
    assert (
        found["FILE_SIZE"] == flac.stat().st_size and found["FILE_FRACTION"] == plan.file_fraction
    )
    assert "OUTPUT" not in found
    page = html.read_text("utf-8")
    assert "4 tiles, " in page and "85 × 45, from column 65 and row 55" in page
    assert feedback.said[0].startswith("4 tiles, ")


def test_the_layer_of_tiles(run, flac, tmp_path):
    output = tmp_path / "tiles.gpkg"
    run("query", INPUT=str(flac), EXTENT=EXTENT, OUTPUT=str(output))
    layer = QgsVectorLayer(str(output), "tiles")
    plan = expected(flac)
    assert layer.isValid() and layer.crs() == UTM and layer.featureCount() == 4
    for feature, tile in zip(layer.getFeatures(), plan.tiles):
        values = {name: feature[name] for name in tile.attributes()}
        known = tile.attributes()
        lists = {name: str(known[name][0]) for name in ("band_min", "band_max")}
        assert values == {**known, **lists} and values["max"] is not None
        box = feature.geometry().boundingBox()
        left, top = 500_000 + 10 * tile.window.col_off, 5_000_000 - 10 * tile.window.row_off
        right, bottom = left + 10 * tile.window.width, top - 10 * tile.window.height
        assert box == QgsRectangle(left, bottom, right, top)
        assert feature.geometry().area() == pytest.approx(
            100 * tile.window.width * tile.window.height
        )


def extents():
    """The same extent in every way in which QGIS hands one over."""
    there = QgsCoordinateTransform(UTM, DEGREES, QgsProject.instance())
    degrees = there.transformBoundingBox(PART)
    text = f"{degrees.xMinimum()},{degrees.xMaximum()},{degrees.yMinimum()},{degrees.yMaximum()}"
    return {
        "rectangle": (PART, 0),
        "referenced": (QgsReferencedRectangle(PART, UTM), 0),
        "other CRS": (QgsReferencedRectangle(degrees, DEGREES), 2),
        "text in another CRS": (f"{text} [EPSG:4326]", 2),
    }


@pytest.mark.parametrize("way", ["rectangle", "referenced", "other CRS", "text in another CRS"])
def test_extents(run, flac, way):
    extent, slack = extents()[way]
    found = run("query", INPUT=str(flac), EXTENT=extent)
    assert 85 <= found["WIDTH"] <= 85 + slack and 45 <= found["HEIGHT"] <= 45 + slack


def test_the_same_as_the_engine_makes_of_another_crs(run, flac):
    """QGIS and rasterio agree on curved edges, to the pixel."""
    for box in ((15.002, 45.142, 15.01, 45.15), (15.0001, 45.139, 15.0245, 45.1529)):
        west, south, east, north = box
        found = run("query", INPUT=str(flac), EXTENT=f"{west},{east},{south},{north} [EPSG:4326]")
        window = query(flac, Area(box, "EPSG:4326")).window
        assert (found["WIDTH"], found["HEIGHT"]) == (window.width, window.height)


def test_the_extent_of_a_layer(run, flac, make_geotiff, project):
    from rasterio.transform import from_origin

    part = make_geotiff(
        "part.tif",
        np.zeros((1, 45, 85), "uint8"),
        transform=from_origin(500_650, 4_999_450, 10, 10),
    )
    layer = QgsRasterLayer(str(part), "part")
    project.addMapLayer(layer)
    found = run("query", INPUT=str(flac), EXTENT=layer)
    assert (found["WIDTH"], found["HEIGHT"]) == (85, 45)


def test_neither_extent_nor_tile_is_everything(run, flac):
    found = run("query", INPUT=str(flac))
    assert (found["WIDTH"], found["HEIGHT"], found["TILES"]) == (200, 150, 12)


@pytest.mark.parametrize(
    ("options", "tiles", "width", "level"),
    [
        ({"TILE": "5"}, 1, 64, 0),
        ({"TILE": "last"}, 1, 8, 0),
        ({"TILE": " center "}, 1, 64, 0),
        ({"LEVEL": 1}, 4, 100, 1),
        ({"RESOLUTION": 45.0}, 1, 50, 2),
        ({"BANDS": "1"}, 12, 200, 0),
    ],
)
def test_options(run, flac, options, tiles, width, level):
    found = run("query", INPUT=str(flac), **options)
    assert (found["TILES"], found["WIDTH"], found["LEVEL"]) == (tiles, width, level)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"EXTENT": "0,1,0,1 [EPSG:32633]"}, "lies outside"),
        ({"EXTENT": EXTENT.replace("32633", "99999999")}, "EPSG:99999999, is unknown. Name one"),
        ({"EXTENT": EXTENT, "TILE": "1"}, "A bbox and a tile are both given"),
        ({"TILE": "middle"}, "tiles 0 to 11 in level 0, not middle"),
        ({"LEVEL": 7}, "levels 0 to 2, not 7"),
        ({"LEVEL": 1, "RESOLUTION": 10.0}, "both given"),
        ({"BANDS": "1 2"}, "Give band numbers"),
        ({"BANDS": "2"}, "has 1 band; there is no band"),
        ({"WHERE": "maximum > 9"}, "is not understood at 'maximum'; expected comparisons such as"),
    ],
)
def test_errors_are_sentences(run, flac, options, message):
    with pytest.raises(QgsProcessingException, match=message):
        run("query", INPUT=str(flac), **options)


def test_only_tiles_where(run, make_geotiff, tmp_path, feedback):
    """Two bands; infinity and large numbers arrive in the layer as numbers."""
    array = np.zeros((2, 64, 256), "float32")
    array[0, 0, 70], array[1, 0, 200] = np.inf, -5
    flac, output, html = (tmp_path / name for name in ("x.flac", "tiles.gpkg", "query.html"))
    convert(make_geotiff(array=array), flac, tile_size=64)
    found = run(
        "query",
        INPUT=str(flac),
        WHERE=" max > 1e9 or band2.min < 0 ",
        OUTPUT=str(output),
        OUTPUT_HTML=str(html),
    )
    assert found["TILES"] == 2 and found["TILE_BYTES"] < found["FILE_SIZE"] / 2
    first, second = QgsVectorLayer(str(output), "tiles").getFeatures()
    assert (first["column"], first["max"], first["band_max"]) == (1, float("inf"), "inf,0.0")
    assert (second["column"], second["min"], second["band_min"]) == (3, -5, "0.0,-5.0")
    assert feedback.said[0].startswith("2 tiles of 4 where max > 1e9 or band2.min < 0, ")
    assert "max &gt; 1e9 or band2.min &lt; 0" in html.read_text("utf-8")


def test_where_is_an_advanced_parameter(algorithm):
    from qgis.core import QgsProcessingParameterDefinition

    tool = algorithm("query")
    where = tool.parameterDefinition("WHERE")
    assert where.flags() & QgsProcessingParameterDefinition.Flag.FlagAdvanced
    assert where.flags() & QgsProcessingParameterDefinition.Flag.FlagOptional
    assert "max > 2000" in where.help()


def test_a_raster_without_georeference_is_where_qgis_draws_it(run, make_geotiff, tmp_path):
    """Its first row at the top, so y is negative."""
    source = make_geotiff(crs=None, transform=None)
    flac = tmp_path / "plain.flac"
    convert(source, flac, tile_size=64)
    layer = QgsRasterLayer(str(flac), "plain", "flacraster")
    assert layer.extent() == QgsRectangle(0, -150, 200, 0)
    output = tmp_path / "tiles.gpkg"
    found = run("query", INPUT=layer, EXTENT="0,20,-10,0", OUTPUT=str(output))
    assert (found["WIDTH"], found["HEIGHT"]) == (20, 10)
    tiles = QgsVectorLayer(str(output), "tiles")
    assert tiles.extent() == QgsRectangle(0, -64, 64, 0) and not tiles.crs().authid()


def test_a_raster_with_the_identity_as_transform_is_where_qgis_draws_it(make_geotiff, tmp_path):
    """Its first row at y = 0, so y is positive; GDAL tells that from no transform."""
    from rasterio import Affine

    source = make_geotiff(crs=None, transform=Affine.identity())
    flac = tmp_path / "plain.flac"
    convert(source, flac, tile_size=64)
    expected = QgsRasterLayer(str(source), "plain", "gdal").extent()
    assert QgsRasterLayer(str(flac), "plain", "flacraster").extent() == expected
    assert expected == QgsRectangle(0, 0, 200, 150)


def test_the_layer_is_loaded_as_outlines(project, feedback, no_desktop, flac):
    """By the name of the output, without a fill that would hide the raster."""
    import processing

    output = QgsProcessingOutputLayerDefinition(QgsProcessing.TEMPORARY_OUTPUT, project)
    parameters = {"INPUT": str(flac), "OUTPUT": output}
    processing.runAndLoadResults("flacraster:query", parameters, feedback=feedback)
    (layer,) = project.mapLayers().values()
    assert feedback.errors == [] and layer.featureCount() == 12 and layer.name() == "Tiles"
    assert 0 < layer.renderer().symbol().color().alpha() < 60


def test_a_page_does_not_list_thousands_of_tiles(plugin):
    from flac_raster_qgis.algorithms.reports.area import area_report

    hostile = "<script>x</script>"
    tile = {"tile": 1, "row": 0, "column": 1, "bands": "1", "offset": 0, "size": 9}
    tile.update({"min": 1, "max": "inf"})
    tiles = UserList([SimpleNamespace(attributes=lambda: tile)] * 1234)
    tiles.empty_count = 2
    found = SimpleNamespace(
        **{"name": hostile, "crs": hostile, "level": 0, "levels": 3, "bands": [1, 2]},
        **{"window": Window(5, 5, 5, 5), "bounds": [0, 0, 1, 1.5], "tiles": tiles},
        **{"tile_bytes": 10**6, "where": None, "outside_fraction": 0.0, "file_bytes": 10**7},
        **{"file_fraction": 0.1, "requests": [(0, 1)] * 3, "request_bytes": 10**6},
    )
    page = area_report(found)
    assert "<script>" not in page and page.count("<tr>") < 600
    assert "list all of them" in page and "1.0 MB to download in 3 requests" in page


@pytest.mark.parametrize("crs", ["EPSG:32633", "EPSG:4326", "EPSG:2056", "WKT"])
def test_qgis_reads_the_geojson_of_the_command_line(plugin, make_geotiff, tmp_path, crs):
    import rasterio

    custom = "+proj=lcc +lat_1=44 +lat_2=48 +lon_0=5 +datum=WGS84"
    given = rasterio.CRS.from_proj4(custom) if crs == "WKT" else crs
    source = make_geotiff(crs=given)
    flac, output = tmp_path / "x.flac", tmp_path / "tiles.geojson"
    convert(source, flac, tile_size=64)
    output.write_text(json.dumps(query(flac).to_geojson()))
    layer, original = QgsVectorLayer(str(output), "tiles"), QgsRasterLayer(str(source), "raster")
    assert layer.isValid() and layer.featureCount() == 12
    assert layer.crs().toProj() == original.crs().toProj()
    assert layer.extent() == original.extent()


def test_cancelled(algorithm, project, flac, tmp_path):
    context, feedback = QgsProcessingContext(), RecordingFeedback()
    context.setProject(project)
    feedback.cancel()
    parameters = {"INPUT": str(flac), "OUTPUT": "memory:", "OUTPUT_HTML": str(tmp_path / "x.html")}
    with pytest.raises(QgsProcessingException, match="cancelled"):
        algorithm("query").run(parameters, context, feedback, {}, False)
    assert not (tmp_path / "x.html").exists()


def test_rasterio_is_not_imported(run, flac, monkeypatch):
    """Two GDALs in one process are asking for trouble."""
    import sys

    monkeypatch.setitem(sys.modules, "flac_raster_qgis.engine.rasterio_io.crs", None)
    assert run("query", INPUT=str(flac), EXTENT="15,15.005,45.15,45.154 [EPSG:4326]")["TILES"]
