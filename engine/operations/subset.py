"""Metadata of an area of a raster."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ..errors import Message
from ..model.metadata import Band, GroundControlPoint, RasterMetadata, Tags
from .plan import AreaPlan

#: GDAL's domain of arrays with the position of every pixel, counted in pixels of the whole raster.
_GEOLOCATION = "GEOLOCATION"
#: Prefix of the tags in which GDAL stores statistics of all pixels of a band.
_STATISTICS = "STATISTICS_"


def subset_metadata(plan: AreaPlan) -> tuple[RasterMetadata, tuple[str, ...]]:
    """Return the metadata of an area of a raster.

    Transform, ground control points and RPCs are moved to the area. A raster without georeference
    gets none.

    Returns
    -------
    metadata : RasterMetadata
    warnings : tuple of str
        A sentence for each item that the area cannot keep.
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
        rpcs = _moved_rpcs(rpcs, plan)
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
        bands=tuple(map(_without_statistics, chosen)),
        gcps=tuple(_moved_point(point, plan) for point in gcps),
        rpcs=rpcs,
        tags=tags,
    )
    return part, tuple(warnings)


def _moved_point(point: GroundControlPoint, plan: AreaPlan) -> GroundControlPoint:
    factor, window = 2**plan.level, plan.window
    return replace(
        point, row=point.row / factor - window.row_off, col=point.col / factor - window.col_off
    )


def _moved_rpcs(rpcs: Mapping[str, str], plan: AreaPlan) -> dict[str, str] | None:
    """Return RPCs that count from the window's corner; None if their offsets are not numbers.

    RPCs count from the center of the first pixel, windows from its corner.
    """
    factor, window = 2**plan.level, plan.window
    moved = dict(rpcs)
    try:
        for name, offset in (("LINE", window.row_off), ("SAMP", window.col_off)):
            place = (float(rpcs[f"{name}_OFF"]) + 0.5) / factor - offset - 0.5
            moved[f"{name}_OFF"] = f"{place:.15g}"
            moved[f"{name}_SCALE"] = f"{float(rpcs[f'{name}_SCALE']) / factor:.15g}"
    except (KeyError, ValueError):
        return None
    return moved


def _without_statistics(band: Band) -> Band:
    """Return a band without statistics and histograms, which were those of all pixels."""
    tags: Tags = {
        domain: {key: text for key, text in items.items() if not key.startswith(_STATISTICS)}
        for domain, items in band.tags.items()
    }
    kept = {domain: items for domain, items in tags.items() if items}
    return replace(band, tags=kept, histograms=())
