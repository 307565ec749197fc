"""Fill values: nodata, or a frequent value that nobody declared.

Pixels with a fill value get no sample; a mask tells where they are, and each plane has one value
for all of them. Stored as numbers instead, a nodata value would be a discontinuity at every coast,
at 7 to 18 % of the size.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ...model.data_types import Array
from ..effort import EncodingProfile


def declared_nodata(bits: Array, nodata: Array | None) -> int | None:
    """Return the bits of a plane's nodata pixels, or None if there are none.

    ``nodata`` is a 0-d array of the data type of the plane.
    """
    if nodata is None:
        return None
    if nodata.dtype.kind == "f" and np.isnan(nodata):
        # any NaN is nodata; those with the payload of the first one are taken out
        nan = np.isnan(bits.view(nodata.dtype))
        return int(bits[nan][0]) if nan.any() else None
    value = int(nodata.view(bits.dtype))
    return value if (bits == bits.dtype.type(value)).any() else None


def dominant_value(bits: Array, words: Array, profile: EncodingProfile) -> int | None:
    """Return the bits of what is probably a fill value in a plane of bits, or of words, or None.

    A fill value is frequent and isolated: few pixels are near it, unlike the zero of rain.
    """
    step = max(1, words.size // profile.fill_sample)
    sample = np.ascontiguousarray(words.reshape(-1)[::step])
    values, counts = np.unique(sample, return_counts=True)  # without indices, which take long
    most = int(counts.argmax())
    frequency = counts[most]
    if frequency <= profile.min_fill_fraction * sample.size or (
        counts.size > 1 and frequency <= profile.min_fill_lead * np.delete(counts, most).max()
    ):
        return None
    value = values[most]
    distance = np.where(values > value, values - value, value - values)
    neighborhood = (values[-1] - values[0]) // profile.fill_neighborhood
    near = counts[distance <= neighborhood].sum() - frequency
    place = step * int((sample == value).argmax())
    is_isolated = near <= profile.max_near_fraction * frequency
    return int(bits.reshape(-1)[place]) if is_isolated else None


def fill_mask(bits: Array, values: Sequence[int | None]) -> Array | None:
    """Return where planes have their fill value, or None if nowhere.

    The shape is that of the planes, or (1, height, width) if it is the same for all.
    """
    if not values:
        return None
    found = np.zeros(bits.shape, bool)
    for plane, value, target in zip(bits, values, found):
        if value is not None:
            np.equal(plane, plane.dtype.type(value), out=target)
    if not found.any():
        return None
    return found[:1] if (found[1:] == found[:1]).all() else found


def fill(array: Array, where: Array, values: Sequence[int | None]) -> None:
    """Put the fill value of each plane, given as bits, back in place.

    `numpy.copyto` skips runs of other pixels quickly, and fill values come in patches.
    """
    bits = array.view(f"u{array.itemsize}")
    for number, (plane, value) in enumerate(zip(bits, values)):
        if value is not None:
            np.copyto(plane, bits.dtype.type(value), where=where[number % len(where)])
