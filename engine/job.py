"""Progress and cancellation of one operation, as one value that is handed down."""

from __future__ import annotations

from typing import Callable

from .errors import Cancelled

#: Told how much of the whole is done, as ``progress(done, total)``.
Progress = Callable[[int, int], None]
#: Asked often; true stops the work with `Cancelled`.
IsCancelled = Callable[[], bool]


def ignore(done: int, total: int) -> None:
    """Do nothing; the default progress callback."""


def never() -> bool:
    """Return False; by default, an operation is never cancelled."""
    return False


class Job:
    """Progress callback and cancellation check of an operation.

    Both callbacks are called in the thread that waits for the operation.

    Parameters
    ----------
    progress : callable, optional
        Called as ``progress(done, total)``; what is counted depends on the operation.
    is_cancelled : callable, optional
        Called often; once it returns true, the operation raises `Cancelled`.
    """

    __slots__ = ("is_cancelled", "progress")

    def __init__(self, progress: Progress = ignore, is_cancelled: IsCancelled = never):
        self.progress = progress
        self.is_cancelled = is_cancelled

    def check(self, operation: str = "operation.any") -> None:
        """Raise `Cancelled` once the job is cancelled.

        Parameters
        ----------
        operation : str
            Begins the sentence of the error.
        """
        if self.is_cancelled():
            raise Cancelled(operation)

    def cancelled_with(self, other: Job) -> Job:
        """Return a job that is cancelled with this one or another, and reports as this one does."""
        return Job(self.progress, lambda: self.is_cancelled() or other.is_cancelled())

    def reporting_to(self, progress: Progress) -> Job:
        """Return a job that is cancelled with this one and reports to somebody else."""
        return Job(progress, self.is_cancelled)

    @property
    def silent(self) -> Job:
        """A job that is cancelled with this one and reports to nobody."""
        return Job(ignore, self.is_cancelled)


NO_JOB = Job()
