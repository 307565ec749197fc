"""``flac-raster convert``."""

from __future__ import annotations

from pathlib import Path
from typing import Optional

import typer

from ..engine import convert
from ..engine.coding.choose import DEFAULT_EFFORT, EFFORTS
from ..engine.operations.opening import local_name
from ..engine.writer import INTERLEAVES, OVERVIEWS
from . import console


def command(
    source: str = typer.Argument(..., metavar="IN", help="Raster of any format, or a FLAC raster."),
    output: Optional[Path] = typer.Option(
        None,
        "--output",
        "-o",
        metavar="OUT",
        help="x.flac, or x.tif for GeoTIFF. Default: IN with .flac, or .tif where IN is FLAC.",
    ),
    effort: str = typer.Option(
        DEFAULT_EFFORT,
        metavar="|".join(EFFORTS),
        help="How much is tried to make the file small; fast files read twice as fast.",
    ),
    level: Optional[int] = typer.Option(
        None,
        "--compression",
        "-c",
        metavar="LEVEL",
        min=0,
        max=8,
        help="FLAC's own effort, 0 to 8. Default: what suits --effort.",
    ),
    tile_size: int = typer.Option(512, metavar="PIXELS", help="A multiple of 16."),
    overviews: str = typer.Option(
        "auto", metavar="|".join(OVERVIEWS), help="How coarser levels are made; auto knows classes."
    ),
    interleave: str = typer.Option(
        "auto",
        metavar="|".join(INTERLEAVES),
        help="Bands that share a tile: all (pixel: smallest), none (band: one of many is read "
        "alone), or up to four (auto).",
    ),
    workers: Optional[int] = typer.Option(
        None, metavar="N", min=1, help="Tiles at once. Default: one per processor."
    ),
    cog: bool = typer.Option(False, "--cog", help="Write a Cloud Optimized GeoTIFF."),
    force: bool = typer.Option(False, "--force", "-f", help="Replace OUT if it exists."),
    verbose: bool = typer.Option(False, "--verbose", "-v", help="Say more."),
) -> None:
    """Convert a raster to FLAC, or a FLAC raster to GeoTIFF, without loss."""
    with console.working(f"Converting {local_name(source).name}") as work:
        result = convert(
            source,
            output,
            effort=effort,
            level=level,
            tile_size=tile_size,
            overviews=overviews,
            interleave=interleave,
            workers=workers,
            cog=cog,
            overwrite=force,
            **work._asdict(),
        )
    for warning in result.warnings:
        console.warn(warning)
    console.out.print(
        f"{console.text(result.output)}: {console.size(result.output_bytes)}, "
        f"{result.ratio:.1%} of {console.size(result.raw_bytes)} of pixels, {result.seconds:.1f} s"
    )
    if verbose:
        rows = console.table("", ">")
        rows.add_row("input", console.size(result.input_bytes))
        rows.add_row("pixels", console.size(result.raw_bytes))
        rows.add_row("output", console.size(result.output_bytes))
        rows.add_row(
            "speed", f"{result.raw_bytes / 1e6 / max(result.seconds, 1e-9):.1f} MB/s of pixels"
        )
        console.out.print(rows)
