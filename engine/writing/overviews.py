"""Downsample pixels by a factor of two: each output pixel covers 2 × 2, or fewer at odd edges."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ..model.data_types import Array
from ..model.metadata import Number
from ..model.nodata import valid_mask
from ..model.raster import MaskedPixels


@np.errstate(invalid="ignore")  # signaling NaNs are treated as NaN
def downsample(
    array: Array,
    mask: Array | None,
    nodata: Sequence[Number | None],
    method: str,
) -> MaskedPixels:
    """Reduce pixels (bands, height, width) and mask to half the resolution, rounding sizes up.

    Only valid pixels are used; an output pixel is nodata or masked only if all its inputs are. The
    method is ``average``, ``mode`` or ``nearest``.
    """
    reduce = {"average": _average, "mode": _mode, "nearest": _first_of_best}[method]
    seen = None if mask is None else _quads(mask, fill=False)
    bands = []
    for band, value in zip(array, nodata):
        valid = valid_mask(band, value, mask)
        cells, used = _quads(band), _quads(valid, fill=False)
        result = reduce(cells, used)
        # no valid input, or a mean that happens to be nodata, or NaN from infinities
        wrong = ~(used.any(axis=0) & valid_mask(result, value, None))
        if wrong.any():
            rank = used[:, wrong].astype(np.int8)
            if seen is not None:
                rank += seen[:, wrong]  # if all others are nodata, a masked pixel stays invalid
            result[wrong] = _first_of_best(cells[:, wrong], rank)
        bands.append(result)
    return np.stack(bands), None if seen is None else np.any(seen, axis=0)


def _quads(plane: Array, fill: bool | None = None) -> Array:
    """Return shape (4, rows, columns): the pixels of each 2 × 2 block, edges repeated or filled."""
    height, width = plane.shape
    if height % 2 or width % 2:
        pad = ((0, height % 2), (0, width % 2))
        if fill is None:
            plane = np.pad(plane, pad, mode="edge")
        else:
            plane = np.pad(plane, pad, constant_values=fill)
    return np.stack([plane[y::2, x::2] for y in (0, 1) for x in (0, 1)])


def _first_of_best(cells: Array, rank: Array) -> Array:
    """Return the first pixel of the highest rank of each 2 × 2 block, such as a valid one."""
    first: Array = np.take_along_axis(cells, rank.argmax(axis=0)[np.newaxis], axis=0)[0]
    return first


@np.errstate(all="ignore")  # infinities of floats are what they are
def _average(cells: Array, valid: Array) -> Array:
    """Return the mean of the valid pixels, undefined if there are none; integers round half up."""
    dtype = cells.dtype
    complete = bool(valid.all())  # the usual case
    count = 4 if complete else np.maximum(valid.sum(axis=0, dtype=np.int8), 1)
    if dtype.kind in "iu":
        mean = (_mean_of_64_bits if dtype.itemsize == 8 else _mean_of_integers)(cells, valid, count)
    else:
        mean = _mean_of_floats(cells, valid, count)
    return mean.astype(dtype)


def _mean_of_integers(cells: Array, valid: Array, count: int | Array) -> Array:
    """Return the mean of integers of up to 32 bits, summed in 64 bits."""
    total: Array = np.zeros(cells.shape[1:], np.int64 if cells.dtype.itemsize == 4 else np.int32)
    for cell, used in zip(cells, valid):
        total += cell * used
    if isinstance(count, int):
        mean: Array = (total + 2) >> 2
    else:  # exact: fractions differ from integers by at least 1/8
        mean = np.floor((2.0 * total + count) / (2 * count))
    return mean


def _mean_of_64_bits(cells: Array, valid: Array, count: int | Array) -> Array:
    """Return the mean of 64-bit integers from the sums of quotients and remainders.

    The sum of the quotients may wrap, but the result is a mean and fits.
    """
    dtype = cells.dtype
    divisor = dtype.type(count) if isinstance(count, int) else count.astype(dtype)
    quotients, remainders = (np.zeros(cells.shape[1:], dtype) for _ in range(2))
    for cell, used in zip(cells, valid):
        value = np.where(used, cell, dtype.type(0))
        quotient = value // divisor
        quotients += quotient
        remainders += value - quotient * divisor
    two = dtype.type(2)
    mean: Array = quotients + (two * remainders + divisor) // (two * divisor)
    return mean


def _mean_of_floats(cells: Array, valid: Array, count: int | Array) -> Array:
    wide = np.dtype(np.complex128 if cells.dtype.kind == "c" else np.float64)
    total: Array = np.zeros(cells.shape[1:], wide)
    for cell, used in zip(cells, valid):
        total += np.where(used, cell, 0)
    mean: Array = total / count
    if wide.itemsize > cells.dtype.itemsize or np.isfinite(total).all():
        return mean
    # the sum overflows, although the mean may not
    shares = np.zeros_like(total)
    for cell, used in zip(cells, valid):
        shares += np.where(used, cell, 0) / count
    return np.where(np.isfinite(total), mean, shares)


def _mode(cells: Array, valid: Array) -> Array:
    """Return the most frequent valid value of each block; the first of equally frequent ones."""
    votes = valid.astype(np.int8)
    for n in range(4):
        for other in range(n):
            alike = (cells[n] == cells[other]) & valid[n] & valid[other]
            votes[n] += alike
            votes[other] += alike
    found: Array = cells[0].copy()
    most = votes[0]
    for cell, own in zip(cells[1:], votes[1:]):
        np.copyto(found, cell, where=own > most)
        np.maximum(most, own, out=most)
    return found
