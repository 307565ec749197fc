"""Worker processes on this machine, for programs; inside QGIS, only threads work.

A process is started as ``sys.executable``, which inside QGIS is QGIS itself.
"""

from __future__ import annotations

import multiprocessing
import signal
import threading
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Any, Callable, TypeVar, cast

from .executors import resolve_workers

T = TypeVar("T")
_is_worker = False


def in_worker_process() -> bool:
    """Whether this process is a worker of a `ProcessExecutor`."""
    return _is_worker


class WorkerLost(Exception):
    """A worker process ended during a call."""


class ProcessExecutor(Executor):
    """Worker processes, each controlled by a thread of this process.

    Unlike the pool of the standard library, it survives the end of a process: the interrupted call
    raises `WorkerLost`, and the next call starts a new process. The standard pool breaks as a whole
    and may block while large arrays are sent; nor can its calls be cancelled once they are in a
    pipe.

    Scripts need ``if __name__ == "__main__":``, as for `multiprocessing`.

    Parameters
    ----------
    workers : int, optional
        Default one per processor.
    """

    def __init__(self, workers: int | None = None):
        self.workers = resolve_workers(workers)
        _start_tracker()
        self._threads = ThreadPoolExecutor(
            self.workers, "flac-raster-process", initializer=_block_interrupts
        )
        self._of_thread = threading.local()
        self._processes: set[_Process] = set()

    def __exit__(self, kind: type[BaseException] | None, *exc_info: object) -> None:
        """End the processes; after an error, without waiting for their calls."""
        self.shutdown(cancel_futures=kind is not None)

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        """Run a call in one of the processes; function and arguments are pickled."""
        return self._threads.submit(self._call, fn, args, kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the processes, during their calls if these are cancelled."""
        self._threads.shutdown(wait=False, cancel_futures=cancel_futures)
        if cancel_futures:
            for process in tuple(self._processes):
                process.kill()
        if wait:
            self._threads.shutdown()
            for process in tuple(self._processes):
                process.close()

    def _call(self, function: Callable[..., T], args: Any, kwargs: Any) -> T:
        process = getattr(self._of_thread, "process", None)
        if process is None:
            process = self._of_thread.process = _Process()
            self._processes.add(process)
        try:
            done, result = process.call(function, args, kwargs)
        except (EOFError, OSError) as error:
            self._of_thread.process = None
            self._processes.discard(process)
            raise WorkerLost(f"its process ended {process.close()}") from error
        if not done:
            raise result
        return cast(T, result)  # what the function has returned there


class _Process:
    """One worker process and the pipe to it."""

    def __init__(self) -> None:
        # a fork would copy locks that GDAL and other threads hold at the moment
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        # a daemon, so that this process does not wait for it when it ends
        self._process = context.Process(target=_serve, args=(theirs,), daemon=True)
        self._process.start()
        theirs.close()

    def call(self, function: Callable[..., Any], args: Any, kwargs: Any) -> tuple[bool, Any]:
        self._pipe.send((function, args, kwargs))
        done, result = self._pipe.recv()
        return done, result

    def kill(self) -> None:
        self._process.kill()

    def close(self) -> str:
        """Close the pipe, which ends the process, and return how it ended."""
        self._pipe.close()
        self._process.join()
        code = self._process.exitcode or 0
        return f"by signal {-code}" if code < 0 else f"with status {code}"


def _serve(pipe: Connection) -> None:
    """Run calls until the pipe is closed, or the process at its other end is killed."""
    global _is_worker
    _is_worker = True
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(EOFError, OSError):
        while True:
            _send(pipe, _answer(pipe))


def _answer(pipe: Connection) -> tuple[bool, Any]:
    try:
        function, args, kwargs = pipe.recv()
        return True, function(*args, **kwargs)
    except EOFError:
        raise
    except Exception as error:  # raised by the caller's future
        return False, error


def _send(pipe: Connection, answer: tuple[bool, Any]) -> None:
    try:
        pipe.send(answer)
    except OSError:
        raise
    except Exception as error:  # the answer cannot be pickled
        pipe.send((False, WorkerLost(f"its answer {answer[1]!r:.200} cannot be sent: {error}")))


def _start_tracker() -> None:
    """Start the resource tracker of multiprocessing now, because it unblocks interrupts.

    It ignores Ctrl-C by itself, but not the end of a terminal.
    """
    if hasattr(signal, "pthread_sigmask"):
        from multiprocessing.resource_tracker import ensure_running

        before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGHUP])
        try:
            ensure_running()
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _block_interrupts() -> None:
    """Block the signals of a terminal in this thread and in the processes that it starts.

    A terminal sends them to all its processes, but only the main process must handle them.
    """
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT, signal.SIGHUP])
