"""A file in an object store that fsspec supports: ``s3://``, ``gs://``, ``az://``, ..."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from ...errors import FlacRasterError, InputError, MissingDependency, RemoteError
from ...job import NO_JOB, Job
from ..byte_source import FIRST_READ, ByteRange
from ..name_parts import scheme_of
from ..urls import check_store, redact
from .fetch_pool import FetchPool, FetchTask
from .range_source import PARALLEL, RangeSource
from .retry import RetryPolicy

#: Keys by which stores identify the version of a file.
_VALIDATORS = ("ETag", "etag", "generation", "md5Hash", "content_md5", "LastModified", "mtime")


class FsspecSource(RangeSource):
    """A file that fsspec opens; see `flac_raster_qgis.engine.storage.byte_source.ByteSource`.

    The package for the scheme retries requests and finds credentials in its own way; only the
    timeouts of ``retry`` apply.
    """

    def __init__(
        self,
        url: str,
        *,
        retry: RetryPolicy = RetryPolicy(),  # noqa: B008 (frozen)
        first_read: int = FIRST_READ,
        job: Job = NO_JOB,
    ):
        check_store(url)
        name = redact(url)
        self._files, self._path = _open_store(url, name)
        # other stores do not allow calls from several threads
        pool = FetchPool(PARALLEL if getattr(self._files, "async_impl", False) else 1)
        super().__init__(name, pool, retry, job, first_read)
        try:
            info = self._run((0, first_read), lambda task: self._info())
            if info.get("type") == "directory" or info.get("size") is None:
                raise InputError("input.folder", self.name)
            self.size = int(info["size"])
            first = (0, min(first_read, self.size))
            if first[1]:
                self._start = self._run(first, lambda task: self._fetch(first, task))
        except BaseException:
            self.close()
            raise
        validators = [str(info[key]) for key in _VALIDATORS if info.get(key)]
        self.version = " ".join(validators) or None
        self._identify(url, validators or [uuid.uuid4().hex])

    def _info(self) -> dict[str, Any]:
        with _store_errors(self.name):
            info: dict[str, Any] = self._files.info(self._path)
            return info

    def _fetch(
        self, byte_range: ByteRange, task: FetchTask, *, bypass_cache: bool = False
    ) -> bytes:
        """Fetch a range; stores have no caches on the way."""
        offset, size = byte_range
        with _store_errors(self.name):
            data: bytes = self._files.cat_file(self._path, start=offset, end=offset + size)
        if len(data) != size:
            raise RemoteError(
                "remote.short_range", self.name, offset=offset, size=size, found=len(data)
            )
        task.received += size
        return data


def _open_store(url: str, name: str) -> tuple[Any, str]:
    try:
        import fsspec
    except ImportError as error:
        raise MissingDependency(
            "remote.no_fsspec", name, scheme=scheme_of(url), package="fsspec"
        ) from error
    with _store_errors(name):
        try:
            files, path = fsspec.core.url_to_fs(url)
        except ValueError:
            raise InputError("remote.unknown_scheme", name, scheme=scheme_of(url)) from None
        return files, path


@contextmanager
def _store_errors(name: str) -> Iterator[None]:
    """Raise the project's errors for those of a store, whose texts may quote signed URLs."""
    try:
        yield
    except FlacRasterError:
        raise
    except FileNotFoundError:
        raise RemoteError("remote.missing", name) from None
    except PermissionError:
        raise RemoteError("remote.no_access", name, scheme=scheme_of(name)) from None
    except ImportError as error:
        raise MissingDependency(
            "remote.no_store_package", name, scheme=scheme_of(name), reason=error
        ) from error
    except Exception as error:  # each store raises its own
        raise RemoteError("remote.cannot_read", name, reason=type(error).__name__) from None
