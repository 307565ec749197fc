"""Pixels that have no value: nodata, or a fill value that nobody declared.

A hole carries no sample at all; a mask says where holes are, and each plane has one value for all
of its own. Stored as numbers instead, a nodata value would make a cliff at every coast, at 7 to 18
% of the size.
"""

from __future__ import annotations

import numpy as np

#: A value that nobody declared counts as a fill value if it takes more than this share of the
#: pixels, and is this many times as frequent as the next.
_SHARE, _LEAD = 0.03, 5
_PROBE = 4096


def declared(bits: np.ndarray, nodata: np.ndarray | None) -> int | None:
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


def dominant(bits: np.ndarray) -> int | None:
    """Return the bits of a value so frequent that it is probably a fill value, or None."""
    probe = np.ascontiguousarray(bits.reshape(-1)[:: max(1, bits.size // _PROBE)])
    values, counts = np.unique(probe, return_counts=True)
    first = int(counts.argmax())
    others = np.delete(counts, first)
    if counts[first] > _SHARE * probe.size and (
        not others.size or counts[first] > _LEAD * others.max()
    ):
        return int(values[first])
    return None


def mask(bits: np.ndarray, values: list[int | None]) -> np.ndarray | None:
    """Return where holes are, shape (planes, height, width), or None if nowhere."""
    found = np.zeros(bits.shape, bool)
    for plane, value, target in zip(bits, values, found):
        if value is not None:
            np.equal(plane, plane.dtype.type(value), out=target)
    return found if found.any() else None


def fill(array: np.ndarray, where: np.ndarray, values: list[int | None]) -> None:
    """Put each plane's value into its holes, in place, by bits."""
    bits = array.view(f"u{array.itemsize}")
    for plane, value, target in zip(bits, values, where):
        if value is not None:
            plane[target] = value
