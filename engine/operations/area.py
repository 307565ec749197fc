"""Find the pixels of an area: a bbox in any CRS, a tile, or everything, at one level."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from numbers import Real
from typing import Any

from ..errors import InputError, Message, OutsideRaster
from ..model.arguments import checked_level
from ..model.grid import Level, Window, is_fine_enough, level_for_resolution
from ..model.metadata import RasterMetadata
from ..model.overlap import Position, check_bounds
from ..model.transform import Bounds
from ..reading.flac_raster import FlacRaster
from .longitudes import (
    LONGEST_TURN,
    AreaWindow,
    LongitudeGrid,
    around_ring,
    bounds_text,
    corners,
    full_turn,
    outside_fraction,
    windows_of_bbox,
)

#: Fraction of a bbox outside the raster from which its numbers may be in the wrong order.
_MOSTLY_OUTSIDE = 0.9
#: Names of tiles, besides numbers.
CENTER, LAST = "center", "last"


@dataclass(frozen=True)
class Area:
    """Part of a raster: a bbox, a tile, or everything if neither is given.

    Parameters
    ----------
    bbox : (xmin, ymin, xmax, ymax), optional
        Selects the pixels whose area it overlaps, see `overlap.window_from_bounds`. Longitudes may
        be those of the raster or full turns away: -10 to 10 are found in a raster of 0 to 360.
    crs : str, optional
        CRS of the bbox: an authority code such as ``"EPSG:4326"`` or WKT; default that of the
        raster. A bbox in another CRS stands for the smallest axis-aligned rectangle in the raster's
        CRS that contains it, with its edges curved as they may be. x is east in every CRS.
    tile : int or str, optional
        A block of the level, with all its bands: its number, counted row by row from 0, or
        ``"center"`` or ``"last"``.
    outline : sequence of (x, y), optional
        Shape whose bounds in the raster's CRS are the bbox, if the caller has transformed it. The
        fraction outside the raster is that of this shape.
    full_turn : float, optional
        Units of x that lead once around the globe, 0 if x is not a longitude. Default: looked up
        from the CRS, which may need rasterio.
    """

    bbox: Bounds | None = None
    crs: str | None = None
    tile: int | str | None = None
    outline: Sequence[Position] | None = field(default=None, repr=False, compare=False)
    full_turn: float | None = field(default=None, repr=False, compare=False)

    def __post_init__(self) -> None:
        if self.bbox is not None and self.tile is not None:
            raise InputError("area.bbox_and_tile")
        if self.crs is not None and self.bbox is None:
            raise InputError("area.crs_without_bbox")
        if self.crs is not None and not isinstance(self.crs, str):
            raise InputError("area.crs_type", found=f"{self.crs!r:.80}")
        if self.bbox is not None:
            check_bounds(self.bbox)


def find_parts(
    raster: FlacRaster, area: Area, level: Level
) -> tuple[tuple[AreaWindow, ...], float, tuple[str, ...]]:
    """Find the pixels of an area; raises as `plan_area` does.

    Parts are from left to right, at least one, with the same rows: two where the area continues at
    the other end of a raster that wraps around the globe. Also returns the fraction of a bbox, by
    area, that lies outside the raster, and warnings about it.
    """
    if not isinstance(area, Area):
        raise InputError("area.type", found=f"{area!r:.80}")
    if area.bbox is not None:
        return _bbox_parts(raster, area, area.bbox, level)
    window = level.window if area.tile is None else _tile_window(raster, area.tile, level)
    return (AreaWindow(window),), 0.0, ()


def find_level(raster: FlacRaster, level: int | None, resolution: float | None) -> Level:
    """Return the level with a number, or the coarsest one whose pixels are small enough."""
    if level is not None and resolution is not None:
        raise InputError("area.level_and_resolution")
    if resolution is not None:
        if not (isinstance(resolution, Real) and math.isfinite(resolution) and resolution > 0):
            raise InputError("area.resolution", found=f"{resolution!r:.80}")
        largest = _pixel_size(raster)
        return (
            level_for_resolution(raster.grid, resolution / largest) if largest else raster.levels[0]
        )
    return checked_level(raster.levels, 0 if level is None else level, raster.name)


def _pixel_size(raster: FlacRaster) -> float:
    """Return the length of the longer side of a pixel of level 0."""
    a, b, _, d, e, _ = raster.metadata.transform
    return max(math.hypot(a, d), math.hypot(b, e))


def resolution_warnings(raster: FlacRaster, resolution: float, level: Level) -> tuple[str, ...]:
    """Return a warning if no level has pixels as small as requested."""
    size = _pixel_size(raster)
    if not size or is_fine_enough(resolution / size):
        return ()
    values: dict[str, Any] = {"expected": resolution, "level": level.number, "found": size}
    return (Message("area.too_fine", raster.name, **values),)


def _bbox_parts(
    raster: FlacRaster, area: Area, bbox: Bounds, level: Level
) -> tuple[tuple[AreaWindow, ...], float, tuple[str, ...]]:
    bounds, outline, turn = _in_raster(raster, area, bbox)
    metadata = raster.metadata
    grid = LongitudeGrid(raster.name, metadata.transform, raster.levels[0], turn)
    parts = windows_of_bbox(grid, bounds, level)
    counted = pixel_coordinates(raster.name, metadata)
    values = {"found": bounds_text(bbox), "expected": bounds_text(metadata.bounds)}
    values |= {"name": raster.name, "crs": short_crs(metadata.crs)}
    if not parts:
        if metadata.crs is None:
            remedy = "choose_inside_counted" if counted else "choose_inside"
        else:
            remedy = "choose_inside_or_crs" if area.crs is None else "choose_inside_in_crs"
        raise OutsideRaster(
            "area.outside",
            remedy=remedy,
            **values,
            inside=bounds_text(bounds),
            counted=counted,
            hint=_order_hint(raster, area, bbox, grid),
        )
    outside = outside_fraction(grid, outline)
    warnings = (counted,) if counted and _may_be_map_coordinates(bounds, metadata) else ()
    if not outside:
        return parts, 0.0, warnings
    hint = _order_hint(raster, area, bbox, grid) if outside > _MOSTLY_OUTSIDE else ""
    fraction = _percent(outside)
    warning = Message("area.partly_outside", **values, fraction=fraction, hint=hint)
    return parts, outside, (warning, *warnings)


def _order_hint(raster: FlacRaster, area: Area, bbox: Bounds, grid: LongitudeGrid) -> str:
    """Return a hint if a bbox lies inside when its numbers are read as xmin, xmax, ymin, ymax."""
    swapped = (bbox[0], bbox[2], bbox[1], bbox[3])
    if swapped[0] > swapped[2] or swapped[1] > swapped[3]:
        return ""
    try:
        _, outline, _ = _in_raster(raster, replace(area, outline=None), swapped)
        is_inside = not outside_fraction(grid, outline)
    except InputError:  # it has no place in that CRS
        return ""
    return Message("area.order_hint", found=bounds_text(swapped)) if is_inside else ""


def _may_be_map_coordinates(bounds: Bounds, metadata: RasterMetadata) -> bool:
    """Whether a bbox in pixels looks like map coordinates of ground control points."""
    xs, ys = [point.x for point in metadata.gcps], [point.y for point in metadata.gcps]
    is_near = bounds[0] <= max(xs) and bounds[2] >= min(xs)
    is_near = is_near and bounds[1] <= max(ys) and bounds[3] >= min(ys)
    return is_near and not all(float(value).is_integer() for value in bounds)


def pixel_coordinates(
    name: str, metadata: RasterMetadata, code: str = "area.counts_pixels"
) -> Message | None:
    """Return a warning if a raster has ground control points but no transform."""
    if metadata.has_transform or not metadata.gcps:
        return None
    crs = short_crs(metadata.gcps_crs, "area.without_crs")
    return Message(code, name, found=len(metadata.gcps), crs=crs)


def short_crs(crs: str | None, none: str = "area.pixels") -> str:
    """Name a CRS in a message: WKT may take pages."""
    if crs is None:
        return Message(none)
    return crs if len(crs) <= 60 else f"{crs[:57]}..."


def _percent(part: float) -> str:
    """Format a fraction at the start of a sentence; only exactly 0 and 1 are shown as such."""
    if part < 0.001:
        return Message("area.hardly_any")
    if part > 0.999:
        return Message("area.nearly_all")
    return f"{part:.1%}".replace("%", " %")


def _in_raster(
    raster: FlacRaster, area: Area, bounds: Bounds
) -> tuple[Bounds, Sequence[Position], float | None]:
    """Return the bbox in the raster's CRS, its outline there, and the length of a full turn."""
    crs, outline = raster.metadata.crs, area.outline
    if area.crs is None or area.crs == crs:
        turn = _turn(raster, area) if _may_be_turns_away(raster, bounds) else None
        return bounds, outline or corners(bounds), turn
    if crs is None:
        raise InputError("area.no_crs", raster.name, crs=short_crs(area.crs))
    # not at the top: to read a FLAC raster must not need rasterio
    from ..rasterio_io.crs import transform_bounds, transform_outline

    found = transform_bounds(bounds, area.crs, crs)
    outline, turn = transform_outline(bounds, area.crs, crs), _turn(raster, area)
    if turn is not None:
        found, outline = around_ring(outline, turn)
    return found, outline, turn


