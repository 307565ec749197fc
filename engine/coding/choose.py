"""Which codings make a tile smallest.

Cheap tests decide what is worth trying; what is tried is encoded whole, and its size decides.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from .. import pixels
from . import holes, labels, residual
from .part import MOST_PARTS, Part, SideInfo

PLAIN, ROW, PLANE, LATTICE, LABELS = 0, 1, 2, residual.LATTICE, 4
#: Names of all codings, by the number in the file.
CODINGS = {
    **{n: p.name for n, p in residual.PREDICTORS.items()},
    LATTICE: "lattice",
    LABELS: "labels",
}
#: libFLAC's preset that suits each: its own prediction finds nothing more in what the lattice
#: leaves.
FLAC_LEVELS = {PLAIN: 5, ROW: 5, PLANE: 5, LATTICE: 0, LABELS: 0}
EFFORTS = ("fast", "balanced", "small")
#: The other two are smaller, but gain little from a second thread yet.
DEFAULT_EFFORT = "fast"
#: Rows of the strips that stand for a tile while simple codings are tried, and how many there are.
_STRIP_ROWS, _STRIPS = 24, 4
#: Codings whose sample is larger than the smallest by more than this factor are not tried further.
_MARGIN = 1.02
#: Planes of classes this small (of their bytes as they are) cannot be much smaller in another
#: coding.
_GOOD_ENOUGH = 0.02
#: A surface this much smoother along planes than between diagonal neighbours is tried as plane too.
_SMOOTH = 0.75

#: Size of a list of parts once encoded, in bytes.
Measure = Callable[[Sequence[Part]], int]


def choose(
    planes: np.ndarray, nodata: Sequence[np.ndarray | None], effort: str, measure: Measure
) -> list[Part]:
    """Return the parts that make a tile smallest.

    Parameters
    ----------
    planes : ndarray of integers or floats, shape (planes, height, width)
    nodata : sequence of 0-d arrays or None
        Of each plane.
    effort : str
        One of `EFFORTS`.
    measure : callable
    """
    everything = tuple(range(len(planes)))
    if effort == "fast":
        return _best(_simple(planes, everything, measure), measure)
    candidates = []
    classes = _label_parts(planes)
    if classes:
        rest = tuple(n for n in everything if n not in {p.planes[0] for p in classes})
        candidates = [classes + more for more in _interpolated(planes, rest, nodata, effort)]
        best = _best(candidates, measure)
        if rest or measure(best) < _GOOD_ENOUGH * planes.nbytes:
            return best
    candidates += _interpolated(planes, everything, nodata, effort)
    return _best(candidates, measure)


def _simple(planes: np.ndarray, numbers: tuple[int, ...], measure: Measure) -> list[list[Part]]:
    """Candidates without interpolation: those that come near the best on a few strips of rows."""
    codings = [PLAIN, ROW, PLANE]
    height = planes.shape[1]
    if height > 2 * _STRIP_ROWS * _STRIPS:
        starts = [height * k // _STRIPS for k in range(_STRIPS)]
        sample = np.concatenate([planes[:, y : y + _STRIP_ROWS] for y in starts], axis=1)
        sizes = {c: measure([_residual(sample, numbers, c)]) for c in codings}
        codings = [c for c in codings if sizes[c] <= _MARGIN * min(sizes.values())]
    return [[_residual(planes, numbers, c)] for c in codings]


def _best(candidates: list[list[Part]], measure: Measure) -> list[Part]:
    if len(candidates) == 1:
        return candidates[0]
    return min(candidates, key=measure)


def _label_parts(planes: np.ndarray) -> list[Part]:
    parts = []
    for number, bits in enumerate(pixels.to_bits(planes)):
        if len(parts) == MOST_PARTS - 1:  # one is left for all other planes
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
            parts.append(Part(LABELS, (number,), _narrow(samples), side))
    return parts


def _narrow(samples: np.ndarray) -> np.ndarray:
    """Labels' samples as 16 bits, or as two limbs each where a gap is longer than that."""
    if samples.size and (samples.min() < -32768 or samples.max() > 32767):
        return pixels.to_samples(samples.astype(np.int32).view(np.uint32))
    return samples.astype(np.int16)


def _interpolated(
    planes: np.ndarray, numbers: tuple[int, ...], nodata: Sequence[np.ndarray | None], effort: str
) -> list[list[Part]]:
    """Candidates that predict all the given planes."""
    if not numbers:
        return [[]]
    chosen = planes if len(numbers) == len(planes) else np.ascontiguousarray(planes[list(numbers)])
    bits = pixels.to_bits(chosen)
    declared = [holes.declared(b, nodata[n]) for b, n in zip(bits, numbers)]
    candidates = [[_residual(chosen, numbers, LATTICE, declared)]]
    if not any(value is not None for value in declared):
        guessed = [holes.dominant(b) for b in bits]
        if any(value is not None for value in guessed):
            candidates.append([_residual(chosen, numbers, LATTICE, guessed)])
    if effort == "small":
        candidates += [[_residual(chosen, numbers, c)] for c in (PLAIN, ROW, PLANE)]
    elif _is_smooth(chosen):
        candidates += [[_residual(chosen, numbers, c)] for c in (ROW, PLANE)]
    return candidates


def _residual(
    planes: np.ndarray,
    numbers: tuple[int, ...],
    coding: int,
    values: Sequence[int | None] | None = None,
) -> Part:
    prepared = residual.prepare(planes, values or [None] * len(planes))
    return Part(coding, numbers, *residual.encode(prepared, coding))


def _is_smooth(planes: np.ndarray) -> bool:
    """Whether the plane through three neighbours predicts better than the mean of diagonal ones.

    Judged on every 16th row, by the mean number of bits that the difference takes.
    """
    height, width = planes.shape[1:]
    if min(height, width) < 3:
        return False
    words = pixels.to_words(planes)
    above, here, below = (words[:, n : height - 2 + n : 16].astype(np.float64) for n in range(3))
    left, middle, right = slice(None, -2), slice(1, -1), slice(2, None)
    by_plane = here[..., middle] - here[..., left] - above[..., middle] + above[..., left]
    corners = above[..., left] + above[..., right] + below[..., left] + below[..., right]
    by_mean = here[..., middle] - corners / 4
    return bool(_bits(by_plane) < _bits(by_mean))


def _bits(difference: np.ndarray) -> float:
    return float(np.log2(np.abs(difference) + 1).mean())


def decode_part(
    coding: int, samples: np.ndarray, data: bytes, shape: tuple[int, int, int], dtype: np.dtype
) -> np.ndarray:
    """Return the planes of one part.

    Raises
    ------
    ValueError
        If samples and side information do not fit.
    """
    if coding != LABELS:
        return residual.decode(samples, data, coding, shape, dtype)
    if shape[0] != 1:
        raise ValueError("labels code one plane a part")
    side = SideInfo(data)
    (size,) = side.unpack("H")
    if not 1 <= size <= labels.LARGEST:
        raise ValueError(f"{size} labels")
    values = side.array(f"u{dtype.itemsize}", size)
    cells = labels.PLANES * labels.CLASSES
    counts = side.array("u1", 4 * cells).reshape(4, cells).T.copy().view(">u4")
    counts = counts.astype(np.int64).reshape(labels.PLANES, labels.CLASSES)
    side.check_used_up()
    if samples.size != labels.sample_count(shape[1:], counts):
        samples = pixels.from_samples(samples.astype(np.int16), np.dtype("u4")).view(np.int32)
    return labels.inverse(samples, counts, shape[1:], values).view(dtype)[np.newaxis]
