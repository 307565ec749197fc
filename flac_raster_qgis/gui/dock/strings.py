"""Texts of the dock: properties of a raster, the plan of an area, names of layers."""

from __future__ import annotations

from collections.abc import Sequence
from math import hypot, isfinite, log10

from qgis.core import QgsCoordinateReferenceSystem, QgsUnitTypes

from ...core.extents import drawn_y
from ...core.formatting import (
    color_name,
    counted,
    format_number,
    format_percent,
    format_pixels,
    format_size,
    format_value,
    localized,
)
from ...core.translation import tr
from ...engine.errors import printable
from ...engine.format.statistics import MinMax
from ...engine.model.metadata import RasterMetadata, uncompressed_size
from ...engine.operations import AreaPlan
from ...engine.operations.info import codings
from ...engine.reading.flac_raster import FlacRaster
from .value_filter import FilteredPlan, scale_and_offset

#: Codings listed by name; further ones are only counted.
_MAX_CODINGS = 4
#: Significant digits of a pixel size, and of coordinates.
_DIGITS, _MORE_DIGITS = 5, 8
#: Smallest number that is written without an exponent.
_SMALLEST = 1e-7


# ---------------------------------------------------------------- a raster


def raster_properties(
    raster: FlacRaster, crs: QgsCoordinateReferenceSystem
) -> list[tuple[str, str]]:
    """Return name and value of each property that the dock shows of a raster."""
    metadata = raster.metadata
    rows = [
        (tr("Size"), format_pixels(metadata.width, metadata.height)),
        (tr("CRS"), crs_text(raster, crs)),
        (tr("Extent"), extent_text(metadata)),
        (tr("Pixel size"), pixel_size_text(raster.metadata, 0, crs)),
        (tr("Bands"), f"{format_number(metadata.count)} × {metadata.type_name}"),
        (tr("Nodata"), nodata_text(metadata)),
        (tr("Levels"), levels_text(raster)),
        (tr("Tiles"), tiles_text(raster)),
        (tr("File size"), file_size_text(raster)),
    ]
    codings = codings_text(raster)
    if codings:
        rows.append((tr("Codings"), codings))
    return rows


def crs_text(raster: FlacRaster, crs: QgsCoordinateReferenceSystem) -> str:
    """Return the name of the CRS."""
    if crs.isValid():
        return crs.userFriendlyIdentifier()
    return tr("none") if not raster.metadata.crs else tr("unknown CRS")


def pixel_size_text(metadata: RasterMetadata, level: int, crs: QgsCoordinateReferenceSystem) -> str:
    """Format the pixel size of a level, with its unit."""
    factor = 2**level
    if not metadata.has_transform:
        return tr("1 pixel") if level == 0 else tr("{count} pixels").format(count=factor)
    a, b, _, d, e, _ = metadata.transform
    sides = dict.fromkeys(alike([factor * hypot(a, d), factor * hypot(b, e)], _DIGITS))
    return " × ".join(sides) + unit_text(crs)