def _turn(raster: FlacRaster, area: Area) -> float | None:
    return (full_turn(raster.metadata.crs) if area.full_turn is None else area.full_turn) or None


def _may_be_turns_away(raster: FlacRaster, bounds: Bounds) -> bool:
    """Whether it matters if x is a longitude, which takes long to find out."""
    first, _, last, _ = raster.metadata.bounds
    inside = first <= bounds[0] and bounds[2] <= last
    return not inside and max(map(abs, (first, last, bounds[0], bounds[2]))) <= 2 * LONGEST_TURN


def _tile_window(raster: FlacRaster, tile: int | str, level: Level) -> Window:
    count = level.tile_rows * level.tile_columns
    if tile == CENTER:
        row, column = level.tile_rows // 2, level.tile_columns // 2
    elif tile == LAST:
        row, column = level.tile_rows - 1, level.tile_columns - 1
    elif isinstance(tile, int) and 0 <= tile < count:
        row, column = divmod(tile, level.tile_columns)
    else:
        raise InputError(
            "area.tile",
            raster.name,
            expected=count - 1,
            level=level.number,
            found=tile,
            center=CENTER,
            last=LAST,
        )
    return level.tile_window(row, column)


def widen_to_tiles(level: Level, parts: tuple[AreaWindow, ...]) -> tuple[AreaWindow, ...]:
    """Return all pixels of the tiles that the parts of an area touch."""
    size, (first, last) = level.tile_size, (parts[0].window, parts[-1].window)
    left, top = first.col_off // size * size, first.row_off // size * size
    right, bottom = last.col_off + last.width, last.row_off + last.height
    right, bottom = (-(-end // size) * size for end in (right, bottom))
    if len(parts) == 1:
        window = Window(left, top, right - left, bottom - top).intersection(level.window)
        return (parts[0]._replace(window=window),)
    if right > left:  # that is every column
        window = Window(0, top, level.width, bottom - top).intersection(level.window)
        return (AreaWindow(window, bounds=parts[0].bounds),)
    seam = first.col_off + first.width
    rows = Window(left, top, seam - left, bottom - top).intersection(level.window)
    return (
        parts[0]._replace(window=rows),
        parts[1]._replace(window=rows._replace(col_off=0, width=right), column=rows.width),
    )
