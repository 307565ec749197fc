"""Coding 3, named `lattice` in files: padding of planes, skipped pixels, parameters."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from typing import Any

import numpy as np

from ...model.data_types import Array
from ..planes.plane_set import PlaneSet
from ..prediction.codec import PredictionCodec
from ..segment import Flag, SideInfoReader
from . import parameters, transform
from .parameters import InterpolationParameters

#: Pixels of a mask from which on tiles with sorted single pixels are decoded one by one: with four
#: times as many items to sort their operations are long enough.
_MIN_UNBATCHED_PIXELS = 1 << 18


class InterpolationCodec(PredictionCodec):
    """Hierarchical interpolation; parsed parameters are `InterpolationParameters` and weights."""

    own_flags = Flag.BY_MEAN | Flag.LIMITS | Flag.PIXELS | Flag.THREE | Flag.SHARP

    def variants(self, planes: PlaneSet) -> Iterator[InterpolationParameters]:
        """Yield the parameters that are worth trying."""
        if InterpolationParameters().fits(planes.pixels.shape):
            yield from parameters.worth_trying(planes)

    def forward(
        self, words: Array, skipped: Array | None, variant: InterpolationParameters
    ) -> tuple[Array, int, bytes]:
        """Return residuals, flags and packed parameters; see `PredictionCodec`."""
        planes, height, width = words.shape
        stored = variant.stored_mask(
            (height, width), None if skipped is None else skipped[np.newaxis]
        )
        if not stored.all:
            padded = np.empty((planes, *stored.padded), words.dtype)
            padded[:, :height, :width] = words
            padded[:, height:, :width] = words[:, -1:]
            padded[:, :, width:] = padded[:, :, width - 1 : width]
            _fill_base_grid(padded, words, skipped, variant.base_spacing)
            words = padded
        residual, weights = transform.forward(words, stored, variant)
        flags, packed = variant.pack()
        return residual, flags, packed + np.array(weights, np.int8).tobytes()

    def read_parameters(
        self, flags: int, side: SideInfoReader, shape: tuple[int, int, int], width: int
    ) -> tuple[InterpolationParameters, Array]:
        """Read parameters and weights; see `PredictionCodec`."""
        variant = InterpolationParameters.unpack(flags, side, shape[0], width)
        if not variant.fits(shape):
            raise ValueError(f"planes of {shape} pixels are too narrow for the lattice")
        return variant, side.array("i1", variant.weight_count(shape[0]))

    def batch_key(self, parsed: Any) -> Hashable | None:
        """Return what segments that can be decoded together have in common; None for none."""
        variant, _ = parsed.parameters
        mask = parsed.fill_mask
        if mask is not None and variant.block_side == 1 and mask.size >= _MIN_UNBATCHED_PIXELS:
            return None
        has_range = variant.value_range is not None
        planes_of_mask = 0 if mask is None else len(mask)
        common = variant._replace(value_range=None)
        return parsed.shape, parsed.residual.dtype, planes_of_mask, common, has_range

    def inverse(self, batch: Sequence[Any]) -> tuple[list[Array], tuple[slice, slice]]:
        """Return the words of a window of each segment; see `PredictionCodec`."""
        planes, height, width = batch[0].shape
        masks = [parsed.fill_mask for parsed in batch if parsed.fill_mask is not None]
        variants, weights = zip(*(parsed.parameters for parsed in batch))
        stored = variants[0].stored_mask((height, width), np.stack(masks) if masks else None)
        words = transform.inverse(
            [parsed.residual for parsed in batch], planes, stored, np.stack(weights), variants
        )
        height, width = (part.stop - part.start for part in stored.inside)
        return [np.ascontiguousarray(own[:, :height, :width]) for own in words], stored.inside


def _fill_base_grid(padded: Array, words: Array, skipped: Array | None, spacing: int) -> None:
    """Give skipped points of the base grid, which always have a residual, the median of the others.

    ``padded`` planes, whose pixels are those of ``words``, are changed in place.
    """
    height, width = words.shape[1:]
    for number, (target, plane) in enumerate(zip(padded, words)):
        points = target[::spacing, ::spacing]
        valid = None if skipped is None else ~skipped[number % len(skipped)]
        is_valid = np.zeros(points.shape, bool)
        inside = is_valid[: -(-height // spacing), : -(-width // spacing)]
        inside[...] = True if valid is None else valid[::spacing, ::spacing]
        values = points[is_valid]
        if not values.size:
            values = plane.reshape(-1) if valid is None else plane[valid]
        middle = values.size // 2
        points[~is_valid] = np.partition(values, middle)[middle] if values.size else 0
