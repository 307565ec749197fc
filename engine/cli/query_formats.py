"""Formats of ``flac-raster query`` for programs, in a file or on standard output."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import typer

from .. import FlacRaster
from ..job import Job
from ..operations import AreaPlan
from ..storage.output import atomic_write, file_size
from . import console

FORMATS = ("ranges", "tiles", "json", "geojson")
#: Old names of formats.
_RENAMED = {"data": "tiles"}
#: Default formats of outputs; any other suffix means ranges, as in the package flac-raster.
_BY_SUFFIX = {".geojson": "geojson", ".flac": "tiles"}
#: Of outputs named .json without a format: what flac-raster writes there.
_OLD_JSON = "ranges as JSON"
#: What the line about an output calls its format.
_CALLED = {
    "ranges": "Range headers",
    "tiles": "FLAC streams",
    "json": "JSON",
    "geojson": "GeoJSON",
    _OLD_JSON: "Range headers in JSON",
}


def chosen_format(name: str | None, as_json: bool, output: Path | None) -> str | None:
    """Return the format that the options name, None for a table."""
    name = _RENAMED.get(name, name) if name else name
    if name is not None and name not in FORMATS:
        raise typer.BadParameter(f"--format is {name!r}, expected one of {', '.join(FORMATS)}.")
    if as_json and name not in (None, "json"):
        raise typer.BadParameter(f"Give either --json or --format {name}.")
    if as_json:
        return "json"
    suffix = "" if output is None else output.suffix.lower()
    if suffix == ".json" and name in (None, "ranges"):
        return _OLD_JSON
    if name is None and output is not None:
        return _BY_SUFFIX.get(suffix, FORMATS[0])
    if name == "tiles" and output is None and sys.stdout.isatty():
        raise typer.BadParameter("--format tiles is not text; give --output, or pipe it on.")
    return name


def write(raster: FlacRaster, plan: AreaPlan, name: str, target: Path | None, job: Job) -> None:
    """Write a plan in a format; warn if there is nothing to write."""
    if not plan.tile_bytes and name in ("ranges", "tiles"):
        console.warn(_nothing(plan))
    if name == "tiles":
        # the tiles as they are stored: FLAC streams, one after the other
        parts: Iterable[bytes] = raster.pipeline.fetch(plan.tiles.keys, job=job)
    else:
        parts = (text.encode("ascii") for text in _texts(plan, name))
    if target is None:
        for part in parts:
            sys.stdout.buffer.write(part)
        return
    with atomic_write(target) as path, open(path, "wb") as file:
        for part in parts:
            file.write(part)
    size, tiles = console.size(file_size(target)), console.count(len(plan.tiles), "tile")
    line = f"{console.text(target)}: {size}, {tiles} as {_CALLED[name]}"
    console.out.print(line, soft_wrap=True)


def _nothing(plan: AreaPlan) -> str:
    if not len(plan.tiles):
        return f"No tile of the area holds pixels where {plan.where}, so there are no bytes."
    return "These tiles hold nothing but nodata, so they have no bytes."


def _texts(plan: AreaPlan, name: str) -> Iterable[str]:
    if name == "ranges":
        yield from (f"bytes={offset}-{offset + size - 1}\n" for offset, size in plan.ranges)
    elif name == _OLD_JSON:
        yield json.dumps(_listed_ranges(plan), indent=2, allow_nan=False) + "\n"
    else:
        yield from plan.to_json() if name == "json" else plan.to_geojson_text()


def _listed_ranges(plan: AreaPlan) -> dict[str, Any]:
    """Return what the package flac-raster writes into files that end in .json."""
    ranges = [
        {"start": offset, "end": offset + size - 1, "size": size} for offset, size in plan.ranges
    ]
    return {
        "bbox": list(plan.bounds),
        "total_ranges": len(ranges),
        "total_bytes": sum(size for _, size in plan.ranges),
        "ranges": ranges,
        "http_headers": [f"bytes={each['start']}-{each['end']}" for each in ranges],
    }
