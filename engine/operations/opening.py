"""Open rasters by name: FLAC rasters by this engine, all others by rasterio."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar, Union, cast

from ..errors import InputError, Message, RemoteChanged
from ..job import NO_JOB, Job
from ..model.raster import Raster
from ..parallel.executors import resolve_workers
from ..reading.flac_raster import FlacRaster
from ..storage.cache import Cache
from ..storage.file_names import safe_name
from ..storage.file_urls import path_text
from ..storage.local_file import LocalFile
from ..storage.name_parts import scheme_of
from ..storage.pipes import check_references, check_siblings
from ..storage.urls import check_path, file_name, has_flac_suffix
from .names import file_of, is_gdal_name

#: A path or URL; or what is open already, which stays open: how to give a source of one's own.
RasterName = Union[str, "os.PathLike[str]", FlacRaster]


def is_flac_name(name: RasterName) -> bool:
    """Whether a name has the suffix of FLAC."""
    return has_flac_suffix(display_name(name))


def suffix_of(path: Path) -> Message:
    """Return the suffix of a path as messages show it."""
    return Message("suffix.other" if path.suffix else "suffix.none", found=path.suffix)


def display_name(name: RasterName) -> str:
    """Return a name as messages show it; for a ``file:`` URL, its path."""
    return name.name if isinstance(name, FlacRaster) else path_text(name)


def stat_or_none(name: RasterName) -> os.stat_result | None:
    """Return the status of a local file; None for a URL, or a name that only GDAL understands."""
    text = display_name(name)
    try:
        return os.stat(text) if os.path.isfile(text) else None
    except OSError:  # gone since
        return None


def file_bytes(name: RasterName) -> int | None:
    """Return the size of a file in bytes; None if it is not one local file."""
    status = stat_or_none(name)
    return None if status is None else status.st_size


def local_name(name: RasterName) -> Path:
    """Return a local path unchanged, and for any other name the file name it would have here.

    Names of URLs are untrusted; see `engine.storage.file_names.safe_name`.

    Raises
    ------
    InputError
        For what is nearly a URL.
    """
    text = display_name(name)
    check_path(text)
    if is_gdal_name(text):
        return file_of(text)
    if scheme_of(text) is None:
        return Path(text)
    last = file_name(text)
    return Path(safe_name(last)) if last else Path()


@contextmanager
def open_raster(
    name: RasterName,
    *,
    workers: int | None = None,
    cache: Cache | None = None,
    job: Job = NO_JOB,
) -> Iterator[Raster]:
    """Open a raster of any kind for the length of a ``with`` block.

    Parameters
    ----------
    name : path, URL or open FlacRaster
    workers : int, optional
    cache : Cache, optional
        Where tiles of a URL are kept for the next time, such as
        `engine.storage.disk_cache.DiskCache`; it stays open. Those fetched last are in memory in
        any case.
    job : Job, optional
        Ends whatever is being fetched from a URL, and the reading of metadata.

    Raises
    ------
    InputError
        With a sentence that says why it cannot be opened.
    """
    if isinstance(name, FlacRaster) or is_flac_name(name):
        with open_flac(name, workers=workers, cache=cache, job=job) as raster:
            yield raster
        return
    resolve_workers(workers)
    text = checked_gdal_name(name)
    # not at the top: a FLAC raster must open where rasterio is not installed
    from ..rasterio_io.environment import rasterio_environment
    from ..rasterio_io.reader import RasterioRaster

    # one environment, not one for each block that is read
    with rasterio_environment(), closing(RasterioRaster(text, job, with_times=True)) as other:
        yield other


@contextmanager
def open_flac(
    name: RasterName,
    *,
    workers: int | None = None,
    cache: Cache | None = None,
    job: Job = NO_JOB,
    allow_missing_pixels: bool = False,
) -> Iterator[FlacRaster]:
    """Open a FLAC raster, whatever its suffix; see `open_raster` and `FlacRaster.open`.

    One that is open is yielded as it is, and stays open.
    """
    if isinstance(name, FlacRaster):
        yield name
        return
    text = _checked_name(name)
    with FlacRaster.open(
        text, workers=workers, cache=cache, job=job, allow_missing_pixels=allow_missing_pixels
    ) as raster:
        yield raster


def checked_gdal_name(name: RasterName) -> str:
    """Return the name by which GDAL opens what is not FLAC.

    Raises `InputError` where it cannot be read, which GDAL says less clearly.
    """
    text = _checked_name(name)
    if _is_path(text) and not os.path.isdir(text):  # some formats of GDAL are folders
        LocalFile(text).close()
        check_siblings(Path(text))
    if scheme_of(text) is None:
        check_references(text)
    return text


def _checked_name(name: RasterName) -> str:
    text = display_name(name)
    if not text:
        raise InputError("input.none")
    check_path(text)
    return text


def _is_path(text: str) -> bool:
    """Whether a name is that of a file or folder, not one that only GDAL understands."""
    if os.path.isabs(text):
        return not is_gdal_name(text)
    try:
        return os.path.exists(text)
    except ValueError:  # a NUL in the name
        return False


def _is_pinned(value: Any) -> bool:
    """Whether a value is an open raster, or a plan of one."""
    return isinstance(value, FlacRaster) or isinstance(getattr(value, "source", None), FlacRaster)


F = TypeVar("F", bound=Callable[..., Any])


def retry_on_change(operation: F) -> F:
    """Run an operation again, from the opening on, where it raises `RemoteChanged`.

    Nothing of the first time remains: outputs appear when they are whole, and caches keep versions
    apart. A `FlacRaster` argument is pinned to its version, so its error is raised; so is a second
    change.
    """

    @wraps(operation)
    def run(*args: Any, **options: Any) -> Any:
        try:
            return operation(*args, **options)
        except RemoteChanged:
            if any(map(_is_pinned, (*args, *options.values()))):
                raise
        return operation(*args, **options)

    return cast(F, run)
