"""The plan of an area as a headline and a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...core.formatting import counted, format_number, format_percent, format_size
from ...core.translation import tr
from .description import crs_name, extent_text
from .html import NEUTRAL, facts, heading, page, paragraph, table

if TYPE_CHECKING:
    from ...engine.operations import AreaPlan, ExtractResult

#: Tiles that a page lists; the layer and the JSON report have all of them.
SHOWN = 500


def area_headline(plan: AreaPlan) -> str:
    """Return one line about what an area needs."""
    return tr("{tiles}, {size}, {part} of the file; {fetches}").format(
        tiles=_tiles(plan),
        size=format_size(plan.tile_bytes),
        part=format_percent(plan.file_fraction),
        fetches=_fetches(plan),
    )


def reading_headline(result: ExtractResult) -> str:
    """Return one line about what was read of a file, and what was downloaded for it."""
    plan = result.plan
    tiles, size = _tiles(plan), format_size(plan.tile_bytes)
    part = format_percent(plan.file_fraction)
    if plan.is_local:
        return tr("{tiles}, {size}, {part} of the file").format(tiles=tiles, size=size, part=part)
    text = tr(
        "{tiles}, {size}, {part} of the file; {downloaded} downloaded, opening the file included"
    )
    downloaded = format_size(result.downloaded_bytes)
    return text.format(tiles=tiles, size=size, part=part, downloaded=downloaded)


def _tiles(plan: AreaPlan) -> str:
    tiles = counted(len(plan.tiles), tr("One tile"), tr("{count} tiles"))
    if plan.where is None:
        return tiles
    return tr("{tiles} of {all} where {condition}").format(
        tiles=tiles, all=format_number(plan.tiles_in_area), condition=plan.where
    )


def area_report(plan: AreaPlan) -> str:
    """Return a page about what an area needs, tile by tile."""
    window = plan.window
    rows = [
        (tr("File"), plan.name),
        (tr("Size of the file"), format_size(plan.file_bytes)),
        (tr("CRS"), crs_name(plan.crs)),
        (tr("Extent"), extent_text(plan.bounds)),
        (tr("Level"), tr("{level} of 0 to {last}").format(level=plan.level, last=plan.levels - 1)),
        (
            tr("Pixels"),
            tr("{width} × {height}, from column {column} and row {row}").format(
                width=format_number(window.width),
                height=format_number(window.height),
                column=format_number(window.col_off),
                row=format_number(window.row_off),
            ),
        ),
        (tr("Bands"), ", ".join(map(str, plan.bands))),
        (tr("Tiles"), format_number(len(plan.tiles))),
        (tr("Tiles without valid pixels"), format_number(plan.tiles.empty_count)),
        (tr("Size of the tiles"), format_size(plan.tile_bytes)),
        (tr("Fraction of the file"), format_percent(plan.file_fraction)),
        (tr("From a web server"), _fetches(plan)),
    ]
    if plan.where is not None:
        rows.insert(7, (tr("Filter"), plan.where))
    if plan.outside_fraction:
        outside = format_percent(plan.outside_fraction)
        rows.insert(6, (tr("Outside the raster"), tr("{part} of the extent").format(part=outside)))
    columns = map(
        tr, ("Tile", "Row", "Column", "Bands", "Offset", "Size in bytes", "Minimum", "Maximum")
    )
    keys = ("tile", "row", "column", "bands", "offset", "size", "min", "max")
    tiles = [
        [format_number(tile.attributes()[key]) for key in keys]  # bands are a text already
        for tile in plan.tiles[:SHOWN]
    ]
    parts = [facts(rows), heading(tr("Tiles")), table(columns, tiles)]
    if len(plan.tiles) > SHOWN:
        parts.append(
            paragraph(tr("And more: the layer of tiles and the JSON report list all of them."))
        )
    return page(tr("Plan of an area"), area_headline(plan), NEUTRAL, *parts)


def _fetches(plan: AreaPlan) -> str:
    if not len(plan.requests):
        return tr("nothing to download after opening it")
    text = tr("{size} to download in {count} requests")
    if len(plan.requests) == 1:
        text = tr("{size} to download in one request")
    size, count = format_size(plan.request_bytes), format_number(len(plan.requests))
    return text.format(size=size, count=count)
