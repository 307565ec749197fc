"""Write a GeoTIFF atomically, and report what it could not hold."""

from __future__ import annotations

import os
from collections.abc import Generator
from contextlib import ExitStack, closing
from pathlib import Path

from ..errors import Message
from ..job import Job
from ..model.grid import Window
from ..model.metadata import RasterMetadata
from ..model.raster import MaskedPixels
from ..storage.output import atomic_write, check_replaceable, remove_stale
from .metadata_diff import lost_metadata

GEOTIFF_SUFFIXES = (".tif", ".tiff")


def write_geotiff(
    path: Path,
    metadata: RasterMetadata,
    blocks: Generator[tuple[Window, MaskedPixels], None, None],
    *,
    operation: str,
    threads: int,
    cog: bool,
    overview_resampling: str = "auto",
    job: Job,
) -> tuple[str, ...]:
    """Write a GeoTIFF or Cloud Optimized GeoTIFF, with a sidecar if it needs one.

    Parameters
    ----------
    path : Path
        Replaced at the end; `output.check_output` checks it before.
    metadata : RasterMetadata
    blocks : generator of (window, block)
        Every pixel once; closed in any case.
    operation : str
        Begins the sentence of `Cancelled`.
    threads : int
        Of GDAL.
    cog : bool
    overview_resampling : str
        See `rasterio_io.pyramids.resampling`, or ``none``.
    job : Job
        Its progress counts pixels.

    Returns
    -------
    tuple of str
        A sentence for each item that the format cannot hold.
    """
    from ..rasterio_io.environment import rasterio_environment
    from ..rasterio_io.names import utf8_names
    from ..rasterio_io.pyramids import build_overviews, cog_overviews, resampling
    from ..rasterio_io.sidecar import SIDECAR, sidecars, write_sidecar
    from ..rasterio_io.writer import (
        GeoTiffWriter,
        check_written,
        copy_geotiff,
        needs_copy,
        reading_back,
    )

    cog_options = cog_overviews(metadata, overview_resampling) if cog else None
    adds_overviews = not cog and overview_resampling != "none"
    if adds_overviews:
        resampling(metadata, overview_resampling)  # fails before any work is done
    done, total = 0, metadata.width * metadata.height
    for beside in filter(os.path.lexists, sidecars(path)):  # they go with the replaced raster
        check_replaceable(beside)
    with ExitStack() as stack:
        stack.enter_context(rasterio_environment())  # once, not for each block
        stack.enter_context(closing(blocks))
        part = stack.enter_context(atomic_write(path, SIDECAR))
        is_copy = cog or needs_copy(metadata)
        plain = part.with_suffix(".plain.tif") if is_copy else part
        gdal_part, gdal_plain = stack.enter_context(utf8_names(part, plain))
        writer = GeoTiffWriter(gdal_plain, path, metadata, threads)
        try:
            for window, block in blocks:
                job.check(operation)
                writer.write_block(window, block)
                done += window.width * window.height
                job.progress(done, total)
        finally:
            writer.close()
        job.check(operation)
        if is_copy:
            with reading_back(path):
                write_sidecar(gdal_plain, metadata)  # nodata counts in overviews
            copy_geotiff(gdal_plain, gdal_part, path, metadata, threads, cog_options)
        if adds_overviews:
            with reading_back(path):
                has_sidecar = write_sidecar(gdal_part, metadata)
            build_overviews(gdal_part, path, metadata, overview_resampling, threads, has_sidecar)
        check_written(gdal_part, path, writer.written)
        for beside in sidecars(part):  # what the copy left there is incomplete
            beside.unlink(missing_ok=True)
        has_sidecar = write_sidecar(part, metadata)
        job.check(operation)
    for stale in sidecars(path)[1 if has_sidecar else 0 :]:  # of the file that was replaced
        remove_stale(stale)
    return lost_metadata(metadata, path, "GeoTIFF", Message("note.the_flac_file"))
