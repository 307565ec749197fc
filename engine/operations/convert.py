"""Convert a raster to FLAC, or a FLAC raster to GeoTIFF, without loss."""

from __future__ import annotations

import os
import time
from collections.abc import Generator, Sequence
from concurrent.futures import Executor
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from ..errors import InputError, Message, OutputExists
from ..job import NO_JOB, Job
from ..legacy.streaming_writer import StreamingOptions, write_streaming
from ..model.grid import Grid, Window
from ..model.metadata import uncompressed_size
from ..model.raster import MaskedPixels, Raster
from ..options import DEFAULT_EFFORT, LAYOUTS, STREAMING, TILED, renamed_keywords
from ..parallel.executors import resolve_workers, shares_memory
from ..parallel.ordered import ATTEMPTS, Call, ordered_results
from ..parallel.raster_reference import RasterWindow, reference_for
from ..reading.flac_raster import FlacRaster
from ..storage.cache import Cache
from ..storage.file_names import append_ending
from ..storage.output import PathLike, check_output, file_size, local_output
from ..storage.urls import FLAC_SUFFIX, redact
from ..writing.options import WriteOptions
from ..writing.traversal import iter_tile_pixels, iter_tile_windows
from ..writing.writer import write_raster
from .compare import missing_in
from .geotiff import GEOTIFF_SUFFIXES, write_geotiff
from .given_crs import with_given_crs, with_place_notes
from .given_times import GivenTime, with_given_times
from .metadata_diff import lost_metadata
from .names import plain_part
from .notes import overview_notes, unused_options
from .opening import (
    RasterName,
    display_name,
    file_bytes,
    is_flac_name,
    local_name,
    retry_on_change,
    stat_or_none,
    suffix_of,
)
from .variables import Choice, open_variables, single_name

#: As ``overview_resampling``: what suits the format of the output.
BY_FORMAT = "default"


@dataclass(frozen=True)
class ConvertResult:
    """Result of a conversion.

    Parameters
    ----------
    output : str
    input_bytes : int or None
        Of the input file; None where it is not one local file.
    uncompressed_bytes : int
        Size of the pixels.
    output_bytes : int
    seconds : float
    warnings : tuple of str
        What the output format cannot hold, or the input has lost, one sentence each.
    skipped : bool
        The output held the raster already, and was left as it was.
    notes : tuple of str
        What happened to overviews, which are not part of the raster, and which options had no
        effect.
    """

    input: str
    output: str
    input_bytes: int | None
    uncompressed_bytes: int
    output_bytes: int
    seconds: float
    warnings: tuple[str, ...] = ()
    skipped: bool = False
    notes: tuple[str, ...] = ()

    @property
    def size_ratio(self) -> float:
        """Encoded size divided by uncompressed size; smaller is better."""
        return self.output_bytes / self.uncompressed_bytes

    def to_dict(self) -> dict[str, Any]:
        """Return plain values for JSON."""
        lists = {"warnings": list(self.warnings), "notes": list(self.notes)}
        return {**asdict(self), **lists, "size_ratio": self.size_ratio}


def default_output(
    name: RasterName, folder: Path | None = None, variable: str | None = None
) -> Path:
    """Return the output where none is given: ``x.tif`` for ``x.flac``, else ``x.flac``.

    The default folder is that of a local file, and for URLs the current one; nothing in a name
    leads out of it. A variable in a file is named after both: ``x_tas.flac``, ``x_group_tas.flac``.
    Raises `InputError` if no part of the name can be one for the output.
    """
    local = local_name(name)
    if local.name in ("", "..") and os.path.isdir(display_name(name) or "-"):
        raise InputError("output.no_name_of_folder", display_name(name))
    if local.name in ("", ".."):
        text = redact(display_name(name))
        code = "output.no_name" if text else "input.none"
        raise InputError(code, text)
    ending = GEOTIFF_SUFFIXES[0] if is_flac_name(name) else FLAC_SUFFIX
    stem = local.with_suffix("")
    if variable is not None:
        stem = stem.with_name("_".join(filter(None, (stem.name, plain_part(variable)))))
    return append_ending(stem if folder is None else folder / stem.name, ending)


def default_streaming_output(name: RasterName) -> Path:
    """Name of an output of the streaming layout where none is given: ``x_streaming.flac``."""
    return append_ending(default_output(name).with_suffix(""), f"_streaming{FLAC_SUFFIX}")


