"""Fail the tools of QGIS that compute with pixels that could not be read.

QGIS's tools (3.22 to 3.44) do not check blocks for errors and pass no feedback to the provider:
they would continue with nodata or zeros and succeed. sip prints and drops exceptions of methods
that C++ calls, except of algorithms. Cancelling the feedback ends a tool early, but successfully,
so that a script would continue with an incomplete result.

Therefore the provider fails the run that reads from it, by what it can reach:

- a task of QGIS, as started by dialogs and *Save As*, is cancelled;
- a script gets a `QgsProcessingException` in the Python frame that started the run, by a trace
  function, because an exception anywhere else would be dropped or end QGIS;
- qgis_process, which has neither, exits with status 1.

If the setting `SETTING` is false, errors are only reported in messages, as for maps.
"""

from __future__ import annotations

import ctypes
import os
import sys
import threading
from dis import opname
from types import FrameType
from typing import Any, NoReturn, cast

from qgis.core import (
    QgsApplication,
    QgsProcessingAlgorithm,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsSettings,
)

from ..core.error_text import error_text
from ..core.layer_uri import LayerUri
from ..core.main_thread import is_main_thread, is_qgis_process
from ..core.translation import tr
from ..engine.errors import Message
from .running_tasks import fail_task, feedbacks_in, ignores_errors, task_of_this_thread

#: Key of the setting, for scripts that check for errors themselves.
SETTING = "flac_raster/fail_runs"
#: Package of the methods that QGIS calls.
_PACKAGE = __package__
#: Names in code that runs a tool.
_FEEDBACK, _RUN = "feedback", QgsProcessingAlgorithm.run.__name__


class _RaiseOnReturn:
    """Raises an error in the Python frame that started a run, when QGIS returns to it.

    Exceptions of Python cannot pass through the C++ code of QGIS in between. Therefore the error is
    raised by a trace function of that frame, as a debugger would.
    """

    def __init__(self, frame: FrameType, text: str):
        self.text = text
        #: Exception with which `_trace_in` interrupts the thread.
        self.interruption: type | None = None
        frame.f_trace_opcodes = True  # not at the next line, which may be behind a `try` or `with`
        frame.f_trace = self

    def __call__(self, frame: FrameType, event: str, argument: Any) -> None:
        frame.f_trace = None
        sys.settrace(None)
        if event == "exception" or self._is_handled_in(frame):
            return
        error = QgsProcessingException(self.text)
        error.msg = self.text  # read by Processing
        raise error

    def _is_handled_in(self, frame: FrameType) -> bool:
        """Return whether the frame, and no slot, was interrupted, and goes on with a handler."""
        name = opname[frame.f_code.co_code[frame.f_lasti]]
        return name == "PUSH_EXC_INFO" or sys.exc_info()[0] is self.interruption is not None


def _ignore(frame: FrameType, event: str, argument: Any) -> None:
    """Do not trace new frames."""


def is_failing() -> bool:
    """Return whether the run that reads pixels has already failed and is about to end."""
    return _failing_frame() is not None


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
        return None if task is None else fail_task(task, text)
    if is_qgis_process():
        # the program runs a single tool, whose feedback cannot be reached; an orderly exit would
        # destroy objects in use, and crash
        _end_program(text)
    return None


def failed_run_texts(error: object) -> tuple[str, str]:
    """Return what a message bar has room for, and all of it."""
    text = tr("The run failed: pixels of the raster are missing. Do not use its output.")
    place = _short_place(error)
    short = tr("The run failed: pixels of {name} are missing. Do not use its output.")
    return short.format(name=place) if place else text, f"{text} {error_text(error)}"


def _short_place(error: object) -> str:
    """Return the file of an error without its folders, and the tile; empty if it has none."""
    name = getattr(getattr(error, "message", None), "values", {}).get("name", "")
    if isinstance(name, Message):
        return name.redacted(lambda path: LayerUri(path).file_name).translated(tr)
    return LayerUri(name).file_name


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
    if is_qgis_process():
        _end_program(text)
    tasks = QgsApplication.taskManager().activeTasks()
    is_news = any([fail_task(task, text) for task in tasks if ignores_errors(task)])
    for thread, top in sys._current_frames().items():
        frame = _run_frame(top)
        if frame is None or _feedback_of(frame).isCanceled():
            continue
        if frame.f_trace is None:
            _trace_in(thread, _RaiseOnReturn(frame, text))
            is_news = True
        elif not isinstance(frame.f_trace, _RaiseOnReturn):  # a debugger uses it
            is_news = _cancel_feedback(frame, text) or is_news
    return is_news


