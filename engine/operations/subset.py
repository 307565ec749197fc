"""Metadata of an area of a raster."""

from __future__ import annotations

from dataclasses import replace

from ..errors import Message
from ..model.metadata import RasterMetadata
from ..model.moved_points import move_gcps, move_rpcs
from .metadata_diff import tags_without_statistics
from .plan import AreaPlan

#: GDAL's domain of arrays with the position of every pixel, counted in pixels of the whole raster.
_GEOLOCATION = "GEOLOCATION"


def subset_metadata(plan: AreaPlan) -> tuple[RasterMetadata, tuple[str, ...]]:
    """Return the metadata of an area of a raster, and a sentence for each item that it cannot keep.

    Transform, ground control points and RPCs are moved to the area. A raster without georeference
    gets none.
    """
    metadata, window = plan.metadata, plan.window
    chosen = tuple(metadata.bands[number - 1] for number in plan.bands)
    if plan.level == 0 and plan.is_whole_level:
        return replace(metadata, bands=chosen), ()
    warnings = []
    transform = plan.transform if metadata.has_transform else metadata.transform
    rpcs, gcps = metadata.rpcs, metadata.gcps
    if len(plan.parts) > 1 and (rpcs or gcps):
        rpcs, gcps = None, ()
        warnings.append(Message("note.points_of_two_ends"))
    if rpcs is not None:
        rpcs = move_rpcs(rpcs, window, plan.level)
        if rpcs is None:
            warnings.append(Message("note.rpcs_not_numbers"))
    tags = metadata.tags
    if _GEOLOCATION in tags:
        tags = {domain: items for domain, items in tags.items() if domain != _GEOLOCATION}
        warnings.append(Message("note.geolocation"))
    part = replace(
        metadata,
        width=window.width,
        height=window.height,
        transform=transform,
        # statistics and histograms were those of all pixels
        bands=tuple(
            replace(band, tags=tags_without_statistics(band.tags), histograms=()) for band in chosen
        ),
        gcps=move_gcps(gcps, window, plan.level),
        rpcs=rpcs,
        tags=tags,
    )
    return part, tuple(warnings)
