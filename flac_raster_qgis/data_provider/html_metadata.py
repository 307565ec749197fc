"""What the layer's properties say of a FLAC raster."""

from __future__ import annotations

from html import escape

from ..core.error_text import error_text
from ..core.formatting import format_percent, format_size
from ..core.translation import tr
from ..engine.errors import printable
from ..engine.format.statistics import MinMax
from ..engine.model.metadata import Band, Number, raw_bytes
from ..engine.reading.flac_raster import FlacRaster
from .open_raster import OpenRaster


def html_rows(opened: OpenRaster) -> str:
    """Describe a raster as rows of the table on the layer's information page."""
    return "".join(
        f'<tr><td class="highlight">{escape(name)}</td><td>{value}</td></tr>\n'
        for name, value in _rows(opened)
    )


def _rows(opened: OpenRaster) -> list[tuple[str, str]]:
    raster, metadata = opened.raster, opened.metadata
    index = raster.head.index
    size, raw = raster.source.size, raw_bytes(metadata)
    empty, level_bytes = index.empty_count, index.level_bytes
    largest = opened.grid.levels[0].tile_window(0, 0)
    tiles = tr("{count} of {width} x {height} pixels").format(
        count=opened.grid.tile_count, width=largest.width, height=largest.height
    )
    if empty:
        tiles += ", " + tr("{count} of them nothing but nodata").format(count=empty)
    levels = "".join(
        f"<li>{level.width} x {level.height}: {format_size(level_bytes(level.number))}</li>"
        for level in raster.levels
    )
    rows = [
        (tr("Format"), _text(_format(raster))),
        (tr("Data type"), escape(metadata.type_name)),
        (
            tr("File size"),
            tr("{size}, {part} of the {raw} of its pixels").format(
                size=format_size(size),
                part=escape(format_percent(size / raw)),
                raw=format_size(raw),
            ),
        ),
        (tr("Tiles"), tiles),
        (tr("Bands of a tile"), str(opened.grid.tile_bands)),
        (tr("Levels"), f"<ul>{levels}</ul>"),
        (tr("Mask"), tr("yes") if metadata.mask else tr("no")),
    ]
    if raster.head.recovery is not None:
        known = [_restored(raster.head.recovery.exact), *map(error_text, raster.warnings)]
        rows.append((tr("Restored"), _list(known)))
    if not metadata.crs:
        rows.append((tr("Coordinate system"), tr("none stored")))
    elif metadata.crs.upper().startswith(("EPSG:", "ESRI:", "OGC:")):
        rows.append((tr("Coordinate system"), _text(metadata.crs)))
    for number, band in enumerate(metadata.bands, start=1):
        extremes = raster.min_max(number)
        rows.append((tr("Band {number}").format(number=number), _band(band, extremes)))
    tags = metadata.tags.get("", {})
    if tags:
        rows.append((tr("More information"), _list(f"{k}={v}" for k, v in tags.items())))
    return rows


def _format(raster: FlacRaster) -> str:
    """Name the format; files of flac-raster have no version but a layout."""
    version = raster.head.version
    return version if raster.head.recovery is not None else f"FLAC Raster {version}"


def _restored(exact: bool | None) -> str:
    """Say how much of the pixels of a file of flac-raster is restored."""
    if exact:
        return tr("Every pixel is restored exactly.")
    return tr("“Verify FLAC raster” counts the pixels that cannot be restored exactly.")


def _band(band: Band, extremes: MinMax | None) -> str:
    low, high = extremes or (None, None)
    lines = [
        (tr("Description"), band.description),
        (tr("Colour"), band.interpretation if band.interpretation != "undefined" else None),
        (tr("Minimum"), _shown(low)),
        (tr("Maximum"), _shown(high)),
        (tr("Nodata"), band.nodata),
        (tr("Unit"), band.unit),
        (tr("Scale"), band.scale if band.scale != 1.0 else None),
        (tr("Offset"), band.offset if band.offset != 0.0 else None),
        (tr("Colours in its table"), len(band.colormap) if band.colormap else None),
    ]
    texts = [f"{name}: {value}" for name, value in lines if value is not None]
    return _list(texts + [f"{k}={v}" for k, v in band.tags.get("", {}).items()])


def _shown(value: Number | None) -> Number | str | None:
    return f"{value:.9g}" if isinstance(value, float) else value


def _text(text: str) -> str:
    """Return HTML that shows a text."""
    return escape(printable(text))


def _list(texts) -> str:
    items = "".join(f"<li>{_text(text)}</li>" for text in texts)
    return f"<ul>{items}</ul>" if items else ""
