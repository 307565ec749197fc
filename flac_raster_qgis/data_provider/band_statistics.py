"""Statistics of bands of an open raster, from as few tiles as possible."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from qgis.core import QgsRasterBandStats, QgsRasterRange

from ..engine.errors import FlacRasterError
from ..engine.job import NO_JOB, Job
from ..engine.model.transform import Bounds
from . import qgis_versions
from .band_values import BandValues
from .moments import Moments, SampleArea, sampling_level
from .open_raster import OpenRaster

#: Cached results; a map that stretches its colors to each view asks with every move.
_MAX_CACHED = 100
#: Nodata of a band: whether its own value counts as nodata, and ranges that the user declared.
Nodata = tuple[bool, Sequence[QgsRasterRange]]


def compute_statistics(
    opened: OpenRaster,
    band: int,
    bands: Sequence[BandValues],
    nodata: Sequence[Nodata],
    bounds: Bounds,
    sample_size: int,
    job: Job = NO_JOB,
) -> Moments:
    """Compute the statistics of a band, and of all bands in its tiles, because reading costs most.

    Parameters
    ----------
    band : int
        From 1; ``bands`` and ``nodata`` are those of all bands.
    bounds : Bounds
        Only pixels with their center inside count.
    sample_size : int
        Number of pixels that suffices, so that an overview may be used; 0 for all pixels of full
        resolution.

    Raises
    ------
    CorruptTile
        If a tile is damaged: statistics of the other tiles would be wrong.
    Cancelled
    """
    level = sampling_level(opened.georeference, opened.grid, bounds, sample_size)
    numbers = opened.bands_in_tile(band)
    ranges = tuple(_comparable(nodata[n - 1]) for n in numbers)
    key = level.number, bounds, numbers.start, ranges
    moments = opened.statistics.get(key)
    if moments is None:
        area = SampleArea.from_bounds(opened.georeference, level, bounds)
        moments = _scan(opened, numbers, bands, nodata, area, job)
        if level.number:  # averaging removes peaks
            for i, n in enumerate(numbers):
                stored = stored_min_max(opened, n, bands[n - 1], nodata[n - 1], bounds)
                if moments[i].count and stored is not None:
                    moments[i] = replace(moments[i], minimum=stored[0], maximum=stored[1])
        if len(opened.statistics) >= _MAX_CACHED:
            opened.statistics.clear()
        opened.statistics[key] = moments
    return moments[band - numbers.start]


def stored_min_max(
    opened: OpenRaster, number: int, band: BandValues, nodata: Nodata, bounds: Bounds
) -> tuple[float, float] | None:
    """Return minimum and maximum of a whole band from the file header, as QGIS gets the values.

    None if they are unknown: for a part of the raster, and after changes of nodata by the user.
    """
    use_nodata, ranges = nodata
    stored = opened.raster.min_max(number)
    is_whole = bounds == opened.georeference.bounds and not opened.is_clipped
    if stored is None or not use_nodata or ranges or not is_whole:
        return None
    low, high = sorted(band.to_qgis(np.array(stored, band.stored)).astype(np.float64).tolist())
    return None if math.isnan(low) or math.isnan(high) else (low, high)


def set_min_max(result: QgsRasterBandStats, low: float, high: float) -> None:
    """Set minimum, maximum and range of a result for QGIS."""
    result.statsGathered = qgis_versions.MIN_MAX
    result.minimumValue, result.maximumValue, result.range = low, high, high - low


def set_moments(result: QgsRasterBandStats, moments: Moments) -> None:
    """Set all statistics of a result for QGIS."""
    if moments.count:
        set_min_max(result, moments.minimum, moments.maximum)
        result.mean, result.sum = moments.mean, moments.total
        result.sumOfSquares, result.stdDev = moments.squares, moments.deviation
    result.elementCount = moments.count
    result.statsGathered = qgis_versions.ALL_STATISTICS


def _scan(
    opened: OpenRaster,
    numbers: range,
    bands: Sequence[BandValues],
    nodata: Sequence[Nodata],
    area: SampleArea,
    job: Job,
) -> list[Moments]:
    result = [Moments()] * len(numbers)
    tiles = area.tiles(numbers.start - 1)
    keys = tiles.keys_at(opened.raster.head.index.stored(tiles).numbers)
    pixel_count = 0
    for key, tile in opened.tiles(keys, numbers, opened.cacheable_bands(keys), job):
        if isinstance(tile, FlacRasterError):
            raise tile
        selected = area.selection(opened.grid.tile_window(key))
        pixel_count += int(np.count_nonzero(selected))
        if tile.mask is not None:
            selected &= tile.mask
        for i, n in enumerate(numbers):
            values = bands[n - 1].valid_values(tile.bands[n], selected, *nodata[n - 1])
            result[i] = result[i].merged(Moments.from_values(values))
    if len(keys) == len(tiles):
        return result
    # the other tiles contain only nodata, which is valid if the user has switched nodata off
    for i, n in enumerate(numbers):
        pixel = np.array([opened.nodata_pixel(n)])
        for value in bands[n - 1].valid_values(pixel, None, *nodata[n - 1]).tolist():
            count = area.pixel_count() - pixel_count
            result[i] = result[i].merged(Moments.from_constant(value, count))
    return result


def _comparable(nodata: Nodata) -> tuple:
    use_nodata, ranges = nodata
    return use_nodata, tuple((part.min(), part.max(), part.bounds()) for part in ranges)
