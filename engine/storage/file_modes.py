"""Permissions of outputs: those of the file that is replaced, or what any new file gets."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path

_ACL = "system.posix_acl_access"


def copy_mode(part: Path, path: Path) -> None:
    """Give a temporary file the permissions that it needs to replace a file.

    Mode, access control list and, as far as the system lets this user, owner and group are those
    of the file that is replaced. Without one, the mode is that of any new file.

    Parameters
    ----------
    part : Path
        The temporary file, in a folder that nobody else can enter.
    path : Path
        What it will replace, if that exists.

    Raises
    ------
    OSError
    """
    try:
        former = path.stat()
    except FileNotFoundError:
        os.chmod(part, _mode_of_new_files(part.parent))
        return
    mode = stat.S_IMODE(former.st_mode) & 0o777
    if hasattr(os, "chown"):
        _take_owner(part, former)
        if part.stat().st_gid != former.st_gid:  # another group gets no more than everybody
            mode = mode & ~0o070 | (mode & 0o007) << 3 & mode
        _take_acl(part, path)
    os.chmod(part, mode)


def _mode_of_new_files(folder: Path) -> int:
    """Return the mode that the system gives new files.

    Asked of the system by making one, because the umask can only be read by changing it, for all
    threads of the process.
    """
    path = folder / "mode"
    handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666)
    try:
        return stat.S_IMODE(os.fstat(handle).st_mode)
    finally:
        os.close(handle)
        path.unlink()


def _take_owner(part: Path, former: os.stat_result) -> None:
    now = part.stat()
    if (now.st_uid, now.st_gid) == (former.st_uid, former.st_gid):
        return
    for owner in (former.st_uid, -1):  # only root can change the owner
        with suppress(OSError):
            os.chown(part, owner, former.st_gid)
            return


def _take_acl(part: Path, path: Path) -> None:
    if not hasattr(os, "getxattr"):  # not Linux
        return
    try:
        acl = os.getxattr(path, _ACL)
    except OSError:  # it has none
        acl = b""
    with suppress(OSError):  # file systems without them
        if acl:
            os.setxattr(part, _ACL, acl)
        else:
            os.removexattr(part, _ACL)
