"""Iterate over the pixels of a raster in tile order, reading strips."""

from __future__ import annotations

from collections.abc import Generator, Iterator

import numpy as np

from ..errors import InputError
from ..model.grid import Grid, TileKey, Window
from ..model.metadata import RasterMetadata
from ..model.raster import MaskedPixels, Raster
from ..parallel.raster_reference import RasterReference, RasterWindow

#: Bytes of pixels read at once: wide enough that rows are not decoded repeatedly, small enough that
#: memory does not depend on the width of the raster.
_STRIP_BYTES = 16 << 20


def iter_tile_pixels(
    source: Raster, grid: Grid
) -> Generator[tuple[TileKey, MaskedPixels], None, None]:
    """Yield the first key and the pixels of each block of level 0, read in strips."""
    for strip in iter_strips(grid, source.metadata):
        array, mask = _read(source, strip)
        for key in grid.levels[0].keys_in(strip, bands=(0,)):
            rows, columns = grid.tile_window(key).relative_to(strip).slices
            # copies, so that a pending tile does not keep the whole strip in memory
            pixels = array[:, rows, columns].copy()
            yield key, (pixels, None if mask is None else mask[rows, columns].copy())


def iter_tile_windows(
    reference: RasterReference, metadata: RasterMetadata, grid: Grid
) -> Generator[tuple[TileKey, RasterWindow], None, None]:
    """Yield what `iter_tile_pixels` does, but windows for workers to read."""
    for strip in iter_strips(grid, metadata):
        for key in grid.levels[0].keys_in(strip, bands=(0,)):
            yield key, RasterWindow(reference, grid.tile_window(key))


def _read(source: Raster, window: Window) -> MaskedPixels:
    """Read a window, reporting system errors as errors of the input."""
    try:
        return source.read_window(window)
    except OSError as error:
        raise InputError(
            "input.cannot_read_window",
            source.name,
            window=window,
            reason=error.strerror or error,
        ) from error


def iter_strips(grid: Grid, metadata: RasterMetadata) -> Iterator[Window]:
    """Cut level 0 into strips one tile high, in an order that keeps few unfinished parents.

    Square blocks of ``2**k`` × ``2**k`` tiles, as wide as `_STRIP_BYTES` allows, follow one another
    in Z-order; each is read strip by strip from top to bottom. So at any time at most one strip's
    worth of parents per level is unfinished, whatever the size of the raster.
    """
    size, level = grid.tile_size, grid.levels[0]
    tile_bytes = level.tile_pixels * metadata.count * np.dtype(metadata.dtype).itemsize
    block = 1
    while 2 * block * tile_bytes <= _STRIP_BYTES:
        block *= 2
    for row, column in _z_order(-(-level.tile_rows // block), -(-level.tile_columns // block)):
        first = column * block * size
        for tile_row in range(row * block, min((row + 1) * block, level.tile_rows)):
            yield Window(first, tile_row * size, block * size, size).intersection(level.window)


def _z_order(rows: int, columns: int) -> Iterator[tuple[int, int]]:
    """Yield the cells of a rectangle in Z-order."""
    side = 1 << (max(rows, columns) - 1).bit_length()
    quarters = [(0, 0, side)]
    while quarters:
        row, column, side = quarters.pop()
        if row >= rows or column >= columns:
            continue
        if side == 1:
            yield row, column
            continue
        side //= 2
        quarters += [(row + y * side, column + x * side, side) for y in (1, 0) for x in (1, 0)]
