"""Which FLAC rasters the arguments of a command mean: files, folders, patterns, lists, URLs."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from ..errors import InputError
from ..job import NO_JOB, Job
from ..storage.listings import MAX_SIZE, parse_collection
from ..storage.name_parts import scheme_of
from ..storage.urls import FLAC_SUFFIX, is_collection, redact
from .opening import RasterName, display_name

#: What an overview of a collection is called: it is no raster of its own.
OVERVIEW_SUFFIX = ".overview.flac"
#: Folders of a server inside each other, at most.
_DEEPEST = 8


def flac_files(sources: Sequence[RasterName], *, job: Job = NO_JOB) -> Iterator[str]:
    """Yield the names of rasters, each once.

    Parameters
    ----------
    sources : sequence of paths or URLs
        Files; local folders, of which all files ``*.flac`` count, also in folders inside of them;
        patterns such as ``2020/*.flac``, where no file has that name; folders of web servers, whose
        listing is read; text files with a name per line (``*.txt``). Overviews of collections count
        only if they are named.
    job : Job, optional

    Raises
    ------
    InputError
        If a pattern, folder or list has no raster, or more than are read of one.
    RemoteError
        If a listing cannot be read.
    Cancelled
    """
    seen = set()
    for source in sources:
        for name in _expanded(display_name(source), 0, job):
            job.check()
            if name not in seen:
                seen.add(name)
                yield name


def _expanded(name: str, depth: int, job: Job) -> Iterator[str]:
    if is_collection(name):
        yield from _of_listing(name, depth, job)
    elif scheme_of(name) is not None:
        yield name
    elif os.path.isdir(name):
        yield from _found(name, _in_folder(name))
    elif glob.has_magic(name) and not os.path.exists(name):
        yield from _found(name, glob.glob(name, recursive=True))
    else:
        yield name


def _found(name: str, files: Iterable[str]) -> list[str]:
    rasters = sorted(file for file in files if not file.lower().endswith(OVERVIEW_SUFFIX))
    if not rasters:
        raise InputError("collection.no_files", name)
    return rasters


def _in_folder(folder: str) -> Iterator[str]:
    for place, _, files in os.walk(folder):
        yield from (os.path.join(place, f) for f in files if f.lower().endswith(FLAC_SUFFIX))


def _of_listing(name: str, depth: int, job: Job) -> Iterator[str]:
    if depth > _DEEPEST:
        raise InputError("collection.too_deep", redact(name), expected=_DEEPEST)
    if scheme_of(name) is None:
        path = Path(name)
        if not path.is_file():
            raise InputError("input.missing", name)
        data = path.read_bytes()[: MAX_SIZE + 1]
    else:
        # not at the top: local files need no requests
        from ..storage.remote.document import fetch_document

        data = fetch_document(name, MAX_SIZE, job=job)
    found = parse_collection(name, data)
    if found.skipped:
        raise InputError("collection.listing_skipped", redact(name), found=found.skipped)
    if not found.entries:
        raise InputError("collection.no_files", redact(name))
    for entry in found.entries:
        if entry.is_collection:
            yield from _of_listing(entry.target, depth + 1, job)
        elif not entry.name.lower().endswith(OVERVIEW_SUFFIX):
            yield entry.target
