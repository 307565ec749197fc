"""Named pipes and devices that GDAL would wait at for ever: beside an input, or named inside it.

GDAL opens whatever a virtual raster, a header or auxiliary metadata names, and cannot be
interrupted while it waits for a pipe that nobody writes to. Which of their texts are names depends
on the format, so every text is taken for one that is a pipe or device of this computer. Names in
binary files, such as databases that list tiles, are not looked for.
"""

from __future__ import annotations

import html
import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path

from ..errors import InputError
from .file_urls import local_path

#: Bytes looked through of XML and JSON, which may be names from start to end, and of other texts,
#: which have names in a header, if at all.
_MOST_BYTES, _HEADER = 64 << 20, 256 << 10
#: Bytes that tell texts from all else.
_START = 512
#: Files that one leads to, at most.
_MOST_FILES = 10_000
_LONGEST_NAME = 4096
#: Where names may end; the second also within what GDAL itself takes for a name of several parts.
_ENDS = re.compile(r"[<>\"\r\n]")
_ENDS_OF_PARTS = re.compile(r"[\"',;:|=()\[\]{}<>]")
_INSIDE_GDAL = re.compile(r"(?:/vsi[a-z0-9_]+/)+")
_AUXILIARY = ".aux.xml"
#: Folders of a path that may be an archive, from the root.
_MOST_FOLDERS = 40


def check_siblings(path: Path) -> None:
    """Raise `InputError` for a pipe or device that has the name of an input with another suffix.

    GDAL would open it: overviews, masks, metadata.
    """
    try:
        entries = list(os.scandir(path.parent))
    except OSError:  # a folder that may be entered and not listed
        return
    stem = path.stem.lower()
    for entry in entries:
        if not entry.name.lower().startswith(stem) or entry.is_file() or entry.is_dir():
            continue
        if _waits(entry.path):
            raise InputError("input.pipe_beside", name=str(path), found=entry.name)


def check_references(name: str, text: str | None = None) -> None:
    """Raise `InputError` for a pipe or device that is named in an input, or in files that it names.

    Parameters
    ----------
    name : str
        Path of a file, or what only GDAL understands, such as the text of a virtual raster.
    text : str, optional
        What is read out of the file, and looked through in its place.
    """
    if os.name == "nt":  # there are no pipes among files, and words such as "con" are devices
        return
    if text is None and os.path.isfile(name):
        waiting = [Path(name)]
    else:
        folder = Path() if text is None else Path(name).parent
        waiting = list(_named_in(name if text is None else text, folder, name))
    seen: set[tuple[int, int]] = set()
    while waiting and len(seen) < _MOST_FILES:
        path = waiting.pop()
        for one in (path, path.with_name(path.name + _AUXILIARY), path.with_suffix(_AUXILIARY)):
            status = _status(one)
            if status is None or not stat.S_ISREG(status.st_mode):
                continue
            if (status.st_dev, status.st_ino) not in seen:
                seen.add((status.st_dev, status.st_ino))
                waiting += _named_in(_text_of(one), one.parent, str(one))


def _text_of(path: Path) -> str:
    """Return the part of a file that may hold names; nothing of one that is no text."""
    try:
        with open(path, "rb") as file:
            start = file.read(_START)
            if b"\0" in start:
                return ""
            first = start.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
            more = file.read(_MOST_BYTES if first in (b"<", b"{", b"[") else _HEADER)
            return os.fsdecode(start + more)
    except OSError:  # GDAL says it better
        return ""


def _named_in(text: str, folder: Path, where: str) -> Iterator[Path]:
    """Yield the files that a text names.

    Raises
    ------
    InputError
        If it names a pipe or device.
    """
    for name in _names(text):
        for path in dict.fromkeys((folder / name, Path(name))):
            status = _status(path)
            if status is None or stat.S_ISDIR(status.st_mode):
                continue
            if _is_pipe_or_device(status.st_mode):
                raise InputError("input.pipe_inside", name=where[:200], found=str(name))
            yield path


def _names(text: str) -> set[str]:
    found: set[str] = set()
    for piece in set(_ENDS.split(text)):
        if not piece.strip() or len(piece) > _LONGEST_NAME or "\0" in piece:
            continue
        whole = html.unescape(piece).replace("\\/", "/")
        for name in map(str.strip, (whole, *_ENDS_OF_PARTS.split(whole))):
            found.add(local_path(name))
            inside = _INSIDE_GDAL.match(name)
            if inside:  # a file, or an archive and a file in it
                path = Path(name[inside.end() :])
                found.update(map(str, (path, *list(path.parents)[-_MOST_FOLDERS:])))
    return found - {"", ".", "..", os.devnull}  # which ends at once


def _waits(path: str) -> bool:
    status = _status(Path(path))
    return status is not None and _is_pipe_or_device(status.st_mode)


def _status(path: Path) -> os.stat_result | None:
    try:
        return os.stat(path)
    except (OSError, ValueError):  # not there; or no name, such as one with a NUL
        return None


def _is_pipe_or_device(mode: int) -> bool:
    return stat.S_ISFIFO(mode) or stat.S_ISCHR(mode) or stat.S_ISBLK(mode)
