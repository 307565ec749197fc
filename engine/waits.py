"""Short waits for the interpreter lock, as long as threads work side by side.

A thread that comes back from a long operation of numpy finds the lock taken by one that does short
ones. That one lets go of it at each, which wakes the first, and has taken it again before the first
is up: time and again, until the interpreter's own patience of 5 ms is over. So half of what a
second thread could do was lost. With less patience the lock is handed over.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

#: Seconds; much shorter ones cost more than they gain.
_PATIENCE = 5e-4
#: Python cuts intervals to whole microseconds, and says them a rounding error shorter.
_ROUNDED = 5e-7
#: Who works just now. No lock guards it and what was set before: a process that is forked in the
#: meantime would wait for it, and two who come and go at once can do no more than make waits long.
_working: set[object] = set()
_before = [sys.getswitchinterval()]


@contextmanager
def short_waits() -> Iterator[None]:
    """Let every thread of this process ask for the interpreter lock soon, while the block lasts."""
    own = object()
    _working.add(own)
    interval = sys.getswitchinterval()
    if interval > _PATIENCE:
        _before[0] = interval
        sys.setswitchinterval(_PATIENCE)
    try:
        yield
    finally:
        _working.discard(own)
        # not what somebody else has set meanwhile
        if not _working and abs(sys.getswitchinterval() - _PATIENCE) < _ROUNDED:
            sys.setswitchinterval(_before[0] + _ROUNDED)
