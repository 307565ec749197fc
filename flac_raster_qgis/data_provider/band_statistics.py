"""Statistics of all bands of an open raster, from as few tiles as the question needs."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from qgis.core import QgsRasterRange

from ..engine.errors import FlacRasterError
from ..engine.job import NO_JOB, Job
from ..engine.model.grid import Bounds
from .band_values import BandValues
from .moments import Area, Moments, sampling_level
from .open_raster import OpenRaster

#: Answers kept; a map that stretches its colours to each view asks with every move.
_REMEMBERED = 100
#: What counts as nodata in a band: its own value or not, and what the user declared.
Nodata = tuple[bool, Sequence[QgsRasterRange]]


def measure(
    opened: OpenRaster,
    band: int,
    bands: Sequence[BandValues],
    nodata: Sequence[Nodata],
    bounds: Bounds,
    sample_size: int,
    job: Job = NO_JOB,
) -> Moments:
    """Take the statistics of a band, and of all that share its tiles, because reading costs most.

    Parameters
    ----------
    opened : OpenRaster
    band : int
        From 1.
    bands : sequence of BandValues
        All bands.
    nodata : sequence of Nodata
        One per band.
    bounds : Bounds
        Pixels with their centre inside count.
    sample_size : int
        Pixels that suffice, so that a coarser level may do; 0 for all pixels of full resolution.
    job : Job, optional

    Returns
    -------
    Moments

    Raises
    ------
    CorruptTile
        If a tile is damaged: what the others hold would be passed off as the whole.
    Cancelled
    """
    level = sampling_level(opened.georeference, opened.grid, bounds, sample_size)
    numbers = opened.bands_beside(band)
    question = (
        level.number,
        bounds,
        numbers.start,
        tuple(_comparable(nodata[n - 1]) for n in numbers),
    )
    known = opened.statistics.get(question)
    if known is None:
        area = Area.of(opened.georeference, level, bounds)
        known = _scan(opened, numbers, bands, nodata, area, job)
        if level.number:
            known = [
                _with_extremes(
                    found, listed_extremes(opened, n, bands[n - 1], nodata[n - 1], bounds)
                )
                for n, found in zip(numbers, known)
            ]
        if len(opened.statistics) >= _REMEMBERED:
            opened.statistics.clear()
        opened.statistics[question] = known
    return known[band - numbers.start]


def listed_extremes(
    opened: OpenRaster, number: int, band: BandValues, nodata: Nodata, bounds: Bounds
) -> tuple[float, float] | None:
    """Return the smallest and largest value of a whole band that the head of the file lists.

    Parameters
    ----------
    opened : OpenRaster
    number : int
        Of the band, from 1.
    band : BandValues
        The band.
    nodata : Nodata
        What the user changed about it is not in the list.
    bounds : Bounds
        None are listed of a part of the raster.

    Returns
    -------
    tuple of float, optional
        As QGIS gets the values, None where they are not known.
    """
    use_nodata, ranges = nodata
    listed = opened.raster.min_max(number)
    is_whole = bounds == opened.georeference.bounds and not opened.is_clipped
    if listed is None or not use_nodata or ranges or not is_whole:
        return None
    low, high = sorted(band.to_qgis(np.array(listed, band.stored)).astype(np.float64).tolist())
    return None if math.isnan(low) or math.isnan(high) else (low, high)


def _with_extremes(found: Moments, listed: tuple[float, float] | None) -> Moments:
    """Put the extremes of full resolution: the mean of many pixels knows nothing of a peak."""
    if not found.count or listed is None:
        return found
    return replace(found, minimum=listed[0], maximum=listed[1])


def _scan(
    opened: OpenRaster,
    numbers: range,
    bands: Sequence[BandValues],
    nodata: Sequence[Nodata],
    area: Area,
    job: Job,
) -> list[Moments]:
    result = [Moments()] * len(numbers)
    tiles = area.keys(numbers.start - 1)
    keys = tiles.keys_at(opened.raster.head.index.stored(tiles).numbers)
    looked_at = 0
    for key, tile in opened.tiles(keys, numbers, opened.affordable(keys), job):
        if isinstance(tile, FlacRasterError):
            raise tile
        there = area.selection(opened.grid.tile_window(key))
        looked_at += int(np.count_nonzero(there))
        if tile.mask is not None:
            there &= tile.mask
        for n, number in enumerate(numbers):
            use_nodata, ranges = nodata[number - 1]
            plane = tile.bands[number]
            counted = bands[number - 1].counted(plane, there, use_nodata, ranges)
            result[n] = result[n].joined(Moments.of(counted))
    if len(keys) == len(tiles):
        return result
    # the other tiles are full of nodata, which counts if the user has said so
    one_each = [
        bands[n - 1].counted(opened.nodata_pixel(n)[np.newaxis], None, *nodata[n - 1])
        for n in numbers
    ]
    if any(one.size for one in one_each):
        count = area.pixel_count() - looked_at
        for n, one in enumerate(one_each):
            if one.size:
                result[n] = result[n].joined(Moments.of_equal(float(one[0]), count))
    return result


def _comparable(nodata: Nodata) -> tuple:
    use_nodata, ranges = nodata
    return use_nodata, tuple((part.min(), part.max(), part.bounds()) for part in ranges)
