"""The range of time of the map when an export is started, which QGIS does not pass on."""

from __future__ import annotations

from typing import Callable
from weakref import WeakKeyDictionary

from qgis.core import QgsApplication, QgsDateTimeRange, QgsRasterFileWriterTask, QgsTask

from .running_tasks import task_of_this_thread

#: By the task that exports.
_ranges: WeakKeyDictionary[QgsTask, QgsDateTimeRange] = WeakKeyDictionary()


def follow_map(get_range: Callable[[], QgsDateTimeRange]) -> Callable[[], None]:
    """Have exports write the date that a map shows when they are started; return what ends this."""
    tasks = QgsApplication.taskManager()

    def note(number: int) -> None:
        task = tasks.task(number)
        if isinstance(task, QgsRasterFileWriterTask):
            _ranges[task] = get_range()

    tasks.taskAdded.connect(note)
    return lambda: tasks.taskAdded.disconnect(note)


def exported_range() -> QgsDateTimeRange | None:
    """Return the range of the task of this thread, if it exports."""
    task = task_of_this_thread()
    return None if task is None else _ranges.get(task)
