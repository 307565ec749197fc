"""Find the pixels of an area: a bbox in any CRS, a tile, or everything, at one level."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from numbers import Real
from typing import Any

from ..errors import InputError, Message, OutsideRaster
from ..model.arguments import checked_level
from ..model.grid import (
    Bounds,
    Level,
    Window,
    is_fine_enough,
    level_for_resolution,
)
from ..model.overlap import Position, check_bounds
from ..reading.flac_raster import FlacRaster
from .doubts import counts_pixels, may_be_map, order_hint, short_crs
from .longitudes import (
    LONGEST_TURN,
    Part,
    Place,
    around_ring,
    corners,
    full_turn,
    listed,
    outside_fraction,
    parts_of_bbox,
)

#: Part of a bbox outside from which its numbers may be in another order than they should.
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
        A square of the level with all its bands: its number, counted row by row from 0, or
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
) -> tuple[tuple[Part, ...], float, tuple[str, ...]]:
    """Find the pixels of an area.

    Parameters
    ----------
    raster : FlacRaster
    area : Area
    level : Level

    Returns
    -------
    parts : tuple of Part
        From left to right, at least one, with the same rows. Two where the area continues at the
        other end of a raster that leads around the globe.
    outside_fraction : float
        Fraction of a bbox, by area, that lies outside the raster.
    warnings : tuple of str
        One sentence each about what lies outside.

    Raises
    ------
    OutsideRaster, AreaInTwo, InputError, MissingDependency
        See `flac_raster_qgis.engine.operations.plan.plan_area`.
    """
    if not isinstance(area, Area):
        raise InputError("area.type", found=f"{area!r:.80}")
    if area.bbox is not None:
        return _bbox_parts(raster, area, area.bbox, level)
    window = level.window if area.tile is None else _tile_window(raster, area.tile, level)
    return (Part(window),), 0.0, ()


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
) -> tuple[tuple[Part, ...], float, tuple[str, ...]]:
    bounds, outline, turn = _in_raster(raster, area, bbox)
    metadata = raster.metadata
    place = Place(raster.name, metadata.transform, raster.levels[0], turn)
    parts = parts_of_bbox(place, bounds, level)
    counted = counts_pixels(raster.name, metadata)
    plain = replace(area, outline=None)
    values = {"found": listed(bbox), "expected": listed(metadata.bounds)}
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
            inside=listed(bounds),
            counted=counted,
            hint=order_hint(place, bbox, lambda other: _in_raster(raster, plain, other)[1]),
        )
    outside = outside_fraction(place, outline)
    is_doubtful = counted and may_be_map(bounds, metadata)
    warnings = (counted,) if counted and is_doubtful else ()
    if not outside:
        return parts, 0.0, warnings
    hint = ""
    if outside > _MOSTLY_OUTSIDE:
        hint = order_hint(place, bbox, lambda other: _in_raster(raster, plain, other)[1])
    fraction = _percent(outside)
    warning = Message("area.partly_outside", **values, fraction=fraction, hint=hint)
    return parts, outside, (warning, *warnings)


def _percent(part: float) -> str:
    """Write a part that begins a sentence; what is not nothing or all is not rounded to that."""
    if part < 0.001:
        return Message("area.hardly_any")
    if part > 0.999:
        return Message("area.nearly_all")
    return f"{part:.1%}".replace("%", " %")


def _in_raster(
    raster: FlacRaster, area: Area, bounds: Bounds
) -> tuple[Bounds, Sequence[Position], float | None]:
    """Return the bbox in the raster's CRS, the shape that it holds, and the length of a turn."""
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
    """Whether it matters if x is a longitude; to find that out takes a while."""
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


def widen_to_tiles(level: Level, parts: tuple[Part, ...]) -> tuple[Part, ...]:
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
        return (Part(window, bounds=parts[0].bounds),)
    seam = first.col_off + first.width
    rows = Window(left, top, seam - left, bottom - top).intersection(level.window)
    return (
        parts[0]._replace(window=rows),
        parts[1]._replace(window=rows._replace(col_off=0, width=right), column=rows.width),
    )
