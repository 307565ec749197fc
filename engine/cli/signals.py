"""Signals that ask the command line for an end; imports next to nothing, to be there first."""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress
from typing import Any, Callable, NoReturn

#: What is said of an end that was asked for, and the exit status.
INTERRUPTED, STATUS = "Interrupted; nothing was written.", 130
#: Ctrl-C, ends of batch jobs, closed terminals; those that the system has.
_ENDS = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")


class Interrupted(BaseException):
    """A signal asked for an end; Typer would handle a KeyboardInterrupt in its own way."""


def heed(handler: Callable[[int, Any], Any]) -> None:
    """Handle all signals that ask for an end, but those that whoever started this has ignored.

    That is how ``nohup`` and shells keep background jobs running.
    """
    terminals = [stream.fileno() for stream in (sys.stdout, sys.stderr) if stream.isatty()]

    def hang_up(number: int, frame: Any) -> None:
        for terminal in terminals:  # gone, and writing to it would fail from here on
            os.dup2(os.open(os.devnull, os.O_WRONLY), terminal)
        handler(number, frame)

    for name in _ENDS:
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, hang_up if name == "SIGHUP" else handler)


def leave(number: int, frame: Any) -> NoReturn:
    """End the process at once, as long as no output is begun.

    An exception might come up in the middle of an import or of a callback, which swallow it.
    """
    with suppress(OSError):
        os.write(2, f"Error: {INTERRUPTED}\n".encode("ascii"))
    os._exit(STATUS)
