"""``flac-raster index``."""

from __future__ import annotations

from pathlib import Path
from typing import Optional

import typer

from .. import IndexResult, index
from . import batch, console, shared_options


def command(
    sources: list[str] = typer.Argument(
        ...,
        metavar="IN...",
        help="FLAC rasters: files, folders, patterns, URLs, folders of web servers, or lists "
        "(*.txt) with a name per line; - reads names from standard input.",
    ),
    output: Path = typer.Option(
        ..., "--output", "-o", metavar="OUTPUT.json.gz", help="The collection to write."
    ),
    crs: Optional[str] = typer.Option(
        None,
        metavar="CRS",
        help="CRS of the collection, such as EPSG:3035. Default: the most frequent one.",
    ),
    sort: str = typer.Option(
        "time-",
        metavar="FIELD[-]",
        help="Which raster lies on top: the first by time, id or resolution; a - at the end turns "
        "the order around. Default: time-, the newest.",
    ),
    update: bool = typer.Option(
        False,
        "--update",
        help="Add to the collection if it exists, and read only headers of files that are new or "
        "have changed.",
    ),
    prune: bool = typer.Option(
        False, "--prune", help="With --update: remove rasters that are not among IN any more."
    ),
    no_overview: bool = typer.Option(
        False,
        "--no-overview",
        help="Do not write OUTPUT.overview.flac, which shows all rasters at a small scale.",
    ),
    overwrite: bool = shared_options.OVERWRITE,
    workers: Optional[int] = typer.Option(
        None,
        metavar="N",
        min=1,
        help="Headers read at once. Default: one per processor, or 16 from servers.",
    ),
    as_json: bool = shared_options.JSON,
) -> None:
    """Make one collection of many FLAC rasters, which opens as one raster.

    The collection is a STAC ItemCollection. Only headers are read, and for the overview coarse
    levels. The exit status is 1 if a raster cannot be in it.
    """
    if prune and not update:
        raise typer.BadParameter("--prune needs --update.")
    names = batch.names_of(sources)
    with console.working("Reading headers") as job:
        result = index(
            names,
            output,
            crs=crs,
            sort=sort,
            update=update,
            prune=prune,
            overview=not no_overview,
            overwrite=overwrite,
            workers=workers,
            job=job,
        )
    for broken in result.broken:
        console.fail(broken.error)
    if as_json:
        console.print_json(result.to_dict())
    else:
        console.out.print(_summary(result), soft_wrap=True)
    raise typer.Exit(1 if result.broken else 0)


def _summary(result: IndexResult) -> str:
    rasters = console.count(result.members, "raster")
    text = f"{console.text(result.output)}: {rasters}, {console.size(result.output_bytes)}"
    changes = {
        "added": result.added,
        "updated": result.updated,
        "unchanged": result.unchanged,
        "removed": result.removed,
        "left out": len(result.broken),
    }
    return f"{text} ({', '.join(f'{n} {what}' for what, n in changes.items() if n)})."
