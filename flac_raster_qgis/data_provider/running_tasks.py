"""Find the task of QGIS that runs in the current thread, which QGIS has no method for."""

from __future__ import annotations

import threading
from contextlib import suppress

from qgis.core import QgsApplication, QgsProcessingAlgRunnerTask, QgsRasterFileWriterTask, QgsTask
from qgis.PyQt import sip
from qgis.PyQt.QtCore import Qt

#: Tasks in C++ that do not check blocks for errors.
TASK_CLASSES = (QgsProcessingAlgRunnerTask, QgsRasterFileWriterTask)
#: Last task that began in each thread; threads of a pool run one after another.
_tasks: dict[int, QgsTask] = {}


def watch() -> None:
    """Start recording the threads of tasks."""
    unwatch()
    QgsApplication.taskManager().taskAdded.connect(_watch_task)


def unwatch() -> None:
    """Stop recording."""
    with suppress(TypeError):  # was not watched
        QgsApplication.taskManager().taskAdded.disconnect(_watch_task)
    _tasks.clear()


def task_of_this_thread() -> QgsTask | None:
    """Return the task of this thread, if it computes with pixels."""
    task = _tasks.get(threading.get_ident())
    return None if task is None or sip.isdeleted(task) or not task.isActive() else task


def _watch_task(number: int) -> None:
    """Record the thread of a task when it begins."""
    task = QgsApplication.taskManager().task(number)
    if not isinstance(task, TASK_CLASSES):
        return

    def record() -> None:
        _tasks[threading.get_ident()] = task

    # a direct connection calls it in the thread of the task
    task.begun.connect(record, Qt.ConnectionType.DirectConnection)
