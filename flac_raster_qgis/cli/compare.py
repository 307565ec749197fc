"""``flac-raster compare``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Optional

import typer

from ..engine import compare
from ..engine.operations import Comparison
from ..engine.operations.opening import local_name
from ..engine.output import check_output, replacing
from . import console, remote
from .old_report import with_old_keys


def command(
    a: str = typer.Argument(..., metavar="A", help="A raster of any format, file or URL."),
    b: str = typer.Argument(..., metavar="B", help="The raster to compare it with."),
    show_bands: bool = typer.Option(True, "--show-bands/--no-bands", help="List each band."),
    export: Optional[Path] = typer.Option(
        None, "--export", "-e", metavar="JSON", help="Also write the result to this file."
    ),
    cache: Optional[Path] = remote.CACHE,
    cache_size: int = remote.CACHE_SIZE,
) -> None:
    """Compare two rasters by the bits of their pixels and by all metadata.

    Statistics and histograms, which programs compute from the pixels and leave beside a raster,
    are listed if they differ, but do not count as a difference. The exit status is 0 if the rasters
    are identical, 1 if they differ, 2 if one cannot be read.
    """
    target = None
    if export is not None:
        target = check_output(export, overwrite=True, inputs=(a, b))
    with remote.kept(cache, cache_size) as kept:
        with console.working(f"Comparing {local_name(a).name} and {local_name(b).name}") as work:
            options = {"every_pixel": target is not None, **kept}
            result = compare(a, b, **options, **work._asdict())
    _show(result, show_bands)
    if target is not None:
        with replacing(target) as part:
            part.write_text(
                json.dumps(with_old_keys(result), indent=2, allow_nan=False) + "\n",
                encoding="utf-8",
            )
    raise typer.Exit(0 if result.identical else 1)


def _show(result: Comparison, show_bands: bool) -> None:
    if show_bands and result.bands:
        rows = console.table(
            ">band", ">pixels differing", ">largest difference", ">mean", ">min", ">max", ">RMSE"
        )
        for band in result.bands:
            rows.add_row(
                str(band.band),
                str(band.differing),
                console.text(band.max_difference),
                console.text(band.mean_difference),
                f"{console.text(band.a.minimum)} | {console.text(band.b.minimum)}",
                f"{console.text(band.a.maximum)} | {console.text(band.b.maximum)}",
                console.text(band.rmse),
            )
        console.out.print(rows)
    differences = (*result.differences, *result.statistics_differences)
    if differences:
        rows = console.table("differs", "A", "B")
        for difference in differences:
            values = (difference.what, difference.a, difference.b)
            rows.add_row(*(console.text(value, longest=50) for value in values))
        console.out.print(rows)
    console.out.print(_verdict(result))


def _verdict(result: Comparison) -> str:
    if result.identical and result.statistics_differences:
        return (
            "identical: yes (every pixel by its bits, and all metadata except statistics and "
            "histograms, which differ)"
        )
    if result.identical:
        return "identical: yes (every pixel by its bits, and all metadata)"
    if result.pixels_identical is None:
        return "identical: no (size, bands or data type differ, so pixels were not compared)"
    if result.pixels_identical:
        return "identical: no (every pixel is, but metadata differ)"
    return "identical: no (pixels differ)"
