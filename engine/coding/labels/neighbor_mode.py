"""Predict the label of a pixel from the labels of its four neighbors.

The pixels lie on the same nested grid as those of `interpolation`. The neighbors vote: the label
that most of them have is the first prediction, and the *runner-up*, the best label that was not
voted for, the second one. How many neighbors agree is the *kind* of a pixel.

All steps are operations on whole arrays of bytes in flat buffers. Rows have one more item than
pixels, so that neighbors are constant offsets; that item holds the neighbor that the edge lacks.
Choices are made by arithmetic (``a * condition``), which is many times as fast as `numpy.where`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Union

import numpy as np

from ...model.data_types import Array
from ..workspace import buffer

#: Kinds of pixels, as bytes: all neighbors agree; all but one do; they are two pairs.
ALL, THREE, PAIRS = np.array([5, 3, 4], np.uint8)
#: Kinds below this are all one: at most two neighbors agree.
OTHER = np.uint8(3)
#: Kind of the item at the end of each row, which is not a pixel.
_NO_PIXEL = 7
#: Items between arrays in one buffer.
_BUFFER_GAP = 64
_ONE = np.uint8(1)
#: Labels that touch as often as this or more often have the same rank.
_MAX_TOUCHES = 65535
#: Numbers of tiles, or of the only one.
TileNumbers = Union[Array, int]


class Predictions(NamedTuple):
    """Predictions for the pixels of one or two subgrids of tiles: flat, of bytes, tile by tile."""

    #: A label that most neighbors have; of several, the least.
    voted: Array
    kinds: Array
    #: The least label of a neighbor that was not voted for; undefined if there is none.
    runners_up: Array
    #: Number of tiles.
    tiles: int

    def starts(self, places: Array) -> Array:
        """Return which of some ascending places is the first of each tile, and their number."""
        return places.searchsorted(np.arange(0, self.voted.size + 1, self.voted.size // self.tiles))

    def counts(self, places: Array) -> list[int]:
        """Return how many of some ascending places each tile has."""
        return [places.size] if self.tiles == 1 else np.diff(self.starts(places)).tolist()

    def tile_numbers(self, places: Array) -> TileNumbers:
        """Return the numbers of the tiles of pixels."""
        return places // (self.voted.size // self.tiles) if self.tiles > 1 else 0


class LabelRefinement:
    """Known pixels and centers of one refinement of tiles, and predictions of the others.

    The caller fills ``known`` (tiles, rows, columns) first. Predictions are valid until the next
    ones for centers, or for edges; their kinds and runners-up only until the next ones at all.
    """

    def __init__(self, tiles: int, rows: int, columns: int):
        # one more column and row, which hold the neighbors that the edges lack
        pitch = columns + 1
        self._shape = (tiles, rows + 1, pitch)
        self._size = size = tiles * (rows + 1) * pitch
        # and beyond the last tile as much again, so that all neighbors of all items exist
        known, around = (
            buffer(f"labels {name}", size + pitch + 1, np.uint8) for name in ("known", "around")
        )
        self._known_grid, self._around_grid = (
            flat[:size].reshape(self._shape) for flat in (known, around)
        )
        self.known = self._known_grid[:, :rows, :columns]
        # a row and an item down, so that there is one above the first and one to its left
        self._centers_around = around[pitch + 1 :]
        corners = (known[:size], known[pitch + 1 :], known[1 : size + 1], known[pitch:-1])
        in_row = (known[:size], known[1 : size + 1], around[1 : size + 1], around[pitch + 1 :])
        in_column = (known[:size], known[pitch:-1], around[pitch:-1], around[pitch + 1 :])
        self._centers = _NeighborVote("centers", self._shape, [corners])
        self._edges = _NeighborVote("edges", self._shape, [in_row, in_column])

    def flat(self, *subgrids: Array) -> Array:
        """Return subgrids of the only tile, of shape (rows, columns), as flat ones."""
        result = np.zeros(len(subgrids) * self._size, np.uint8)
        for target, subgrid in zip(self.pixels(result), subgrids):
            target[...] = subgrid
        return result

    def pixels(self, subgrids: Array) -> Array:
        """View flat subgrids as shape (subgrids, tiles, rows, columns)."""
        tiles, rows, pitch = self._shape
        return subgrids.reshape(tiles, -1, rows, pitch).swapaxes(0, 1)[:, :, :-1, :-1]

    def centers(self, detailed: bool = True) -> Predictions:
        """Predict the centers, without kinds and runners-up if not ``detailed``."""
        grid = self._known_grid
        grid[..., -1] = grid[..., -2]
        grid[:, -1] = grid[:, -2]
        return self._centers.count_votes(detailed)

    def edges(self, centers: Array, detailed: bool = True) -> Predictions:
        """Predict the edges, first those in rows of known pixels."""
        self._centers_around[...] = centers
        grid = self._around_grid
        grid[:, 1:, 0] = grid[:, 1:, 1]
        grid[:, 0] = grid[:, 1]
        return self._edges.count_votes(detailed)


class _NeighborVote:
    """Votes of the four neighbors, which are flat, of each pixel of some subgrids.

    The labels voted for stay until the next vote of that name. The shape is (tiles, rows, pitch).
    """

    def __init__(self, name: str, shape: tuple[int, int, int], subgrids: list[tuple[Array, ...]]):
        tiles, rows, pitch = shape
        count = tiles * rows * pitch
        flat = [
            buffer(f"labels {part}", len(subgrids) * count, np.uint8)
            for part in (f"voted for {name}", "kinds", "runners-up")
        ]
        voted, kinds, runners_up = flat
        self._predictions = Predictions(voted, kinds, runners_up, tiles)
        # with some room between: numpy takes arrays that touch for overlapping, which is slow
        work: Array = buffer("labels work", 9 * (count + _BUFFER_GAP), np.uint8).reshape(9, -1)
        work = work[:, :count].reshape(9, tiles, -1)
        results = [one.reshape(tiles, len(subgrids), -1).swapaxes(0, 1) for one in flat]
        self._subgrids = [
            _NeighborLabels([one.reshape(tiles, -1) for one in neighbors], work, *own)
            for neighbors, *own in zip(subgrids, *results)
        ]
        grid = kinds.reshape(-1, rows, pitch)
        self._no_pixels = grid[..., -1], grid[:, -1]

    def count_votes(self, detailed: bool) -> Predictions:
        """Find the labels voted for, and kinds and runners-up if ``detailed``."""
        for labels in self._subgrids:
            labels.vote()
            if detailed:
                labels.find_kinds_and_runners_up()
        if detailed:
            for part in self._no_pixels:
                part[...] = _NO_PIXEL
        return self._predictions


class _NeighborLabels:
    """The labels of the four neighbors of each pixel of a subgrid, and results of their vote.

    All arrays have shape (tiles, n); nine more are room to work in.
    """

    def __init__(
        self, neighbors: list[Array], work: Array, voted: Array, kinds: Array, runners_up: Array
    ):
        self._neighbors = neighbors
        *self._sorted, front, middle, back, low, high = work
        self._equal, self._work = (front, middle, back), (low, high)
        self._is_equal = [
            (*pair, own.view(bool)) for *pair, own in zip(work, work[1:], self._equal)
        ]
        self._is_low, self._is_high = low.view(bool), high.view(bool)
        self._voted, self._kinds, self._runners_up = voted, kinds, runners_up

    def vote(self) -> None:
        """Find the label that most neighbors have; of several, the least."""
        a, b, c, d = self._neighbors
        first, second, third, last = self._sorted
        low, high = self._work
        np.minimum(a, b, out=low)
        np.maximum(a, b, out=high)
        np.minimum(c, d, out=second)
        np.maximum(c, d, out=third)
        np.minimum(low, second, out=first)
        np.maximum(high, third, out=last)
        np.maximum(low, second, out=low)
        np.minimum(high, third, out=high)
        np.minimum(low, high, out=second)
        np.maximum(low, high, out=third)
        for one, following, result in self._is_equal:
            np.equal(one, following, out=result)
        front, middle, back = self._equal
        voted = self._voted
        np.multiply(second, middle, out=voted)
        np.greater(back, front, out=self._is_low)
        low *= third
        np.maximum(voted, low, out=voted)
        np.maximum(voted, first, out=voted)

    def find_kinds_and_runners_up(self) -> None:
        """Find the kinds, and the least label of a neighbor that was not voted for."""
        first, second, third, last = self._sorted
        front, middle, back = self._equal
        # 2 for each pair of equal labels at the ends, and 1 for one in the middle
        kinds = self._kinds
        np.add(front, back, out=kinds)
        kinds += kinds
        kinds += middle
        voted, runners_up = self._voted, self._runners_up
        other, choice = self._work
        # where the first label is voted for: the second, third or fourth, whichever differs
        np.multiply(third, front, out=other)
        np.maximum(other, second, out=other)
        np.bitwise_and(front, middle, out=choice)
        choice *= last
        np.maximum(other, choice, out=other)
        # elsewhere the first
        np.not_equal(voted, first, out=self._is_high)
        np.bitwise_xor(other, first, out=runners_up)
        runners_up *= choice
        runners_up ^= other


class CooccurrenceRanking:
    """For each label of a tile, all labels ranked by how often they touch it, itself first.

    Both predictions from the neighbors come before. A label is thus numbered 0 if it was voted for,
    1 if it is the runner-up, and from 2 on by its place among the rest of the ranking. Pixels touch
    in rows and columns of what is known so far (tiles, rows, columns); ``labels`` are the numbers
    of labels of each tile.
    """

    def __init__(self, known: Array, labels: Sequence[int]):
        self.labels = np.array(labels, np.intp)
        ranks = [self._rank(own, count) for own, count in zip(known, labels)]
        if len(ranks) == 1:
            self._label, self._place, self._nearest = ranks[0]
            return
        # the rankings of all tiles, one after the other, and where those of each tile begin
        self._label, self._place, self._nearest = map(np.concatenate, zip(*ranks))
        self._starts = np.cumsum(self.labels**2) - self.labels**2
        self._firsts = np.cumsum(self.labels) - self.labels

    @staticmethod
    def _rank(known: Array, labels: int) -> tuple[Array, Array, Array]:
        """Return the rankings of a tile, the place of each label, and the first other label."""
        size = labels * labels
        touch = np.zeros((labels, labels), np.intp)
        if labels > 2:  # of two, the other one comes second in any case
            pair = np.multiply(known, labels, dtype=np.intp)
            across = (pair[:, :-1] + known[:, 1:]).reshape(-1)
            down = (pair[:-1] + known[1:]).reshape(-1)
            for touching in (across, down):
                touch += np.bincount(touching, minlength=size).reshape(labels, labels)
            touch += touch.T.copy()
        # of 16 bits, for which a stable sort is quick; the more touches, the less
        key = (_MAX_TOUCHES - np.minimum(touch, _MAX_TOUCHES - 1)).astype(np.uint16)
        key.reshape(-1)[:: labels + 1] = 0
        order = key.argsort(axis=1, kind="stable")
        nearest = order[:, min(1, labels - 1)].astype(np.uint8)
        in_order = order.astype(np.uint8).reshape(-1)
        order += np.arange(0, size, labels)[:, np.newaxis]
        place = np.empty(size, np.uint8)
        place[order] = np.arange(labels)
        return in_order, place, nearest

    def _start(self, tiles: TileNumbers, voted: Array) -> Array:
        start = np.multiply(voted, self.labels[tiles], dtype=np.intp)
        if self.labels.size > 1:
            start += self._starts[tiles]
        return start

    def nearest(self, tiles: TileNumbers, label: Array) -> Array:
        """Return the label that touches each most often."""
        if self.labels.size > 1:
            label = np.add(label, self._firsts[tiles], dtype=np.intp)
        return self._nearest[label]

    def number(self, tiles: TileNumbers, voted: Array, runner_up: Array, label: Array) -> Array:
        """Return the numbers of labels, all as uint8."""
        start = self._start(tiles, voted)
        runner_up_rank = self._place[start + runner_up]
        number: Array = self._place[start + label]
        # those before the runner-up, except the one voted for, make room for it at 1
        number += (number < runner_up_rank) & (number != 0)
        number -= (label == runner_up) * (runner_up_rank - _ONE)
        return number

    def label(self, tiles: TileNumbers, voted: Array, runner_up: Array, number: Array) -> Array:
        """Undo `number`, for numbers less than there are labels."""
        start = self._start(tiles, voted)
        runner_up_rank = self._place[start + runner_up]
        place = number - ((number <= runner_up_rank) & (number != 0))
        place += (number == _ONE) * runner_up_rank
        labels: Array = self._label[start + place]
        return labels
