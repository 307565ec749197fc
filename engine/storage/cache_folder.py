"""The folder of a disk cache: private, and with a database that diskcache itself has written.

diskcache trusts views, triggers and settings of its database, and the file names in its rows. So
the database is validated before diskcache opens it, and each file name when it is used.
"""

from __future__ import annotations

import os
import re
import sqlite3
import stat
import tempfile
from contextlib import closing, suppress
from functools import lru_cache
from pathlib import Path
from typing import Any

import diskcache
from diskcache.core import DBNAME, METADATA, MODE_BINARY, MODE_RAW

from ..errors import InputError, Message
from .urls import is_not_local, redact

_FOLDER = "flac-raster-tiles"
#: Expected settings in the database, apart from counters and the size limit.
SETTINGS = {**diskcache.DEFAULT_SETTINGS, "eviction_policy": "least-recently-used"}
#: Names that diskcache gives to the files of entries: random digits.
_NAME = re.compile(r"[0-9a-f]{2}[/\\][0-9a-f]{2}[/\\][0-9a-f]{28}\.val")
_DATABASE = [DBNAME + suffix for suffix in ("", "-wal", "-shm", "-journal")]
_LARGEST = 1 << 50
_BUSY = 20.0  # seconds


def private_folder(folder: str | Path) -> Path:
    """Return the cache folder inside a folder; both are created if missing.

    Raises `InputError` if other users can write to it or replace it, or the system refuses access.
    """
    if is_not_local(os.fspath(folder)):
        raise unusable_folder(redact(os.fspath(folder)), Message("cache.elsewhere"))
    parent = Path(folder).expanduser().absolute()
    cache = parent / _FOLDER
    try:
        parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with suppress(FileExistsError):
            cache.mkdir(mode=0o700)
        fault = _fault_of(parent, cache)
    except OSError as error:
        raise unusable_folder(folder, error.strerror or str(error)) from error
    if fault:
        raise unusable_folder(folder, fault)
    return cache


def unusable_folder(folder: str | Path, reason: str) -> InputError:
    """Return the error for a folder that cannot be used."""
    return InputError("cache.unusable", folder, reason=reason)


def _fault_of(parent: Path, cache: Path) -> str:
    """Return why other users could write to a cache; empty if they cannot."""
    if os.path.expandvars(cache) != str(cache):
        return Message("cache.variable")
    if not stat.S_ISDIR(cache.lstat().st_mode):
        return Message("cache.not_folder", folder=cache)
    if not hasattr(os, "geteuid"):  # Windows: folders of users are private
        return ""
    outer, status = parent.stat(), cache.lstat()
    if outer.st_uid not in (0, os.geteuid()) or status.st_uid != os.geteuid():
        return Message("cache.other_owner")
    if outer.st_mode & stat.S_IWOTH and not outer.st_mode & stat.S_ISVTX:
        return Message("cache.world_writable")
    if status.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        return Message("cache.others_write", folder=cache)
    if stat.S_IMODE(status.st_mode) != 0o700:  # of earlier releases
        cache.chmod(0o700)
    return ""


def is_valid(folder: Path) -> bool:
    """Return whether a folder is new, or has a database as diskcache writes it.

    Raises `sqlite3.OperationalError` if the database is in use and cannot be read.
    """
    for name in _DATABASE:
        with suppress(FileNotFoundError):
            if not stat.S_ISREG((folder / name).lstat().st_mode):
                return False
    path = folder / DBNAME
    if not path.exists():
        return True
    if path.stat().st_size > _LARGEST:
        return False
    try:
        with closing(sqlite3.connect(path, timeout=_BUSY, isolation_level=None)) as database:
            # another process may be creating them: some may be missing, none may be different
            if not _schema(database) <= _own_schema():
                return False
            database.execute("BEGIN IMMEDIATE")  # diskcache would wait for minutes
            database.execute("ROLLBACK")
            return _are_settings_sound(database)
    except sqlite3.OperationalError as error:
        if is_busy(error):
            raise
        return False
    except (sqlite3.Error, ValueError, TypeError, MemoryError):  # the last for absurd lengths
        return False


