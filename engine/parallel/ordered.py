"""Ordered, bounded execution of calls on any executor."""

from __future__ import annotations

from collections import deque
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, wait
from contextlib import closing, contextmanager
from itertools import islice
from typing import Any, Callable, Generic, TypeVar

from ..errors import Cancelled, FlacRasterError, WorkerError
from ..job import NO_JOB, Job
from .executors import worker_pool

T = TypeVar("T")
#: Attempts of a pure call: a machine of a cluster may be lost, a disk or memory fail for a moment.
ATTEMPTS = 3
#: Seconds between two checks for cancellation while a worker is busy.
_POLL_INTERVAL = 0.1


class Call(Generic[T]):
    """A call to run in a worker; its name begins the message of `WorkerError`."""

    def __init__(self, name: str, function: Callable[..., T], *args: Any):
        self.name, self.function, self.args = name, function, args


def map_ordered(
    pool: Executor,
    calls: Iterable[Call[T] | None],
    *,
    in_flight: int,
    attempts: int = 1,
    job: Job = NO_JOB,
    operation: str = "operation.any",
) -> Generator[T, None, None]:
    """Run calls in a pool and yield their results in the order of the calls.

    Closing the generator, or an error, cancels the calls that have not started.

    Parameters
    ----------
    calls : iterable of Call or None
        Iterated as results are yielded, so that later calls may depend on results. After None, the
        oldest result is yielded before the next call is requested.
    in_flight : int
        Maximum number of calls whose results have not been yielded.
    attempts : int
        How often a call is made until it succeeds; more than 1 requires pure functions. Errors of
        the engine are not retried, because the same call would raise them again.
    operation : str
        Begins the message of `Cancelled`.

    Raises
    ------
    WorkerError
        If all of several attempts failed, or the workers are lost.
    Cancelled
    """
    pending: deque[_Submission[T]] = deque()

    def take() -> T:
        result = pending[0].result(job, operation)
        pending.popleft()
        return result

    try:
        for call in calls:
            if call is not None:
                pending.append(_Submission(pool, call, attempts))
            full = call is None or len(pending) >= in_flight
            while pending and (full or pending[0].future.done()):
                yield take()
                full = False
        while pending:
            yield take()
    finally:
        for submission in pending:
            submission.future.cancel()


@contextmanager
def ordered_results(
    calls: Iterable[Call[T] | None],
    workers: int | None,
    executor: Executor | None = None,
    **options: Any,
) -> Iterator[Generator[T, None, None]]:
    """`map_ordered` in a `worker_pool`, with two calls per worker in flight."""
    with worker_pool(workers, executor) as (pool, count):
        with closing(map_ordered(pool, calls, in_flight=2 * count, **options)) as results:
            yield results


class _Submission(Generic[T]):
    """A call in a pool, submitted again as long as attempts are left."""

    future: Future[T]

    def __init__(self, pool: Executor, call: Call[T], attempts: int):
        self._pool, self._call = pool, call
        self._attempts, self._attempt = attempts, 0
        self._submit()

    def _submit(self) -> None:
        self._attempt += 1
        try:
            self.future = self._pool.submit(self._call.function, *self._call.args)
        except Exception as error:  # any, of an executor that was shut down or lost its workers
            raise self._workers_lost(error) from error

    def result(self, job: Job, operation: str) -> T:
        """Wait for the result."""
        while True:
            job.check(operation)
            if not self.future.done():
                wait([self.future], _POLL_INTERVAL)
                continue
            try:
                return self.future.result()
            except FlacRasterError:
                raise
            except Exception as error:
                # a signal that ends this process may have ended the workers a moment earlier
                if job.is_cancelled():
                    raise Cancelled(operation) from error
                if isinstance(error, BrokenExecutor):
                    raise self._workers_lost(error) from error
                if self._attempts == 1:
                    raise
                if self._attempt == self._attempts:
                    raise WorkerError(
                        "worker.failed",
                        self._call.name,
                        attempts=self._attempt,
                        reason=_error_text(error),
                    ) from error
                self._submit()

    def _workers_lost(self, error: Exception) -> WorkerError:
        return WorkerError("worker.lost", self._call.name, reason=_error_text(error))


def _error_text(error: Exception) -> str:
    return f"{type(error).__name__}: {error}".rstrip(": ").rstrip(". ")


def split_evenly(items: Iterable[T], count: int, groups: int) -> Iterator[list[T]]:
    """Yield ``count`` items in groups of about the same size, at most as many groups as items."""
    iterator = iter(items)
    groups = min(groups, count)
    for number in range(groups):
        yield list(islice(iterator, (number + 1) * count // groups - number * count // groups))
