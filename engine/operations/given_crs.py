"""A CRS that the user assigns to a raster that has none."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TypeVar

from ..errors import InputError, Message
from ..model.metadata import RasterMetadata
from ..model.raster import Raster
from ..reading.flac_raster import FlacRaster
from .given_times import with_metadata

AnyRaster = TypeVar("AnyRaster", bound=Raster)


def with_given_crs(raster: AnyRaster, crs: str | None) -> AnyRaster:
    """Return a raster with the CRS that `convert` is given, for its map coordinates or its GCPs.

    It shares its file with the raster, and is not closed by itself. Raises `InputError` if the
    raster has another CRS already: pixels are not moved to another one.
    """
    if crs is None:
        return raster
    if not isinstance(crs, str):
        raise InputError("crs.given_type", found=f"{crs!r:.80}")
    # not at the top: rasters are copied where rasterio is not installed
    from ..rasterio_io.crs import normalized_crs, same_crs

    metadata = raster.metadata
    given = normalized_crs(crs, raster.name)
    own = metadata.gcps_crs if metadata.gcps else metadata.crs
    if own is not None:
        if same_crs(own, given):
            return raster
        raise InputError("crs.has_one", raster.name, expected=own[:60], found=given[:60])
    if metadata.gcps:
        return with_metadata(raster, replace(metadata, gcps_crs=given))
    return with_metadata(raster, replace(metadata, crs=given))


def with_place_notes(raster: Raster) -> tuple[str, ...]:
    """Return the warnings of a raster, and whether it lies nowhere, now that it may have a CRS."""
    own = (text for text in raster.warnings if getattr(text, "code", "") != "note.no_crs")
    return (*own, *_place_notes(raster))


def _place_notes(raster: Raster) -> tuple[Message, ...]:
    """Warn that a raster lies nowhere; of a FLAC raster, that was told before."""
    metadata = raster.metadata
    if isinstance(raster, FlacRaster) or metadata.gcps or metadata.rpcs:
        return ()
    if metadata.has_transform:
        return () if metadata.crs else (Message("note.no_crs", raster.name),)
    return (Message("note.no_grid", raster.name),) if _has_coordinates(metadata) else ()


def _has_coordinates(metadata: RasterMetadata) -> bool:
    """Whether a variable of NetCDF has coordinates beside it, which plain images have not."""
    attributes = metadata.tags.get("", {})
    return "GEOLOCATION" in metadata.tags or any(
        key.endswith("#units") and _DEGREES.fullmatch(text) for key, text in attributes.items()
    )


_DEGREES = re.compile("degrees?_?(?:north|east|n|e)", re.IGNORECASE)
