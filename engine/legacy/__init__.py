"""Files of the Python package flac-raster, whose idea this project is, read as rasters like others.

Releases 0.1.0 to 0.2.0 write three layouts, which have neither version nor checksum:

- *plain*: one FLAC stream of all pixels, a channel for each band, scaled to the range of samples
- *streaming*: ``[4 bytes: length][JSON index][plain stream of each tile]``
- *spatial*: one stream for each tile, of which nothing but zeros is left of the pixels

``facts`` says what a stream tells of its pixels, ``forward`` how they became samples, ``inverse``
and ``restore`` go back, ``stream`` decodes one, and ``plain``, ``streaming`` and ``spatial`` read
heads. All that is above the head of a file knows nothing of them. ``writing`` makes files that
flac-raster reads.
"""

from __future__ import annotations

from ..format.header import CHECKSUM, Head
from ..format.metadata_blocks import StreamTags
from ..format.tags import PREFIX
from ..storage.byte_source import ByteSource
from .plain_layout import read_plain
from .spatial_layout import is_spatial, read_spatial
from .streaming_layout import is_streaming, read_streaming
from .tags import sidecar_tags

__all__ = ["is_streaming", "read_stream", "read_streaming"]


def read_stream(source: ByteSource, stream: StreamTags) -> Head | None:
    """Read the head of a file that starts with a FLAC stream, None where it is no raster.

    Raises
    ------
    CorruptFile
        If it is damaged.
    UnsupportedRaster
        If its pixels cannot be restored.
    """
    if not _known(stream):
        stream = stream._replace(tags={**stream.tags, **sidecar_tags(source)})
    if not _known(stream):
        return None
    return (read_spatial if is_spatial(stream) else read_plain)(source, stream)


def _known(stream: StreamTags) -> bool:
    if CHECKSUM in stream.tags:  # this project's own, which has lost its version
        return False
    return PREFIX + "CRS" in stream.tags or PREFIX + "WIDTH" in stream.tags
