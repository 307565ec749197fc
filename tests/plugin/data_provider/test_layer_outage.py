"""Pixels that cannot be read fail what computes with them, each time, and no longer than that."""

from __future__ import annotations

import sys
import threading

import numpy as np
import pytest
from flac_raster_qgis.engine import FlacRaster
from flac_raster_qgis.engine.storage import circuit_breaker
from flac_raster_qgis.engine.storage.cache import SHARED
from kits.qgis.layers import (
    open_raster_of,
    random_array,
    read_block,
    square,
    valid_flac_layer,
    write_flac,
)
from kits.qgis.remote_layers import until
from kits.remote import part, says
from qgis.core import (
    QgsApplication,
    QgsFeature,
    QgsGeometry,
    QgsPointXY,
    QgsProcessingAlgorithm,
    QgsProcessingAlgRunnerTask,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProject,
    QgsRasterFileWriter,
    QgsRasterFileWriterTask,
    QgsRasterPipe,
    QgsRectangle,
    QgsSettings,
    QgsVectorLayer,
)

from flac_raster_qgis.data_provider import failed_runs
from flac_raster_qgis.data_provider.open_raster import CACHE, OpenRaster

pytestmark = pytest.mark.usefixtures("only_memory", "provider_registered")


ARRAY = random_array("float32", height=600, width=300)
EXTENT = QgsRectangle(500100, 4997100, 502900, 4999900)
TOOLS = {
    "native:rasterlayerstatistics": {"BAND": 1},
    "native:rasterlayeruniquevaluesreport": {"BAND": 1},
    "native:zonalstatisticsfb": {"INPUT": "zones", "RASTER_BAND": 1, "OUTPUT": "memory:"},
    "native:zonalhistogram": {"INPUT_VECTOR": "zones", "RASTER_BAND": 1, "OUTPUT": "memory:"},
    "native:rastersampling": {"INPUT": "points", "OUTPUT": "memory:"},
    "native:reclassifybytable": {"RASTER_BAND": 1, "TABLE": ["-9", "9", "5"]},
    "native:rescaleraster": {"BAND": 1, "MINIMUM": 0, "MAXIMUM": 1},
    "native:fillnodata": {"BAND": 1, "FILL_VALUE": 1},
    "qgis:rastercalculator": {"EXPRESSION": '"raster@1" + 1'},
}
#: What each calls its raster.
_RASTER = {
    "native:zonalstatisticsfb": "INPUT_RASTER",
    "native:zonalhistogram": "INPUT_RASTER",
    "native:rastersampling": "RASTERCOPY",
    "native:reclassifybytable": "INPUT_RASTER",
    "qgis:rastercalculator": "LAYERS",
}


class Switch:
    """What a server does, as long as it is set to."""

    def __init__(self, step):
        self.step = step

    def __call__(self, request):
        yield from self.step(request)


class Raster:
    """A layer of a server that can be up or down."""

    def __init__(self, serve, folder):
        data = write_flac(folder / "x.flac", ARRAY).read_bytes()
        self._good = part(data)
        self._switch = Switch(self._good)
        self.layer = valid_flac_layer(serve(always=self._switch).url)
        QgsProject.instance().addMapLayer(self.layer)

    def down(self):
        self._forget()
        self._switch.step = says(404)

    def up(self):
        self._forget()
        self._switch.step = self._good
        open_raster_of(self.layer.dataProvider()).outage._until = 0

    def _forget(self):
        CACHE.clear()
        SHARED.clear()


@pytest.fixture
def raster(serve, tmp_path, qgis_processing):
    # not the fixture `project`, whose plugin would take the provider away at its end
    made = Raster(serve, tmp_path)
    yield made
    QgsProject.instance().clear()


@pytest.fixture
def parameters(raster, tmp_path):
    """Return a function that gives the parameters of a tool."""
    zones = QgsVectorLayer("Polygon?crs=EPSG:32633", "zones", "memory")
    square(zones, EXTENT)
    zones.updateExtents()
    points = QgsVectorLayer("Point?crs=EPSG:32633", "points", "memory")
    feature = QgsFeature()
    feature.setGeometry(QgsGeometry.fromPointXY(QgsPointXY(501505, 4998495)))
    points.dataProvider().addFeatures([feature])
    known = {"zones": zones, "points": points}

    def parameters(name):
        found = {key: known.get(str(value), value) for key, value in TOOLS[name].items()}
        key = _RASTER.get(name, "INPUT")
        found[key] = [raster.layer] if key == "LAYERS" else raster.layer
        return {"OUTPUT": str(tmp_path / "out.tif"), **found}

    return parameters


def run(name, parameters, feedback=None):
    import processing

    return processing.run(name, parameters, feedback=feedback or QgsProcessingFeedback(False))


