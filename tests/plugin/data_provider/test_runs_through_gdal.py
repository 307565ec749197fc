"""Runs that read pixels through GDAL fail with the reason, whatever Python code is around."""

from __future__ import annotations

import sys
import threading
import time

import numpy as np
import processing
import pytest
from kits.qgis.layers import valid_flac_layer, write_flac
from kits.qgis.remote_layers import until
from qgis.core import (
    QgsApplication,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
)

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
