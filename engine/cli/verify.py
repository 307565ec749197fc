"""``flac-raster verify``."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Optional

import typer
from rich.table import Table

from .. import verify
from ..operations import Verification
from ..operations.opening import local_name
from ..operations.verify import TileCheck
from . import area_options, console, shared_options


def command(
    file: str = shared_options.FLAC_FILE,
    all_tiles: bool = typer.Option(
        False, "--all-tiles", help="List every tile, not only damaged ones."
    ),
    as_json: bool = shared_options.JSON,
    workers: Optional[int] = shared_options.WORKERS,
    time: Optional[str] = area_options.TIME,
    cache: Optional[Path] = shared_options.CACHE,
    cache_size: int = shared_options.CACHE_SIZE,
) -> None:
    """Decode every tile and check its MD5; the exit status is 0 if the file is intact, else 1."""
    with shared_options.opened_cache(cache, cache_size) as opened:
        with console.working(f"Verifying {local_name(file).name}") as job:
            result = verify(
                file, all_tiles=all_tiles, workers=workers, time=time, cache=opened, job=job
            )
    if as_json:
        sys.stdout.writelines(result.to_json())
    else:
        tiles = result.damaged_tiles if result.all_tiles is None else result.all_tiles
        if tiles:
            console.out.print(_table(tiles))
        console.out.print(_intact(result) if result.valid else _damaged(result))
    for warning in result.warnings:
        console.warn(warning)
    raise typer.Exit(0 if result.valid else 1)


def _table(tiles: Iterable[TileCheck]) -> Table:
    columns = ("level", "row", "column", "band", "offset", "size")
    rows = console.table(*(f">{name}" for name in columns), "coding", "error")
    for tile in tiles:
        found = tile.to_dict()
        texts = (console.text(found[key]) for key in ("coding", "error"))
        rows.add_row(*(str(found[key]) for key in columns), *texts)
    return rows


def _damaged(result: Verification) -> str:
    damaged = f"{len(result.damaged_tiles)} of {console.count(result.tiles, 'tile')}"
    return f"{console.text(result.name)} is damaged: {damaged}."


def _intact(result: Verification) -> str:
    checked = "every MD5 is right" if result.has_md5 else "the checksum of every frame is right"
    tiles = console.count(result.tiles, "tile")
    text = f"{console.text(result.name)} is intact: {tiles} decoded, {checked}."
    if result.uncertain_values:
        text += (
            f" Recovered, with {result.uncertain_values:,} of {result.values:,} values uncertain."
        )
    return text
