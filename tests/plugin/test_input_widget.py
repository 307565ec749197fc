"""The widget of an input in QGIS's own dialogs: layers, browsing, typing, pasting, dropping."""

from __future__ import annotations

import gc
import os

import pytest
from qgis.core import QgsProcessingContext, QgsProcessingModelAlgorithm, QgsRasterLayer
from qgis.gui import QgsProcessingModelerParameterWidget, QgsProcessingParameterWidgetContext
from qgis.PyQt.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from qgis.PyQt.QtGui import QDragEnterEvent, QDropEvent
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QApplication

from flac_raster_qgis.algorithms import raster_input_widget

pytestmark = pytest.mark.usefixtures("layers")


@pytest.fixture
def layers(project, make_geotiff, flac):
    """Two rasters of GDAL, one of the plugin and one that is no file, by name."""
    found = {
        name: QgsRasterLayer(str(make_geotiff(f"{name}.tif")), name) for name in ("dem", "slope")
    }
    found["flac"] = QgsRasterLayer(str(flac), "flac", "flacraster")
    uri = "type=xyz&url=http://127.0.0.1:9/{z}/{x}/{y}.png&zmax=1&zmin=0"
    found["map"] = QgsRasterLayer(uri, "map", "wms")
    assert all(layer.isValid() for layer in found.values())
    project.addMapLayers(list(found.values()))
    return found


def wrapper(dialog, name="INPUT"):
    found = dialog.mainWidget().wrappers[name]
    assert isinstance(found, raster_input_widget.RasterInputWrapper)
    return found


def names(found):
    combo = found.edit.combo
    return sorted(combo.layer(index).name() for index in range(combo.count()))


def test_lists_rasters_that_are_files(open_dialog):
    assert names(wrapper(open_dialog("flacraster:convert"))) == ["dem", "flac", "slope"]
    assert names(wrapper(open_dialog("flacraster:verify"))) == ["flac"]


def test_chosen_layer_is_the_value(open_dialog, layers):
    found = wrapper(open_dialog("flacraster:convert"))
    for name in ("dem", "flac"):
        found.edit.combo.setLayer(layers[name])
        assert found.parameterValue() == layers[name].id()


def test_begins_with_the_active_layer_if_it_is_usable(algorithm, layers):
    from processing.gui.wrappers import WidgetWrapperFactory

    for tool, active, expected in (
        ("convert", "slope", "slope"),
        ("convert", "flac", "flac"),
        ("verify", "flac", "flac"),
        ("verify", "dem", "flac"),
    ):
        made = algorithm(tool)  # owns the parameter, so it must outlive the wrapper
        found = WidgetWrapperFactory.create_wrapper(made.parameterDefinition("INPUT"), None)
        context = QgsProcessingParameterWidgetContext()
        context.setActiveLayer(layers[active])
        found.setWidgetContext(context)
        widget = found.createWrappedWidget(QgsProcessingContext())
        assert found.parameterValue() == layers[expected].id()
        del widget, found


def test_second_raster_begins_empty(open_dialog):
    dialog = open_dialog("flacraster:compare")
    assert wrapper(dialog, "INPUT_A").parameterValue()
    second = wrapper(dialog, "INPUT_B")
    assert second.parameterValue() == ""
    assert not second.parameterDefinition().checkValueIsAcceptable("")


def test_typing_replaces_the_layer(open_dialog, layers):
    dialog = open_dialog("flacraster:convert")
    found = wrapper(dialog)
    found.edit.combo.setLayer(layers["dem"])
    line = found.edit.combo.lineEdit()
    line.selectAll()
    QTest.keyClicks(line, "/data/other.flac")
    assert found.parameterValue() == "/data/other.flac"
    assert found.edit.combo.currentIndex() == -1
    line.setCursorPosition(6)
    QTest.keyClicks(line, "an")
    assert found.parameterValue() == "/data/another.flac"
    assert dialog.createProcessingParameters()["INPUT"] == "/data/another.flac"


def test_pasted_path_in_quotes(open_dialog):
    found = wrapper(open_dialog("flacraster:convert"))
    line = found.edit.combo.lineEdit()
    line.selectAll()
    QApplication.clipboard().setText('"/data/two words.tif"\n')
    line.paste()
    assert found.parameterValue() == "/data/two words.tif"


def test_browsing(open_dialog, flac, monkeypatch):
    asked = []

    def choose(parent, title, folder, file_filter):
        asked.append(file_filter)
        return str(flac), ""

    monkeypatch.setattr(raster_input_widget.QFileDialog, "getOpenFileName", choose)
    for tool in ("convert", "verify"):
        found = wrapper(open_dialog(f"flacraster:{tool}"))
        QTest.mouseClick(found.edit.browse_button, Qt.MouseButton.LeftButton)
        assert found.parameterValue() == str(flac)
    assert "*.flac" in asked[0] and "*.tif" in asked[0]
    assert "*.flac" in asked[1] and "*.tif" not in asked[1]


