"""What becomes of overviews, which come along with a raster but are no part of it."""

from __future__ import annotations

from pathlib import Path

from ..raster import Raster
from ..reader import FlacRaster
from .opening import is_flac_name, open_raster


def overview_notes(raster: Raster, path: Path, overviews: str) -> tuple[str, ...]:
    """Say where an output has none of the input's overviews, or others than one might expect.

    Parameters
    ----------
    raster : Raster
        The input.
    path : Path
        The output.
    overviews : str
        How they were made, ``none`` where that was not to be.

    Returns
    -------
    tuple of str
        Sentences.
    """
    had_some, is_tiff = _has_overviews(raster), not is_flac_name(path)
    if overviews == "none":
        if not had_some:
            return ()
        text = f"{path} has no overviews, though {raster.name} has some"
        return (f"{text}{_ADVICE if is_tiff else ''}.",)
    is_replaced = had_some and not is_tiff and not isinstance(raster, FlacRaster)
    is_rounded = is_tiff and raster.metadata.dtype in ("int64", "uint64")
    if not is_replaced and not is_rounded:
        return ()
    with open_raster(path) as made:
        if not _has_overviews(made):
            if not is_replaced:
                return ()
            lost = f"{path} has no overviews, though {raster.name} has some"
            return (f"{lost}; a raster this small needs none.",)
    if is_rounded:
        return (
            f"The overviews of {path} are rounded to float64, for GDAL makes them so of 64-bit "
            "integers; its full resolution is exact.",
        )
    return (
        f"The overviews of {path} were made from its pixels; those of {raster.name} were not taken "
        "over.",
    )


#: What each interface calls the option.
_ADVICE = (
    "; to make them, choose average, mode or nearest with --overviews (in QGIS: Overviews, in "
    "Python: overviews=), or make a Cloud Optimized GeoTIFF"
)


def _has_overviews(raster: Raster) -> bool:
    if isinstance(raster, FlacRaster):
        return len(raster.levels) > 1
    return bool(getattr(raster, "overview_count", 0))
