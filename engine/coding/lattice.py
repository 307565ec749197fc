"""Hierarchical interpolation: a coarse lattice of pixels first, then those between.

Every 16th pixel in both directions is a *seed*. From these the tile is refined four times; each
refinement, with step ``s`` = 8, 4, 2, 1, knows every pixel at multiples of ``2 s`` and finds those
at multiples of ``s``, in two passes::

    G . G .      G  known pixels                                    (row, column)
    . C . C      C  centres: from the four G around                 (s, s)
    G E G .      E  edges: between two G in a row, and two C         (0, s)
    F C . C      F  edges: between two G in a column, and two C      (s, 0)

A pixel's prediction is the mean of the middle two of its four neighbours, which an outlier cannot
spoil, or of all four, which evens out noise; what is stored is the difference. Their *activity*,
largest minus smallest neighbour, tells how good the prediction will be, and the decoder knows it
before it knows the pixel. So the residuals of a pass are stored in the order of activity (2 x 2
blocks of them, see `order`), which puts like magnitudes side by side: FLAC chooses one Rice
parameter for every few samples, and now each choice fits.

Bands after the first also predict their residual from that of the band before, at the same place
(see `bands`).

The idea of interpolation on a nested lattice goes back to HINT (Roos et al., IEEE Trans. Med.
Imaging 7(4), 1988); the order by activity is the context modelling of lossless image coders, done
by sorting instead of by an adaptive coder.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from . import bounds, order
from .bands import fit_weight, weighted
from .refinement import PASSES, Refinement

STEPS = (8, 4, 2, 1)
SEED_STEP = 2 * STEPS[0]
#: Sides of the arrays that are transformed: the planes of every refinement are whole 2 x 2 blocks.
MULTIPLE = 2 * SEED_STEP
#: Words that any part may have in its padded planes, see `fits`.
_ROOM = 1 << 26


class Variant(NamedTuple):
    """What a tile can choose.

    Parameters
    ----------
    by_mean : bool
        Predict by the mean of all four neighbours instead of the middle two.
    limits : (int, int), optional
        Smallest and largest word: residuals are folded (see `bounds`). For one band only, because
        others are also predicted from the one before.
    side : int
        Of the blocks that are ordered: 2, or 1 for the smallest files.
    """

    by_mean: bool = False
    limits: tuple[int, int] | None = None
    side: int = 2


def padded(size: int) -> int:
    """Return the next multiple of `MULTIPLE`."""
    return size + -size % MULTIPLE


def fits(shape: tuple[int, int, int]) -> bool:
    """Whether padding leaves planes of (planes, height, width) about as large as they are.

    Of planes 1 pixel high it makes 32 times as much, which no small file may ask of a reader.
    """
    planes, height, width = shape
    return planes * padded(height) * padded(width) <= 4 * planes * height * width + _ROOM


def weight_count(bands: int) -> int:
    """Return how many weights `forward` gives for as many bands."""
    return (bands - 1) * len(STEPS) * len(PASSES)


def _at(array: np.ndarray, step: int, phase: tuple[int, int]) -> np.ndarray:
    """View the pixels of one plane of a refinement."""
    row, column = phase
    return array[:, row * step :: 2 * step, column * step :: 2 * step]


def _valued_at(valued: np.ndarray | None, step: int, number: int) -> np.ndarray | None:
    """Return where the pixels of a pass have values, shape (bands or 1, 1 or 2, rows, columns)."""
    if valued is None:
        return None
    planes = [_at(valued, step, phase) for phase in PASSES[number]]
    there = np.empty((len(valued), len(planes), *planes[0].shape[1:]), bool)
    for plane, found in enumerate(planes):
        there[:, plane] = found
    return there


def forward(
    words: np.ndarray, valued: np.ndarray | None, variant: Variant
) -> tuple[np.ndarray, list[int]]:
    """Turn the words of a tile into residuals in the order in which they are stored.

    Parameters
    ----------
    words : ndarray of unsigned, shape (bands, height, width)
        Both sides multiples of `MULTIPLE`. Where ``valued`` is false, overwritten with predictions.
    valued : ndarray of bool, shape (bands or 1, height, width), optional
        Pixels that have a value, unlike nodata and padding: the others get no sample. Seeds always
        have one.
    variant : Variant

    Returns
    -------
    residual : ndarray of unsigned, shape (n,)
    weights : list of int
        Of the band before, for each band but the first of each pass, in eighths.
    """
    bands, height, width = words.shape
    dtype = words.dtype
    parts, weights = [_seeds_forward(words[:, ::SEED_STEP, ::SEED_STEP])], []
    for step in STEPS:
        level = Refinement(1, bands, height // (2 * step), width // (2 * step), dtype, 0)
        level.known_pixels[0] = _at(words, step, (0, 0))
        level.repeat_known_edge()
        for number, phases in enumerate(PASSES):
            target, residual = level.target(number), level.residual(number)
            pixels = level.pixels(target)[0]
            for plane, phase in enumerate(phases):
                pixels[:, plane] = _at(words, step, phase)
            prediction, activity = level.predict(number, variant.by_mean)
            np.subtract(target, prediction, out=residual)
            if variant.limits:
                bounds.fold(residual, prediction, *variant.limits)
            there = _valued_at(valued, step, number)
            arrangements = level.arrangements(number, activity, there, variant.side)
            parts += _store(level.pixels(residual), residual, arrangements, there, weights)
            if valued is not None:
                if variant.limits:
                    bounds.unfold(residual, prediction, *variant.limits)
                np.add(prediction, residual, out=target)
                for plane, phase in enumerate(phases):
                    _at(words, step, phase)[...] = pixels[:, plane]
            if number == 0:
                level.repeat_centre_edge()
    return np.concatenate(parts), weights


def _store(
    pixels: np.ndarray,
    residual: np.ndarray,
    arrangements: Iterator[order.Arrangement],
    valued: np.ndarray | None,
    weights: list[int],
) -> Iterator[np.ndarray]:
    """Yield each band's residuals in stored order; those without value become 0 in the buffer."""
    for band in range(residual.shape[1]):
        there = None if valued is None else valued[band % len(valued)]
        expected = None
        if band:
            weight = fit_weight(pixels[0, band], pixels[0, band - 1], there)
            weights.append(weight)
            if weight:
                expected = weighted(residual[:, band - 1], [weight])
                residual[:, band] -= expected
        if there is not None:
            pixels[:, band] *= there
        yield order.gather(pixels[:, band], next(arrangements))[0]
        if expected is not None:
            residual[:, band] += expected