def alike(values: Sequence[float], digits: int) -> list[str]:
    """Format numbers to some significant digits, all with an exponent or none.

    Examples
    --------
    >>> alike([7.5291e-05, 0.00011509], 5), alike([1e-9, 10.0], 5), alike([1234.5, 30.0], 5)
    (['0.000075291', '0.00011509'], ['1e-09', '1e+01'], ['1,234.5', '30'])
    """
    sizes = [abs(value) for value in values if value and isfinite(value)]
    if sizes and not (_SMALLEST <= min(sizes) and max(sizes) < 1e15):
        return [_with_exponent(value, digits) for value in values]
    texts = []
    for value in values:
        before = int(log10(abs(value)) // 1) + 1 if value and isfinite(value) else 1
        text = f"{value:,.{max(digits - before, 0)}f}"
        texts.append(localized(text.rstrip("0").rstrip(".") if "." in text else text))
    return texts


def _with_exponent(value: float, digits: int) -> str:
    mantissa, _, exponent = f"{value:.{digits - 1}e}".partition("e")
    return localized(f"{mantissa.rstrip('0').rstrip('.')}e{exponent}" if exponent else mantissa)


def extent_text(metadata: RasterMetadata) -> str:
    """Format the extent where QGIS draws the raster."""
    xmin, ymin, xmax, ymax = metadata.bounds
    low, high = sorted(drawn_y(y, metadata) for y in (ymin, ymax))
    return "{} … {}\n{} … {}".format(*alike([xmin, xmax, low, high], _MORE_DIGITS))


def nodata_text(metadata: RasterMetadata) -> str:
    """Format the nodata values of all bands, and say if there is a mask."""
    values = dict.fromkeys("–" if v is None else format_value(v) for v in metadata.nodata)
    texts = [text for text in values if text != "–" or len(values) > 1]
    if metadata.has_mask:
        texts.append(tr("mask"))
    return ", ".join(texts) or tr("none")


def unit_text(crs: QgsCoordinateReferenceSystem) -> str:
    """Return the abbreviated unit of a CRS, with a space before it if it needs one."""
    if not crs.isValid():
        return ""
    if QgsUnitTypes.encodeUnit(crs.mapUnits()) == "degrees":
        return "°"
    short = QgsUnitTypes.toAbbreviatedString(crs.mapUnits())
    return f" {short}" if short else ""


def levels_text(raster: FlacRaster) -> str:
    """Format the number of levels and the size of the coarsest."""
    coarsest = raster.levels[-1]
    if len(raster.levels) == 1:
        return tr("1 (no overviews)")
    return tr("{count}, down to {width} × {height}").format(
        count=len(raster.levels),
        width=format_number(coarsest.width),
        height=format_number(coarsest.height),
    )


def tiles_text(raster: FlacRaster) -> str:
    """Format the number of tiles and their size."""
    largest = raster.levels[0].tile_window(0, 0)
    text = tr("{count} of {size}").format(
        count=format_number(raster.grid.tile_count),
        size=format_pixels(largest.width, largest.height),
    )
    if raster.metadata.count > 1:
        text += ", " + counted(raster.grid.tile_bands, tr("1 band each"), tr("{count} bands each"))
    return text


def file_size_text(raster: FlacRaster) -> str:
    """Format the file size, also as percent of the uncompressed size."""
    size = raster.source.size
    part = format_percent(size / uncompressed_size(raster.metadata))
    return tr("{size}, {part} of the uncompressed size").format(size=format_size(size), part=part)


def codings_text(raster: FlacRaster) -> str:
    """List the codings of the tiles, most frequent first."""
    counts = sorted(codings(raster).items(), key=lambda item: -item[1]["tiles"])
    parts = [f"{name} ({format_number(found['tiles'])})" for name, found in counts]
    more = len(parts) - _MAX_CODINGS
    if more > 0:
        parts[_MAX_CODINGS:] = [tr("{count} more").format(count=more)]
    return ", ".join(parts)


def level_text(raster: FlacRaster, level: int, crs: QgsCoordinateReferenceSystem) -> str:
    """Return the name of a level in a list."""
    text = tr("Full: {pixel_size}") if level == 0 else tr("Level {level}: {pixel_size}")
    return text.format(pixel_size=pixel_size_text(raster.metadata, level, crs), level=level)


def band_text(raster: FlacRaster, number: int) -> str:
    """Return the name of a band in a list."""
    band = raster.metadata.bands[number - 1]
    color = band.color_interpretation
    name = band.description or ("" if color in ("undefined", "gray") else color_name(color))
    text = tr("Band {number}").format(number=number)
    return f"{text}: {printable(name)}" if name else text


def preview_text(size: int) -> str:
    """Return the text of the button that downloads a preview, or draws that of a local file."""
    if not size:
        return tr("Preview")
    return tr("Preview, {size}").format(size=format_size(size))


# ---------------------------------------------------------------- the plan of an area


def plan_text(plan: AreaPlan) -> str:
    """Summarize the download in one line, such as “12 tiles, 3.1 MB in 4 requests”."""
    tiles = counted(len(plan.tiles), tr("1 tile"), tr("{count} tiles"))
    if not plan.tile_bytes:
        return tr("{tiles}, all nodata: nothing to download").format(tiles=tiles)
    if not plan.bytes_to_read:
        return tr("{tiles}, all cached: nothing to download").format(tiles=tiles)
    size = format_size(plan.bytes_to_read)
    part = format_percent(plan.bytes_to_read / plan.file_bytes)
    if plan.is_local:
        return tr("{tiles}, {size}, {part} of the file").format(tiles=tiles, size=size, part=part)
    if len(plan.requests) == 1:
        text = tr("{tiles}, {size} in 1 request, {part} of the file")
    else:
        text = tr("{tiles}, {size} in {requests} requests, {part} of the file")
    return text.format(
        tiles=tiles, size=size, part=part, requests=format_number(len(plan.requests))
    )


def filter_text(found: FilteredPlan) -> str:
    """Return a sentence on the tiles that have the values looked for, as a prefix; may be empty."""
    tiles = found.area.tiles_in_area
    if not found.places or found.matching == tiles:
        return ""
    text = tr("{count} of {tiles} tiles have such values; the box is narrowed.")
    return text.format(count=format_number(found.matching), tiles=format_number(tiles)) + " "


def value_limits(
    raster: FlacRaster, bands: Sequence[int] | None, plan: AreaPlan | None
) -> tuple[str, str] | None:
    """Return the lowest and highest value of some bands in an area, or in all of the raster."""
    numbers = range(1, raster.metadata.count + 1) if bands is None else bands
    shared = scale_and_offset(raster, bands)
    found = plan.tiles.min_max if plan else MinMax.union(map(raster.min_max, numbers))
    if found is None or shared is None:
        return None
    scale, offset = shared
    if shared != (1, 0):
        found = MinMax(*sorted(value * scale + offset for value in found))
    return format_value(found.minimum), format_value(found.maximum)


def outside_text(plan: AreaPlan) -> str:
    """Return a sentence on the part of an area outside the raster, as a prefix; may be empty."""
    if not plan.outside_fraction:
        return ""
    part = format_percent(plan.outside_fraction)
    return tr("{part} of the box lies outside the raster.").format(part=part) + " "


def result_text(plan: AreaPlan) -> str:
    """Summarize the result in one line."""
    window = plan.window
    text = tr("Result: {size}, {bytes} uncompressed").format(
        size=format_pixels(window.width, window.height), bytes=format_size(plan.uncompressed_bytes)
    )
    if not plan.is_local and 0 < plan.bytes_to_read < plan.tile_bytes:
        text += tr("; {size} of the tiles are cached").format(
            size=format_size(plan.tile_bytes - plan.bytes_to_read)
        )
    return outside_text(plan) + text


def layer_name(title: str, plan: AreaPlan) -> str:
    """Return the layer name of an area: the file, and the level if it is an overview.

    Examples: “dem”, “dem (level 2)”.
    """
    if not plan.level:
        return title
    return tr("{name} (level {level})").format(name=title, level=plan.level)


def progress_text(done: int, total: int, fraction: float) -> str:
    """Format the progress: bytes of a download, or percent if nothing is downloaded."""
    if not total:
        return format_percent(fraction)
    return tr("{done} of {total}").format(done=format_size(done), total=format_size(total))


def live_text(plan: AreaPlan) -> str:
    """Describe the live layer of an area."""
    text = tr("A live layer downloads only what the map shows, at the resolution of the map.")
    if len(plan.parts) > 1:
        text += " " + tr("Two layers are added, one at each end of the raster.")
    return outside_text(plan) + text


def all_bands_text(raster: FlacRaster, numbers: Sequence[int]) -> str:
    """Return the text for all of some bands."""
    if len(numbers) == 1:
        return band_text(raster, numbers[0])
    return tr("All {count} bands").format(count=format_number(len(numbers)))
