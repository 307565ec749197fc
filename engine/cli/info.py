"""``flac-raster info``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Optional

import typer

from .. import info
from ..model.calendars import Calendar
from ..operations.collection_info import collection_info
from ..operations.longitudes import unit_of
from ..operations.open_collection import is_collection_name
from . import console, shared_options

#: How exactly pixels of files of flac-raster are recovered.
_RECOVERED = {
    True: "exactly",
    False: "not exactly; verify counts what is uncertain",
    None: "as far as possible; verify counts what is uncertain",
}


def command(
    file: str = typer.Argument(
        ..., metavar="FILE", help="A raster of any format: a file, a folder or a URL."
    ),
    as_json: bool = typer.Option(False, "--json", help="Print everything as JSON."),
    cache: Optional[Path] = shared_options.CACHE,
    cache_size: int = shared_options.CACHE_SIZE,
) -> None:
    """Describe a raster without reading its pixels.

    For a FLAC raster, this includes tiles, levels, and the minimum and maximum of each band; for a
    collection, which rasters it has.
    """
    found = collection_info(file) if is_collection_name(file) else None
    if found is not None:
        if as_json:
            console.print_json(found)
        else:
            _show_collection(found)
        return
    with shared_options.opened_cache(cache, cache_size) as opened:
        facts = info(file, cache=opened)
    if as_json:
        console.print_json(facts)
    elif "format_version" in facts:
        _show(facts)
    else:
        _show_other(facts)


def _show_collection(facts: dict[str, Any]) -> None:
    _show_table(facts, _collection_summary(facts))
    rows = console.table(">band", ">minimum", ">maximum", "description")
    for number, band in enumerate(facts["bands"], start=1):
        cells = (console.text(band[key]) for key in ("minimum", "maximum", "description"))
        rows.add_row(str(number), *cells)
    console.out.print(rows)


def _collection_summary(facts: dict[str, Any]) -> Iterator[tuple[str, str]]:
    size = "" if facts["file_bytes"] is None else f", {console.size(facts['file_bytes'])}"
    yield "collection", f"{console.count(facts['rasters'], 'raster')}{size}"
    yield "data type", facts["dtype"]
    yield "CRS", console.text(facts["crs"], longest=60)
    if len(facts["members_crs"]) > 1:
        texts = (f"{console.text(crs, 30)} ({n})" for crs, n in facts["members_crs"].items())
        yield "CRS of rasters", ", ".join(texts)
    unit = f" {unit_of(facts['crs']) or ''}".rstrip()
    yield "bounds", f"{', '.join(f'{v:.10g}' for v in facts['bounds'])}{unit}"
    yield "smallest pixel", f"{facts['resolution']:.10g}{unit}"
    times = facts["times"]
    if times:
        yield (
            "times",
            f"{console.count(times['count'], 'date')}, {times['first']} to {times['last']}",
        )


def _show_other(facts: dict[str, Any]) -> None:
    for warning in facts["warnings"]:
        console.warn(warning)
    _show_table(facts, _basic_summary(facts))
    _show_bands(facts["bands"], facts["times"])


def _show_table(facts: dict[str, Any], summary: Iterable[tuple[str, str]]) -> None:
    console.heading(facts["name"])
    rows = console.table("", "")
    for name, value in summary:
        rows.add_row(name, value)
    console.out.print(rows)


def _show(facts: dict[str, Any]) -> None:
    for note in (facts["recovery"] or {}).get("notes", ()):
        console.warn(note)
    _show_table(facts, _summary(facts))
    _show_bands(facts["bands"], facts["times"])
    if facts["codings"]:
        codings = console.table("coding", ">tiles", ">size")
        for name, noted in facts["codings"].items():
            codings.add_row(console.text(name), str(noted["tiles"]), console.size(noted["bytes"]))
        console.out.print(codings)
    levels = console.table(">level", ">width", ">height", ">tiles", ">size")
    for level in facts["levels"]:
        levels.add_row(
            str(level["level"]),
            str(level["width"]),
            str(level["height"]),
            f"{level['columns']} x {level['rows']}",
            console.size(level["bytes"]),
        )
    console.out.print(levels)


def _show_bands(bands: list[dict[str, Any]], times: Optional[dict[str, Any]]) -> None:
    """List the bands, with scale and offset where one has them; values are those before these."""
    columns = {"color": "color_interpretation", ">minimum": "minimum", ">maximum": "maximum"}
    columns[">nodata"] = "nodata"
    if any((band["scale"], band["offset"]) != (1, 0) for band in bands):
        columns.update({">scale": "scale", ">offset": "offset"})
    columns.update({"unit": "unit", "description": "description"})
    dated = times["bands"] if times else [{} for _ in bands]
    named = [key for key in ("time", "label") if any(date.get(key) for date in dated)]
    rows = console.table(">band", *named, *columns)
    for number, (band, date) in enumerate(zip(bands, dated), start=1):
        cells = [console.text(date[key], 40) for key in named]
        cells += [console.text(band.get(key)) for key in columns.values()]
        rows.add_row(str(number), *cells)
    console.out.print(rows)


def _basic_summary(facts: dict[str, Any]) -> Iterator[tuple[str, str]]:
    bands = console.count(facts["count"], "band")
    yield "size", f"{facts['width']} x {facts['height']} pixels, {bands}"
    yield "data type", facts["gdal_type"] or facts["dtype"]
    if facts["coordinate_epoch"] is not None:
        yield "coordinate epoch", f"{facts['coordinate_epoch']:g}"
    yield "CRS", console.text(facts["crs"] or "none", longest=60)
    if facts["gcps"]:
        points = console.count(len(facts["gcps"]), "point")
        crs = console.text(facts["gcps_crs"] or "no CRS", longest=60)
        yield "ground control", f"{points}, {crs}"
    if facts["rpcs"]:
        yield "RPCs", "yes"
    bounds = ", ".join(f"{v:.10g}" for v in facts["bounds"])
    if facts["has_transform"]:
        unit = f" {unit_of(facts['crs']) or ''}".rstrip()
        yield "bounds", f"{bounds}{unit}"
        yield "pixel size", f"{facts['transform'][0]:.10g}, {facts['transform'][4]:.10g}{unit}"
    else:
        yield "bounds", f"{bounds} in pixels; there is no geotransform"
    if facts["has_mask"]:
        yield "mask", "yes"
    yield from _times(facts)
    if not (facts.get("recovery") or {"has_pixels": True})["has_pixels"]:
        yield "file", f"{console.size(facts['file_bytes'])}, without pixels"
    elif facts["file_bytes"] is not None:
        ratio = facts["file_bytes"] / facts["uncompressed_bytes"]
        part = console.percent_of(ratio, "the pixels")
        yield "file", f"{console.size(facts['file_bytes'])}, {part}"


def _times(facts: dict[str, Any]) -> Iterator[tuple[str, str]]:
    times, whole = facts["times"], facts["file_time"]
    if whole:
        yield "time", f"{whole['time']}, by its {console.text(whole['source'])}"
    if not times:
        return
    dates = console.count(times["count"], "date")
    text = f"{dates}, {times['first']}"
    if times["count"] > 1:
        text += f" to {times['last']}, "
        text += f"step {times['step']}" if times["step"] else "uneven steps"
    if not Calendar.named(times["calendar"]).is_real:
        text += f", calendar {times['calendar']}"
    yield "times", text
    if times["labels"]:
        yield "bands of a date", console.text(", ".join(times["labels"]), longest=60)


def _summary(facts: dict[str, Any]) -> Iterator[tuple[str, str]]:
    yield from _basic_summary(facts)
    yield "values", f"{console.text(facts['data_min'])} to {console.text(facts['data_max'])}"
    empty = f", {facts['empty_tiles']} of them empty" if facts["empty_tiles"] else ""
    size = f"{facts['tile_width']} x {facts['tile_height']}"
    bands = console.count(facts["tile_bands"], "band")
    yield "tiles", f"{facts['tiles']} of {size} pixels, {bands} each{empty}"
    yield "audio", f"{facts['audio']['bits_per_sample']} bit, {facts['audio']['sample_rate']} Hz"
    if facts["recovery"]:
        yield "format", console.text(facts["format_version"])
        recovery = facts["recovery"]
        yield "recovered", _RECOVERED[recovery["exact"]] if recovery["has_pixels"] else "not at all"
    else:
        yield "format", f"version {facts['format_version']}"
