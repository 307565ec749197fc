"""Which of QGIS's tasks that compute with pixels runs in this thread: QGIS tells nobody."""

from __future__ import annotations

import threading
from contextlib import suppress

from qgis.core import QgsApplication, QgsProcessingAlgRunnerTask, QgsRasterFileWriterTask, QgsTask
from qgis.PyQt import sip
from qgis.PyQt.QtCore import Qt

#: Tasks in C++ that take every block for whole.
_KINDS = (QgsProcessingAlgRunnerTask, QgsRasterFileWriterTask)
#: The last one that began, by thread; those of pools work on one after another.
_begun: dict[int, QgsTask] = {}


def watch() -> None:
    """Note from now on where tasks begin; doing it twice changes nothing."""
    unwatch()
    QgsApplication.taskManager().taskAdded.connect(_watch_task)


def unwatch() -> None:
    """End `watch`."""
    with suppress(TypeError):  # was not watched
        QgsApplication.taskManager().taskAdded.disconnect(_watch_task)
    _begun.clear()


def task_of_this_thread() -> QgsTask | None:
    """Return the task that runs here, if it is one that computes with pixels."""
    task = _begun.get(threading.get_ident())
    return None if task is None or sip.isdeleted(task) or not task.isActive() else task


def _watch_task(number: int) -> None:
    """Have a task that is about to begin say where it does."""
    task = QgsApplication.taskManager().task(number)
    if not isinstance(task, _KINDS):
        return

    def note() -> None:
        _begun[threading.get_ident()] = task

    # called by the thread that begins, at once
    task.begun.connect(note, Qt.ConnectionType.DirectConnection)
