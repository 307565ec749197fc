"""Have QGIS's main thread do something, from any thread: layers and dialogs belong to it."""

from __future__ import annotations

from typing import Callable

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QObject, Qt, QThread, pyqtSignal


def is_main_thread() -> bool:
    """Whether this is the thread that draws the interface."""
    return bool(QThread.currentThread() == QgsApplication.instance().thread())


def call_later(call: Callable[[], None]) -> None:
    """Have the main thread call something when it comes to it."""
    caller = _Caller(call)
    caller.called.connect(caller.run, Qt.ConnectionType.QueuedConnection)
    caller.called.emit()


def call_and_wait(call: Callable[[], None]) -> None:
    """Have the main thread call something, and wait until it has, without keeping Python locked."""
    if is_main_thread():
        call()
        return
    caller = _Caller(call)
    caller.called.connect(caller.run, Qt.ConnectionType.BlockingQueuedConnection)
    caller.called.emit()


#: Not called yet; Qt would delete them with their last reference.
_waiting: set[_Caller] = set()


class _Caller(QObject):
    called = pyqtSignal()

    def __init__(self, call: Callable[[], None]):
        super().__init__()
        self._call = call
        self.moveToThread(QgsApplication.instance().thread())
        _waiting.add(self)

    def run(self) -> None:
        """Call."""
        try:
            self._call()
        finally:
            _waiting.discard(self)
            self.deleteLater()
