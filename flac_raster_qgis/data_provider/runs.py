"""Fail the tools of QGIS that compute with pixels which could not be read.

QGIS's tools (3.22 to 3.44) take every block for whole, and what a provider says of errors for a
matter of maps: they would go on with nodata or zeros and end well. None of what a provider has
reaches them. They look at no error of a block, and hand the provider no feedback. An exception
raised in a method that C++ calls is printed by sip and then forgotten; only methods of algorithms
turn it into one of C++. A feedback that is cancelled ends a tool early, but as one that went well,
so that a script would go on with a part of the result.

So the provider fails the run that asks, by whatever of it can be reached from where it is called:

- a task of QGIS's, as dialogs and *Save As* start them, is cancelled, and no other one;
- a script gets a `QgsProcessingException` in the frame of Python that began the run;
- qgis_process, which has neither, ends with exit status 1, and no other program ever does.

The setting `SETTING`, false, switches all of it off; errors are then messages, as for maps.
"""

from __future__ import annotations

import os
import sys
from types import FrameType
from typing import Any

from qgis.core import (
    QgsApplication,
    QgsFeedback,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsSettings,
    QgsTask,
)

from ..core.main_thread import is_main_thread
from .running_tasks import task_of_this_thread

#: Of QGIS, for those whose scripts look at errors of their own accord.
SETTING = "flac_raster/fail_runs"
#: What QGIS calls itself where it is a program that runs one tool and ends.
_PLATFORM = "qgis_process"
#: Where the methods are that QGIS calls.
_LAYER = __package__
#: What code that runs a tool calls it, as QGIS itself does.
_NAME = "feedback"


class _Failure:
    """Raises an error in the Python code that began a run, when QGIS comes back to it.

    Between the two there is C++ of QGIS, which no exception of Python can pass. So it waits on the
    frame that QGIS returns to, as a debugger does.
    """

    def __init__(self, sentence: str):
        self._sentence = sentence

    def __call__(self, frame: FrameType, event: str, argument: Any) -> None:
        frame.f_trace = None
        sys.settrace(None)
        error = QgsProcessingException(self._sentence)
        error.msg = self._sentence  # which Processing asks for
        raise error


def _ignore(frame: FrameType, event: str, argument: Any) -> None:
    """Trace no frame that is begun."""


def is_failing() -> bool:
    """Whether the run that asks for pixels has failed and only has to come to its end."""
    frame = _beginning()
    return frame is not None and isinstance(frame.f_trace, _Failure)


def fail_run(sentence: str) -> bool | None:
    """Fail what computes with pixels in this thread.

    Parameters
    ----------
    sentence : str
        Why.

    Returns
    -------
    bool, optional
        Whether it had not failed yet; None if there is nothing to be found that computes.
    """
    if not QgsSettings().value(SETTING, True, type=bool):
        return None
    frame = _beginning()
    if frame is not None:
        return _fail_frame(frame, sentence)
    if _is_within_python():  # which is no run of Processing, but a task of this plugin, say
        return None
    if not is_main_thread():
        task = task_of_this_thread()
        return None if task is None else _cancel(task)
    if QgsApplication.platform() == _PLATFORM:
        # it is there for this run alone, and its feedback is out of reach; an orderly end would
        # take down what QGIS is in the middle of, and crash
        sys.stderr.write(f"\nERROR:\t{sentence}\n")
        sys.stderr.flush()
        os._exit(1)
    return None


def _beginning() -> FrameType | None:
    """Return the frame of Python, if any, that a run of Processing in this thread began from."""
    frame: FrameType | None = sys._getframe(1)
    while frame is not None:
        code = frame.f_code
        if _NAME in code.co_varnames or _NAME in code.co_cellvars:
            if isinstance(frame.f_locals.get(_NAME), QgsProcessingFeedback):
                return frame
        frame = frame.f_back
    return None


def _is_within_python() -> bool:
    """Whether code of Python asks for pixels in the end, and not QGIS's own."""
    frame = sys._getframe(1)
    while frame.f_back is not None:
        frame = frame.f_back
    return not frame.f_globals.get("__name__", "").startswith(_LAYER)


def _fail_frame(frame: FrameType, sentence: str) -> bool:
    if isinstance(frame.f_trace, _Failure):
        return False
    if sys.gettrace() is not None:  # a debugger needs that place for itself
        feedback = frame.f_locals[_NAME]
        feedback.reportError(sentence, True)
        return _cancel(feedback)
    frame.f_trace = _Failure(sentence)
    sys.settrace(_ignore)
    return True


def _cancel(what: QgsFeedback | QgsTask) -> bool:
    """Cancel something; say whether it was not cancelled yet."""
    if what.isCanceled():
        return False
    what.cancel()
    return True
