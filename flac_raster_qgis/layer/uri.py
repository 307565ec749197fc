"""What a layer's URI names: a file now, and whatever else can be a source of bytes later."""

from __future__ import annotations

import os

from qgis.PyQt.QtCore import QUrl

from ..engine.container import FIRST_READ
from ..engine.errors import FlacRasterError
from ..engine.flac.stream import MAGIC
from ..engine.reader import FlacRaster
from ..engine.source import ByteSource, LocalFile

#: In front of the names of all tags that describe a raster.
_TAG_PREFIX = b"GEOSPATIAL_"


def local_path(uri: str) -> str:
    """Return the path that a URI names; ``file:`` URLs and plain paths are the same file."""
    return QUrl(uri).toLocalFile() if uri.startswith("file:") else uri


def layer_name(uri: str) -> str:
    """Name a layer after its file."""
    return os.path.splitext(os.path.basename(local_path(uri)))[0]


def open_source(uri: str) -> ByteSource:
    """Open what a URI names.

    Raises
    ------
    InputError
    """
    return LocalFile(os.path.abspath(local_path(uri)))


def is_flac_raster(uri: str) -> bool:
    """Say whether a file is a FLAC raster, rather than music or anything else.

    A damaged raster, or one of a newer format, is still a raster: opening it says what is wrong.
    """
    path = local_path(uri)
    if not path.lower().endswith(".flac") or not os.path.isfile(path):
        return False
    try:
        source = open_source(uri)
        try:
            (start,) = source.read([(0, min(FIRST_READ, source.size))])
        finally:
            source.close()
        if not start.startswith(MAGIC):
            return False
        if _TAG_PREFIX in start:
            return True
        # a cover picture in front of the tags pushed them out of sight
        FlacRaster.open(open_source(uri)).close()
    except FlacRasterError:
        return False
    return True
