"""A German QGIS shows the errors of the engine in German: in tools, layers, the bar of the dock."""

from __future__ import annotations

import json
import socket
from types import SimpleNamespace

import pytest
from flac_raster_qgis.engine import Area, FlacRaster, FlacRasterError, extract, plan_area
from flac_raster_qgis.engine.operations.notes import unused_options
from kits.qgis.layers import read_block
from qgis.core import (
    QgsApplication,
    QgsProcessingException,
    QgsRasterLayer,
    QgsSettings,
)
from qgis.gui import QgsMessageBar
from qgis.PyQt.QtCore import QCoreApplication
from qgis.PyQt.QtWidgets import QLabel, QTextEdit

from flac_raster_qgis import data_provider
from flac_raster_qgis.core.error_text import error_text
from flac_raster_qgis.core.translation import install_translator
from flac_raster_qgis.gui.dock.message_bar import Messages


@pytest.fixture
def german(plugin):
    """The plugin as it runs in a QGIS whose language is set to German."""
    settings = QgsSettings()
    settings.setValue("locale/overrideFlag", True)
    settings.setValue("locale/userLocale", "de")
    assert QgsApplication.locale() == "de"
    translator = install_translator()
    assert translator is not None
    yield
    QCoreApplication.removeTranslator(translator)
    settings.remove("locale/overrideFlag")
    settings.remove("locale/userLocale")


@pytest.fixture
def closed_port():
    """A port on which nothing answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


@pytest.fixture
def damaged(flac):
    data = bytearray(flac.read_bytes())
    data[-2000] ^= 255
    flac.write_bytes(data)
    return flac


def refusal_of(run, tool, **parameters) -> str:
    with pytest.raises(QgsProcessingException) as caught:
        run(tool, **parameters)
    return str(caught.value)


def test_missing_file(german, run, tmp_path):
    path = tmp_path / "none.tif"
    text = refusal_of(run, "convert", INPUT=str(path), OUTPUT=str(tmp_path / "x.flac"))
    assert f"{path} gibt es nicht. Prüfen Sie den Pfad." in text


def test_existing_output(german, run, geotiff, tmp_path):
    output = tmp_path / "x.flac"
    output.write_bytes(b"mine")
    text = refusal_of(run, "convert", INPUT=str(geotiff), OUTPUT=str(output), OVERWRITE=False)
    assert f"{output} gibt es schon" in text
    assert "Wählen Sie einen anderen Namen, oder erlauben Sie das Überschreiben." in text


def test_damaged_file(german, run, damaged, tmp_path):
    text = refusal_of(run, "convert", INPUT=str(damaged), OUTPUT=str(tmp_path / "x.tif"))
    assert f"{damaged}, Kachel auf Stufe 0, Zeile " in text and " ist beschädigt: " in text


def test_a_report_of_a_damaged_file(german, run, damaged, tmp_path, feedback):
    report = tmp_path / "report.json"
    run("verify", INPUT=str(damaged), OUTPUT_JSON=str(report))
    (told,) = [text for text, _ in feedback.errors if "ist beschädigt" in text]
    assert "Kachel auf Stufe 0" in told
    assert "is damaged: " in json.dumps(json.loads(report.read_text("utf-8")))  # for programs


def test_dead_server(german, run, closed_port):
    text = refusal_of(run, "info", INPUT=f"http://127.0.0.1:{closed_port}/x.flac")
    assert "kann nicht gelesen werden: " in text and "Versucht wurde es " in text
    assert "Die Verbindung zu 127.0.0.1 schlug fehl (" in text
    assert text.rstrip().endswith("Versuchen Sie es später noch einmal.")


def test_the_log_of_a_layer(german, damaged, messages):
    layer = QgsRasterLayer(str(damaged), "dem", data_provider.PROVIDER_KEY)
    read_block(layer.dataProvider())
    assert any("Kachel auf Stufe 0" in text and "ist beschädigt" in text for text in messages)


def test_a_layer_without_its_file(german, tmp_path, messages):
    path = tmp_path / "none.flac"
    layer = QgsRasterLayer(str(path), "dem", data_provider.PROVIDER_KEY)
    assert not layer.isValid()
    assert f"{path} gibt es nicht. Prüfen Sie den Pfad." in layer.error().message()


def test_the_message_bar_of_the_dock(german, damaged, tmp_path):
    bar = QgsMessageBar()
    with pytest.raises(FlacRasterError) as caught:
        extract(str(damaged), tmp_path / "x.tif")
    Messages(SimpleNamespace(messageBar=lambda: bar)).error("Titel", caught.value, str(damaged))
    item = bar.currentItem()
    texts = [label.text() for label in item.findChildren(QLabel)]
    texts += [edit.toPlainText() for edit in item.findChildren(QTextEdit)]
    assert any("dem.flac, Kachel auf Stufe 0" in text for text in texts), texts


def test_warnings_of_a_plan(german, flac):
    with FlacRaster.open(flac) as raster:
        west, south, east, north = raster.metadata.bounds
        plan = plan_area(raster, Area((west - (east - west), south, east, north)))
    (warning,) = plan.warnings
    assert "of the bbox" in warning
    told = error_text(warning)
    assert told.startswith("50.0 % der Ausdehnung (") and "nur der Rest hat Pixel." in told


def test_options_without_effect(german):
    given = {"effort": "small", "interleave": "auto", "tile_bands": None, "tile_size": 64}
    given["compression_level"] = None
    (note,) = unused_options("b.tif", "geotiff", given)
    told = error_text(note)
    assert told == "b.tif ist ein GeoTIFF; ohne Wirkung darauf sind Aufwand und Kachelgröße."
