"""Fail the tools of QGIS that compute with pixels that could not be read.

QGIS's tools (3.22 to 3.44) do not check blocks for errors and pass no feedback to the provider:
they would continue with nodata or zeros and succeed. sip prints and drops exceptions of methods
that C++ calls, except of algorithms. Cancelling the feedback ends a tool early, but successfully,
so that a script would continue with an incomplete result.

Therefore the provider fails the run that reads from it, by what it can reach:

- a task of QGIS, as started by dialogs and *Save As*, is cancelled;
- a script gets a `QgsProcessingException` in the Python frame that started the run;
- qgis_process, which has neither, exits with status 1.

If the setting `SETTING` is false, errors are only reported in messages, as for maps.
"""

from __future__ import annotations

import ctypes
import os
import sys
import threading
from functools import partial
from types import FrameType
from typing import Any, NoReturn

from qgis.core import (
    QgsApplication,
    QgsFeedback,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsSettings,
    QgsTask,
)

from ..core.error_text import error_text
from ..core.main_thread import call_later, is_main_thread
from ..core.translation import tr
from .running_tasks import TASK_CLASSES, task_of_this_thread

#: Key of the setting, for scripts that check for errors themselves.
SETTING = "flac_raster/fail_runs"
#: Platform name of QGIS as a program that runs a single tool.
_PLATFORM = "qgis_process"
#: Package of the methods that QGIS calls.
_PACKAGE = __package__
#: Name of the variable with the feedback in code that runs a tool, as in QGIS itself.
_FEEDBACK = "feedback"


class _RaiseOnReturn:
    """Raises an error in the Python frame that started a run, when QGIS returns to it.

    Exceptions of Python cannot pass through the C++ code of QGIS in between. Therefore the error is
    raised by a trace function of that frame, as a debugger would.
    """

    def __init__(self, text: str):
        self._text = text

    def __call__(self, frame: FrameType, event: str, argument: Any) -> None:
        frame.f_trace = None
        sys.settrace(None)
        error = QgsProcessingException(self._text)
        error.msg = self._text  # read by Processing
        raise error


def _ignore(frame: FrameType, event: str, argument: Any) -> None:
    """Do not trace new frames."""


def is_failing() -> bool:
    """Return whether the run that reads pixels has already failed and is about to end."""
    frame = _run_frame()
    return frame is not None and isinstance(frame.f_trace, _RaiseOnReturn)


def fail_run(text: str) -> bool | None:
    """Fail the run that computes with pixels in this thread.

    Parameters
    ----------
    text : str
        Reason for users.

    Returns
    -------
    bool, optional
        Whether the run had not failed before; None if no run was found.
    """
    if not QgsSettings().value(SETTING, True, type=bool):
        return None
    frame = _run_frame()
    if frame is not None:
        return _fail_frame(frame, text)
    if _is_called_by_python():  # not a run of Processing but, for example, a task of this plugin
        return None
    if not is_main_thread():
        task = task_of_this_thread()
        return None if task is None else _cancel(task)
    if QgsApplication.platform() == _PLATFORM:
        # the program runs a single tool, whose feedback cannot be reached; an orderly exit would
        # destroy objects in use, and crash
        _end_program(text)
    return None


def failed_run_texts(error: object) -> tuple[str, str]:
    """Return what a message bar has room for, and all of it."""
    short = tr("The run failed: pixels of the raster are missing. Do not use its output.")
    return short, f"{short} {error_text(error)}"


def fail_all_runs(text: str) -> bool:
    """Fail every run in progress; thread-safe.

    For pixels that GDAL could not read, in this process or in a program that a tool has started:
    the provider does not see which run asked for them.

    Returns
    -------
    bool
        Whether there was a run that had not failed before.
    """
    if not QgsSettings().value(SETTING, True, type=bool):
        return False
    if QgsApplication.platform() == _PLATFORM:
        _end_program(text)
    tasks = QgsApplication.taskManager().activeTasks()
    is_news = any([_cancel(task) for task in tasks if isinstance(task, TASK_CLASSES)])
    for thread, top in sys._current_frames().items():
        frame = _run_frame(top)
        if frame is None or isinstance(frame.f_trace, _RaiseOnReturn):
            continue
        is_news = True
        if frame is top:  # it has called code in C++, and gets the error when that returns
            _raise_in(thread, text)
        elif thread == threading.main_thread().ident:  # a tool in Python, waiting for a program
            call_later(partial(fail_run, text))
    return is_news


def _end_program(text: str) -> NoReturn:
    sys.stderr.write(f"\nERROR:\t{text}\n")
    sys.stderr.flush()
    os._exit(1)


def _raise_in(thread: int, text: str) -> None:
    """Raise an error in another thread, when it next executes Python code."""

    class RunFailed(QgsProcessingException):
        def __init__(self) -> None:
            super().__init__(text)
            self.msg = text  # which Processing reads

    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), ctypes.py_object(RunFailed))


def _run_frame(frame: FrameType | None = None) -> FrameType | None:
    """Return the Python frame that started a run of Processing, if any; default in this thread."""
    frame = frame or sys._getframe(1)
    while frame is not None:
        code = frame.f_code
        if _FEEDBACK in code.co_varnames or _FEEDBACK in code.co_cellvars:
            if isinstance(frame.f_locals.get(_FEEDBACK), QgsProcessingFeedback):
                return frame
        frame = frame.f_back
    return None


def _is_called_by_python() -> bool:
    """Return whether Python code reads the pixels, rather than QGIS."""
    frame = sys._getframe(1)
    while frame.f_back is not None:
        frame = frame.f_back
    return not frame.f_globals.get("__name__", "").startswith(_PACKAGE)


def _fail_frame(frame: FrameType, text: str) -> bool:
    if isinstance(frame.f_trace, _RaiseOnReturn):
        return False
    if sys.gettrace() is not None:  # a debugger uses the trace function
        feedback = frame.f_locals[_FEEDBACK]
        feedback.reportError(text, True)
        return _cancel(feedback)
    frame.f_trace = _RaiseOnReturn(text)
    sys.settrace(_ignore)
    return True


def _cancel(run: QgsFeedback | QgsTask) -> bool:
    """Cancel a run; return whether it was not cancelled before."""
    if run.isCanceled():
        return False
    run.cancel()
    return True
