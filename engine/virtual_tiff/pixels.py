"""Pixels of a raster as the samples that a TIFF stores."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from contextlib import closing
from itertools import count

import numpy as np

from ..model.data_types import Array
from ..model.grid import TileKey
from ..reading.flac_raster import FlacRaster
from ..storage.cache import LruCache
from ..tile.decoding import Tile

#: Sample formats of a TIFF whose samples are pairs of numbers.
_COMPLEX_INTEGERS, _COMPLEX_FLOATS = 5, 6


class DecodedTileCache(LruCache[tuple[int, TileKey], Tile]):
    """Decoded tiles of any number of rasters, by a number of the raster and their key."""

    def __init__(self, limit: int):
        super().__init__(limit, _size)


class CachedTiles:
    """The tiles of one raster, through a cache."""

    _numbers = count()

    def __init__(self, raster: FlacRaster, cache: DecodedTileCache):
        self._raster, self._cache = raster, cache
        self._owner = next(self._numbers)
        #: Held while tiles are read, so that no two threads read the same ones.
        self._reading = threading.Lock()

    def read(self, keys: Sequence[TileKey]) -> dict[TileKey, Tile]:
        """Return tiles, of which those that are not cached are read and decoded together."""
        found = self._cached(keys)
        if len(found) < len(keys):
            with self._reading:
                found.update(self._cached(keys))
                missing = [key for key in keys if key not in found]
                with closing(self._raster.read_tiles(missing, check_md5=False)) as tiles:
                    for tile in tiles:
                        found[tile.key] = tile
                        self._cache.put((self._owner, tile.key), tile)
        return found

    def _cached(self, keys: Sequence[TileKey]) -> dict[TileKey, Tile]:
        tiles = ((key, self._cache.get((self._owner, key))) for key in keys)
        return {key: tile for key, tile in tiles if tile is not None}


def _size(tile: Tile) -> int:
    return int(tile.pixels.nbytes) + (0 if tile.mask is None else int(tile.mask.nbytes))


def to_samples(rows: Array, bits: int, sample_format: int) -> bytes:
    """Return rows of pixels as samples of a little-endian TIFF, each row from a byte on.

    ``rows`` have the shape (height, width), with the bands of a pixel one behind the other where a
    block has several. ``bits`` are those of the data type or, as GDAL's NBITS, fewer;
    ``sample_format`` is as in a TIFF, and tells complex integers from complex floats.
    """
    width = rows.dtype.itemsize * 8
    if sample_format in (_COMPLEX_INTEGERS, _COMPLEX_FLOATS):
        parts = np.ascontiguousarray(rows).view(f"f{rows.dtype.itemsize // 2}")
        kind = "i" if sample_format == _COMPLEX_INTEGERS else "f"
        return parts.astype(f"<{kind}{bits // 16}").tobytes()
    if bits == width:
        return rows.astype(rows.dtype.newbyteorder("<"), copy=False).tobytes()
    if rows.dtype.kind == "f":
        return rows.astype(f"<f{bits // 8}").tobytes()
    if bits in (16, 32):  # whole words, in the byte order of the file
        return rows.astype(f"<u{bits // 8}").tobytes()
    big = rows.astype(rows.dtype.newbyteorder(">"))
    split = np.unpackbits(big.view(np.uint8).reshape(len(rows), -1, rows.dtype.itemsize), axis=2)
    return np.packbits(split[:, :, width - bits :].reshape(len(rows), -1), axis=1).tobytes()
