"""Refuse named pipes and devices, beside an input or referenced in it, on which GDAL would block.

GDAL opens all files that a virtual raster, a header or auxiliary metadata references, and cannot be
interrupted while it waits for a pipe without a writer. Which texts are file names depends on the
format, so every text is checked. Names in binary files, such as databases of tiles, are not found.
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

#: Bytes searched in XML and JSON, which may have names anywhere, and in other texts, which have
#: them in a header, if at all.
_MOST_BYTES, _HEADER = 64 << 20, 256 << 10
#: Bytes that show whether a file is text.
_START = 512
#: Limit of files reached from one input.
_MOST_FILES = 10_000
_LONGEST_NAME = 4096
#: Characters that end a name; the second set also separates the parts of names of GDAL.
_ENDS = re.compile(r"[<>\"\r\n]")
_ENDS_OF_PARTS = re.compile(r"[\"',;:|=()\[\]{}<>]")
_INSIDE_GDAL = re.compile(r"(?:/vsi[a-z0-9_]+/)+")
_AUXILIARY = ".aux.xml"
#: Limit of the parents of a path, from the root, that may be an archive.
_MOST_FOLDERS = 40


def check_siblings(path: Path) -> None:
    """Raise `InputError` for a pipe or device named like a sidecar of an input.

    GDAL would open it to look for overviews, masks and metadata.
    """
    try:
        entries = list(os.scandir(path.parent))
    except OSError:  # a folder that can be entered but not listed
        return
    stem = path.stem.lower()
    for entry in entries:
        if not entry.name.lower().startswith(stem) or entry.is_file() or entry.is_dir():
            continue
        if _is_pipe_or_device(_status(Path(entry.path))):
            raise InputError("input.pipe_beside", path, found=entry.name)


def check_references(name: str, text: str | None = None) -> None:
    """Raise `InputError` for a pipe or device that an input references, directly or indirectly.

    ``name`` is the path of a file, or a name that only GDAL understands, such as the text of a
    virtual raster. If ``text`` is given, it is searched instead of the file.
    """
    if os.name == "nt":  # pipes are not files there, and words such as "con" are devices
        return
    if text is None and os.path.isfile(name):
        pending = [Path(name)]
    else:
        folder = Path() if text is None else Path(name).parent
        pending = list(_references_in(name if text is None else text, folder, name))
    seen: set[tuple[int, int]] = set()
    while pending and len(seen) < _MOST_FILES:
        path = pending.pop()
        for file in (path, path.with_name(path.name + _AUXILIARY), path.with_suffix(_AUXILIARY)):
            status = _status(file)
            if status is None or not stat.S_ISREG(status.st_mode):
                continue
            if (status.st_dev, status.st_ino) not in seen:
                seen.add((status.st_dev, status.st_ino))
                pending += _references_in(_text_of(file), file.parent, str(file))


def _text_of(path: Path) -> str:
    """Return the part of a file that may contain names; empty if it is not text."""
    try:
        with open(path, "rb") as file:
            start = file.read(_START)
            if b"\0" in start:
                return ""
            first = start.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
            more = file.read(_MOST_BYTES if first in (b"<", b"{", b"[") else _HEADER)
            return os.fsdecode(start + more)
    except OSError:  # GDAL reports it better
        return ""


def _references_in(text: str, folder: Path, where: str) -> Iterator[Path]:
    """Yield the files that a text references; raise `InputError` for a pipe or device."""
    for name in _names(text):
        for path in dict.fromkeys((folder / name, Path(name))):
            status = _status(path)
            if status is None or stat.S_ISDIR(status.st_mode):
                continue
            if _is_pipe_or_device(status):
                raise InputError("input.pipe_inside", where[:200], found=name)
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
            if inside:  # a file, or a file in an archive
                path = Path(name[inside.end() :])
                found.update(map(str, (path, *list(path.parents)[-_MOST_FOLDERS:])))
    return found - {"", ".", "..", os.devnull}  # reading that ends at once


def _status(path: Path) -> os.stat_result | None:
    try:
        return os.stat(path)
    except (OSError, ValueError):  # missing, or not a valid name
        return None


def _is_pipe_or_device(status: os.stat_result | None) -> bool:
    kinds = (stat.S_ISFIFO, stat.S_ISCHR, stat.S_ISBLK)
    return status is not None and any(is_kind(status.st_mode) for is_kind in kinds)
