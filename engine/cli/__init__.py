"""The command line ``flac-raster``, a thin layer over the operations: one command per module.

Results go to standard output, everything else to standard error. Exit status: 0 done (compare:
identical, verify: whole), 1 the answer is no, 2 an error, 130 interrupted.
"""

from __future__ import annotations

from typing import NoReturn

from . import signals


def main() -> NoReturn:
    """Run the command line."""
    signals.heed(signals.leave)
    from .commands import run  # not at the top: it takes a third of a second

    run()
