"""Notes about an output: what happened to overviews, and which options had no effect."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce
from pathlib import Path
from typing import Any

from ..errors import Message
from ..model.raster import Raster
from ..options import DEFAULT_EFFORT, STREAMING, TILED
from ..reading.flac_raster import FlacRaster
from .opening import is_flac_name, open_raster


def overview_notes(
    raster: Raster, path: Path, overviews: str, cog: bool = False
) -> tuple[str, ...]:
    """Return notes if an output has no overviews, or others than one might expect.

    ``overviews`` is how they were made, or ``none``. A Cloud Optimized GeoTIFF has overviews unless
    that is ``none``.
    """
    had_some, is_tiff = _has_overviews(raster), not is_flac_name(path)
    if overviews == "none":
        if not had_some:
            return ()
        remedy = "make_overviews" if is_tiff and not cog else ""
        return (Message("note.no_overviews", path, source=raster.name, remedy=remedy),)
    is_replaced = had_some and not is_tiff and not isinstance(raster, FlacRaster)
    is_rounded = is_tiff and raster.metadata.dtype in ("int64", "uint64")
    if not is_replaced and not is_rounded:
        return ()
    with open_raster(path) as made:
        if not _has_overviews(made):
            if not is_replaced:
                return ()
            return (Message("note.small_raster", path, source=raster.name),)
    if is_rounded:
        return (Message("note.rounded_overviews", path),)
    return (Message("note.own_overviews", path, source=raster.name),)


#: Options that have no effect on some outputs: their codes, and their defaults.
_OPTIONS = {
    "effort": ("name.effort", DEFAULT_EFFORT),
    "interleave": ("name.interleave", "auto"),
    "tile_bands": ("name.tile_bands", None),
    "compression_level": ("name.compression_level", None),
    "tile_size": ("name.tile_size", None),
    "cog": ("name.cog", False),
}
#: Kinds of outputs: their codes, and the options that have no effect on them.
_KINDS = {
    "geotiff": (
        "output.geotiff",
        ("effort", "interleave", "tile_bands", "compression_level", "tile_size"),
    ),
    STREAMING: ("output.streaming", ("effort", "interleave", "tile_bands", "cog")),
    TILED: ("output.tiled", ("cog",)),
    "netcdf": ("output.netcdf", ("cog",)),
}


def unused_options(path: Path, kind: str, options: Mapping[str, Any]) -> tuple[str, ...]:
    """Return a sentence about the options that were set and have no effect on an output.

    The kind is ``geotiff`` or ``netcdf``, or the layout of a FLAC output.
    """
    kind_code, names = _KINDS[kind]
    codes = [
        code for name in names for code, default in [_OPTIONS[name]] if options[name] != default
    ]
    if not codes:
        return ()
    *others, last = map(Message, codes)
    output = Message(kind_code)
    if not others:
        return (Message("note.unused_option", path, kind=output, option=last),)
    listed = reduce(lambda first, next_: Message("note.list", first=first, next=next_), others)
    return (Message("note.unused_options", path, kind=output, options=listed, last=last),)


def _has_overviews(raster: Raster) -> bool:
    if isinstance(raster, FlacRaster):
        return len(raster.levels) > 1
    return bool(getattr(raster, "overview_count", 0))
