"""Distinguish FLAC rasters from music and other files."""

from __future__ import annotations

import os

from ..core.layer_uri import LayerUri
from ..engine.errors import FlacRasterError
from ..engine.flac.stream import MAGIC
from ..engine.legacy import is_streaming
from ..engine.model.times import Time
from ..engine.reading.flac_raster import FlacRaster
from ..engine.storage.local_file import LocalFile
from ..engine.storage.urls import has_flac_suffix
from .dates import dates_of

#: Prefix of all tags that describe a raster.
_TAG_PREFIX = b"GEOSPATIAL_"


def is_flac_raster(uri: LayerUri) -> bool:
    """Return whether a URI refers to a FLAC raster.

    Damaged rasters, and those of a newer format, count: opening them reports the error. URLs are
    judged by their suffix only, because the main thread calls this.
    """
    if not has_flac_suffix(uri.name):
        return False
    if uri.is_remote:
        return True
    if not os.path.isfile(uri.name):
        return False
    try:
        source = LocalFile(uri.name)
        try:
            (start,) = source.read([(0, min(source.first_read, source.size))])
        finally:
            source.close()
        if is_streaming(start, source.size):
            return True
        if not start.startswith(MAGIC):
            return False
        if _TAG_PREFIX in start:
            return True
        # the tags follow a large cover picture, or are in a sidecar file
        FlacRaster.open(uri.name).close()
    except FlacRasterError:
        return False
    return True


def dates_of_file(uri: LayerUri) -> tuple[Time, ...]:
    """Return the dates of a local file that has several, which layers can show one by one."""
    if uri.is_remote or uri.time or not has_flac_suffix(uri.name) or not os.path.isfile(uri.name):
        return ()
    try:
        with FlacRaster.open(uri.name) as raster:
            return dates_of(raster.metadata)
    except FlacRasterError:
        return ()
