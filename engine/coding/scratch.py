"""Buffers that are used again from tile to tile.

Asking the system for fresh memory costs more than the arithmetic on it.
"""

from __future__ import annotations

import threading

import numpy as np

_local = threading.local()


def buffer(name: str, size: int, dtype: np.dtype) -> np.ndarray:
    """Return a flat array of ``size`` items that belongs to this thread, holding anything."""
    pool = _local.__dict__.setdefault("pool", {})
    key = (name, np.dtype(dtype).itemsize)
    found = pool.get(key)
    if found is None or found.size < size:
        found = pool[key] = np.zeros(size, dtype)
    return found[:size].view(dtype)
