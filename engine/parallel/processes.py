"""Worker processes on this machine, for programs; inside QGIS only threads work.

A process is started as ``sys.executable``, which inside QGIS is QGIS itself.
"""

from __future__ import annotations

import multiprocessing
import signal
import threading
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from multiprocessing.connection import Connection
from typing import Any, Callable, TypeVar, cast

from .executors import resolve_workers

T = TypeVar("T")
#: Whether this process is one of those that work for a `ProcessExecutor`.
_is_worker = False


def in_worker_process() -> bool:
    """Whether this process works for a `ProcessExecutor`, and so for nobody else."""
    return _is_worker


class WorkerLost(Exception):
    """A worker process ended in the middle of a call."""


class ProcessExecutor(Executor):
    """Worker processes, each spoken to by a thread of this one.

    Unlike the standard library's pool, it outlives its processes: the call of one that was killed
    raises `WorkerLost`, the next call gets a new one. That pool is lost as a whole then, and may
    hang where large arrays were on their way; its calls cannot be cancelled soon either, since they
    wait in a pipe.

    A script that uses it needs ``if __name__ == "__main__":``, as for `multiprocessing`.

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
        """End the processes, at once where an error ends the block."""
        self.shutdown(cancel_futures=kind is not None)

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        """Begin a call in one of the processes; function and arguments are pickled."""
        return self._threads.submit(self._call, fn, args, kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the processes, in the middle of their calls where these are cancelled."""
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
        # a fork would copy the locks of GDAL and of other threads as they happen to be
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        # a daemon, so that this process never waits for it when it ends itself
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
        """End it, which it does by itself when the pipe ends, and say how it did."""
        self._pipe.close()
        self._process.join()
        code = self._process.exitcode or 0
        return f"by signal {-code}" if code < 0 else f"with status {code}"


def _serve(pipe: Connection) -> None:
    """Answer calls until nobody asks any more, be it that the asking process was killed."""
    global _is_worker
    _is_worker = True
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while True:
        try:
            answer = _answer(pipe)
        except EOFError:
            return
        try:
            _send(pipe, answer)
        except OSError:
            return


def _answer(pipe: Connection) -> tuple[bool, Any]:
    try:
        function, args, kwargs = pipe.recv()
        return True, function(*args, **kwargs)
    except EOFError:
        raise
    except Exception as error:  # raised again where the call came from
        return False, error


def _send(pipe: Connection, answer: tuple[bool, Any]) -> None:
    try:
        pipe.send(answer)
    except OSError:
        raise
    except Exception as error:  # what cannot be pickled
        pipe.send((False, WorkerLost(f"its answer {answer[1]!r:.200} cannot be sent: {error}")))


def _start_tracker() -> None:
    """Start multiprocessing's own helper first, for it unblocks interrupts where it is started.

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
    """Block what a terminal sends in a thread and in the processes that it starts.

    It sends Ctrl-C and its own end to all of them, from their first moment; to heed it is up to the
    process that started them.
    """
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT, signal.SIGHUP])
