"""Names of output files, derived from paths, URLs and titles of rasters."""

from __future__ import annotations

import os
import re
from pathlib import Path

#: Device names of Windows, with any suffix.
_DEVICES = {"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"}
_DEVICES |= {f"{port}{number}" for port in ("COM", "LPT") for number in "0123456789¹²³"}
_FORBIDDEN = frozenset('<>:"/\\|?*')  # on Windows; and ":" names a stream beside a file's content
_FOLDERS = re.compile(r"[/\\]")
#: Used if nothing else remains of a name.
_NAMELESS = "raster"
#: Limit of a suffix, in characters.
_LONGEST_SUFFIX = 16
#: Longest path that every program on Windows can open, and room for the suffix of a sidecar.
_LONGEST_PATH, _SIDECAR = 259, len(".aux.xml")


def safe_name(text: str, folder: Path = Path()) -> str:
    """Return a name that stays in its folder and is valid on Linux, Windows and macOS.

    ``text`` is an untrusted file name, path or title, percent-decoded; only the last part of a path
    counts. The name has no separators, drive letters, control characters, device names, leading
    dots, and trailing dots and spaces. It is shortened before its suffix to what ``folder`` allows.
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
    """Append an ending to a path; the name is shortened to what the file system allows."""
    room = longest_name(path.parent) - len(ending.encode("utf-8", "surrogatepass")) - _SIDECAR
    return path.with_name(f"{cut(path.name, room)}{ending}")


def short_suffix(path: Path) -> str:
    """Return the suffix of a path; empty if it is too long."""
    return path.suffix if len(path.suffix) <= _LONGEST_SUFFIX else ""


def is_reserved(name: str) -> bool:
    """Return whether a name is a device on Windows: CON, nul.tif, com1 .flac."""
    return name.partition(".")[0].rstrip(" ").upper() in _DEVICES


def longest_name(folder: Path) -> int:
    """Return the limit of names in a folder, in bytes of UTF-8."""
    if os.name == "nt":  # 255 UTF-16 units, of which a character has at most as many as bytes
        return max(32, min(255, _LONGEST_PATH - len(os.path.abspath(folder)) - 1))
    try:
        return os.pathconf(folder, "PC_NAME_MAX")
    except (OSError, ValueError):  # the folder does not exist, or the limit is unknown
        return 255


def cut(text: str, room: int) -> str:
    """Shorten a text to a number of bytes of UTF-8, between characters."""
    shorter = text[: max(room, 1)]
    while len(shorter) > 1 and len(shorter.encode("utf-8", "surrogatepass")) > room:
        shorter = shorter[:-1]
    return text if shorter == text else shorter.rstrip(" .") or _NAMELESS
