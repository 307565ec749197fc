"""Commands of the Python package flac-raster, under their old names, for scripts that use them.

Each is one of today's commands; docs/coming-from-flac-raster.md lists them all.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Callable, Optional

import typer

from .. import Area, convert, query
from ..model.transform import window_bounds, window_transform
from ..operations import AreaPlan
from ..operations.convert import default_streaming_output
from ..operations.opening import local_name, open_flac
from ..storage.byte_source import FIRST_READ
from . import area_options, console, extract, shared_options
from .convert import show_result
from .query import read_summary

#: Tiles that `spatial_info` lists.
_SHOWN = 10


def create_streaming(
    source: str = typer.Argument(..., metavar="INPUT", help="A raster of any format."),
    output: Optional[Path] = typer.Option(
        None, "--output", "-o", metavar="OUTPUT.flac", help="Default: INPUT_streaming.flac."
    ),
    tile_size: int = typer.Option(1024, metavar="PIXELS", help="Any number."),
    compression_level: Optional[int] = shared_options.STREAMING_COMPRESSION_LEVEL,
    overwrite: bool = shared_options.OVERWRITE,
    workers: Optional[int] = shared_options.WORKERS,
    as_json: bool = shared_options.JSON,
) -> None:
    """Write the streaming layout for users of flac-raster; convert writes a better one.

    For 8- and 16-bit integers of up to 8 bands, which flac-raster 0.1.2 then reads exactly.
    """
    with console.working(f"Converting {local_name(source).name}") as job:
        result = convert(
            source,
            default_streaming_output(source) if output is None else output,
            layout="streaming",
            tile_size=tile_size,
            compression_level=compression_level,
            overwrite=overwrite,
            workers=workers,
            job=job,
        )
    show_result(result, as_json)


def extract_tile(
    file: str = shared_options.FLAC_FILE,
    bbox: str = typer.Option(..., "--bbox", "-b", metavar="W,S,E,N", help=area_options.BBOX.help),
    output: Path = shared_options.GEOTIFF,
) -> None:
    """Write all tiles that a bbox overlaps; now extract --whole-tiles. Overwrites OUTPUT."""
    chosen = area_options.chosen_area(bbox, None, None, False, False)
    options = {"whole_tiles": True, "overwrite": True}
    extract.show_result(extract.extract_to(file, output, chosen, **options))


def extract_streaming(
    file: str = shared_options.FLAC_FILE,
    output: Optional[Path] = typer.Option(
        None, "--output", "-o", metavar="OUTPUT.tif", help="The GeoTIFF to write."
    ),
    bbox: Optional[str] = area_options.BBOX,
    tile: Optional[int] = area_options.TILE,
    center: bool = area_options.CENTER_TILE,
    last: bool = area_options.LAST_TILE,
    savings: bool = typer.Option(
        False,
        "--savings",
        help="Show what is saved; without --output, nothing is extracted.",
    ),
) -> None:
    """Write a tile or a bbox as GeoTIFF; now extract. Overwrites OUTPUT."""
    if bbox is None and tile is None and not (center or last):
        raise typer.BadParameter("Give one of --bbox, --tile, --center and --last.")
    if output is None and not savings:
        raise typer.BadParameter("Give --output, the GeoTIFF to write.")
    chosen = area_options.chosen_area(bbox, None, tile, center, last)
    with console.working("Looking up tiles") as job:
        plan = query(file, chosen, job=job)
    if savings:
        _show_savings(plan)
    if output is not None:
        extract.show_result(extract.extract_to(plan, output, overwrite=True))


def spatial_info(file: str = shared_options.FLAC_FILE) -> None:
    """List the first tiles, with their place on the map and in the file; now info and query."""
    with console.working("Looking up tiles") as job:
        with open_flac(file, job=job, allow_missing_pixels=True) as raster:
            plan = query(raster, Area())
    if raster.head.recovery is not None and raster.head.recovery.refusal:
        console.warn(f"{plan.name}: {raster.head.recovery.refusal}")
    console.heading(plan.name)
    rows: Any = console.table("", "")
    rows.add_row("CRS", console.text(plan.crs or "none", longest=60))
    rows.add_row("transform", ", ".join(f"{value:.10g}" for value in plan.transform))
    rows.add_row("tiles", str(len(plan.tiles)))
    rows.add_row("bytes of all tiles", console.size(plan.tile_bytes))
    console.out.print(rows)
    tiles = console.table(
        ">tile", "xmin, ymin, xmax, ymax", "column, row, width, height", ">bytes", ">size"
    )
    for tile in plan.tiles[:_SHOWN]:
        bounds = window_bounds(
            window_transform(plan.transform, tile.window), tile.window.relative_to(tile.window)
        )
        tiles.add_row(
            str(tile.number),
            ", ".join(f"{value:.10g}" for value in bounds),
            ", ".join(map(str, tile.window)),
            f"{tile.offset}-{tile.offset + tile.size - 1}" if tile.size else "none",
            console.size(tile.size),
        )
    console.out.print(tiles)
    if len(plan.tiles) > _SHOWN:
        console.out.print(f"... and {len(plan.tiles) - _SHOWN} more; query --format json has all.")


def _show_savings(plan: AreaPlan) -> None:
    console.heading("Bandwidth")
    rows: Any = console.table("", ">")
    rows.add_row("whole file", console.size(plan.file_bytes))
    rows.add_row("tiles of the area", console.size(plan.tile_bytes))
    opening = min(FIRST_READ, plan.file_bytes) if plan.is_local else plan.downloaded_bytes
    needed = min(plan.file_bytes, opening + plan.request_bytes)
    verb = "would be downloaded" if plan.is_local else "downloaded"
    rows.add_row(f"{verb}, opening it included", console.size(needed))
    rows.add_row("saved", console.percent(1 - needed / plan.file_bytes))
    console.out.print(rows)
    console.out.print(f"{read_summary(plan)}.")


#: Commands by their old names, each with its line in the list of commands.
COMMANDS: dict[str, tuple[Callable[..., None], str]] = {
    "create-streaming": (create_streaming, "Write a file that the package flac-raster reads."),
    "extract-tile": (extract_tile, "Write the tiles that a bbox overlaps; now extract."),
    "extract-streaming": (extract_streaming, "Write a tile or a bbox; now extract."),
    "spatial-info": (spatial_info, "List the first tiles; now query."),
}
