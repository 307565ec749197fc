"""Remember that a server does not deliver, so that it is said once and not waited for again."""

from __future__ import annotations

import copy
import threading
import time

from ..core.error_text import error_text
from ..core.message_log import log_error, show_error, withdraw
from ..core.plain_text import neutralize_markup
from ..core.translation import tr
from ..engine.errors import RemoteError

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
        #: All that was ever told: QGIS may show an older error than the last one.
        self._signs: set[str] = set()
        self._holes_shown = False

    def begin(self, error: RemoteError) -> None:
        """Note that it failed."""
        with self._lock:
            # without its traceback, which would keep alive whoever asked
            self._error, self._until = copy.copy(error), time.monotonic() + _REST

    def check(self) -> None:
        """Raise the error once more if it failed a moment ago."""
        with self._lock:
            if self._error is not None and time.monotonic() < self._until:
                raise copy.copy(self._error)

    def end(self) -> None:
        """Note that it works; what goes wrong from now on is news."""
        with self._lock:
            told, self._error, self._told = self._told, None, ""
            self._holes_shown = False
            signs = self._signs.copy()
        if told:
            withdraw(signs)

    def tell(self, error: RemoteError) -> bool:
        """Write an error into the log; say whether it is the first one since the server worked.

        Errors differ in the bytes that they name, and are all the same outage.
        """
        with self._lock:
            if self._told:
                return False
            self._told = error_text(error)
            self._signs.add(neutralize_markup(self._told))
        log_error(self._told)
        return True

    def warn_incomplete(self, error: RemoteError) -> None:
        """Show that what is made of the raster just now lacks pixels, once in an outage.

        QGIS's writers and calculators do not ask whether a block is whole, and cannot be stopped.
        """
        with self._lock:
            if self._holes_shown:
                return
            self._holes_shown = True
        text = tr("What is being made of this raster now lacks pixels: {error}")
        show_error(text.format(error=error_text(error)))
