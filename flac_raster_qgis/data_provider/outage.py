"""Outages of a server: reported once, and without waiting for the server again and again."""

from __future__ import annotations

from qgis.core import Qgis
from qgis.PyQt.QtCore import QObject, pyqtSignal

from ..core.error_text import error_text
from ..core.message_log import BarMessage, forget_messages, log_error
from ..core.translation import tr
from ..engine.errors import RemoteError
from ..engine.storage.circuit_breaker import CircuitBreaker


class _Changes(QObject):
    #: An outage has begun or ended; emitted in whatever thread.
    happened = pyqtSignal()


CHANGES = _Changes()


class Outage(CircuitBreaker):
    """State of the server of one raster; thread-safe.

    The layer tree shows it; see `gui.layers.layer_signs`. QGIS itself would show the error of a
    drawing next to the layer for the rest of the session.
    """

    def __init__(self) -> None:
        super().__init__()
        #: Text of the first error; empty while there is no outage.
        self.reason = ""
        self._incomplete: BarMessage | None = None

    def reset(self) -> None:
        """Record that the server works; the next error is a new outage."""
        super().reset()
        with self._lock:
            reason, self.reason = self.reason, ""
            incomplete, self._incomplete = self._incomplete, None
        if reason:
            forget_messages(reason)
            CHANGES.happened.emit()
        if incomplete is not None:
            text = tr(
                "The server answers again. What was exported or computed meanwhile is missing "
                "pixels: repeat it."
            )
            incomplete.show(text, Qgis.MessageLevel.Warning)

    def report(self, error: RemoteError) -> None:
        """Log the first error of an outage.

        Errors of one outage differ in the bytes that they name.
        """
        with self._lock:
            if self.reason:
                return
            self.reason = error_text(error)
        log_error(self.reason)
        CHANGES.happened.emit()

    def warn_incomplete(self, error: RemoteError) -> None:
        """Show that the current result is missing pixels, once per outage.

        QGIS's writers and calculators do not check blocks for errors, and cannot be stopped.
        """
        with self._lock:
            if self._incomplete is not None:
                return
            self._incomplete = BarMessage()
        text = tr("The current result is missing pixels: {error}")
        text = text.format(error=error_text(error))
        forget_messages(text)
        log_error(text)
        self._incomplete.show(text, Qgis.MessageLevel.Critical)
