"""``flac-raster convert``."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Optional

import typer

from .. import convert
from ..errors import printable
from ..operations import ConvertResult
from ..operations.convert import BY_FORMAT, default_output
from ..operations.names import is_gdal_name
from ..operations.opening import local_name
from ..operations.variables import is_several
from ..options import DEFAULT_EFFORT, EFFORTS, INTERLEAVES, OVERVIEW_RESAMPLING
from ..storage.file_urls import local_path
from ..storage.name_parts import scheme_of
from ..storage.urls import redact
from . import batch, console, shared_options
from .shared_options import chosen_workers


def command(
    sources: list[str] = typer.Argument(
        ...,
        metavar="INPUT...",
        help="A raster of any format, or FLAC. A second name is the output if no such file exists. "
        "With --out-dir, any number of rasters; - reads their names from standard input.",
    ),
    output: Optional[Path] = typer.Option(
        None,
        "--output",
        "-o",
        metavar="OUTPUT",
        help="x.flac, or x.tif for GeoTIFF. Default: INPUT with .flac, or .tif if INPUT is FLAC; "
        "of several variables, a file each: x_tas.flac.",
    ),
    folder: Optional[Path] = typer.Option(
        None, "--out-dir", metavar="FOLDER", help="Convert any number of rasters into this folder."
    ),
    effort: str = typer.Option(
        DEFAULT_EFFORT,
        metavar="|".join(EFFORTS),
        help="How hard the encoder tries to reduce the size; fast files are the fastest to read.",
    ),
    compression_level: Optional[int] = shared_options.COMPRESSION_LEVEL,
    tile_size: Optional[int] = typer.Option(
        None,
        metavar="PIXELS",
        help="A multiple of 16. Default: 1024 for rasters of up to 2048 x 2048 pixels, 512 up to "
        "4096 x 4096, 256 for larger ones, of which parts are read; longer tiles for thin rasters; "
        "128 for long time series.",
    ),
    overview_resampling: Optional[str] = typer.Option(
        None,
        metavar="|".join(OVERVIEW_RESAMPLING),
        help="Overview resampling; auto uses mode for categorical rasters, else average. Default: "
        "auto for FLAC and --cog, none for a plain GeoTIFF.",
    ),
    interleave: str = typer.Option(
        "auto",
        metavar="|".join(INTERLEAVES),
        help="Bands that share a tile: all (pixel, the smallest file), none (band, where one band "
        "can be read alone), or up to four (auto), whole dates where bands have times.",
    ),
    tile_bands: Optional[int] = typer.Option(
        None, metavar="N", min=1, help="Instead: how many bands share a tile."
    ),
    times: Optional[Path] = typer.Option(
        None,
        metavar="FILE.csv",
        help="The time of each band, one line each: its start and, if needed, its end (not part of "
        "it) and a label that tells bands of one date apart, such as red. Default: what the raster "
        "says.",
    ),
    time_start: Optional[str] = typer.Option(
        None,
        metavar="TIME",
        help="Instead: the time of the first band, such as 2020-01 or 2020-01-01T00:00.",
    ),
    time_step: Optional[str] = typer.Option(
        None,
        metavar="STEP",
        help="From one band to the next, such as P1M, P16D or PT6H. Default: all bands have the "
        "same time.",
    ),
    variable: Optional[str] = typer.Option(
        None,
        metavar="NAME,...",
        help="Variables to convert of NetCDF, HDF5, GRIB or Zarr. Default: all but bounds and "
        "coordinates.",
    ),
    stack: bool = typer.Option(
        False,
        "--stack",
        help="Put variables of one grid and the same times into one file, date by date.",
    ),
    crs: Optional[str] = typer.Option(
        None,
        "--crs",
        metavar="CRS",
        help="Assign a CRS, such as EPSG:4326, to a raster that has none.",
    ),
    workers: Optional[int] = shared_options.WORKERS,
    processes: Optional[int] = typer.Option(
        None, metavar="N", min=1, help="Number of processes to use instead of threads."
    ),
    dask: Optional[str] = typer.Option(
        None, metavar="ADDRESS", help="Use a Dask cluster, such as tcp://host:8786."
    ),
    cache: Optional[Path] = shared_options.CACHE,
    cache_size: int = shared_options.CACHE_SIZE,
    cog: bool = typer.Option(False, "--cog", help="Write a Cloud Optimized GeoTIFF."),
    overwrite: bool = shared_options.OVERWRITE,
    skip_identical: Optional[bool] = typer.Option(
        None,
        "--skip-identical/--no-skip-identical",
        help="Skip OUTPUT if it is identical to this raster, with statistics and histograms. "
        "Default: only with --out-dir.",
    ),
    spatial: bool = typer.Option(
        False, "--spatial", "-s", help="Accepted for scripts: FLAC rasters are always tiled."
    ),
    as_json: bool = shared_options.JSON,
    verbose: bool = typer.Option(False, "--verbose", "-v", help="Print sizes and speed too."),
) -> None:
    """Convert rasters to FLAC, or FLAC rasters to GeoTIFF, without loss.

    The suffix of the output determines the direction: .flac, or .tif for GeoTIFF. With --out-dir, a
    raster that fails does not stop the others; the exit status is 2 if any failed. A rerun converts
    only what is missing. A file of several variables, such as NetCDF, becomes a file for each.
    """
    options: dict[str, Any] = {
        "effort": effort,
        "compression_level": compression_level,
        "tile_size": tile_size,
        "overview_resampling": overview_resampling or BY_FORMAT,
        "interleave": interleave,
        "tile_bands": tile_bands,
        "times": times,
        "time_start": time_start,
        "time_step": time_step,
        "variable": variable,
        "stack": stack,
        "crs": crs,
        "cog": cog,
        "overwrite": overwrite,
    }
    worker_options = chosen_workers(workers, processes, dask)
    if folder is not None:
        if output is not None:
            raise typer.BadParameter("Give either --output or --out-dir.")
        options["skip_identical"] = skip_identical is not False
        with shared_options.opened_cache(cache, cache_size) as options["cache"]:
            names = batch.names_of(sources)
            raise typer.Exit(batch.run(names, folder, worker_options, options, as_json))
    source, output = _source_and_output(sources, output)
    options["skip_identical"] = bool(skip_identical)
    if output is None and not stack and is_several(source, variable):
        place = default_output(source).parent
        with shared_options.opened_cache(cache, cache_size) as options["cache"]:
            raise typer.Exit(batch.run([source], place, worker_options, options, as_json))
    with shared_options.opened_cache(cache, cache_size) as options["cache"]:
        with console.working(f"Converting {local_name(source).name}") as job, worker_options as own:
            result = convert(source, output, **options, **own, job=job)
    show_result(result, as_json, verbose)


def _source_and_output(names: list[str], output: Optional[Path]) -> tuple[str, Optional[Path]]:
    """Return the raster and the output that arguments without --out-dir mean.

    A second name is the output only if nothing is there: ``*.tif`` may have become two rasters.
    """
    if batch.FROM_STDIN in names or len(names) > 2:
        raise typer.BadParameter("Several rasters need --out-dir, the folder to write to.")
    if len(names) == 1:
        return names[0], output
    source, second = names
    if output is not None:
        text = f"Give the output once: {redact(second)}, or --output {redact(str(output))}."
        raise typer.BadParameter(printable(text))
    path = local_path(second)
    if scheme_of(path) is not None or is_gdal_name(path):
        raise typer.BadParameter("Several rasters need --out-dir, the folder to write to.")
    if os.path.lexists(path):
        name = printable(redact(second))
        raise typer.BadParameter(
            f"{name} exists, so it is taken for a second raster. To convert both, give --out-dir, "
            f"the folder to write to; to replace it, give --output {name} --overwrite."
        )
    return source, Path(path)


def show_result(result: ConvertResult, as_json: bool = False, verbose: bool = False) -> None:
    """Print the result of a conversion, with its warnings."""
    for warning in result.warnings:
        console.warn(warning)
    if as_json:
        console.print_json(result.to_dict())
        return
    console.out.print(_line(result))
    for note in result.notes:
        console.note(note)
    if verbose:
        _show_more(result)


def _line(result: ConvertResult) -> str:
    name = console.text(result.output)
    if result.skipped:
        return f"{name} holds {console.text(result.input)} already: skipped, {result.seconds:.1f} s"
    pixels = console.size(result.uncompressed_bytes)
    return (
        f"{name}: {console.size(result.output_bytes)}, "
        f"{console.percent_of(result.size_ratio, pixels)} of pixels, {result.seconds:.1f} s"
    )


def _show_more(result: ConvertResult) -> None:
    rows: Any = console.table("", ">")
    rows.add_row("input", console.size(result.input_bytes))
    rows.add_row("pixels", console.size(result.uncompressed_bytes))
    rows.add_row("output", console.size(result.output_bytes))
    speed = result.uncompressed_bytes / 1e6 / max(result.seconds, 1e-9)
    rows.add_row("speed", f"{speed:.1f} MB/s of pixels")
    console.out.print(rows)
