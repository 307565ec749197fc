"""Maps of classes: few distinct values, in patches, with nothing to interpolate between them.

The values of a band become *labels*, the most frequent value 0. On a nested lattice each pixel's
label is guessed from its neighbours (see `vote`), and only what is wrong with the guesses is
stored.

Pixels are visited kind by kind. Where all neighbours agree, or three, or two and two, the first
guess is mostly right, and the second one if it is not. What is stored there are *gaps*: how many
pixels were guessed right before each *miss*, then how many of these misses were as guessed second
before each *second miss*; and for second misses which label it is. Where fewer agree, guesses are
poor, and the label of every pixel is stored. Labels are stored as their *numbers* in order of
likelihood.

The seeds are one more plane, in which each label is guessed to be that of the seed before.

All numbers of one class (gaps of misses where all neighbours agree, say) are stored before those of
the next class, each through the zigzag map that FLAC's Rice coder undoes. Keeping like with like is
worth a fifth of the size.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from .vote import ALL, OTHER, PAIRS, THREE, Guesses, Likely, Refinement

LARGEST = 256  # more distinct values than this are no classes
#: Planes of more than so few values must have such a share of pixels that equal a neighbour: where
#: they have less, interpolation is smaller.
_FEW, _EQUAL = 16, 0.9
STEPS = (8, 4, 2, 1)
MULTIPLE = 2 * STEPS[0]
#: Row and column of each pixel in a square of four, in the order in which they are found.
PHASES = ((1, 1), (0, 1), (1, 0))
#: The seeds, then of each refinement the centres, and all edges as one.
PLANES = 1 + 2 * len(STEPS)
#: Refinements before which the likely labels are found anew.
_LIKELY_STEPS = (8, 2)

#: Kinds of pixels of which misses are stored, in order. The one that is left is listed whole.
_GUESSED = (ALL, THREE, PAIRS)
#: Classes of numbers: gaps of misses and of second misses, by kind, and listed labels.
_MISSES, _SECOND, _LIST = range(0, 3), range(3, 6), 6
CLASSES = 7
#: The labels of second misses, by kind: not counted, as there is one for each of their gaps.
_SECOND_LABELS = range(7, 10)
#: Gaps that would be longer are divided by misses that are none.
_LONGEST_GAP = 65535
#: Samples are filled up to a multiple of this; else FLAC could not divide its last block.
_WHOLE = 16
_TWO = np.uint8(2)


def padded(size: int) -> int:
    """Return the next multiple of `MULTIPLE`."""
    return size + -size % MULTIPLE


def palette(bits: np.ndarray) -> np.ndarray | None:
    """Return the values of a plane, the most frequent first, or None if it is no map of classes.

    These are planes of more than `LARGEST` values, and those in which neighbours are seldom equal,
    unless they have very few values.
    """
    items = bits.reshape(-1)
    values = np.unique(items[:: max(1, items.size // 1024)])
    if values.size > LARGEST or (values.size > _FEW and _share_of_equal(bits) < _EQUAL):
        return None
    if bits.itemsize == 1:
        counts = _histogram(items)
        values = np.flatnonzero(counts).astype(np.uint8)
        counts = counts[values]
    else:
        for part in (items[::16], items):
            place = values.searchsorted(part)
            values = np.union1d(values, part[values.take(place, mode="clip") != part])
            if values.size > LARGEST:
                return None
        # a part will do for the order
        counts = np.bincount(values.searchsorted(items[::4]), minlength=values.size)
    return values[np.argsort(-counts, kind="stable")]


def _share_of_equal(bits: np.ndarray) -> float:
    """Return which share of pixels equals the one above or to its left, in a sample of rows."""
    below, above = bits[1::16, 1:], bits[:-1:16, 1:]
    equal = (below == above) | (below == bits[1::16, :-1])
    return np.count_nonzero(equal) / max(1, equal.size)


def _histogram(items: np.ndarray) -> np.ndarray:
    """Count bytes, two at a time, which takes half the time."""
    even = items.size // 2 * 2
    pairs = np.bincount(items[:even].view(np.uint16), minlength=1 << 16).reshape(256, 256)
    return pairs.sum(axis=0) + pairs.sum(axis=1) + np.bincount(items[even:], minlength=256)


# ---------------------------------------------------------------- encoding


def forward(bits: np.ndarray, values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Turn a plane into samples.

    Parameters
    ----------
    bits : ndarray of unsigned, shape (height, width)
    values : ndarray, shape (k,)
        See `palette`.

    Returns
    -------
    samples : ndarray of int16, shape (n,)
    counts : ndarray of int64, shape (PLANES, CLASSES)
        How many numbers of each class each plane has.
    """
    if values.size == 1:
        return np.zeros(0, np.int16), np.zeros((PLANES, CLASSES), np.int64)
    labels = _pad(_to_labels(bits, values))
    planes = [_seeds_forward(labels[::MULTIPLE, ::MULTIPLE])]
    for step in STEPS:
        known = labels[:: 2 * step, :: 2 * step]
        level = Refinement(*known.shape)
        level.known[...] = known
        if step in _LIKELY_STEPS:
            likely = Likely(level.known, values.size)
        centres, *edges = (labels[r * step :: 2 * step, c * step :: 2 * step] for r, c in PHASES)
        truth = level.flat(centres)
        planes.append(_plane_forward(truth, level.centres(), likely))
        guesses = level.edges(truth)
        planes.append(_plane_forward(level.flat(*edges), guesses, likely))
    runs = [plane[of_class] for of_class in range(len(planes[0])) for plane in planes]
    counts = np.array([run.size for run in runs[: CLASSES * PLANES]], np.int64)
    counts = np.ascontiguousarray(counts.reshape(CLASSES, PLANES).T)
    numbers = np.concatenate(runs)
    samples = np.zeros(sample_count(bits.shape, counts), np.int16)
    samples[: numbers.size] = ((numbers >> 1) ^ -(numbers & 1)).view(np.int16)
    return samples, counts


