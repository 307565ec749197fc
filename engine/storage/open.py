"""Files on other machines, read in parts: by HTTP ranges, and whatever else fsspec reaches.

`open_source` opens any name. Sessions, caches and limits are given to `open_url`, and the source it
returns to `FlacRaster.open`.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from ..errors import InputError, MissingDependency
from ..job import NO_JOB, Job
from .byte_source import ByteSource
from .cache import SHARED, Cache, CachedSource
from .local_file import LocalFile
from .name_parts import HTTP_SCHEMES, scheme_of
from .urls import check_path, shown

if TYPE_CHECKING:
    import requests

    from .remote.retry import Patience

__all__ = ["open_local", "open_source", "open_url"]


def open_source(
    name: str | os.PathLike[str],
    *,
    cache: Cache | None = None,
    job: Job = NO_JOB,
) -> ByteSource:
    """Open a local file, or a URL as `open_url` does with a cache on disk.

    Raises
    ------
    InputError, RemoteError, MissingDependency, Cancelled
    """
    if scheme_of(name) is None:
        return open_local(name)
    return open_url(os.fspath(name), disk=cache, job=job)


def open_local(name: str | os.PathLike[str], *, absolute: bool = False) -> LocalFile:
    """Open a local file.

    Parameters
    ----------
    name : str or path
    absolute : bool
        Call it by its absolute path, whatever the current folder will be.

    Raises
    ------
    InputError
        Also for names that are nearly URLs, and those that have a URL with secrets in them, as
        GDAL's have, such as ``/vsicurl/…``.
    """
    check_path(os.fspath(name))
    safe = shown(os.fspath(name))
    if safe != os.fspath(name):
        raise InputError(f"{safe} is not a file of this computer; give the URL by itself.")
    return LocalFile(os.path.abspath(name) if absolute else name)


def open_url(
    url: str,
    *,
    session: requests.Session | None = None,
    patience: Patience | None = None,
    memory: Cache | None = SHARED,
    disk: Cache | None = None,
    job: Job = NO_JOB,
) -> ByteSource:
    """Open a URL.

    Parameters
    ----------
    url : str
        http, https, or a scheme that fsspec knows: ``s3``, ``gs``, ``az`` and others.
    session : requests.Session, optional
        For http and https: with proxies, headers and authentication; best made by
        `engine.storage.remote.http_session.new_session`. It stays open when the source is closed.
    patience : Patience, optional
        Limits for http and https.
    memory : Cache, optional
        Shared by all who read the same version of a URL; None for no cache.
    disk : Cache, optional
        Such as `engine.storage.disk_cache.DiskCache`; used where the server names versions by an
        ETag.
    job : Job, optional
        Asked as long as anything is fetched.

    Raises
    ------
    RemoteError
        If it cannot be read.
    MissingDependency
        If a package for this kind of URL is not installed.
    Cancelled
    """
    # not at the top: a local file must open where these packages are missing, and faster
    source: Any
    if scheme_of(url) in HTTP_SCHEMES:
        try:
            import requests  # noqa: F401
        except ImportError as error:
            raise MissingDependency(
                "Reading over http needs the Python package requests; install it with: "
                "python -m pip install requests"
            ) from error
        from .remote.http_source import HttpSource

        limits = {} if patience is None else {"patience": patience}
        source = HttpSource(url, session=session, job=job, **limits)
    else:
        from .remote.fsspec_source import FsspecFile

        source = FsspecFile(url, job=job)
    if disk is not None and source.is_lasting:
        source = CachedSource(source, disk)
    return source if memory is None else CachedSource(source, memory)
