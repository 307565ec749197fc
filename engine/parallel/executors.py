"""Worker pools: threads, or the executor of the caller."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager
from numbers import Integral
from typing import Any, Callable, TypeVar

from ..errors import InputError

T = TypeVar("T")


def resolve_workers(workers: int | None) -> int:
    """Return a number of workers, default one per processor; `InputError` if less than 1."""
    if workers is None:
        return default_workers()
    if not isinstance(workers, Integral) or workers < 1:
        raise InputError("option.workers", found=f"{workers!r:.80}")
    return workers


def default_workers() -> int:
    """Return the number of processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0)) or 1
    return os.cpu_count() or 1


class _Inline(Executor):
    """Executor that runs each call in the calling thread, for a single worker."""

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        future: Future[T] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # raised by Future.result, as in every executor
            future.set_exception(error)
        return future


def shares_memory(executor: Executor) -> bool:
    """Whether the workers of an executor see the arrays of this process."""
    return isinstance(executor, (_Inline, ThreadPoolExecutor))


@contextmanager
def worker_pool(
    workers: int | None, given: Executor | None = None
) -> Iterator[tuple[Executor, int]]:
    """Yield an executor and its number of workers; an error cancels calls that have not started.

    Threads suffice, because numpy and libFLAC release the GIL. A given executor is that of the
    caller, who shuts it down.
    """
    count = resolve_workers(workers)
    if given is not None:
        yield given, count
        return
    if count == 1:
        yield _Inline(), count
        return
    with ThreadPoolExecutor(count, "flac-raster") as executor:
        try:
            yield executor, count
        except BaseException:
            executor.shutdown(cancel_futures=True)
            raise
