"""Categorical rasters: few distinct values, in patches, with nothing to interpolate between them.

The values of a band become *labels*, the most frequent value 0, each predicted from its neighbors
(see `neighbor_mode`). Where these mostly agree, the *gaps* between *mispredictions* are stored,
then those between *second mispredictions* and their labels; elsewhere the label of every pixel.
Labels are stored as their *numbers* in order of likelihood. All numbers of one class, such as gaps
where all neighbors agree, lie side by side, which saves a fifth of the size; section 6.11 of
docs/format.md defines the classes.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from ...model.data_types import Array, DType, to_bits
from ..codec import Codec
from ..effort import EncodingProfile
from ..planes.plane_set import PlaneSet
from ..segment import EncodedSegment, Segment, SideInfoReader
from ..workspace import cached_views
from .mispredictions import (
    CLASSES,
    FIRST,
    LISTED_LABELS,
    PREDICTED,
    SECOND_LABELS,
    Mispredictions,
    gaps,
    sample_count,
    second_predictions,
    split_long_gaps,
)
from .neighbor_mode import OTHER, CooccurrenceRanking, LabelRefinement, Predictions

#: Most labels of a plane.
MAX_LABELS = 256
STEPS = (8, 4, 2, 1)
MULTIPLE = 2 * STEPS[0]
#: Row and column of each pixel in a square of four, in the order in which they are found.
PHASES = ((1, 1), (0, 1), (1, 0))
#: The base grid, then of each refinement the centers, and all edges as one.
SUBGRIDS = 1 + 2 * len(STEPS)
#: Refinements before which labels are ranked anew.
_RANKING_STEPS = (8, 2)
_TWO = np.uint8(2)


def label_values(bits: Array, profile: EncodingProfile) -> Array | None:
    """Return the values of a plane, the most frequent first, or None if it is not categorical.

    A plane is not if it has more than `MAX_LABELS` values, or more than very few and neighbors that
    are seldom equal.
    """
    items = bits.reshape(-1)
    values = np.unique(items[:: max(1, items.size // profile.label_sample)])
    if values.size > MAX_LABELS or (
        values.size > profile.max_few_labels
        and _equal_fraction(bits, profile.label_row_step) < profile.min_equal_fraction
    ):
        return None
    if bits.itemsize == 1:
        counts = _histogram(items)
        values = np.flatnonzero(counts).astype(np.uint8)
        counts = counts[values]
    else:
        for part in (items[:: profile.label_row_step], items):
            index = values.searchsorted(part)
            values = np.union1d(values, part[values.take(index, mode="clip") != part])
            if values.size > MAX_LABELS:
                return None
        counts = np.bincount(
            values.searchsorted(items[:: profile.label_order_step]), minlength=values.size
        )
    ordered: Array = values[np.argsort(-counts, kind="stable")]
    return ordered


def _equal_fraction(bits: Array, row_step: int) -> float:
    """Return which fraction of pixels equals the one above or to its left, in a sample of rows."""
    below, above = bits[1::row_step, 1:], bits[:-1:row_step, 1:]
    equal = (below == above) | (below == bits[1::row_step, :-1])
    return float(np.count_nonzero(equal) / max(1, equal.size))


def _histogram(items: Array) -> Array:
    """Count bytes, two at a time, which is twice as fast."""
    even = items.size // 2 * 2
    pairs = np.bincount(items[:even].view(np.uint16), minlength=1 << 16).reshape(256, 256)
    counts: Array = pairs.sum(axis=0) + pairs.sum(axis=1)
    return counts + np.bincount(items[even:], minlength=256)


def forward(bits: Array, values: Array) -> tuple[Array, Array]:
    """Turn a plane (height, width) with the values of its `label_values` into samples.

    Also returned is the number of numbers of each class of each subgrid (SUBGRIDS, CLASSES).
    """
    if values.size == 1:
        return np.zeros(0, np.int16), np.zeros((SUBGRIDS, CLASSES), np.int64)
    rows, columns = (-size % MULTIPLE for size in bits.shape)
    labels = np.pad(_to_labels(bits, values), ((0, rows), (0, columns)), mode="edge")
    subgrids = [_base_forward(labels[::MULTIPLE, ::MULTIPLE])]
    for step in STEPS:
        known = labels[:: 2 * step, :: 2 * step]
        refinement = cached_views(LabelRefinement, 1, *known.shape)
        refinement.known[...] = known
        if step in _RANKING_STEPS:
            ranking = CooccurrenceRanking(refinement.known, [values.size])
        centers, *edges = (labels[r * step :: 2 * step, c * step :: 2 * step] for r, c in PHASES)
        truth = refinement.flat(centers)
        subgrids.append(_subgrid_forward(truth, refinement.centers(), ranking))
        predictions = refinement.edges(truth)
        subgrids.append(_subgrid_forward(refinement.flat(*edges), predictions, ranking))
    runs = [subgrid[of_class] for of_class in range(len(subgrids[0])) for subgrid in subgrids]
    counts = np.array([run.size for run in runs[: CLASSES * SUBGRIDS]], np.int64)
    counts = np.ascontiguousarray(counts.reshape(CLASSES, SUBGRIDS).T)
    numbers = np.concatenate(runs)
    samples = np.zeros(sample_count(counts), np.int16)
    samples[: numbers.size] = ((numbers >> 1) ^ -(numbers & 1)).view(np.int16)
    return samples, counts


def _base_forward(points: Array) -> list[Array]:
    """Return the numbers of the base grid, by class."""
    labels = _snake(points[np.newaxis]).reshape(-1)
    mispredicted = split_long_gaps((labels != np.append(np.uint8(0), labels[:-1])).nonzero()[0])
    numbers = [np.zeros(0, np.uint16)] * (CLASSES + len(SECOND_LABELS))
    numbers[FIRST[0]], numbers[LISTED_LABELS] = gaps(mispredicted), labels[mispredicted]
    return numbers


def _subgrid_forward(
    truth: Array, predictions: Predictions, ranking: CooccurrenceRanking
) -> list[Array]:
    """Return the numbers of a subgrid, by class."""
    kinds = predictions.kinds
    wrong = truth != predictions.voted
    mispredicted, indexes = [], []
    for kind in PREDICTED:
        visited = (kinds == kind).nonzero()[0]
        mispredicted.append(split_long_gaps(wrong[visited].nonzero()[0]))
        indexes.append(visited[mispredicted[-1]])
    index = np.concatenate(indexes)
    choice = second_predictions(index, mispredicted[0].size, predictions, ranking)
    second = split_long_gaps((truth[index] != choice).nonzero()[0])
    where = np.concatenate((index[second], (kinds < OTHER).nonzero()[0]))
    choice = np.concatenate((choice[second], predictions.runners_up[where[second.size :]]))
    numbers = ranking.number(0, predictions.voted[where], choice, truth[where])
    second_labels, listed = numbers[: second.size], numbers[second.size :]
    labels = np.uint8(ranking.labels[0] % 256)
    second_labels = second_labels - _TWO + (second_labels < _TWO) * labels
    kind_ends = np.cumsum([found.size for found in mispredicted[:-1]])
    by_kind = [0, *second.searchsorted(kind_ends).tolist(), second.size]
    runs = [slice(start, end) for start, end in zip(by_kind, by_kind[1:])]
    second = gaps(second)
    return [
        *map(gaps, mispredicted),
        *(second[run] for run in runs),
        listed,
        *(second_labels[run] for run in runs),
    ]


def _to_labels(bits: Array, values: Array) -> Array:
    if bits.itemsize == 1:
        table = np.zeros(256, np.uint8)
        table[values] = np.arange(values.size)
        return _translated(bits, table)
    order = np.argsort(values)
    return order.astype(np.uint8)[np.searchsorted(values[order], bits)]


def _snake(points: Array) -> Array:
    """Reverse every other row of (tiles, rows, columns), so that each point touches the next."""
    rows = points.copy()
    rows[:, 1::2] = points[:, 1::2, ::-1]
    return rows


def _translated(plane: Array, table: Array) -> Array:
    """Look bytes up in a table of 256 bytes, several times as fast as numpy does."""
    found = bytearray(np.ascontiguousarray(plane)).translate(table.tobytes())
    return np.frombuffer(found, np.uint8).reshape(plane.shape)


class ParsedLabels(NamedTuple):
    """A parsed segment of one plane; see `forward`."""

    samples: Array
    counts: Array
    values: Array
    #: Height and width.
    size: tuple[int, int]
    #: Of the plane.
    dtype: DType


class LabelsCodec(Codec):
    """The coding of categorical rasters."""

    def segments(self, planes: PlaneSet) -> Iterator[Segment]:
        """Yield a segment for each plane that is categorical."""
        for number, bits in zip(planes.numbers, to_bits(planes.pixels)):
            values = label_values(bits, planes.profile)
            if values is not None:
                samples, counts = forward(bits, values)
                side = (
                    np.array([values.size], ">u2").tobytes()
                    + values.astype(values.dtype.newbyteorder(">")).tobytes()
                    # bytes of like weight side by side deflate better
                    + counts.astype(">u4").view(np.uint8).reshape(-1, 4).T.tobytes()
                )
                yield Segment(self.number, (number,), samples, side)

    def parse(self, segment: EncodedSegment) -> ParsedLabels:
        """Parse side information and samples; see `codec.Codec`."""
        planes, *size = segment.shape
        if planes != 1:
            raise ValueError(f"labels of {planes} planes, expected 1")
        side = SideInfoReader(segment.side)
        (count,) = side.unpack("H")
        if not 1 <= count <= MAX_LABELS:
            raise ValueError(f"{count} labels")
        values = side.array(f"u{segment.dtype.itemsize}", count)
        cells = SUBGRIDS * CLASSES
        packed = side.array("u1", 4 * cells).reshape(4, cells).T.copy().view(">u4")
        counts = packed.astype(np.int64).reshape(SUBGRIDS, CLASSES)
        side.check_end()
        return ParsedLabels(segment.samples, counts, values, (size[0], size[1]), segment.dtype)

    def batch_key(self, parsed: ParsedLabels) -> Hashable:
        """Return size and data type, which all planes of a batch share."""
        return parsed.size, parsed.dtype

    def decode(self, batch: Sequence[ParsedLabels]) -> list[Array]:
        """Return the plane of each segment; see `codec.Codec`."""
        return [
            plane.view(parsed.dtype)[np.newaxis] for plane, parsed in zip(inverse(batch), batch)
        ]


def inverse(batch: Sequence[ParsedLabels]) -> list[Array]:
    """Undo `forward` for planes of the same shape, several at once.

    Raises
    ------
    ValueError
        If the samples of one describe no such plane.
    """
    for samples, counts, values, *_ in batch:
        expected = sample_count(counts)
        if samples.itemsize > 2 or samples.size != expected:
            raise ValueError(f"{samples.size} samples, {expected} expected")
        if values.size == 1 and samples.size:
            raise ValueError("there are mispredictions, but only one label")
    several = [parsed for parsed in batch if parsed.values.size > 1]
    labels = iter(_inverse(several) if several else ())
    return [
        _to_bits(next(labels), parsed.values)
        if parsed.values.size > 1
        else np.full(parsed.size, parsed.values[0])
        for parsed in batch
    ]


def _inverse(batch: Sequence[ParsedLabels]) -> Array:
    """Return the labels of planes that have more than one, shape (planes, height, width)."""
    height, width = batch[0].size
    samples, counts, values, *_ = zip(*batch)
    labels = [own.size for own in values]
    stored = Mispredictions(samples, np.stack(counts), labels)
    rows, columns = -(-height // MULTIPLE), -(-width // MULTIPLE)
    known = _snake(stored.base_grid(rows, columns).reshape(-1, rows, columns))
    for number, step in enumerate(STEPS):
        refinement = cached_views(LabelRefinement, *known.shape)
        refinement.known[...] = known
        if step in _RANKING_STEPS:
            ranking = CooccurrenceRanking(known, labels)
        subgrid = 1 + 2 * number
        centers = refinement.centers(stored.has_any(subgrid))
        stored.correct(subgrid, centers, ranking)
        edges = refinement.edges(centers.voted, stored.has_any(subgrid + 1))
        stored.correct(subgrid + 1, edges, ranking)
        merged = np.empty((len(batch), 2 * known.shape[1], 2 * known.shape[2]), np.uint8)
        merged[:, ::2, ::2] = known
        subgrids = (*refinement.pixels(centers.voted), *refinement.pixels(edges.voted))
        for pixels, (row, column) in zip(subgrids, PHASES):
            merged[:, row::2, column::2] = pixels
        known = merged
    return known[:, :height, :width]


def _to_bits(labels: Array, values: Array) -> Array:
    if values.itemsize > 1:
        return values[labels]
    table = np.zeros(256, np.uint8)
    table[: values.size] = values
    return _translated(labels, table)
