"""Remember that a server does not deliver, so that it is said once and not waited for again."""

from __future__ import annotations

import threading
import time

from ..engine.errors import RemoteError
from .messages import forget_messages, log_error

#: Seconds for which a server that failed is not asked again: QGIS asks for a view band by band and
#: piece by piece, and each time would take as long as the first.
_REST = 2.0


class Outage:
    """What is known of the trouble with one raster's server; safe to use from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._error: RemoteError | None = None
        self._until = 0.0
        self._told = ""

    def begin(self, error: RemoteError) -> None:
        """Note that it failed."""
        with self._lock:
            self._error, self._until = error, time.monotonic() + _REST

    def check(self) -> None:
        """Raise the error once more if it failed a moment ago."""
        with self._lock:
            if self._error is not None and time.monotonic() < self._until:
                raise self._error.with_traceback(None)

    def end(self) -> None:
        """Note that it works; what goes wrong from now on is news."""
        with self._lock:
            told, self._error, self._told = self._told, None, ""
        if told:
            forget_messages(told)

    def tell(self, error: RemoteError) -> bool:
        """Write an error into the log; say whether it is the first one since the server worked.

        Errors differ in the bytes that they name, and are all the same outage.
        """
        with self._lock:
            if self._told:
                return False
            self._told = str(error)
        log_error(self._told)
        return True
