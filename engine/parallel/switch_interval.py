"""Short waits for the interpreter lock, as long as threads work side by side.

A thread that comes back from a long operation of numpy finds the lock taken by one that does short
ones. That one lets go of it at each, which wakes the first, and has taken it again before the first
is up: time and again, until the interpreter's own patience of 5 ms is over. So half of what a
second thread could do was lost. With less patience the lock is handed over.
"""

from __future__ import annotations

import os
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
#: What was set before, as long as the short interval is ours.
_before: list[float] = []


@contextmanager
def short_waits() -> Iterator[None]:
    """Let every thread of this process ask for the interpreter lock soon, while the block lasts."""
    own = object()
    try:
        _working.add(own)
        interval = sys.getswitchinterval()
        if interval > _PATIENCE:
            _before[:] = [interval]
            sys.setswitchinterval(_PATIENCE)
        yield
    finally:
        _working.discard(own)
        if not _working:
            _restore()


def _restore() -> None:
    """Set what was set before, unless somebody else has set something meanwhile."""
    before = _before[:]
    _before.clear()
    if before and abs(sys.getswitchinterval() - _PATIENCE) < _ROUNDED:
        sys.setswitchinterval(before[0] + _ROUNDED)


def _begin_anew() -> None:
    """Forget the threads that a forked process does not have."""
    _working.clear()
    _restore()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_begin_anew)
