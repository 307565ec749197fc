"""Small steps take turns: side by side they would only wait for each other.

A step on a small array is a few hundred short operations, and the interpreter lock is passed on
after each. Two threads that do such steps at the same time wake each other up all the while, and
take longer than one alone. So one thread at a time does them; what takes long without the lock,
as libFLAC does, happens beside it.

The main thread takes no turns: it works alone or waits for others, an interrupt that comes to it
must not find a lock half taken, and a forked process has no other thread that could give one back.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

#: Pixels of a step below which Python takes more of the time than numpy.
_SMALL = 1 << 17
_turn = threading.Lock()
_own = threading.local()


@contextmanager
def in_turn(shapes: Iterable[tuple[int, ...]]) -> Iterator[None]:
    """Wait for one's turn with steps on arrays of these shapes, if they are small on average.

    Turns do not nest.
    """
    sizes = [math.prod(shape) for shape in shapes]
    alone = threading.current_thread() is threading.main_thread()
    if alone or sum(sizes) >= _SMALL * len(sizes):
        yield
        return
    with _turn:
        _own.turn = True
        try:
            yield
        finally:
            _own.turn = False


@contextmanager
def beside() -> Iterator[None]:
    """Let others have their turn during something long, if one has it oneself."""
    if not getattr(_own, "turn", False):
        yield
        return
    _turn.release()
    try:
        yield
    finally:
        _turn.acquire()
