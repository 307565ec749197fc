"""Calls under way on any executor: bounded in number, made again where they fail, in order."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, wait
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Callable, Generic, TypeVar, cast

from ..errors import Cancelled, FlacRasterError, WorkerError
from ..job import NO_JOB, Job

T = TypeVar("T")
#: How often a call is made before it is given up.
ATTEMPTS = 3
#: Seconds between two looks at whether to stop, while a worker is waited for.
_PATIENCE = 0.1


@dataclass
class _Task:
    what: str
    function: Callable[..., Any]
    args: tuple[Any, ...]
    attempts: int = 0
    future: Future[Any] = field(default_factory=Future)  # until it is submitted


class Tasks(Generic[T]):
    """Pure calls on an executor, whose results come in the order of the calls.

    A call that fails is made again: a machine of a cluster may be lost, its disk or its memory may
    fail for a moment. Only what the engine raises on purpose would be the same again.

    Parameters
    ----------
    executor : Executor
    workers : int
        Calls that it works on at once; twice as many are under way.
    job : Job, optional
    operation : str
        Begins the sentence of `Cancelled`.
    """

    def __init__(self, executor: Executor, workers: int, job: Job, operation: str):
        self._executor, self._ahead = executor, 2 * workers
        self._job, self._operation = job, operation
        self._pending: deque[_Task] = deque()

    def __enter__(self) -> Tasks[T]:
        return self

    def __exit__(self, *exc_info: object) -> None:
        """Cancel what is still under way, which an error alone leaves behind."""
        while self._pending:
            self._pending.popleft().future.cancel()

    def __len__(self) -> int:
        """Calls whose results have not been taken."""
        return len(self._pending)

    @property
    def full(self) -> bool:
        """Whether a result must be taken before the next call is added."""
        return len(self._pending) > self._ahead

    def add(self, what: str, function: Callable[..., T], *args: Any) -> None:
        """Begin a call.

        Parameters
        ----------
        what : str
            What to call it in errors.
        """
        task = _Task(what, function, args)
        self._pending.append(task)
        self._begin(task)

    def take(self) -> T:
        """Wait for the oldest call and return its result.

        Raises
        ------
        FlacRasterError
            The call's own, or `WorkerError` where it failed `ATTEMPTS` times.
        Cancelled
        """
        task = self._pending[0]
        while True:
            try:
                result = self._wait(task)
            except FlacRasterError:
                raise
            except Exception as error:
                # whoever ends this process may have ended the workers a moment before
                if self._job.is_cancelled():
                    raise Cancelled(self._operation) from error
                if isinstance(error, BrokenExecutor):
                    raise _lost(task, error) from error
                if task.attempts == ATTEMPTS:
                    raise _given_up(task, error) from error
                self._begin(task)
            else:
                self._pending.popleft()
                return cast(T, result)  # what the function that was added returns

    def _begin(self, task: _Task) -> None:
        task.attempts += 1
        try:
            task.future = self._executor.submit(task.function, *task.args)
        except Exception as error:  # whatever an executor raises that has been shut down or lost
            raise _lost(task, error) from error

    def _wait(self, task: _Task) -> Any:
        while True:
            self._job.check(self._operation)
            if task.future.done():
                return task.future.result()
            wait([task.future], _PATIENCE)


def _lost(task: _Task, error: Exception) -> WorkerError:
    return WorkerError(
        f"{task.what}: the workers are lost ({_named(error)}), perhaps killed for want of memory; "
        "nothing was written. Try again with fewer workers."
    )


def _given_up(task: _Task, error: Exception) -> WorkerError:
    return WorkerError(
        f"{task.what} failed {task.attempts} times, at last with {_named(error)}; nothing was "
        "written. Try again with fewer workers if memory is short."
    )


def _named(error: Exception) -> str:
    return f"{type(error).__name__}: {error}".rstrip(": ").rstrip(". ")


def in_order(
    executor: Executor,
    calls: Iterable[Callable[[], T]],
    ahead: int,
    job: Job = NO_JOB,
) -> Iterator[T]:
    """Run calls and yield their results in order, never more than ``ahead`` unfinished.

    Raises
    ------
    Cancelled
        Between two results, once the job is cancelled.
    """
    pending: deque[Future[T]] = deque()
    for call in calls:
        job.check()
        pending.append(executor.submit(call))
        if len(pending) >= ahead:
            yield pending.popleft().result()
    while pending:
        job.check()
        yield pending.popleft().result()


def in_groups(items: Iterable[T], count: int, groups: int) -> Iterator[list[T]]:
    """Yield ``count`` items in groups of about the same size, at most as many groups as items."""
    iterator = iter(items)
    groups = min(groups, count)
    for number in range(groups):
        yield list(islice(iterator, (number + 1) * count // groups - number * count // groups))
