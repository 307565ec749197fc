"""How much memory a file may make its reader take.

A tile of one colour shrinks without bound, so the length of a file says little about its pixels,
and a file of a kilobyte could ask for gigabytes. So large tiles need a file of some length, which
writers reach by padding; whoever trusts a file can raise the limit.
"""

from __future__ import annotations

import os
import re
from typing import Any, overload

from ..errors import InputError, UnsupportedRaster
from .data_types import Array

#: Largest tile in memory, in bytes; what FLAC can count is far more.
MAX_TILE_BYTES = 1 << 31
#: Tiles up to this cost may be as short in the file as they like; four bands of the default size
#: and of up to 32 bits are. To decode them takes less than 64 MB.
ANY_TILE_COST = 4 << 20
#: Larger ones need a file of at least this part of their cost in bytes.
MOST_TIMES = 1024
#: Environment variable that sets another limit than the last two, in MB: 1,000,000 bytes.
VARIABLE = "FLAC_RASTER_MAX_TILE_MB"
_MEGABYTE = 1_000_000
#: Blocks of other formats may be larger than their raster up to this size, in bytes: 4096 x 4096
#: float64; and 512 x 512 pixels of all bands, as in Cloud Optimized GeoTIFF, up to another one.
ANY_BLOCK_BYTES = 128 << 20
_USUAL_BLOCK_PIXELS, _LARGEST_USUAL_BLOCK = 512 * 512, 512 << 20
#: Narrower values take no less memory while they are decoded.
_LEAST_VALUE = 4
#: Of sides of tiles, to which the lattice pads them.
_PADDED_TO = 32


def decode_cost(planes: int, height: int, width: int, value_bytes: int) -> int:
    """Return what a tile costs, in bytes: a tenth or so of the memory that decoding takes."""
    return planes * height * width * max(_LEAST_VALUE, value_bytes)


def padded(side: int) -> int:
    """Return how many rows or columns a tile has while it is decoded, at most."""
    return side + -side % _PADDED_TO


@overload
def max_tile_size(planes: int, height: int, width: int) -> int: ...


@overload
def max_tile_size(planes: Array, height: Array, width: Array) -> Array: ...


def max_tile_size(planes: Any, height: Any, width: Any) -> Any:
    """Return how long a tile can be in a file: five samples of 16 bits a value, and all around.

    That is more than codings can make of pixels that do not compress; see docs/format.md.
    """
    return 16 * planes * height * width + (planes << 14) + (1 << 16)


def min_file_size(cost: int) -> int:
    """Return how long a file must be to have tiles of this cost."""
    return 0 if cost <= ANY_TILE_COST else -(-cost // MOST_TIMES)


def max_tile_cost(file_bytes: int) -> int:
    """Return what a tile of a file of this length may cost.

    Raises
    ------
    InputError
        If what the environment says is no number of megabytes.
    """
    said = os.environ.get(VARIABLE, "").strip()
    if not said:
        return max(ANY_TILE_COST, MOST_TIMES * file_bytes)
    if not re.fullmatch("[0-9]{1,9}", said):
        raise InputError("limit.variable", variable=VARIABLE, found=said)
    return int(said) * _MEGABYTE


def check_block(name: str, block_bytes: int, pixel_bytes: int, raster_bytes: int) -> None:
    """Raise `UnsupportedRaster` where GDAL would decode far more at once than a raster has.

    Parameters
    ----------
    name : str
    block_bytes, pixel_bytes, raster_bytes : int
        Of what GDAL decodes at once, of a pixel of all bands, and of all pixels.
    """
    usual = min(_USUAL_BLOCK_PIXELS * pixel_bytes, _LARGEST_USUAL_BLOCK)
    limit = max(ANY_BLOCK_BYTES, usual, 4 * raster_bytes)
    if block_bytes > limit:
        raise UnsupportedRaster(
            "limit.block", name, found=block_bytes, raster_bytes=raster_bytes, expected=limit
        )


def check_tile(name: str, cost: int, file_bytes: int) -> None:
    """Raise `UnsupportedRaster` where a tile takes more memory than a file of this length may ask.

    Parameters
    ----------
    name : str
        Of the file or tile.
    cost : int
        See `decode_cost`.
    file_bytes : int
        Length of the file, or of the tile where there is no more of it.
    """
    limit = max_tile_cost(file_bytes)
    if cost > limit:
        raise UnsupportedRaster(
            "limit.tile",
            name,
            file_bytes=file_bytes,
            found=cost,
            expected=limit,
            variable=VARIABLE,
            megabytes=-(-cost // _MEGABYTE),
        )
