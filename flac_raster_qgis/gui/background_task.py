"""Work in another thread that QGIS lists and that can be cancelled; a base class for tasks."""

from __future__ import annotations

import threading
import traceback
from collections import deque

from qgis.core import QgsApplication, QgsTask
from qgis.PyQt.QtCore import QObject, pyqtSignal

from ..core.error_text import error_text
from ..core.message_log import log_error
from ..engine.errors import Cancelled, FlacRasterError
from ..engine.job import Job

#: Seconds that `wait` waits at most.
_MAX_WAIT = 2.0
#: Running tasks; the task manager does not keep their Python halves alive.
_running: set[BackgroundTask] = set()


#: Descriptions of tasks that were cancelled lately.
_cancelled: deque[str] = deque(maxlen=20)
_FLAGS = QgsTask.Flag.CanCancel
if hasattr(QgsTask.Flag, "Silent"):  # QGIS 3.26: no “Task failed” of QGIS after a cancellation
    _FLAGS = _FLAGS | QgsTask.Flag.Silent


def was_cancelled(description: str) -> bool:
    """Return whether a task of this description was cancelled lately."""
    return description in _cancelled


class InternalError(FlacRasterError):
    """An error of the plugin itself; ``details`` is the traceback for a report."""

    def __init__(self, error: BaseException):
        super().__init__("qgis.internal", kind=type(error).__name__)
        self.details = "".join(traceback.format_exception(type(error), error, error.__traceback__))


class BackgroundTask(QgsTask):
    """Base class of tasks; a subclass implements `work` and keeps its results as attributes.

    The task list of QGIS shows the description. ``error`` is the reason for the failure; None after
    success or cancellation.
    """

    #: The task has ended: the task itself. Emitted in the main thread, unless `detach` was called.
    ended = pyqtSignal(object)
    #: Whether QGIS asks before it ends or closes a project meanwhile.
    makes_file = False

    def __init__(self, description: str):
        silently = _FLAGS if self.makes_file else QgsTask.Flag.CancelWithoutPrompt
        super().__init__(description, _FLAGS | silently)
        self.error: FlacRasterError | None = None
        self._is_detached = False
        # not QgsTask.isCanceled: open files ask for this after the task's C++ object is deleted
        self._cancelled = threading.Event()
        self._begun, self._over = threading.Event(), threading.Event()

    def work(self) -> None:
        """Do the work, in the task's thread; may raise errors of the engine."""
        raise NotImplementedError

    @property
    def job(self) -> Job:
        """Job for the engine, cancelled with the task."""
        return Job(is_cancelled=self._cancelled.is_set)

    def start(self) -> None:
        """Hand the task over to the task manager."""
        _running.add(self)
        QgsApplication.taskManager().addTask(self)

    def cancel(self) -> None:
        """Stop as soon as possible; called by QGIS as well."""
        self._cancelled.set()
        super().cancel()

    def detach(self, owner: QObject | None = None) -> None:
        """Cancel, and emit nothing; can be connected to the signal ``destroyed`` of an owner."""
        self._is_detached = True
        self.cancel()

    def wait(self) -> None:
        """Wait until the task has ended, for two seconds at most.

        QgsTask.waitForFinished would hold the GIL, which the task needs to end.
        """
        if self._begun.is_set():
            self._over.wait(_MAX_WAIT)

    def run(self) -> bool:
        """Do the work; called by QGIS in a thread."""
        self._begun.set()
        try:
            if not self._cancelled.is_set():
                self.work()
        except Cancelled:
            return False
        except FlacRasterError as error:
            self.error = error
        except Exception as error:  # an exception must not reach QGIS
            self.error = InternalError(error)
        finally:
            self._over.set()
        return self.error is None and not self._cancelled.is_set()

    def finished(self, result: bool) -> None:
        """Report the end; called by QGIS in the main thread."""
        _running.discard(self)
        if self._cancelled.is_set():
            _cancelled.append(self.description())
        if self.error is not None:
            log_error(getattr(self.error, "details", error_text(self.error)))
        if not self._is_detached:
            self.ended.emit(self)


def cancel_all() -> None:
    """Cancel all running tasks."""
    for task in list(_running):
        task.detach()
