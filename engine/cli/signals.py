"""Signals that request termination; imports next to nothing, so that it is ready first."""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress
from typing import Any, Callable, NoReturn

#: Message after a requested termination, and the exit status.
INTERRUPTED, STATUS = "Interrupted; nothing was written.", 130
#: Ctrl-C, ends of batch jobs, closed terminals; those that the system has.
_TERMINATION = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")


class Interrupted(BaseException):
    """A signal requests termination; Typer would handle a KeyboardInterrupt in its own way."""


def handle_termination(handler: Callable[[int, Any], Any]) -> None:
    """Set the handler of all signals that request termination, except those that are ignored.

    ``nohup`` and shells ignore them to keep background jobs running.
    """
    terminals = [stream.fileno() for stream in (sys.stdout, sys.stderr) if stream.isatty()]

    def hang_up(number: int, frame: Any) -> None:
        for terminal in terminals:  # gone, so that writing to it fails from now on
            os.dup2(os.open(os.devnull, os.O_WRONLY), terminal)
        handler(number, frame)

    for name in _TERMINATION:
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, hang_up if name == "SIGHUP" else handler)


def exit_now(number: int, frame: Any) -> NoReturn:
    """End the process at once, before any output has been started.

    An exception could be raised in the middle of an import or of a callback, which swallow it.
    """
    with suppress(OSError):
        os.write(2, f"Error: {INTERRUPTED}\n".encode("ascii"))
    os._exit(STATUS)