def _seeds_forward(seeds: np.ndarray) -> list[np.ndarray]:
    """Return the numbers of the seeds, by class."""
    labels = _snake(seeds)
    misses = _bridged((labels != np.append(np.uint8(0), labels[:-1])).nonzero()[0])
    numbers = [np.zeros(0, np.uint16)] * (CLASSES + len(_SECOND_LABELS))
    numbers[_MISSES[0]], numbers[_LIST] = _gaps(misses), labels[misses]
    return numbers


def _plane_forward(truth: np.ndarray, guesses: Guesses, likely: Likely) -> list[np.ndarray]:
    """Return the numbers of a plane, by class."""
    voted, kinds, runners_up = guesses
    wrong = truth != voted
    misses, places = [], []
    for kind in _GUESSED:
        visited = (kinds == kind).nonzero()[0]
        misses.append(_bridged(wrong[visited].nonzero()[0]))
        places.append(visited[misses[-1]])
    place = np.concatenate(places)
    guess = _second_guesses(place, misses[0].size, guesses, likely)
    second = _bridged((truth[place] != guess).nonzero()[0])
    where = np.concatenate((place[second], (kinds < OTHER).nonzero()[0]))
    guess = np.concatenate((guess[second], runners_up[where[second.size :]]))
    numbers = likely.number(voted[where], guess, truth[where])
    second_labels, listed = numbers[: second.size], numbers[second.size :]
    second_labels = second_labels - _TWO + (second_labels < _TWO) * np.uint8(likely.labels % 256)
    kind_ends = np.cumsum([found.size for found in misses[:-1]])
    by_kind = [0, *second.searchsorted(kind_ends).tolist(), second.size]
    runs = [slice(start, end) for start, end in zip(by_kind, by_kind[1:])]
    second = _gaps(second)
    return [
        *map(_gaps, misses),
        *(second[run] for run in runs),
        listed,
        *(second_labels[run] for run in runs),
    ]


def _gaps(positions: np.ndarray) -> np.ndarray:
    """Return how many items lie before each of some rising positions, after the last one."""
    gaps = positions.astype(np.uint16)  # which wraps, but no gap is as long
    gaps[1:] -= gaps[:-1] + np.uint16(1)
    return gaps


def _bridged(positions: np.ndarray) -> np.ndarray:
    """Insert positions where gaps are too long."""
    if positions.size == 0 or positions[-1] <= _LONGEST_GAP:
        return positions
    before = np.append(-1, positions[:-1])
    long = (positions - before > _LONGEST_GAP + 1).nonzero()[0]
    more = [np.arange(before[n], positions[n], _LONGEST_GAP + 1)[1:] for n in long]
    return np.sort(np.concatenate((positions, *more)))


