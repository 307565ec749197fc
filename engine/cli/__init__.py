"""The command line ``flac-raster``, a thin layer over the operations: one command per module.

Results go to standard output, everything else to standard error. Exit status: 0 done (compare:
identical, verify: whole), 1 the answer is no, 2 an error, 130 interrupted.
"""

from __future__ import annotations

import os
import sys
from typing import NoReturn

from . import signals


def main() -> NoReturn:
    """Run the command line."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:  # closed by whoever started this, such as cron
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))
    signals.handle_termination(signals.exit_now)
    from .commands import run  # not at the top: it takes a third of a second

    run()
