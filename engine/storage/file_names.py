"""Names of output files, made from whatever a raster is called: a path, a URL, a title."""

from __future__ import annotations

import os
import re
from pathlib import Path

#: What Windows takes for a device, with any suffix.
_DEVICES = {"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"}
_DEVICES |= {f"{port}{number}" for port in ("COM", "LPT") for number in "0123456789¹²³"}
_FORBIDDEN = frozenset('<>:"/\\|?*')  # on Windows; and ":" names a stream beside a file's content
_FOLDERS = re.compile(r"[/\\]")
#: Used where nothing else is left of a name.
_NAMELESS = "raster"
#: What is longer is no suffix, in characters.
_LONGEST_SUFFIX = 16
#: The longest path that every program on Windows can open, and the room for what GDAL adds.
_LONGEST_PATH, _SIDECAR = 259, len(".aux.xml")


def safe_name(text: str, folder: Path = Path()) -> str:
    """Return a name that stays in its folder and is valid on Linux, Windows and macOS.

    Parameters
    ----------
    text : str
        A file name or title from a stranger, percent-encoding already decoded. Of a path, the last
        part is taken.
    folder : Path
        Where the file will be; file systems differ in the length of names.

    Returns
    -------
    str
        Without separators, drive letters, control characters, names of devices, leading dots, and
        trailing dots and spaces. Long names are cut, with their suffix kept.
    """
    name = _FOLDERS.split(text)[-1]
    name = "".join(c if c.isprintable() and c not in _FORBIDDEN else "_" for c in name)
    name = name.strip(" .")
    suffix = short_suffix(Path(name))
    stem = name[: len(name) - len(suffix)].strip(" .") or _NAMELESS
    if is_reserved(stem):
        stem = f"_{stem}"
    return append_ending(folder / stem, suffix).name


def append_ending(path: Path, ending: str) -> Path:
    """Append an ending to a path; the name is cut so that the file system takes the result."""
    room = longest_name(path.parent) - len(ending.encode("utf-8", "surrogatepass")) - _SIDECAR
    return path.with_name(f"{cut(path.name, room)}{ending}")


def short_suffix(path: Path) -> str:
    """Return the suffix of a path, empty where it is too long for one."""
    return path.suffix if len(path.suffix) <= _LONGEST_SUFFIX else ""


def is_reserved(name: str) -> bool:
    """Whether Windows takes a name for that of a device: CON, nul.tif, com1 .flac."""
    return name.partition(".")[0].rstrip(" ").upper() in _DEVICES


def longest_name(folder: Path) -> int:
    """Return how long a name in a folder may be, in bytes of UTF-8."""
    if os.name == "nt":  # of names, 255 UTF-16 units, of which no character has more than bytes
        return max(32, min(255, _LONGEST_PATH - len(os.path.abspath(folder)) - 1))
    try:
        return os.pathconf(folder, "PC_NAME_MAX")
    except (OSError, ValueError):  # no such folder, or not known there
        return 255


def cut(text: str, room: int) -> str:
    """Cut a text that is longer than so many bytes of UTF-8, between characters."""
    shorter = text[: max(room, 1)]
    while len(shorter) > 1 and len(shorter.encode("utf-8", "surrogatepass")) > room:
        shorter = shorter[:-1]
    return text if shorter == text else shorter.rstrip(" .") or _NAMELESS