@renamed_keywords(level="compression_level", overviews="overview_resampling")
@retry_on_change
def convert(
    source: RasterName,
    /,
    output: PathLike | None = None,
    *,
    effort: str = DEFAULT_EFFORT,
    compression_level: int | None = None,
    tile_size: int | None = None,
    tile_bands: int | None = None,
    overview_resampling: str = BY_FORMAT,
    interleave: str = "auto",
    layout: str = TILED,
    times: PathLike | Sequence[GivenTime] | None = None,
    time_start: str | datetime | None = None,
    time_step: str | None = None,
    variable: Choice = None,
    stack: bool = False,
    crs: str | None = None,
    workers: int | None = None,
    executor: Executor | None = None,
    cog: bool = False,
    overwrite: bool = False,
    skip_identical: bool = False,
    style: str | None = None,
    cache: Cache | None = None,
    job: Job = NO_JOB,
) -> ConvertResult:
    """Convert a raster; the suffix of the output determines the direction.

    Parameters
    ----------
    source : path, URL or open FlacRaster
        A FLAC raster (``.flac``) or anything GDAL opens.
    output : path, optional
        ``.flac``, ``.tif`` or ``.tiff``; default `default_output`.
    effort, compression_level, tile_size, tile_bands, interleave
        Of a FLAC output, see `flac_raster_qgis.engine.writing.options.WriteOptions`; of the
        streaming layout tiles have 1024 pixels by default.
    overview_resampling : str
        How they are made: ``auto``, ``average``, ``mode``, ``nearest`` or ``none``; or ``default``,
        ``auto`` for FLAC and Cloud Optimized GeoTIFF and ``none`` for a plain GeoTIFF.
    layout : str
        Of a FLAC output: ``tiled``, or ``streaming`` for one that the package flac-raster reads,
        which has neither overviews nor most metadata; see
        `flac_raster_qgis.engine.legacy.streaming_writer`.
    times : path or sequence, optional
        The time of each band, in place of what the raster says: a CSV file with the columns
        ``start``, ``end`` and ``label``, or for each band a text such as ``"2020-07"``, a datetime,
        or a pair of start and end. Ends are not part of the interval.
    time_start : str or datetime, optional
        Instead: the time of the first band. A date, month or year makes intervals as long as the
        step; with a clock time, bands show instants.
    time_step : str, optional
        From one band to the next, such as ``"P1M"``, ``"P16D"`` or ``"PT6H"``; without it, all have
        the time of the first.
    variable : str or sequence of str, optional
        Of a file of several variables, such as NetCDF or GRIB: the one to convert. Several of them
        need ``stack``; `convert_files` makes a file of each.
    stack : bool
        Put several variables of one grid and the same times into one file, date by date, with the
        name of the variable as the label of each band.
    crs : str, optional
        Authority code or WKT of the CRS of a raster that has none; no pixel is moved.
    workers : int, optional
        Tiles worked on at once; default one per processor. With an executor, how many it works on
        at once.
    executor : Executor, optional
        Does the work on the tiles: any of `concurrent.futures`, `engine.parallel.processes`, Dask's
        ``client.get_executor(pure=False)``; default threads. The output is the same for all.
    cog : bool
        Write a Cloud Optimized GeoTIFF.
    overwrite : bool
        Replace an existing output.
    skip_identical : bool
        Leave an existing output alone, and that is no error, where it is proven to hold the raster:
        every pixel and all metadata are compared, every tile is checked. Where the raster has
        statistics or histograms, the output must have them too.
    style : str, optional
        Text of a style of QGIS (QML) to store in a FLAC output, where layers in QGIS find it.
    cache : Cache, optional
        Of a FLAC raster, see `flac_raster_qgis.engine.operations.opening.open_raster`.
    job : Job, optional
        Its progress counts steps.

    Returns
    -------
    ConvertResult

    Raises
    ------
    FlacRasterError
        On any failure; an existing output is left unchanged.
    """
    if output:
        path = local_output(output)
    else:
        path = default_output(source, variable=None if stack else single_name(variable))
    to_flac = is_flac_name(path)
    if not to_flac and path.suffix.lower() not in GEOTIFF_SUFFIXES:
        raise InputError("output.suffix", path, found=suffix_of(path))
    if overview_resampling == BY_FORMAT:
        overview_resampling = "auto" if to_flac or cog else "none"
    options = _flac_options(
        layout,
        tile_size,
        compression_level=compression_level,
        workers=workers,
        effort=effort,
        overview_resampling=overview_resampling,
        tile_bands=tile_bands,
        interleave=interleave,
        title=local_name(source).stem,
        style=style,
    )
    if layout != TILED and not to_flac:
        raise InputError("output.no_layout", path, layout=layout)
    started = time.monotonic()
    threads = workers if executor is None else None  # for what is done here in any case
    with open_variables(source, variable, stack, workers=threads, cache=cache, job=job) as (
        raster,
        left_out,
    ):
        check_output(path, overwrite=overwrite or skip_identical, inputs=(display_name(source),))
        raster = with_given_times(raster, times, time_start, time_step)
        raster = with_given_crs(raster, crs)
        metadata = raster.metadata
        warnings: tuple[str, ...] = ()
        notes: tuple[str, ...] = ()
        skipped = False
        if skip_identical and path.exists():
            missing = missing_in(path, raster, threads, job)
            skipped = missing is None
            if not skipped and not overwrite:
                raise OutputExists(
                    "output.differs", path, source=redact(display_name(source)), reason=missing
                )
        if skipped:
            job.progress(1, 1)
        elif to_flac:
            warnings = _write_flac(raster, path, options, executor, job)
        else:
            warnings = write_geotiff(
                path,
                metadata,
                _blocks(raster, executor, workers, job),
                operation="operation.conversion",
                threads=resolve_workers(threads),
                cog=cog,
                overview_resampling=overview_resampling,
                job=job,
            )
        if not skipped:
            made = overview_resampling if layout == TILED else "none"
            notes = overview_notes(raster, path, made, cog and not to_flac)
            kind = layout if to_flac else "geotiff"
            given = {
                "effort": effort,
                "interleave": interleave,
                "tile_bands": tile_bands,
                "compression_level": compression_level,
                "tile_size": tile_size,
                "cog": cog,
            }
            notes += unused_options(path, kind, given)
        notes = (*left_out, *notes)
        warnings += with_place_notes(raster)
    return ConvertResult(
        input=redact(display_name(source)),
        output=os.fspath(path),
        input_bytes=file_bytes(source),
        uncompressed_bytes=uncompressed_size(metadata),
        output_bytes=file_size(path),
        seconds=time.monotonic() - started,
        warnings=warnings,
        skipped=skipped,
        notes=notes,
    )


