"""Tuning of the encoder: what each effort tries, and the thresholds by which it decides.

None of these numbers is needed to read a file. They were found by experiment; changing one changes
sizes and times, see `benchmarks/`. Constants of the format are with the step that they belong to.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class StreamTuning(NamedTuple):
    """How libFLAC encodes the samples of a coding."""

    #: Unless the user chooses one.
    compression_level: int
    #: Largest number of samples in a frame.
    block_size: int


#: libFLAC predicts along the row. It divides a frame of any size into as many partitions, so those
#: of short frames follow the residuals more closely.
PREDICTED_BY_FLAC = StreamTuning(compression_level=5, block_size=4096)
#: Residuals in which libFLAC finds nothing more to predict, in spatial order.
UNSORTED = StreamTuning(compression_level=0, block_size=4096)
#: Residuals sorted by activity or class: long frames are faster to read and no larger.
SORTED = StreamTuning(compression_level=0, block_size=16384)


@dataclass(frozen=True)
class EncodingProfile:
    """What the encoder tries for one effort."""

    #: Whether only the codings that are compared on a sample of rows are tried.
    sampled_only: bool = False
    #: Whether everything is tried that can make a tile smaller, whatever the estimates say.
    exhaustive: bool = False

    #: Sample of rows on which codings are compared: strips, and rows of each. Codings whose sample
    #: is larger than the smallest by more than the factor are dropped.
    strips: int = 4
    strip_rows: int = 24
    sample_margin: float = 1.02

    #: Refinements of interpolation as estimated best, and of any other that is tried. A fourth
    #: makes files 0.3 % smaller, and reading takes 6 % longer.
    refinements: int = 3
    exhaustive_refinements: int = 4
    #: Bits per pixel that sharpening and range folding must save, and folding as a fraction of all
    #: bits: a third of the time of reading goes into it.
    min_sharpening_gain: float = 0.05
    min_folding_gain: float = 0.03
    min_folding_fraction: float = 0.02

    #: Labels are counted in a sample of this many pixels, neighbors compared in one row in so many,
    #: and labels ordered by their counts in one pixel in so many.
    label_sample: int = 1024
    label_row_step: int = 16
    label_order_step: int = 4
    #: A plane of more labels than this is categorical only if this fraction of its pixels equals a
    #: neighbor; with less, interpolation is smaller.
    max_few_labels: int = 16
    min_equal_fraction: float = 0.9
    #: Bits per pixel that interpolation takes beyond its estimate on categorical rasters.
    label_overhead: float = 0.5
    #: Labels smaller than this fraction of the pixels are not compared with other codings.
    negligible_fraction: float = 0.02

    #: Estimates use one pixel in so many, but not fewer or more than these.
    estimate_fraction: int = 16
    estimate_pixels: tuple[int, int] = (1 << 11, 1 << 13)
    #: Folding must apply to more than one pixel in so many. With fewer, estimates can fall because
    #: a few large residuals decide a mean, but files do not become smaller.
    min_foldable_pixels: int = 64

    #: Pixels in which an undeclared fill value is looked for.
    fill_sample: int = 4096
    #: It must have this fraction of the pixels, and be this many times as frequent as the next.
    min_fill_fraction: float = 0.03
    min_fill_lead: int = 5
    #: Within one part in so many of the range, other values may have at most this fraction of its
    #: count.
    fill_neighborhood: int = 64
    max_near_fraction: float = 0.05

    #: zlib's levels for side information and for masks.
    deflate_level: int = 6
    mask_deflate_level: int = 9


#: By the name of the effort, see `options.EFFORTS`.
PROFILES = {
    "fast": EncodingProfile(sampled_only=True),
    "balanced": EncodingProfile(),
    "small": EncodingProfile(exhaustive=True),
}

# ---- single steps, the same at every effort

#: Factors tried for decimal floats, in this order: binary fractions first, then decimals; and
#: values on which each is tried first.
DECIMAL_FACTORS = (1, 2, 4, 8, 16, 32, 64, 128, 256, 10, 100, 1000, 10000)
DECIMAL_SAMPLE = 512
#: Leaving out runs of zeros pays once more than one chunk in this many is zero.
MIN_ZERO_CHUNKS = 64
#: Pixels from which the weight of the previous band is fitted, in whole rows; residuals of so many
#: times the mean are outliers; largest weight, in eighths.
WEIGHT_SAMPLE = 1 << 13
WEIGHT_OUTLIER = 4
MAX_WEIGHT = 16
#: Masks are stored as bits if more than one pixel in this many differs from the one above.
MASK_PIXELS_PER_CHANGE = 12
#: Samples that share a Rice parameter, as assumed by estimates of residuals that are not sorted.
RICE_PARTITION = 16
