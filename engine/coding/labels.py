"""Maps of classes: few distinct values, in patches, with nothing to interpolate between them.

The values of a band become *ranks*, the most frequent value 0. On the same nested lattice as
`lattice`, the four neighbours of a pixel vote for its label. Almost all pixels win their vote, so
only the others are stored, as two numbers: how many pixels were right since the last miss (*gap*),
and which label it is instead (*rank among the likely*).

What makes gaps long is the order of visit: pixels whose neighbours agree completely first, those
where all four differ last, in seven classes that the decoder can tell as well. What makes ranks
small is guessing the runner-up: first the best neighbour label that was not voted for, then labels
by how often they touch the voted one on the coarser lattice.

Stored are the seeds, then all ranks class by class, then all gaps class by class, each through the
zigzag map that FLAC's Rice coder undoes. Keeping like with like is worth a fifth of the size.
"""

from __future__ import annotations

import numpy as np

LARGEST = 64  # more distinct values than this are no classes
STEPS = (16, 8, 4, 2, 1)
MULTIPLE = 2 * STEPS[0]
CLASSES = 7
PHASES = ((1, 1), (0, 1), (1, 0))
#: Planes of all refinements.
PLANES = len(STEPS) * len(PHASES)
_DIAGONAL = 1 << 40


def padded(size: int) -> int:
    """Return the next multiple of `MULTIPLE`."""
    return size + -size % MULTIPLE