def _flac_options(
    layout: str,
    tile_size: int | None,
    *,
    compression_level: int | None,
    workers: int | None,
    **others: Any,
) -> WriteOptions | StreamingOptions:
    """Check the options of a FLAC output, whether they are needed or not."""
    if layout not in LAYOUTS:
        raise InputError("option.layout", found=layout, expected=", ".join(LAYOUTS))
    if layout == STREAMING:
        size = {} if tile_size is None else {"tile_size": tile_size}
        return StreamingOptions(compression_level=compression_level, workers=workers, **size)
    return WriteOptions(
        compression_level=compression_level, workers=workers, tile_size=tile_size, **others
    )


def _write_flac(
    raster: Raster,
    path: Path,
    options: WriteOptions | StreamingOptions,
    executor: Executor | None,
    job: Job,
) -> tuple[str, ...]:
    """Write a FLAC raster and say what it cannot hold."""
    if isinstance(options, StreamingOptions):
        write_streaming(raster, path, options, job, executor)
        return lost_metadata(
            raster.metadata, path, Message("note.streaming"), Message("note.the_input")
        )
    dated = replace(options, date=_date(raster))
    write_raster(raster, path, dated, job, executor)
    return ()


def _date(raster: Raster) -> str | None:
    """Date of the raster for audio programs: its own, else that of its file; never today's.

    So the same input gives the same bytes on any day.
    """
    if isinstance(raster, FlacRaster):
        return raster.head.tags.get("DATE")
    own = raster.metadata.tags.get("", {}).get("TIFFTAG_DATETIME", "")
    if own:
        return own[:10].replace(":", "-")
    status = stat_or_none(raster.name)
    if status is None:
        return None
    return datetime.fromtimestamp(status.st_mtime, tz=timezone.utc).date().isoformat()


def _blocks(
    raster: Raster, executor: Executor | None, workers: int | None, job: Job
) -> Generator[tuple[Window, MaskedPixels], None, None]:
    """Read all of a raster, wherever there are workers, and make sure that it belongs together."""
    reference = reference_for(raster)
    grid = _reading_grid(raster)
    if executor is None or shares_memory(executor) or reference is None:
        for key, block in iter_tile_pixels(raster, grid):
            yield grid.tile_window(key), block
    else:
        windows = iter_tile_windows(reference, raster.metadata, grid)
        calls = (Call(f"{raster.name}, {pixels.window}", _read, pixels) for _, pixels in windows)
        with ordered_results(
            calls, workers, executor, attempts=ATTEMPTS, job=job, operation="operation.conversion"
        ) as blocks:
            yield from blocks
    if reference is not None:
        reference.check_unchanged()


def _read(pixels: RasterWindow) -> tuple[Window, MaskedPixels]:
    """Read pixels in a worker."""
    return pixels.window, pixels.read()


def _reading_grid(raster: Raster) -> Grid:
    """Return what to read at once: whole blocks of the GeoTIFF, and as far as possible tiles."""
    size = raster.grid.tile_size if isinstance(raster, FlacRaster) else 0
    size = max(512, -(-size // 256) * 256)
    return Grid(raster.metadata.width, raster.metadata.height, size, 1)
