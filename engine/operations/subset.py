"""What the metadata of a raster become when only a part of it is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from ..model.metadata import Band, GroundControlPoint, RasterMetadata, Tags
from .area import Selection

#: GDAL's domain of arrays that say where every pixel is, counted in pixels of the whole raster.
_GEOLOCATION = "GEOLOCATION"
#: Begins the names of tags that GDAL keeps of all pixels of a band.
_STATISTICS = "STATISTICS_"


def part_metadata(
    metadata: RasterMetadata, selection: Selection, bands: Sequence[int] | None
) -> tuple[RasterMetadata, tuple[str, ...]]:
    """Describe the part of a raster that a selection takes.

    The transform moves along, and so do ground control points and rational polynomials. A raster
    without georeference stays one.

    Parameters
    ----------
    metadata : RasterMetadata
    selection : Selection
    bands : sequence of int, optional
        From 1; default all.

    Returns
    -------
    metadata : RasterMetadata
    warnings : tuple of str
        A sentence for each thing that the part goes without.
    """
    chosen = metadata.bands
    if bands is not None:
        chosen = tuple(metadata.bands[number - 1] for number in bands)
    window = selection.window
    if selection.level.number == 0 and selection.is_whole_level:
        return replace(metadata, bands=chosen), ()
    warnings = []
    transform = metadata.transform
    if metadata.has_transform:
        transform = selection.transform(transform)
    rpcs, gcps = metadata.rpcs, metadata.gcps
    if len(selection.parts) > 1 and (rpcs or gcps):
        rpcs, gcps = None, ()
        warnings.append(
            "The output goes without the raster's ground control points and RPCs: it goes on from "
            "one end of the raster at the other, and they do not."
        )
    if rpcs is not None:
        rpcs = _moved_rpcs(rpcs, selection)
        if rpcs is None:
            warnings.append(
                "The output goes without the raster's RPCs: their offsets are no numbers, so they "
                "cannot be moved to a part of it."
            )
    tags = metadata.tags
    if _GEOLOCATION in tags:
        tags = {domain: items for domain, items in tags.items() if domain != _GEOLOCATION}
        warnings.append(
            "The output goes without the raster's geolocation arrays: they count the pixels of the "
            "whole raster."
        )
    part = replace(
        metadata,
        width=window.width,
        height=window.height,
        transform=transform,
        bands=tuple(map(_without_statistics, chosen)),
        gcps=tuple(_moved_point(point, selection) for point in gcps),
        rpcs=rpcs,
        tags=tags,
    )
    return part, tuple(warnings)


def _moved_point(point: GroundControlPoint, selection: Selection) -> GroundControlPoint:
    factor, window = 2**selection.level.number, selection.window
    return replace(
        point, row=point.row / factor - window.row_off, col=point.col / factor - window.col_off
    )


def _moved_rpcs(rpcs: Mapping[str, str], selection: Selection) -> dict[str, str] | None:
    """Count lines and samples from the window's corner; None where they are no numbers.

    RPCs count from the centre of the first pixel, and windows from its corner.
    """
    factor, window = 2**selection.level.number, selection.window
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
    """Leave out what was true of all pixels."""
    tags: Tags = {
        domain: {key: text for key, text in items.items() if not key.startswith(_STATISTICS)}
        for domain, items in band.tags.items()
    }
    kept = {domain: items for domain, items in tags.items() if items}
    return replace(band, tags=kept, histograms=())
