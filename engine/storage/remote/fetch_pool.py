"""Threads that fetch, watch_task by the thread that waits: it can end what takes too long.

A thread that waits for the network cannot look at a clock or a cancel button. So each fetch is a
`FetchTask` in a thread of a `FetchPool`, and the reader that waits for it asks its job and checks
the deadline many times a second. Ending a task shuts its socket down, which wakes the thread.
"""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import suppress
from typing import Any, Protocol

from ...errors import Cancelled, RemoteError, RemoteTimeout
from ...job import Job

#: Seconds between two looks at clock and cancel button.
_GLANCE = 0.05


class TaskStopped(Exception):
    """Ends a task from inside, after `FetchTask.stop`; nobody waits for its result any more."""


class _Socket(Protocol):
    def shutdown(self, how: int) -> None: ...


class FetchTask:
    """One fetch in a thread.

    Parameters
    ----------
    what : str
        Whose fetch it is and what, for messages.
    seconds : float
        It may take, from its start.
    """

    def __init__(self, what: str, seconds: float):
        self.what, self.seconds = what, seconds
        self.received = 0
        self.future: Future[Any] = Future()
        self._deadline: float | None = None
        self._stopped = threading.Event()
        self._socket: _Socket | None = None
        self._lock = threading.Lock()

    @property
    def remaining(self) -> float:
        """Seconds until the deadline; all of them as long as it has not begun."""
        return self.seconds if self._deadline is None else self._deadline - time.monotonic()

    def begin(self) -> None:
        """Start the clock."""
        self._deadline = time.monotonic() + self.seconds

    def stop(self) -> None:
        """End the task as soon as possible; harmless when it is done already."""
        with self._lock:
            self._stopped.set()
            if self._socket is not None:
                with suppress(OSError):  # closed already
                    self._socket.shutdown(socket.SHUT_RDWR)
        self.future.cancel()

    def check(self) -> None:
        """Raise `TaskStopped` once the task was stopped."""
        if self._stopped.is_set():
            raise TaskStopped

    def pause(self, seconds: float) -> None:
        """Wait, but not beyond `stop`."""
        self._stopped.wait(seconds)
        self.check()

    def watch_socket(self, sock: _Socket | None) -> None:
        """Note the socket that the task is about to wait for, None once it is given back."""
        with self._lock:
            self._socket = sock
        self.check()


class FetchPool:
    """A few threads for the fetches of one source, begun when first needed."""

    def __init__(self, threads: int):
        self.threads = threads
        self._executor = ThreadPoolExecutor(threads, "flac-raster-fetch")
        self._lock = threading.Lock()
        self._under_way: set[FetchTask] = set()
        self._closed = False

    def start(self, task: FetchTask, fetch: Callable[[FetchTask], Any]) -> FetchTask:
        """Have a thread run ``fetch(task)``."""

        def run() -> Any:
            task.begin()
            task.check()
            return fetch(task)

        with self._lock:
            if self._closed:
                raise RemoteError("remote.closed", task=task.what)
            self._under_way.add(task)
            task.future = self._executor.submit(run)
        task.future.add_done_callback(lambda _: self._forget(task))
        return task

    def _forget(self, task: FetchTask) -> None:
        with self._lock:
            self._under_way.discard(task)

    def result(self, task: FetchTask, job: Job, poll: Callable[[], None] = lambda: None) -> Any:
        """Wait for a task.

        Raises
        ------
        Cancelled, RemoteTimeout
            The task is stopped then.
        """
        while not wait([task.future], _GLANCE).done:
            poll()
            if job.is_cancelled():
                task.stop()
                raise Cancelled("Reading")
            if task.remaining <= 0:
                task.stop()
                raise RemoteTimeout(
                    "remote.timeout", task=task.what, expected=task.seconds, found=task.received
                )
        if task.future.cancelled() or isinstance(task.future.exception(), TaskStopped):
            raise RemoteError("remote.closed_meanwhile", task=task.what)
        poll()
        return task.future.result()

    def close(self) -> None:
        """Stop everything under way; the threads end by themselves."""
        with self._lock:
            self._closed = True
            under_way = list(self._under_way)
        for task in under_way:
            task.stop()
        self._executor.shutdown(wait=False)
