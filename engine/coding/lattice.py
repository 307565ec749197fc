"""Hierarchical interpolation: a coarse lattice of pixels first, then those between.

Every 16th pixel in both directions is a *seed*. From these the tile is refined four times; each
refinement, with step ``s`` = 8, 4, 2, 1, knows every pixel at multiples of ``2 s`` and finds those
at multiples of ``s``, in three planes::

    G . G .      G  known pixels                      (row, column)
    . C . C      C  centres: from the four G around   (s, s)
    G . G .      E  between rows: from G left and right, C above and below, and so on
    . C . C

A pixel's prediction is the mean of the middle two of its four neighbours, which an outlier cannot
spoil; what is stored is the difference. Their *activity*, largest minus smallest neighbour, tells
how good the prediction will be, and the decoder knows it before it knows the pixel. So the
residuals of a plane are stored in the order of activity (2 x 2 blocks of them, see `order`), which
puts like magnitudes side by side: FLAC chooses one Rice parameter for every few samples, and now
each choice fits.

Bands after the first also predict their residual from that of the band before, at the same place
(see `bands`).

The idea of interpolation on a nested lattice goes back to HINT (Roos et al., IEEE Trans. Med.
Imaging 7(4), 1988); the order by activity is the context modelling of lossless image coders, done
by sorting instead of by an adaptive coder.

All arithmetic is modulo the width of the words. All steps are whole-array numpy operations on flat
buffers: planes are stored with two more columns than they have, so that left, right, above and
below are constant offsets and each step is one contiguous pass over all rows and bands.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.lib.stride_tricks import as_strided

from . import order
from .bands import fit_weight, weighted
from .scratch import buffer

STEPS = (8, 4, 2, 1)
SEED_STEP = 2 * STEPS[0]
#: Sides of the arrays that are transformed: the planes of every refinement are whole 2 x 2 blocks.
MULTIPLE = 2 * SEED_STEP
#: Row and column of each plane's pixels in a square of four; later planes use those before.
PHASES = ((1, 1), (0, 1), (1, 0))

_SIGNED = {1: np.dtype("i1"), 2: np.dtype("i2"), 4: np.dtype("i4"), 8: np.dtype("i8")}


def padded(size: int) -> int:
    """Return the next multiple of `MULTIPLE`."""
    return size + -size % MULTIPLE


def weight_count(bands: int) -> int:
    """Return how many weights `forward` gives for as many bands."""
    return (bands - 1) * len(STEPS) * len(PHASES)


class _Refinement:
    """Buffers of one refinement of ``bands`` x ``rows`` x ``columns`` known pixels.

    All planes have the same pitch, ``columns + 2``, and each band one row more than it has pixels.
    G, E and F start at offset 0; C starts one row down, so that the row above its first is there to
    be read.
    """

    def __init__(self, bands: int, rows: int, columns: int, dtype: np.dtype, parity: int):
        self.bands, self.rows, self.columns = bands, rows, columns
        self.pitch = columns + 2
        self.stride = (rows + 1) * self.pitch
        self.size = bands * self.stride
        #: Items that one pass computes: to the end of the last band's last row.
        self.span = self.size - self.pitch
        room = self.size + 2
        # two refinements are at work at a time, so their known pixels lie in two buffers by turns
        self.known = buffer(f"G{parity}", room, dtype)
        self.centres = buffer("C", room, dtype)
        self.residual = buffer("R", room, dtype)
        self._work = [buffer(f"w{k}", room, dtype) for k in range(5)]
        self.targets = (
            self.centres[self.pitch :],
            buffer("E", room, dtype),
            buffer("F", room, dtype),
        )

    def plane(self, flat: np.ndarray) -> np.ndarray:
        """View a buffer as shape (bands, rows, columns), without the columns in between."""
        item = flat.itemsize
        shape = (self.bands, self.rows, self.columns)
        return as_strided(flat, shape, (self.stride * item, self.pitch * item, item))

    def band(self, flat: np.ndarray, number: int) -> np.ndarray:
        """Return one band's rows of a buffer, with the columns in between."""
        start = number * self.stride
        return flat[start : start + self.rows * self.pitch]

    def repeat_known_edge(self) -> None:
        """Give the last row and column of known pixels the neighbours that they lack."""
        known = self.known[: self.size].reshape(self.bands, self.rows + 1, self.pitch)
        known[:, :, self.columns] = known[:, :, self.columns - 1]
        known[:, self.rows] = known[:, self.rows - 1]

    def repeat_centre_edge(self) -> None:
        """Give the first row and column of centres the neighbours that they lack."""
        centres = self.centres[: self.size].reshape(self.bands, self.rows + 1, self.pitch)
        centres[:, 0] = centres[:, 1]
        centres[:, :-1, self.pitch - 1] = centres[:, 1:, 0]

    def predict(self, phase: int) -> tuple[np.ndarray, np.ndarray]:
        """Return prediction and activity of a plane, flat; both stay valid until the next call.

        The prediction is the mean, rounded up, of the middle two of the four neighbours: with
        ``x``, ``y`` these two it is ``(x | y) - ((x ^ y) >> 1)``, which cannot overflow.
        """
        known, centres, pitch, n = self.known, self.centres, self.pitch, self.span
        if phase == 0:
            a, b, c, d = known, known[pitch + 1 :], known[1:], known[pitch:]
        elif phase == 1:
            a, b, c, d = known, known[1:], centres, centres[pitch:]
        else:
            a, b, c, d = known, known[pitch:], centres[pitch - 1 :], centres[pitch:]
        high1, low1, high2, low2, middle = (work[:n] for work in self._work)
        np.maximum(a[:n], b[:n], out=high1)
        np.minimum(a[:n], b[:n], out=low1)
        np.maximum(c[:n], d[:n], out=high2)
        np.minimum(c[:n], d[:n], out=low2)
        np.minimum(high1, high2, out=middle)
        largest = np.maximum(high1, high2, out=high1)
        other_middle = np.maximum(low1, low2, out=high2)
        smallest = np.minimum(low1, low2, out=low1)
        activity = np.subtract(largest, smallest, out=high1)
        np.bitwise_xor(middle, other_middle, out=low2)
        np.right_shift(low2, 1, out=low2)
        np.bitwise_or(middle, other_middle, out=other_middle)
        return np.subtract(other_middle, low2, out=other_middle), activity

    def orders(self, activity: np.ndarray, before: np.ndarray | None) -> np.ndarray:
        """Return the order of blocks: the first band's own, or one for all others."""
        if before is None:
            return order.by_activity(self.band(activity, 0), self.rows, self.columns)
        largest = self.band(activity, 1)
        for number in range(2, self.bands):
            np.maximum(largest, self.band(activity, number), out=largest)
        return order.by_activity(largest, self.rows, self.columns, before)


