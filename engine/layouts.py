"""Read the head of a file, whatever its layout: they are told apart by their bytes."""

from __future__ import annotations

from . import container, legacy
from .container import Head
from .source import FIRST_READ, ByteSource
from .stream_tags import read_stream_tags


def read_head(source: ByteSource) -> Head:
    """Read and check what the start of a file says.

    Raises
    ------
    NotFlacRaster
        If the file is something else.
    UnsupportedVersion
        If a later release wrote it.
    CorruptFile
        If it is damaged or cut off.
    """
    (start,) = source.read([(0, min(FIRST_READ, source.size))])
    if legacy.is_streaming(start, source.size):
        return legacy.read_streaming(source)
    stream = read_stream_tags(source, known=start)
    head = None
    if container.VERSION not in stream.tags:
        head = legacy.read_stream(source, stream)
    return head or container.read_head(source.name, source.size, stream)