def inverse(
    residual: np.ndarray,
    shape: tuple[int, int, int],
    weights: np.ndarray,
    valued: np.ndarray | None,
    variants: Sequence[Variant],
) -> np.ndarray:
    """Undo `forward` for several tiles at once.

    Long operations on many tiles let threads run side by side, because they spend little of their
    time waiting for the interpreter lock. All tiles must have the same shape, the same pixels with
    values, and variants that differ at most in their limits.

    Pixels without value come back as what was predicted for them.

    Parameters
    ----------
    residual : ndarray of unsigned, shape (tiles, n)
    shape : tuple
        (bands, height, width), both sides multiples of `MULTIPLE`.
    weights : ndarray of int, shape (tiles, weight_count(bands))
    valued : ndarray of bool, shape (bands or 1, height, width), optional
        The same in all tiles.
    variants : sequence of Variant
        Of each tile.

    Returns
    -------
    ndarray of unsigned, shape (tiles, bands, height, width)

    Raises
    ------
    ValueError
        If there are not as many residuals as the shape asks for.
    """
    bands, height, width = shape
    tiles, dtype = len(residual), residual.dtype
    rows, columns = height // SEED_STEP, width // SEED_STEP
    by_mean, side = variants[0].by_mean, variants[0].side
    limits = _limits(variants, dtype)
    stored = _Stored(residual, iter(weights.T.tolist()))
    level = Refinement(tiles, bands, rows, columns, dtype, 0)
    seeds = stored.take(bands * rows * columns).reshape(tiles, bands, rows, columns)
    level.known_pixels[...] = _seeds_inverse(seeds)
    for count, step in enumerate(STEPS, start=1):
        level.repeat_known_edge()
        for number in range(len(PASSES)):
            prediction, activity = level.predict(number, by_mean)
            there = _valued_at(valued, step, number)
            buffered = level.residual(number)
            arrangements = level.arrangements(number, activity, there, side)
            _restore(level.pixels(buffered), buffered, arrangements, stored)
            if limits:
                bounds.unfold(buffered, prediction, *limits)
            np.add(prediction, buffered, out=level.target(number))
            if number == 0:
                level.repeat_centre_edge()
        if step > 1:
            finer = Refinement(tiles, bands, 2 * level.rows, 2 * level.columns, dtype, count & 1)
            merged = finer.known_pixels
        else:
            finer, merged = level, np.empty((tiles, *shape), dtype)
        merged[..., ::2, ::2] = level.known_pixels
        for number, phases in enumerate(PASSES):
            pixels = level.pixels(level.target(number))
            for plane, (row, column) in enumerate(phases):
                merged[..., row::2, column::2] = pixels[:, :, plane]
        level = finer
    stored.check_used_up()
    return merged


