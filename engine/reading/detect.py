"""Read the header of a file of any layout; layouts are detected from the first bytes."""

from __future__ import annotations

from .. import legacy
from ..format import header
from ..format.header import FileHeader
from ..format.metadata_blocks import read_stream_metadata
from ..model.limits import min_file_size
from ..storage.byte_source import ByteSource


def read_file_header(source: ByteSource) -> FileHeader:
    """Read and check the header of a file.

    Raises
    ------
    NotFlacRaster
        If the file has another format.
    UnsupportedVersion
        If a later release wrote it.
    CorruptFile
        If it is damaged or truncated.
    """
    (start,) = source.read([(0, min(source.first_read, source.size))])
    if legacy.is_streaming(start, source.size):
        return legacy.read_streaming(source)
    stream = read_stream_metadata(source, known=start)
    head = None if header.VERSION in stream.tags else legacy.read_stream(source, stream)
    if head is None:
        head = header.parse_file_header(source.name, source.size, stream)
        _receive_enough(source, head)
    return head


def _receive_enough(source: ByteSource, head: FileHeader) -> None:
    """Read as many bytes as a file must have for tiles of this size.

    The size of a remote file is only what its server claims. Tiles that need more bytes than the
    first read are rare.
    """
    least = min_file_size(header.max_decode_cost(head.metadata, head.index.grid))
    if least > source.first_read:
        list(source.read([(0, min(least, source.size))]))
