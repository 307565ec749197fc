"""Compare two rasters, pixel by pixel by their bits, and everything else they say of themselves."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from ..errors import Cancelled, FlacRasterError, Message
from ..job import NO_JOB, Job
from ..model.data_types import Array, to_bits
from ..model.grid import Grid
from ..model.metadata import Number, RasterMetadata, number_to_json
from ..model.nodata import valid_mask
from ..model.raster import MaskedPixels, Raster
from ..reading.flac_raster import FlacRaster
from ..storage.cache import Cache
from ..writing.traversal import iter_strips
from .metadata_diff import (
    Difference,
    metadata_differences,
    missing_statistics,
    plain,
    statistics_differences,
)
from .opening import RasterName, open_raster, retry_on_change
from .some_bands import at_time


@dataclass(frozen=True)
class RasterBandStatistics:
    """Valid pixels of one band of one raster: NaN, nodata and masked pixels left out."""

    valid: int
    minimum: Number | None
    maximum: Number | None
    mean: float | None


@dataclass(frozen=True)
class BandComparison:
    """One band of both rasters.

    Parameters
    ----------
    band : int
        From 1.
    identical : bool
        Every pixel has the same bits, NaN payloads and -0.0 included.
    differing : int
        Pixels whose bits differ, or that only one raster's mask leaves out.
    max_difference, mean_difference, rmse : float or None
        Of values where both pixels are valid; None where there is no such pixel.
    """

    band: int
    identical: bool
    differing: int
    max_difference: Number | None
    mean_difference: float | None
    rmse: float | None
    a: RasterBandStatistics
    b: RasterBandStatistics


@dataclass(frozen=True)
class Comparison:
    """Result of `compare`.

    Parameters
    ----------
    pixels_identical : bool or None
        None where shapes or data types differ, so that pixels cannot be compared.
    bands : tuple of BandComparison
        Statistics and differences are those of valid pixels.
    metadata : pair of RasterMetadata
        Of both.
    statistics_differences : tuple of Difference
        Statistics and histograms that differ. They are computed from the pixels and left beside a
        raster by whichever program shows it, so they do not make two rasters different.
    every_pixel : tuple of BandComparison
        The same of all pixels, nodata, masked ones and NaN among them; empty unless asked for. A
        NaN makes NaN of what it is part of.
    """

    a: str
    b: str
    pixels_identical: bool | None
    bands: tuple[BandComparison, ...]
    differences: tuple[Difference, ...]
    metadata: tuple[RasterMetadata, RasterMetadata]
    statistics_differences: tuple[Difference, ...] = ()
    every_pixel: tuple[BandComparison, ...] = ()

    @property
    def identical(self) -> bool:
        """Same pixels by their bits, same metadata, apart from `statistics_differences`."""
        return bool(self.pixels_identical) and not self.differences

    @property
    def max_difference(self) -> Number | None:
        """Largest difference of any band, None where pixels could not be compared."""
        found = [b.max_difference for b in self.bands if b.max_difference is not None]
        return max(found) if found else None

    def to_dict(self) -> dict[str, Any]:
        """Return plain values for JSON."""
        return {
            "a": self.a,
            "b": self.b,
            "identical": self.identical,
            "pixels_identical": self.pixels_identical,
            "max_difference": number_to_json(self.max_difference),
            "bands": [plain(band) for band in self.bands],
            "differences": [asdict(d) for d in self.differences],
            "statistics_differences": [asdict(d) for d in self.statistics_differences],
        }


@retry_on_change
def compare(
    a: RasterName,
    b: RasterName,
    /,
    *,
    every_pixel: bool = False,
    time: str | None = None,
    workers: int | None = None,
    cache: Cache | None = None,
    job: Job = NO_JOB,
) -> Comparison:
    """Compare two rasters of any format.

    Parameters
    ----------
    a, b : path or URL
    every_pixel : bool
        Also count pixels that are not valid, see `Comparison.every_pixel`.
    time : str, optional
        Compare only the bands of a time, see `flac_raster_qgis.engine.model.times.TimeRange`.
    workers : int, optional
        Tiles decoded at once; default one per processor.
    cache : Cache, optional
        See `flac_raster_qgis.engine.operations.opening.open_raster`.
    job : Job, optional
        Its progress counts windows.

    Raises
    ------
    FlacRasterError
        If either cannot be read.
    """
    open_ = partial(open_raster, workers=workers, cache=cache, job=job)
    with open_(a) as first, open_(b) as second:
        left, right = at_time(first, time), at_time(second, time)
        metadata = (left.metadata, right.metadata)
        bands: tuple[BandComparison, ...] = ()
        every: tuple[BandComparison, ...] = ()
        identical = None
        if _shape(left.metadata) == _shape(right.metadata):
            bands, every = _compare_pixels(left, right, every_pixel, job)
            identical = all(band.identical for band in bands)
        return Comparison(
            a=left.name,
            b=right.name,
            pixels_identical=identical,
            bands=bands,
            differences=tuple(metadata_differences(*metadata)),
            metadata=metadata,
            statistics_differences=tuple(statistics_differences(*metadata)),
            every_pixel=every,
        )


def _shape(metadata: RasterMetadata) -> tuple[int, int, int, str]:
    return metadata.width, metadata.height, metadata.count, metadata.dtype


# ---------------------------------------------------------------- pixels


class _RunningStatistics:
    """Running statistics of one band of one raster."""

    def __init__(self) -> None:
        self.valid, self.total = 0, 0.0
        self.minimum: Number | None = None
        self.maximum: Number | None = None

    def add(self, values: Array) -> None:
        """Count values in; complex ones have no order and no mean here."""
        self.valid += values.size
        if not values.size or values.dtype.kind == "c":
            return
        self.minimum = _fold(min, self.minimum, values.min().item())
        self.maximum = _fold(max, self.maximum, values.max().item())
        with np.errstate(all="ignore"):
            self.total += float(values.sum(dtype=np.float64))

    def result(self) -> RasterBandStatistics:
        mean = self.total / self.valid if self.minimum is not None else None
        return RasterBandStatistics(self.valid, self.minimum, self.maximum, mean)


def _fold(pick: Callable[..., Number], kept: Number | None, new: Number) -> Number:
    """Return the smaller or larger of two numbers; NaN if one is NaN."""
    return new if kept is None or new != new else pick(kept, new)  # of NaN, `pick` keeps the first


class _Band:
    """Running comparison of one band."""

    def __init__(self) -> None:
        self.a, self.b = _RunningStatistics(), _RunningStatistics()
        self.differing = self.both_valid = 0
        self.largest: Number = 0
        self.total = self.squares = 0.0

    def add(self, a: Array, b: Array, valid_a: Array, valid_b: Array, unequal: Array) -> None:
        """Count a window in."""
        self.differing += int(np.count_nonzero(unequal))
        self.a.add(a[valid_a])
        self.b.add(b[valid_b])
        both = valid_a & valid_b
        self.both_valid += int(np.count_nonzero(both))
        both &= unequal
        if both.any():
            gap = _distance(a[both], b[both])
            self.largest = _fold(max, self.largest, gap.max().item())
            with np.errstate(all="ignore"):
                wide = gap.astype(np.float64)
                self.total += float(wide.sum())
                self.squares += float((wide * wide).sum())

    def result(self, number: int) -> BandComparison:
        count = self.both_valid
        return BandComparison(
            band=number,
            identical=self.differing == 0,
            differing=self.differing,
            max_difference=self.largest if count else None,
            mean_difference=self.total / count if count else None,
            rmse=math.sqrt(self.squares / count) if count else None,
            a=self.a.result(),
            b=self.b.result(),
        )


def _distance(a: Array, b: Array) -> Array:
    """Absolute difference that does not wrap; equal infinities are 0 apart."""
    if a.dtype.kind in "iu":
        unsigned = np.dtype(f"u{a.dtype.itemsize}")
        high, low = np.maximum(a, b), np.minimum(a, b)
        apart: Array = high.view(unsigned) - low.view(unsigned)
        return apart
    wide = np.complex128 if a.dtype.kind == "c" else np.float64
    with np.errstate(all="ignore"):
        gap = np.abs(a.astype(wide) - b.astype(wide))
    return np.where(a == b, 0.0, gap)


def _compare_pixels(
    a: Raster, b: Raster, every_pixel: bool, job: Job
) -> tuple[tuple[BandComparison, ...], tuple[BandComparison, ...]]:
    """Compare valid pixels and, if requested, all pixels."""
    bands, every = ([_Band() for _ in range(a.metadata.count)] for _ in range(2))
    for (left, mask_a), (right, mask_b) in _read_both(a, b, job):
        unequal = _unequal(left, mask_a, right, mask_b)
        for n, band in enumerate(bands):
            valid_a = valid_mask(left[n], a.metadata.nodata[n], mask_a)
            valid_b = valid_mask(right[n], b.metadata.nodata[n], mask_b)
            band.add(left[n], right[n], valid_a, valid_b, unequal[n])
            if every_pixel:
                everywhere = np.ones(left[n].shape, bool)
                every[n].add(left[n], right[n], everywhere, everywhere, unequal[n])
    results = (tuple(band.result(n) for n, band in enumerate(b, start=1)) for b in (bands, every))
    return next(results), next(results) if every_pixel else ()


def _unequal(a: Array, mask_a: Array | None, b: Array, mask_b: Array | None) -> Array:
    """Return which pixels have other bits, or are masked in one raster only."""
    unequal: Array = to_bits(a) != to_bits(b)
    if a.dtype.kind == "c":
        unequal = np.any(unequal, axis=-1)
    if mask_a is not None and mask_b is not None:
        unequal |= mask_a != mask_b
    return unequal


def has_same_pixels(a: Raster, b: Raster, job: Job) -> bool:
    """Whether two rasters of one shape have the same pixels; read no further than they do."""
    return not any(_unequal(*left, *right).any() for left, right in _read_both(a, b, job))


def _read_both(a: Raster, b: Raster, job: Job) -> Iterator[tuple[MaskedPixels, MaskedPixels]]:
    """Yield the same windows of two rasters."""
    grids = (getattr(raster, "grid", None) for raster in (a, b))
    grid = next(filter(None, grids), None) or Grid(a.metadata.width, a.metadata.height, 512, 1)
    windows = list(iter_strips(grid, a.metadata))
    for done, window in enumerate(windows, start=1):
        job.check("operation.comparison")
        yield a.read_window(window), b.read_window(window)
        job.progress(done, len(windows))


def missing_in(path: Path, raster: Raster, workers: int | None, job: Job) -> str | None:
    """Return in a few words why a file does not hold exactly a raster, None if it does.

    Statistics and histograms of the raster must be there too; others in the file, which any program
    may leave beside it, do not matter. Every tile of a FLAC raster is decoded and checked by its
    MD5, also those of coarser levels. A file that cannot be read holds nothing.
    """
    try:
        with open_raster(path, workers=workers) as made:
            metadata = raster.metadata, made.metadata
            differences = [found.field for found in metadata_differences(*metadata)]
            differences += missing_statistics(*metadata)
            if differences:
                return Message("same.metadata", found=differences[0])
            if not has_same_pixels(raster, made, job):
                return Message("same.pixels")
            if isinstance(made, FlacRaster):
                _check_coarser_levels(made, job)
            return None
    except Cancelled:
        raise
    except FlacRasterError:  # if it was the raster that failed, converting it will say so
        return Message("same.not_readable")


def _check_coarser_levels(raster: FlacRaster, job: Job) -> None:
    coarser = [key for key in raster.head.index.stored_keys() if key.level]
    tiles = raster.read_tiles(coarser, job=job.silent)
    with closing(tiles):
        for _ in tiles:
            continue
