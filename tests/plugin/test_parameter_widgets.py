"""Widgets for choices, bands, levels and tiles in QGIS's dialogs; values stay as they were."""

from __future__ import annotations

import gc

import numpy as np
import pytest
from flac_raster_qgis.engine import Band, FlacRaster, convert
from kits.landscape import mountains, write_flac
from osgeo import gdal
from qgis.core import QgsProcessingContext, QgsProcessingModelAlgorithm, QgsRasterLayer
from qgis.gui import QgsProcessingModelerParameterWidget
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QApplication

NAMES = ("red", "green", "blue", "near infrared")


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    pixels = np.concatenate([mountains(300, 400, seed) for seed in range(4)])
    bands = tuple(Band(description=name) for name in NAMES)
    folder = tmp_path_factory.mktemp("widgets")
    return str(write_flac(folder / "scene.flac", pixels, tile_size=64, bands=bands))


@pytest.fixture
def layer(project, path):
    layer = QgsRasterLayer(path, "scene", "flacraster")
    project.addMapLayer(layer)
    return layer


def combo(dialog, name):
    return dialog.mainWidget().wrappers[name].combo


def items(found):
    return [found.itemText(index) for index in range(found.count())]


def hint(found):
    return found.lineEdit().placeholderText()


def choose(found, index):
    """Choose an item as with the mouse."""
    found.setCurrentIndex(index)
    found.activated.emit(index)


def value(dialog, name):
    return dialog.createProcessingParameters().get(name)


def test_choices_have_labels_and_keep_their_values(open_dialog, path):
    dialog = open_dialog("flacraster:convert")
    dialog.mainWidget().wrappers["INPUT"].edit.set_value(path)
    assert items(combo(dialog, "EFFORT")) == ["Fast", "Balanced", "Small"]
    assert combo(dialog, "EFFORT").currentText() == "Balanced"
    resampling = combo(dialog, "OVERVIEW_RESAMPLING")
    assert items(resampling) == ["Not set", "Auto", "Average", "Mode", "Nearest", "None"]
    assert value(dialog, "OVERVIEW_RESAMPLING") is None
    choose(combo(dialog, "EFFORT"), 2)
    choose(resampling, 3)
    assert (value(dialog, "EFFORT"), value(dialog, "OVERVIEW_RESAMPLING")) == ("small", "mode")
    dialog.mainWidget().setParameters({"EFFORT": "fast", "INTERLEAVE": 2})
    assert combo(dialog, "EFFORT").currentText() == "Fast"
    assert (value(dialog, "EFFORT"), value(dialog, "INTERLEAVE")) == ("fast", "band")


@pytest.mark.parametrize("kind", ["layer", "file"])
def test_what_the_raster_has_is_offered(open_dialog, project, path, kind, request):
    if kind == "layer":
        request.getfixturevalue("layer")
    dialog = open_dialog("flacraster:extract")
    if kind == "file":
        dialog.mainWidget().wrappers["INPUT"].edit.set_value(path)
    assert items(combo(dialog, "LEVEL")) == [
        "0: 400 × 300 pixels",
        "1: 200 × 150 pixels",
        "2: 100 × 75 pixels",
        "3: 50 × 38 pixels",
    ]
    assert items(combo(dialog, "BANDS")) == [f"{n}: {name}" for n, name in enumerate(NAMES, 1)]
    assert items(combo(dialog, "TILE")) == ["center", "last"]
    assert hint(combo(dialog, "LEVEL")) == "0 (full resolution) to 3"
    assert hint(combo(dialog, "BANDS")) == "All bands, or some of 1 to 4, such as 1,2"
    assert hint(combo(dialog, "TILE")) == "0 to 34, or center or last"
    assert [value(dialog, name) for name in ("BANDS", "LEVEL", "TILE")] == [None] * 3


def test_a_file_is_opened_once(open_dialog, project, path, tmp_path, monkeypatch):
    opened, real = [], FlacRaster.open

    def recording(source, *rest, **options):
        opened.append(str(source))
        return real(source, *rest, **options)

    monkeypatch.setattr(FlacRaster, "open", recording)
    dialog = open_dialog("flacraster:query")
    found = dialog.mainWidget().wrappers["INPUT"].edit
    found.set_value(path)
    QTest.keyClicks(combo(dialog, "LEVEL").lineEdit(), "21")
    assert opened == [path]
    other = str(write_flac(tmp_path / "x.flac", mountains(64, 64)))
    found.set_value(other)
    assert opened == [path, other] and hint(combo(dialog, "BANDS")) == "Band 1"
    write_flac(tmp_path / "x.flac", np.concatenate([mountains(64, 64)] * 2))
    found.changed.emit()
    assert items(combo(dialog, "BANDS")) == ["1", "2"]


def test_choosing_from_the_lists(open_dialog, layer):
    dialog = open_dialog("flacraster:query")
    level, bands, tile = (combo(dialog, name) for name in ("LEVEL", "BANDS", "TILE"))
    choose(level, 1)
    assert value(dialog, "LEVEL") == 1 and hint(tile) == "0 to 11, or center or last"
    for index in (2, 0, 3, 0):  # the last one removes the band again
        choose(bands, index)
    assert value(dialog, "BANDS") == "3,4" and bands.currentText() == "3,4"
    choose(tile, 1)
    assert value(dialog, "TILE") == "last"


def test_bands_without_names(open_dialog, project, tmp_path):
    path = write_flac(tmp_path / "x.flac", np.concatenate([mountains(64, 64)] * 3))
    dialog = open_dialog("flacraster:query")
    dialog.mainWidget().wrappers["INPUT"].edit.set_value(str(path))
    bands = combo(dialog, "BANDS")
    for index, expected in ((2, "3"), (0, "3,1"), (2, "1"), (0, None)):
        choose(bands, index)
        assert value(dialog, "BANDS") == expected


