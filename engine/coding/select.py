"""Choose the codings that are worth trying for a tile.

Cheap tests decide that. The caller encodes each candidate and sends back its size.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from itertools import islice
from typing import NamedTuple, TypeVar

from ..model.data_types import Array
from .codec import Role
from .cost_model import estimate_bits
from .effort import PROFILES
from .planes.plane_set import PlaneSet
from .registry import with_role
from .segment import MAX_SEGMENTS, Segment
from .words import to_words


class Candidate(NamedTuple):
    """What to encode next."""

    segments: list[Segment]
    #: Whether these are a sample of the rows, of which only the size is wanted.
    is_trial: bool = False


_T = TypeVar("_T")
#: Yields trials, is sent their sizes, and returns what is worth encoding.
_Search = Generator[Candidate, int, _T]


def candidates(
    pixels: Array, nodata: Sequence[Array | None], effort: str
) -> Generator[Candidate, int, None]:
    """Yield what may make a tile smallest; the first of the smallest is to be taken.

    Parameters
    ----------
    pixels : ndarray of integers or floats, shape (planes, height, width)
    nodata : sequence of 0-d arrays or None
        Of each plane.
    effort : str
        One of `options.EFFORTS`.
    """
    profile = PROFILES[effort]
    planes = PlaneSet(pixels, tuple(range(len(pixels))), nodata, profile)
    if profile.sampled_only:
        for segment in (yield from _sampled(planes)):
            yield Candidate([segment])
        return
    single: list[Segment] = []
    rest = planes
    for codec in with_role(Role.PER_PLANE):
        # one segment is left for all other planes
        single += islice(codec.segments(rest), MAX_SEGMENTS - 1 - len(single))
        rest = planes.without({segment.planes[0] for segment in single})
    if single:
        sizes = []
        for together in (yield from _together(rest)) if rest.numbers else [[]]:
            sizes.append((yield Candidate([*single, *together])))
        if rest.numbers or _beats_interpolation(planes, min(sizes)):
            return
    for together in (yield from _together(planes)):
        yield Candidate(together)


def _beats_interpolation(planes: PlaneSet, size: int) -> bool:
    """Whether segments of single planes of ``size`` bytes are smaller than interpolation."""
    profile, pixels = planes.profile, planes.pixels
    if size < profile.negligible_fraction * pixels.nbytes:
        return True
    estimate = estimate_bits(to_words(pixels), None, profile)
    bits = profile.label_overhead + (0 if estimate is None else estimate.interpolation)
    return 8 * size < bits * pixels.size


def _together(planes: PlaneSet) -> _Search[list[list[Segment]]]:
    """Return the alternatives that code all planes together.

    They are collected before any is encoded, which keeps the buffers of the codecs in the cache.
    """
    found: list[Segment] = []
    has_sampled = False
    for filled in planes.fill_choices():
        if not has_sampled and (filled.is_smooth or planes.profile.exhaustive):
            found += yield from _sampled(planes)
            has_sampled = True
        for codec in with_role(Role.ESTIMATED):
            found += codec.segments(filled)
    return [[segment] for segment in found or (yield from _sampled(planes))]


def _sampled(planes: PlaneSet) -> _Search[list[Segment]]:
    """Return the segments of codecs that come near the smallest on a sample of rows."""
    codecs = with_role(Role.SAMPLED)
    sample = planes.sample()
    if sample is not None:
        sizes = []
        for codec in codecs:
            sizes.append((yield Candidate(list(codec.segments(sample)), is_trial=True)))
        largest = planes.profile.sample_margin * min(sizes)
        codecs = [codec for codec, size in zip(codecs, sizes) if size <= largest]
    return [segment for codec in codecs for segment in codec.segments(planes)]
