"""Prove that an output already holds a raster, so that it need not be made again."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from ..errors import Cancelled, FlacRasterError
from ..job import Job
from ..model.raster import Raster
from ..parallel.executors import executor_for
from ..parallel.ordered import in_order
from ..reading.flac_raster import FlacRaster
from .compare import has_same_pixels
from .metadata_diff import metadata_differences, missing_statistics
from .opening import open_raster


def missing_in(path: Path, raster: Raster, workers: int | None, job: Job) -> str | None:
    """Say why a file does not hold a raster, None if it does: all pixels, all metadata.

    Statistics and histograms that the raster has must be there too; that the file has others, as
    any program may leave them beside it, does not matter. Every tile of a FLAC raster is decoded
    and checked by its MD5, those of the coarser levels too. A file that cannot be read holds
    nothing.

    Returns
    -------
    str or None
        A few words.
    """
    try:
        with open_raster(path, workers=workers) as made:
            metadata = raster.metadata, made.metadata
            differences = [found.what for found in metadata_differences(*metadata)]
            differences += missing_statistics(*metadata)
            if differences:
                return f"different {differences[0]}"
            if not has_same_pixels(raster, made, job):
                return "different pixels"
            if isinstance(made, FlacRaster):
                _check_coarser_levels(made, workers, job)
            return None
    except Cancelled:
        raise
    except FlacRasterError:  # if it was the raster that failed, converting it will say so
        return "not readable"


def _check_coarser_levels(raster: FlacRaster, workers: int | None, job: Job):
    coarser = (partial(raster.read_tile, key) for key in raster.grid.keys() if key.level)
    with executor_for(workers) as (executor, count):
        for _ in in_order(executor, coarser, 2 * count, job):
            continue
