"""The numbers as which categorical planes are stored: mispredictions, see `labels.codec`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from ...model.data_types import Array
from ..workspace import joined
from .neighbor_mode import ALL, OTHER, PAIRS, THREE, CooccurrenceRanking, Predictions

#: Kinds of pixels whose mispredictions are stored, in order; all labels of the other kind are.
PREDICTED = (ALL, THREE, PAIRS)
#: Classes of numbers: gaps of first and of second mispredictions, by kind, and listed labels.
FIRST, SECOND, LISTED_LABELS = range(0, 3), range(3, 6), 6
CLASSES = 7
#: The labels of second mispredictions, by kind: not counted, because each gap has one.
SECOND_LABELS = range(7, 10)
#: Longer gaps are divided by pixels that are not mispredicted.
_LONGEST_GAP = 65535
#: Samples are filled up to a multiple of this; else FLAC could not divide its last block.
_SAMPLE_MULTIPLE = 16


def sample_count(counts: Array) -> int:
    """Return the number of samples of a plane by the number of numbers of each class."""
    numbers = int(counts.sum()) + int(counts[:, SECOND].sum())
    return numbers + -numbers % _SAMPLE_MULTIPLE


def gaps(positions: Array) -> Array:
    """Return the number of items before each of some ascending positions, after the last one."""
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
    index: Array, all_agree: int, predictions: Predictions, ranking: CooccurrenceRanking
) -> Array:
    """Return the second prediction for mispredictions, of which the first are of kind 0."""
    choice = predictions.runners_up[index]
    certain = index[:all_agree]
    tiles = predictions.tile_numbers(certain)
    choice[:all_agree] = ranking.nearest(tiles, predictions.voted[certain])
    return choice


class Mispredictions:
    """The mispredictions of the planes of several tiles, each array tile after tile.

    Samples and number of labels are of each tile, ``counts`` (tiles, subgrids, CLASSES) are the
    numbers of each class. Each method raises ValueError if the numbers describe no such planes.
    """

    def __init__(self, samples: Sequence[Array], counts: Array, labels: Sequence[int]):
        self._most = max(labels)
        any_of_subgrid: Array = np.any(counts, axis=(0, 2)) | (self._most > 2)
        self._any: list[bool] = any_of_subgrid.tolist()
        self._tiles, subgrids = counts.shape[:2]
        signed = joined([own.astype(np.int16, copy=False) for own in samples])
        numbers = ((signed + signed) ^ -(signed < 0).astype(np.int16)).view(np.uint16)
        sizes = np.concatenate((counts, counts[..., SECOND]), axis=2).swapaxes(1, 2)
        ends = sizes.reshape(self._tiles, -1).cumsum(axis=1).reshape(sizes.shape)
        ends += _exclusive_cumsum([own.size for own in samples])[:, np.newaxis, np.newaxis]
        starts, ends = (ends - sizes).tolist(), ends.tolist()
        for own, end, count in zip(starts, ends, labels):
            found = numbers[own[LISTED_LABELS][0] : end[-1][-1]]
            if found.max(initial=0) >= count:
                raise ValueError("a number is no label")
            found = numbers[own[SECOND_LABELS[0]][0] : end[-1][-1]]
            found += 2
            found -= np.uint16(count) * (found >= count)
        as_bytes = numbers.astype(np.uint8)

        def take(source: Array, subgrid: int, classes: Iterable[int]) -> list[Array]:
            return [
                source[own[c][subgrid] : end[c][subgrid]]
                for own, end in zip(starts, ends)
                for c in classes
            ]

        runs = [run for p in range(subgrids) for k in FIRST for run in take(numbers, p, (k,))]
        runs += [run for p in range(subgrids) for run in take(numbers, p, SECOND)]
        # number of mispredictions by subgrid, kind and tile; of second ones by subgrid and tile
        sizes = np.ascontiguousarray(counts[..., FIRST].transpose(1, 2, 0))
        second = counts[..., SECOND].sum(axis=2).T.reshape(-1)
        lengths = np.concatenate((sizes.reshape(-1), second))
        positions = _from_gaps(np.concatenate(runs), lengths)
        self._positions = _split(positions, sizes.sum(axis=2).reshape(-1))
        found = positions[positions.size - second.sum() :]
        self._tiles_of_positions: list[Array] = []
        if self._tiles > 1:
            tiles = np.tile(np.arange(self._tiles), sizes.size // self._tiles)
            owners = tiles.repeat(sizes.reshape(-1))
            self._tiles_of_positions = _split(owners, sizes.sum(axis=2).reshape(-1))
            found = _among_mispredictions(found, second, sizes)
        self._second = _split(found, second.reshape(subgrids, -1).sum(axis=1))
        self._numbers = [
            np.concatenate(take(as_bytes, p, SECOND_LABELS) + take(as_bytes, p, (LISTED_LABELS,)))
            for p in range(subgrids)
        ]
        # number of labels that each tile lists; the base grid has as many mispredictions
        self._lists = counts[..., LISTED_LABELS].T.tolist()
        self._base = sizes[0, 0].tolist(), bool(counts[:, 0, 1:LISTED_LABELS].any())

    def base_grid(self, rows: int, columns: int) -> Array:
        """Return the labels of the base grid in stored order, shape (tiles, rows * columns)."""
        indexes = self._positions[0]
        sizes, others = self._base
        if others or sizes != self._lists[0]:
            raise ValueError("the base grid has other numbers than it should")
        count = rows * columns
        if indexes.size and indexes.max() >= count:
            raise ValueError(f"a misprediction beyond the last of {count} points")
        # each tile has one more before its first point, whose label is 0
        labels = np.insert(self._numbers[0], _exclusive_cumsum(sizes), 0)
        changes = np.zeros((self._tiles, count), np.intp)
        changes[self._tiles_of_positions[0] if self._tiles > 1 else 0, indexes] = 1
        changes[1:, 0] += 1
        grid: Array = labels[changes.cumsum().reshape(changes.shape)]
        return grid

    def has_any(self, subgrid: int) -> bool:
        """Return whether any prediction for a subgrid can be wrong."""
        return self._any[subgrid]

    def correct(self, subgrid: int, predictions: Predictions, ranking: CooccurrenceRanking) -> None:
        """Overwrite the mispredictions of a subgrid with the correct labels."""
        if not self.has_any(subgrid):
            return
        labels, kinds, runners_up = predictions.voted, predictions.kinds, predictions.runners_up
        indexes = []
        for number, kind in enumerate(PREDICTED, start=subgrid * len(PREDICTED)):
            found = self._positions[number]
            if found.size:
                visited = (kinds == kind).nonzero()[0]
                found = visited[self._among_all(found, number, visited, predictions)]
            indexes.append(found)
        index = np.concatenate(indexes)
        choice = second_predictions(index, indexes[0].size, predictions, ranking)
        second = self._second[subgrid]
        if second.size and second[-1] >= index.size:  # of one tile; of several it is known by now
            raise ValueError(f"a second misprediction beyond the last of {index.size}")
        where, second_label = index[second], choice[second]
        listed, expected = self._lists[subgrid], [0] * self._tiles
        if self._most > 2:  # of two labels, at least two neighbors agree
            more = (kinds < OTHER).nonzero()[0]
            expected = predictions.counts(more)
            where = np.concatenate((where, more))
            second_label = np.concatenate((second_label, runners_up[more]))
        if listed != expected:
            raise ValueError(f"{listed} labels are listed, {expected} expected")
        if where.size:
            tiles = predictions.tile_numbers(where)
            corrected = ranking.label(tiles, labels[where], second_label, self._numbers[subgrid])
        labels[index] = choice
        if where.size:
            labels[where] = corrected

    def _among_all(
        self, found: Array, number: int, visited: Array, predictions: Predictions
    ) -> Array:
        """Return positions among all pixels of a kind by those among the ones of each tile."""
        if self._tiles == 1:
            beyond = found[-1] >= visited.size
        else:
            starts, tiles = predictions.starts(visited), self._tiles_of_positions[number]
            found = found + starts[tiles]
            beyond = (found >= starts[tiles + 1]).any()
        if beyond:
            raise ValueError(f"a misprediction beyond the last of {visited.size} pixels of a kind")
        return found


def _among_mispredictions(second: Array, lengths: Array, sizes: Array) -> Array:
    """Return the positions of second mispredictions among all, which lie kind by kind.

    ``second`` are positions among the mispredictions of a tile, those of all subgrids and tiles one
    after the other, ``lengths`` their numbers, and ``sizes`` (subgrids, kinds, tiles) the numbers
    of mispredictions.
    """
    owner = np.arange(lengths.size).repeat(lengths)
    starts = sizes.reshape(len(sizes), -1).cumsum(axis=1).reshape(sizes.shape) - sizes
    starts = starts.swapaxes(0, 1)
    ends = sizes.cumsum(axis=1).swapaxes(0, 1)
    shift = (starts - ends + sizes.swapaxes(0, 1)).reshape(len(starts), -1)
    ends = ends.reshape(len(ends), -1)
    kinds = np.zeros(second.size, np.intp)
    for end in ends[:-1]:
        kinds += second >= end[owner]
    if (second >= ends[-1][owner]).any():
        raise ValueError("a second misprediction beyond the last misprediction")
    indexes: Array = second + shift[kinds, owner]
    return indexes


def _split(array: Array, sizes: Array) -> list[Array]:
    """Cut an array into pieces of some sizes, from its start on."""
    ends = sizes.cumsum().tolist()
    return [array[start:end] for start, end in zip([0, *ends], ends)]


def _exclusive_cumsum(sizes: Sequence[int] | Array) -> Array:
    """Return the sum of all sizes before each."""
    return np.cumsum(sizes) - sizes


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
