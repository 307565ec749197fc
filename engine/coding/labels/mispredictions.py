"""The numbers as which maps of classes are stored: what is wrong with guesses, see `labels`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from ...model.data_types import Array
from .neighbor_mode import ALL, OTHER, PAIRS, THREE, CooccurrenceRanking, Predictions

#: Kinds of pixels of which misses are stored, in order. The one that is left is listed whole.
GUESSED = (ALL, THREE, PAIRS)
#: Classes of numbers: gaps of misses and of second misses, by kind, and listed labels.
MISSES, SECOND, LIST = range(0, 3), range(3, 6), 6
CLASSES = 7
#: The labels of second misses, by kind: not counted, as there is one for each of their gaps.
SECOND_LABELS = range(7, 10)
#: Gaps that would be longer are divided by misses that are none.
_LONGEST_GAP = 65535
#: Samples are filled up to a multiple of this; else FLAC could not divide its last block.
_WHOLE = 16


def sample_count(counts: Array) -> int:
    """Return how many samples a plane has whose classes have so many numbers, see `labels`."""
    numbers = int(counts.sum()) + int(counts[:, SECOND].sum())
    return numbers + -numbers % _WHOLE


def gaps(positions: Array) -> Array:
    """Return how many items lie before each of some rising positions, after the last one."""
    found = positions.astype(np.uint16)  # which wraps, but no gap is as long
    found[1:] -= found[:-1] + np.uint16(1)
    return found


def split_long_gaps(positions: Array) -> Array:
    """Insert positions where gaps are too long."""
    if positions.size == 0 or positions[-1] <= _LONGEST_GAP:
        return positions
    before = np.append(-1, positions[:-1])
    long = (positions - before > _LONGEST_GAP + 1).nonzero()[0]
    more = [np.arange(before[n], positions[n], _LONGEST_GAP + 1)[1:] for n in long]
    return np.sort(np.concatenate((positions, *more)))


def second_predictions(
    place: Array, all_agree: int, guesses: Predictions, likely: CooccurrenceRanking
) -> Array:
    """Return the second guess for each miss; the neighbours of so many first ones all agree."""
    guess = guesses.runners_up[place]
    certain = place[:all_agree]
    guess[:all_agree] = likely.nearest(guesses.tiles_of(certain), guesses.voted[certain])
    return guess


class Mispredictions:
    """What is stored of the planes of several tiles, each array tile after tile.

    Parameters
    ----------
    samples : sequence of ndarray of int8 or int16, shape (n,)
        Of each tile.
    counts : ndarray of int64, shape (tiles, planes, CLASSES)
        How many numbers of each class each plane has; `sample_count` of them is the number of
        samples.
    labels : sequence of int
        How many there are in each tile.

    Raises
    ------
    ValueError
        From each method, if the numbers describe no such planes.
    """

    def __init__(self, samples: Sequence[Array], counts: Array, labels: Sequence[int]):
        self._most = max(labels)
        any_of_plane: Array = np.any(counts, axis=(0, 2)) | (self._most > 2)
        self._any: list[bool] = any_of_plane.tolist()
        self._tiles, planes = counts.shape[:2]
        signed = _joined([own.astype(np.int16, copy=False) for own in samples])
        numbers = ((signed + signed) ^ -(signed < 0).astype(np.int16)).view(np.uint16)
        sizes = np.concatenate((counts, counts[..., SECOND]), axis=2).swapaxes(1, 2)
        ends = sizes.reshape(self._tiles, -1).cumsum(axis=1).reshape(sizes.shape)
        ends += _before([own.size for own in samples])[:, np.newaxis, np.newaxis]
        starts, ends = (ends - sizes).tolist(), ends.tolist()
        for own, end, count in zip(starts, ends, labels):
            found = numbers[own[LIST][0] : end[-1][-1]]
            if found.max(initial=0) >= count:
                raise ValueError("a number is no label")
            found = numbers[own[SECOND_LABELS[0]][0] : end[-1][-1]]
            found += 2
            found -= np.uint16(count) * (found >= count)
        as_bytes = numbers.astype(np.uint8)

        def take(source: Array, plane: int, classes: Iterable[int]) -> list[Array]:
            return [
                source[own[c][plane] : end[c][plane]]
                for own, end in zip(starts, ends)
                for c in classes
            ]

        runs = [run for p in range(planes) for k in MISSES for run in take(numbers, p, (k,))]
        runs += [run for p in range(planes) for run in take(numbers, p, SECOND)]
        # how many misses, of each plane by kind and tile; how many second ones, by plane and tile
        sizes = np.ascontiguousarray(counts[..., MISSES].transpose(1, 2, 0))
        second = counts[..., SECOND].sum(axis=2).T.reshape(-1)
        lengths = np.concatenate((sizes.reshape(-1), second))
        positions = _from_gaps(np.concatenate(runs), lengths)
        self._misses = _split(positions, sizes.sum(axis=2).reshape(-1))
        found = positions[positions.size - second.sum() :]
        self._tiles_of_misses: list[Array] = []
        if self._tiles > 1:
            tiles = np.tile(np.arange(self._tiles), sizes.size // self._tiles)
            owners = tiles.repeat(sizes.reshape(-1))
            self._tiles_of_misses = _split(owners, sizes.sum(axis=2).reshape(-1))
            found = _among_misses(found, second, sizes)
        self._second = _split(found, second.reshape(planes, -1).sum(axis=1))
        self._numbers = [
            np.concatenate([*take(as_bytes, p, SECOND_LABELS), *take(as_bytes, p, (LIST,))])
            for p in range(planes)
        ]
        # how many labels each tile of a plane lists; as many misses seeds have, and nothing else
        self._lists = counts[..., LIST].T.tolist()
        self._seeds = sizes[0, 0].tolist(), bool(counts[:, 0, 1:LIST].any())

    def seeds(self, rows: int, columns: int) -> Array:
        """Return the labels of the seeds along their row, shape (tiles, rows * columns)."""
        misses = self._misses[0]
        sizes, others = self._seeds
        if others or sizes != self._lists[0]:
            raise ValueError("seeds have other numbers than they should")
        count = rows * columns
        if misses.size and misses.max() >= count:
            raise ValueError(f"a miss beyond the last of {count} seeds")
        # each tile has one more before its first seed, whose label is 0
        labels = np.insert(self._numbers[0], _before(sizes), 0)
        changes = np.zeros((self._tiles, count), np.intp)
        changes[self._tiles_of_misses[0] if self._tiles > 1 else 0, misses] = 1
        changes[1:, 0] += 1
        seeds: Array = labels[changes.cumsum().reshape(changes.shape)]
        return seeds

    def any(self, plane: int) -> bool:
        """Whether the guesses for a plane can be wrong, or must be looked at to know."""
        return self._any[plane]

    def correct(self, plane: int, guesses: Predictions, likely: CooccurrenceRanking) -> None:
        """Overwrite what the guesses for a plane got wrong."""
        if not self.any(plane):
            return
        labels, kinds, runners_up = guesses.voted, guesses.kinds, guesses.runners_up
        places = []
        for number, kind in enumerate(GUESSED, start=plane * len(GUESSED)):
            found = self._misses[number]
            if found.size:
                visited = (kinds == kind).nonzero()[0]
                found = visited[self._among_all(found, number, visited, guesses)]
            places.append(found)
        place = np.concatenate(places)
        guess = second_predictions(place, places[0].size, guesses, likely)
        second = self._second[plane]
        if second.size and second[-1] >= place.size:  # of one tile; of several it is known by now
            raise ValueError(f"a second miss beyond the last of {place.size} misses")
        where, second_guess = place[second], guess[second]
        listed, expected = self._lists[plane], [0] * self._tiles
        if self._most > 2:  # of two labels, at least two neighbours agree
            more = (kinds < OTHER).nonzero()[0]
            expected = guesses.counts(more)
            where = np.concatenate((where, more))
            second_guess = np.concatenate((second_guess, runners_up[more]))
        if listed != expected:
            raise ValueError(f"{listed} labels are listed, {expected} expected")
        if where.size:
            tiles = guesses.tiles_of(where)
            corrected = likely.label(tiles, labels[where], second_guess, self._numbers[plane])
            labels[place] = guess
            labels[where] = corrected
        else:
            labels[place] = guess

    def _among_all(self, found: Array, number: int, visited: Array, guesses: Predictions) -> Array:
        """Return positions among all pixels of a kind by those among the ones of each tile."""
        if self._tiles == 1:
            beyond = found[-1] >= visited.size
        else:
            starts, tiles = guesses.starts(visited), self._tiles_of_misses[number]
            found = found + starts[tiles]
            beyond = (found >= starts[tiles + 1]).any()
        if beyond:
            raise ValueError(f"a miss beyond the last of {visited.size} pixels of a kind")
        return found


def _among_misses(second: Array, lengths: Array, sizes: Array) -> Array:
    """Return where second misses are among misses that lie kind by kind, each tile by tile.

    Parameters
    ----------
    second : ndarray of int
        Of all planes and tiles, one after the other: where among the misses of this tile, which lie
        kind by kind.
    lengths : ndarray of int, shape (planes * tiles,)
        How many they are.
    sizes : ndarray of int, shape (planes, kinds, tiles)
        How many misses there are.
    """
    owner = np.arange(lengths.size).repeat(lengths)
    starts = (sizes.reshape(len(sizes), -1).cumsum(axis=1).reshape(sizes.shape) - sizes).swapaxes(
        0, 1
    )
    ends = sizes.cumsum(axis=1).swapaxes(0, 1)
    shift = (starts - ends + sizes.swapaxes(0, 1)).reshape(len(starts), -1)
    ends = ends.reshape(len(ends), -1)
    kinds = np.zeros(second.size, np.intp)
    for end in ends[:-1]:
        kinds += second >= end[owner]
    if (second >= ends[-1][owner]).any():
        raise ValueError("a second miss beyond the last of the misses")
    places: Array = second + shift[kinds, owner]
    return places


def _split(array: Array, sizes: Array) -> list[Array]:
    """Cut an array into pieces of some sizes, from its start on."""
    ends = sizes.cumsum().tolist()
    return [array[start:end] for start, end in zip([0, *ends], ends)]


def _before(sizes: Sequence[int] | Array) -> Array:
    """Return the sum of all sizes before each."""
    return np.cumsum(sizes) - sizes


def _joined(arrays: list[Array]) -> Array:
    return np.concatenate(arrays) if len(arrays) > 1 else arrays[0]


def _from_gaps(found: Array, sizes: Array) -> Array:
    """Undo `gaps` for several arrays, one after the other, of as many sizes."""
    positions = found.astype(np.intp)
    positions += 1
    if positions.size:
        starts = (sizes.cumsum() - sizes)[sizes > 0]
        positions[starts[1:]] -= np.add.reduceat(positions, starts)[:-1]
        np.cumsum(positions, out=positions)
        positions -= 1
    return positions