def _end_program(text: str) -> NoReturn:
    sys.stderr.write(f"\nERROR:\t{text}\n")
    sys.stderr.flush()
    os._exit(1)


def _trace_in(thread: int, error: _RaiseOnReturn) -> None:
    """Have a thread call the trace functions of its frames, as soon as it executes Python code."""
    if thread == threading.main_thread().ident:
        ctypes.pythonapi.Py_AddPendingCall(_trace_when_called, None)
        return

    class RunFailed(QgsProcessingException):
        def __init__(self) -> None:
            super().__init__(error.text)
            self.msg = error.text
            _trace_this_thread()

    error.interruption = RunFailed
    # code runs in another thread only as an exception; a slot that QGIS calls may be hit by it,
    # and then the frame of the run gets it all the same
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), ctypes.py_object(RunFailed))


def _trace_this_thread(*_: object) -> int:
    """Start to trace, if an error waits for a frame of this thread; return 0, for C."""
    frame = _failing_frame()
    if frame is not None:
        if sys.gettrace() is None:
            sys.settrace(_ignore)
        elif sys.gettrace() is not _ignore:  # a debugger
            error, frame.f_trace = frame.f_trace, None
            _cancel_feedback(frame, error.text)
    return 0


#: Kept as long as a call may be pending.
_trace_when_called = ctypes.PYFUNCTYPE(ctypes.c_int, ctypes.c_void_p)(_trace_this_thread)


def _failing_frame() -> FrameType | None:
    """Return the frame of this thread for which an error waits."""
    frame: FrameType | None = sys._getframe(1)
    while frame is not None and not isinstance(frame.f_trace, _RaiseOnReturn):
        frame = frame.f_back
    return frame


def _run_frame(frame: FrameType | None = None) -> FrameType | None:
    """Return the Python frame that started a run of Processing, if any; default in this thread.

    It is the innermost one with a variable `feedback`, as in QGIS itself, or that has the feedback
    under another name and calls a method `run`.
    """
    frame = frame or sys._getframe(1)
    while frame is not None:
        if _feedback_of(frame) is not None:
            return frame
        frame = frame.f_back
    return None


def _feedback_of(frame: FrameType) -> QgsProcessingFeedback | None:
    # f_locals keeps what it has alive until the frame ends, so it is read where it must be
    code = frame.f_code
    if _FEEDBACK in code.co_varnames + code.co_cellvars:
        candidates = [frame.f_locals.get(_FEEDBACK)]
    elif _RUN in code.co_names:
        candidates = [*feedbacks_in(frame), *map(frame.f_globals.get, code.co_names)]
        if QgsProcessingFeedback.__name__ in code.co_names:  # made for the call
            candidates.append(QgsProcessingFeedback(False))
    else:
        return None
    return next((found for found in candidates if isinstance(found, QgsProcessingFeedback)), None)


def _is_called_by_python() -> bool:
    """Return whether Python code reads the pixels, rather than QGIS."""
    frame = sys._getframe(1)
    while frame.f_back is not None:
        frame = frame.f_back
    return not frame.f_globals.get("__name__", "").startswith(_PACKAGE)


def _fail_frame(frame: FrameType, text: str) -> bool:
    if isinstance(frame.f_trace, _RaiseOnReturn):
        return False
    if sys.gettrace() not in (None, _ignore):  # a debugger uses the trace function
        return _cancel_feedback(frame, text)
    _RaiseOnReturn(frame, text)
    sys.settrace(_ignore)
    return True


def _cancel_feedback(frame: FrameType, text: str) -> bool:
    feedback = cast(QgsProcessingFeedback, _feedback_of(frame))
    feedback.reportError(text, True)
    is_news = not feedback.isCanceled()
    feedback.cancel()
    return is_news
