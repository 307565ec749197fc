"""Tuning of the encoder: what each effort tries, and the thresholds by which it decides.

None of these numbers is needed to read a file. They were found by experiment; changing one changes
sizes and times, see `benchmarks/`. Constants of the format are with the step that they belong to.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class StreamTuning(NamedTuple):
    """How libFLAC encodes the samples of a coding.

    Parameters
    ----------
    level : int
        libFLAC's preset, unless the user chooses one.
    block_size : int
        Largest number of samples in a frame.
    """

    level: int
    block_size: int


#: libFLAC predicts along the row. It divides a frame of any size into as many partitions, so those
#: of short frames follow the residuals more closely.
PREDICTED_BY_FLAC = StreamTuning(level=5, block_size=4096)
#: Residuals in which libFLAC finds nothing more to predict, in spatial order.
UNSORTED = StreamTuning(level=0, block_size=4096)
#: Residuals sorted by activity or class: long frames are faster to read and no larger.
SORTED = StreamTuning(level=0, block_size=16384)


@dataclass(frozen=True)
class EncodingProfile:
    """What the encoder tries for one effort.

    Parameters
    ----------
    sampled_only : bool
        Whether only the codings that are compared on a sample of rows are tried.
    exhaustive : bool
        Whether everything is tried that can make a tile smaller, whatever the estimates say.
    strips, strip_rows : int
        Sample of rows on which codings are compared: number of strips, and rows of each.
    sample_margin : float
        Codings whose sample is larger than the smallest by more than this factor are dropped.
    refinements : int
        Of interpolation. A fourth makes files 0.3 % smaller, and reading takes 6 % longer.
    min_sharpening_gain, min_folding_gain : float
        Bits per pixel that sharpening and range folding must save.
    min_folding_fraction : float
        Fraction of all bits that range folding must save: a third of the time of reading goes
        into it.
    max_few_labels, min_equal_fraction : int, float
        A plane of more labels than this is categorical only if this fraction of its pixels equals
        a neighbor; with less, interpolation is smaller.
    label_overhead : float
        Bits per pixel that interpolation takes in addition to its estimate on categorical rasters.
    negligible_fraction : float
        Labels smaller than this fraction of the pixels are not compared with other codings.
    estimate_fraction : int
        Estimates use one pixel in this many,
    estimate_pixels : (int, int)
        but not fewer or more than these.
    min_foldable_pixels : int
        Folding must apply to more than one pixel in this many. With fewer, estimates can fall
        because a few large residuals decide a mean, but files do not become smaller.
    fill_sample : int
        Pixels in which an undeclared fill value is looked for. To be one,
    min_fill_fraction, min_fill_lead : float, int
        a value must have this fraction of the pixels, be this many times as frequent as the next,
    fill_neighborhood, max_near_fraction : int, float
        and of the pixels within one part in this many of the range, at most this fraction of its
        own count may have another value.
    deflate_level, mask_deflate_level : int
        zlib's level for side information and masks.
    """

    sampled_only: bool = False
    exhaustive: bool = False
    strips: int = 4
    strip_rows: int = 24
    sample_margin: float = 1.02
    refinements: int = 3
    min_sharpening_gain: float = 0.05
    min_folding_gain: float = 0.03
    min_folding_fraction: float = 0.02
    max_few_labels: int = 16
    min_equal_fraction: float = 0.9
    label_overhead: float = 0.5
    negligible_fraction: float = 0.02
    estimate_fraction: int = 16
    estimate_pixels: tuple[int, int] = (1 << 11, 1 << 13)
    min_foldable_pixels: int = 64
    fill_sample: int = 4096
    min_fill_fraction: float = 0.03
    min_fill_lead: int = 5
    fill_neighborhood: int = 64
    max_near_fraction: float = 0.05
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
#: Pixels from which the weight of the previous band is fitted, in whole rows.
WEIGHT_SAMPLE = 1 << 13
#: Samples that share a Rice parameter, as assumed by estimates of residuals that are not sorted.
RICE_PARTITION = 16
