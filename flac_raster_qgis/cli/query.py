"""``flac-raster query``."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Optional

import typer

from ..engine import FlacRaster, query
from ..engine.operations import Query
from ..engine.operations.opening import open_flac
from ..engine.output import check_output, replacing
from . import area, console, remote

FORMATS = ("ranges", "data", "json", "geojson")
#: Tiles that the table lists; all formats for programs have all of them.
_SHOWN = 40


def command(
    file: str = typer.Argument(..., metavar="FILE", help="A FLAC raster: a file or a URL."),
    bbox: Optional[str] = area.BBOX,
    crs: Optional[str] = area.CRS,
    tile_id: Optional[int] = area.TILE_ID,
    center: bool = area.CENTER_TILE,
    last: bool = area.LAST_TILE,
    level: Optional[int] = area.LEVEL,
    resolution: Optional[float] = area.RESOLUTION,
    bands: Optional[str] = area.BANDS,
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
        metavar="OUT",
        help="Write the output of --format to this file. Default format: ranges.",
    ),
    cache: Optional[Path] = remote.CACHE,
    cache_size: int = remote.CACHE_SIZE,
) -> None:
    """List the tiles, bytes and requests that an area needs, without downloading them.

    GeoJSON uses the coordinates of the raster and names their CRS, which QGIS and GDAL understand.
    """
    if kind is not None and kind not in FORMATS:
        raise typer.BadParameter(f"--format is {kind!r}, expected one of {', '.join(FORMATS)}.")
    if kind is None and output is not None:
        kind = FORMATS[0]
    if kind == "data" and output is None and sys.stdout.isatty():
        raise typer.BadParameter("--format data is no text; give --output, or pipe it on.")
    chosen = area.chosen_area(bbox, crs, tile_id, center, last)
    numbers = area.chosen_bands(bands)
    target = None
    if output is not None:
        target = check_output(output, overwrite=True, inputs=(file,))
    options = {"level": level, "resolution": resolution, "bands": numbers, "where": where}
    with remote.kept(cache, cache_size) as kept, console.working("Looking up tiles") as work:
        with open_flac(file, is_cancelled=work.is_cancelled, **kept) as raster:
            found = query(raster, chosen, **options)
            for warning in found.warnings:
                console.warn(warning)
            if kind is None:
                _show(found)
                return
            if kind == "ranges" and target is not None and target.suffix.lower() == ".json":
                kind = "ranges as JSON"
            if kind == "data":
                if not found.bytes:
                    console.warn("These tiles hold nothing but nodata, so they have no bytes.")
                _write(_tiles(raster, found, work), target)
            else:
                _write((text.encode("ascii") for text in _texts(found, kind)), target)


def _write(parts: Iterable[bytes], target: Path | None) -> None:
    if target is None:
        for part in parts:
            sys.stdout.buffer.write(part)
        return
    with replacing(target) as path, open(path, "wb") as file:
        for part in parts:
            file.write(part)


def _texts(found: Query, kind: str) -> Iterable[str]:
    if kind == "ranges":
        yield from (f"bytes={offset}-{offset + size - 1}\n" for offset, size in found.ranges)
    elif kind == "ranges as JSON":
        yield json.dumps(_listed_ranges(found), indent=2, allow_nan=False) + "\n"
    else:
        yield from found.to_json() if kind == "json" else found.to_geojson_text()


def _listed_ranges(found: Query) -> dict[str, Any]:
    """Return what the package flac-raster writes into files that end in .json."""
    ranges = [
        {"start": offset, "end": offset + size - 1, "size": size} for offset, size in found.ranges
    ]
    return {
        "bbox": list(found.bounds),
        "total_ranges": len(ranges),
        "total_bytes": sum(size for _, size in found.ranges),
        "ranges": ranges,
        "http_headers": [f"bytes={each['start']}-{each['end']}" for each in ranges],
    }


def _tiles(raster: FlacRaster, found: Query, work: console.Work) -> Iterable[bytes]:
    """Fetch the tiles as they are stored: FLAC streams, one after the other."""
    return raster.fetch(found.tiles.keys, **work._asdict())


def _show(found: Query) -> None:
    names = ("tile", "row", "column", "bands", "offset", "size", "min", "max")
    rows = console.table(*(f">{name}" for name in names))
    for tile in found.tiles[:_SHOWN]:
        facts = tile.attributes()
        rows.add_row(*(console.text(facts[name]) for name in names))
    console.out.print(rows)
    if len(found.tiles) > _SHOWN:
        console.out.print(f"... and {len(found.tiles) - _SHOWN} more; --format json has all.")
    console.out.print(f"{needs(found)}.")


def needs(found: Query) -> str:
    """Say in one line what an area needs."""
    tiles, requests = console.count(len(found.tiles), "tile"), len(found.requests)
    if found.where is not None:
        tiles = f"{tiles} of {found.area_tiles} where {console.text(found.where)}"
    if requests:
        together = console.count(requests, "request")
        how = f"{console.size(found.fetched_bytes)} in {together}"
    elif found.downloaded_bytes >= found.file_bytes:
        how = "nothing to fetch, since opening it downloaded the whole file"
    else:
        how = "nothing to fetch after opening it"
    return (
        f"{found.window.width} x {found.window.height} pixels of level {found.level}: {tiles}, "
        f"{console.size(found.bytes)}, {console.percent(found.share)} of the file; {how}"
    )
