"""Planes predicted from their neighbours, with the steps before and after."""

from __future__ import annotations

import enum
import struct
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from ...model.data_types import Array, DType, to_bits
from .. import mask as masks
from ..interpolation import codec as interpolation
from ..segment import SideInfoReader
from ..words import from_samples, from_words, limbs, sample_dtype, to_samples, to_words
from . import fill_values, integer_scaling, plain, plane, row, zero_runs


class Flag(enum.IntEnum):
    """What the side information of a part has, and how it was coded.

    The low eight are its first byte, the others the upper half of the second one. Numbers rather
    than an IntFlag, whose every ``&`` takes as long as a step of numpy.
    """

    HOLES = 1
    INTEGERS = 2
    SPARSE = 4
    #: One mask of holes serves all planes.
    SHARED = 8
    #: The rest is for the lattice, see `interpolation.codec.Variant`.
    BY_MEAN = 16
    LIMITS = 32
    #: Blocks that are ordered are single pixels.
    PIXELS = 64
    #: Three refinements, not four.
    THREE = 128
    SHARP = 256


_KNOWN = sum(Flag)
_OF_LATTICE = Flag.BY_MEAN | Flag.LIMITS | Flag.PIXELS | Flag.THREE | Flag.SHARP


class Predictor(NamedTuple):
    """A predictor on a whole array of words, and its inverse."""

    name: str
    forward: Callable[[Array], Array]
    inverse: Callable[[Array], Array]


#: By the number of the coding in the file. The lattice is none of them: it knows holes and weights.
PREDICTORS = {
    0: Predictor("plain", plain.forward, plain.inverse),
    1: Predictor("row", row.forward, row.inverse),
    2: Predictor("plane", plane.forward, plane.inverse),
}
LATTICE = 3
_USUAL = interpolation.Variant()
#: Pixels of a mask from which on tiles whose single pixels are ordered are undone one by one: with
#: four times as many items to number their operations are long enough.
_LARGE = 1 << 18


class Prepared(NamedTuple):
    """Planes made ready for prediction.

    Parameters
    ----------
    words : ndarray of unsigned, shape (planes, height, width)
    mask : ndarray of bool, shape (planes or 1, height, width), or None
        Where holes are; one mask if it is the same for all planes.
    values : list of int or None
        Bits of each plane's holes.
    integers : Integers or None
    """

    words: Array
    mask: Array | None
    values: list[int | None]
    integers: integer_scaling.Integers | None


def prepare(planes: Array, values: Sequence[int | None]) -> Prepared:
    """Take holes out and look for whole numbers.

    Parameters
    ----------
    planes : ndarray of integers or floats, shape (planes, height, width)
    values : sequence
        Bits of each plane's holes, None where it has none.
    """
    mask = fill_values.mask(to_bits(planes), list(values))
    whole = integer_scaling.find(
        planes, None if mask is None else np.broadcast_to(~mask, planes.shape)
    )
    words = to_words(planes) if whole is None else whole.words
    return Prepared(words, mask, list(values), whole)


def encode(
    prepared: Prepared, coding: int, variant: interpolation.Variant = _USUAL
) -> tuple[Array, bytes]:
    """Return samples and side information; variants are for the lattice alone."""
    weights: list[int] = []
    if coding == LATTICE:
        residual, weights = _lattice_forward(prepared, variant)
    else:
        residual = PREDICTORS[coding].forward(prepared.words).reshape(-1)
    kept, bitmap = zero_runs.forward(residual)
    mask, whole = prepared.mask, prepared.integers
    flags = (
        (Flag.HOLES if mask is not None else 0)
        | (Flag.INTEGERS if whole is not None else 0)
        | (Flag.SPARSE if bitmap else 0)
        | (Flag.SHARED if mask is not None and len(mask) < len(prepared.words) else 0)
        | (Flag.BY_MEAN if variant.by_mean else 0)
        | (Flag.LIMITS if variant.limits else 0)
        | (Flag.PIXELS if variant.side == 1 else 0)
        | (Flag.THREE if variant.refinements == 3 else 0)
        | (Flag.SHARP if variant.sharp else 0)
    )
    more, first = divmod(flags, 256)
    side = [struct.pack(">BB", first, more << 4 | residual.itemsize)]
    if mask is not None:
        side += [struct.pack(">?Q", v is not None, v or 0) for v in prepared.values]
        for plane in mask:
            packed = masks.pack(plane)
            side += [struct.pack(">I", len(packed)), packed]
    if whole is not None:
        side.append(struct.pack(">IQ", whole.factor, whole.offset % 2**64))
    if bitmap:
        side += [struct.pack(">I", residual.size), bitmap]
    if variant.limits:
        side.append(struct.pack(">QQ", *variant.limits))
    side.append(np.array(weights, np.int8).tobytes())
    return to_samples(kept), b"".join(side)


