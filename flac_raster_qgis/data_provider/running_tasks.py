"""Find the task of QGIS that runs in the current thread, and fail a task; QGIS cannot do either."""

from __future__ import annotations

import sys
import threading
from contextlib import suppress
from types import FrameType
from weakref import WeakKeyDictionary

from qgis.core import (
    QgsApplication,
    QgsProcessingFeedback,
    QgsTask,
)
from qgis.PyQt import sip
from qgis.PyQt.QtCore import Qt

#: An export, as of *Save As*.
EXPORT = "QgsRasterFileWriterTask"
#: Classes of tasks in C++ that do not check blocks for errors, by name: sip wraps those that QGIS
#: itself has made as their base class.
_CLASSES = ("QgsProcessingAlgRunnerTask", EXPORT)
#: Last task that began in each thread; threads of a pool run one after another.
_tasks: dict[int, QgsTask] = {}
#: Where the dialog that started a task shows its log.
_feedbacks: WeakKeyDictionary[QgsTask, QgsProcessingFeedback] = WeakKeyDictionary()


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


def ignores_errors(task: QgsTask) -> bool:
    """Return whether a task computes with pixels, and does not check blocks for errors."""
    return any(map(task.inherits, _CLASSES))


def fail_task(task: QgsTask, text: str) -> bool:
    """Cancel a task, and say why in the log of its dialog.

    Returns
    -------
    bool
        Whether it was not cancelled before.
    """
    if task.isCanceled():
        return False
    feedback = _feedbacks.get(task)
    is_open = feedback is not None and not sip.isdeleted(feedback) and not feedback.isCanceled()
    task.cancel()
    if is_open and feedback.isCanceled():  # else it is not that of the task
        feedback.reportError(text)
    return True


def feedbacks_in(frame: FrameType) -> list[QgsProcessingFeedback]:
    """Return what Python code has as a variable, or as an attribute of its object."""
    values = frame.f_locals
    of_self = getattr(values.get("self"), "__dict__", {})
    candidates = (*values.values(), *of_self.values())
    return [found for found in candidates if isinstance(found, QgsProcessingFeedback)]


def _watch_task(number: int) -> None:
    """Record the thread of a task when it begins, and the feedback of the code that adds it."""
    task = QgsApplication.taskManager().task(number)
    if task is None or not ignores_errors(task):
        return

    def record() -> None:
        _tasks[threading.get_ident()] = task

    # a direct connection calls it in the thread of the task
    task.begun.connect(record, Qt.ConnectionType.DirectConnection)
    caller = sys._getframe().f_back
    if caller is not None and (found := feedbacks_in(caller)):
        _feedbacks[task] = found[0]
