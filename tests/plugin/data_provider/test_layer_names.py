"""Tools of QGIS find FLAC rasters by the text that names them."""

from __future__ import annotations

import gc
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import processing
import pytest
from kits.qgis.layers import pixels, random_array, valid_flac_layer, write_flac, write_geotiff
from kits.qgis.remote_layers import until
from qgis.core import (
    QgsApplication,
    QgsMapLayerStore,
    QgsProcessingAlgRunnerTask,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProject,
    QgsRasterLayer,
)

from flac_raster_qgis.core.layer_uri import LayerUri, without_address
from flac_raster_qgis.data_provider import PROVIDER_KEY

ARRAY = random_array("int16", 1, 60, 80)
#: One that opens the source with GDAL in QGIS, one that does in a program, one that reads blocks.
TOOLS = [
    ("native:slope", {}),
    ("gdal:hillshade", {"BAND": 1}),
    ("native:fillnodata", {"BAND": 1}),
    ("native:rescaleraster", {"BAND": 1, "MINIMUM": 0, "MAXIMUM": 9}),
]


@pytest.fixture
def path(tmp_path):
    return write_flac(tmp_path / "hill top.flac", ARRAY)


@pytest.fixture
def check(project, tmp_path):
    """Return a function that runs a tool on a text, and compares the result with a GeoTIFF's."""

    def check(tool, parameters, text):
        tiff = write_geotiff(tmp_path / "expected.tif", ARRAY)
        a, b = (
            pixels(
                processing.run(
                    tool, {**parameters, "INPUT": given, "OUTPUT": str(tmp_path / name)}
                )["OUTPUT"]
            )
            for given, name in ((text, "a.tif"), (str(tiff), "b.tif"))
        )
        assert a.size and np.array_equal(a, b)

    return check


tools = pytest.mark.parametrize(("tool", "parameters"), TOOLS, ids=[tool for tool, _ in TOOLS])


@tools
def test_a_path_with_the_provider_before_it(check, path, tool, parameters):
    check(tool, parameters, f"flacraster://{path}")


@tools
def test_the_name_of_a_layer(check, project, path, tool, parameters):
    layer = valid_flac_layer(path)
    layer.setName("relief")
    project.addMapLayer(layer)
    check(tool, parameters, "relief")
    check(tool, parameters, layer.id())
    check(tool, parameters, layer.source())
    check(tool, parameters, f"flacraster://{path}")


@tools
def test_a_url_and_a_part(check, publish, only_memory, authcfg, tool, parameters):
    check(tool, parameters, f"flacraster://{publish(ARRAY)}")
    whole = "extent=500000,4999400,500800,5000000"
    check(tool, parameters, f"flacraster://{publish(ARRAY)}|{whole}")


@tools
def test_a_script_goes_on_with_what_convert_wrote(check, run, tmp_path, tool, parameters):
    tiff = write_geotiff(tmp_path / "x.tif", ARRAY)
    output = run("convert", INPUT=str(tiff), OUTPUT=str(tmp_path / "x.flac"))["OUTPUT"]
    check(tool, parameters, "flacraster://" + output)


def test_what_tools_load_does_not_get_into_the_project(check, project, path):
    check("native:slope", {}, f"flacraster://{path}")
    assert project.count() == 0


def test_a_path_alone_is_opened_by_gdal_only(check, project, path):
    """So it stays until QGIS asks other providers: the documentation says what to type instead."""
    project.addMapLayer(valid_flac_layer(path))
    with pytest.raises(QgsProcessingException):
        check("native:slope", {}, str(path))


@pytest.mark.parametrize("tool", ["native:slope", "gdal:hillshade"])
def test_dialogs_take_the_same(project, path, tmp_path, tool):
    algorithm = QgsApplication.processingRegistry().createAlgorithmById(tool)
    context, feedback = QgsProcessingContext(), QgsProcessingFeedback()
    context.setProject(project)
    given = {"INPUT": f"flacraster://{path}", "BAND": 1, "Z_FACTOR": 1}
    given["OUTPUT"] = str(tmp_path / "y.tif")
    assert algorithm.checkParameterValues(given, context)[0]
    task = QgsProcessingAlgRunnerTask(algorithm, given, context, feedback)
    ended = []
    task.executed.connect(lambda is_ok, results: ended.append(is_ok))
    QgsApplication.taskManager().addTask(task)
    until(lambda: ended, 60)
    assert ended == [True] and pixels(tmp_path / "y.tif").size


class Subclass(QgsRasterLayer):
    """As scripts may have one."""


@pytest.mark.parametrize("kind", [QgsRasterLayer, Subclass])
def test_every_layer_has_an_address_from_the_start(project, path, kind):
    kept = []
    for number in range(60):
        layer = kind(str(path), "x", PROVIDER_KEY)
        assert layer.isValid() and str(path) == without_address(layer.source()) != layer.source()
        assert type(layer) is kind and layer.renderer() is not None
        kept = [layer] if number % 3 == 0 else [*kept, layer]
        if number % 7 == 0:
            gc.collect()
    project.addMapLayer(layer)
    (same,) = project.mapLayers().values()
    assert same is layer


def test_layers_that_other_threads_make(plugin, path):
    def source(_):
        return QgsRasterLayer(str(path), "x", PROVIDER_KEY).source()

    with ThreadPoolExecutor(4) as pool:
        (address,) = set(pool.map(source, range(40)))
    assert str(path) == without_address(address) != address


def test_layers_of_any_store(plugin, path):
    store = QgsMapLayerStore()
    store.addMapLayer(QgsRasterLayer(str(path), "x", PROVIDER_KEY))
    (layer,) = store.mapLayers().values()
    assert layer.source() != str(path) == without_address(layer.source())


def test_layers_of_another_project(plugin, path, tmp_path):
    project = QgsProject()
    project.addMapLayer(QgsRasterLayer(str(path), "x", PROVIDER_KEY))
    (layer,) = project.mapLayers().values()
    assert layer.source() != str(path) == LayerUri.parse(layer.source()).text()
    assert project.write(str(tmp_path / "p.qgs"))
    assert "127.0.0.1" not in (tmp_path / "p.qgs").read_text(encoding="utf-8")
    project.clear()
