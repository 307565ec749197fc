"""Buffers that are used again from tile to tile, and views of them.

Asking the system for fresh memory costs more than the arithmetic on it, and on small tiles most of
the time goes into making views and into converting Python's numbers.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from functools import lru_cache
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from ..model.data_types import Array, DType

T = TypeVar("T")
# glibc gives freed blocks of more than 128 kB back to the system, and asks for new ones each time,
# until a larger one was freed, of 32 MB at most; this one is never touched, so it costs nothing
np.empty(31 << 20, np.uint8)
#: Sets of views that a thread keeps.
_MOST_KEPT = 64
_local = threading.local()


def buffer(name: str, size: int, dtype: npt.DTypeLike) -> Array:
    """Return a flat array of ``size`` items that belongs to this thread, holding anything."""
    pool = _local.__dict__.setdefault("pool", {})
    key = (name, np.dtype(dtype).itemsize)
    found = pool.get(key)
    if found is None or found.size < size:
        _local.__dict__.setdefault("kept", {}).clear()  # it has views of the smaller buffer
        found = pool[key] = np.zeros(size, dtype)
    taken: Array = found[:size].view(dtype)
    return taken


def kept(make: Callable[..., T], *args: Hashable) -> T:
    """Return ``make(*args)``, made once in this thread for as long as its buffers stay.

    Parameters
    ----------
    make : callable
        Whose result holds nothing but views of buffers.
    """
    found: dict[Any, Any] = _local.__dict__.setdefault("kept", {})
    key = (make, *args)
    if key not in found:
        if len(found) >= _MOST_KEPT:
            found.clear()
        made = make(*args)  # may clear what is kept
        found[key] = made
    result: T = found[key]
    return result


@lru_cache(maxsize=256)
def scalar(value: int, dtype: DType) -> Array:
    """Return a number as an array of no dimensions, which numpy need not convert each time."""
    made = np.array(value, dtype)
    made.flags.writeable = False
    return made
