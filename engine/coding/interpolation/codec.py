"""Hierarchical interpolation: a coarse lattice of pixels first, then those between.

Every 16th pixel in both directions is a *seed*. From these the tile is refined four times; each
refinement, with step ``s`` = 8, 4, 2, 1, knows every pixel at multiples of ``2 s`` and finds those
at multiples of ``s``, in two passes (or every 8th is one, and the first refinement is left out)::

    G . G .      G  known pixels                                    (row, column)
    . C . C      C  centres: from the four G around                 (s, s)
    G E G .      E  edges: between two G in a row, and two C         (0, s)
    F C . C      F  edges: between two G in a column, and two C      (s, 0)

A pixel's prediction is the mean of the middle two of its four neighbours, which an outlier cannot
spoil, or of all four, which evens out noise; what is stored is the difference. Their *activity*,
largest minus smallest neighbour, tells how good the prediction will be, and the decoder knows it
before it knows the pixel. So the residuals of a pass are stored in the order of activity (2 x 2
blocks of them, see `context_sort`), which puts like magnitudes side by side: FLAC chooses one Rice
parameter for every few samples, and now each choice fits.

Bands after the first also predict their residual from that of the band before, at the same place
(see `bands`).

The idea of interpolation on a nested lattice goes back to HINT (Roos et al., IEEE Trans. Med.
Imaging 7(4), 1988); the order by activity is the context modelling of lossless image coders, done
by sorting instead of by an adaptive coder.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from ...model.data_types import Array, DType
from . import context_sort, range_folding
from .interband import fit_weight, weighted
from .refinement import PASSES, Pass, Refinement
from .stored_mask import Present

#: Of the refinements; the last three or all of them.
STEPS = (8, 4, 2, 1)
#: Words that any part may have in its padded planes, see `fits`.
_ROOM = 1 << 26


class Variant(NamedTuple):
    """What a tile can choose.

    Parameters
    ----------
    by_mean : bool
        Predict by the mean of all four neighbours instead of the middle two.
    limits : (int, int), optional
        Smallest and largest word: residuals are folded (see `range_folding`). For one band only,
        because others are also predicted from the one before.
    side : int
        Of the blocks that are ordered: 2, or 1, which makes files smaller and reading slower.
    refinements : int
        4, or 3, which are quicker.
    sharp : bool
        Sharpen the means, see `refinement.Pass.predict`. Without limits only, which such
        predictions could exceed.
    """

    by_mean: bool = False
    limits: tuple[int, int] | None = None
    side: int = 2
    refinements: int = len(STEPS)
    sharp: bool = False

    @property
    def steps(self) -> tuple[int, ...]:
        """Of the refinements, coarsest first."""
        return STEPS[-self.refinements :]

    @property
    def seed_step(self) -> int:
        """Every so many pixels lies a seed."""
        return 2 * self.steps[0]

    @property
    def multiple(self) -> int:
        """Of sides of padded planes: the planes of every refinement are whole 2 x 2 blocks."""
        return 2 * self.seed_step

    @property
    def reach(self) -> int:
        """How far away pixels have influence.

        A pixel's neighbours are a step away, theirs in the same refinement another, and so through
        all coarser ones. Sharp predictions reach further: those of edges two steps, then those of
        centres three. Blocks at the rim of holes are ordered by pixels that are not stored, too, in
        the last refinement two pixels away.
        """
        return (5 if self.sharp else 2) * sum(self.steps) + 2

    def weight_count(self, bands: int) -> int:
        """Return how many weights `forward` gives for as many bands."""
        return (bands - 1) * self.refinements * len(PASSES)

    def present(self, size: tuple[int, int], holes: Array | None) -> Present:
        """Return which pixels of planes of a size (height, width) are stored, see `Present`."""
        return Present(size, holes, self.multiple, self.reach)

    def fits(self, shape: tuple[int, ...]) -> bool:
        """Whether padding leaves planes of (planes, height, width) about as large as they are.

        Of planes 1 pixel high it makes 32 times as much, which no small file may ask of a reader.
        """
        planes, *size = shape
        height, width = (n + -n % self.multiple for n in size)
        return planes * height * width <= 4 * math.prod(shape) + _ROOM


def _at(array: Array, step: int, phase: tuple[int, int]) -> Array:
    """View the pixels of one plane of a refinement."""
    row, column = phase
    return array[:, row * step :: 2 * step, column * step :: 2 * step]


def _refinements(variant: Variant, shape: tuple[int, ...], dtype: DType) -> list[Refinement]:
    """Return the refinements of words of a shape (tiles, bands, height, width), coarsest first.

    The finest is made first: its buffers are large enough for all.
    """
    tiles, bands, height, width = shape
    found = [
        Refinement.of(tiles, bands, height // (2 * step), width // (2 * step), dtype, number % 2)
        for number, step in reversed(tuple(enumerate(variant.steps)))
    ]
    return found[::-1]


def forward(words: Array, stored: Present, variant: Variant) -> tuple[Array, list[int]]:
    """Turn the words of a tile into residuals in the order in which they are stored.

    Parameters
    ----------
    words : ndarray of unsigned, shape (bands, height, width)
        As large as the padded planes of what is stored. Pixels that are not stored are overwritten
        with predictions, but for seeds, which always are stored.
    stored : Present
        Of this tile.
    variant : Variant

    Returns
    -------
    residual : ndarray of unsigned, shape (n,)
    weights : list of int
        Of the band before, for each band but the first of each pass, in eighths.
    """
    distance = variant.seed_step
    parts = [_seeds_forward(words[:, ::distance, ::distance])]
    weights: list[int] = []
    rows, columns = stored.window
    words = words[..., rows, columns]
    levels = _refinements(variant, (1, *words.shape), words.dtype)
    for step, level in zip(variant.steps, levels):
        level.known[0] = _at(words, step, (0, 0))
        level.repeat_known_edge()
        for found, phases in zip(level.passes, PASSES):
            for plane, phase in enumerate(phases):
                found.pixels[:, 0, plane] = _at(words, step, phase)
            found.predict(variant.by_mean, variant.sharp)
            np.subtract(found.target, found.prediction, out=found.residual)
            if variant.limits:
                range_folding.fold(found.residual, found.prediction, *variant.limits)
            there = None if stored.all else stored.at(step, phases)
            occupied = stored.occupancies(step, phases, variant.side, there)
            arrangements = found.arrangements(occupied, variant.side)
            parts += _store(found, arrangements, there, weights)
            if there is not None:
                if variant.limits:
                    range_folding.unfold(found.residual, found.prediction, *variant.limits)
                np.add(found.prediction, found.residual, out=found.target)
                for plane, phase in enumerate(phases):
                    _at(words, step, phase)[...] = found.pixels[:, 0, plane]
            if len(phases) == 1:
                level.repeat_centre_edge()
    return np.concatenate(parts), weights


def _store(
    found: Pass,
    arrangements: Iterator[context_sort.Arrangement],
    there: Array | None,
    weights: list[int],
) -> Iterator[Array]:
    """Yield each band's residuals in stored order; those not stored become 0 in the buffer."""
    pixels, runs = found.residual_pixels, found.residual_runs
    for band, arrangement in enumerate(arrangements):
        own = None if there is None else there[band % len(there), 0]
        expected = None
        if band:
            weight = fit_weight(pixels[band, 0], pixels[band - 1, 0], own)
            weights.append(weight)
            if weight:
                expected = weighted(runs[band - 1], [weight])
                runs[band] -= expected
        if own is not None:
            pixels[band] *= own
        yield from context_sort.gather(pixels[band], arrangement)
        if expected is not None:
            runs[band] += expected


