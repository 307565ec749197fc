"""What an area of a FLAC raster needs, for people; the dictionary is that of the engine."""

from __future__ import annotations

from typing import Any

from ...core.formatting import format_number, format_percent, format_size
from ...core.translation import tr
from .description import crs_name
from .html import NEUTRAL, facts, heading, page, paragraph, table

Found = dict[str, Any]
#: Tiles that a page lists; the layer and the JSON report have all of them.
SHOWN = 500


def area_headline(found: Found) -> str:
    """Say in one line what an area needs."""
    return tr("{tiles}, {size}, {part} of the file; {fetches}").format(
        tiles=_tiles(found),
        size=format_size(found["tile_bytes"]),
        part=format_percent(found["file_fraction"]),
        fetches=_fetches(found),
    )


def reading_headline(found: Found) -> str:
    """Say in one line what was read of a file, and what was downloaded for it."""
    tiles, size, part = (
        _tiles(found),
        format_size(found["tile_bytes"]),
        format_percent(found["file_fraction"]),
    )
    if found["is_local"]:
        return tr("{tiles}, {size}, {part} of the file").format(tiles=tiles, size=size, part=part)
    text = tr(
        "{tiles}, {size}, {part} of the file; {downloaded} downloaded, opening the file included"
    )
    downloaded = format_size(found["downloaded_bytes"])
    return text.format(tiles=tiles, size=size, part=part, downloaded=downloaded)


def _tiles(found: Found) -> str:
    tiles = (
        tr("One tile")
        if found["tile_count"] == 1
        else tr("{count} tiles").format(count=format_number(found["tile_count"]))
    )
    if found["where"] is None:
        return tiles
    return tr("{tiles} of {all} where {condition}").format(
        tiles=tiles, all=format_number(found["tiles_in_area"]), condition=found["where"]
    )


def area_report(found: Found) -> str:
    """Say what an area needs, tile by tile."""
    x_min, y_min, x_max, y_max = (format_number(value, 10) for value in found["bounds"])
    window = found["window"]
    rows = [
        (tr("File"), found["name"]),
        (tr("Size of the file"), format_size(found["file_bytes"])),
        (tr("Coordinate system"), crs_name(found["crs"])),
        (
            tr("Extent"),
            tr("x {x_min} to {x_max}, y {y_min} to {y_max}").format(
                x_min=x_min, x_max=x_max, y_min=y_min, y_max=y_max
            ),
        ),
        (
            tr("Level"),
            tr("{level} of 0 to {last}").format(level=found["level"], last=found["levels"] - 1),
        ),
        (
            tr("Pixels"),
            tr("{width} × {height}, from column {column} and row {row}").format(
                width=format_number(window["width"]),
                height=format_number(window["height"]),
                column=format_number(window["col_off"]),
                row=format_number(window["row_off"]),
            ),
        ),
        *(
            [(tr("Outside the raster"), tr("{part} of the extent").format(part=_outside(found)))]
            if found["outside_fraction"]
            else []
        ),
        (tr("Bands"), ", ".join(map(str, found["bands"]))),
        *([] if found["where"] is None else [(tr("Only tiles where"), found["where"])]),
        (tr("Tiles"), format_number(found["tile_count"])),
        (tr("Tiles of nothing but nodata"), format_number(found["empty_tiles"])),
        (tr("Size of the tiles"), format_size(found["tile_bytes"])),
        (tr("Part of the file"), format_percent(found["file_fraction"])),
        (tr("From a web server"), _fetches(found)),
    ]
    columns = map(
        tr, ("Tile", "Row", "Column", "Bands", "First byte", "Bytes", "Smallest", "Largest")
    )
    keys = ("tile", "row", "column", "bands", "offset", "size", "min", "max")
    tiles = [
        [format_number(tile[key]) for key in keys]  # bands are a text already
        for tile in found["tiles"][:SHOWN]
    ]
    parts = [facts(rows), heading(tr("Tiles")), table(tuple(columns), tiles)]
    if found["tile_count"] > SHOWN:
        parts.append(
            paragraph(tr("And more; the layer of tiles and the JSON report list all of them."))
        )
    return page(tr("What an area needs"), area_headline(found), NEUTRAL, *parts)


def _outside(found: Found) -> str:
    return format_percent(found["outside_fraction"])


def _fetches(found: Found) -> str:
    if not found["request_count"]:
        return tr("nothing to fetch once it is open")
    if found["request_count"] == 1:
        return tr("{size} to fetch in one request").format(size=format_size(found["request_bytes"]))
    return tr("{size} to fetch in {count} requests").format(
        size=format_size(found["request_bytes"]), count=format_number(found["request_count"])
    )