def _to_labels(bits: np.ndarray, values: np.ndarray) -> np.ndarray:
    if bits.itemsize == 1:
        table = np.zeros(256, np.uint8)
        table[values] = np.arange(values.size)
        return _translated(bits, table)
    order = np.argsort(values)
    return order.astype(np.uint8)[np.searchsorted(values[order], bits)]


def _pad(labels: np.ndarray) -> np.ndarray:
    height, width = labels.shape
    return np.pad(labels, ((0, -height % MULTIPLE), (0, -width % MULTIPLE)), mode="edge")


# ---------------------------------------------------------------- both ways


def sample_count(shape: tuple[int, int], counts: np.ndarray) -> int:
    """Return how many samples `forward` made."""
    numbers = int(counts.sum()) + int(counts[:, _SECOND].sum())
    return numbers + -numbers % _WHOLE


def _second_guesses(
    place: np.ndarray, all_agree: int, guesses: Guesses, likely: Likely
) -> np.ndarray:
    """Return the second guess for each miss; the neighbours of so many first ones all agree."""
    guess = guesses.runners_up[place]
    guess[:all_agree] = likely.nearest[guesses.voted[place[:all_agree]]]
    return guess


def _snake(seeds: np.ndarray) -> np.ndarray:
    """Return seeds as one row, every other row of them reversed, so that all touch the next one."""
    rows = seeds.copy()
    rows[1::2] = seeds[1::2, ::-1]
    return rows.reshape(-1)


def _translated(plane: np.ndarray, table: np.ndarray) -> np.ndarray:
    """Look bytes up in a table of 256 bytes, several times as fast as numpy does."""
    found = bytearray(np.ascontiguousarray(plane)).translate(table.tobytes())
    return np.frombuffer(found, np.uint8).reshape(plane.shape)


# ---------------------------------------------------------------- decoding


