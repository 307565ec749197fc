"""Write a file beside its place and move it there whole, so that nobody ever sees half a file.

A process that is killed leaves its unfinished file. The next one that writes to the same place
takes it away: whoever is still at work on such a file holds a lock on it.
"""

from __future__ import annotations

import errno
import os
import re
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Union

from .errors import InputError, OutputError, OutputExists

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

#: Seconds that an unfinished file must have been left alone before it can be a leftover; a day
#: where there are no locks to tell by.
_UNTOUCHED = 60 if fcntl else 86400

PathLike = Union[str, "os.PathLike[str]"]


def check_output(path: PathLike, *, overwrite: bool, inputs: tuple[str, ...] = ()) -> Path:
    """Check, before any work, that an output may be written.

    Raises
    ------
    OutputExists
        If it exists and may not be overwritten.
    OutputError
        If its folder does not exist or it is a folder.
    InputError
        If it is one of the inputs.
    """
    path = Path(path)
    try:
        _check(path, overwrite, inputs)
    except OSError as error:
        raise write_error(path, error) from error
    return path


def _check(path: Path, overwrite: bool, inputs: tuple[str, ...]) -> None:
    for name in inputs:
        if path.exists() and os.path.exists(name) and os.path.samefile(path, name):
            raise InputError(f"{path} is both input and output; choose another output.")
    if path.is_dir():
        raise OutputError(f"{path} is a folder; give the name of a file.")
    if path.exists() and not overwrite:
        raise OutputExists(f"{path} exists already; choose another name or ask for overwriting.")
    if not path.parent.is_dir():
        raise OutputError(f"The folder {path.parent} does not exist; make it first.")


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Yield a temporary path beside ``path``; move it there when the block ends well.

    Raises
    ------
    OutputError
        If the system refuses: disk full, read-only folder, no permission. ``path`` is then as it
        was before.
    """
    _remove_leftovers(path)
    try:
        handle, name = tempfile.mkstemp(
            prefix=f".{path.stem}.", suffix=f".part{path.suffix}", dir=path.parent
        )
    except OSError as error:
        raise write_error(path, error) from error
    part = Path(name)
    try:
        if fcntl is None:
            os.close(handle)  # Windows would not let the file be moved
        else:
            _is_left(handle)
        yield part
        _take_default_mode(part)
        _sync(part)
        os.replace(part, path)
        _sync_folder(path.parent)
    except OSError as error:
        raise write_error(path, error) from error
    finally:
        with suppress(OSError):  # the folder itself may be gone or locked by now
            part.unlink()
        if fcntl is not None:
            os.close(handle)


def written_bytes(path: Path) -> int:
    """Return the size of a file that was just written, in bytes.

    Raises
    ------
    OutputError
        If something has taken it away since.
    """
    try:
        return path.stat().st_size
    except OSError as error:
        raise OutputError(
            f"{path} was written whole and cannot be found now: {error.strerror or error}; see "
            "whether something moved or deleted it or its folder, and run this again if so."
        ) from error


def _remove_leftovers(path: Path) -> None:
    """Take away unfinished files of the same name that nobody is at work on any more."""
    pattern = re.compile(rf"(\.{re.escape(path.stem)}\.\w{{8}}\.part){re.escape(path.suffix)}")
    with suppress(OSError):
        names = [name for name in os.listdir(path.parent) if name.startswith(f".{path.stem}.")]
        for name in names:
            found = pattern.fullmatch(name)
            if found and _is_leftover(path.parent / name):
                for other in names:  # and what GDAL made beside it
                    if other.startswith(found[1]):
                        (path.parent / other).unlink(missing_ok=True)


def _is_leftover(part: Path) -> bool:
    try:
        if time.time() - part.stat().st_mtime < _UNTOUCHED:
            return False
        if fcntl is None:
            return True
        handle = os.open(part, os.O_RDONLY)
    except OSError:
        return False
    try:
        return _is_left(handle)
    finally:
        os.close(handle)


def _is_left(handle: int) -> bool:
    """Take the lock of an unfinished file; return whether nobody had it."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:  # also where the file system has no locks: then nothing is ever left
        return False
    return True


def write_error(path: PathLike, error: OSError) -> OutputError:
    """Say what the system refused, and what to do."""
    advice = {
        errno.ENOSPC: "free some space or choose another folder",
        errno.EDQUOT: "free some space or choose another folder",
        errno.EROFS: "choose a folder that can be written to",
        errno.EACCES: "choose a folder that you may write to",
        errno.EPERM: "choose a folder that you may write to",
    }.get(error.errno or 0, "check the folder and try again")
    return OutputError(f"{path} cannot be written: {error.strerror or error}; {advice}.")


def _sync(path: Path) -> None:
    """Have the bytes on disk before the name points to them."""
    with open(path, "rb+") as file:
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    """Have the new name on disk before anybody deletes what the file was made from."""
    with suppress(OSError):  # Windows opens no folders, and some file systems sync none
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _take_default_mode(path: Path) -> None:
    """Give the permissions that a newly created file has; temporary ones are private."""
    umask = os.umask(0)
    os.umask(umask)
    os.chmod(path, 0o666 & ~umask)
