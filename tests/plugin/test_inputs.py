"""An input is a layer, the name of a layer, a file or a URL."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from qgis.core import (
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingParameterRasterLayer,
    QgsProperty,
    QgsRasterLayer,
    QgsVectorLayer,
)

from flac_raster_qgis.algorithms.raster_input import UnusableLayer, source_of
from flac_raster_qgis.core.layer_uri import LayerUri


@pytest.fixture
def context(project):
    context = QgsProcessingContext()
    context.setProject(project)
    return context


@pytest.fixture
def gdal_layer(project, geotiff):
    layer = QgsRasterLayer(str(geotiff), "elevation")
    project.addMapLayer(layer)
    return layer


@pytest.fixture
def flac_layer(project, flac):
    layer = QgsRasterLayer(str(flac), "as flac", "flacraster")
    assert layer.isValid()
    project.addMapLayer(layer)
    return layer


@pytest.fixture
def map_tiles(project):
    uri = "type=xyz&url=http://127.0.0.1:9/{z}/{x}/{y}.png&zmax=1&zmin=0"
    layer = QgsRasterLayer(uri, "street <map>", "wms")
    assert layer.isValid()
    project.addMapLayer(layer)
    return layer


def test_names_of_layers(context, gdal_layer, flac_layer, geotiff, flac):
    for value in (gdal_layer, gdal_layer.id(), "elevation", str(geotiff), geotiff):
        assert source_of(value, context) == LayerUri(str(geotiff))
    for value in (flac_layer, flac_layer.id(), "as flac", str(flac), flac):
        assert source_of(value, context) == LayerUri(str(flac))


@pytest.mark.parametrize(
    ("value", "source"),
    [
        ("/data/a b.flac", "/data/a b.flac"),
        ("  /data/a.tif\n", "/data/a.tif"),
        ("https://example.org/dem.flac", "https://example.org/dem.flac"),
        ("/vsicurl/https://example.org/dem.tif", "/vsicurl/https://example.org/dem.tif"),
        ("file:///data/a%20b.tif", "/data/a b.tif"),
        ("flacraster:///data/a.flac", "/data/a.flac"),
        ("gdal:///data/a.tif|option:NUM_THREADS=2", "/data/a.tif"),
        ("NETCDF:/data/a.nc:t2m", "NETCDF:/data/a.nc:t2m"),
    ],
)
def test_names_of_files(context, value, source):
    assert source_of(value, context) == LayerUri(source)


def test_a_layer_that_is_no_file_is_refused_before_anything_runs(context, map_tiles, run, tmp_path):
    for value in (map_tiles, map_tiles.id(), "street <map>"):
        with pytest.raises(UnusableLayer, match="export it first"):
            source_of(value, context)
    with pytest.raises(QgsProcessingException, match="“street <map>” is not a raster file"):
        run("convert", INPUT=map_tiles, OUTPUT=str(tmp_path / "x.flac"))


def test_the_same_refusal_where_nobody_checked(algorithm, context, map_tiles, feedback, tmp_path):
    parameters = {"INPUT": map_tiles, "OUTPUT": str(tmp_path / "x.flac")}
    _, ok = algorithm("convert").run(parameters, context, feedback)
    assert not ok
    assert "export it first" in feedback.errors[0][0]


def test_a_vector_layer_is_refused(context, project):
    layer = QgsVectorLayer("Point?crs=EPSG:4326", "points", "memory")
    with pytest.raises(UnusableLayer):
        source_of(layer, context)


def test_tools_take_every_kind(run, gdal_layer, flac_layer, flac, tmp_path):
    for value in (flac_layer, flac_layer.id(), "as flac", str(flac), flac, f"file://{flac}"):
        assert run("info", INPUT=value)["WIDTH"] == 200
    run("convert", INPUT=gdal_layer, OUTPUT=str(tmp_path / "x.flac"))
    found = run("compare", INPUT_A=flac_layer, INPUT_B=str(tmp_path / "x.flac"))
    assert found["IDENTICAL"] is True
    assert run("info", INPUT=QgsProperty.fromExpression(f"'{flac}'"))["WIDTH"] == 200


def test_a_part_and_an_authentication_of_a_layer_come_along(context, flac, project, run, tmp_path):
    uri = f"{flac}|extent=500000,4999500,500500,5000000"
    layer = QgsRasterLayer(uri, "part", "flacraster")
    project.addMapLayer(layer)
    part = LayerUri(str(flac), extent=(500000, 4999500, 500500, 5000000))
    for value in (layer, layer.id(), uri, f"flacraster://{uri}"):
        assert source_of(value, context) == part
    found = run("extract", INPUT=layer, OUTPUT=str(tmp_path / "x.tif"))
    assert (found["WIDTH"], found["HEIGHT"]) == (50, 50)
    found = run("query", INPUT=layer, EXTENT="500000,500100,4999900,5000000 [EPSG:32633]")
    assert (found["WIDTH"], found["HEIGHT"]) == (10, 10)
    assert run("info", INPUT=layer)["WIDTH"] == 200
    url = "https://example.org/x.flac|authcfg=abc1234"
    assert source_of(url, context) == LayerUri("https://example.org/x.flac", "abc1234")


@pytest.mark.parametrize("value", [None, "", "  ", 5])
def test_nothing_is_refused(algorithm, context, value, tmp_path):
    parameters = {"INPUT": value, "OUTPUT": str(tmp_path / "x.flac")}
    ok, message = algorithm("convert").checkParameterValues(parameters, context)
    assert not ok and "INPUT" in message


@pytest.fixture
def server():
    """A web server that has nothing, and the requests it got."""
    requests = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):  # noqa: N802
            requests.append(self.path)
            self.send_error(404)

        do_HEAD = do_GET  # noqa: N815

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", requests
    server.shutdown()
    server.server_close()


def test_a_url_is_not_opened_to_be_written_down(algorithm, context, server):
    """Newer QGIS would have GDAL download it for the history, on the main thread."""
    address, requests = server
    url = f"{address}/dem.flac"
    tool = algorithm("convert")
    command = tool.asPythonCommand({"INPUT": url, "OUTPUT": "/data/x.tif"}, context)
    assert f"'INPUT':'{url}'" in command
    if hasattr(tool, "asQgisProcessCommand"):  # from QGIS 3.24 on
        command, ok = tool.asQgisProcessCommand({"INPUT": url, "OUTPUT": "/data/x.tif"}, context)
        assert ok and f"--INPUT={url}" in command.replace("'", "")
    assert tool.checkParameterValues({"INPUT": url, "OUTPUT": "/data/x.tif"}, context)[0]
    assert tool.validateInputCrs({"INPUT": url}, context)
    assert requests == []


def test_layers_are_written_down_as_files(algorithm, context, gdal_layer, geotiff):
    tool = algorithm("convert")
    parameter = tool.parameterDefinition("INPUT")
    for value in (gdal_layer, gdal_layer.id(), str(geotiff)):
        assert parameter.valueAsPythonString(value, context) == f"'{geotiff}'"
        assert parameter.valueAsJsonObject(value, context) == str(geotiff)
        assert parameter.valueAsString(value, context) == (str(geotiff), True)
    expression = QgsProperty.fromExpression("@layer")
    assert "QgsProperty" in parameter.valueAsPythonString(expression, context)
    if hasattr(QgsProcessingParameterRasterLayer, "valueAsString"):  # from QGIS 3.24 on
        assert "@layer" in parameter.valueAsString(expression, context)[0]
        assert "@layer" in str(parameter.valueAsJsonObject(expression, context))
