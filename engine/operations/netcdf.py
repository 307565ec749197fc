"""Write a raster as NetCDF atomically, through xarray."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import closing
from pathlib import Path

import numpy as np

from ..errors import InputError, Message, MissingDependency
from ..job import Job
from ..model.grid import Window
from ..model.metadata import RasterMetadata
from ..model.raster import MaskedPixels
from ..storage.output import atomic_write

NETCDF_SUFFIX = ".nc"


def write_netcdf(
    path: Path,
    metadata: RasterMetadata,
    blocks: Generator[tuple[Window, MaskedPixels], None, None],
    *,
    operation: str,
    job: Job,
) -> tuple[str, ...]:
    """Write NetCDF; all pixels are in memory at once.

    Parameters
    ----------
    path : Path
        Replaced at the end; `output.check_output` checks it before.
    metadata : RasterMetadata
    blocks : generator of (window, block)
        Every pixel once; closed in any case.
    operation : str
        Begins the sentence of `Cancelled`.
    job : Job
        Its progress counts pixels.

    Returns
    -------
    tuple of str
        A sentence about what the format cannot hold.
    """
    try:
        from ..xarray_io import netcdf
    except ImportError as error:
        raise MissingDependency(
            "package.missing", purpose=Message("purpose.netcdf"), package="xarray"
        ) from error
    netcdf.check_writable(metadata, str(path))
    shape = (metadata.height, metadata.width)
    try:
        pixels = np.empty((metadata.count, *shape), metadata.dtype)
        mask = np.ones(shape, bool) if metadata.has_mask else None
    except (MemoryError, ValueError) as error:
        raise InputError(
            "read.memory", path, bands=metadata.count, width=shape[1], height=shape[0]
        ) from error
    done, total = 0, shape[0] * shape[1]
    with closing(blocks), atomic_write(path) as part:
        for window, (block, block_mask) in blocks:
            job.check(operation)
            rows, columns = window.slices
            pixels[:, rows, columns] = block
            if mask is not None and block_mask is not None:
                mask[rows, columns] = block_mask
            done += window.width * window.height
            job.progress(done, total)
        job.check(operation)
        lost = netcdf.write_netcdf(part, metadata, pixels, mask, str(path))
        job.check(operation)
    return lost
