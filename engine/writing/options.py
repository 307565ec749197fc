"""Options for writing a FLAC raster."""

from __future__ import annotations

from dataclasses import dataclass
from numbers import Integral

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
        Pixels, a multiple of 16; default what suits the raster, see
        `flac_raster_qgis.engine.writing.grid_choice`.
    tile_bands : int, optional
        How many bands share a tile, instead of ``interleave``.
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
    tile_bands: int | None = None
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
        if self.tile_bands is not None:
            if self.interleave != "auto":
                raise InputError("option.tile_bands_and_interleave")
            if not isinstance(self.tile_bands, Integral) or self.tile_bands < 1:
                raise InputError("option.tile_bands", found=self.tile_bands)
        resolve_workers(self.workers)
