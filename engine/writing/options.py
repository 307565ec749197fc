"""Options for writing a FLAC raster."""

from __future__ import annotations

from dataclasses import dataclass

from ..errors import InputError
from ..model.grid import TILE_SIZES
from ..options import (
    COMPRESSION_LEVELS,
    DEFAULT_EFFORT,
    EFFORTS,
    INTERLEAVES,
    OVERVIEW_RESAMPLING,
    renamed_fields,
)
from ..parallel.executors import resolve_workers

#: What ``auto`` puts into one tile; see docs/format.md for the measurements behind it.
AUTO_TILE_BANDS = 4
#: Most bands of a date that ``auto`` keeps together.
MAX_DATE_BANDS = 16


@renamed_fields(level="compression_level", overviews="overview_resampling")
@dataclass(frozen=True)
class WriteOptions:
    """Options for writing a FLAC raster.

    Parameters
    ----------
    effort : str
        How much is tried to make tiles small: ``fast`` (and fast to read), ``balanced`` or
        ``small``.
    compression_level : int, optional
        Level of libFLAC, 0 (fast) to 8 (small); default what suits the coding of each tile.
    tile_size : int, optional
        Pixels, a multiple of 16; default `default_tile_size`.
    overview_resampling : str
        ``auto`` (mode for categorical rasters, else average), ``average``, ``mode``, ``nearest``
        or ``none``.
    interleave : str
        Which bands share a tile: ``pixel`` for all, ``band`` for none, or ``auto``.
    workers : int, optional
        Tiles encoded at once; default one per processor.
    title, date : str, optional
        Tags that audio programs show.
    style : str, optional
        Text of a style of QGIS (QML), which layers in QGIS get.
    """

    effort: str = DEFAULT_EFFORT
    compression_level: int | None = None
    tile_size: int | None = None
    overview_resampling: str = "auto"
    interleave: str = "auto"
    workers: int | None = None
    title: str = ""
    date: str | None = None
    style: str | None = None

    def __post_init__(self) -> None:
        for code, found, values in (
            ("option.effort", self.effort, EFFORTS),
            ("option.overview_resampling", self.overview_resampling, OVERVIEW_RESAMPLING),
            ("option.interleave", self.interleave, INTERLEAVES),
        ):
            if found not in values:
                raise InputError(code, found=found, expected=", ".join(values))
        if self.compression_level not in (None, *COMPRESSION_LEVELS):
            raise InputError("option.compression_level", found=self.compression_level)
        if self.tile_size is not None and self.tile_size not in TILE_SIZES:
            raise InputError(
                "option.tile_size",
                found=self.tile_size,
                smallest=TILE_SIZES[0],
                expected=TILE_SIZES[-1],
            )
        resolve_workers(self.workers)


def tile_bands(count: int, interleave: str, of_a_date: int = 1) -> int:
    """Choose how many of a raster's bands share a tile; see `WriteOptions`.

    Where each date has as many bands, ``auto`` puts whole dates into a tile, so that showing one
    does not read others.
    """
    auto = AUTO_TILE_BANDS
    if of_a_date <= auto:
        auto -= auto % of_a_date
    elif of_a_date <= MAX_DATE_BANDS:
        auto = of_a_date
    return min(count, {"pixel": count, "band": 1, "auto": auto}[interleave])
