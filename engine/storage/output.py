"""Write to a temporary file and rename it into place, so that no reader sees a partial file."""

from __future__ import annotations

import errno
import os
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Union

from ..errors import InputError, OutputError, OutputExists
from . import leftovers
from .file_modes import copy_mode
from .file_names import is_reserved, short_suffix
from .file_urls import path_text
from .urls import is_not_local, redact

PathLike = Union[str, "os.PathLike[str]"]


def check_output(path: PathLike, *, overwrite: bool, inputs: tuple[str, ...] = ()) -> Path:
    """Check, before any work, that an output can be written.

    Raises `OutputExists` if it exists and must not be overwritten, `OutputError` if its folder does
    not exist or it is not a regular file, or a URL, and `InputError` if it is one of the inputs.
    """
    path = local_output(path)
    try:
        _check(path, overwrite, inputs)
    except OSError as error:
        raise write_error(path, error) from error
    return path


def local_output(path: PathLike) -> Path:
    """Return the path of an output, which may be a ``file:`` URL, without accessing the disk.

    Raises `OutputError` if it is another URL, or a path object made from one.
    """
    text = path_text(path)
    if is_not_local(text):
        raise OutputError("output.elsewhere", redact(text))
    return Path(text)


def _check(path: Path, overwrite: bool, inputs: tuple[str, ...]) -> None:
    for name in inputs:
        if path.exists() and os.path.exists(name) and os.path.samefile(path, name):
            raise InputError("output.is_input", path)
    if os.name == "nt" and is_reserved(path.name):
        raise OutputError("output.device_name", path)
    check_replaceable(path)
    if path.exists() and not overwrite:
        raise OutputExists("output.exists", path)
    if not path.parent.is_dir():
        raise OutputError("output.no_folder", path.parent)


def check_replaceable(path: Path) -> Path:
    """Check that only a regular file would be replaced, without opening it.

    Returns the target if ``path`` is a link: links stay, and their target is replaced. Raises
    `OutputError` for a folder, a device, a named pipe, a socket, or a link to a missing file.
    """
    try:
        mode = path.lstat().st_mode
        if stat.S_ISLNK(mode):
            _check_owner_of_link(path)
            link, path = path, Path(os.path.realpath(path))
            if not path.exists():
                raise OutputError("output.dead_link", link, found=path)
            mode = path.lstat().st_mode
    except FileNotFoundError:
        return path
    except OSError as error:
        raise write_error(path, error) from error
    except ValueError as error:  # a NUL
        raise OutputError("output.invalid_name", path, reason=error) from error
    if stat.S_ISDIR(mode):
        raise OutputError("output.folder", path)
    if not stat.S_ISREG(mode):
        code = _KINDS.get(stat.S_IFMT(mode), "output.not_regular")
        raise OutputError(code, path)
    return path


def _check_owner_of_link(link: Path) -> None:
    """Refuse links of other users in a folder that everybody can write to.

    Linux does so when a file is opened, but not when it is renamed.
    """
    folder = link.parent.stat()
    if not hasattr(os, "geteuid") or not folder.st_mode & stat.S_IWOTH:
        return
    if link.lstat().st_uid not in (0, os.geteuid(), folder.st_uid):
        raise OutputError("output.foreign_link", link)


_KINDS = {
    stat.S_IFIFO: "output.pipe",
    stat.S_IFSOCK: "output.socket",
    stat.S_IFCHR: "output.device",
    stat.S_IFBLK: "output.device",
}


@contextmanager
def atomic_write(path: Path, sidecar: str | None = None) -> Iterator[Path]:
    """Yield a temporary path, and rename the file to ``path`` when the block succeeds.

    The temporary path is in a folder beside ``path`` that only this user can enter, so nobody else
    can open the file, or a sidecar of GDAL, before it has its final mode. A sidecar with the suffix
    ``sidecar`` is renamed right after the file if it exists.

    Raises `OutputError` if ``path`` must not be replaced, see `check_replaceable`, or cannot be
    written: disk full, read-only folder, no permission. An existing file is then left unchanged.
    """
    target = check_replaceable(path)
    leftovers.remove(target)
    try:
        folder = leftovers.make_folder(target)
        lock = leftovers.lock(folder)
    except OSError as error:
        raise write_error(path, error) from error
    try:
        part = folder / f"new{short_suffix(target)}"
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        yield part
        moves = [(part, target)]
        if sidecar is not None:
            beside = part.with_name(part.name + sidecar)
            if beside.exists():
                moves.append((beside, target.with_name(target.name + sidecar)))
        for new, old in moves:
            copy_mode(new, check_replaceable(old))
            _sync(new)
        for new, old in moves:
            os.replace(new, old)
        _sync_folder(target.parent)
    except OSError as error:
        raise write_error(path, error) from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)  # its parent may be deleted or locked by now
        if lock is not None:
            os.close(lock)


def remove_stale(path: Path) -> None:
    """Remove a sidecar of a replaced file, if it exists and is a regular file or a link."""
    if not os.path.lexists(path):
        return
    if not path.is_symlink():  # of a link, only the link is removed
        check_replaceable(path)
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise write_error(path, error) from error


def file_size(path: Path) -> int:
    """Return the size in bytes of a file that was just written.

    Raises `OutputError` if it was moved or deleted since.
    """
    try:
        return path.stat().st_size
    except OSError as error:
        raise OutputError("output.vanished", path, reason=error.strerror or error) from error


def write_error(path: PathLike, error: OSError) -> OutputError:
    """Return the error for a failed system call, with advice."""
    remedy = {
        errno.ENOSPC: "free_space",
        errno.EDQUOT: "free_space",
        errno.EROFS: "writable_folder",
        errno.EACCES: "permitted_folder",
        errno.EPERM: "permitted_folder",
    }.get(error.errno or 0, "check_folder")
    return OutputError("output.cannot_write", path, reason=error.strerror or error, remedy=remedy)


def _sync(path: Path) -> None:
    """Write the bytes to disk before the name refers to them."""
    with open(path, "rb+") as file:
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    """Write the new name to disk before anybody deletes the source of the file."""
    with suppress(OSError):  # not possible on Windows and some file systems
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
