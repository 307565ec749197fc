"""Outages of a server: reported once, and without waiting for the server again and again."""

from __future__ import annotations

import copy
import threading
import time

from ..core.error_text import error_text
from ..core.message_log import log_error, show_error, withdraw
from ..core.plain_text import neutralize_markup
from ..core.translation import tr
from ..engine.errors import RemoteError

#: Seconds without requests after a failure: QGIS asks for a view band by band and piece by piece,
#: and each request would take as long to fail as the first.
_PAUSE = 2.0


class Outage:
    """State of the server of one raster; thread-safe."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._error: RemoteError | None = None
        self._until = 0.0
        self._reported = ""
        #: All texts reported so far: QGIS may show an older error than the last one.
        self._indicators: set[str] = set()
        self._warned = False

    def begin(self, error: RemoteError) -> None:
        """Record that a request failed."""
        with self._lock:
            # without its traceback, which would keep the caller alive
            self._error, self._until = copy.copy(error), time.monotonic() + _PAUSE

    def check(self) -> None:
        """Raise the error again if the server failed a moment ago."""
        with self._lock:
            if self._error is not None and time.monotonic() < self._until:
                raise copy.copy(self._error)

    def end(self) -> None:
        """Record that the server works; the next error is a new outage."""
        with self._lock:
            reported, self._error, self._reported = self._reported, None, ""
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
