"""The tool convert in QGIS's batch dialog: filling it, one failure among others, doing it again."""

from __future__ import annotations

import time

import pytest
from flac_raster_qgis.engine import compare
from qgis.core import QgsApplication, QgsProcessingContext, QgsProxyProgressTask, QgsSettings
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QCoreApplication
from qgis.PyQt.QtWidgets import QFileDialog


@pytest.fixture
def open_dialog(no_desktop, algorithm, project):
    from processing.gui.BatchAlgorithmDialog import BatchAlgorithmDialog

    opened = []

    def open_dialog():
        dialog = BatchAlgorithmDialog(algorithm("convert"))
        dialog.mainWidget().checkLoadLayersOnCompletion.setChecked(False)
        opened.append(dialog)
        return dialog

    yield open_dialog
    for dialog in opened:
        if not sip.isdeleted(dialog):  # newer QGIS deletes those that are done and not shown
            dialog.close()
    # QGIS does not end the task that shows the progress of a batch in which one failed
    for task in QgsApplication.taskManager().activeTasks():
        sip.cast(task, QgsProxyProgressTask).finalize(True)


@pytest.fixture
def dialog(open_dialog):
    return open_dialog()


def run_batch(dialog):
    """Run the batch to its end, which newer QGIS does bit by bit while the dialog can be used."""
    dialog.runAlgorithm()
    deadline = time.monotonic() + 60
    while not sip.isdeleted(dialog) and dialog.cancelButton().isEnabled():
        assert time.monotonic() < deadline, "the batch does not end"
        QCoreApplication.processEvents()


def fill(panel, rows):
    """Write inputs, outputs and other values into the rows of a batch."""
    context = QgsProcessingContext()
    panel.addRow(len(rows) - panel.batchRowCount())
    for row, values in enumerate(rows):
        for name, value in values.items():
            column = panel.parameter_to_column[name]
            if name == "OUTPUT":
                panel.tblParameters.cellWidget(row + 1, column).setValue(str(value))
            else:
                panel.wrappers[row][column].setParameterValue(value, context)


def outputs(panel):
    column = panel.parameter_to_column["OUTPUT"]
    return [
        panel.tblParameters.cellWidget(row + 1, column).getValue()
        for row in range(panel.batchRowCount())
    ]


def test_one_that_fails_does_not_stop_the_rest(dialog, make_geotiff, tmp_path):
    (tmp_path / "b.tif").write_text("no raster")
    rows = []
    for name in "abc":
        source = tmp_path / f"{name}.tif" if name == "b" else make_geotiff(f"{name}.tif")
        rows.append({"INPUT": str(source), "OUTPUT": tmp_path / f"{name}.flac"})
    fill(dialog.mainWidget(), rows)
    run_batch(dialog)
    assert compare(tmp_path / "a.tif", tmp_path / "a.flac").identical
    assert compare(tmp_path / "c.tif", tmp_path / "c.flac").identical
    assert sorted(p.name for p in tmp_path.iterdir() if p.suffix == ".flac") == ["a.flac", "c.flac"]


def test_a_batch_done_again_skips_what_is_there(open_dialog, make_geotiff, tmp_path):
    sources = [make_geotiff(f"{name}.tif") for name in "ab"]
    rows = [
        {"INPUT": str(path), "OUTPUT": path.with_suffix(".flac"), "SKIP_IDENTICAL": True}
        for path in sources
    ]

    def run_anew():
        dialog = open_dialog()
        fill(dialog.mainWidget(), rows)
        run_batch(dialog)

    run_anew()
    before = [path.with_suffix(".flac").stat() for path in sources]
    sources[1].with_suffix(".flac").write_bytes(b"something else")
    run_anew()
    after = [path.with_suffix(".flac").stat() for path in sources]
    assert (after[0].st_ino, after[0].st_mtime_ns) == (before[0].st_ino, before[0].st_mtime_ns)
    assert compare(sources[1], sources[1].with_suffix(".flac")).identical


def test_files_that_are_added_begin_in_the_empty_first_row(
    dialog, make_geotiff, tmp_path, monkeypatch
):
    sources = [str(make_geotiff(f"{name}.tif")) for name in "abc"]
    panel = dialog.mainWidget()
    column = panel.parameter_to_column["INPUT"]
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: (sources, ""))
    panel.tblParameters.cellWidget(0, column).showFileSelectionDialog()
    assert [panel.valueForParameter(row, "INPUT") for row in range(3)] == sources
    assert panel.batchRowCount() == 3


def test_names_of_outputs_are_filled_in_from_the_inputs(
    dialog, make_geotiff, tmp_path, monkeypatch
):
    from processing.gui import BatchOutputSelectionPanel as module

    class Answer:
        """The dialog that asks how to fill in the names."""

        DO_NOT_AUTOFILL, FILL_WITH_NUMBERS, FILL_WITH_PARAMETER = range(3)

        def __init__(self, _):
            self.mode, self.param_name = self.FILL_WITH_PARAMETER, "INPUT"

        def exec_(self):
            return 1

        exec = exec_

    panel = dialog.mainWidget()
    fill(panel, [{"INPUT": str(make_geotiff(f"{name}.tif"))} for name in ("dem", "map")])
    chosen = (str(tmp_path / "new_"), "FLAC rasters (*.flac)")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: chosen)
    monkeypatch.setattr(module, "AutofillDialog", Answer)
    QgsSettings().remove("/Processing/LastBatchOutputPath")
    column = panel.parameter_to_column["OUTPUT"]
    panel.tblParameters.cellWidget(1, column).showSelectionDialog()
    assert outputs(panel) == [str(tmp_path / f"new_{name}.flac") for name in ("dem", "map")]
