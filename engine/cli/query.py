"""``flac-raster query``."""

from __future__ import annotations

from pathlib import Path
from typing import Optional

import typer

from .. import query
from ..operations import AreaPlan, SamplePlan
from ..operations.opening import open_flac
from ..storage.output import check_output
from . import area_options, console, shared_options
from .query_formats import FORMATS, chosen_format, write

#: Tiles that the table lists; all formats for programs have all of them.
_SHOWN = 40


def command(
    file: str = shared_options.FLAC_FILE,
    bbox: Optional[str] = area_options.BBOX,
    crs: Optional[str] = area_options.CRS,
    tile: Optional[int] = area_options.TILE,
    center: bool = area_options.CENTER_TILE,
    last: bool = area_options.LAST_TILE,
    level: Optional[int] = area_options.LEVEL,
    resolution: Optional[float] = area_options.RESOLUTION,
    bands: Optional[str] = area_options.BANDS,
    time: Optional[str] = area_options.TIME,
    where: Optional[str] = typer.Option(
        None,
        metavar="CONDITION",
        help="Only tiles whose statistics match: 'max > 2000', 'band2.min < 0 or max = 9'.",
    ),
    kind: Optional[str] = typer.Option(
        None,
        "--format",
        "-f",
        metavar="|".join(FORMATS),
        help="For programs: Range headers, the tiles themselves one after another, everything as "
        "JSON, or the tile footprints.",
    ),
    output: Optional[Path] = typer.Option(
        None,
        "--output",
        "-o",
        metavar="OUTPUT",
        help="Write the output of --format to this file. Default: geojson for x.geojson, tiles for "
        "x.flac, else ranges.",
    ),
    overwrite: bool = typer.Option(False, "--overwrite", help="Overwrite OUTPUT if it exists."),
    as_json: bool = typer.Option(False, "--json", help="The same as --format json."),
    cache: Optional[Path] = shared_options.CACHE,
    cache_size: int = shared_options.CACHE_SIZE,
) -> None:
    """List the tiles, bytes and requests that an area needs, without downloading them.

    GeoJSON uses the coordinates of the raster and names their CRS, which QGIS and GDAL understand.
    """
    kind = chosen_format(kind, as_json, output)
    chosen = area_options.chosen_area(bbox, crs, tile, center, last)
    numbers = area_options.chosen_bands(bands)
    target = None
    if output is not None:
        target = check_output(output, overwrite=overwrite, inputs=(file,))
    with shared_options.opened_cache(cache, cache_size) as opened:
        with console.working("Looking up tiles") as job:
            with open_flac(file, job=job, cache=opened) as raster:
                found = query(
                    raster,
                    chosen,
                    level=level,
                    resolution=resolution,
                    bands=numbers,
                    where=where,
                    time=time,
                )
                for warning in found.warnings:
                    console.warn(warning)
                if kind is None:
                    _show(found)
                else:
                    write(raster, found, kind, target, job)


def _show(plan: AreaPlan) -> None:
    names = ("tile", "row", "column", "bands", "offset", "size", "min", "max")
    rows = console.table(*(f">{name}" for name in names))
    for tile in plan.tiles[:_SHOWN]:
        facts = tile.attributes()
        rows.add_row(*(console.text(facts[name]) for name in names))
    console.out.print(rows)
    if len(plan.tiles) > _SHOWN:
        console.out.print(f"... and {len(plan.tiles) - _SHOWN} more; --format json has all.")
    console.out.print(f"{read_summary(plan)}.")


def read_summary(plan: AreaPlan) -> str:
    """Return one line about the tiles of an area and what is to be downloaded."""
    return f"{tile_summary(plan)}; {downloads(plan)}"


def tile_summary(plan: AreaPlan) -> str:
    """Return the number of pixels and tiles of an area, and their fraction of the file."""
    tiles = console.count(len(plan.tiles), "tile")
    if plan.where is not None:
        tiles = f"{tiles} of {plan.tiles_in_area} where {console.text(plan.where)}"
    return (
        f"{plan.window.width} x {plan.window.height} pixels of level {plan.level}: {tiles}, "
        f"{console.size(plan.tile_bytes)}, {console.percent(plan.file_fraction)} of the file"
    )


def downloads(plan: AreaPlan | SamplePlan) -> str:
    """Return what is to be downloaded."""
    requests = len(plan.requests)
    if requests:
        how = f"{console.size(plan.request_bytes)} in {console.count(requests, 'request')}"
    elif not plan.is_local and plan.downloaded_bytes >= plan.file_bytes:
        how = "nothing to fetch, since opening it downloaded the whole file"
    else:
        how = "nothing to fetch after opening it"
    return f"from a server {how}" if plan.is_local else how
