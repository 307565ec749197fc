"""``flac-raster extract``."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Optional

import typer

from .. import Area, extract
from ..operations import AreaPlan, ExtractResult
from ..operations.extract_collection import CollectionExtract, extract_collection
from ..operations.open_collection import is_collection_name
from ..operations.opening import local_name
from . import area_options, console, shared_options
from .query import read_summary, tile_summary


def command(
    file: str = typer.Argument(
        ..., metavar="FILE", help="A FLAC raster, or a collection of rasters: a file or a URL."
    ),
    output: Path = typer.Option(
        ...,
        "--output",
        "-o",
        metavar="OUTPUT.tif",
        help="The GeoTIFF to write, or NetCDF if it ends in .nc.",
    ),
    bbox: Optional[str] = area_options.BBOX,
    crs: Optional[str] = area_options.CRS,
    tile: Optional[int] = area_options.TILE,
    center: bool = area_options.CENTER_TILE,
    last: bool = area_options.LAST_TILE,
    level: Optional[int] = area_options.LEVEL,
    resolution: Optional[float] = area_options.RESOLUTION,
    bands: Optional[str] = area_options.BANDS,
    time: Optional[str] = area_options.TIME,
    whole_tiles: bool = typer.Option(
        False, "--whole-tiles", help="Keep all pixels of the tiles that the bbox overlaps."
    ),
    skip_damaged: bool = typer.Option(
        False,
        "--skip-damaged",
        help="Continue if tiles are damaged: their pixels become nodata, or masked without nodata.",
    ),
    cog: bool = typer.Option(False, "--cog", help="Write a Cloud Optimized GeoTIFF."),
    workers: Optional[int] = shared_options.WORKERS,
    cache: Optional[Path] = shared_options.CACHE,
    cache_size: int = shared_options.CACHE_SIZE,
    overwrite: bool = shared_options.OVERWRITE,
    as_json: bool = shared_options.JSON,
) -> None:
    """Write a part of a FLAC raster as GeoTIFF or NetCDF, downloading only the tiles it needs.

    Pixels are bit-exact. A GeoTIFF keeps all metadata; descriptions of bands that have a time begin
    with it. NetCDF has the dimensions time, y and x, bounds of times and packed values by the
    conventions of CF; it needs xarray and netCDF4, h5netcdf or scipy.

    Without --bbox, --tile, --center or --last, the whole raster is written. The exit status is 1 if
    --skip-damaged skipped tiles, 2 if there is no output. Of a collection, the rasters in the area
    must share one grid, and the output is a GeoTIFF; the first one of the collection lies on top.
    """
    chosen = area_options.chosen_area(bbox, crs, tile, center, last)
    if is_collection_name(file):
        unusable = {
            "--tile, --center and --last": chosen.tile is not None,
            "--level": level is not None,
            "--resolution": resolution is not None,
            "--whole-tiles": whole_tiles,
            "--skip-damaged": skip_damaged,
        }
        for option, is_given in unusable.items():
            if is_given:
                raise typer.BadParameter(f"A collection is extracted without {option}.")
        with shared_options.opened_cache(cache, cache_size) as opened:
            with console.working(f"Extracting from {local_name(file).name}") as job:
                found = extract_collection(
                    file,
                    output,
                    chosen,
                    bands=area_options.chosen_bands(bands),
                    time=time,
                    cog=cog,
                    overwrite=overwrite,
                    workers=workers,
                    cache=opened,
                    job=job,
                )
        _show_collection(found, as_json)
        return
    with shared_options.opened_cache(cache, cache_size) as opened:
        result = extract_to(
            file,
            output,
            chosen,
            level=level,
            resolution=resolution,
            bands=area_options.chosen_bands(bands),
            time=time,
            whole_tiles=whole_tiles,
            skip_damaged=skip_damaged,
            cog=cog,
            overwrite=overwrite,
            workers=workers,
            cache=opened,
        )
    show_result(result, as_json)


def _show_collection(result: CollectionExtract, as_json: bool) -> None:
    for warning in result.warnings:
        console.warn(warning)
    if as_json:
        console.print_json(result.to_dict())
        return
    console.out.print(
        f"{console.text(result.output)}: {console.size(result.output_bytes)}, "
        f"{result.window.width} x {result.window.height} pixels of "
        f"{console.count(len(result.rasters), 'raster')}, {result.seconds:.1f} s"
    )


def extract_to(
    source: str | AreaPlan, output: Path, area: Area | None = None, **options: Any
) -> ExtractResult:
    """Extract, with a progress bar."""
    file = source.source if isinstance(source, AreaPlan) else source
    with console.working(f"Extracting from {local_name(file).name}") as job:
        return extract(source, output, area, **options, job=job)


def show_result(result: ExtractResult, as_json: bool = False) -> None:
    """Print the result of an extraction, with its warnings, and exit."""
    for warning in result.warnings:
        console.warn(warning)
    if as_json:
        console.print_json(result.to_dict())
    else:
        console.out.print(
            f"{console.text(result.output)}: {console.size(result.output_bytes)}, "
            f"{_read(result)}, {result.seconds:.1f} s"
        )
    raise typer.Exit(1 if result.damaged_tiles else 0)


def _read(result: ExtractResult) -> str:
    """Return what was read: for a URL, what was downloaded; for a file, what was not needed."""
    if result.plan.is_local:
        saved = console.percent(result.saved_fraction)
        return f"{tile_summary(result.plan)}; {saved} of the file not needed"
    whole = console.size(result.plan.file_bytes)
    downloaded = f"{console.size(result.downloaded_bytes)} of {whole} downloaded"
    if result.downloaded_bytes >= result.plan.file_bytes:
        downloaded = f"all {whole} of the file downloaded"
    return f"{read_summary(result.plan)}; {downloaded}"