def is_busy(error: Exception) -> bool:
    """Return whether an error of SQLite is temporary: a lock of another program, or a full disk."""
    return isinstance(error, sqlite3.OperationalError) and any(
        text in str(error) for text in ("locked", "full", "I/O", "unable to open")
    )


def _schema(database: sqlite3.Connection) -> set[tuple[str, ...]]:
    return set(database.execute("SELECT type, name, tbl_name, sql FROM sqlite_master LIMIT 100"))


@lru_cache(maxsize=1)
def _own_schema() -> set[tuple[str, ...]]:
    """Return the schema of the installed diskcache."""
    with tempfile.TemporaryDirectory() as folder:
        quick = {"sqlite_synchronous": 0, "sqlite_journal_mode": "memory"}
        with closing(diskcache.Cache(folder, **{**SETTINGS, **quick})):
            with closing(sqlite3.connect(Path(folder, DBNAME))) as database:
                return _schema(database)


def _are_settings_sound(database: sqlite3.Connection) -> bool:
    """Return whether settings and counters, if there are any yet, are valid."""
    if not database.execute("SELECT 1 FROM sqlite_master WHERE name = 'Settings'").fetchall():
        return True
    found = dict(database.execute("SELECT key, value FROM Settings LIMIT 100"))
    limit = found.pop("size_limit", 0)
    counters = [found.pop(key, 0) for key in METADATA if key != "size"]
    size = found.pop("size", 0)
    if any(type(n) is not int or not 0 <= n <= _LARGEST for n in (limit, size, *counters)):
        return False
    # entries are evicted as soon as they exceed the limit
    return size <= 2 * (limit or _LARGEST) and found.items() <= SETTINGS.items()


class PlainFiles(diskcache.Disk):
    """Values of a cache: bytes, in the database or in plain files inside the folder.

    Nothing is unpickled; any other row counts as damaged.
    """

    #: Limit of a value in bytes.
    longest = _LARGEST

    def get(self, key: Any, raw: bool) -> Any:
        """Return the key of a row."""
        if not raw:
            raise ValueError("a pickled key")
        return super().get(key, raw)

    def fetch(self, mode: int, filename: str | None, value: Any, read: bool) -> bytes:
        """Return the value of a row; `ValueError` for anything but bytes or a file of the cache."""
        if mode == MODE_RAW and isinstance(value, bytes):
            return value
        if mode != MODE_BINARY:
            raise ValueError(f"mode {mode!r}")
        flags = os.O_RDONLY | getattr(os, "O_BINARY", 0)
        flags |= getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
        with open(os.open(self._inside(filename), flags), "rb") as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode) or status.st_size > self.longest:
                raise ValueError("no plain file of this cache")
            return file.read(status.st_size)

    def filename(self, key: Any = None, value: Any = None) -> tuple[str, str]:
        """Return the relative and the absolute name of a new file."""
        name, path = super().filename()
        self._inside(name)
        return name, path

    def remove(self, file_path: str) -> None:
        """Remove the file of a row, if it is a plain file, and its empty folders."""
        with suppress(OSError, ValueError):
            path = self._inside(file_path)
            if stat.S_ISREG(path.lstat().st_mode):
                path.unlink()
            path.parent.rmdir()
            path.parents[1].rmdir()

    def _inside(self, name: Any) -> Path:
        """Return the path of an entry; raise `ValueError` if it leads out of the folder."""
        if not (isinstance(name, str) and _NAME.fullmatch(name)):
            raise ValueError("no name of this cache's")
        path = Path(self._directory, *re.split(r"[/\\]", name))
        for parent in (path.parents[1], path.parent):
            with suppress(FileNotFoundError):
                if not stat.S_ISDIR(parent.lstat().st_mode):
                    raise ValueError("a link in the place of a folder")
        return path
