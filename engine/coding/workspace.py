"""Per-thread buffers, reused between tiles, and cached views of them.

Allocating memory costs more than the arithmetic on it, and on small tiles most of the time goes
into creating views and converting Python numbers.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable, Sequence
from functools import lru_cache
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from ..model.data_types import Array, DType

T = TypeVar("T")
# glibc returns freed blocks of more than 128 kB to the system, until a larger one, of up to 32 MB,
# has been freed; this one is never touched, so it costs nothing
np.empty(31 << 20, np.uint8)
#: Sets of views that a thread caches.
_MAX_CACHED = 64
_local = threading.local()


def buffer(name: str, size: int, dtype: npt.DTypeLike) -> Array:
    """Return a flat array of ``size`` items that belongs to this thread, with any contents."""
    pool = _local.__dict__.setdefault("pool", {})
    key = (name, np.dtype(dtype).itemsize)
    memory = pool.get(key)
    if memory is None or memory.size < size:
        _local.__dict__.setdefault("views", {}).clear()  # they refer to the smaller buffer
        memory = pool[key] = np.zeros(size, dtype)
    array: Array = memory[:size].view(dtype)
    return array


def cached_views(make: Callable[..., T], *args: Hashable) -> T:
    """Return ``make(*args)``, computed once per thread as long as its buffers are the same.

    Parameters
    ----------
    make : callable
        Its result has nothing but views of buffers.
    """
    cache: dict[Any, Any] = _local.__dict__.setdefault("views", {})
    key = (make, *args)
    if key not in cache:
        if len(cache) >= _MAX_CACHED:
            cache.clear()
        views = make(*args)  # may clear the cache
        cache[key] = views
    result: T = cache[key]
    return result


def joined(arrays: Sequence[Array]) -> Array:
    """Return arrays one after the other; a single one is not copied."""
    return arrays[0] if len(arrays) == 1 else np.concatenate(arrays)


@lru_cache(maxsize=256)
def scalar(value: int, dtype: DType) -> Array:
    """Return a number as a 0-d array, which numpy need not convert in each operation."""
    array = np.array(value, dtype)
    array.flags.writeable = False
    return array
