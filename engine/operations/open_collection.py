"""Open a collection, and its members when they are needed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager

from ..collection.catalog import Collection
from ..collection.document import read_document
from ..collection.hrefs import target_of
from ..collection.members import Members
from ..job import NO_JOB, Job
from ..reading.flac_raster import FlacRaster
from ..storage.byte_source import FIRST_READ
from ..storage.cache import Cache
from ..storage.name_parts import HTTP_SCHEMES, scheme_of
from ..storage.open import open_local, open_url
from ..storage.urls import file_name
from .opening import RasterName, display_name

SUFFIXES = (".json", ".json.gz")


def is_collection_name(name: RasterName) -> bool:
    """Whether a name is that of a collection, by its suffix."""
    text = display_name(name)
    last = os.path.basename(text) if scheme_of(text) is None else file_name(text)
    return not isinstance(name, FlacRaster) and last.lower().endswith(SUFFIXES)


@contextmanager
def open_collection(
    name: RasterName, *, cache: Cache | None = None, job: Job = NO_JOB
) -> Iterator[Members]:
    """Open a collection for the length of a ``with`` block.

    Parameters
    ----------
    name : path or URL
    cache : Cache, optional
        See `flac_raster_qgis.engine.operations.opening.open_raster`.
    job : Job, optional
        Ends whatever is being fetched.

    Raises
    ------
    InputError, RemoteError, CorruptFile, UnsupportedVersion, Cancelled
    """
    text = display_name(name)
    with members_of(Collection(text, read_document(text, job=job)), cache, job) as members:
        yield members


@contextmanager
def members_of(
    collection: Collection, cache: Cache | None = None, job: Job = NO_JOB
) -> Iterator[Members]:
    """Open the members of a collection that has been read; see `open_collection`."""
    targets = (target_of(collection.name, collection.file_of(0).href) for _ in collection.items[:1])
    with ExitStack() as stack:
        session = None
        if any(scheme_of(target) in HTTP_SCHEMES for target in targets):
            # not at the top: local files need no requests
            from ..storage.remote.http_session import new_session

            # one for all members, which are mostly on one server
            session = stack.enter_context(closing(new_session()))

        def open_member(target: str, header_bytes: int | None) -> FlacRaster:
            if scheme_of(target) is None:
                return FlacRaster.open(open_local(target), workers=1)
            first_read = header_bytes or FIRST_READ
            source = open_url(
                target, session=session, disk_cache=cache, first_read=first_read, job=job
            )
            return FlacRaster.open(source, workers=1)

        yield Members(collection, open_member)
