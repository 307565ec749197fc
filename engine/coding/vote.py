"""Guesses for the label of a pixel, from the labels of its four neighbours.

The pixels of a plane lie on the same nested lattice as those of `lattice`. In each of its
refinements the *centres* are found from the known pixels at the corners around them, then the
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

from typing import NamedTuple

import numpy as np

from .scratch import buffer

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


class Guesses(NamedTuple):
    """What the neighbours say of each pixel of one or two planes, flat.

    Parameters
    ----------
    voted : ndarray of uint8
        The label voted for: one that most neighbours have, and the least label in doubt.
    kinds : ndarray of uint8
    runners_up : ndarray of uint8
        The least label of a neighbour that was not voted for; without meaning if there is none.
    """

    voted: np.ndarray
    kinds: np.ndarray
    runners_up: np.ndarray


class Refinement:
    """Known pixels and centres of one refinement, and what they say of the others.

    Guesses are valid until those for other pixels of the same sort, kinds and runners-up only until
    the next ones.

    Attributes
    ----------
    known : ndarray of uint8, shape (rows, columns)
        To be filled, before anything else is asked for.
    """

    def __init__(self, rows: int, columns: int):
        self._rows, self._columns, self._pitch = rows, columns, columns + 1
        self._size = rows * self._pitch
        # one more row, and one item, so that all neighbours of all items exist
        self._known = buffer("labels known", self._size + self._pitch + 1, np.uint8)
        self._centres = buffer("labels centres", self._size + self._pitch + 1, np.uint8)
        self.known = self._grid(self._known)[:rows, :columns]

    def _grid(self, flat: np.ndarray) -> np.ndarray:
        return flat[:-1].reshape(self._rows + 1, self._pitch)

    def flat(self, *planes: np.ndarray) -> np.ndarray:
        """Return planes of shape (rows, columns) as flat ones, one after the other."""
        result = np.zeros(len(planes) * self._size, np.uint8)
        for target, plane in zip(self.pixels(result), planes):
            target[...] = plane
        return result

    def pixels(self, planes: np.ndarray) -> np.ndarray:
        """View flat planes as shape (planes, rows, columns)."""
        return planes.reshape(-1, self._rows, self._pitch)[:, :, : self._columns]

    def centres(self, detailed: bool = True) -> Guesses:
        """Let the known pixels around each centre vote; without details, for labels only."""
        known, n, below = self._known, self._size, self._pitch
        grid = self._grid(known)
        grid[:, -1] = grid[:, -2]
        grid[-1] = grid[-2]
        corners = (known[:n], known[below + 1 :], known[1 : n + 1], known[below:-1])
        return self._guess("centres", [corners], detailed)

    def edges(self, centres: np.ndarray, detailed: bool = True) -> Guesses:
        """Let known pixels and centres vote, first for the edges in rows of known pixels."""
        known, around, n, pitch = self._known, self._centres, self._size, self._pitch
        # a row and an item down, so that there is one above the first and one to its left
        around[pitch + 1 :] = centres
        grid = self._grid(around)
        grid[1:, 0] = grid[1:, 1]
        grid[0] = grid[1]
        in_rows = (known[:n], known[1 : n + 1], around[1 : n + 1], around[pitch + 1 :])
        in_columns = (known[:n], known[pitch:-1], around[pitch:-1], around[pitch + 1 :])
        return self._guess("edges", [in_rows, in_columns], detailed)

    def _guess(self, name: str, planes: list[tuple[np.ndarray, ...]], detailed: bool) -> Guesses:
        """Let four neighbours vote for each pixel of some planes."""
        shape = (len(planes), self._size)
        voted = buffer(f"labels voted for {name}", shape[0] * shape[1], np.uint8).reshape(shape)
        kinds = buffer("labels kinds", voted.size, np.uint8).reshape(shape)
        runners_up = buffer("labels runners-up", voted.size, np.uint8).reshape(shape)
        # with some room between: numpy takes arrays that touch for overlapping, and takes its time
        work = buffer("labels work", 9 * (self._size + _ROOM), np.uint8).reshape(9, -1)
        for number, neighbours in enumerate(planes):
            ballot = _Ballot(*neighbours, work[:, : self._size])
            ballot.vote(voted[number])
            if detailed:
                ballot.tell_kinds(self._pitch, kinds[number])
                ballot.find_runners_up(voted[number], runners_up[number])
        return Guesses(voted.reshape(-1), kinds.reshape(-1), runners_up.reshape(-1))


class _Ballot:
    """The labels of four neighbours of each pixel of a plane, in order, to be counted.

    Parameters
    ----------
    a, b, c, d : ndarray of uint8, shape (n,)
    work : ndarray of uint8, shape (9, n)
        Room to work in.
    """

    def __init__(
        self, a: np.ndarray, b: np.ndarray, c: np.ndarray, d: np.ndarray, work: np.ndarray
    ):
        first, second, third, last, *equal, low, high = work
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
        # which of them equal the next one, as 0 and 1
        for one, following, result in zip(work, work[1:], equal):
            np.equal(one, following, out=result.view(bool))
        self._in_order, self._equal = (first, second, third, last), equal
        self._work = low, high

    def vote(self, voted: np.ndarray) -> None:
        """Find the label that most neighbours have, the least one in doubt."""
        first, second, third, _ = self._in_order
        front, middle, back = self._equal
        at_end, _ = self._work
        np.multiply(second, middle, out=voted)
        np.greater(back, front, out=at_end.view(bool))
        at_end *= third
        np.maximum(voted, at_end, out=voted)
        np.maximum(voted, first, out=voted)

    def tell_kinds(self, pitch: int, kinds: np.ndarray) -> None:
        """Find the kinds: 2 for each pair of alike at the ends, and 1 for one in the middle."""
        front, middle, back = self._equal
        np.add(front, back, out=kinds)
        kinds += kinds
        kinds += middle
        kinds[pitch - 1 :: pitch] = _NO_PIXEL

    def find_runners_up(self, voted: np.ndarray, runners_up: np.ndarray) -> None:
        """Find the least label of a neighbour that was not voted for."""
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
        np.not_equal(voted, first, out=choice.view(bool))
        np.bitwise_xor(other, first, out=runners_up)
        runners_up *= choice
        runners_up ^= other


class Likely:
    """For each label a list of all labels: itself first, then by how often they touch it.

    Both guesses from the neighbours come before the list. A label is thus numbered 0 if it was
    voted for, 1 if it is the runner-up, and from 2 on by its place among the rest of the list.

    Parameters
    ----------
    known : ndarray of uint8, shape (rows, columns)
        Labels that are known so far; pairs side by side and one below the other touch.
    labels : int
        How many there are.

    Attributes
    ----------
    nearest : ndarray of uint8, shape (labels,)
        The label that touches each most often.
    """

    def __init__(self, known: np.ndarray, labels: int):
        self.labels = labels
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
        self.nearest = order[:, min(1, labels - 1)].astype(np.uint8)
        self._label = order.astype(np.uint8).reshape(-1)
        order += np.arange(0, size, labels)[:, np.newaxis]
        self._place = np.empty(size, np.uint8)
        self._place[order] = np.arange(labels)

    def number(self, voted: np.ndarray, runner_up: np.ndarray, label: np.ndarray) -> np.ndarray:
        """Return the numbers of labels, all as uint8."""
        start = np.multiply(voted, self.labels, dtype=np.intp)
        usual = self._place[start + runner_up]
        number = self._place[start + label]
        # those before the runner-up, but for the one voted for, make room for it at 1
        number += (number < usual) & (number != 0)
        number -= (label == runner_up) * (usual - _ONE)
        return number

    def label(self, voted: np.ndarray, runner_up: np.ndarray, number: np.ndarray) -> np.ndarray:
        """Undo `number`, for numbers less than there are labels."""
        start = np.multiply(voted, self.labels, dtype=np.intp)
        usual = self._place[start + runner_up]
        place = number - ((number <= usual) & (number != 0))
        place += (number == _ONE) * usual
        return self._label[start + place]