def run_as_the_dialog_does(name, parameters):
    """Run a tool in a thread; return whether it went well."""
    algorithm = QgsApplication.processingRegistry().createAlgorithmById(name)
    assert not algorithm.flags() & QgsProcessingAlgorithm.FlagNoThreading
    context, feedback = QgsProcessingContext(), QgsProcessingFeedback(False)
    context.setProject(QgsProject.instance())
    task = QgsProcessingAlgRunnerTask(algorithm, parameters, context, feedback)
    ended = []
    task.executed.connect(lambda ok, results: ended.append(ok))
    QgsApplication.taskManager().addTask(task)
    until(lambda: ended, 20)
    return ended[0]


@pytest.mark.parametrize("name", TOOLS)
def test_a_script_gets_an_error_each_time(raster, parameters, name, messages):
    for _ in range(2):
        raster.down()
        messages.clear()
        with pytest.raises(QgsProcessingException, match="pixels of the raster are missing.*404"):
            run(name, parameters(name))
        assert sum("The run failed" in message for message in messages) == 1
        assert not any("is missing pixels" in message for message in messages)
    raster.up()
    messages.clear()
    assert run(name, parameters(name))
    assert messages == [] and sys.gettrace() is None


@pytest.mark.parametrize("name", TOOLS)
def test_a_dialog_says_that_the_run_failed_each_time(raster, parameters, name, messages):
    for _ in range(2):
        raster.down()
        messages.clear()
        assert run_as_the_dialog_does(name, parameters(name)) is False
        assert sum("The run failed" in message for message in messages) == 1
        assert not any("is missing pixels" in message for message in messages)
    raster.up()
    assert run_as_the_dialog_does(name, parameters(name)) is True


def test_the_same_feedback_serves_again(raster, parameters):
    """A script that tries once more is not taken for one that gave up."""
    name, feedback = "native:rasterlayerstatistics", QgsProcessingFeedback(False)
    raster.down()
    with pytest.raises(QgsProcessingException):
        run(name, parameters(name), feedback)
    raster.up()
    assert run(name, parameters(name), feedback)["MAX"] == ARRAY.max()


def test_a_run_without_names_of_its_own_has_nobody_to_tell(raster, parameters, messages):
    """What calls QGIS from elsewhere is told as before, and nothing else is harmed."""
    raster.down()
    statistics = raster.layer.dataProvider().bandStatistics(1)
    assert statistics.elementCount == 0 and sys.gettrace() is None
    assert len(messages) == 1


def test_a_caller_that_wants_no_exception(raster, parameters):
    """As Processing's own batch runs a tool."""
    from processing.gui.AlgorithmExecutor import execute

    feedback, context = QgsProcessingFeedback(False), QgsProcessingContext()
    name = "native:rasterlayerstatistics"
    algorithm = QgsApplication.processingRegistry().createAlgorithmById(name)
    raster.down()
    assert execute(algorithm, parameters(name), context, feedback) == (False, {})
    assert "pixels of the raster are missing" in feedback.textLog()


def test_another_run_is_let_be(raster, parameters, tmp_path):
    """A layer that is made in a thread of Python's fails no tool that runs meanwhile."""
    raster.down()
    going, ended = threading.Event(), []

    healthy = valid_flac_layer(write_flac(tmp_path / "healthy.flac", ARRAY))
    statistics = {"INPUT": healthy, "BAND": 1}
    algorithm = QgsApplication.processingRegistry().createAlgorithmById(
        "native:rasterlayerstatistics"
    )
    context, feedback = QgsProcessingContext(), QgsProcessingFeedback(False)
    task = QgsProcessingAlgRunnerTask(algorithm, statistics, context, feedback)
    task.executed.connect(lambda ok, results: ended.append(ok))
    provider = raster.layer.dataProvider()

    def style():
        provider.bandStatistics(1)
        going.set()

    read = OpenRaster.tiles

    def slowly(self, *args):
        if self is open_raster_of(healthy.dataProvider()):
            going.wait(10)
        yield from read(self, *args)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(OpenRaster, "tiles", slowly)
        QgsApplication.taskManager().addTask(task)
        until(task.isActive)
        threading.Thread(target=style).start()
        until(lambda: ended, 20)
    assert going.is_set() and ended == [True]


def test_another_task_is_let_be(raster, parameters, tmp_path):
    """Of two tools that run at the same time, the one that lacks pixels fails."""
    raster.down()
    name, ended = "native:rasterlayerstatistics", {}
    healthy = valid_flac_layer(write_flac(tmp_path / "healthy.flac", ARRAY))
    failed = threading.Event()
    read = OpenRaster.tiles

    def slowly(self, *args):
        if self is open_raster_of(healthy.dataProvider()):
            failed.wait(10)
        yield from read(self, *args)

    def note(which, is_good):
        ended[which] = is_good
        if which == "dead":
            failed.set()

    tasks = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(OpenRaster, "tiles", slowly)
        for which, layer in (("healthy", healthy), ("dead", raster.layer)):
            algorithm = QgsApplication.processingRegistry().createAlgorithmById(name)
            context, feedback = QgsProcessingContext(), QgsProcessingFeedback(False)
            given = {"INPUT": layer, "BAND": 1}
            task = QgsProcessingAlgRunnerTask(algorithm, given, context, feedback)
            task.executed.connect(lambda good, results, which=which: note(which, good))
            tasks.append((task, context, feedback))
            QgsApplication.taskManager().addTask(task)
        until(lambda: len(ended) == 2, 20)
    assert ended == {"healthy": True, "dead": False}


