"""Write a file beside its place and move it there whole, so that nobody ever sees half a file."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Union

from .errors import InputError, OutputError, OutputExists

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
    try:
        handle, name = tempfile.mkstemp(
            prefix=f".{path.stem}.", suffix=f".part{path.suffix}", dir=path.parent
        )
        os.close(handle)
    except OSError as error:
        raise write_error(path, error) from error
    part = Path(name)
    try:
        yield part
        _take_default_mode(part)
        _sync(part)
        os.replace(part, path)
    except OSError as error:
        raise write_error(path, error) from error
    finally:
        with suppress(OSError):  # the folder itself may be gone or locked by now
            part.unlink()


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


def _take_default_mode(path: Path) -> None:
    """Give the permissions that a newly created file has; temporary ones are private."""
    umask = os.umask(0)
    os.umask(umask)
    os.chmod(path, 0o666 & ~umask)