class Coded(NamedTuple):
    """Planes as they are stored, with what their side information says.

    Parameters
    ----------
    coding : int
    shape : tuple
        (planes, height, width).
    dtype : dtype
        Of the planes.
    residual : ndarray of unsigned, shape (n,)
    mask : ndarray of bool, shape (planes or 1, height, width), or None
        Where holes are.
    values : list of int or None
        Bits of each plane's holes.
    factor, offset : int
        Of integers; factor 0 where there are none.
    variant : lattice.Variant
    weights : ndarray of int
    """

    coding: int
    shape: tuple[int, int, int]
    dtype: DType
    residual: Array
    mask: Array | None
    values: list[int | None]
    factor: int
    offset: int
    variant: interpolation.Variant
    weights: Array

    @property
    def batch(self) -> tuple[object, ...] | None:
        """What tiles share that can be undone together, or None for those that cannot."""
        if self.coding != LATTICE:
            return None
        if self.mask is not None and self.variant.side == 1 and self.mask.size >= _LARGE:
            return None
        variant, has_limits = self.variant._replace(limits=None), self.variant.limits is not None
        masks = 0 if self.mask is None else len(self.mask)
        return self.shape, self.residual.dtype, masks, variant, has_limits


def parse(
    samples: Array, data: bytes, coding: int, shape: tuple[int, int, int], dtype: DType
) -> Coded:
    """Read what `encode` returned.

    Parameters
    ----------
    samples : ndarray of int8 or int16
    data : bytes
        Side information.
    coding : int
    shape : tuple
        (planes, height, width).
    dtype : dtype
        Of the planes.

    Raises
    ------
    ValueError
        If samples and side information do not fit shape and dtype.
    """
    side = SideInfoReader(data)
    count = shape[0] * shape[1] * shape[2]
    first, second = side.unpack("BB")
    more, width = divmod(second, 16)
    flags = more << 8 | first
    _check_head(flags, width, coding, dtype)
    word = np.dtype(f"u{width}")
    mask, values = None, []
    if flags & Flag.HOLES:
        pairs = [side.unpack("?Q") for _ in range(shape[0])]
        values = [value if present else None for present, value in pairs]
        if any(value >> 8 * dtype.itemsize for _, value in pairs):
            raise ValueError(f"a hole has a value that {dtype} cannot have")
        packed = [
            side.take(*side.unpack("I")) for _ in range(1 if flags & Flag.SHARED else shape[0])
        ]
        mask = np.stack([masks.unpack(one, shape[1:]) for one in packed])
    factor, offset = side.unpack("IQ") if flags & Flag.INTEGERS else (0, 0)
    if flags & Flag.INTEGERS and not factor:
        raise ValueError("factor 0")
    size, bitmap = 0, b""
    if flags & Flag.SPARSE:
        (size,) = side.unpack("I")
        # the lattice has up to four seeds a plane more than there are pixels, and a few in padding
        if size > 2 * count + 4 * shape[0]:
            raise ValueError(f"{size} residuals for {count} pixels")
        bitmap = side.take(zero_runs.bitmap_size(size))
    samples = samples.astype(sample_dtype(word), copy=False)
    if samples.size % limbs(word):
        raise ValueError(f"{samples.size} samples for words of {width} bytes")
    residual = from_samples(samples, word)
    if flags & Flag.SPARSE:
        residual = zero_runs.inverse(residual, bitmap, size)
    limits = side.unpack("QQ") if flags & Flag.LIMITS else None
    if limits and (limits[0] > limits[1] or limits[1] >> 8 * width or shape[0] > 1):
        raise ValueError(f"{shape[0]} planes of words from {limits[0]} to {limits[1]}")
    variant = interpolation.Variant(
        bool(flags & Flag.BY_MEAN),
        limits,
        1 if flags & Flag.PIXELS else 2,
        3 if flags & Flag.THREE else 4,
        bool(flags & Flag.SHARP),
    )
    weights = side.array("i1", variant.weight_count(shape[0]) if coding == LATTICE else 0)
    side.check_used_up()
    if coding == LATTICE and not variant.fits(shape):
        raise ValueError(f"planes of {shape} pixels are too narrow for the lattice")
    return Coded(coding, shape, dtype, residual, mask, values, factor, offset, variant, weights)


