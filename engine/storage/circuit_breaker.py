"""Circuit breaker: readers do not each wait for a server that has just failed."""

from __future__ import annotations

import copy
import threading
import time

from ..errors import RemoteError

#: Seconds without requests after a failure: programs ask for a view band by band and piece by
#: piece, and each request would take as long to fail as the first.
_PAUSE = 2.0


class CircuitBreaker:
    """Repeats the error of a server for a moment; thread-safe."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._error: RemoteError | None = None
        self._until = 0.0

    def trip(self, error: RemoteError) -> None:
        """Record that a request failed."""
        with self._lock:
            # without its traceback, which would keep the caller alive
            self._error, self._until = copy.copy(error), time.monotonic() + _PAUSE

    def check(self) -> None:
        """Raise the error again if the server failed a moment ago."""
        with self._lock:
            if self._error is not None and time.monotonic() < self._until:
                raise copy.copy(self._error)

    def reset(self) -> None:
        """Record that the server works."""
        with self._lock:
            self._error = None
