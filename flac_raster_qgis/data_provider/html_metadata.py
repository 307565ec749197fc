"""Description of a FLAC raster for the information page of its layer."""

from __future__ import annotations

from html import escape

from ..core.error_text import error_text
from ..core.formatting import format_percent, format_size
from ..core.translation import tr
from ..engine.errors import printable
from ..engine.format.statistics import MinMax
from ..engine.model.metadata import Band, Number, uncompressed_size
from ..engine.reading.flac_raster import FlacRaster
from .open_raster import OpenRaster


def html_rows(opened: OpenRaster) -> str:
    """Return a raster's properties as table rows of HTML."""
    return "".join(
        f'<tr><td class="highlight">{escape(name)}</td><td>{value}</td></tr>\n'
        for name, value in _rows(opened)
    )


def _rows(opened: OpenRaster) -> list[tuple[str, str]]:
    raster, metadata = opened.raster, opened.metadata
    index = raster.head.index
    size, raw = raster.source.size, uncompressed_size(metadata)
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
        (tr("Mask"), tr("yes") if metadata.has_mask else tr("no")),
    ]
    if raster.head.recovery is not None:
        recovery = (
            tr("Every pixel is recovered exactly.")
            if raster.head.recovery.exact
            else tr("“Verify FLAC raster” counts the pixels that cannot be recovered exactly.")
        )
        rows.append((tr("Recovery"), _list([recovery, *map(error_text, raster.warnings)])))
    if not metadata.crs:
        rows.append((tr("CRS"), tr("none")))
    elif metadata.crs.upper().startswith(("EPSG:", "ESRI:", "OGC:")):
        rows.append((tr("CRS"), _text(metadata.crs)))
    for number, band in enumerate(metadata.bands, start=1):
        name = tr("Band {number}").format(number=number)
        rows.append((name, _band(band, raster.min_max(number))))
    if tags := metadata.tags.get("", {}):
        rows.append((tr("More information"), _list(f"{k}={v}" for k, v in tags.items())))
    return rows


def _format(raster: FlacRaster) -> str:
    """Return the name of the format; files of flac-raster have a layout instead of a version."""
    version = raster.head.version
    return version if raster.head.recovery is not None else f"FLAC Raster {version}"


def _band(band: Band, min_max: MinMax | None) -> str:
    low, high = min_max or (None, None)
    lines = [
        (tr("Description"), band.description),
        (
            tr("Color interpretation"),
            band.color_interpretation if band.color_interpretation != "undefined" else None,
        ),
        (tr("Minimum"), _short(low)),
        (tr("Maximum"), _short(high)),
        (tr("Nodata"), band.nodata),
        (tr("Unit"), band.unit),
        (tr("Scale"), band.scale if band.scale != 1.0 else None),
        (tr("Offset"), band.offset if band.offset != 0.0 else None),
        (tr("Colors in the color table"), len(band.colormap) if band.colormap else None),
    ]
    texts = [f"{name}: {value}" for name, value in lines if value is not None]
    return _list(texts + [f"{k}={v}" for k, v in band.tags.get("", {}).items()])


def _short(value: Number | None) -> Number | str | None:
    return f"{value:.9g}" if isinstance(value, float) else value


def _text(text: str) -> str:
    """Return HTML that shows a text literally."""
    return escape(printable(text))


def _list(texts) -> str:
    items = "".join(f"<li>{_text(text)}</li>" for text in texts)
    return f"<ul>{items}</ul>" if items else ""
