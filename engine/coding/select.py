"""Which codings are worth trying for a tile.

Cheap tests decide that. What is tried is encoded whole by the caller, who sends back its size.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from typing import NamedTuple

import numpy as np

from ..model.data_types import Array, to_bits
from . import cost_model
from .interpolation import codec as interpolation
from .labels import codec as labels
from .prediction import codec as prediction
from .prediction import fill_values
from .registry import LABELS, LATTICE, PLAIN, PLANE, ROW
from .segment import MAX_SEGMENTS, Segment
from .words import to_words

#: Rows of the strips that stand for a tile while simple codings are tried, and how many there are.
_STRIP_ROWS, _STRIPS = 24, 4
#: Codings whose sample is larger than the smallest by more than this factor are not tried further.
_MARGIN = 1.02
#: Bits a pixel that the lattice takes at least beyond its estimate, on maps of classes.
_OVERHEAD = 0.5
#: Planes of classes this small (of their bytes as they are) cannot be much smaller in another
#: coding.
_GOOD_ENOUGH = 0.02
#: Bits a pixel that folding, and sharpening, must save to be worth their time.
_FOLDING, _SHARPENING = 0.03, 0.05
#: Share of the bits that folding must save, too: a third of the time of reading goes into it.
_FOLDED_SHARE = 0.02
#: Of the lattice; a fourth makes files 0.3 % smaller, and reading takes 6 % longer.
_REFINEMENTS = 3


class Candidate(NamedTuple):
    """What to encode next.

    Parameters
    ----------
    parts : list of Segment
    is_trial : bool
        Whether these are a sample of the rows, of which only the size is wanted.
    """

    parts: list[Segment]
    is_trial: bool = False


#: Yields what to encode, is sent its size in bytes, and returns further parts to choose from.
_Search = Generator[Candidate, int, list[list[Segment]]]


def candidates(
    planes: Array, nodata: Sequence[Array | None], effort: str
) -> Generator[Candidate, int, None]:
    """Yield what may make a tile smallest; the first of the smallest is to be taken.

    Parameters
    ----------
    planes : ndarray of integers or floats, shape (planes, height, width)
    nodata : sequence of 0-d arrays or None
        Of each plane.
    effort : str
        One of `options.EFFORTS`.

    Yields
    ------
    Candidate
        Its size once encoded, in bytes, is sent back.
    """
    everything = tuple(range(len(planes)))
    if effort == "fast":
        for parts in (yield from _simple(planes, everything)):
            yield Candidate(parts)
        return
    classes = _label_parts(planes)
    if classes:
        rest = tuple(n for n in everything if n not in {p.planes[0] for p in classes})
        sizes = []
        for more in (yield from _interpolated(planes, rest, nodata, effort)):
            sizes.append((yield Candidate(classes + more)))
        if rest or _beats_interpolation(planes, min(sizes)):
            return
    for parts in (yield from _interpolated(planes, everything, nodata, effort)):
        yield Candidate(parts)


def _beats_interpolation(planes: Array, size: int) -> bool:
    """Whether classes of so many bytes are smaller than what interpolation would leave."""
    if size < _GOOD_ENOUGH * planes.nbytes:
        return True
    judged = cost_model.bits(to_words(planes), None)
    expected = _OVERHEAD if judged is None else judged.plain_lattice + _OVERHEAD
    return 8 * size < expected * planes.size


def _simple(planes: Array, numbers: tuple[int, ...]) -> _Search:
    """Search without interpolation: what comes near the best on a few strips of rows."""
    whole = prediction.prepare(planes, [None] * len(planes))

    def parts(coding: int, words: Array) -> list[Segment]:
        return [Segment(coding, numbers, *prediction.encode(whole._replace(words=words), coding))]

    codings = [PLAIN, ROW, PLANE]
    height = planes.shape[1]
    if height > 2 * _STRIP_ROWS * _STRIPS:
        starts = [height * k // _STRIPS for k in range(_STRIPS)]
        sample = np.concatenate([whole.words[:, y : y + _STRIP_ROWS] for y in starts], axis=1)
        sizes = {}
        for coding in codings:
            sizes[coding] = yield Candidate(parts(coding, sample), is_trial=True)
        codings = [c for c in codings if sizes[c] <= _MARGIN * min(sizes.values())]
    return [parts(coding, whole.words) for coding in codings]


def _label_parts(planes: Array) -> list[Segment]:
    parts: list[Segment] = []
    for number, bits in enumerate(to_bits(planes)):
        if len(parts) == MAX_SEGMENTS - 1:  # one is left for all other planes
            break
        values = labels.palette(bits)
        if values is not None:
            samples, counts = labels.forward(bits, values)
            side = (
                np.array([values.size], ">u2").tobytes()
                + values.astype(values.dtype.newbyteorder(">")).tobytes()
                # bytes of like weight side by side deflate better
                + counts.astype(">u4").view(np.uint8).reshape(-1, 4).T.tobytes()
            )
            parts.append(Segment(LABELS, (number,), samples, side))
    return parts


def _interpolated(
    planes: Array,
    numbers: tuple[int, ...],
    nodata: Sequence[Array | None],
    effort: str,
) -> _Search:
    """Search what predicts all the given planes."""
    if not numbers:
        return [[]]
    chosen = planes if len(numbers) == len(planes) else np.ascontiguousarray(planes[list(numbers)])
    if not interpolation.Variant().fits(chosen.shape):
        return (yield from _simple(chosen, numbers))
    bits = to_bits(chosen)
    nothing: list[int | None] = [None] * len(chosen)
    declared = [fill_values.declared(b, nodata[n]) for b, n in zip(bits, numbers)]
    with_holes = [declared] if any(value is not None for value in declared) else []
    if not with_holes:
        guessed = [fill_values.dominant(b, w) for b, w in zip(bits, to_words(chosen))]
        with_holes = [nothing, guessed] if any(v is not None for v in guessed) else [nothing]

    found: list[list[Segment]] = []
    simple: list[list[Segment]] | None = None
    for values in with_holes:
        prepared = prediction.prepare(chosen, values)
        valued = None if prepared.mask is None else ~prepared.mask
        judged = cost_model.bits(
            prepared.words,
            valued,
            fold=len(chosen) == 1,
            sharpen=prepared.words.itemsize > 1,  # in a byte the differences of means would wrap
        )
        smooth = judged is not None and judged.plane < judged.plain_lattice
        if simple is None and (smooth or effort == "small"):
            simple = yield from _simple(chosen, numbers)
            found += simple
        if smooth and valued is None and effort != "small":
            continue  # holes are for the lattice alone; without any it would not be smaller
        for variant in _variants(prepared.words, valued, judged, effort):
            samples, side = prediction.encode(prepared, LATTICE, variant)
            found.append([Segment(LATTICE, numbers, samples, side)])
    return found


def _variants(
    words: Array, valued: Array | None, judged: cost_model.Bits | None, effort: str
) -> list[interpolation.Variant]:
    """Return what of the lattice is worth trying."""
    if judged is None:
        return [interpolation.Variant(refinements=_REFINEMENTS)]
    usual, limits = judged.plain_lattice, None
    sharp = judged.sharp < min(usual - _SHARPENING, judged.folded)
    saved = usual - judged.folded
    if len(words) == 1 and not sharp and saved > max(_FOLDING, _FOLDED_SHARE * usual):
        counted = words if valued is None else words[valued]
        limits = int(counted.min()), int(counted.max())
    by_mean = sharp or judged.mean < judged.middle
    # what is worth folding is small and varied: single pixels make it 3 % smaller, elsewhere 1 %
    side = 1 if limits else 2
    found = [interpolation.Variant(by_mean, limits, side, _REFINEMENTS, sharp)]
    if effort == "small":
        predictions = [(False, False), (True, False)] + ([] if limits else [(True, True)])
        found += [
            interpolation.Variant(by_mean, limits, side, sharp=sharp)
            for by_mean, sharp in predictions
            for side in (2, 1)
        ]
    return found
