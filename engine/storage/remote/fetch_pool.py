"""Fetch in worker threads; the waiting thread can cancel a request or time it out.

A thread that waits for the network cannot check a deadline or a cancel button. So each request is a
`FetchTask` in a thread of a `FetchPool`, and the waiting reader polls the deadline and its job.
Stopping a task shuts its socket down, which wakes its thread.
"""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import suppress
from typing import Any, Protocol

from ...errors import Cancelled, Message, RemoteError, RemoteTimeout
from ...job import Job

#: Seconds between two checks of deadline and cancellation.
_POLL_INTERVAL = 0.05


class TaskStopped(Exception):
    """Ends the thread of a task after `FetchTask.stop`, when its result is no longer needed."""


class _Socket(Protocol):
    def shutdown(self, how: int) -> None: ...


class FetchTask:
    """One request in a thread, with a timeout in seconds from its start.

    ``label`` names file and byte range in messages.
    """

    def __init__(self, label: Message, seconds: float):
        self.label, self.seconds = label, seconds
        self.received = 0
        self.future: Future[Any] = Future()
        self._deadline: float | None = None
        self._stopped = threading.Event()
        self._socket: _Socket | None = None
        self._lock = threading.Lock()

    @property
    def remaining(self) -> float:
        """Seconds until the deadline; the timeout before the start."""
        return self.seconds if self._deadline is None else self._deadline - time.monotonic()

    def start_clock(self) -> None:
        """Set the deadline."""
        self._deadline = time.monotonic() + self.seconds

    def stop(self) -> None:
        """Stop the task as soon as possible; no effect if it is complete."""
        with self._lock:
            self._stopped.set()
            if self._socket is not None:
                with suppress(OSError):  # already closed
                    self._socket.shutdown(socket.SHUT_RDWR)
        self.future.cancel()

    def check(self) -> None:
        """Raise `TaskStopped` if the task was stopped."""
        if self._stopped.is_set():
            raise TaskStopped

    def pause(self, seconds: float) -> None:
        """Wait for some seconds, or until the task is stopped."""
        self._stopped.wait(seconds)
        self.check()

    def watch_socket(self, sock: _Socket | None) -> None:
        """Set the socket that the task waits for; None after the request."""
        with self._lock:
            self._socket = sock
        self.check()


class FetchPool:
    """Threads for the requests of one source, started when first needed."""

    def __init__(self, threads: int):
        self.threads = threads
        self._executor = ThreadPoolExecutor(threads, "flac-raster-fetch")
        self._lock = threading.Lock()
        self._active: set[FetchTask] = set()
        self._closed = False

    def start(self, task: FetchTask, fetch: Callable[[FetchTask], Any]) -> FetchTask:
        """Have a thread run ``fetch(task)``."""

        def run() -> Any:
            task.start_clock()
            task.check()
            return fetch(task)

        with self._lock:
            if self._closed:
                raise RemoteError("remote.closed", task=task.label)
            self._active.add(task)
            task.future = self._executor.submit(run)
        task.future.add_done_callback(lambda _: self._forget(task))
        return task

    def _forget(self, task: FetchTask) -> None:
        with self._lock:
            self._active.discard(task)

    def result(self, task: FetchTask, job: Job, poll: Callable[[], None] = lambda: None) -> Any:
        """Return the result of a task; stop it on `Cancelled` or `RemoteTimeout`."""
        while not wait([task.future], _POLL_INTERVAL).done:
            poll()
            if job.is_cancelled():
                task.stop()
                raise Cancelled("operation.reading")
            if task.remaining <= 0:
                task.stop()
                raise RemoteTimeout(
                    "remote.timeout",
                    expected=task.seconds,
                    found=task.received,
                    **task.label.values,
                )
        if task.future.cancelled() or isinstance(task.future.exception(), TaskStopped):
            raise RemoteError("remote.closed_meanwhile", task=task.label)
        poll()
        return task.future.result()

    def close(self) -> None:
        """Stop all tasks without waiting for their threads."""
        with self._lock:
            self._closed = True
            active = list(self._active)
        for task in active:
            task.stop()
        self._executor.shutdown(wait=False)
