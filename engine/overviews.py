"""Halve the resolution of a tile: each output pixel stands for 2 × 2, fewer at an odd edge."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from .metadata import Number
from .raster import Block
from .tile import nodata_as, valid_pixels

#: ``average`` for measured values, ``mode`` (the most frequent) for classes, ``nearest`` (the upper
#: left) for either.
METHODS = ("average", "mode", "nearest")


@np.errstate(invalid="ignore")  # signalling NaNs are as good as any
def halve(
    array: np.ndarray,
    mask: np.ndarray | None,
    nodata: Sequence[Number | None],
    method: str,
) -> Block:
    """Reduce pixels and mask to half the resolution, rounding sizes up.

    Nodata, NaN and masked pixels take no part; an output pixel is nodata, or masked, only where all
    its inputs are.

    Parameters
    ----------
    array : ndarray, shape (bands, height, width)
    mask : ndarray of bool, shape (height, width), optional
    nodata : sequence
        One value or None per band.
    method : str
        One of `METHODS`.

    Returns
    -------
    pixels : ndarray, shape (bands, (height + 1) // 2, (width + 1) // 2)
    mask : ndarray of bool or None
    """
    reduce = {"average": _average, "mode": _mode, "nearest": _first_valid}[method]
    bands = []
    for band, value in zip(array, nodata):
        valid = valid_pixels(band, value, mask)
        cells, used = _quads(band), _quads(valid, fill=False)
        result = reduce(cells, used)
        if value is not None:
            result = _keep_off_nodata(result, cells, used, nodata_as(band.dtype, value))
        bands.append(result)
    reduced = None if mask is None else _quads(mask, fill=False).any(axis=0)
    return np.stack(bands), reduced


def _quads(plane: np.ndarray, fill: bool | None = None) -> np.ndarray:
    """Return shape (4, rows, columns): the pixels of each 2 × 2 block, edges repeated or filled."""
    height, width = plane.shape
    if height % 2 or width % 2:
        pad = ((0, height % 2), (0, width % 2))
        if fill is None:
            plane = np.pad(plane, pad, mode="edge")
        else:
            plane = np.pad(plane, pad, constant_values=fill)
    return np.stack([plane[y::2, x::2] for y in (0, 1) for x in (0, 1)])


def _first_valid(cells: np.ndarray, valid: np.ndarray) -> np.ndarray:
    """First valid pixel of each block; its first pixel, nodata and all, where none is valid."""
    choice = valid.argmax(axis=0)
    return np.take_along_axis(cells, choice[np.newaxis], axis=0)[0]


def _average(cells: np.ndarray, valid: np.ndarray) -> np.ndarray:
    """Mean of the valid pixels; whole numbers are rounded half up."""
    dtype = cells.dtype
    wide = _sum_dtype(dtype)
    complete = valid.all()  # as almost everywhere
    count = 4 if complete else valid.sum(axis=0, dtype=np.int8)
    total = np.zeros(cells.shape[1:], wide)
    with np.errstate(all="ignore"):  # infinities and overflow of floats are what they are
        for cell, used in zip(cells, valid):
            # floats may be infinite, or no number
            total += cell * used if wide.kind == "i" else np.where(used, cell, 0)
        divisor = np.maximum(count, 1)
        if wide.kind != "i":
            mean = total / divisor
        elif complete:
            mean = (total + 2) >> 2
        else:  # what is no whole number is at least an eighth away from one, so this is exact
            mean = np.floor((2.0 * total + divisor) / (2 * divisor))
        if dtype.kind in "iu" and wide.kind == "f":
            limits = np.iinfo(dtype)
            # the largest float64 that is not above the largest integer
            mean = np.clip(
                np.floor(mean + 0.5), float(limits.min), np.nextafter(float(limits.max), 0)
            )
        mean = mean.astype(dtype)
    return mean if complete else np.where(count > 0, mean, cells[0])


def _sum_dtype(dtype: np.dtype) -> np.dtype:
    """Wide enough for the sum of four values, and 2."""
    if dtype.kind == "c":
        return np.dtype(np.complex128)
    if dtype.kind == "f" or dtype.itemsize == 8:
        return np.dtype(np.float64)
    return np.dtype(np.int64 if dtype.itemsize == 4 else np.int32)


def _mode(cells: np.ndarray, valid: np.ndarray) -> np.ndarray:
    """Most frequent valid value of each block; of equally frequent ones the first."""
    votes = valid.astype(np.int8)
    for n in range(4):
        for other in range(n):
            alike = (cells[n] == cells[other]) & valid[n] & valid[other]
            votes[n] += alike
            votes[other] += alike
    found, most = cells[0].copy(), votes[0]
    for cell, own in zip(cells[1:], votes[1:]):
        np.copyto(found, cell, where=own > most)
        np.maximum(most, own, out=most)
    return found


def _keep_off_nodata(
    result: np.ndarray, cells: np.ndarray, valid: np.ndarray, nodata: np.generic | None
) -> np.ndarray:
    """Take a valid pixel where the mean of valid pixels happens to be the nodata value."""
    if nodata is None or np.isnan(nodata):
        return result
    clash = result == nodata
    if clash.any():  # mostly where nothing is valid
        clash &= valid.any(axis=0)
    return np.where(clash, _first_valid(cells, valid), result) if clash.any() else result
