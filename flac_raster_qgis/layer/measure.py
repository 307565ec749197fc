"""Statistics of all bands of an open raster, from as few tiles as the question needs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from qgis.core import QgsRasterRange

from ..engine.errors import FlacRasterError
from ..engine.grid import Bounds
from ..engine.parallel import IsCancelled, never_cancelled
from .bands import BandValues
from .opened import OpenRaster
from .statistics import Area, Moments, sampling_level

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
    is_cancelled: IsCancelled = never_cancelled,
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
    is_cancelled : callable

    Returns
    -------
    Moments

    Raises
    ------
    CorruptTile
        If a tile is damaged: what the others hold would be passed off as the whole.
    Cancelled
    """
    level = sampling_level(opened.place, opened.grid, bounds, sample_size)
    numbers = opened.bands_beside(band)
    question = (
        level.number,
        bounds,
        numbers.start,
        tuple(_comparable(nodata[n - 1]) for n in numbers),
    )
    known = opened.statistics.get(question)
    if known is None:
        area = Area.of(opened.place, level, bounds)
        known = _scan(opened, numbers, bands, nodata, area, is_cancelled)
        if level.number and bounds == opened.place.bounds and list(nodata) == [(True, [])]:
            known = [_with_true_extremes(known[0], bands[0], opened)]
        if len(opened.statistics) >= _REMEMBERED:
            opened.statistics.clear()
        opened.statistics[question] = known
    return known[band - numbers.start]


def _with_true_extremes(found: Moments, band: BandValues, opened: OpenRaster) -> Moments:
    """Put the extremes of full resolution, which the head of the file has for all bands together.

    The mean of many pixels knows nothing of the highest peak.
    """
    head = opened.raster.head
    if not found.count or head.data_min is None or head.data_max is None:
        return found
    low, high = sorted(band.to_qgis(np.array([head.data_min, head.data_max], band.stored)).tolist())
    return replace(found, minimum=float(low), maximum=float(high))


def _scan(
    opened: OpenRaster,
    numbers: range,
    bands: Sequence[BandValues],
    nodata: Sequence[Nodata],
    area: Area,
    is_cancelled: IsCancelled,
) -> list[Moments]:
    result = [Moments()] * len(numbers)
    keys = area.keys(numbers.start - 1)
    for key, tile in opened.tiles(keys, numbers, opened.affordable(keys), is_cancelled):
        if isinstance(tile, FlacRasterError):
            raise tile
        there = area.selection(opened.grid.tile_window(key))
        if tile.mask is not None:
            there &= tile.mask
        for n, number in enumerate(numbers):
            use_nodata, ranges = nodata[number - 1]
            plane = tile.bands[number]
            counted = bands[number - 1].counted(plane, there, use_nodata, ranges)
            result[n] = result[n].joined(Moments.of(counted))
    return result


def _comparable(nodata: Nodata) -> tuple:
    use_nodata, ranges = nodata
    return use_nodata, tuple((part.min(), part.max(), part.bounds()) for part in ranges)
