"""Environment of flac-raster 0.1.2 from PyPI, created once below build/."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAME = "flac-raster 0.1.2"
FOLDER = Path(__file__).parents[1] / "build" / "flac-raster-0.1.2"
#: Written last, to recognize a complete environment.
_READY = FOLDER / "ready"


class PeerMissing(Exception):
    """The environment could not be created."""


def peer_python() -> Path:
    """Return the Python of the environment; create it if it is missing.

    Raises
    ------
    PeerMissing
    """
    python = FOLDER / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if _READY.exists() and python.exists():
        return python
    shutil.rmtree(FOLDER, ignore_errors=True)
    pip = [str(python), "-m", "pip", "--retries", "1", "--timeout", "15", "install"]
    # without bytecode, because most modules are never imported
    quietly = ["--quiet", "--disable-pip-version-check", "--no-compile"]
    for step in (
        [sys.executable, "-m", "venv", str(FOLDER)],
        [*pip, *quietly, "flac-raster==0.1.2"],
    ):
        done = subprocess.run(step, capture_output=True, text=True, timeout=600)
        if done.returncode:
            raise PeerMissing(f"{NAME} cannot be installed: {done.stderr.strip()[-300:]}")
    _READY.touch()
    return python
