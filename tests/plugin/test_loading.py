"""A converted raster gets into the project, FLAC by the plugin's own data provider."""

from __future__ import annotations

import pytest
from qgis.core import (
    QgsProcessing,
    QgsProcessingOutputLayerDefinition,
    QgsProject,
    QgsRasterLayer,
)

from flac_raster_qgis.core.layer_uri import without_address


@pytest.fixture
def run_and_load(project, feedback, no_desktop):
    def run_and_load(source, output):
        import processing

        # as the dialog does when "Open output file after running algorithm" is ticked
        parameters = {
            "INPUT": str(source),
            "OUTPUT": QgsProcessingOutputLayerDefinition(output, project),
        }
        results = processing.runAndLoadResults("flacraster:convert", parameters, feedback=feedback)
        assert feedback.errors == []
        return results, list(QgsProject.instance().mapLayers().values())

    return run_and_load


def test_flac_is_loaded_by_the_plugin(run_and_load, geotiff, tmp_path):
    output = str(tmp_path / "converted.flac")
    results, (layer,) = run_and_load(geotiff, output)
    assert results["OUTPUT"] == output
    assert layer.isValid() and layer.providerType() == "flacraster"
    assert without_address(layer.source()) == output
    assert layer.name() == "Converted raster"
    assert (layer.width(), layer.height(), layer.crs().authid()) == (200, 150, "EPSG:32633")


def test_temporary_flac_is_loaded(run_and_load, geotiff):
    results, (layer,) = run_and_load(geotiff, QgsProcessing.TEMPORARY_OUTPUT)
    assert layer.isValid() and layer.providerType() == "flacraster"
    assert without_address(layer.source()) == results["OUTPUT"]


def test_geotiff_is_loaded_by_gdal(run_and_load, flac, tmp_path):
    output = str(tmp_path / "restored.tif")
    _, (layer,) = run_and_load(flac, output)
    assert layer.isValid() and layer.providerType() == "gdal" and layer.source() == output


def test_temporary_geotiff_is_loaded(run_and_load, flac):
    _, (layer,) = run_and_load(flac, QgsProcessing.TEMPORARY_OUTPUT)
    assert layer.isValid() and layer.providerType() == "gdal"


def test_nothing_is_loaded_unasked(run, geotiff, tmp_path):
    run("convert", INPUT=str(geotiff), OUTPUT=str(tmp_path / "x.flac"))
    assert not QgsProject.instance().mapLayers()


def test_loaded_layer_is_the_input_of_another_tool(run_and_load, run, geotiff, tmp_path):
    _, (layer,) = run_and_load(geotiff, str(tmp_path / "x.flac"))
    assert isinstance(layer, QgsRasterLayer)
    assert run("verify", INPUT=layer)["VALID"] is True
