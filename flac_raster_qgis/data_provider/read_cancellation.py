"""Cancellation of all reads at once, when QGIS or the plugin ends."""

from __future__ import annotations

from ..engine.job import Job

#: Number of calls of `cancel_all_reads`.
_cancel_count = 0


def cancel_all_reads() -> None:
    """Cancel all reads that are in progress, in all threads."""
    global _cancel_count
    _cancel_count += 1


def add_global_cancel(job: Job) -> Job:
    """Return a job that `cancel_all_reads` cancels as well, from now on."""
    count = _cancel_count
    return job.cancelled_with(Job(is_cancelled=lambda: _cancel_count != count))
