"""How much memory a file may make its reader take.

A tile of one colour shrinks without bound, so the length of a file says little about its pixels,
and a file of a kilobyte could ask for gigabytes. What a writer makes of usual tiles is far below
the limits here; who has honest giants raises them.
"""

from __future__ import annotations

import os

from .errors import InputError, UnsupportedRaster

#: Largest tile in memory, in bytes; what FLAC can count is far more.
MAX_TILE_BYTES = 1 << 31
#: Tiles up to this many bytes in memory may be as short in the file as they like. Those of the
#: default size are no larger, of four bands of any data type.
ANY_TILE_BYTES = 16 << 20
#: Larger ones need a file of at least this part of their bytes.
MOST_TIMES = 1024
#: Environment variable that sets another limit than the last two, in megabytes.
VARIABLE = "FLAC_RASTER_MAX_TILE_MB"


def usual_tile_limit(file_bytes: int) -> int:
    """Return how many bytes a tile of a file of this length may take in memory by default."""
    return min(max(ANY_TILE_BYTES, MOST_TIMES * file_bytes), MAX_TILE_BYTES)


def tile_limit(file_bytes: int) -> int:
    """Return the same, unless the environment says otherwise.

    Raises
    ------
    InputError
        If what it says is no number of megabytes.
    """
    said = os.environ.get(VARIABLE, "").strip()
    if not said:
        return usual_tile_limit(file_bytes)
    if not said.isdecimal() or len(said) > 9:
        raise InputError(
            f"The environment variable {VARIABLE} is {said!r}, expected a whole number of "
            "megabytes, or nothing for the usual limit."
        )
    return min(int(said) << 20, MAX_TILE_BYTES)


def check_tile(name: str, tile_bytes: int, file_bytes: int) -> None:
    """Raise `UnsupportedRaster` where a tile takes more memory than a file of this length may ask.

    Parameters
    ----------
    name : str
        Of the file or tile.
    tile_bytes : int
        Of its pixels in memory.
    file_bytes : int
        Length of the file, or of the tile where there is no more of it.
    """
    limit = tile_limit(file_bytes)
    if tile_bytes > limit:
        needed = -(-tile_bytes // (1 << 20))
        raise UnsupportedRaster(
            f"{name} has {file_bytes} bytes and asks for tiles of {tile_bytes} bytes in memory, "
            f"the limit is {limit}; if you trust it, set the environment variable {VARIABLE} to "
            f"{needed}, which is in megabytes."
        )
