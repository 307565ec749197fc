"""Limits on the memory that a file can make its reader allocate.

A tile of one value compresses without bound, so the size of a file says little about its pixels,
and a file of one kilobyte could require gigabytes. Therefore large tiles require a minimum file
size, which writers reach by padding. Users who trust a file can raise the limit.
"""

from __future__ import annotations

import os
import re
from typing import TypeVar

from ..errors import InputError, UnsupportedRaster
from .data_types import Array

_Count = TypeVar("_Count", int, Array)

#: Maximum size of a tile in memory, in bytes; FLAC supports much more.
MAX_TILE_BYTES = 1 << 31
#: Cost up to which tiles require no minimum file size: 1024 x 1024 pixels of up to 32 bits.
#: Decoding them takes less than 64 MB.
ANY_TILE_COST = 4 << 20
#: Maximum ratio of the cost of larger tiles to the file size.
MOST_TIMES = 1024
#: Environment variable that overrides the last two limits, in MB (1,000,000 bytes).
VARIABLE = "FLAC_RASTER_MAX_TILE_MB"
_MEGABYTE = 1_000_000
#: Sizes in bytes up to which blocks of other formats may be larger than their raster: 4096 x 4096
#: float64, or 512 x 512 pixels of all bands as in Cloud Optimized GeoTIFF, up to a maximum.
ANY_BLOCK_BYTES = 128 << 20
_USUAL_BLOCK_PIXELS, _LARGEST_USUAL_BLOCK = 512 * 512, 512 << 20
#: Minimum bytes per value while decoding.
_LEAST_VALUE = 4
#: Multiple to which hierarchical interpolation pads width and height of tiles.
_PADDED_TO = 32


def decode_cost(planes: int, height: int, width: int, value_bytes: int) -> int:
    """Return the cost of a tile in bytes, about a tenth of the memory that decoding takes."""
    return planes * height * width * max(_LEAST_VALUE, value_bytes)


def padded(side: int) -> int:
    """Return the maximum number of rows or columns of a tile while it is decoded."""
    return side + -side % _PADDED_TO


def max_tile_size(planes: _Count, height: _Count, width: _Count) -> _Count:
    """Return the maximum encoded size of a tile: five samples of 16 bits per value, and overhead.

    No coding exceeds it for pixels that do not compress; see docs/format.md.
    """
    return 16 * planes * height * width + (planes << 14) + (1 << 16)


def min_file_size(cost: int) -> int:
    """Return the minimum size of a file with tiles of a cost."""
    return 0 if cost <= ANY_TILE_COST else -(-cost // MOST_TIMES)


def max_tile_cost(file_bytes: int) -> int:
    """Return the maximum cost of tiles in a file of a size.

    Raises `InputError` if the environment variable is not a number of megabytes.
    """
    text = os.environ.get(VARIABLE, "").strip()
    if not text:
        return max(ANY_TILE_COST, MOST_TIMES * file_bytes)
    if not re.fullmatch("[0-9]{1,9}", text):
        raise InputError("limit.variable", variable=VARIABLE, found=text)
    return int(text) * _MEGABYTE


def check_block(name: str, block_bytes: int, pixel_bytes: int, raster_bytes: int) -> None:
    """Raise `UnsupportedRaster` if blocks are much larger than the raster.

    Sizes are those of a block, of a pixel of all bands, and of all pixels.
    """
    usual = min(_USUAL_BLOCK_PIXELS * pixel_bytes, _LARGEST_USUAL_BLOCK)
    limit = max(ANY_BLOCK_BYTES, usual, 4 * raster_bytes)
    if block_bytes > limit:
        raise UnsupportedRaster(
            "limit.block", name, found=block_bytes, raster_bytes=raster_bytes, expected=limit
        )


def check_tile(name: object, cost: int, file_bytes: int) -> None:
    """Raise `UnsupportedRaster` if tiles cost more than the file size allows; see `decode_cost`.

    The size is that of a file, or of a tile without a file.
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