def inverse(
    residuals: Sequence[Array],
    bands: int,
    stored: Present,
    weights: Array,
    variants: Sequence[Variant],
) -> Array:
    """Undo `forward` for several tiles at once.

    Long operations on many tiles let threads run side by side, because they spend little of their
    time waiting for the interpreter lock. All tiles must have the same shape, and variants that
    differ at most in their limits.

    Pixels that were not stored come back as what was predicted for them.

    Parameters
    ----------
    residuals : sequence of ndarray of unsigned, shape (n,)
        Of each tile.
    bands : int
    stored : Present
        Of all tiles.
    weights : ndarray of int, shape (tiles, n)
        See `Variant.weight_count`.
    variants : sequence of Variant
        Of each tile.

    Returns
    -------
    ndarray of unsigned, shape (tiles, bands, height, width)
        Of the window alone.

    Raises
    ------
    ValueError
        If a tile has not as many residuals as it should have.
    """
    tiles, dtype = len(residuals), residuals[0].dtype
    first = variants[0]
    side = first.side
    limits = _limits(variants, dtype)
    taken = _Stored(residuals, iter(weights.T.tolist()))
    seeds = _seeds_inverse(taken, tiles, bands, stored, first.seed_step)
    height, width = (first.seed_step * n for n in seeds.shape[2:])
    words = np.empty((tiles, bands, height, width), dtype)
    levels = _refinements(first, words.shape, dtype)
    levels[0].known[...] = seeds
    results = [*(finer.known for finer in levels[1:]), words]
    for step, level, result in zip(first.steps, levels, results):
        level.repeat_known_edge()
        for found, phases in zip(level.passes, PASSES):
            found.predict(first.by_mean, first.sharp)
            _restore(found, found.arrangements(stored.occupancies(step, phases, side), side), taken)
            if limits:
                range_folding.unfold(found.residual_runs[0], found.prediction_runs[0], *limits)
            np.add(found.prediction, found.residual, out=found.target)
            if len(phases) == 1:
                level.repeat_centre_edge()
        result[..., ::2, ::2] = level.known
        for found, phases in zip(level.passes, PASSES):
            for plane, (row, column) in enumerate(phases):
                result[..., row::2, column::2] = found.pixels[:, :, plane].swapaxes(0, 1)
    taken.check_used_up()
    return words