def palette(bits: np.ndarray) -> np.ndarray | None:
    """Return the values of a plane, most frequent first, or None where they are too many."""
    probe = bits.reshape(-1)[:: max(1, bits.size // 1024)]
    if np.unique(probe).size > LARGEST:
        return None
    if bits.itemsize == 1:
        counts = np.bincount(bits.reshape(-1), minlength=256)
        values = np.flatnonzero(counts).astype(np.uint8)
        counts = counts[values]
    else:
        values, counts = np.unique(bits, return_counts=True)
    if values.size > LARGEST:
        return None
    return values[np.argsort(-counts, kind="stable")]


def forward(bits: np.ndarray, values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Turn a plane into samples.

    Parameters
    ----------
    bits : ndarray of unsigned, shape (height, width)
    values : ndarray, shape (k,)
        See `palette`.

    Returns
    -------
    samples : ndarray of int64, shape (n,)
    counts : ndarray of int64, shape (PLANES, CLASSES)
        Misses of each class in each plane.
    """
    ranks = _pad(_to_ranks(bits, values))
    labels = values.size
    missed: list[list[np.ndarray]] = []
    gaps: list[list[np.ndarray]] = []
    counts = []
    likely = np.empty(0)
    for step in STEPS:
        known = np.ascontiguousarray(ranks[:: 2 * step, :: 2 * step])
        centres = np.ascontiguousarray(ranks[step :: 2 * step, step :: 2 * step])
        if step > 1:
            likely, _ = _likely(known, labels)
        for number, (row, column) in enumerate(PHASES):
            truth = ranks[row * step :: 2 * step, column * step :: 2 * step].reshape(-1)
            context = _Context(*_neighbours(known, centres, number))
            wrong = truth != context.vote
            position = np.flatnonzero(wrong if context.visit is None else wrong[context.visit])
            first = position.searchsorted(context.bounds)
            place = position if context.visit is None else context.visit[position]
            voted = context.vote[place]
            pair = voted.astype(np.int32) * labels
            rank = likely[pair + truth[place]]
            start = int(first[2])  # in the first two classes all neighbours agree: no runner-up
            if start < position.size:
                second = context.runner_up(voted[start:], place[start:])
                usual = likely[pair[start:] + second]
                rank[start:] = np.where(
                    truth[place[start:]] == second, 1, rank[start:] + (rank[start:] < usual)
                )
            gap = np.diff(position, prepend=-1) - 1
            for number_of_class in range(1, CLASSES):
                begin = first[number_of_class]
                if begin < first[number_of_class + 1]:
                    gap[begin] = position[begin] - context.bounds[number_of_class]
            counts.append(np.diff(first))
            missed.append([rank[a:b] - 1 for a, b in zip(first, first[1:])])
            gaps.append([gap[a:b] for a, b in zip(first, first[1:])])
    seeds = ranks[::MULTIPLE, ::MULTIPLE].astype(np.int64).reshape(-1)
    parts = [seeds]
    for numbers in (missed, gaps):
        parts += [plane[c] for c in range(CLASSES) for plane in numbers]
    return _zigzag(np.concatenate(parts)), np.array(counts)


def sample_count(shape: tuple[int, int], counts: np.ndarray) -> int:
    """Return how many samples `forward` made."""
    height, width = shape
    return (padded(height) // MULTIPLE) * (padded(width) // MULTIPLE) + 2 * int(counts.sum())


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
    rows, columns = padded(height) // MULTIPLE, padded(width) // MULTIPLE
    labels, total = values.size, int(counts.sum())
    if samples.size != sample_count(shape, counts):
        raise ValueError(f"{samples.size} samples, {sample_count(shape, counts)} expected")
    numbers = _unzigzag(samples.astype(np.int64))
    seeds = numbers[: rows * columns]
    if seeds.size and not (0 <= seeds.min() and seeds.max() < labels):
        raise ValueError("a seed is no label")
    known = seeds.astype(np.uint8).reshape(rows, columns)
    # where the ranks of each plane and class start; gaps follow all ranks
    starts = np.concatenate(([0], counts.T.reshape(-1).cumsum()[:-1])) + rows * columns
    starts = starts.reshape(CLASSES, PLANES).T
    likely = label_of = np.empty(0)
    plane_number = 0
    for step in STEPS:
        if step > 1:
            likely, label_of = _likely(known, labels)
        centres = None
        planes = [known]
        for number in range(len(PHASES)):
            context = _Context(*_neighbours(known, centres, number))
            pieces = [
                (int(a), int(a + n))
                for a, n in zip(starts[plane_number], counts[plane_number])
                if n
            ]
            if pieces:
                _restore_misses(
                    context,
                    np.concatenate([numbers[a:b] for a, b in pieces]),
                    np.concatenate([numbers[a + total : b + total] for a, b in pieces]),
                    counts[plane_number],
                    (likely, label_of, labels),
                )
            planes.append(context.vote.reshape(known.shape))
            if number == 0:
                centres = planes[1]
            plane_number += 1
        merged = np.empty((2 * known.shape[0], 2 * known.shape[1]), np.uint8)
        merged[::2, ::2] = known
        for plane, (row, column) in zip(planes[1:], PHASES):
            merged[row::2, column::2] = plane
        known = merged
    return values[known[:height, :width]]


def _restore_misses(context, ranks, gaps, counts, tables) -> None:
    """Overwrite the votes of the missed pixels with their labels."""
    likely, label_of, labels = tables
    first = np.concatenate(([0], np.cumsum(counts)))
    position = gaps.cumsum() + np.arange(gaps.size)
    # positions run on through all classes so far; let each class start at its own bound
    begun = context.bounds[:-1].copy()
    later = first[:-1] > 0
    begun[later] -= position[first[:-1][later] - 1] + 1
    position += np.repeat(begun, counts)
    if position.min() < 0 or position.max() >= context.vote.size:
        raise ValueError("a miss lies outside its plane")
    place = position if context.visit is None else context.visit[position]
    voted = context.vote[place]
    pair = voted.astype(np.int64) * labels
    rank = ranks + 1
    start = int(first[2])
    if start < rank.size:
        second = context.runner_up(voted[start:], place[start:])
        usual = likely[pair[start:] + second]
        rest = rank[start:]
        rank[start:] = np.where(rest == 1, usual, rest - (rest <= usual))
    if rank.min() < 0 or rank.max() >= labels:
        raise ValueError("a missed label is none")
    context.vote[place] = label_of[pair + rank]


# ---------------------------------------------------------------- parts


def _to_ranks(bits: np.ndarray, values: np.ndarray) -> np.ndarray:
    order = np.argsort(values)
    if bits.itemsize == 1:
        table = np.zeros(256, np.uint8)
        table[values] = np.arange(values.size)
        return table[bits]
    return order.astype(np.uint8)[np.searchsorted(values[order], bits)]


def _pad(ranks: np.ndarray) -> np.ndarray:
    height, width = ranks.shape
    return np.pad(ranks, ((0, -height % MULTIPLE), (0, -width % MULTIPLE)), mode="edge")


def _zigzag(numbers: np.ndarray) -> np.ndarray:
    """0, 1, 2, 3, 4 to 0, -1, 1, -2, 2."""
    return (numbers >> 1) ^ -(numbers & 1)


def _unzigzag(samples: np.ndarray) -> np.ndarray:
    return (samples << 1) ^ (samples >> 63)


def _shifted(plane: np.ndarray, rows: int, columns: int) -> np.ndarray:
    """The neighbour that many rows and columns on; at the edge the pixel itself."""
    result = plane
    if rows:
        result = np.concatenate(
            (result[1:], result[-1:]) if rows > 0 else (result[:1], result[:-1])
        )
    if columns > 0:
        result = np.concatenate((result[:, 1:], result[:, -1:]), axis=1)
    elif columns < 0:
        result = np.concatenate((result[:, :1], result[:, :-1]), axis=1)
    return result


def _neighbours(known: np.ndarray, centres: np.ndarray | None, phase: int):
    """The four known pixels around each pixel of a plane."""
    if phase == 0:
        return known, _shifted(known, 1, 1), _shifted(known, 0, 1), _shifted(known, 1, 0)
    if phase == 1:
        return known, _shifted(known, 0, 1), _shifted(centres, -1, 0), centres
    return known, _shifted(known, 1, 0), _shifted(centres, 0, -1), centres


def _likely(known: np.ndarray, labels: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the rank of b by how often it touches a, itself first, and the label of a rank.

    Both tables are flat, indexed by ``a * labels + b`` and ``a * labels + rank``.
    """
    pair = known.astype(np.int32) * labels
    size = labels * labels
    touch = np.bincount((pair[:, :-1] + known[:, 1:]).reshape(-1), minlength=size)
    touch += np.bincount((pair[:-1] + known[1:]).reshape(-1), minlength=size)
    touch = touch.reshape(labels, labels)
    touch = touch + touch.T
    np.fill_diagonal(touch, _DIAGONAL)
    label = np.argsort(-touch, axis=1, kind="stable")
    rank = np.argsort(label, axis=1, kind="stable")
    return rank.astype(np.int64).reshape(-1), label.astype(np.uint8).reshape(-1)


class _Context:
    """What four neighbours say of every pixel of a plane.

    Attributes
    ----------
    visit : ndarray of int or None
        Flat positions in the order of visit; None for the natural order.
    bounds : ndarray of int, shape (CLASSES + 1,)
        Where each class begins in it.
    vote : ndarray of uint8
        The label voted for, flat.
    """

    def __init__(self, a: np.ndarray, b: np.ndarray, c: np.ndarray, d: np.ndarray):
        width = a.shape[1]
        a, b, c, d = (x.reshape(-1) for x in (a, b, c, d))
        high1, low1 = np.maximum(a, b), np.minimum(a, b)
        high2, low2 = np.maximum(c, d), np.minimum(c, d)
        first, last = np.minimum(low1, low2), np.maximum(high1, high2)
        differ = first != last
        self.vote = first.copy()
        self.visit = None
        self.bounds = np.array([0] + [a.size] * CLASSES)
        if not differ.any():
            self._sorted = ()
            return
        inner1, inner2 = np.minimum(high1, high2), np.maximum(low1, low2)
        second, third = np.minimum(inner1, inner2), np.maximum(inner1, inner2)
        self._sorted = (first, second, third, last)
        self.vote = self._majority()
        kinds = self._kinds(differ, width)
        # a stable sort by one byte is quicker than seven searches
        self.visit = kinds.argsort(kind="stable")
        self.bounds = np.concatenate(([0], np.bincount(kinds, minlength=CLASSES).cumsum()))

    def _majority(self) -> np.ndarray:
        first, second, third, last = self._sorted
        in_front = (first == second) | (second == third)
        at_end = third == last
        vote = _choose(at_end, third, first)
        return _choose(in_front, second, vote)

    def _kinds(self, differ: np.ndarray, width: int) -> np.ndarray:
        """0 all agree far and near, 1 all agree, 2 three, 3 two and two, 4 two, 6 none."""
        first, second, third, last = self._sorted
        equal = [
            (x == y).view(np.uint8) for x, y in ((first, second), (second, third), (third, last))
        ]
        agreeing = equal[0] + equal[1] + equal[2]
        near = differ.copy()  # rows run into each other at the edge, in the decoder as well
        near[width:] |= differ[:-width]
        near[:-width] |= differ[width:]
        rows = near.copy()
        near[1:] |= rows[:-1]
        near[:-1] |= rows[1:]
        kinds = 2 * (agreeing ^ np.uint8(3))
        kinds += (near & (agreeing == 3)).view(np.uint8)
        kinds += (equal[0] & equal[2] & (equal[1] ^ 1)) & (agreeing >> 1)
        return kinds

    def runner_up(self, voted: np.ndarray, place: np.ndarray) -> np.ndarray:
        """Return the first neighbour label in order that was not voted for."""
        first, second, third, last = (x[place] for x in self._sorted)
        result = np.where(voted != third, third, last)
        result = np.where(voted != second, second, result)
        return np.where(voted != first, first, result)


def _choose(where: np.ndarray, yes: np.ndarray, no: np.ndarray) -> np.ndarray:
    """``np.where`` for bytes, by arithmetic, which is several times as fast."""
    return no ^ ((yes ^ no) & -where.view(np.uint8))
