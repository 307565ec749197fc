"""The range of time of the map when an export is started, which QGIS does not pass on."""

from __future__ import annotations

from typing import Callable

from qgis.core import QgsApplication, QgsDateTimeRange
from qgis.PyQt import sip

from .running_tasks import EXPORT, task_of_this_thread

#: By the address of the task, whose Python wrapper may change.
_ranges: dict[int, QgsDateTimeRange] = {}


def follow_map(get_range: Callable[[], QgsDateTimeRange]) -> Callable[[], None]:
    """Have exports write the date that a map shows when they are started; return what ends this."""
    tasks = QgsApplication.taskManager()

    def note(number: int) -> None:
        task = tasks.task(number)
        if task is not None and task.inherits(EXPORT):
            _ranges[sip.unwrapinstance(task)] = get_range()

    tasks.taskAdded.connect(note)

    def end() -> None:
        tasks.taskAdded.disconnect(note)
        _ranges.clear()

    return end


def exported_range() -> QgsDateTimeRange | None:
    """Return the range of the task of this thread, if it exports."""
    task = task_of_this_thread()
    if task is None or not task.inherits(EXPORT):
        return None
    return _ranges.get(sip.unwrapinstance(task))
