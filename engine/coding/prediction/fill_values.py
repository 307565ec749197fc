"""Pixels that have no value: nodata, or a fill value that nobody declared.

A hole carries no sample at all; a mask says where holes are, and each plane has one value for all
of its own. Stored as numbers instead, a nodata value would make a cliff at every coast, at 7 to 18
% of the size.
"""

from __future__ import annotations

import numpy as np

from ...model.data_types import Array

#: A value that nobody declared counts as a fill value if it takes more than this share of the
#: pixels, and is this many times as frequent as the next.
_SHARE, _LEAD = 0.03, 5
#: It stands apart if pixels within this part of the range are fewer than this share of its own.
_APART, _NEAR = 64, 0.05
_PROBE = 4096


def declared(bits: Array, nodata: Array | None) -> int | None:
    """Return the bits of a plane's nodata pixels, or None if there are none.

    Parameters
    ----------
    bits : ndarray of unsigned, shape (height, width)
    nodata : 0-d array, optional
        The nodata value in the data type of the plane.
    """
    if nodata is None:
        return None
    if nodata.dtype.kind == "f" and np.isnan(nodata):
        # any NaN is nodata; those of the first one's payload become holes
        nan = np.isnan(bits.view(nodata.dtype))
        return int(bits[nan][0]) if nan.any() else None
    value = int(nodata.view(bits.dtype))
    return value if (bits == bits.dtype.type(value)).any() else None


def dominant(bits: Array, words: Array) -> int | None:
    """Return the bits of what is probably a fill value, or None.

    A fill value is frequent and stands apart: few pixels are near it, unlike the zero of rain.

    Parameters
    ----------
    bits, words : ndarray of unsigned, shape (height, width)
        The same pixels by their bits and in their order.
    """
    step = max(1, words.size // _PROBE)
    probe = np.ascontiguousarray(words.reshape(-1)[::step])
    values, counts = np.unique(probe, return_counts=True)  # without places, which take long
    first = int(counts.argmax())
    frequent = counts[first]
    if frequent <= _SHARE * probe.size or (
        counts.size > 1 and frequent <= _LEAD * np.delete(counts, first).max()
    ):
        return None
    value = values[first]
    distance = np.where(values > value, values - value, value - values)
    near = counts[distance <= (values[-1] - values[0]) // _APART].sum() - frequent
    place = step * int((probe == value).argmax())
    return int(bits.reshape(-1)[place]) if near <= _NEAR * frequent else None


def mask(bits: Array, values: list[int | None]) -> Array | None:
    """Return where holes are, or None if nowhere.

    Returns
    -------
    ndarray of bool, shape (planes, height, width), or (1, height, width) if all planes have theirs
    at the same places
    """
    found = np.zeros(bits.shape, bool)
    for plane, value, target in zip(bits, values, found):
        if value is not None:
            np.equal(plane, plane.dtype.type(value), out=target)
    if not found.any():
        return None
    return found[:1] if (found[1:] == found[:1]).all() else found


def fill(array: Array, where: Array, values: list[int | None]) -> None:
    """Put each plane's value into its holes, in place, by bits.

    `numpy.copyto` passes over runs of pixels that are no holes, and holes come in patches.
    """
    bits = array.view(f"u{array.itemsize}")
    for number, (plane, value) in enumerate(zip(bits, values)):
        if value is not None:
            np.copyto(plane, bits.dtype.type(value), where=where[number % len(where)])
