"""A local file as a source of bytes."""

from __future__ import annotations

import os
import re
import stat
import threading
from collections.abc import Generator, Sequence
from pathlib import Path

from ..errors import CorruptFile, InputError
from ..job import NO_JOB, Job
from .byte_source import FIRST_READ, ByteRange

#: Start of a URL without its scheme: a domain or an address.
_SERVER = re.compile(r"(?:www\.[\w.-]+|[\w-]+(?:\.[\w-]+)+(?::\d+)?|localhost(?::\d+)?)/", re.ASCII)


def file_identity(status: os.stat_result) -> str:
    """Return a text that changes with the content of a file."""
    return f"{status.st_size}-{status.st_mtime_ns}"


class LocalFile:
    """A file on disk; raises `InputError` if it does not exist or cannot be read."""

    #: See `ByteSource`.
    downloaded = 0
    first_read = FIRST_READ

    def __init__(self, path: str | os.PathLike[str]):
        self.path = Path(path)
        self.name = str(path)
        try:
            mode = self.path.stat().st_mode
            if not stat.S_ISREG(mode):
                code = "input.folder" if stat.S_ISDIR(mode) else "input.not_regular"
                raise InputError(code, self.name)
            self._file = open(self.path, "rb", buffering=0)
        except FileNotFoundError as error:
            remedy = "url_begins" if _SERVER.match(self.name) else "check_path"
            raise InputError("input.missing", self.name, remedy=remedy) from error
        except (OSError, ValueError) as error:  # ValueError: a NUL in the name
            reason = getattr(error, "strerror", None) or error
            raise InputError("input.cannot_open", self.name, reason=reason) from error
        status = os.fstat(self._file.fileno())
        self.size = status.st_size
        self.identity, self.version = file_identity(status), str(status.st_mtime_ns)
        self._lock = threading.Lock()

    def planned_requests(self, ranges: Sequence[ByteRange]) -> list[ByteRange]:
        """See `ByteSource`."""
        return [(offset, size) for offset, size in ranges if size]

    def read(
        self, ranges: Sequence[ByteRange], *, bypass_cache: bool = False, job: Job = NO_JOB
    ) -> Generator[bytes, None, None]:
        """See `ByteSource`."""
        done, total = 0, sum(size for _, size in ranges)
        for offset, size in ranges:
            job.check("operation.reading")
            found = self._read(offset, size)
            done += size
            # report before yielding; the consumer may stop after the last range
            job.progress(done, total)
            yield found

    def _read(self, offset: int, size: int) -> bytes:
        parts = []
        while size:
            try:
                part = self._read_at(offset, size)
            except ValueError as error:
                raise InputError("input.closed", self.name) from error
            except OSError as error:
                raise InputError(
                    "input.cannot_read_bytes",
                    self.name,
                    offset=offset,
                    size=size,
                    reason=error.strerror,
                ) from error
            if not part:
                raise CorruptFile("file.cut_off", self.name, offset=offset, size=size)
            parts.append(part)
            offset += len(part)
            size -= len(part)
        return b"".join(parts)

    def _read_at(self, offset: int, size: int) -> bytes:
        if hasattr(os, "pread"):
            return os.pread(self._file.fileno(), size, offset)
        with self._lock:  # Windows: one file position for all threads
            self._file.seek(offset)
            return self._file.read(size)

    def close(self) -> None:
        """Close the file."""
        self._file.close()
