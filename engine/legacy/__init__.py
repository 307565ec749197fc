"""Files of the Python package flac-raster, read like any other raster, and files for its users.

Releases 0.1.0 to 0.2.0 write three layouts, which have neither version nor checksum:

- *plain*: one FLAC stream of all pixels, a channel per band, scaled to the range of samples
- *streaming*: ``[4 bytes: length][JSON index][plain stream of each tile]``
- *spatial*: one stream per tile, whose samples are all zero
"""

from __future__ import annotations

from ..format.header import CHECKSUM, FileHeader
from ..format.metadata_blocks import StreamMetadata
from ..format.tags import PREFIX
from ..storage.byte_source import ByteSource
from .plain_layout import read_plain
from .spatial_layout import is_spatial, read_spatial
from .streaming_layout import is_streaming, read_streaming
from .tags import sidecar_tags

__all__ = ["is_streaming", "read_stream", "read_streaming"]


def read_stream(source: ByteSource, stream: StreamMetadata) -> FileHeader | None:
    """Read the file header of a legacy file; None if the FLAC stream is not a raster."""
    if not _is_raster(stream):
        stream = stream._replace(tags={**stream.tags, **sidecar_tags(source)})
    if not _is_raster(stream):
        return None
    return (read_spatial if is_spatial(stream) else read_plain)(source, stream)


def _is_raster(stream: StreamMetadata) -> bool:
    if CHECKSUM in stream.tags:  # a file of this project that has lost its version
        return False
    return PREFIX + "CRS" in stream.tags or PREFIX + "WIDTH" in stream.tags
