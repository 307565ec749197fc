"""Pixels of FLAC rasters as lazy arrays of xarray, which can be pickled."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Union

import numpy as np
from xarray.backends import BackendArray
from xarray.core import indexing

from ..errors import InputError, RemoteChanged
from ..model.data_types import Array, DType
from ..model.grid import Window
from ..model.nodata import alpha_band, valid_mask
from ..reading.flac_raster import FlacRaster
from ..storage.name_parts import scheme_of

#: Index of one dimension from `BackendArray`: a number, a slice, or an array of numbers.
Key = Union[int, slice, Array]


class SharedRaster:
    """An open raster that closes after its last reader.

    xarray closes the least recently used files even while they are being read, and opens them again
    for the next read, in this process or in another one.
    """

    def __init__(self, name: str, mode: str):  # `CachingFileManager` needs a mode
        self.raster = FlacRaster.open(name)
        self.version = _version(self.raster)
        self._lock = threading.Lock()
        self._readers = 0
        self._is_closing = False

    @contextmanager
    def reading(self) -> Iterator[FlacRaster]:
        """Keep the raster open during the block."""
        with self._lock:
            self._readers += 1
        try:
            yield self.raster
        finally:
            self._leave(1)

    def close(self) -> None:
        """Close the raster, or let the last reader do so."""
        self._is_closing = True
        self._leave(0)

    def _leave(self, readers: int) -> None:
        with self._lock:
            self._readers -= readers
            if self._is_closing and not self._readers:
                self.raster.close()


def _version(raster: FlacRaster) -> str:
    """Return a text that differs if the file was replaced before it is opened again.

    It depends on size and tags if the server does not identify versions.
    """
    source = raster.source
    if source.version is not None:
        return source.identity
    facts = repr((source.size, sorted(raster.head.tags.items())))
    return hashlib.sha256(facts.encode("utf-8", "backslashreplace")).hexdigest()


class Pixels(BackendArray):
    """Lazy pixels of some bands, counted from 0, of a level; can be pickled.

    The shape of the bands is that of the first dimensions. The manager opens a `SharedRaster`.
    ``masked`` says whether invalid pixels become NaN, ``scaled`` whether scale and offset are
    applied.
    """

    def __init__(
        self,
        manager: Any,
        shared: SharedRaster,
        level: int,
        bands: Array,
        masked: bool,
        scaled: bool,
    ):
        self._manager, self._level, self._bands = manager, level, bands
        self.is_masked, self.is_scaled = masked, scaled
        self._version = shared.version
        raster = shared.raster
        size = raster.levels[level]
        self.shape = (*bands.shape, size.height, size.width)
        self.dtype = _with_nan(raster.dtype) if masked else raster.dtype

    def __getitem__(self, key: indexing.ExplicitIndexer) -> Any:
        return indexing.explicit_indexing_adapter(
            key, self.shape, indexing.IndexingSupport.OUTER, self._read
        )

    def _read(self, key: tuple[Key, ...]) -> Array:
        bands = self._bands
        for axis_from_end, band_key in zip(range(bands.ndim, 0, -1), key):
            bands = bands[(..., band_key, *(slice(None),) * (axis_from_end - 1))]
        spans = map(_span, key[-2:], self.shape[-2:])
        (top, height, row_key), (left, width, column_key) = spans
        block = np.empty((bands.size, height, width), self.dtype)
        if block.size:
            window = Window(left, top, width, height)
            block = self._read_window(window, bands.ravel().tolist())
        block = block.reshape(*bands.shape, height, width)
        return block[..., row_key, :][..., column_key]

    def _read_window(self, window: Window, bands: list[int]) -> Array:
        shared: SharedRaster = self._manager.acquire()
        with shared.reading() as raster:
            if shared.version != self._version:
                kind = InputError if scheme_of(raster.name) is None else RemoteChanged
                raise kind("xarray.changed", raster.name)
            if not self.is_masked:
                return raster.read(window, self._level, [band + 1 for band in bands])
            metadata = raster.metadata
            alpha = alpha_band(metadata)
            needed = bands if alpha is None or alpha in bands else [*bands, alpha]
            pixels, mask = raster.read_masked(window, self._level, [band + 1 for band in needed])
        opaque = None if alpha is None else pixels[needed.index(alpha)] != 0
        planes = np.empty((len(bands), window.height, window.width), self.dtype)
        for band, plane, values in zip(bands, planes, pixels):
            described = metadata.bands[band]
            plane[...] = values
            if self.is_scaled and (described.scale, described.offset) != (1.0, 0.0):
                plane *= described.scale
                plane += described.offset
            valid = valid_mask(values, described.nodata, mask)
            if opaque is not None and band != alpha:
                valid &= opaque
            plane[~valid] = np.nan
        return planes


def positions(key: Key, size: int) -> Array:
    """Return the indexes below ``size`` that a key selects, in time independent of ``size``."""
    if isinstance(key, slice):
        chosen = range(size)[key]
        return np.arange(chosen.start, chosen.stop, chosen.step)
    if isinstance(key, np.ndarray):
        return np.where(key < 0, key + size, key)
    return np.asarray(range(size)[key])


def _span(key: Key, size: int) -> tuple[int, int, Key]:
    """Return the first pixel that a key selects, the number to read, and the key among these."""
    chosen = positions(key, size)
    if not chosen.size:
        return 0, 0, slice(0)
    first = int(chosen.min())
    inside = slice(None, None, key.step) if isinstance(key, slice) else chosen - first
    return first, int(chosen.max()) - first + 1, inside


def _with_nan(dtype: DType) -> DType:
    """Return the data type with NaN that xarray and rioxarray choose."""
    if dtype.kind in "fc":
        return dtype
    return np.dtype("f4" if dtype.itemsize <= 2 else "f8")