def test_times_of_the_bands(open_dialog, project, run, tmp_path):
    pixels = np.concatenate([mountains(64, 64, seed) for seed in range(4)])
    plain = write_flac(tmp_path / "plain.flac", pixels)
    dated = tmp_path / "dated.flac"
    convert(plain, dated, time_start="2020-01-01", time_step="P16D")
    dialog = open_dialog("flacraster:extract")
    found, time = dialog.mainWidget().wrappers["INPUT"].edit, combo(dialog, "TIME")
    assert "2020-01..2020-06" in hint(time)
    found.set_value(str(plain))
    assert items(time) == [] and hint(time) == "The bands have no times"
    found.set_value(str(dated))
    dates = [f"2020-{days}" for days in ("01-01..2020-01-16", "01-17..2020-02-01")]
    assert items(time)[:2] == dates and len(items(time)) == 4
    assert hint(time) == f"All times, or some of {items(time)[0]} to {items(time)[-1]}"
    assert value(dialog, "TIME") is None
    assert items(combo(dialog, "BANDS"))[:2] == [f"1: {dates[0]}", f"2: {dates[1]}"]
    for number, date in enumerate(items(time), start=1):  # each one selects its band alone
        choose(time, number - 1)
        output = str(tmp_path / f"{number}.tif")
        parameters = {**dialog.createProcessingParameters(), "OUTPUT": output}
        assert parameters["TIME"] == date
        run("extract", **parameters)
        assert np.array_equal(gdal.Open(output).ReadAsArray(), pixels[number - 1])


@pytest.mark.parametrize("tool, name", [("verify", "INPUT"), ("compare", "INPUT_A")])
def test_times_in_tools_without_an_area(open_dialog, project, tmp_path, tool, name):
    plain, dated = write_flac(tmp_path / "x.flac", mountains(64, 64)), tmp_path / "dated.flac"
    convert(plain, dated, time_start="2020-07", time_step="P1M")
    dialog = open_dialog(f"flacraster:{tool}")
    for each in {name, "INPUT_B"} & {*dialog.mainWidget().wrappers}:
        dialog.mainWidget().wrappers[each].edit.set_value(str(dated))
    assert items(combo(dialog, "TIME")) == ["2020-07"]
    choose(combo(dialog, "TIME"), 0)
    assert value(dialog, "TIME") == "2020-07"


def test_typing(open_dialog, layer):
    dialog = open_dialog("flacraster:query")
    for name, text, expected in (
        ("LEVEL", "2", 2),
        ("BANDS", "4,1", "4,1"),
        ("TILE", "17", "17"),
        ("LEVEL", "two", None),
    ):
        line = combo(dialog, name).lineEdit()
        line.clear()
        QTest.keyClicks(line, text)
        assert value(dialog, name) == expected


def test_an_unknown_raster_leaves_examples(open_dialog, project):
    dialog = open_dialog("flacraster:extract")
    dialog.mainWidget().wrappers["INPUT"].edit.set_value("https://example.org/x.flac")
    for name, example in (("LEVEL", "0 = full"), ("BANDS", "such as 1,3"), ("TILE", "center")):
        assert example in hint(combo(dialog, name))
    assert items(combo(dialog, "LEVEL")) == items(combo(dialog, "BANDS")) == []
    dialog.mainWidget().setParameters({"LEVEL": 2, "BANDS": "1,3", "TILE": "center"})
    found = [value(dialog, name) for name in ("LEVEL", "BANDS", "TILE")]
    assert found == [2, "1,3", "center"]


def test_a_dialog_runs_what_was_chosen(open_dialog, layer, path, run, tmp_path):
    dialog = open_dialog("flacraster:extract")
    choose(combo(dialog, "LEVEL"), 1)
    choose(combo(dialog, "BANDS"), 3)
    parameters = {**dialog.createProcessingParameters(), "OUTPUT": str(tmp_path / "x.tif")}
    run("extract", **parameters)
    with FlacRaster.open(path) as raster:
        expected = raster.read(level=1, bands=(4,))
    assert np.array_equal(gdal.Open(parameters["OUTPUT"]).ReadAsArray(), expected[0])


def test_batches(algorithm, no_desktop, path):
    from processing.gui.BatchAlgorithmDialog import BatchAlgorithmDialog

    dialog = BatchAlgorithmDialog(algorithm("extract"))
    panel = dialog.mainWidget()
    panel.addRow()
    row = panel.wrappers[-1]
    names = [one.parameterDefinition().name() for one in row if one]
    widgets = dict(zip(names, [one for one in row if one]))
    widgets["INPUT"].setParameterValue(path, QgsProcessingContext())
    assert "1: 200 × 150 pixels" in items(widgets["LEVEL"].combo)
    widgets["LEVEL"].setParameterValue(1, QgsProcessingContext())
    assert widgets["LEVEL"].parameterValue() == 1
    del row, widgets, panel
    dialog.close()
    dialog.deleteLater()
    QApplication.processEvents()
    gc.collect()


@pytest.mark.parametrize("name, tool", [("BANDS", "query"), ("EFFORT", "convert")])
def test_the_model_designer_keeps_its_own(algorithm, name, tool):
    from processing.gui.wrappers import WidgetWrapperFactory

    class ModelerParametersDialog:  # QGIS tells it by its name
        model, childId, context = QgsProcessingModelAlgorithm(), "", QgsProcessingContext()

    made = algorithm(tool)
    found = WidgetWrapperFactory.create_wrapper(
        made.parameterDefinition(name), ModelerParametersDialog()
    )
    assert isinstance(found, QgsProcessingModelerParameterWidget)
