"""Codings 0 to 3: planes predicted from their neighbors, with the steps before and after."""

from __future__ import annotations

import struct
from abc import abstractmethod
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np

from ...model.data_types import Array, DType
from .. import mask as masks
from ..codec import Codec
from ..planes import fill_values, integer_scaling
from ..planes.plane_set import PlaneSet
from ..segment import EncodedSegment, Flag, Segment, SideInfoReader
from ..words import from_samples, from_words, limbs, sample_dtype, to_samples
from . import zero_runs

_SHARED_FLAGS = Flag.HOLES | Flag.INTEGERS | Flag.SPARSE | Flag.SHARED
_KNOWN_FLAGS = sum(Flag)


class ParsedPrediction(NamedTuple):
    """A parsed segment."""

    #: (planes, height, width).
    shape: tuple[int, int, int]
    #: Of the planes.
    dtype: DType
    #: Flat and unsigned.
    residual: Array
    #: See `PreparedPlanes`.
    fill_mask: Array | None
    #: Bits of the fill value of each plane.
    fill_values: list[int | None]
    #: Of scaled integers; 0 where there are none.
    factor: int
    offset: int
    #: Of the prediction.
    parameters: Any


class PredictionCodec(Codec):
    """A coding that stores the differences to words predicted from neighbors, by a subclass."""

    #: Flags of the side information that belong to the prediction.
    own_flags = 0

    @abstractmethod
    def variants(self, planes: PlaneSet) -> Iterator[Any]:
        """Yield the parameters that are worth trying."""

    @abstractmethod
    def forward(
        self, words: Array, skipped: Array | None, parameters: Any
    ) -> tuple[Array, int, bytes]:
        """Return residuals, flags and the parameters, which are one of `variants`, packed.

        Words are of shape (planes, height, width). Skipped pixels, of shape (planes or 1, height,
        width), need no residual.
        """

    def read_parameters(
        self, flags: int, side: SideInfoReader, shape: tuple[int, int, int], width: int
    ) -> Any:
        """Read the parameters of words of ``width`` bytes; raise ValueError if they do not fit."""
        return None

    @abstractmethod
    def inverse(self, batch: Sequence[Any]) -> tuple[list[Array], tuple[slice, slice] | None]:
        """Return the words of each segment, and the rows and columns that they are of.

        All pixels outside these are skipped; None if there are none outside.
        """

    def segments(self, planes: PlaneSet) -> Iterator[Segment]:
        """Yield a segment for each variant that is worth trying."""
        for parameters in self.variants(planes):
            yield self.encode(planes, parameters)

    def encode(self, planes: PlaneSet, parameters: Any) -> Segment:
        """Return the planes as a segment."""
        words, mask, integers = planes.prepared
        residual, own_flags, packed_parameters = self.forward(words, mask, parameters)
        stored, bitmap = zero_runs.forward(residual)
        flags = (
            (Flag.HOLES if mask is not None else 0)
            | (Flag.INTEGERS if integers is not None else 0)
            | (Flag.SPARSE if bitmap else 0)
            | (Flag.SHARED if mask is not None and len(mask) < len(words) else 0)
            | own_flags
        )
        high, low = divmod(flags, 256)
        side = [struct.pack(">BB", low, high << 4 | residual.itemsize)]
        if mask is not None:
            side += [struct.pack(">?Q", v is not None, v or 0) for v in planes.fill_values]
            for plane in mask:
                packed = masks.pack(plane)
                side += [struct.pack(">I", len(packed)), packed]
        if integers is not None:
            side.append(struct.pack(">IQ", integers.factor, integers.offset % 2**64))
        if bitmap:
            side += [struct.pack(">I", residual.size), bitmap]
        side.append(packed_parameters)
        return Segment(self.number, planes.numbers, to_samples(stored), b"".join(side))

    def unknown_flags(self, side: bytes) -> int:
        """Return the unknown flags of side information; see `codec.Codec`."""
        return (side[1] >> 4 << 8 | side[0]) & ~_KNOWN_FLAGS if len(side) > 1 else 0

    def parse(self, segment: EncodedSegment) -> ParsedPrediction:
        """Parse side information and samples; see `codec.Codec`."""
        _, samples, data, shape, dtype = segment
        side = SideInfoReader(data)
        low, second = side.unpack("BB")
        high, width = divmod(second, 16)
        flags = high << 8 | low
        self._check_flags(flags, width, dtype)
        word = np.dtype(f"u{width}")
        mask, values = None, []
        if flags & Flag.HOLES:
            pairs = [side.unpack("?Q") for _ in range(shape[0])]
            values = [value if present else None for present, value in pairs]
            if any(value >> 8 * dtype.itemsize for _, value in pairs):
                raise ValueError(f"a fill value exceeds the range of {dtype}")
            count = 1 if flags & Flag.SHARED else shape[0]
            mask = np.stack(
                [masks.unpack(side.take(*side.unpack("I")), shape[1:]) for _ in range(count)]
            )
        factor, offset = side.unpack("IQ") if flags & Flag.INTEGERS else (0, 0)
        if flags & Flag.INTEGERS and not factor:
            raise ValueError("factor 0")
        size, bitmap = 0, b""
        if flags & Flag.SPARSE:
            (size,) = side.unpack("I")
            # interpolation has up to four base points per plane more than pixels, some in padding
            if size > 2 * shape[0] * shape[1] * shape[2] + 4 * shape[0]:
                raise ValueError(f"{size} residuals for {shape} pixels")
            bitmap = side.take(zero_runs.bitmap_size(size))
        samples = samples.astype(sample_dtype(word), copy=False)
        if samples.size % limbs(word):
            raise ValueError(f"{samples.size} samples for words of {width} bytes")
        residual = from_samples(samples, word)
        if flags & Flag.SPARSE:
            residual = zero_runs.inverse(residual, bitmap, size)
        parameters = self.read_parameters(flags, side, shape, width)
        side.check_end()
        return ParsedPrediction(shape, dtype, residual, mask, values, factor, offset, parameters)

    def decode(self, batch: Sequence[ParsedPrediction]) -> list[Array]:
        """Return the planes of each segment; see `codec.Codec`."""
        words, window = self.inverse(batch)
        return [_to_planes(own, window, parsed) for own, parsed in zip(words, batch)]

    def _check_flags(self, flags: int, width: int, dtype: DType) -> None:
        """Raise unless a segment can have these flags and words of ``width`` bytes."""
        widths = (1, 2, 4, 8) if flags & Flag.INTEGERS else (dtype.itemsize,)
        if (
            (flags & Flag.SHARED and not flags & Flag.HOLES)
            or flags & ~(_SHARED_FLAGS | self.own_flags)
            or width not in widths
            or width > dtype.itemsize
        ):
            raise ValueError(f"flags {flags} and words of {width} bytes")


def _to_planes(words: Array, window: tuple[slice, slice] | None, parsed: ParsedPrediction) -> Array:
    """Return words of a window as planes; may overwrite them."""
    if parsed.factor:
        scaled = integer_scaling.ScaledIntegers(words, parsed.factor, parsed.offset)
        planes = integer_scaling.undo_scaling(scaled, parsed.dtype)
    else:
        planes = from_words(words, parsed.dtype)
    if planes.shape != parsed.shape and window is not None:  # all pixels outside are filled
        inside = planes
        planes = np.empty(parsed.shape, inside.dtype)
        planes[(..., *window)] = inside
    if parsed.fill_mask is not None:
        fill_values.fill(planes, parsed.fill_mask, parsed.fill_values)
    return planes
