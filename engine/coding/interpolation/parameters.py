"""Parameters of interpolation: which a segment has, and which are worth trying."""

from __future__ import annotations

import math
import struct
from collections.abc import Iterator
from typing import NamedTuple

from ...model.data_types import Array
from ..planes.plane_set import PlaneSet
from ..segment import Flag, SideInfoReader
from .refinement import PASSES, Prediction
from .stored_mask import StoredMask

#: Steps of the refinements: the last three or all of them.
STEPS = (8, 4, 2, 1)
#: Words that the padded planes of any segment may have, see `InterpolationParameters.fits`.
_MAX_PADDED_WORDS = 1 << 26


class InterpolationParameters(NamedTuple):
    """Parameters of one segment."""

    prediction: Prediction = Prediction.MEDIAN
    #: Minimum and maximum word; residuals are folded (see `range_folding`). For one band only,
    #: because other bands are also predicted from the previous band, and not for sharpened means,
    #: which could exceed the range.
    value_range: tuple[int, int] | None = None
    #: Side of the blocks that are sorted: 2, or 1 for smaller files that are slower to read.
    block_side: int = 2
    #: 4, or 3, which are faster.
    refinements: int = len(STEPS)

    @property
    def steps(self) -> tuple[int, ...]:
        """Steps of the refinements, coarsest first."""
        return STEPS[-self.refinements :]

    @property
    def base_spacing(self) -> int:
        """Distance between points of the base grid, in pixels."""
        return 2 * self.steps[0]

    @property
    def multiple(self) -> int:
        """Divisor of the sides of padded planes: each refinement has whole blocks of 2 x 2."""
        return 2 * self.base_spacing

    @property
    def reach(self) -> int:
        """Distance over which pixels have influence.

        The neighbors of a pixel are one step away, theirs in the same refinement another, and so
        on through all coarser refinements. Sharpened predictions reach further: those of edges two
        steps, then those of centers three. Blocks at the rim of skipped pixels are sorted by
        skipped pixels, too, in the last refinement two pixels away.
        """
        sharpened = self.prediction is Prediction.SHARPENED_MEAN
        return (5 if sharpened else 2) * sum(self.steps) + 2

    def weight_count(self, bands: int) -> int:
        """Return the number of weights for the given number of bands."""
        return (bands - 1) * self.refinements * len(PASSES)

    def stored_mask(self, size: tuple[int, int], skipped: Array | None) -> StoredMask:
        """Return which pixels of planes of (height, width) are stored, see `StoredMask`."""
        return StoredMask(size, skipped, self.multiple, self.reach)

    def fits(self, shape: tuple[int, ...]) -> bool:
        """Return whether planes of (planes, height, width) do not grow much by padding.

        Planes one pixel high become 32 times as large, which no small file may ask of a reader.
        """
        planes, *size = shape
        height, width = (n + -n % self.multiple for n in size)
        return planes * height * width <= 4 * math.prod(shape) + _MAX_PADDED_WORDS

    def pack(self) -> tuple[int, bytes]:
        """Return flags, and side information without the weights."""
        flags = (
            self.prediction.value
            | (Flag.LIMITS if self.value_range else 0)
            | (Flag.PIXELS if self.block_side == 1 else 0)
            | (Flag.THREE if self.refinements == 3 else 0)
        )
        return flags, struct.pack(">QQ", *self.value_range) if self.value_range else b""

    @classmethod
    def unpack(
        cls, flags: int, side: SideInfoReader, planes: int, width: int
    ) -> InterpolationParameters:
        """Undo `pack` for words of ``width`` bytes; raise ValueError if they do not fit."""
        value_range = None
        if flags & Flag.LIMITS:
            low, high = value_range = side.unpack("QQ")
            if low > high or high >> 8 * width or planes > 1:
                raise ValueError(f"{planes} planes of words from {low} to {high}")
        prediction = flags & Prediction.SHARPENED_MEAN.value
        if prediction == Flag.SHARP or (prediction & Flag.SHARP and value_range):
            raise ValueError(f"flags {flags}")
        return cls(
            Prediction(prediction),
            value_range,
            1 if flags & Flag.PIXELS else 2,
            3 if flags & Flag.THREE else 4,
        )


def worth_trying(planes: PlaneSet) -> Iterator[InterpolationParameters]:
    """Yield the parameters that are worth trying, by estimates of their cost."""
    profile, cost = planes.profile, planes.cost
    words, valid = planes.prepared.words, planes.valid
    usual = InterpolationParameters(refinements=profile.refinements)
    if cost is None:
        yield usual
        return
    if planes.is_smooth and valid is None and not profile.exhaustive:
        return  # without skipped pixels it would not be smaller than a plane through neighbors
    value_range, best = None, cost.interpolation
    is_sharp = cost.sharpened < min(best - profile.min_sharpening_gain, cost.folded)
    gain = max(profile.min_folding_gain, profile.min_folding_fraction * best)
    if len(words) == 1 and not is_sharp and best - cost.folded > gain:
        values = words if valid is None else words[valid]
        value_range = int(values.min()), int(values.max())
    prediction = Prediction.MEAN if cost.mean < cost.median else Prediction.MEDIAN
    usual = usual._replace(
        prediction=Prediction.SHARPENED_MEAN if is_sharp else prediction,
        value_range=value_range,
        # what is worth folding is small and varied: single pixels save 3 % there, 1 % elsewhere
        block_side=1 if value_range else 2,
    )
    yield usual
    if profile.exhaustive:
        for prediction in Prediction:
            if prediction is not Prediction.SHARPENED_MEAN or not value_range:
                for side in (2, 1):
                    yield InterpolationParameters(
                        prediction, value_range, side, profile.exhaustive_refinements
                    )
