"""The result of `info` as a headline and a page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import zip_longest
from math import hypot
from typing import Any

from qgis.core import QgsUnitTypes

from ...core.formatting import (
    color_name,
    counted,
    format_number,
    format_percent,
    format_pixels,
    format_size,
    shorten,
)
from ...core.translation import tr
from .html import NEUTRAL, facts, heading, page, table

Found = dict[str, Any]


def description_headline(found: Found) -> str:
    """Return one line about a raster."""
    bands = counted(found["count"], tr("one band"), tr("{count} bands"))
    text = tr("{width} × {height} pixels, {bands}, {dtype}, {size} ({part})")
    if not _has_pixels(found):
        text = tr("{width} × {height} pixels, {bands}, {dtype}, without stored pixels")
    elif found["file_bytes"] is None:  # not one file on this computer
        text = tr("{width} × {height} pixels, {bands}, {dtype}")
    return text.format(
        width=format_number(found["width"]),
        height=format_number(found["height"]),
        bands=bands,
        dtype=found["gdal_type"] or found["dtype"],
        size=format_size(found["file_bytes"]),
        part=_compressed_to(found),
    )


def is_flac(found: Found) -> bool:
    """Whether a description is that of a FLAC raster."""
    return "format_version" in found


def file_ratio(found: Found) -> float | None:
    """Return the size of the file divided by that of its pixels; None if it is not one file."""
    return (
        None if found["file_bytes"] is None else found["file_bytes"] / found["uncompressed_bytes"]
    )


def _has_pixels(found: Found) -> bool:
    """Whether the file has pixels; some files of the package flac-raster have none."""
    recovery = found.get("recovery")
    return recovery is None or recovery["has_pixels"]


def _compressed_to(found: Found) -> str:
    ratio = file_ratio(found)
    return "–" if ratio is None or not _has_pixels(found) else format_percent(ratio)


def description_report(found: Found) -> str:
    """Return a page about a raster."""
    parts = [facts(_raster_facts(found)), heading(tr("Bands")), _band_table(found)]
    parts += [heading(tr("File")), facts(_file_facts(found))]
    if is_flac(found):
        parts += [heading(tr("Levels")), _level_table(found)]
    tags = [
        (f"{domain} · {key}" if domain else key, shorten(value))
        for domain, items in found["tags"].items()
        for key, value in items.items()
    ]
    if tags:
        parts += [heading(tr("Tags of the raster")), facts(tags)]
    shown = [(key, shorten(value)) for key, value in found.get("tags_shown_by_taggers", {}).items()]
    if shown:
        parts += [heading(tr("Tags that audio programs show")), facts(shown)]
    title = tr("FLAC raster") if is_flac(found) else tr("Raster")
    return page(title, description_headline(found), NEUTRAL, *parts)


def _raster_facts(found: Found) -> list[tuple[str, str]]:
    a, b, _, d, e, _ = found["transform"]
    rows = [
        (tr("File"), found["name"]),
        (tr("CRS"), crs_name(found["crs"])),
        (tr("Pixel size"), _with_unit(found, hypot(a, d), hypot(b, e))),
        (tr("Extent"), extent_text(found["bounds"])),
    ]
    if found["gcps"]:
        points = format_number(len(found["gcps"]))
        text = tr("{count} in {crs}").format(count=points, crs=crs_name(found["gcps_crs"]))
        rows.append((tr("Ground control points"), text))
    if is_flac(found):
        values = tr("{low} to {high}").format(
            low=format_number(found["data_min"]), high=format_number(found["data_max"])
        )
        rows.append((tr("Values"), values))
    rows.append((tr("Mask"), tr("yes") if found["has_mask"] else tr("no")))
    rows += _time_facts(found)
    if found.get("recovery"):
        rows.append((tr("Recovered"), recovery_text(found["recovery"])))
        rows += [(tr("Note"), note) for note in found["recovery"]["notes"]]
    return rows


def _time_facts(found: Found) -> list[tuple[str, str]]:
    times, whole = found["times"], found["file_time"]
    if whole:
        return [(tr("Time"), whole["time"])]
    if not times:
        return []
    dates = tr("{count} dates, {first} to {last}").format(
        count=format_number(times["count"]), first=times["first"], last=times["last"]
    )
    rows = [(tr("Times of bands"), dates if times["count"] > 1 else times["first"])]
    if times["step"]:
        rows.append((tr("Time step"), times["step"]))
    if times["labels"]:
        rows.append((tr("Bands of a date"), shorten(", ".join(times["labels"]))))
    return rows


def _with_unit(found: Found, width: float, height: float) -> str:
    """Return the size of a pixel with the unit of the CRS, or in pixels without a transform."""
    if not found["has_transform"]:
        return tr("1 pixel, without a geotransform")
    from ...core.crs import to_qgis  # not at the top: it needs the engine

    unit = QgsUnitTypes.toAbbreviatedString(to_qgis(found["crs"], found["name"]).mapUnits())
    return f"{format_number(width)} × {format_number(height)} {unit}".rstrip()


def _file_facts(found: Found) -> list[tuple[str, str]]:
    rows = [
        (tr("Size"), format_size(found["file_bytes"])),
        (tr("Uncompressed pixels"), format_size(found["uncompressed_bytes"])),
        (tr("Size ratio"), _compressed_to(found)),
    ]
    if is_flac(found):
        rows += [
            (tr("Tiles"), format_number(found["tiles"])),
            (tr("Tiles without valid pixels"), format_number(found["empty_tiles"])),
            (tr("Tile size"), format_pixels(found["tile_width"], found["tile_height"])),
            (tr("Bands per tile"), format_number(found["tile_bands"])),
            (tr("Format version"), str(found["format_version"])),
        ]
    return rows


def recovery_text(recovery: Found) -> str:
    """Return how exactly the pixels of a file of the package flac-raster can be recovered."""
    if not recovery["has_pixels"]:
        return tr("not at all")
    if recovery["exact"]:
        return tr("exactly")
    return tr("as far as possible; “Verify FLAC raster” counts uncertain values")


def _band_table(found: Found) -> str:
    names = map(tr, ("Name", "Color", "Unit", "Minimum", "Maximum", "Nodata", "Scale", "Offset"))
    numbers = ("minimum", "maximum", "nodata", "scale", "offset")
    dates = (found["times"] or {}).get("bands", ())
    has_labels = any(date["label"] for date in dates)
    times = [[date["time"], *([date["label"] or "–"] if has_labels else ())] for date in dates]
    rows = [
        (
            str(number),
            *time,
            band["description"] or "–",
            _color(band),
            band["unit"] or "–",
            *(format_number(band.get(key)) for key in numbers),
        )
        for number, (band, time) in enumerate(zip_longest(found["bands"], times, fillvalue=()), 1)
    ]
    columns = ("", *([tr("Time")] if times else ()), *([tr("Label")] if has_labels else ()), *names)
    return table(columns, rows, numbers_from=len(columns) - len(numbers))


def _color(band: Found) -> str:
    if band["colormap"]:
        return tr("palette of {count}").format(count=len(band["colormap"]))
    interpretation = band["color_interpretation"]
    return "–" if interpretation == "undefined" else color_name(interpretation)


def _level_table(found: Found) -> str:
    columns = map(
        tr, ("Level", "Width", "Height", "Tiles", "Size in bytes", "Fraction of the file")
    )
    rows = [
        (
            *(format_number(level[key]) for key in ("level", "width", "height", "tiles", "bytes")),
            format_percent(level["bytes"] / found["file_bytes"]),
        )
        for level in found["levels"]
    ]
    return table(columns, rows)


def extent_text(bounds: Sequence[float]) -> str:
    """Return a line about bounds."""
    x_min, y_min, x_max, y_max = (format_number(value, 10) for value in bounds)
    return tr("x {x_min} to {x_max}, y {y_min} to {y_max}").format(
        x_min=x_min, x_max=x_max, y_min=y_min, y_max=y_max
    )


def crs_name(crs: Any) -> str:
    """Return an authority code as it is, and of WKT the name that it begins with."""
    if not crs:
        return tr("none")
    named = re.match(r'\s*\w+\s*\[\s*"([^"]*)"', crs)
    return tr("{name} (as WKT)").format(name=named[1]) if named else crs
