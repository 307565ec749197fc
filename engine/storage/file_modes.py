"""Permissions of outputs: those of the replaced file, or of any new file."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path

_ACL = "system.posix_acl_access"


def copy_mode(part: Path, path: Path) -> None:
    """Give a temporary file the permissions of the file that it replaces.

    These are mode, access control list and, if the system allows it, owner and group. If nothing is
    replaced, the mode is that of a new file. No other user may be able to enter the folder of
    ``part``.
    """
    try:
        former = path.stat()
    except FileNotFoundError:
        os.chmod(part, _mode_of_new_files(part.parent))
        return
    mode = stat.S_IMODE(former.st_mode) & 0o777
    if hasattr(os, "chown"):
        _take_owner(part, former)
        if part.stat().st_gid != former.st_gid:  # another group gets no more rights than everybody
            mode = mode & ~0o070 | (mode & 0o007) << 3 & mode
        _take_acl(part, path)
    os.chmod(part, mode)


def _mode_of_new_files(folder: Path) -> int:
    """Return the mode of a new file; reading the umask would change it for all threads."""
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
    except OSError:  # the file has none
        acl = b""
    with suppress(OSError):  # file systems without access control lists
        if acl:
            os.setxattr(part, _ACL, acl)
        else:
            os.removexattr(part, _ACL)
