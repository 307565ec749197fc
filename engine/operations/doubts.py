"""Hints about a well-formed bbox that is probably wrong."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Callable

from ..errors import InputError, Message
from ..model.grid import Bounds
from ..model.metadata import RasterMetadata
from ..model.overlap import Position
from .longitudes import Place, listed, outside_fraction


def order_hint(
    place: Place, bbox: Bounds, to_raster: Callable[[Bounds], Sequence[Position]]
) -> str:
    """Return a hint if a bbox lies inside when its numbers are read as xmin, xmax, ymin, ymax.

    Parameters
    ----------
    place : Place
        Of the raster.
    bbox : Bounds
        In any CRS; most of it outside.
    to_raster : callable
        Returns the outline of a bbox in the raster's CRS.
    """
    swapped = (bbox[0], bbox[2], bbox[1], bbox[3])
    if swapped[0] > swapped[2] or swapped[1] > swapped[3]:
        return ""
    try:
        is_inside = not outside_fraction(place, to_raster(swapped))
    except InputError:  # it has no place in that CRS
        return ""
    return Message("area.order_hint", found=listed(swapped)) if is_inside else ""


def may_be_map(bounds: Bounds, metadata: RasterMetadata) -> bool:
    """Whether a bbox, which counts pixels, looks as if map coordinates of the points were meant."""
    xs, ys = [point.x for point in metadata.gcps], [point.y for point in metadata.gcps]
    is_near = bounds[0] <= max(xs) and bounds[2] >= min(xs)
    is_near = is_near and bounds[1] <= max(ys) and bounds[3] >= min(ys)
    return is_near and not all(float(value).is_integer() for value in bounds)


def counts_pixels(name: str, metadata: RasterMetadata) -> Message | None:
    """Return a warning if a raster has ground control points but no transform."""
    if metadata.has_transform or not metadata.gcps:
        return None
    crs = short_crs(metadata.gcps_crs, "area.without_crs")
    return Message("area.counts_pixels", name, found=len(metadata.gcps), crs=crs)


def short_crs(crs: str | None, none: str = "area.pixels") -> str:
    """Name a CRS in a message: WKT may take pages."""
    if crs is None:
        return Message(none)
    return crs if len(crs) <= 60 else f"{crs[:57]}..."