def decode(coded: Sequence[Coded]) -> list[Array]:
    """Undo `prepare` and `encode` for parts that belong together, see `Coded.batch`.

    Returns
    -------
    list of ndarray, shape (planes, height, width)

    Raises
    ------
    ValueError
        If there are not as many residuals as the shape asks for.
    """
    if coded[0].coding == LATTICE:
        return _lattice_inverse(coded)
    found = []
    for one in coded:
        words = PREDICTORS[one.coding].inverse(one.residual.reshape(one.shape))
        found.append(_fill(_values(words, one), one))
    return found


def _values(words: Array, coded: Coded) -> Array:
    """Return words as values; may change them in place."""
    if coded.factor:
        found = integer_scaling.Integers(words, coded.factor, coded.offset)
        return integer_scaling.restore(found, coded.dtype)
    return from_words(words, coded.dtype)


def _fill(planes: Array, coded: Coded) -> Array:
    if coded.mask is not None:
        fill_values.fill(planes, coded.mask, coded.values)
    return planes


def unknown_flags(side: bytes) -> int:
    """Return those flags of a part that this release does not know, by its side information."""
    return (side[1] >> 4 << 8 | side[0]) & ~_KNOWN if len(side) > 1 else 0


def _check_head(flags: int, width: int, coding: int, dtype: DType) -> None:
    """Raise unless a part can have these flags and words of so many bytes."""
    widths = (1, 2, 4, 8) if flags & Flag.INTEGERS else (dtype.itemsize,)
    if (
        (flags & Flag.SHARED and not flags & Flag.HOLES)
        or (flags & _OF_LATTICE and coding != LATTICE)
        or (flags & Flag.SHARP and (not flags & Flag.BY_MEAN or flags & Flag.LIMITS))
        or flags & ~_KNOWN
        or width not in widths
        or width > dtype.itemsize
    ):
        raise ValueError(f"flags {flags} and words of {width} bytes")


def _lattice_forward(prepared: Prepared, variant: interpolation.Variant) -> tuple[Array, list[int]]:
    words, mask = prepared.words, prepared.mask
    planes, height, width = words.shape
    stored = variant.present((height, width), None if mask is None else mask[np.newaxis])
    if not stored.all:
        grown = np.empty((planes, *stored.padded), words.dtype)
        grown[:, :height, :width] = words
        grown[:, height:, :width] = words[:, -1:]
        grown[:, :, width:] = grown[:, :, width - 1 : width]
        _cheapen_seeds(grown, words, mask, variant.seed_step)
        words = grown
    return interpolation.forward(words, stored, variant)


def _lattice_inverse(coded: Sequence[Coded]) -> list[Array]:
    first = coded[0]
    masks = [one.mask for one in coded if one.mask is not None]  # of all or none
    stored = first.variant.present(first.shape[1:], np.stack(masks) if masks else None)
    words = interpolation.inverse(
        [c.residual for c in coded],
        first.shape[0],
        stored,
        np.stack([c.weights for c in coded]),
        [c.variant for c in coded],
    )
    height, width = (part.stop - part.start for part in stored.inside)
    found = []
    for own, one in zip(words, coded):
        planes = _values(np.ascontiguousarray(own[:, :height, :width]), one)
        if planes.shape != one.shape:  # all beyond the window are holes
            whole = np.empty(one.shape, planes.dtype)
            whole[(..., *stored.inside)] = planes
            planes = whole
        found.append(_fill(planes, one))
    return found


def _cheapen_seeds(grown: Array, words: Array, mask: Array | None, step: int) -> None:
    """Seeds always have a residual: give those that no pixel needs a value like the others'."""
    height, width = words.shape[1:]
    for number, (target, own) in enumerate(zip(grown, words)):
        seeds = target[::step, ::step]
        present = np.zeros(seeds.shape, bool)
        inside = present[: -(-height // step), : -(-width // step)]
        inside[...] = True if mask is None else ~mask[number % len(mask), ::step, ::step]
        found = seeds[present]
        if not found.size:
            found = own.reshape(-1) if mask is None else own[~mask[number % len(mask)]]
        middle = found.size // 2
        seeds[~present] = np.partition(found, middle)[middle] if found.size else 0
