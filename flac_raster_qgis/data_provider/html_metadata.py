"""Description of a FLAC raster for the information page of its layer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from html import escape

from ..core.error_text import error_text
from ..core.formatting import (
    color_name,
    format_number,
    format_percent,
    format_pixels,
    format_size,
    format_value,
    localized,
)
from ..core.translation import tr
from ..engine.errors import printable
from ..engine.format.statistics import MinMax
from ..engine.model.metadata import Band, Number, uncompressed_size
from ..engine.model.transform import window_transform
from ..engine.operations.info import codings
from ..engine.reading.flac_raster import FlacRaster
from .dates import dates_of
from .georeference import LayerGeoreference
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
    tiles = tr("{count} of {size}").format(
        count=format_number(opened.grid.tile_count),
        size=format_pixels(largest.width, largest.height),
    )
    if empty:
        count = format_number(empty)
        tiles += ", " + tr("{count} of them nothing but nodata").format(count=count)
    levels = "".join(
        f"<li>{format_pixels(level.width, level.height)}, {format_size(level_bytes(number))}</li>"
        for number, level in enumerate(raster.levels)
    )
    compression = ", ".join((tr("FLAC, lossless"), *map(printable, codings(raster))))
    rows = [
        # QGIS has a row “Data type” of its own, with the type that it makes of this one
        (tr("Format"), _text(f"{_format(raster)}, {metadata.type_name}")),
        *_georeference(opened.georeference),
        (tr("Compression"), escape(compression)),
        (
            tr("File size"),
            tr("{size}, {part} of {raw} uncompressed").format(
                size=format_size(size),
                part=escape(format_percent(size / raw)),
                raw=format_size(raw),
            ),
        ),
        (tr("Tiles"), tiles),
        (tr("Bands per tile"), format_number(opened.grid.tile_bands)),
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
    if dates := dates_text(opened):
        rows.append((tr("Dates"), _list(dates)))
    for number, (band, min_max) in enumerate(_bands(opened), start=1):
        name = tr("Band {number}").format(number=number)
        rows.append((name, _band(band, min_max)))
    if tags := metadata.tags.get("", {}):
        rows.append((tr("More information"), _list(f"{k}={v}" for k, v in tags.items())))
    return rows


def dates_text(opened: OpenRaster) -> list[str]:
    """Return sentences about the dates of a raster, and which of them a layer shows, if it has any.

    Without a range of time, that is; as tools, legends and prints have none.
    """
    shown = opened.dates
    dates = dates_of(opened.metadata) if shown is None else shown.dates
    if not dates:
        return []
    count = format_number(len(dates))
    all_dates = tr("{count}, from {first} to {last}")
    sentences = [all_dates.format(count=count, first=str(dates[0]), last=str(dates[-1]))]
    if len(dates) == 1:
        sentences = [str(dates[0])]
    if shown is None:
        return [*sentences, tr("The layer has the bands of all dates.")]
    if len(dates) > 1:
        text = tr("The map shows the date of its range of time; without one, and in tools, {date}.")
        sentences.append(text.format(date=str(dates[shown.default])))
    return sentences


def _bands(opened: OpenRaster) -> Iterator[tuple[Band, MinMax | None]]:
    """Yield each band as QGIS sees it, with the lowest and the highest value of all its dates."""
    raster, bands = opened.raster, opened.metadata.bands
    if opened.dates is None:
        for number, band in enumerate(bands, start=1):
            yield band, raster.min_max(number)
        return
    for column, name in enumerate(opened.dates.names):
        numbers = opened.dates.bands_of_column(column)
        tags = [{*bands[number - 1].tags.get("", {}).items()} for number in numbers]
        common = dict(sorted(set.intersection(*tags)))
        own = bands[opened.band_numbers[column] - 1]
        band = replace(own, description=name or None, tags={"": common})
        yield band, MinMax.union(map(raster.min_max, numbers))


def _format(raster: FlacRaster) -> str:
    """Return the name of the format; files of flac-raster have a layout instead of a version."""
    version = raster.head.version
    return version if raster.head.recovery is not None else f"FLAC Raster {version}"


def _georeference(georeference: LayerGeoreference) -> list[tuple[str, str]]:
    """Return what other formats have on this page, named and written as there."""
    a, _, x, _, e, y = window_transform(georeference.transform, georeference.window)
    size = (a, e) if georeference.axis_aligned else georeference.pixel_size
    return [
        (tr("Origin"), _pair(x, y)),
        (tr("Pixel Size"), _pair(*size)),
    ]


def _pair(x: float, y: float) -> str:
    texts = [localized(f"{value:.15g}") for value in (x, y)]
    return "; ".join(texts) if any("," in text for text in texts) else ", ".join(texts)


def _band(band: Band, min_max: MinMax | None) -> str:
    low, high = min_max or (None, None)
    interpretation = band.color_interpretation
    lines = [
        (tr("Description"), band.description),
        (
            tr("Color interpretation"),
            color_name(interpretation) if interpretation != "undefined" else None,
        ),
        (tr("Minimum"), _value(low)),
        (tr("Maximum"), _value(high)),
        (tr("Nodata"), _value(band.nodata)),
        (tr("Unit"), band.unit),
        (tr("Scale"), _value(band.scale) if band.scale != 1.0 else None),
        (tr("Offset"), _value(band.offset) if band.offset != 0.0 else None),
        (tr("Colors in the color table"), len(band.colormap) if band.colormap else None),
    ]
    texts = [f"{name}: {value}" for name, value in lines if value is not None]
    return _list(texts + [f"{k}={v}" for k, v in band.tags.get("", {}).items()])


def _value(value: Number | None) -> str | None:
    return None if value is None else format_value(value)


def _text(text: str) -> str:
    """Return HTML that shows a text literally."""
    return escape(printable(text))


def _list(texts) -> str:
    items = "".join(f"<li>{_text(text)}</li>" for text in texts)
    return f"<ul>{items}</ul>" if items else ""
