"""Write arrays and datasets of xarray as FLAC rasters, window by window."""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterator
from concurrent.futures import Executor
from typing import Any

import xarray

from ..errors import InputError, Message
from ..job import NO_JOB, Job
from ..model.metadata import Number
from ..options import DEFAULT_EFFORT, renamed_keywords
from ..storage.output import PathLike, check_output, local_output
from ..storage.urls import has_flac_suffix
from ..writing.options import WriteOptions
from ..writing.writer import write_raster
from .grid_mapping import GivenCrs
from .packing import NotExact
from .raster import XarrayObject, XarrayRaster


@renamed_keywords(level="compression_level", overviews="overview_resampling")
def to_flac(
    obj: XarrayObject,
    path: PathLike,
    *,
    crs: GivenCrs | None = None,
    nodata: Number | None = None,
    effort: str = DEFAULT_EFFORT,
    compression_level: int | None = None,
    tile_size: int | None = None,
    tile_bands: int | None = None,
    overview_resampling: str = "auto",
    interleave: str = "auto",
    workers: int | None = None,
    executor: Executor | None = None,
    style: str | None = None,
    overwrite: bool = False,
    job: Job = NO_JOB,
) -> None:
    """Write an array or a dataset of xarray as a FLAC raster.

    Arrays that are not computed or read yet are so window by window. What is not kept is told by a
    `UserWarning`.

    Parameters
    ----------
    obj : xarray.DataArray or xarray.Dataset
        Of numbers, with dimensions of rows and columns, evenly spaced, and perhaps a time and
        others, in any order. The variables of a dataset, which must be of one type, are bands of
        one raster, date by date; those without rows and columns are left out.
    path : path
        ``.flac``.
    crs : str, int or object with ``to_wkt``, optional
        In place of what the grid mapping or the attributes say.
    nodata : int or float, optional
        In place of what the encoding or the attributes say; NaN is stored as this value.
    effort, compression_level, tile_size, tile_bands, overview_resampling, interleave
        See `flac_raster_qgis.engine.writing.options.WriteOptions`. All bands of some tiles are in
        memory at once, so smaller tiles need less of it.
    workers, style
        See there, too.
    executor : Executor, optional
        See `flac_raster_qgis.engine.operations.convert.convert`.
    overwrite : bool
        Replace an existing file.
    job : Job, optional
        Its progress counts tiles.

    Raises
    ------
    InputError
        If coordinates are uneven, variables do not fit together, or values cannot be computed.
    UnsupportedRaster
        For data types that rasters cannot have.
    OutputExists, OutputError, Cancelled
        An existing file is then left unchanged.

    Notes
    -----
    Values that xarray unpacked by an ``encoding`` are packed again, if unpacking them gives the
    same ones bit for bit. Bounds of times make intervals, and calendars other than the standard one
    keep their name.
    """
    output = local_output(path)
    if not has_flac_suffix(os.fspath(output)):
        found = Message("suffix.other" if output.suffix else "suffix.none", found=output.suffix)
        raise InputError("output.flac_suffix", output, found=found)
    options = WriteOptions(
        effort=effort,
        compression_level=compression_level,
        tile_size=tile_size,
        tile_bands=tile_bands,
        overview_resampling=overview_resampling,
        interleave=interleave,
        workers=workers,
        title=output.stem,
        style=style,
    )
    raster = XarrayRaster(obj, crs=crs, nodata=nodata, packs=True)
    check_output(output, overwrite=overwrite, inputs=tuple(_sources(obj)))
    notes = list(raster.warnings)
    try:
        write_raster(raster, output, options, job, executor)
    except NotExact:
        packed = raster.metadata.dtype
        raster = XarrayRaster(obj, crs=crs, nodata=nodata)
        write_raster(raster, output, options, job, executor)
        notes.append(
            Message("note.unpacked", raster.name, found=raster.metadata.dtype, expected=packed)
        )
    for note in notes:
        warnings.warn(note, UserWarning, stacklevel=3)


def _sources(obj: XarrayObject) -> Iterator[str]:
    """Yield the files that an object is read from."""
    parts: list[Any] = [obj, *(obj.variables if isinstance(obj, xarray.Dataset) else {}).values()]
    for part in parts:
        source = part.encoding.get("source")
        if isinstance(source, str):
            yield source
