"""Temporary folders of outputs, and those that killed processes left behind.

A process locks its temporary folder while it runs. So the next process that writes the same output
recognizes leftovers, and removes them.
"""

from __future__ import annotations

import os
import re
import shutil
import stat
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from .file_names import cut, longest_name, short_suffix

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]  # a module elsewhere

#: Age in seconds from which something may be a leftover; a day on systems without locks.
_UNTOUCHED = 60 if fcntl else 86400
#: Characters of a temporary name beside stem and suffix.
_OTHERS = len("..12345678.part")


def make_folder(path: Path) -> Path:
    """Create the temporary folder of an output beside it, which only this user can enter."""
    prefix, suffix = f".{_stem(path)}.", f".part{short_suffix(path)}"
    if os.name != "nt":
        return Path(tempfile.mkdtemp(suffix, prefix, path.parent))
    # mkdtemp would set permissions there that the file inherits
    while True:
        folder = path.parent / f"{prefix}{os.urandom(4).hex()}{suffix}"
        with suppress(FileExistsError):
            folder.mkdir()
            return folder


def lock(folder: Path) -> int | None:
    """Lock a temporary folder until the handle is closed; None on systems without locks."""
    if fcntl is None:
        return None
    handle = os.open(folder, os.O_RDONLY)
    _is_free(handle)
    return handle


def remove(path: Path) -> None:
    """Remove temporary folders and files of an output that no running process uses."""
    stem, suffix = re.escape(_stem(path)), re.escape(short_suffix(path))
    pattern = re.compile(rf"(\.{stem}\.\w{{8}}\.part){suffix}")
    with suppress(OSError):
        names = [name for name in os.listdir(path.parent) if name.startswith(f".{_stem(path)}.")]
        for name in names:
            found = pattern.fullmatch(name)
            if found and _is_leftover(path.parent / name):
                for other in names:  # earlier releases wrote files, and GDAL sidecars
                    if other.startswith(found[1]):
                        _delete(path.parent / other)


def _stem(path: Path) -> str:
    room = longest_name(path.parent) - _OTHERS - len(os.fsencode(short_suffix(path)))
    return cut(path.stem, room)


def _is_leftover(path: Path) -> bool:
    try:
        mode = path.lstat().st_mode
        if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
            return False
        if time.time() - _last_change(path) < _UNTOUCHED:
            return False
        if fcntl is None:
            return True
        # it may have been replaced: follow no link, and do not wait for a pipe
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        return False
    try:
        return _is_free(handle)
    finally:
        os.close(handle)


def _last_change(path: Path) -> float:
    """Return the time of the last change of a file, or of the files in a folder."""
    inside = list(path.iterdir()) if path.is_dir() else []
    return max(file.lstat().st_mtime for file in inside or [path])


def _is_free(handle: int) -> bool:
    """Take a lock; return whether it was free."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:  # also on file systems without locks, where nothing is ever a leftover
        return False
    return True


def _delete(path: Path) -> None:
    with suppress(OSError):
        mode = path.lstat().st_mode
        if stat.S_ISDIR(mode):
            shutil.rmtree(path, ignore_errors=True)  # follows no links
        elif stat.S_ISREG(mode):
            path.unlink()
