"""Lower Python's switch interval while several threads work.

A thread that does short numpy calls releases the interpreter lock at each and takes it again before
other threads are awake (the convoy effect). A thread that returns from a long call then waits for
the switch interval, 5 ms by default, each time; that cost half of the gain of a second thread.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

#: Switch interval in seconds; much shorter ones cost more than they gain.
_INTERVAL = 5e-4
#: Python truncates intervals to whole microseconds, and returns slightly less.
_ROUNDED = 5e-7
#: Active blocks. No lock guards this and the former interval: a process that is forked meanwhile
#: could wait for it forever. In a race, the worst result is the longer interval.
_working: set[object] = set()
#: The former interval, while the short one is set by this module.
_before: list[float] = []


@contextmanager
def short_waits() -> Iterator[None]:
    """Set a short switch interval for all threads of this process in a ``with`` block."""
    own = object()
    try:
        _working.add(own)
        interval = sys.getswitchinterval()
        if interval > _INTERVAL:
            _before[:] = [interval]
            sys.setswitchinterval(_INTERVAL)
        yield
    finally:
        _working.discard(own)
        if not _working:
            _restore()


def _restore() -> None:
    """Restore the former interval, unless other code has changed it meanwhile."""
    before = _before[:]
    _before.clear()
    if before and abs(sys.getswitchinterval() - _INTERVAL) < _ROUNDED:
        sys.setswitchinterval(before[0] + _ROUNDED)


def _reset_after_fork() -> None:
    """Reset the state in a forked process, which does not have these threads."""
    _working.clear()
    _restore()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_reset_after_fork)
