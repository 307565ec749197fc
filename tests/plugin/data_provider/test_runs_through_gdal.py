"""Runs that read pixels through GDAL fail with the reason, whatever Python code is around."""

from __future__ import annotations

import sys
import threading
import time

import numpy as np
import processing
import pytest
from flac_raster_qgis.engine.errors import CorruptTile, RemoteError, tile_place
from flac_raster_qgis.engine.model.grid import TileKey
from kits.qgis.layers import valid_flac_layer, write_flac
from kits.qgis.remote_layers import until
from qgis.core import (
    QgsApplication,
    QgsProcessingAlgRunnerTask,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingModelAlgorithm,
    QgsProcessingModelChildAlgorithm,
    QgsProcessingModelChildParameterSource,
    QgsProcessingModelOutput,
    QgsProcessingModelParameter,
    QgsProcessingParameterRasterLayer,
)
from qgis.PyQt.QtWidgets import QTextEdit

from flac_raster_qgis.data_provider.failed_runs import failed_run_texts

NAME, REASON = "native:slope", "pixels of the raster are missing.*damaged"


@pytest.fixture
def parameters(project, tmp_path):
    """Of a tool that reads a damaged tile, after others, and before many others."""
    path = write_flac(tmp_path / "x.flac", np.arange(720_000, dtype="int32").reshape(1, 600, 1200))
    data = bytearray(path.read_bytes())
    middle = len(data) // 2
    data[middle : middle + 40] = bytes(40)
    path.write_bytes(data)
    project.addMapLayer(layer := valid_flac_layer(path))
    return {"INPUT": layer.id(), "Z_FACTOR": 1, "OUTPUT": str(tmp_path / "y.tif")}


@pytest.fixture
def damaged(tmp_path):
    """What names the damaged tile."""
    return f"{tmp_path / 'x.flac'}, tile level 0, row 2, column 17 is damaged"


@pytest.fixture
def unhandled(monkeypatch):
    """Exceptions in slots, with which QGIS ends if Python has no hook."""
    found = []
    monkeypatch.setattr(sys, "excepthook", lambda *error: found.append(error))
    return found


@pytest.mark.parametrize("seconds", [0, 0.002])
def test_slots_in_python(parameters, unhandled, seconds):
    """QGIS calls them while the tool runs."""
    feedback = QgsProcessingFeedback(False)
    called = []
    feedback.progressChanged.connect(lambda value: called.append(time.sleep(seconds)))
    with pytest.raises(QgsProcessingException, match=REASON):
        processing.run(NAME, parameters, feedback=feedback)
    assert called and not unhandled
    assert sys.gettrace() is None


def test_a_slot_with_a_feedback_of_its_own(parameters, unhandled):
    called, own, outer = [], QgsProcessingFeedback(False), QgsProcessingFeedback(False)

    def slot(value, feedback=own):
        called.append(value)

    outer.progressChanged.connect(slot)
    with pytest.raises(QgsProcessingException, match=REASON):
        processing.run(NAME, parameters, feedback=outer)
    assert called and not unhandled and not own.isCanceled()


def test_a_feedback_of_any_name(project, parameters):
    algorithm = QgsApplication.processingRegistry().createAlgorithmById(NAME)
    context, mine = QgsProcessingContext(), QgsProcessingFeedback(False)
    context.setProject(project)
    with pytest.raises(QgsProcessingException, match=REASON):
        print(algorithm.run(parameters, context, mine))


def test_a_feedback_that_is_global(project, parameters):
    algorithm = QgsApplication.processingRegistry().createAlgorithmById(NAME)
    context = QgsProcessingContext()
    context.setProject(project)
    scope = {"feedback_of_all": QgsProcessingFeedback(False)}
    exec("def run(a, p, c): return a.run(p, c, feedback_of_all)", scope)
    with pytest.raises(QgsProcessingException, match=REASON):
        print(scope["run"](algorithm, parameters, context))


def test_a_script_that_tries_again(parameters):
    try:
        processing.run(NAME, parameters)
    except QgsProcessingException:
        with pytest.raises(QgsProcessingException, match=REASON):
            processing.run(NAME, parameters)
    else:
        pytest.fail("no error")


@pytest.mark.parametrize("has_slot", [False, True])
def test_a_thread_of_python(project, parameters, unhandled, has_slot):
    outcome, called = [], []

    def run():
        algorithm = QgsApplication.processingRegistry().createAlgorithmById(NAME)
        context, feedback = QgsProcessingContext(), QgsProcessingFeedback(False)
        context.setProject(project)
        if has_slot:
            feedback.progressChanged.connect(lambda value: called.append(value))
        try:
            outcome.append(algorithm.run(parameters, context, feedback))
        except QgsProcessingException as error:
            outcome.append(str(error))

    thread = threading.Thread(target=run)
    thread.start()
    until(lambda: not thread.is_alive(), 30)
    assert len(outcome) == 1 and "pixels of the raster are missing" in outcome[0]
    assert bool(called) == has_slot


