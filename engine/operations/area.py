"""Which part of a raster is meant: a bbox in any CRS, a tile or all of it, at one of its levels."""

from __future__ import annotations

import math
from dataclasses import dataclass

from ..errors import InputError
from ..grid import Bounds, Level, Window, level_for, level_transform
from ..overlap import bounds_window, check_bounds
from ..reader import FlacRaster

#: Names of tiles, besides numbers.
CENTER, LAST = "center", "last"


@dataclass(frozen=True)
class Area:
    """A part of a raster: a bbox or a tile, and where neither is given, all of it.

    Parameters
    ----------
    bbox : (xmin, ymin, xmax, ymax), optional
        Means the pixels whose area it overlaps, see `overlap.bounds_window`.
    crs : str, optional
        Of the bbox: an authority code such as ``"EPSG:4326"`` or WKT; default that of the raster.
        A bbox in another CRS means the smallest upright rectangle in the raster's CRS that holds
        it, its edges curved as they may be. East comes before north in every CRS.
    tile : int or str, optional
        A square of the level with all its bands: its number, counted row by row from 0, or
        ``"center"`` or ``"last"``.
    """

    bbox: Bounds | None = None
    crs: str | None = None
    tile: int | str | None = None

    def __post_init__(self) -> None:
        if self.bbox is not None and self.tile is not None:
            raise InputError("A bbox and a tile are both given; give one of them.")
        if self.crs is not None and self.bbox is None:
            raise InputError("The CRS of a bbox is given, but no bbox; give both, or neither.")
        if self.bbox is not None:
            check_bounds(self.bbox)


@dataclass(frozen=True)
class Selection:
    """An area in pixels.

    Parameters
    ----------
    level : Level
    window : Window
        Of the level; at least one pixel.
    """

    level: Level
    window: Window


def select(
    raster: FlacRaster,
    area: Area,
    *,
    level: int | None = None,
    resolution: float | None = None,
    whole_tiles: bool = False,
) -> Selection:
    """Find the pixels of an area.

    Parameters
    ----------
    raster : FlacRaster
    area : Area
    level : int, optional
        0, full resolution, is the default.
    resolution : float, optional
        Largest size of a pixel that will do, in the units of the raster's CRS: chooses the coarsest
        level whose pixels are no larger, and level 0 where even its pixels are.
    whole_tiles : bool
        Widen the window to all pixels of the tiles that it touches.

    Raises
    ------
    InputError
        If there is no such level or tile, or the area lies outside the raster.
    MissingDependency
        If the bbox has another CRS and rasterio, which knows how to change that, is not installed.
    """
    chosen = _level(raster, level, resolution)
    if area.bbox is not None:
        window = _bbox_window(raster, area, chosen)
    elif area.tile is not None:
        window = _tile_window(raster, area.tile, chosen)
    else:
        window = chosen.window
    return Selection(chosen, _widened(window, chosen) if whole_tiles else window)


def _level(raster: FlacRaster, level: int | None, resolution: float | None) -> Level:
    if level is not None and resolution is not None:
        raise InputError("A level and a resolution are both given; give one of them.")
    if resolution is not None:
        if not (math.isfinite(resolution) and resolution > 0):
            raise InputError(f"The resolution is {resolution}, expected more than 0.")
        a, b, _, d, e, _ = raster.metadata.transform
        largest = max(math.hypot(a, d), math.hypot(b, e))
        return level_for(raster.grid, resolution / largest) if largest else raster.levels[0]
    number = 0 if level is None else level
    if not 0 <= number < len(raster.levels):
        raise InputError(
            f"{raster.name} has levels 0 to {len(raster.levels) - 1}, not {number}; choose one of "
            "these."
        )
    return raster.levels[number]


def _bbox_window(raster: FlacRaster, area: Area, level: Level) -> Window:
    bounds = _bounds_in_raster(raster, area)
    transform = raster.metadata.transform
    window = bounds_window(level_transform(transform, level.number), bounds, level)
    # pixels of a coarser level may hang over the raster's edge
    touched = bounds_window(transform, bounds, raster.levels[0])
    if not (window.width and window.height and touched.width and touched.height):
        crs = raster.metadata.crs
        if area.crs is None:
            advice = "choose one inside, or say which CRS the bbox is in if that is another one"
        else:
            advice = f"in that CRS the bbox is {_listed(bounds)}; choose one inside"
        raise InputError(
            f"The bbox {_listed(area.bbox)} lies outside {raster.name}, whose bounds are "
            f"{_listed(raster.metadata.bounds)} in {_short(crs)}; {advice}."
        )
    return window


def _bounds_in_raster(raster: FlacRaster, area: Area) -> Bounds:
    crs = raster.metadata.crs
    if area.crs is None or area.crs == crs:
        return area.bbox  # type: ignore[return-value]
    if crs is None:
        raise InputError(
            f"{raster.name} has no CRS, so a bbox in {_short(area.crs)} has no place in it; give "
            "the bbox in the raster's own coordinates, without a CRS."
        )
    # not at the top: to read a FLAC raster must not need rasterio
    from ..rasterio_io import transform_bounds

    return transform_bounds(area.bbox, area.crs, crs)  # type: ignore[arg-type]


def _tile_window(raster: FlacRaster, tile: int | str, level: Level) -> Window:
    count = level.rows * level.columns
    if tile == CENTER:
        row, column = level.rows // 2, level.columns // 2
    elif tile == LAST:
        row, column = level.rows - 1, level.columns - 1
    elif isinstance(tile, int) and 0 <= tile < count:
        row, column = divmod(tile, level.columns)
    else:
        raise InputError(
            f"{raster.name} has tiles 0 to {count - 1} in level {level.number}, not {tile}; choose "
            f"one of these, or “{CENTER}” or “{LAST}”."
        )
    return level.tile_window(row, column)


def _widened(window: Window, level: Level) -> Window:
    """Return the pixels of all tiles that a window touches."""
    size = level.tile_size
    left, top = window.col_off // size * size, window.row_off // size * size
    right, bottom = window.col_off + window.width, window.row_off + window.height
    across, down = (-(-end // size) * size - start for end, start in ((right, left), (bottom, top)))
    return Window(left, top, across, down).intersection(level.window)


def _listed(bounds: Bounds | None) -> str:
    return f"({', '.join(f'{value:.10g}' for value in bounds or ())})"


def _short(crs: str | None) -> str:
    """Name a CRS in a message: WKT may take pages."""
    if crs is None:
        return "pixels, for it has no CRS"
    return crs if len(crs) <= 60 else f"{crs[:57]}..."