def _at(array: np.ndarray, step: int, phase: tuple[int, int]) -> np.ndarray:
    """View the pixels of one plane of a refinement."""
    row, column = phase
    return array[:, row * step :: 2 * step, column * step :: 2 * step]


def forward(words: np.ndarray, skip: np.ndarray | None) -> tuple[np.ndarray, list[int]]:
    """Turn words into residuals in the order in which they are stored.

    Parameters
    ----------
    words : ndarray of unsigned, shape (bands, height, width)
        Both sides multiples of `MULTIPLE`. Where ``skip`` is true, overwritten with predictions.
    skip : ndarray of bool, shape of ``words``, optional
        Pixels that have no value, such as nodata and padding: they get no sample. Seeds always have
        one.

    Returns
    -------
    residual : ndarray of unsigned, shape (n,)
    weights : list of int
        Of the band before, for each band but the first of each plane, in eighths.
    """
    bands, height, width = words.shape
    dtype = words.dtype
    parts, weights = [_seeds_forward(words[:, ::SEED_STEP, ::SEED_STEP])], []
    for step in STEPS:
        level = _Refinement(bands, height // (2 * step), width // (2 * step), dtype, 0)
        level.plane(level.known)[...] = _at(words, step, (0, 0))
        level.repeat_known_edge()
        for number, phase in enumerate(PHASES):
            target = level.targets[number]
            level.plane(target)[...] = _at(words, step, phase)
            prediction, activity = level.predict(number)
            np.subtract(target[: level.span], prediction, out=level.residual[: level.span])
            skipped = None if skip is None else _at(skip, step, phase)
            for part in _store_plane(level, activity, skipped, weights):
                parts.append(part)
            if skip is not None:
                np.add(prediction, level.residual[: level.span], out=target[: level.span])
                _at(words, step, phase)[...] = level.plane(target)
            if number == 0:
                level.repeat_centre_edge()
    return np.concatenate(parts), weights


def _store_plane(
    level: _Refinement, activity: np.ndarray, skip: np.ndarray | None, weights: list[int]
) -> Iterator[np.ndarray]:
    """Yield each band's residuals in stored order; skipped ones become 0 in the buffer."""
    before: np.ndarray | None = None
    arrangement = np.empty(0)
    for number in range(level.bands):
        residual = level.band(level.residual, number)
        expected = None
        if before is not None:
            weight = fit_weight(
                residual, before, level.pitch, None if skip is None else skip[number]
            )
            weights.append(weight)
            if weight:
                expected = weighted(before, weight)
                residual = residual - expected
        if number < 2:
            arrangement = level.orders(activity, before)
        if skip is None:
            yield order.gather(residual, level.rows, level.columns, arrangement)
        else:
            holes = np.zeros((level.rows, level.pitch), bool)
            holes[:, : level.columns] = skip[number]
            residual = residual * ~holes.reshape(-1)
            stored = order.gather(residual, level.rows, level.columns, arrangement)
            yield stored[~order.gather(holes.reshape(-1), level.rows, level.columns, arrangement)]
            level.band(level.residual, number)[:] = (
                residual if expected is None else residual + expected
            )
        before = level.band(level.residual, number)


def inverse(
    residual: np.ndarray,
    shape: tuple[int, int, int],
    weights: Sequence[int],
    skip: np.ndarray | None,
) -> np.ndarray:
    """Undo `forward`; skipped pixels come back as what was predicted for them.

    Parameters
    ----------
    residual : ndarray of unsigned, shape (n,)
    shape : tuple
        (bands, height, width), both sides multiples of `MULTIPLE`.
    weights : sequence of int
    skip : ndarray of bool, shape ``shape``, optional

    Raises
    ------
    ValueError
        If there are not as many residuals or weights as the shape asks for.
    """
    bands, height, width = shape
    dtype = residual.dtype
    rows, columns = height // SEED_STEP, width // SEED_STEP
    stored = _Stored(residual, iter(weights))
    level = _Refinement(bands, rows, columns, dtype, 0)
    seeds = stored.take(bands * rows * columns).reshape(bands, rows, columns)
    level.plane(level.known)[...] = _seeds_inverse(seeds)
    for count, step in enumerate(STEPS, start=1):
        level.repeat_known_edge()
        for number, phase in enumerate(PHASES):
            prediction, activity = level.predict(number)
            _restore_plane(
                level, activity, None if skip is None else _at(skip, step, phase), stored
            )
            target = level.targets[number][: level.span]
            np.add(prediction, level.residual[: level.span], out=target)
            if number == 0:
                level.repeat_centre_edge()
        if step > 1:
            finer = _Refinement(bands, 2 * level.rows, 2 * level.columns, dtype, count & 1)
            merged = finer.plane(finer.known)
        else:
            finer, merged = level, np.empty(shape, dtype)
        merged[:, ::2, ::2] = level.plane(level.known)
        for target, (row, column) in zip(level.targets, PHASES):
            merged[:, row::2, column::2] = level.plane(target)
        level = finer
    stored.check_used_up()
    return merged


class _Stored:
    """The stored residuals and weights, taken in order."""

    def __init__(self, residual: np.ndarray, weights: Iterator[int]):
        self._residual, self._position, self._weights = residual, 0, weights

    def take(self, count: int) -> np.ndarray:
        """Return the next residuals."""
        start, self._position = self._position, self._position + count
        if self._position > self._residual.size:
            raise ValueError(f"{self._residual.size} residuals, at least {self._position} expected")
        return self._residual[start : self._position]

    def weight(self) -> int:
        """Return the next weight."""
        for weight in self._weights:
            return weight
        raise ValueError("too few weights")

    def check_used_up(self) -> None:
        """Raise unless everything has been taken."""
        if self._position != self._residual.size or any(True for _ in self._weights):
            raise ValueError(f"{self._residual.size} residuals, {self._position} expected")


def _restore_plane(
    level: _Refinement, activity: np.ndarray, skip: np.ndarray | None, stored: _Stored
) -> None:
    """Fill the buffer of residuals of a plane."""
    dtype, count = level.residual.dtype, level.rows * level.columns
    before: np.ndarray | None = None
    arrangement = np.empty(0)
    for number in range(level.bands):
        if number < 2:
            arrangement = level.orders(activity, before)
        residual = level.band(level.residual, number)
        if skip is None:
            items = stored.take(count)
        else:
            holes = np.zeros((level.rows, level.pitch), bool)
            holes[:, : level.columns] = skip[number]
            kept = ~order.gather(holes.reshape(-1), level.rows, level.columns, arrangement)
            items = np.zeros(count, dtype)
            items[kept] = stored.take(int(np.count_nonzero(kept)))
        order.scatter(items, residual, level.rows, level.columns, arrangement)
        if before is not None:
            weight = stored.weight()
            if weight:
                residual += weighted(before, weight)
        before = residual


def _seeds_forward(seeds: np.ndarray) -> np.ndarray:
    """Differences to the neighbours above and to the left."""
    residual = seeds.copy()
    residual[:, 1:] -= seeds[:, :-1]
    residual[:, :, 1:] -= residual[:, :, :-1].copy()
    return residual.reshape(-1)


def _seeds_inverse(residual: np.ndarray) -> np.ndarray:
    dtype = residual.dtype
    return residual.cumsum(2, dtype=dtype).cumsum(1, dtype=dtype)