def inverse(
    samples: np.ndarray, counts: np.ndarray, shape: tuple[int, int], values: np.ndarray
) -> np.ndarray:
    """Undo `forward`.

    Raises
    ------
    ValueError
        If the samples describe no such plane.
    """
    height, width = shape
    if samples.itemsize > 2 or samples.size != sample_count(shape, counts):
        raise ValueError(f"{samples.size} samples, {sample_count(shape, counts)} expected")
    if values.size == 1:
        if samples.size:
            raise ValueError("there are misses, but only one label")
        return np.full(shape, values[0])
    stored = _Stored(samples, counts, values.size)
    known = stored.seeds(padded(height) // MULTIPLE, padded(width) // MULTIPLE)
    for number, step in enumerate(STEPS):
        level = Refinement(*known.shape)
        level.known[...] = known
        if step in _LIKELY_STEPS:
            likely = Likely(known, values.size)
        plane = 1 + 2 * number
        centres = level.centres(stored.any(plane))
        stored.correct(plane, centres, likely)
        edges = level.edges(centres.voted, stored.any(plane + 1))
        stored.correct(plane + 1, edges, likely)
        merged = np.empty((2 * known.shape[0], 2 * known.shape[1]), np.uint8)
        merged[::2, ::2] = known
        planes = (*level.pixels(centres.voted), *level.pixels(edges.voted))
        for pixels, (row, column) in zip(planes, PHASES):
            merged[row::2, column::2] = pixels
        known = merged
    return _to_bits(known[:height, :width], values)


class _Stored:
    """Stored numbers, in order plane by plane.

    Parameters
    ----------
    samples, counts
        See `forward`.
    labels : int
        How many there are.

    Raises
    ------
    ValueError
        From each method, if the numbers describe no such plane.
    """

    def __init__(self, samples: np.ndarray, counts: np.ndarray, labels: int):
        self._labels, self._counts = labels, counts.tolist()
        signed = samples.astype(np.int16)
        numbers = ((signed + signed) ^ -(signed < 0).astype(np.int16)).view(np.uint16)
        sizes = np.concatenate((counts.T, counts.T[_SECOND]))
        ends = sizes.cumsum().reshape(sizes.shape)
        starts, ends = (ends - sizes).tolist(), ends.tolist()
        first, second, end = starts[_LIST][0], starts[_SECOND_LABELS[0]][0], ends[-1][-1]
        if numbers[first:end].max(initial=0) >= labels:
            raise ValueError("a number is no label")
        numbers[second:end] += 2
        numbers[second:end] -= np.uint16(labels) * (numbers[second:end] >= labels)
        as_bytes = numbers.astype(np.uint8)

        def take(source: np.ndarray, plane: int, classes: Iterable[int]) -> list[np.ndarray]:
            return [source[starts[c][plane] : ends[c][plane]] for c in classes]

        planes = range(PLANES)
        gaps = [run for p in planes for run in take(numbers, p, (*_MISSES, *_SECOND))]
        self._numbers = [
            np.concatenate(take(as_bytes, p, (*_SECOND_LABELS, _LIST))) for p in planes
        ]
        # of each plane the misses of each kind, and all second misses
        sizes = np.column_stack((counts[:, _MISSES], counts[:, _SECOND].sum(axis=1)))
        positions = _from_gaps(np.concatenate(gaps), sizes.reshape(-1))
        ends = [0, *sizes.cumsum().tolist()]
        self._positions = [positions[start:end] for start, end in zip(ends, ends[1:])]

    def _misses(self, plane: int) -> list[np.ndarray]:
        """Return the positions of misses of each kind, and of second misses."""
        each = len(_GUESSED) + 1
        return self._positions[each * plane : each * (plane + 1)]

    def seeds(self, rows: int, columns: int) -> np.ndarray:
        """Return the labels of the seeds."""
        misses, labels = self._misses(0)[0], self._numbers[0]
        if self._counts[0] != [misses.size, 0, 0, 0, 0, 0, misses.size]:
            raise ValueError("seeds have other numbers than they should")
        if misses.size and misses[-1] >= rows * columns:
            raise ValueError(f"a miss beyond the last of {rows * columns} seeds")
        which = np.zeros(rows * columns, np.intp)
        which[misses] = 1
        found = np.append(np.uint8(0), labels)[which.cumsum()]
        return _snake(found.reshape(rows, columns)).reshape(rows, columns)

    def any(self, plane: int) -> bool:
        """Whether the guesses for a plane can be wrong, or must be looked at to know."""
        return self._labels > 2 or any(self._counts[plane])

    def correct(self, plane: int, guesses: Guesses, likely: Likely) -> None:
        """Overwrite what the guesses for a plane got wrong."""
        if not self.any(plane):
            return
        labels, kinds, runners_up = guesses
        *misses, second = self._misses(plane)
        places = []
        for kind, found in zip(_GUESSED, misses):
            visited = (kinds == kind).nonzero()[0] if found.size else found
            if found.size and found[-1] >= visited.size:
                raise ValueError(f"a miss beyond the last of {visited.size} pixels of a kind")
            places.append(visited[found])
        place = np.concatenate(places)
        if second.size and second[-1] >= place.size:
            raise ValueError(f"a second miss beyond the last of {place.size} misses")
        guess = _second_guesses(place, misses[0].size, guesses, likely)
        where = place[second]
        if self._labels > 2:  # of two labels, at least two neighbours agree
            where = np.concatenate((where, (kinds < OTHER).nonzero()[0]))
        numbers = self._numbers[plane]
        if where.size != numbers.size:
            raise ValueError(f"{numbers.size} labels are stored, {where.size} expected")
        if where.size:
            second_guess = np.concatenate((guess[second], runners_up[where[second.size :]]))
            corrected = likely.label(labels[where], second_guess, numbers)
            labels[place] = guess
            labels[where] = corrected
        else:
            labels[place] = guess


def _from_gaps(gaps: np.ndarray, sizes: np.ndarray) -> np.ndarray:
    """Undo `_gaps` for several arrays, one after the other, of as many sizes."""
    positions = gaps.astype(np.intp)
    positions += 1
    if positions.size:
        starts = (sizes.cumsum() - sizes)[sizes > 0]
        positions[starts[1:]] -= np.add.reduceat(positions, starts)[:-1]
        np.cumsum(positions, out=positions)
        positions -= 1
    return positions


def _to_bits(labels: np.ndarray, values: np.ndarray) -> np.ndarray:
    if values.itemsize > 1:
        return values[labels]
    table = np.zeros(256, np.uint8)
    table[: values.size] = values
    return _translated(labels, table)