def _limits(variants: Sequence[Variant], dtype: DType) -> tuple[Array, Array] | None:
    """Return smallest and largest word of each tile, or None where residuals are not folded."""
    if variants[0].limits is None:
        return None
    limits = np.array([variant.limits for variant in variants], dtype)
    return limits[:, 0].reshape(-1, 1, 1), limits[:, 1].reshape(-1, 1, 1)


class _Stored:
    """The stored residuals and weights of tiles, taken in order."""

    def __init__(self, residuals: Sequence[Array], weights: Iterator[list[int]]):
        self._residuals, self._positions, self._weights = residuals, [0] * len(residuals), weights

    def take(self, counts: Sequence[int]) -> Array:
        """Return as many of the next residuals of each tile, one tile after the other."""
        found = []
        for tile, (own, start, count) in enumerate(zip(self._residuals, self._positions, counts)):
            self._positions[tile] = end = start + count
            if end > own.size:
                raise ValueError(f"{own.size} residuals, at least {end} expected")
            found.append(own[start:end])
        return np.concatenate(found) if len(found) > 1 else found[0]

    def weights(self) -> list[int]:
        """Return the next weight of each tile."""
        return next(self._weights)

    def check_used_up(self) -> None:
        """Raise unless everything has been taken."""
        for own, position in zip(self._residuals, self._positions):
            if position != own.size:
                raise ValueError(f"{own.size} residuals, {position} expected")


def _restore(found: Pass, arrangements: Iterator[context_sort.Arrangement], taken: _Stored) -> None:
    """Fill the buffer of residuals of a pass."""
    pixels, runs = found.residual_pixels, found.residual_runs
    for band, arrangement in enumerate(arrangements):
        whole, partial = taken.take(arrangement.wholes), taken.take(arrangement.kepts)
        context_sort.scatter(whole, partial, pixels[band], arrangement)
        if band:
            weights = taken.weights()
            if any(weights):
                runs[band] += weighted(runs[band - 1], weights)


def _seeds_forward(seeds: Array) -> Array:
    """Differences to the neighbours above and to the left."""
    residual = seeds.copy()
    residual[:, 1:] -= seeds[:, :-1]
    residual[:, :, 1:] -= residual[:, :, :-1].copy()
    return residual.reshape(-1)


def _seeds_inverse(taken: _Stored, tiles: int, bands: int, stored: Present, distance: int) -> Array:
    """Return the seeds of the window; stored are those of everywhere."""
    rows, columns = (n // distance for n in stored.padded)
    residual = taken.take([bands * rows * columns] * tiles).reshape(tiles, bands, rows, columns)
    dtype = residual.dtype
    seeds = residual.cumsum(3, dtype=dtype).cumsum(2, dtype=dtype)
    own = [slice(part.start // distance, part.stop // distance) for part in stored.window]
    return seeds[..., own[0], own[1]]
