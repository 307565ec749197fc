"""Planes that are coded together, with what codecs and their choice need to know of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

import numpy as np

from ...model.data_types import Array, to_bits
from ..cost_model import CostEstimate, estimate_bits
from ..effort import EncodingProfile
from ..words import to_words
from . import fill_values, integer_scaling


class PreparedPlanes(NamedTuple):
    """Planes made ready for prediction."""

    #: Unsigned, shape (planes, height, width).
    words: Array
    #: Where fill values are, shape (planes, height, width); one plane if all have the same.
    fill_mask: Array | None
    integers: integer_scaling.ScaledIntegers | None


@dataclass(eq=False)
class PlaneSet:
    """Some planes of a tile; what is derived from them is computed once, when it is needed."""

    #: Integers or floats, shape (planes, height, width).
    pixels: Array
    #: Numbers of the planes in the tile.
    numbers: tuple[int, ...]
    #: Of each plane, as 0-d arrays.
    nodata: Sequence[Array | None]
    profile: EncodingProfile
    #: Bits of the value of each plane that is to be taken out, if there is any.
    fill_values: Sequence[int | None] = ()

    @cached_property
    def prepared(self) -> PreparedPlanes:
        """The planes without fill values, as integers if possible."""
        mask = fill_values.fill_mask(to_bits(self.pixels), self.fill_values)
        valid = None if mask is None else np.broadcast_to(~mask, self.pixels.shape)
        integers = integer_scaling.find_scaling(self.pixels, valid)
        words = to_words(self.pixels) if integers is None else integers.words
        return PreparedPlanes(words, mask, integers)

    @cached_property
    def valid(self) -> Array | None:
        """Pixels that have no fill value, as `PreparedPlanes.fill_mask`; None if all."""
        mask = self.prepared.fill_mask
        return None if mask is None else ~mask

    @cached_property
    def cost(self) -> CostEstimate | None:
        """Estimated cost of predictions, None for planes too small to tell."""
        words = self.prepared.words
        return estimate_bits(
            words,
            self.valid,
            self.profile,
            fold=len(words) == 1,
            sharpen=words.itemsize > 1,  # in a byte the differences of means would wrap
        )

    @property
    def is_smooth(self) -> bool:
        """Whether a plane through neighbors predicts better than interpolation."""
        return self.cost is not None and self.cost.plane < self.cost.interpolation

    def without(self, numbers: Collection[int]) -> PlaneSet:
        """Return the set of all other planes."""
        rest = [place for place, number in enumerate(self.numbers) if number not in numbers]
        if len(rest) == len(self.numbers):
            return self
        return replace(
            self,
            pixels=self.pixels[rest],
            numbers=tuple(self.numbers[place] for place in rest),
            nodata=[self.nodata[place] for place in rest],
        )

    def fill_choices(self) -> Iterator[PlaneSet]:
        """Yield the sets to be tried: without nodata, or as they are and without a fill value."""
        bits = to_bits(self.pixels)
        values = [fill_values.declared_nodata(b, n) for b, n in zip(bits, self.nodata)]
        if not any(value is not None for value in values):
            yield self
            values = [
                fill_values.dominant_value(b, w, self.profile)
                for b, w in zip(bits, to_words(self.pixels))
            ]
        if any(value is not None for value in values):
            yield replace(self, fill_values=values)

    def sample(self) -> PlaneSet | None:
        """Return a set of a few strips of rows, None if the planes are hardly larger."""
        height, strips, rows = self.pixels.shape[1], self.profile.strips, self.profile.strip_rows
        if height <= 2 * strips * rows:
            return None
        words = self.prepared.words
        starts = [height * k // strips for k in range(strips)]
        sample = replace(self)
        sample.prepared = self.prepared._replace(
            words=np.concatenate([words[:, y : y + rows] for y in starts], axis=1)
        )
        return sample
