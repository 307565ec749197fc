"""``flac-raster verify``."""

from __future__ import annotations

from pathlib import Path
from typing import Optional

import typer

from ..engine import verify
from ..engine.operations import Verification
from ..engine.operations.opening import local_name
from . import console, remote


def command(
    file: str = typer.Argument(..., metavar="FILE", help="A FLAC raster: a file or a URL."),
    as_json: bool = typer.Option(False, "--json", help="Print the result as JSON."),
    workers: Optional[int] = typer.Option(
        None, metavar="N", min=1, help="Tiles at once. Default: one per processor."
    ),
    cache: Optional[Path] = remote.CACHE,
    cache_size: int = remote.CACHE_SIZE,
) -> None:
    """Decode every tile and compare it with its MD5; exit status 0 if the file is whole, else 1."""
    with remote.kept(cache, cache_size) as kept:
        with console.working(f"Verifying {local_name(file).name}") as work:
            result = verify(file, workers=workers, **kept, **work._asdict())
    if as_json:
        console.print_json(result.to_dict())
    elif result.valid:
        console.out.print(_whole(result))
    else:
        columns = ("level", "row", "column", "band", "offset", "size")
        rows = console.table(*(f">{name}" for name in columns), "problem")
        for damage in result.to_dict()["damaged"]:
            rows.add_row(*(str(damage[key]) for key in columns), console.text(damage["problem"]))
        console.out.print(rows)
        console.out.print(
            f"{console.text(result.name)} is damaged: {len(result.damaged)} of {result.tiles} "
            "tiles."
        )
    for warning in result.warnings:
        console.warn(warning)
    raise typer.Exit(0 if result.valid else 1)


def _whole(result: Verification) -> str:
    checked = "every MD5 is right" if result.has_md5 else "the checksum of every frame is right"
    text = f"{console.text(result.name)} is whole: {result.tiles} tiles decoded, {checked}."
    if result.uncertain:
        text += f" Restored, with {result.uncertain:,} of {result.values:,} values uncertain."
    return text
