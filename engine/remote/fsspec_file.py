"""A file in cloud storage or wherever else fsspec reaches: ``s3://``, ``gs://``, ``az://``, ..."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Generator, Sequence
from typing import Any

from ..errors import InputError, MissingDependency, RemoteError
from ..parallel import IsCancelled, Progress, never_cancelled, no_progress
from ..source import FIRST_READ, ByteRange
from .crew import Crew, Task
from .patience import Patience
from .ranges import beyond, coalesce
from .urls import scheme_of, shown
from .wave import PARALLEL, check_inside, read_in_wave

#: What stores name the version of a file by.
_VALIDATORS = ("ETag", "etag", "generation", "md5Hash", "content_md5", "LastModified", "mtime")


class FsspecFile:
    """A file that fsspec opens; see `flac_raster_qgis.engine.source.ByteSource`.

    Retries are those of the package for the scheme, which also finds credentials its usual way.

    Parameters
    ----------
    url : str
    patience : Patience
        Of which only the time for each request counts.
    is_cancelled : callable

    Raises
    ------
    MissingDependency
        If fsspec, or its package for the scheme, is not installed.
    InputError
        If fsspec knows no such scheme.
    RemoteError
    """

    def __init__(
        self,
        url: str,
        *,
        patience: Patience = Patience(),  # noqa: B008 (frozen)
        is_cancelled: IsCancelled = never_cancelled,
    ):
        self.name = shown(url)
        self._patience, self._is_cancelled = patience, is_cancelled
        self._files, self._path = _open_store(url, self.name)
        # stores that are not made for it must not be asked from several threads
        self._crew = Crew(PARALLEL if getattr(self._files, "async_impl", False) else 1)
        self._start = b""
        try:
            info = self._run((0, FIRST_READ), lambda task: self._files.info(self._path))
            if info.get("type") == "directory" or info.get("size") is None:
                raise InputError(f"{self.name} is a folder; a file was expected.")
            self.size = int(info["size"])
            first = (0, min(FIRST_READ, self.size))
            if first[1]:
                self._start = self._run(first, lambda task: self._fetch(first, task))
        except BaseException:
            self.close()
            raise
        validators = [str(info[key]) for key in _VALIDATORS if info.get(key)]
        #: Whether the same identity means the same bytes in another session, too.
        self.is_lasting = bool(validators)
        text = "\n".join((url, str(self.size), *(validators or [uuid.uuid4().hex])))
        self.identity = hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()

    def fetches(self, ranges: Sequence[ByteRange]) -> list[ByteRange]:
        """See `ByteSource`."""
        return coalesce(beyond(ranges, len(self._start)))

    def read(
        self,
        ranges: Sequence[ByteRange],
        *,
        fresh: bool = False,
        progress: Progress = no_progress,
        is_cancelled: IsCancelled = never_cancelled,
    ) -> Generator[bytes, None, None]:
        """See `ByteSource`."""
        check_inside(ranges, self)
        return read_in_wave(
            ranges,
            start=b"" if fresh else self._start,
            crew=self._crew,
            task_for=self._task,
            fetch=self._fetch,
            progress=progress,
            is_cancelled=lambda: is_cancelled() or self._is_cancelled(),
        )

    def close(self) -> None:
        """End whatever is being fetched."""
        self._crew.close()

    def _task(self, byte_range: ByteRange) -> Task:
        offset, size = byte_range
        what = f"{self.name}, bytes {offset} to {offset + size - 1},"
        return Task(what, self._patience.seconds_for(size))

    def _run(self, byte_range: ByteRange, call: Any) -> Any:
        task = self._crew.start(self._task(byte_range), lambda task: self._say(call, task))
        return self._crew.result(task, self._is_cancelled)

    def _say(self, call: Any, task: Task) -> Any:
        """Call something of the store, and say what it raises in our words."""
        try:
            return call(task)
        except (InputError, MissingDependency):
            raise
        except FileNotFoundError as error:
            raise RemoteError(f"{self.name} does not exist; check the address.") from error
        except PermissionError as error:
            raise RemoteError(
                f"{self.name}: access is not allowed; check the credentials of this computer for "
                f"{scheme_of(self.name)}."
            ) from error
        except ImportError as error:
            raise _missing(self.name, error) from error
        except Exception as error:  # each store raises its own; texts may quote signed addresses
            raise RemoteError(
                f"{self.name} cannot be read ({type(error).__name__}); check the address, the "
                "network, and the credentials."
            ) from error

    def _fetch(self, byte_range: ByteRange, task: Task) -> bytes:
        offset, size = byte_range
        data = self._say(
            lambda task: self._files.cat_file(self._path, start=offset, end=offset + size), task
        )
        if len(data) != size:
            raise RemoteError(
                f"{self.name}: bytes {offset} to {offset + size - 1} were asked for, {len(data)} "
                "bytes came; the file may have changed, so open it again."
            )
        task.received += size
        return data


def _open_store(url: str, name: str) -> tuple[Any, str]:
    try:
        import fsspec
    except ImportError as error:
        raise MissingDependency(
            f"{name}: reading from {scheme_of(url)} needs the Python package fsspec; install it "
            "with: python -m pip install fsspec"
        ) from error
    try:
        return fsspec.core.url_to_fs(url)
    except ImportError as error:
        raise _missing(name, error) from error
    except ValueError as error:
        raise InputError(
            f"{name}: the scheme {scheme_of(url)} is not known; use http, https, s3, gs, az or "
            "another one that the Python package fsspec knows."
        ) from error
    except Exception as error:  # each store raises its own
        raise RemoteError(
            f"{name} cannot be opened ({type(error).__name__}); check the address and credentials."
        ) from error


def _missing(name: str, error: ImportError) -> MissingDependency:
    return MissingDependency(
        f"{name}: the Python package for {scheme_of(name)} is not installed ({error}); install it "
        "beside fsspec."
    )
