"""Open local files, and remote ones through HTTP or fsspec, as sources of bytes.

`open_source` opens any name. `open_url` also takes sessions, caches and timeouts; `FlacRaster.open`
accepts the source that it returns.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from ..errors import InputError, Message, MissingDependency
from ..job import NO_JOB, Job
from .byte_source import FIRST_READ, ByteSource
from .cache import SHARED, Cache, CachedSource
from .local_file import LocalFile
from .name_parts import HTTP_SCHEMES, scheme_of
from .urls import check_path, redact

if TYPE_CHECKING:
    import requests

    from .remote.retry import RetryPolicy

__all__ = ["open_local", "open_source", "open_url"]


def open_source(
    name: str | os.PathLike[str], *, cache: Cache | None = None, job: Job = NO_JOB
) -> ByteSource:
    """Open a local file, or a URL with an optional disk cache."""
    if scheme_of(name) is None:
        return open_local(name)
    return open_url(os.fspath(name), disk_cache=cache, job=job)


def open_local(name: str | os.PathLike[str], *, absolute: bool = False) -> LocalFile:
    """Open a local file, named by its absolute path if that is to stay valid in another folder.

    Raises `InputError` also for names that resemble URLs, or contain one with secrets, such as
    ``/vsicurl/…``.
    """
    check_path(os.fspath(name))
    redacted = redact(os.fspath(name))
    if redacted != os.fspath(name):
        raise InputError("input.url_in_name", redacted)
    return LocalFile(os.path.abspath(name) if absolute else name)


def open_url(
    url: str,
    *,
    session: requests.Session | None = None,
    retry: RetryPolicy | None = None,
    memory_cache: Cache | None = SHARED,
    disk_cache: Cache | None = None,
    first_read: int = FIRST_READ,
    origin: str | None = None,
    job: Job = NO_JOB,
) -> ByteSource:
    """Open a URL.

    Parameters
    ----------
    url : str
        http, https, or a scheme that fsspec supports: ``s3``, ``gs``, ``az`` and others.
    session : requests.Session, optional
        Proxies, headers and authentication for http and https; `new_session` makes one. It stays
        open when the source is closed.
    retry : RetryPolicy, optional
        Timeouts and retries for http and https.
    memory_cache : Cache, optional
        By default, the cache that all sources of this process share; None for no cache.
    disk_cache : Cache, optional
        Such as a `DiskCache`; used if the server names versions of the file by an ETag.
    first_read : int
        Bytes of the start of the file to read at once, if the size of its header is known.
    origin : str, optional
        URL of the document that names this one, such as a collection: no server is reached that a
        redirect from there would not lead to.
    job : Job, optional
        Its cancellation applies to all reads of the source.

    Returns
    -------
    ByteSource

    Raises
    ------
    InputError
        If the URL is not valid or its scheme not supported.
    RemoteError
        If the file cannot be read.
    MissingDependency
        If a package for this kind of URL is not installed.
    Cancelled
    """
    # not at the top: local files need none of these packages, and open faster without
    source: Any
    if scheme_of(url) in HTTP_SCHEMES:
        try:
            import requests  # noqa: F401
        except ImportError as error:
            raise MissingDependency(
                "package.missing", purpose=Message("purpose.http"), package="requests"
            ) from error
        from .remote.http_source import HttpSource

        limits = {} if retry is None else {"retry": retry}
        source = HttpSource(
            url, session=session, first_read=first_read, origin=origin, job=job, **limits
        )
    else:
        from .remote.fsspec_source import FsspecSource

        source = FsspecSource(url, first_read=first_read, job=job)
    if disk_cache is not None and source.version is not None:
        source = CachedSource(source, disk_cache)
    return source if memory_cache is None else CachedSource(source, memory_cache)