def _limits(variants: Sequence[Variant], dtype: np.dtype) -> tuple[np.ndarray, np.ndarray] | None:
    """Return smallest and largest word of each tile, or None where residuals are not folded."""
    if variants[0].limits is None:
        return None
    limits = np.array([variant.limits for variant in variants], dtype)
    return limits[:, 0].reshape(-1, 1, 1, 1), limits[:, 1].reshape(-1, 1, 1, 1)


class _Stored:
    """The stored residuals and weights, taken in order."""

    def __init__(self, residual: np.ndarray, weights: Iterator[list[int]]):
        self._residual, self._position, self._weights = residual, 0, weights

    def take(self, count: int) -> np.ndarray:
        """Return the next residuals, shape (tiles, count)."""
        start, self._position = self._position, self._position + count
        if self._position > self._residual.shape[1]:
            raise ValueError(
                f"{self._residual.shape[1]} residuals, at least {self._position} expected"
            )
        return self._residual[:, start : self._position]

    def weights(self) -> list[int]:
        """Return the next weight of each tile."""
        return next(self._weights)

    def check_used_up(self) -> None:
        """Raise unless everything has been taken."""
        if self._position != self._residual.shape[1]:
            raise ValueError(f"{self._residual.shape[1]} residuals, {self._position} expected")


def _restore(
    pixels: np.ndarray,
    residual: np.ndarray,
    arrangements: Iterator[order.Arrangement],
    stored: _Stored,
) -> None:
    """Fill the buffer of residuals of a pass."""
    for band, arrangement in enumerate(arrangements):
        order.scatter(stored.take(arrangement.count), pixels[:, band], arrangement)
        if band:
            weights = stored.weights()
            if any(weights):
                residual[:, band] += weighted(residual[:, band - 1], weights)


def _seeds_forward(seeds: np.ndarray) -> np.ndarray:
    """Differences to the neighbours above and to the left."""
    residual = seeds.copy()
    residual[:, 1:] -= seeds[:, :-1]
    residual[:, :, 1:] -= residual[:, :, :-1].copy()
    return residual.reshape(-1)


def _seeds_inverse(residual: np.ndarray) -> np.ndarray:
    dtype = residual.dtype
    return residual.cumsum(3, dtype=dtype).cumsum(2, dtype=dtype)
