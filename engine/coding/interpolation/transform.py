"""Hierarchical interpolation: a coarse base grid of pixels first, then those between.

Section 6.10 of docs/format.md defines grid, refinements and predictions. The *activity*, largest
minus smallest neighbor, tells how good a prediction will be, and the decoder knows it before it
knows the pixel. So the residuals of a pass are stored in the order of activity, which puts like
magnitudes side by side: FLAC chooses one Rice parameter for every few samples, and now each fits.

Interpolation on a nested grid goes back to HINT (Roos et al., IEEE Trans. Med. Imaging 7(4), 1988);
the order by activity is the context modeling of lossless image coders, done by sorting instead of
by an adaptive coder.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from ...model.data_types import Array, DType
from ..workspace import cached_views, joined
from . import context_sort, range_folding
from .interband import apply_weight, fit_weight
from .parameters import InterpolationParameters
from .refinement import PASSES, Pass, Refinement
from .stored_mask import StoredMask


def _at(array: Array, step: int, phase: tuple[int, int]) -> Array:
    """View the pixels of one plane of a refinement."""
    row, column = phase
    return array[:, row * step :: 2 * step, column * step :: 2 * step]


def _refinements(
    variant: InterpolationParameters, shape: tuple[int, ...], dtype: DType
) -> list[Refinement]:
    """Return the refinements of words of a shape (tiles, bands, height, width), coarsest first.

    The finest is created first: its buffers are large enough for all.
    """
    tiles, bands, height, width = shape
    found = []
    for number, step in reversed(tuple(enumerate(variant.steps))):
        known = height // (2 * step), width // (2 * step)
        found.append(cached_views(Refinement, tiles, bands, *known, dtype, number % 2))
    return found[::-1]


def forward(
    words: Array, stored: StoredMask, variant: InterpolationParameters
) -> tuple[Array, list[int]]:
    """Return the residuals of the words of a tile in stored order, flat, and the weights.

    Weights are of the previous band, for each band but the first of each pass, in eighths.

    Parameters
    ----------
    words : ndarray of unsigned, shape (bands, height, width)
        As large as the padded planes of what is stored. Pixels that are not stored are overwritten
        with predictions, except for points of the base grid, which always are stored.
    stored : StoredMask
    variant : InterpolationParameters
    """
    distance = variant.base_spacing
    parts = [_base_forward(words[:, ::distance, ::distance])]
    weights: list[int] = []
    rows, columns = stored.window
    words = words[..., rows, columns]
    ranges = _value_ranges([variant], words.dtype)
    levels = _refinements(variant, (1, *words.shape), words.dtype)
    for step, level in zip(variant.steps, levels):
        level.known[0] = _at(words, step, (0, 0))
        level.repeat_known_edge()
        for found, phases in zip(level.passes, PASSES):
            for plane, phase in enumerate(phases):
                found.pixels[:, 0, plane] = _at(words, step, phase)
            found.predict(variant.prediction)
            np.subtract(found.target, found.prediction, out=found.residual)
            if ranges:
                range_folding.fold_range(found.residual_runs[0], found.prediction_runs[0], *ranges)
            there = None if stored.all else stored.at(step, phases)
            occupied = stored.occupancies(step, phases, variant.block_side, there)
            orders = found.orders(occupied, variant.block_side)
            parts += _store(found, orders, there, weights)
            if there is not None:
                if ranges:
                    range_folding.unfold_range(
                        found.residual_runs[0], found.prediction_runs[0], *ranges
                    )
                np.add(found.prediction, found.residual, out=found.target)
                for plane, phase in enumerate(phases):
                    _at(words, step, phase)[...] = found.pixels[:, 0, plane]
            if len(phases) == 1:
                level.repeat_center_edge()
    return np.concatenate(parts), weights


def _store(
    found: Pass,
    orders: Iterator[context_sort.BlockOrder],
    there: Array | None,
    weights: list[int],
) -> Iterator[Array]:
    """Yield the residuals of each band in stored order; others become 0 in the buffer."""
    pixels, runs = found.residual_pixels, found.residual_runs
    for band, order in enumerate(orders):
        own = None if there is None else there[band % len(there), 0]
        expected = None
        if band:
            weight = fit_weight(pixels[band, 0], pixels[band - 1, 0], own)
            weights.append(weight)
            if weight:
                expected = apply_weight(runs[band - 1], [weight])
                runs[band] -= expected
        if own is not None:
            pixels[band] *= own
        yield from context_sort.gather(pixels[band], order)
        if expected is not None:
            runs[band] += expected


def inverse(
    residuals: Sequence[Array],
    bands: int,
    stored: StoredMask,
    weights: Array,
    variants: Sequence[InterpolationParameters],
) -> Array:
    """Undo `forward` for several tiles at once; pixels that were not stored become predictions.

    Long operations on many tiles let threads run side by side, because they seldom wait for the
    GIL. All tiles must have the same shape, and variants that differ at most in their range of
    values. Weights are of shape (tiles, n), and the words returned, which are those of the window
    alone, of (tiles, bands, height, width).

    Raises
    ------
    ValueError
        If a tile has more or fewer residuals than its shape asks for.
    """
    tiles, dtype = len(residuals), residuals[0].dtype
    first = variants[0]
    side = first.block_side
    ranges = _value_ranges(variants, dtype)
    taken = _ResidualReader(residuals, iter(weights.T.tolist()))
    points = _base_inverse(taken, tiles, bands, stored, first.base_spacing)
    height, width = (first.base_spacing * n for n in points.shape[2:])
    words = np.empty((tiles, bands, height, width), dtype)
    levels = _refinements(first, words.shape, dtype)
    levels[0].known[...] = points
    results = [*(finer.known for finer in levels[1:]), words]
    for step, level, result in zip(first.steps, levels, results):
        level.repeat_known_edge()
        for found, phases in zip(level.passes, PASSES):
            found.predict(first.prediction)
            _restore(found, found.orders(stored.occupancies(step, phases, side), side), taken)
            if ranges:
                range_folding.unfold_range(
                    found.residual_runs[0], found.prediction_runs[0], *ranges
                )
            np.add(found.prediction, found.residual, out=found.target)
            if len(phases) == 1:
                level.repeat_center_edge()
        result[..., ::2, ::2] = level.known
        for found, phases in zip(level.passes, PASSES):
            for plane, (row, column) in enumerate(phases):
                result[..., row::2, column::2] = found.pixels[:, :, plane].swapaxes(0, 1)
    taken.check_end()
    return words


def _value_ranges(
    variants: Sequence[InterpolationParameters], dtype: DType
) -> tuple[Array, Array] | None:
    """Return minimum and maximum word of each tile, or None if residuals are not folded."""
    if variants[0].value_range is None:
        return None
    ranges = np.array([variant.value_range for variant in variants], dtype)
    return ranges[:, 0].reshape(-1, 1, 1), ranges[:, 1].reshape(-1, 1, 1)


class _ResidualReader:
    """Reads the stored residuals and weights of tiles in order."""

    def __init__(self, residuals: Sequence[Array], weights: Iterator[list[int]]):
        self._residuals, self._positions, self._weights = residuals, [0] * len(residuals), weights

    def take(self, counts: Sequence[int]) -> Array:
        """Return the next residuals of each tile, one tile after the other."""
        found = []
        for tile, (own, start, count) in enumerate(zip(self._residuals, self._positions, counts)):
            self._positions[tile] = end = start + count
            if end > own.size:
                raise ValueError(f"{own.size} residuals, at least {end} expected")
            found.append(own[start:end])
        return joined(found)

    def weights(self) -> list[int]:
        """Return the next weight of each tile."""
        return next(self._weights)

    def check_end(self) -> None:
        """Raise unless everything has been read."""
        for own, position in zip(self._residuals, self._positions):
            if position != own.size:
                raise ValueError(f"{own.size} residuals, {position} expected")


def _restore(
    found: Pass, orders: Iterator[context_sort.BlockOrder], taken: _ResidualReader
) -> None:
    """Fill the buffer of residuals of a pass."""
    pixels, runs = found.residual_pixels, found.residual_runs
    for band, order in enumerate(orders):
        whole, partial = taken.take(order.wholes), taken.take(order.kepts)
        context_sort.scatter(whole, partial, pixels[band], order)
        if band:
            weights = taken.weights()
            if any(weights):
                runs[band] += apply_weight(runs[band - 1], weights)


def _base_forward(points: Array) -> Array:
    """Return the differences to the neighbors above and to the left."""
    residual = points.copy()
    residual[:, 1:] -= points[:, :-1]
    residual[:, :, 1:] -= residual[:, :, :-1].copy()
    return residual.reshape(-1)


def _base_inverse(
    taken: _ResidualReader, tiles: int, bands: int, stored: StoredMask, distance: int
) -> Array:
    """Return the points in the window; those of the whole padded planes are stored."""
    rows, columns = (n // distance for n in stored.padded)
    residual = taken.take([bands * rows * columns] * tiles).reshape(tiles, bands, rows, columns)
    dtype = residual.dtype
    points = residual.cumsum(3, dtype=dtype).cumsum(2, dtype=dtype)
    own = [slice(part.start // distance, part.stop // distance) for part in stored.window]
    return points[..., own[0], own[1]]