@pytest.mark.parametrize("name", ["gdal:hillshade", "gdal:translate"])
def test_tools_in_python_say_the_reason_alone(parameters, name):
    feedback = QgsProcessingFeedback(False)
    with pytest.raises(QgsProcessingException, match=REASON):
        processing.run(name, {**parameters, "BAND": 1}, feedback=feedback)
    assert "Traceback" not in feedback.textLog()


def test_it_is_said_once(parameters, messages):
    with pytest.raises(QgsProcessingException):
        processing.run(NAME, parameters)
    until(lambda: messages)
    assert sum("pixels of the raster are missing" in message for message in messages) == 1


# ---------------------------------------------------------------- where users look


def log_of(dialog):
    return "\n".join(text.toPlainText() for text in dialog.findChildren(QTextEdit))


@pytest.mark.parametrize("name", [NAME, "gdal:translate"])
def test_the_log_of_a_dialog_says_the_reason(open_dialog, parameters, damaged, name):
    dialog, ended = open_dialog(name), []
    dialog.algorithmFinished.connect(lambda *result: ended.append(result))
    dialog.setParameters({"INPUT": parameters["INPUT"]})
    dialog.runAlgorithm()
    until(lambda: ended, 60)
    assert not ended[0][0] and damaged in log_of(dialog)


def model_of(*names):
    """Return a model that runs tools one after another."""
    model, source = QgsProcessingModelAlgorithm("model", "tests"), None
    component = QgsProcessingModelParameter("INPUT")
    model.addModelParameter(QgsProcessingParameterRasterLayer("INPUT"), component)
    sources = QgsProcessingModelChildParameterSource
    for name in names:
        child = QgsProcessingModelChildAlgorithm(name)
        child.setChildId(name)
        given = sources.fromChildOutput(source, "OUTPUT") if source else None
        child.addParameterSources("INPUT", [given or sources.fromModelParameter("INPUT")])
        child.addParameterSources("Z_FACTOR", [sources.fromStaticValue(1)])
        model.addChildAlgorithm(child)
        source = name
    result = QgsProcessingModelOutput("OUTPUT")
    result.setChildId(source)
    result.setChildOutputName("OUTPUT")
    child = model.childAlgorithm(source)
    child.setModelOutputs({"OUTPUT": result})
    model.setChildAlgorithm(child)
    model.initAlgorithm({})
    return model


@pytest.mark.parametrize("first", [NAME, "gdal:translate"])
def test_the_log_of_a_model_says_the_reason(project, parameters, damaged, tmp_path, first):
    model, feedback, ended = model_of(first, "native:aspect"), QgsProcessingFeedback(False), []
    context = QgsProcessingContext()
    context.setProject(project)
    output = {"native:aspect:OUTPUT": str(tmp_path / "y.tif")}
    task = QgsProcessingAlgRunnerTask(model, {**parameters, **output}, context, feedback)
    task.executed.connect(lambda *result: ended.append(result))
    QgsApplication.taskManager().addTask(task)
    until(lambda: ended, 60)
    assert not ended[0][0] and damaged in feedback.textLog()


def test_another_feedback_of_the_code_that_starts_a_task_is_left_alone(
    project, parameters, messages
):
    other, ended = QgsProcessingFeedback(False), []
    context = QgsProcessingContext()
    context.setProject(project)
    algorithm = QgsApplication.processingRegistry().createAlgorithmById(NAME)
    own = [QgsProcessingFeedback(False)]
    task = QgsProcessingAlgRunnerTask(algorithm, parameters, context, own[0])
    task.executed.connect(lambda *result: ended.append(result))
    QgsApplication.taskManager().addTask(task)
    until(lambda: ended, 60)
    assert not ended[0][0] and own[0].isCanceled()
    assert not other.isCanceled() and other.textLog() == ""


@pytest.mark.parametrize(
    ("error", "place"),
    [
        (
            CorruptTile(
                "tile.damaged", tile_place("/a/b c/x.flac", TileKey(0, 2, 17, 0)), reason=1
            ),
            "x.flac, tile level 0, row 2, column 17",
        ),
        (RemoteError("http.404", "https://example.org/a/x.flac?key=…", found="404"), "x.flac"),
        ("some text", "the raster"),
    ],
)
def test_the_message_bar_names_file_and_tile(error, place):
    short, text = failed_run_texts(error)
    assert short == f"The run failed: pixels of {place} are missing. Do not use its output."
    assert text.endswith(str(error))
