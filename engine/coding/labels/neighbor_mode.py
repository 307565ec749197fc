"""Guesses for the label of a pixel, from the labels of its four neighbours.

The pixels of a plane lie on the same nested lattice as those of `interpolation.codec`. In each of
its refinements the *centres* are found from the known pixels at the corners around them, then the
*edges* from two known pixels and two centres each: those between two known pixels of a row, and
those between two of a column. All edges are found at once, as two planes side by side.

The four neighbours vote: the label most of them have is the first guess. The *runner-up*, the best
label that was not voted for, is the second one. Beyond these two, labels are guessed by how often
they touch the one voted for (see `Likely`). How well the neighbours agree is the *kind* of a pixel.

All steps are whole-array operations on bytes in flat buffers. Rows have one more item than pixels,
so that neighbours are constant offsets; that item holds the neighbour which the edge lacks.
Choices are made by arithmetic (``a * condition``), which is many times as fast as ``np.where``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Union

import numpy as np

from ...model.data_types import Array
from ..workspace import buffer, cached_views

#: Kinds of pixels, as bytes: all neighbours agree; all but one do; they are two pairs.
ALL, THREE, PAIRS = np.array([5, 3, 4], np.uint8)
#: Kinds below this are all one: at most two neighbours agree.
OTHER = np.uint8(3)
#: The kind of the item at the end of each row, which is no pixel.
_NO_PIXEL = 7
#: Items between arrays in one buffer.
_ROOM = 64
_ONE = np.uint8(1)
#: Labels that touch as often as this or more often are all alike.
_MOST_TOUCHES = 65535


#: Numbers of tiles, or of the only one.
Tiles = Union[Array, int]


class Guesses(NamedTuple):
    """What the neighbours say of each pixel of one or two planes of tiles, flat, tile by tile.

    Parameters
    ----------
    voted : ndarray of uint8
        The label voted for: one that most neighbours have, and the least label in doubt.
    kinds : ndarray of uint8
    runners_up : ndarray of uint8
        The least label of a neighbour that was not voted for; without meaning if there is none.
    tiles : int
    """

    voted: Array
    kinds: Array
    runners_up: Array
    tiles: int

    def starts(self, places: Array) -> Array:
        """Return which of some rising places is the first of each tile, and how many they are."""
        return places.searchsorted(np.arange(0, self.voted.size + 1, self.voted.size // self.tiles))

    def counts(self, places: Array) -> list[int]:
        """Return how many of some rising places are of each tile."""
        return [places.size] if self.tiles == 1 else np.diff(self.starts(places)).tolist()

    def tiles_of(self, places: Array) -> Tiles:
        """Return which tiles pixels are of."""
        return places // (self.voted.size // self.tiles) if self.tiles > 1 else 0


class Refinement:
    """Known pixels and centres of one refinement of tiles, and what they say of the others.

    Guesses are valid until those for other pixels of the same sort, kinds and runners-up only until
    the next ones.

    Attributes
    ----------
    known : ndarray of uint8, shape (tiles, rows, columns)
        To be filled, before anything else is asked for.
    """

    def __init__(self, tiles: int, rows: int, columns: int):
        # one more column and row, which hold the neighbours that the edges lack
        pitch = columns + 1
        self._shape = (tiles, rows + 1, pitch)
        self._size = size = tiles * (rows + 1) * pitch
        # and beyond the last tile as much again, so that all neighbours of all items exist
        known, around = (
            buffer(f"labels {name}", size + pitch + 1, np.uint8) for name in ("known", "around")
        )
        self._known_grid, self._around_grid = (
            flat[:size].reshape(self._shape) for flat in (known, around)
        )
        self.known = self._known_grid[:, :rows, :columns]
        # a row and an item down, so that there is one above the first and one to its left
        self._centres_around = around[pitch + 1 :]
        corners = (known[:size], known[pitch + 1 :], known[1 : size + 1], known[pitch:-1])
        beside = (known[:size], known[1 : size + 1], around[1 : size + 1], around[pitch + 1 :])
        above = (known[:size], known[pitch:-1], around[pitch:-1], around[pitch + 1 :])
        self._centres = _Election("centres", self._shape, [corners])
        self._edges = _Election("edges", self._shape, [beside, above])

    @classmethod
    def of(cls, tiles: int, rows: int, columns: int) -> Refinement:
        """Return one whose pixels are anything; see `workspace`."""
        return cached_views(cls, tiles, rows, columns)

    def flat(self, *planes: Array) -> Array:
        """Return planes of the only tile, of shape (rows, columns), as flat ones."""
        result = np.zeros(len(planes) * self._size, np.uint8)
        for target, plane in zip(self.pixels(result), planes):
            target[...] = plane
        return result

    def pixels(self, planes: Array) -> Array:
        """View flat planes as shape (planes, tiles, rows, columns)."""
        tiles, rows, pitch = self._shape
        return planes.reshape(tiles, -1, rows, pitch).swapaxes(0, 1)[:, :, :-1, :-1]

    def centres(self, detailed: bool = True) -> Guesses:
        """Let the known pixels around each centre vote; without details, for labels only."""
        grid = self._known_grid
        grid[..., -1] = grid[..., -2]
        grid[:, -1] = grid[:, -2]
        return self._centres.hold(detailed)

    def edges(self, centres: Array, detailed: bool = True) -> Guesses:
        """Let known pixels and centres vote, first for the edges in rows of known pixels."""
        self._centres_around[...] = centres
        grid = self._around_grid
        grid[:, 1:, 0] = grid[:, 1:, 1]
        grid[:, 0] = grid[:, 1]
        return self._edges.hold(detailed)


class _Election:
    """Votes of four neighbours for each pixel of some planes.

    Parameters
    ----------
    name : str
        Of the sort of pixels, whose votes stay until the next ones for this sort.
    shape : (int, int, int)
        Tiles, rows and pitch.
    planes : list of tuple of ndarray
        The neighbours in each plane, flat.
    """

    def __init__(self, name: str, shape: tuple[int, int, int], planes: list[tuple[Array, ...]]):
        tiles, rows, pitch = shape
        count = tiles * rows * pitch
        flat = [
            buffer(f"labels {part}", len(planes) * count, np.uint8)
            for part in (f"voted for {name}", "kinds", "runners-up")
        ]
        voted, kinds, runners_up = flat
        self._guesses = Guesses(voted, kinds, runners_up, tiles)
        # with some room between: numpy takes arrays that touch for overlapping, and takes its time
        work: Array = buffer("labels work", 9 * (count + _ROOM), np.uint8).reshape(9, -1)
        work = work[:, :count].reshape(9, tiles, -1)
        results = [one.reshape(tiles, len(planes), -1).swapaxes(0, 1) for one in flat]
        self._ballots = [
            _Ballot([one.reshape(tiles, -1) for one in neighbours], work, *own)
            for neighbours, *own in zip(planes, *results)
        ]
        grid = kinds.reshape(-1, rows, pitch)
        self._no_pixels = grid[..., -1], grid[:, -1]

    def hold(self, detailed: bool) -> Guesses:
        """Count, without details for labels only."""
        for ballot in self._ballots:
            ballot.count()
            ballot.vote()
            if detailed:
                ballot.tell_kinds()
                ballot.find_runners_up()
        if detailed:
            for part in self._no_pixels:
                part[...] = _NO_PIXEL
        return self._guesses


class _Ballot:
    """The labels of four neighbours of each pixel of a plane, to be counted.

    Parameters
    ----------
    neighbours : list of four ndarray of uint8, shape (tiles, n)
    work : ndarray of uint8, shape (9, tiles, n)
        Room to work in.
    voted, kinds, runners_up : ndarray of uint8, shape (tiles, n)
        Results.
    """

    def __init__(
        self,
        neighbours: list[Array],
        work: Array,
        voted: Array,
        kinds: Array,
        runners_up: Array,
    ):
        self._neighbours = neighbours
        *self._in_order, front, middle, back, low, high = work
        self._equal, self._work = (front, middle, back), (low, high)
        self._is_equal = [
            (*pair, own.view(bool)) for *pair, own in zip(work, work[1:], self._equal)
        ]
        self._is_low, self._is_high = low.view(bool), high.view(bool)
        self._voted, self._kinds, self._runners_up = voted, kinds, runners_up

    def count(self) -> None:
        """Put the labels in order, and find which of them equal the next one, as 0 and 1."""
        a, b, c, d = self._neighbours
        first, second, third, last = self._in_order
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

    def vote(self) -> None:
        """Find the label that most neighbours have, the least one in doubt."""
        first, second, third, _ = self._in_order
        front, middle, back = self._equal
        at_end, voted = self._work[0], self._voted
        np.multiply(second, middle, out=voted)
        np.greater(back, front, out=self._is_low)
        at_end *= third
        np.maximum(voted, at_end, out=voted)
        np.maximum(voted, first, out=voted)

    def tell_kinds(self) -> None:
        """Find the kinds: 2 for each pair of alike at the ends, and 1 for one in the middle."""
        front, middle, back = self._equal
        kinds = self._kinds
        np.add(front, back, out=kinds)
        kinds += kinds
        kinds += middle

    def find_runners_up(self) -> None:
        """Find the least label of a neighbour that was not voted for."""
        voted, runners_up = self._voted, self._runners_up
        first, second, third, last = self._in_order
        front, middle, _ = self._equal
        other, choice = self._work
        # where the first label is voted for: the second, third or fourth, whichever is another one
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


class Likely:
    """For each label of a tile a list of all: itself first, then by how often they touch it.

    Both guesses from the neighbours come before the list. A label is thus numbered 0 if it was
    voted for, 1 if it is the runner-up, and from 2 on by its place among the rest of the list.

    Parameters
    ----------
    known : ndarray of uint8, shape (tiles, rows, columns)
        Labels that are known so far; pairs side by side and one below the other touch.
    labels : sequence of int
        How many there are in each tile.
    """

    def __init__(self, known: Array, labels: Sequence[int]):
        self.labels = np.array(labels, np.intp)
        lists = [self._lists(own, count) for own, count in zip(known, labels)]
        if len(lists) == 1:
            self._label, self._place, self._nearest = lists[0]
            return
        # the lists of all tiles, one after the other, and where those of each tile begin
        self._label, self._place, self._nearest = map(np.concatenate, zip(*lists))
        self._starts = np.cumsum(self.labels**2) - self.labels**2
        self._firsts = np.cumsum(self.labels) - self.labels

    @staticmethod
    def _lists(known: Array, labels: int) -> tuple[Array, Array, Array]:
        """Return the lists, the place of each label in them, and the first other one, of a tile."""
        size = labels * labels
        touch = np.zeros((labels, labels), np.intp)
        if labels > 2:  # of two, the other one is likely in any case
            pair = np.multiply(known, labels, dtype=np.intp)
            across = (pair[:, :-1] + known[:, 1:]).reshape(-1)
            down = (pair[:-1] + known[1:]).reshape(-1)
            for touching in (across, down):
                touch += np.bincount(touching, minlength=size).reshape(labels, labels)
            touch += touch.T.copy()
        # of 16 bits, for which a stable sort is quick; the more touches, the less
        key = (_MOST_TOUCHES - np.minimum(touch, _MOST_TOUCHES - 1)).astype(np.uint16)
        key.reshape(-1)[:: labels + 1] = 0
        order = key.argsort(axis=1, kind="stable")
        nearest = order[:, min(1, labels - 1)].astype(np.uint8)
        in_order = order.astype(np.uint8).reshape(-1)
        order += np.arange(0, size, labels)[:, np.newaxis]
        place = np.empty(size, np.uint8)
        place[order] = np.arange(labels)
        return in_order, place, nearest

    def _start(self, tiles: Tiles, voted: Array) -> Array:
        start = np.multiply(voted, self.labels[tiles], dtype=np.intp)
        if self.labels.size > 1:
            start += self._starts[tiles]
        return start

    def nearest(self, tiles: Tiles, label: Array) -> Array:
        """Return the label that touches each most often."""
        if self.labels.size > 1:
            label = np.add(label, self._firsts[tiles], dtype=np.intp)
        return self._nearest[label]

    def number(self, tiles: Tiles, voted: Array, runner_up: Array, label: Array) -> Array:
        """Return the numbers of labels, all as uint8."""
        start = self._start(tiles, voted)
        usual = self._place[start + runner_up]
        number: Array = self._place[start + label]
        # those before the runner-up, but for the one voted for, make room for it at 1
        number += (number < usual) & (number != 0)
        number -= (label == runner_up) * (usual - _ONE)
        return number

    def label(self, tiles: Tiles, voted: Array, runner_up: Array, number: Array) -> Array:
        """Undo `number`, for numbers less than there are labels."""
        start = self._start(tiles, voted)
        usual = self._place[start + runner_up]
        place = number - ((number <= usual) & (number != 0))
        place += (number == _ONE) * usual
        labels: Array = self._label[start + place]
        return labels
