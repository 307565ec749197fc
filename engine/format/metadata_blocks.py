"""Read the metadata blocks before the frames of a stream."""

from __future__ import annotations

import io
from collections import Counter
from typing import NamedTuple

import mutagen
from mutagen.flac import FLAC

from ..errors import CorruptFile, NotFlacRaster
from ..flac.stream import (
    MAGIC,
    VORBIS_COMMENT,
    FlacError,
    MoreNeeded,
    StreamHead,
    StreamInfo,
    parse_head,
)
from ..storage.byte_source import FIRST_READ, ByteSource
from .tags import PREFIX

#: Limit of the header: index and metadata of the largest raster, and a cover picture.
MAX_HEAD = 64 << 20
#: Number of repeated tags that an error names.
_NAMED = 5
#: First bytes of TIFF and BigTIFF in either byte order.
_TIFF = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")


class StreamMetadata(NamedTuple):
    """Metadata blocks of a stream."""

    #: By upper-case name.
    tags: dict[str, str]
    info: StreamInfo
    #: Offset of the first frame in the stream.
    frames_start: int


def read_stream_metadata(
    source: ByteSource, start: int = 0, end: int | None = None, known: bytes = b""
) -> StreamMetadata:
    """Read the metadata blocks of a stream, by default that of the whole file.

    ``known`` are its first bytes, if they have been read.

    Raises
    ------
    NotFlacRaster
        If there is no FLAC stream.
    CorruptFile
        If it is damaged or truncated.
    """
    name, length = source.name, (source.size if end is None else end) - start
    data, size = known, len(known) or min(FIRST_READ, length)
    while True:
        if len(data) < size or not data:
            (data,) = source.read([(start, size)])
        try:
            head = parse_head(data)
            break
        except MoreNeeded as error:
            if data[: len(MAGIC)] != MAGIC:
                raise _not_flac(name, data) from error
            if error.end > length:
                raise CorruptFile(
                    "header.cut_off", name, found=length, expected=error.end
                ) from error
            if error.end > MAX_HEAD:
                raise CorruptFile(
                    "header.too_long", name, found=error.end, expected=MAX_HEAD
                ) from error
            # the length of a block is in its first four bytes, so read the next ones too
            size = min(max(error.end + FIRST_READ, 2 * size), length)
        except FlacError as error:
            if data[: len(MAGIC)] != MAGIC:
                raise _not_flac(name, data) from error
            raise CorruptFile("file.not_flac", name, reason=error) from error
    return StreamMetadata(parse_tags(data, head, name), head.info, head.frames_start)


def parse_tags(data: bytes, head: StreamHead, name: str) -> dict[str, str]:
    """Return the tags, unless they cannot be parsed or one of the raster occurs twice."""
    if not any(head.of_type(VORBIS_COMMENT)):
        return {}
    try:
        comments = FLAC(io.BytesIO(data[: head.frames_start])).tags or []
        tags = {key.upper(): value for key, value in comments}
        counts = Counter(key.upper() for key, _ in comments)
    except (
        mutagen.MutagenError,
        ValueError,
        KeyError,
        IndexError,
        OverflowError,
        MemoryError,
    ) as error:
        raise CorruptFile("header.tags", name, reason=error) from error
    twice = sorted(key for key, n in counts.items() if n > 1 and key.startswith(PREFIX))
    if twice:
        listed = ", ".join(twice[:_NAMED]) + (", …" if len(twice) > _NAMED else "")
        raise CorruptFile("header.repeated_tags", name, found=listed[:400])
    return tags


def _not_flac(name: str, data: bytes) -> NotFlacRaster:
    if not data:
        return NotFlacRaster("file.empty", name)
    if data[:3] == b"ID3":
        return NotFlacRaster("file.id3", name)
    if data[:4] in _TIFF:
        return NotFlacRaster("file.tiff", name)
    if name.lower().endswith((".json", ".json.gz")):
        return NotFlacRaster("file.collection", name)
    return NotFlacRaster("file.other_format", name, found=data[:4], expected=MAGIC)
