"""The processes that serve FLAC rasters as GeoTIFF, as Linux lists them."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path


def children(parent: int | None = None) -> set[int]:
    """Return the processes of servers that a process, by default this one, has started."""
    found = set()
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # it has ended
            status = (folder / "stat").read_text().rpartition(")")[2].split()
            is_server = b"virtual_tiff.child_process" in (folder / "cmdline").read_bytes()
            if is_server and int(status[1]) == (parent or os.getpid()):
                found.add(int(folder.name))
    return found


def is_alive(pid: int) -> bool:
    """Whether a process runs, and is not one that nobody has waited for."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
