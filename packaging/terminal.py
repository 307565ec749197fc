"""Draw what commands print in a terminal: a picture of the real program, as SVG."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import termios
from io import StringIO
from pathlib import Path

from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console
from rich.terminal_theme import MONOKAI
from rich.text import Text

COLUMNS = 110
#: Pictures must not fetch fonts.
FORMAT = re.sub(r"@font-face \{\{.*?\}\}\s*", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL)


def printed(command: str, folder: Path) -> str:
    """Run ``flac-raster ...`` in a terminal, and return what it prints there, colours and all."""
    ours, its = pty.openpty()
    fcntl.ioctl(its, termios.TIOCSWINSZ, struct.pack("HHHH", 40, COLUMNS, 0, 0))
    arguments = [sys.executable, "-m", "flac_raster_qgis", *command.split()[1:]]
    environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": str(COLUMNS)}
    environment["PYTHONPATH"] = str(Path(__file__).resolve().parent.parent)
    # progress goes to standard error, which here is none
    process = subprocess.Popen(
        arguments, cwd=folder, env=environment, stdin=its, stdout=its, stderr=subprocess.DEVNULL
    )
    os.close(its)
    data = b""
    while True:
        try:
            piece = os.read(ours, 1 << 16)
        except OSError:  # Linux says so that the other end is closed
            break
        if not piece:
            break
        data += piece
    os.close(ours)
    if process.wait() not in (0, 1):
        raise RuntimeError(f"{command} failed; run it by hand to see why")
    return data.decode("utf-8").replace("\r\n", "\n").strip("\n")


def draw(commands: list[str], folder: Path, target: Path) -> None:
    """Run commands one after the other, and write the picture."""
    console = Console(record=True, width=COLUMNS, file=StringIO(), force_terminal=True)
    for command in commands:
        console.print(Text(f"$ {command}", style="bold"))
        console.print(Text.from_ansi(printed(command, folder)))
        console.print()
    picture = console.export_svg(
        title="flac-raster", theme=MONOKAI, code_format=FORMAT, unique_id="terminal"
    )
    target.write_text(picture, encoding="utf-8")
