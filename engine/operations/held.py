"""Prove that an output already holds a raster, so that it need not be made again."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from ..errors import Cancelled, FlacRasterError
from ..parallel import IsCancelled, Progress, executor_for, in_order
from ..raster import Raster
from ..reader import FlacRaster
from .compare import is_identical
from .opening import open_raster


def already_holds(
    path: Path, raster: Raster, workers: int | None, progress: Progress, is_cancelled: IsCancelled
) -> bool:
    """Whether a file is whole, and identical to a raster in all pixels and metadata.

    Every tile of a FLAC raster is decoded and checked by its MD5, those of the coarser levels too.
    A file that cannot be read holds nothing.
    """
    try:
        with open_raster(path, workers=workers) as made:
            if not is_identical(raster, made, progress, is_cancelled):
                return False
            if isinstance(made, FlacRaster):
                _check_coarser_levels(made, workers, is_cancelled)
            return True
    except Cancelled:
        raise
    except FlacRasterError:  # if it was the raster that failed, converting it will say so
        return False


def _check_coarser_levels(raster: FlacRaster, workers: int | None, is_cancelled: IsCancelled):
    coarser = (partial(raster.read_tile, key) for key in raster.grid.keys() if key.level)
    with executor_for(workers) as (executor, count):
        for _ in in_order(executor, coarser, 2 * count, is_cancelled):
            continue
