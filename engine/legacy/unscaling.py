"""Pixels from scaled samples, each with whether it is certain.

flac-raster scaled pixels to the range of samples and truncated the fraction. An unscaler finds the
pixels that become a given sample: a single one is recovered exactly, of several one is taken and
reported as uncertain.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from ..model.data_types import Array, DType
from ..model.metadata import Number
from . import scaling

#: Larger whole numbers were rounded when minimum and maximum were written.
EXACT_IN_FLOAT64 = 1 << 53
#: Samples of values that exceed 32 bits: the first of these on most processors.
OVERFLOWED = (-(1 << 31), (1 << 31) - 1)


class Recovered(NamedTuple):
    """Pixels, and whether each of them is certain."""

    pixels: Array
    certain: Array


class Unscaler:
    """Inverse of one way to make samples from pixels.

    Of the arguments of subclasses, ``low`` and ``high`` are the minimum and maximum of the pixels,
    ``full`` is a sample at full scale, ``bits`` the bits per sample, and ``wraps`` says whether
    differences were computed in the data type ``dtype``.
    """

    #: Whether every pixel is certain, whatever the samples; None if that depends on them.
    exact: bool | None = None

    def can_explain(self, samples: Array, least: int, greatest: int) -> bool:
        """Return whether samples of a stream with this range may have been made in this way."""
        return True

    def recover(self, samples: Array) -> Recovered:
        """Return the pixels of samples, both in one dimension."""
        raise NotImplementedError


class OffsetUnscaler(Unscaler):
    """Samples that are pixels plus an offset, as this project writes them."""

    exact = True

    def __init__(self, dtype: DType, offset: int):
        self._dtype, self._offset = dtype, offset

    def recover(self, samples: Array) -> Recovered:
        """See `Unscaler`."""
        wide = samples.astype(np.int32) - self._offset
        limits = np.iinfo(self._dtype)
        certain = (wide >= limits.min) & (wide <= limits.max)
        return Recovered(wide.astype(self._dtype), certain)


class ConstantUnscaler(Unscaler):
    """Pixels of a single value, which became one of the samples; some may be NaN if not certain."""

    def __init__(
        self, dtype: DType, value: Number, samples: Sequence[int] = (0,), certain: bool = True
    ):
        self._dtype, self._value, self._samples = dtype, value, samples
        self.exact = self._certain = certain

    def can_explain(self, samples: Array, least: int, greatest: int) -> bool:
        """See `Unscaler`."""
        return bool(np.isin(samples, self._samples).all())

    def recover(self, samples: Array) -> Recovered:
        """See `Unscaler`."""
        pixels = np.full(samples.shape, self._value, self._dtype)
        return Recovered(pixels, np.isin(samples, self._samples) & self._certain)


class TableUnscaler(Unscaler):
    """Integers of 8 and 16 bits, by a table of all pixels and the samples that they become."""

    def __init__(self, dtype: DType, low: int, high: int, bits: int, full: int, wraps: bool):
        pixels = np.arange(low, high + 1).astype(dtype)
        if wraps:
            above, span = pixels - pixels[0], scaling.wrapped_span(low, high, dtype)
        else:
            above, span = pixels.astype(np.float64) - low, high - low
        scaled = scaling.scale(above.astype(np.float64), span, full)
        self._samples, first, counts = np.unique(
            scaling.as_samples(scaled, bits), return_index=True, return_counts=True
        )
        self._pixels, self._is_single = pixels[first], counts == 1
        self.exact = True if self._is_single.all() else None
        self._rows = None
        if bits == 16:  # a lookup is faster than a search
            self._rows = np.full(1 << 16, -1, np.int32)
            self._rows[self._samples.view(np.uint16)] = np.arange(self._samples.size)

    def _find(self, samples: Array) -> tuple[Array, Array]:
        """Return the row of each sample in the table, and whether it is listed."""
        if self._rows is not None:
            row: Array = self._rows[samples.view(np.uint16)]
            return row, row >= 0
        row = np.searchsorted(self._samples, samples)
        row[row == self._samples.size] = 0
        return row, self._samples[row] == samples

    def can_explain(self, samples: Array, least: int, greatest: int) -> bool:
        """See `Unscaler`."""
        return bool(self._find(samples)[1].all())

    def recover(self, samples: Array) -> Recovered:
        """See `Unscaler`."""
        row, is_listed = self._find(samples)
        return Recovered(self._pixels[row], is_listed & self._is_single[row])


class NearestUnscaler(Unscaler):
    """Wide integers: the pixel nearest to a sample and the two beside it are tried."""

    def __init__(self, dtype: DType, low: int, high: int, full: int, wraps: bool):
        self._dtype, self._low, self._full = dtype, low, full
        self._is_known = max(abs(low), abs(high)) < EXACT_IN_FLOAT64
        self._span = self._last = float(high - low)
        self._first = 0.0
        if wraps and self._is_known:
            self._span = float(scaling.wrapped_span(low, high, dtype))
            limits = np.iinfo(dtype)
            self._first, self._last = float(limits.min), float(limits.max)
        self.exact = False
        if self._is_known and 0 < self._span <= 2 * full:
            even = self._span % 2 == 0 and self._span <= 2 * full - 2
            self.exact = True if even or self._span < full else None

    def can_explain(self, samples: Array, least: int, greatest: int) -> bool:
        """See `Unscaler`."""
        # samples of differences that wrapped go far beyond full scale
        return self._span < 0 or max(-least, greatest) <= self._full

    def recover(self, samples: Array) -> Recovered:
        """See `Unscaler`."""
        sample = samples.astype(np.float64)
        middle = scaling.unscale(sample, self._span, self._full)
        nearest = np.rint(np.clip(middle, self._first, self._last))
        above, matches = nearest, np.zeros(samples.shape, np.int8)
        for candidate in (nearest - 1, nearest + 1, nearest):
            possible = (candidate >= self._first) & (candidate <= self._last)
            match = possible & (scaling.scale(candidate, self._span, self._full) == sample)
            above = np.where(match, candidate, above)
            matches += match
        return Recovered(self._pixels(above), (matches == 1) & self._is_known)

    def _pixels(self, above: Array) -> Array:
        if not self._is_known:  # 64 bits: only floats have room, and the result is not exact anyway
            limits = np.iinfo(self._dtype)
            wide = np.maximum(above + float(self._low), float(limits.min))
            edge = wide >= float(limits.max)  # which is larger by one as a float
            pixels = np.where(edge, 0.0, wide).astype(self._dtype)
            return np.where(edge, self._dtype.type(limits.max), pixels)
        return (above.astype(np.int64) + self._low).astype(self._dtype)


class _FloatUnscaler(Unscaler):
    """Floats: the nearest number and its two neighbors are tried."""

    def __init__(self, dtype: DType, full: int):
        self._dtype, self._full = dtype, full
        # doubles are so close to one another that a sample never stands for one alone
        self.exact = None if dtype.itemsize == 4 else False

    def _nearest(self, samples: Array) -> Array:
        """Return the numbers in the middle of all that become the samples."""
        raise NotImplementedError

    def _scale(self, pixels: Array) -> Array:
        """Return the samples of pixels."""
        raise NotImplementedError

    def _matches(self, samples: Array, pixels: Array) -> Array:
        """Return whether pixels, and the numbers below and above them, become the samples."""
        with np.errstate(over="ignore"):
            infinity = pixels.dtype.type(np.inf)
            below, above = np.nextafter(pixels, -infinity), np.nextafter(pixels, infinity)
        return np.array([self._scale(numbers) == samples for numbers in (pixels, below, above)])

    def _recover(self, samples: Array, ambiguous: Array) -> Recovered:
        pixels = self._nearest(samples.astype(np.float64)).astype(self._dtype)
        match, below, above = self._matches(samples, pixels)
        certain = match & ~below & ~above & ~ambiguous
        return Recovered(pixels, certain & (self.exact is None))


class FullScaleFloatUnscaler(_FloatUnscaler):
    """Floats that 0.1.2 multiplied by full scale, whatever their range; see `scaling`."""

    def __init__(
        self, dtype: DType, full: int, product: DType, low: float | None, high: float | None
    ):
        super().__init__(dtype, full)
        self._product = product
        self._ends = None if low is None or high is None else np.array([low, high], dtype)

    def can_explain(self, samples: Array, least: int, greatest: int) -> bool:
        """See `Unscaler`."""
        if self._ends is not None:
            low, high = self._scale(self._ends)
            if max(abs(low), abs(high)) >= OVERFLOWED[1]:  # which of them depends on the processor
                if least != OVERFLOWED[0] and greatest != OVERFLOWED[1]:
                    return False
            elif (low, high) != (least, greatest):
                return False
        pixels = self._nearest(samples.astype(np.float64)).astype(self._dtype)
        matches = self._matches(samples, pixels).any(axis=0)
        return bool((matches | np.isin(samples, OVERFLOWED)).all())

    def recover(self, samples: Array) -> Recovered:
        """See `Unscaler`."""
        overflowed = np.isin(samples, OVERFLOWED)
        result = self._recover(samples, overflowed)
        result.pixels[overflowed] = np.nan
        return result

    def _nearest(self, samples: Array) -> Array:
        # products of float32 were rounded already, others were truncated
        is_rounded = self._product == np.float32
        return (samples if is_rounded else samples + 0.5 * np.sign(samples)) / self._full

    def _scale(self, pixels: Array) -> Array:
        return scaling.unscaled_floats(pixels, self._full, self._product)


class ScaledFloatUnscaler(_FloatUnscaler):
    """Floats that 0.2.0 scaled to their range, NaN as if it were in the middle."""

    def __init__(self, dtype: DType, full: int, low: float, high: float):
        super().__init__(dtype, full)
        self._low, self._span = low, high - low

    def can_explain(self, samples: Array, least: int, greatest: int) -> bool:
        """See `Unscaler`."""
        return (least, greatest) == (-self._full, self._full)

    def recover(self, samples: Array) -> Recovered:
        """See `Unscaler`."""
        return self._recover(samples, samples == 0)

    def _nearest(self, samples: Array) -> Array:
        middle = scaling.unscale(samples, self._span, self._full)
        return np.clip(middle, 0.0, self._span) + self._low

    def _scale(self, pixels: Array) -> Array:
        with np.errstate(over="ignore", invalid="ignore"):
            return scaling.scale(pixels.astype(np.float64) - self._low, self._span, self._full)


class ConsensusUnscaler(Unscaler):
    """Several unscalers that may be right: only pixels on which all agree are certain."""

    def __init__(self, unscalers: Sequence[Unscaler], certain: bool = True):
        self._unscalers, self._certain = unscalers, certain

    def recover(self, samples: Array) -> Recovered:
        """See `Unscaler`."""
        pixels, certain = self._unscalers[0].recover(samples)
        for unscaler in self._unscalers[1:]:
            other, also = unscaler.recover(samples)
            certain = certain & also & (other == pixels)
        return Recovered(pixels, certain & self._certain)
