"""Serialize short numpy calls, which would otherwise contend for the GIL.

A step on a small array is a few hundred short operations, and the GIL is passed on after each. Two
threads that run such steps at the same time keep waking each other up, and take longer than one
thread alone. So one thread runs them at a time, beside what takes long without the GIL, such as
libFLAC.

The main thread is never serialized: it works alone or waits for others, an interrupt must not find
a lock half acquired, and a forked process has no other thread that could release one.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

#: Pixels per array below which Python takes more of the time than numpy.
_SMALL = 1 << 17
_lock = threading.Lock()
_thread = threading.local()


@contextmanager
def serialize_small_ops(pixels: int) -> Iterator[None]:
    """Run a step alone if its arrays have few pixels on average; not reentrant."""
    if pixels >= _SMALL or threading.current_thread() is threading.main_thread():
        yield
        return
    with _lock:
        _thread.has_lock = True
        try:
            yield
        finally:
            _thread.has_lock = False


@contextmanager
def released() -> Iterator[None]:
    """Let other threads run small steps during a long operation."""
    if not getattr(_thread, "has_lock", False):
        yield
        return
    _lock.release()
    try:
        yield
    finally:
        _lock.acquire()
