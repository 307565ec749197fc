"""Call functions in the main thread of QGIS, which owns layers and dialogs."""

from __future__ import annotations

from typing import Callable

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QObject, Qt, QThread, pyqtSignal


def is_main_thread() -> bool:
    """Return whether this is the main thread."""
    return bool(QThread.currentThread() == QgsApplication.instance().thread())


def is_qgis_process() -> bool:
    """Return whether this is the program that runs a single tool."""
    return bool(QgsApplication.platform() == "qgis_process")


def is_desktop() -> bool:
    """Return whether this is the program with the windows."""
    return bool(QgsApplication.platform() == "desktop")


def call_later(call: Callable[[], None]) -> None:
    """Call a function in the main thread later, from its event loop."""
    caller = _Caller(call)
    caller.called.connect(caller.run, Qt.ConnectionType.QueuedConnection)
    caller.called.emit()


def call_and_wait(call: Callable[[], None]) -> None:
    """Call a function in the main thread and wait for it, without holding the GIL."""
    if is_main_thread():
        call()
        return
    caller = _Caller(call)
    caller.called.connect(caller.run, Qt.ConnectionType.BlockingQueuedConnection)
    caller.called.emit()


#: Pending calls; Qt would delete them with their last reference.
_pending: set[_Caller] = set()


class _Caller(QObject):
    called = pyqtSignal()

    def __init__(self, call: Callable[[], None]):
        super().__init__()
        self._call = call
        self.moveToThread(QgsApplication.instance().thread())
        _pending.add(self)

    def run(self) -> None:
        """Call the function."""
        try:
            self._call()
        finally:
            _pending.discard(self)
            self.deleteLater()
