"""One of flac-raster's streams, decoded: as a whole file or as a tile of one."""

from __future__ import annotations

from dataclasses import replace

from .. import flac
from ..errors import CorruptTile, MissingDependency
from ..flac.stream import FlacError, StreamInfo
from ..model.grid import TileKey
from ..tile.decoding import Tile
from .stream_decoder import restore
from .tags import Facts

#: What `Tile.coding` says of pixels that were scaled, and of those that were not.
SCALED, UNSCALED = "flac-raster, scaled", "flac-raster, unscaled"
NO_MD5 = bytes(16)


def decode_stream(
    data: bytes, facts: Facts, info: StreamInfo, key: TileKey, name: str, check_md5: bool
) -> Tile:
    """Decode a stream and restore its pixels.

    Parameters
    ----------
    data : bytes
        The stream.
    facts : Facts
        What its tags say; how many samples it has follows from them alone.
    info : StreamInfo
    key : TileKey
    name : str
        Of the file, for errors.
    check_md5 : bool
        Where the stream has one.

    Raises
    ------
    CorruptTile
        If it is damaged or cut off.
    MissingDependency
        If what can decode it is not installed.
    """
    has_md5 = info.md5 != NO_MD5
    if not (has_md5 or flac.backend().CHECKS_FRAMES):
        raise MissingDependency(
            f"{name} was written by flac-raster and has no MD5; to notice damage, reading it needs "
            "the Python package pyflac; install it with: python -m pip install pyflac"
        )
    expected = replace(info, total_samples=facts.width * facts.height)
    try:
        samples = flac.decode_channels(data, expected, check_md5=check_md5 and has_md5)
    except FlacError as error:
        raise CorruptTile(f"{name}, tile {key} is damaged: {error}.") from error
    pixels, uncertain = restore(facts, samples)
    coding = SCALED if facts.offset is None else UNSCALED
    return Tile(key, pixels, None, coding, uncertain)
