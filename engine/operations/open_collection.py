"""Open a collection, and its members when they are needed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from functools import lru_cache
from typing import Any

from ..collection.catalog import Collection
from ..collection.document import read_document
from ..collection.members import Members, OpenRaster
from ..job import NO_JOB, Job
from ..reading.flac_raster import FlacRaster
from ..storage.byte_source import FIRST_READ
from ..storage.cache import Cache
from ..storage.name_parts import HTTP_SCHEMES, scheme_of
from ..storage.open import open_local, open_url
from ..storage.urls import file_name
from .opening import RasterName, display_name
from .stac_items import own_document

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
        Of a collection that `index` wrote, or of any STAC whose assets are FLAC rasters.
    cache : Cache, optional
        See `flac_raster_qgis.engine.operations.opening.open_raster`.
    job : Job, optional
        Ends whatever is being fetched.

    Raises
    ------
    InputError, RemoteError, CorruptFile, UnsupportedVersion, Cancelled
    """
    text = display_name(name)
    with member_opener(text, cache, job) as open_raster:
        document = own_document(text, read_document(text, job=job), open_raster, job)
        yield Members(Collection(text, document), open_raster)


@contextmanager
def member_opener(
    collection: str, cache: Cache | None = None, job: Job = NO_JOB
) -> Iterator[OpenRaster]:
    """Yield what opens members, until the end of a ``with`` block; see `open_collection`."""
    origin = collection if scheme_of(collection) in HTTP_SCHEMES else None
    with ExitStack() as stack:

        @lru_cache(maxsize=1)
        def session() -> Any:  # one for all members, which are mostly on one server
            # not at the top: local files need no requests
            from ..storage.remote.http_session import new_session

            return stack.enter_context(closing(new_session()))

        def open_member(target: str, header_bytes: int | None) -> FlacRaster:
            scheme = scheme_of(target)
            if scheme is None:
                return FlacRaster.open(open_local(target), workers=1)
            source = open_url(
                target,
                session=session() if scheme in HTTP_SCHEMES else None,
                disk_cache=cache,
                first_read=header_bytes or FIRST_READ,
                origin=origin,
                job=job,
            )
            return FlacRaster.open(source, workers=1)

        yield open_member
