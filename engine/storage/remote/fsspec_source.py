"""A file in cloud storage or wherever else fsspec reaches: ``s3://``, ``gs://``, ``az://``, ..."""

from __future__ import annotations

import uuid
from typing import Any

from ...errors import InputError, MissingDependency, RemoteError
from ...job import NO_JOB, Job
from ..byte_source import FIRST_READ, ByteRange
from ..name_parts import scheme_of
from ..urls import check_store, redact
from .concurrent_ranges import PARALLEL
from .fetch_pool import FetchPool, FetchTask
from .range_source import RangeSource
from .retry import RetryPolicy

#: What stores name the version of a file by.
_VALIDATORS = ("ETag", "etag", "generation", "md5Hash", "content_md5", "LastModified", "mtime")


class FsspecSource(RangeSource):
    """A file that fsspec opens; see `flac_raster_qgis.engine.storage.byte_source.ByteSource`.

    Retries are those of the package for the scheme, which also finds credentials its usual way.

    Parameters
    ----------
    url : str
    retry : RetryPolicy
        Of which only the time for each request counts.
    job : Job, optional

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
        retry: RetryPolicy = RetryPolicy(),  # noqa: B008 (frozen)
        job: Job = NO_JOB,
    ):
        check_store(url)
        name = redact(url)
        self._files, self._path = _open_store(url, name)
        # stores that are not made for it must not be asked from several threads
        pool = FetchPool(PARALLEL if getattr(self._files, "async_impl", False) else 1)
        super().__init__(name, pool, retry, job)
        try:
            info = self._run((0, FIRST_READ), lambda task: self._files.info(self._path))
            if info.get("type") == "directory" or info.get("size") is None:
                raise InputError("input.folder", name=self.name)
            self.size = int(info["size"])
            first = (0, min(FIRST_READ, self.size))
            if first[1]:
                self._start = self._run(first, lambda task: self._fetch(first, task))
        except BaseException:
            self.close()
            raise
        validators = [str(info[key]) for key in _VALIDATORS if info.get(key)]
        self.is_lasting = bool(validators)
        self._identify(url, validators or [uuid.uuid4().hex])

    def _run(self, byte_range: ByteRange, call: Any) -> Any:
        task = self._pool.start(self._task(byte_range), lambda task: self._say(call, task))
        return self._pool.result(task, self._job)

    def _say(self, call: Any, task: FetchTask) -> Any:
        """Call something of the store, and say what it raises in our words."""
        try:
            return call(task)
        except (InputError, MissingDependency):
            raise
        except FileNotFoundError:
            raise RemoteError("remote.missing", name=self.name) from None
        except PermissionError:
            raise RemoteError(
                "remote.no_access", name=self.name, scheme=scheme_of(self.name)
            ) from None
        except ImportError as error:
            raise _missing(self.name, error) from error
        except Exception as error:  # each store raises its own; texts may quote signed addresses
            raise RemoteError(
                "remote.cannot_read", name=self.name, reason=type(error).__name__
            ) from None

    def _fetch(
        self, byte_range: ByteRange, task: FetchTask, *, bypass_cache: bool = False
    ) -> bytes:
        """Fetch a range; stores have no caches on the way."""
        offset, size = byte_range
        data: bytes = self._say(
            lambda task: self._files.cat_file(self._path, start=offset, end=offset + size), task
        )
        if len(data) != size:
            raise RemoteError(
                "remote.short_range",
                name=self.name,
                offset=offset,
                size=size,
                found=len(data),
            )
        task.received += size
        return data


def _open_store(url: str, name: str) -> tuple[Any, str]:
    try:
        import fsspec
    except ImportError as error:
        raise MissingDependency(
            "remote.no_fsspec", name=name, scheme=scheme_of(url), package="fsspec"
        ) from error
    try:
        files, path = fsspec.core.url_to_fs(url)
        return files, path
    except ImportError as error:
        raise _missing(name, error) from error
    except ValueError:
        raise InputError("remote.unknown_scheme", name=name, scheme=scheme_of(url)) from None
    except Exception as error:  # each store raises its own
        raise RemoteError("remote.cannot_open", name=name, reason=type(error).__name__) from None


def _missing(name: str, error: ImportError) -> MissingDependency:
    return MissingDependency(
        "remote.no_store_package", name=name, scheme=scheme_of(name), reason=error
    )
