"""Tell FLAC rasters from music and from everything else."""

from __future__ import annotations

import os

from ..core.layer_uri import LayerUri
from ..engine.errors import FlacRasterError
from ..engine.flac.stream import MAGIC
from ..engine.format.header import FIRST_READ
from ..engine.legacy import is_streaming
from ..engine.reading.flac_raster import FlacRaster
from ..engine.storage.local_file import LocalFile
from ..engine.storage.urls import file_name

#: In front of the names of all tags that describe a raster.
_TAG_PREFIX = b"GEOSPATIAL_"


def is_flac_raster(uri: LayerUri) -> bool:
    """Say whether a name is that of a FLAC raster, rather than of music or anything else.

    A damaged raster, or one of a newer format, is still a raster: opening it says what is wrong.
    The main thread asks, so a URL is believed by its suffix, and opening it says more, too.
    """
    if uri.is_remote:
        return file_name(uri.name).lower().endswith(".flac")
    if not uri.name.lower().endswith(".flac") or not os.path.isfile(uri.name):
        return False
    try:
        source = LocalFile(uri.name)
        try:
            (start,) = source.read([(0, min(FIRST_READ, source.size))])
        finally:
            source.close()
        if is_streaming(start, source.size):
            return True
        if not start.startswith(MAGIC):
            return False
        if _TAG_PREFIX in start:
            return True
        # a cover picture in front of the tags pushed them out of sight, or a file beside has them
        FlacRaster.open(uri.name).close()
    except FlacRasterError:
        return False
    return True
