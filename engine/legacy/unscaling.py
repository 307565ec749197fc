"""From samples back to pixels, each with whether it is certain.

flac-raster scaled pixels to the range of samples and cut off what followed the point. That is
undone by asking which pixels become a given sample: where there is exactly one it is restored,
where there are several one of them is taken and reported as uncertain.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol

import numpy as np

from ..model.data_types import Array, DType
from ..model.metadata import Number
from . import scaling

#: Whole numbers beyond it were rounded when the smallest and largest pixel were written.
EXACT_IN_FLOAT64 = 1 << 53
#: What a sample becomes that does not fit into 32 bits: the first of these on most processors.
OVERFLOWN = (-(1 << 31), (1 << 31) - 1)


class Recovered(NamedTuple):
    """Pixels, and which of them are certain."""

    pixels: Array
    certain: Array


class Unscaler(Protocol):
    """Undoes one way to make samples of pixels."""

    @property
    def exact(self) -> bool | None:
        """Whether every pixel is certain, whatever the samples; None where that depends on them."""

    def can_explain(self, samples: Array, least: int, greatest: int) -> bool:
        """Whether samples may have been made in this way.

        Parameters
        ----------
        samples : ndarray, shape (n,)
        least, greatest : int
            Of all samples of the stream.
        """

    def recover(self, samples: Array) -> Recovered:
        """Return the pixels of samples, both in one dimension."""


class OffsetUnscaler:
    """Samples that are pixels plus a number: what this project writes.

    Parameters
    ----------
    dtype : dtype
    offset : int
    """

    exact = True

    def __init__(self, dtype: DType, offset: int):
        self._dtype, self._offset = dtype, offset

    def can_explain(self, samples: Array, least: int, greatest: int) -> bool:
        """See `Unscaler`."""
        return True

    def recover(self, samples: Array) -> Recovered:
        """See `Unscaler`."""
        wide = samples.astype(np.int32) - self._offset
        limits = np.iinfo(self._dtype)
        certain = (wide >= limits.min) & (wide <= limits.max)
        return Recovered(wide.astype(self._dtype), certain)


class ConstantUnscaler:
    """Pixels that are all the same, because the smallest is the largest.

    Parameters
    ----------
    dtype : dtype
    value : number
    samples : sequence of int
        What it may become.
    certain : bool
        False where NaN may hide among them.
    """

    def __init__(
        self,
        dtype: DType,
        value: Number,
        samples: Sequence[int] = (0,),
        certain: bool = True,
    ):
        self._dtype, self._value, self._samples, self.exact = dtype, value, samples, certain

    def can_explain(self, samples: Array, least: int, greatest: int) -> bool:
        """See `Unscaler`."""
        return bool(np.isin(samples, self._samples).all())

    def recover(self, samples: Array) -> Recovered:
        """See `Unscaler`."""
        pixels = np.full(samples.shape, self._value, self._dtype)
        return Recovered(pixels, np.isin(samples, self._samples) & self.exact)


class TableUnscaler:
    """Integers of 8 and 16 bits: every pixel there can be, and the sample it becomes.

    Parameters
    ----------
    dtype : dtype
    low, high : int
    bits : int
        Of a sample.
    full : int
        A sample at full scale.
    wraps : bool
        Whether differences were computed in the data type.
    """

    def __init__(self, dtype: DType, low: int, high: int, bits: int, full: int, wraps: bool):
        pixels = np.arange(low, high + 1).astype(dtype)
        if wraps:
            above, span = pixels - pixels[0], scaling.wrapped_span(low, high, dtype)
        else:
            above, span = pixels.astype(np.float64) - low, high - low
        made = scaling.as_samples(scaling.scale(above.astype(np.float64), span, full), bits)
        self._samples, first, counts = np.unique(made, return_index=True, return_counts=True)
        self._pixels, self._single = pixels[first], counts == 1
        self.exact: bool | None = True if self._single.all() else None
        self._places = None
        if bits == 16:  # to look up instead of searching
            self._places = np.full(1 << 16, -1, np.int32)
            self._places[self._samples.view(np.uint16)] = np.arange(self._samples.size)

    def _find(self, samples: Array) -> tuple[Array, Array]:
        """Return the place of each sample in the table, and whether it is there."""
        if self._places is not None:
            place: Array = self._places[samples.view(np.uint16)]
            return place, place >= 0
        place = np.searchsorted(self._samples, samples)
        place[place == self._samples.size] = 0
        return place, self._samples[place] == samples

    def can_explain(self, samples: Array, least: int, greatest: int) -> bool:
        """See `Unscaler`."""
        return bool(self._find(samples)[1].all())

    def recover(self, samples: Array) -> Recovered:
        """See `Unscaler`."""
        place, found = self._find(samples)
        return Recovered(self._pixels[place], found & self._single[place])


class NearestUnscaler:
    """Wide integers: the pixel a sample is nearest to, and the two beside it, are tried.

    Parameters
    ----------
    dtype : dtype
    low, high : int
    full : int
        A sample at full scale.
    wraps : bool
        Whether differences were computed in the data type.
    """

    def __init__(self, dtype: DType, low: int, high: int, full: int, wraps: bool):
        self._dtype, self._low, self._full = dtype, low, full
        self._known = max(abs(low), abs(high)) < EXACT_IN_FLOAT64
        self._span = self._last = float(high - low)
        self._first = 0.0
        if wraps and self._known:
            self._span = float(scaling.wrapped_span(low, high, dtype))
            limits = np.iinfo(dtype)
            self._first, self._last = float(limits.min), float(limits.max)
        if self._known and self._span > 0 and self._span <= 2 * full:
            even = self._span % 2 == 0 and self._span <= 2 * full - 2
            self.exact = True if even or self._span < full else None
        else:
            self.exact = False

    def can_explain(self, samples: Array, least: int, greatest: int) -> bool:
        """See `Unscaler`."""
        # those of differences that wrapped go far beyond full scale
        return self._span < 0 or max(-least, greatest) <= self._full

    def recover(self, samples: Array) -> Recovered:
        """See `Unscaler`."""
        sample = samples.astype(np.float64)
        # the middle of all numbers that are cut to the sample
        share = (sample + 0.5 * np.sign(sample)) / self._full + 1.0
        nearest = np.rint(np.clip(share * self._span / 2.0, self._first, self._last))
        above, matches = nearest, np.zeros(samples.shape, np.int8)
        for candidate in (nearest - 1, nearest + 1, nearest):
            possible = (candidate >= self._first) & (candidate <= self._last)
            match = possible & (scaling.scale(candidate, self._span, self._full) == sample)
            above = np.where(match, candidate, above)
            matches += match
        return Recovered(self._pixels(above), (matches == 1) & self._known)

    def _pixels(self, above: Array) -> Array:
        if not self._known:  # 64 bits, where only floats have room for what is not exact anyway
            limits = np.iinfo(self._dtype)
            wide = np.maximum(above + float(self._low), float(limits.min))
            edge = wide >= float(limits.max)  # which is one more, as a float
            pixels = np.where(edge, 0.0, wide).astype(self._dtype)
            return np.where(edge, self._dtype.type(limits.max), pixels)
        return (above.astype(np.int64) + self._low).astype(self._dtype)


class UnscaledFloatUnscaler:
    """Floats that 0.1.2 multiplied by full scale, whatever their range.

    Parameters
    ----------
    dtype : dtype
    full : int
    product : dtype
        See `scaling.unscaled_floats`.
    low, high : float, optional
        None where NaN was met.
    """

    def __init__(
        self,
        dtype: DType,
        full: int,
        product: DType,
        low: float | None,
        high: float | None,
    ):
        self._dtype, self._full, self._product = dtype, full, product
        self.exact = _exact(dtype)
        self._ends = None if low is None or high is None else np.array([low, high], dtype)

    def can_explain(self, samples: Array, least: int, greatest: int) -> bool:
        """See `Unscaler`."""
        if self._ends is not None:
            low, high = self._made(self._ends)
            if max(abs(low), abs(high)) >= OVERFLOWN[1]:  # which of them depends on the processor
                if least != OVERFLOWN[0] and greatest != OVERFLOWN[1]:
                    return False
            elif (low, high) != (least, greatest):
                return False
        _, matches, overflown = self._nearest(samples)
        return bool((matches.any(axis=0) | overflown).all())

    def _nearest(self, samples: Array) -> tuple[Array, Array, Array]:
        """Return pixels, whether they and both their neighbours become the samples, overflows."""
        sample = samples.astype(np.float64)
        # products of float32 were rounded already, others were cut
        middle = sample if self._product == np.float32 else sample + 0.5 * np.sign(sample)
        pixels = (middle / self._full).astype(self._dtype)
        matches = [self._made(numbers) == sample for numbers in _with_neighbours(pixels)]
        return pixels, np.array(matches), np.isin(samples, OVERFLOWN)

    def recover(self, samples: Array) -> Recovered:
        """See `Unscaler`."""
        pixels, matches, overflown = self._nearest(samples)
        certain = matches[0] & ~matches[1] & ~matches[2] & ~overflown
        pixels[overflown] = np.nan
        return Recovered(pixels, certain & (self.exact is None))

    def _made(self, pixels: Array) -> Array:
        return scaling.unscaled_floats(pixels, self._full, self._product)


class ScaledFloatUnscaler:
    """Floats that 0.2.0 scaled to their range, NaN as if it were in the middle.

    Parameters
    ----------
    dtype : dtype
    full : int
    low, high : float
    """

    def __init__(self, dtype: DType, full: int, low: float, high: float):
        self._dtype, self._full, self._low, self._span = dtype, full, low, high - low
        self.exact = _exact(dtype)

    def can_explain(self, samples: Array, least: int, greatest: int) -> bool:
        """See `Unscaler`."""
        return (least, greatest) == (-self._full, self._full)

    def recover(self, samples: Array) -> Recovered:
        """See `Unscaler`."""
        sample = samples.astype(np.float64)
        share = (sample + 0.5 * np.sign(sample)) / self._full + 1.0
        wide = np.clip(share * self._span / 2.0, 0.0, self._span) + self._low
        pixels = wide.astype(self._dtype)
        made = [self._made(p) == sample for p in _with_neighbours(pixels)]
        certain = made[0] & ~made[1] & ~made[2] & (samples != 0)
        return Recovered(pixels, certain & (self.exact is None))

    def _made(self, pixels: Array) -> Array:
        with np.errstate(over="ignore", invalid="ignore"):
            return scaling.scale(pixels.astype(np.float64) - self._low, self._span, self._full)


def _exact(dtype: DType) -> bool | None:
    """Doubles are so close to one another that a sample never stands for one alone."""
    return None if dtype.itemsize == 4 else False


def _with_neighbours(pixels: Array) -> tuple[Array, Array, Array]:
    """Return pixels and the numbers just below and above them."""
    with np.errstate(over="ignore"):
        infinity = pixels.dtype.type(np.inf)
        return pixels, np.nextafter(pixels, -infinity), np.nextafter(pixels, infinity)


class AnyOf:
    """Several ways, any of which may have been taken: certain is what all of them say.

    Parameters
    ----------
    ways : sequence of Unscaler
        At least one.
    certain : bool
        False where none of them can_explain all samples, so that nothing is certain.
    """

    exact = None

    def __init__(self, ways: Sequence[Unscaler], certain: bool = True):
        self._ways, self._certain = ways, certain

    def can_explain(self, samples: Array, least: int, greatest: int) -> bool:
        """See `Unscaler`."""
        return self._certain

    def recover(self, samples: Array) -> Recovered:
        """See `Unscaler`."""
        pixels, certain = self._ways[0].recover(samples)
        for way in self._ways[1:]:
            other, also = way.recover(samples)
            certain = certain & also & (other == pixels)
        return Recovered(pixels, certain & self._certain)