def test_browsing_and_changing_ones_mind(open_dialog, layers, monkeypatch):
    monkeypatch.setattr(raster_input_widget.QFileDialog, "getOpenFileName", lambda *_: ("", ""))
    found = wrapper(open_dialog("flacraster:convert"))
    before = found.parameterValue()
    QTest.mouseClick(found.edit.browse_button, Qt.MouseButton.LeftButton)
    assert found.parameterValue() == before


@pytest.mark.parametrize(
    ("url", "value"),
    [
        (QUrl.fromLocalFile("/data/two words.tif"), "/data/two words.tif"),
        (QUrl("https://example.org/dem.flac"), "https://example.org/dem.flac"),
    ],
)
def test_dropping(open_dialog, url, value):
    found = wrapper(open_dialog("flacraster:convert"))
    data = QMimeData()
    data.setUrls([url])
    how = (data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    copy = Qt.DropAction.CopyAction
    for event in (
        QDragEnterEvent(QPoint(5, 5), copy, *how),
        QDropEvent(QPointF(5, 5), copy, *how),
    ):
        QApplication.sendEvent(found.wrappedWidget(), event)
        assert event.isAccepted()
    assert found.parameterValue() == value


def test_values_of_scripts_and_of_the_history(open_dialog, layers, geotiff):
    dialog = open_dialog("flacraster:convert")
    found, context = wrapper(dialog), QgsProcessingContext()
    changes = []
    found.widgetValueHasChanged.connect(changes.append)
    for value, expected in (
        (layers["slope"], layers["slope"].id()),
        (layers["flac"].id(), layers["flac"].id()),
        ("https://example.org/dem.flac", "https://example.org/dem.flac"),
        (layers["map"], layers["map"].source()),
        (str(geotiff), str(geotiff)),
    ):
        found.setParameterValue(value, context)
        assert found.parameterValue() == expected
    assert len(changes) >= 5


def test_the_dialog_runs_the_tool(open_dialog, project, layers, flac, qgis_app):
    dialog = open_dialog("flacraster:convert")
    found = wrapper(dialog)
    line = found.edit.combo.lineEdit()
    line.selectAll()
    QTest.keyClicks(line, str(flac))
    finished = []
    dialog.algorithmFinished.connect(lambda ok, results: finished.append((ok, results)))
    button = dialog.buttonBox().button(dialog.buttonBox().StandardButton.Ok)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    for _ in range(200):
        QTest.qWait(50)
        if finished:
            break
    ((ok, results),) = finished
    assert ok and os.path.isfile(results["OUTPUT"])
    (loaded,) = project.mapLayersByName("Converted raster")
    assert loaded.providerType() == "gdal" and loaded.isValid()


def test_batch_dialog(algorithm, layers):
    from processing.gui.BatchAlgorithmDialog import BatchAlgorithmDialog

    dialog = BatchAlgorithmDialog(algorithm("convert"))
    panel = dialog.mainWidget()
    found = panel.wrappers[0][panel.parameter_to_column["INPUT"]]
    assert isinstance(found, raster_input_widget.RasterInputWrapper)
    assert found.parameterValue() is None  # which QGIS takes for a row to fill
    found.setParameterValue("/data/x.flac", QgsProcessingContext())
    assert found.parameterValue() == "/data/x.flac"
    dialog.close()


def test_model_designer_keeps_its_own_widget(algorithm, layers):
    from processing.gui.wrappers import WidgetWrapperFactory

    class ModelerParametersDialog:  # known by its name only
        def __init__(self):
            self.model, self.childId = QgsProcessingModelAlgorithm(), "step"
            self.context = QgsProcessingContext()

    tool, dialog = algorithm("convert"), ModelerParametersDialog()
    made = WidgetWrapperFactory.create_wrapper(tool.parameterDefinition("INPUT"), dialog)
    assert isinstance(made, QgsProcessingModelerParameterWidget)


def test_dialogs_come_and_go(open_dialog, project, layers):
    """Dialog, widget, its Python wrapper and layers go in any order."""
    for turn in range(12):
        dialog = open_dialog("flacraster:compare")
        gc.collect()
        found = wrapper(dialog, "INPUT_B")
        found.edit.combo.setCurrentIndex(1)
        QTest.keyClicks(found.edit.combo.lineEdit(), "x")
        if turn == 6:
            project.clear()  # its layers go while dialogs that are closed wait to be deleted
            assert wrapper(dialog, "INPUT_A").edit.combo.count() == 0
        dialog.close()
        if turn % 3:
            dialog.deleteLater()
        del dialog, found
        gc.collect()
        QApplication.processEvents()