def test_it_can_be_switched_off(raster, parameters, messages):
    raster.down()
    settings = QgsSettings()
    settings.setValue(failed_runs.SETTING, False)
    try:
        run("native:fillnodata", parameters("native:fillnodata"))
    finally:
        settings.remove(failed_runs.SETTING)
    assert any("is missing pixels" in message for message in messages) and sys.gettrace() is None
    with pytest.raises(QgsProcessingException):
        run("native:fillnodata", parameters("native:fillnodata"))


def test_the_process_ends_in_qgis_process_alone(raster, monkeypatch):
    ended = []
    monkeypatch.setattr(failed_runs.os, "_exit", ended.append)
    monkeypatch.setattr(failed_runs, "_run_frame", lambda: None)
    monkeypatch.setattr(failed_runs, "_is_called_by_python", lambda: False)
    assert QgsApplication.platform() != "qgis_process"
    assert failed_runs.fail_run("sentence") is None and not ended
    monkeypatch.setattr(QgsApplication, "platform", staticmethod(lambda: "qgis_process"))
    failed_runs.fail_run("sentence")
    assert ended == [1]


def test_a_debugger_keeps_its_place(raster, parameters):
    feedback = QgsProcessingFeedback(False)
    raster.down()
    sys.settrace(lambda *_: None)
    try:
        run("native:fillnodata", parameters("native:fillnodata"), feedback)
    finally:
        sys.settrace(None)
    assert feedback.isCanceled() and "pixels of the raster are missing" in feedback.textLog()


def test_save_as_of_more_than_one_block(raster, tmp_path, messages):
    def save():
        pipe = QgsRasterPipe()  # which goes with the task
        assert pipe.set(raster.layer.dataProvider().clone())
        task = QgsRasterFileWriterTask(
            QgsRasterFileWriter(str(tmp_path / "x.tif")),
            pipe,
            *ARRAY.shape[:0:-1],
            raster.layer.extent(),
            raster.layer.crs(),
            QgsProject.instance().transformContext(),
        )
        ended = []
        task.taskCompleted.connect(lambda: ended.append("saved"))
        task.taskTerminated.connect(lambda: ended.append("failed"))
        QgsApplication.taskManager().addTask(task)
        until(lambda: ended, 20)
        return ended[0]

    for _ in range(2):
        raster.down()
        messages.clear()
        assert save() == "failed"
        assert any("The run failed" in message for message in messages)
    raster.up()
    assert save() == "saved"


def test_a_damaged_tile_fails_a_run(tmp_path, qgis_processing, messages):
    path = write_flac(tmp_path / "x.flac", ARRAY)
    with FlacRaster.open(path) as opened:
        offset, size = opened.head.index.byte_range(list(opened.grid.levels[0].keys())[7])
    data = bytearray(path.read_bytes())
    data[offset + size // 2] ^= 0xFF
    path.write_bytes(data)
    layer = valid_flac_layer(path)
    for name, own in [("rescaleraster", {"MINIMUM": 0}), ("rasterlayerstatistics", {})]:
        given = {"INPUT": layer, "BAND": 1, "OUTPUT": str(tmp_path / "out.tif"), **own}
        with pytest.raises(QgsProcessingException, match="missing.*x.flac.*damaged|MD5"):
            run(f"native:{name}", given)
    assert len(messages) >= 2


def test_a_run_that_has_failed_asks_no_server_again(raster, parameters, monkeypatch):
    monkeypatch.setattr(circuit_breaker, "_PAUSE", 0)
    asked = []
    raster.down()
    raster._switch.step = lambda request: asked.append(1) or says(404)(request)
    zones = parameters("native:zonalstatisticsfb")
    for number in range(20):
        square(zones["INPUT"], QgsRectangle(500000, 4999000 - number, 500640, 4999640))
    with pytest.raises(QgsProcessingException):
        run("native:zonalstatisticsfb", zones)
    assert 0 < len(asked) <= 6


def test_an_error_on_the_way_back_is_not_hidden():
    """The error waits on the frame that runs the tool, and on no other."""
    feedback = QgsProcessingFeedback(False)

    def deeper():
        assert failed_runs.fail_run("sentence one") is True
        assert failed_runs.fail_run("sentence two") is False
        assert failed_runs.is_failing()
        return 1

    with pytest.raises(QgsProcessingException, match="sentence one"):
        result = deeper()
        result += 1
        pytest.fail("QGIS went on")
    assert feedback.textLog() == "" and not feedback.isCanceled()
    assert not failed_runs.is_failing() and sys.gettrace() is None


def test_values_come_back_with_the_server(raster):
    layer = raster.layer
    raster.down()
    values, missing = read_block(layer.dataProvider())
    assert missing.all()
    raster.up()
    values, missing = read_block(layer.dataProvider())
    np.testing.assert_array_equal(values, ARRAY[0])
    assert not missing.any()
