"""Outages of a server: reported once, and without waiting for the server again and again."""

from __future__ import annotations

from ..core.error_text import error_text
from ..core.message_log import log_error, show_error, withdraw
from ..core.plain_text import neutralize_markup
from ..core.translation import tr
from ..engine.errors import RemoteError
from ..engine.storage.failure_pause import FailurePause


class Outage(FailurePause):
    """State of the server of one raster; thread-safe."""

    def __init__(self) -> None:
        super().__init__()
        self._reported = ""
        #: All texts reported so far: QGIS may show an older error than the last one.
        self._indicators: set[str] = set()
        self._warned = False

    def end(self) -> None:
        """Record that the server works; the next error is a new outage."""
        super().end()
        with self._lock:
            reported, self._reported = self._reported, ""
            self._warned = False
            texts = self._indicators.copy()
        if reported:
            withdraw(texts)

    def report(self, error: RemoteError) -> bool:
        """Log the first error of an outage; return whether this is it.

        Errors of one outage differ in the bytes that they name.
        """
        with self._lock:
            if self._reported:
                return False
            self._reported = error_text(error)
            self._indicators.add(neutralize_markup(self._reported))
        log_error(self._reported)
        return True

    def warn_incomplete(self, error: RemoteError) -> None:
        """Show that the current result is missing pixels, once per outage.

        QGIS's writers and calculators do not check blocks for errors, and cannot be stopped.
        """
        with self._lock:
            if self._warned:
                return
            self._warned = True
        text = tr("The current result is missing pixels: {error}")
        show_error(text.format(error=error_text(error)))
