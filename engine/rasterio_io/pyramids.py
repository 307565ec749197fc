"""Overviews of GeoTIFF, which GDAL makes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ..errors import InputError
from ..metadata import RasterMetadata
from .library import failures, quiet_rasterio
from .writing import refused

#: Pixels of a side of a block; a raster of no more than one block needs no overviews.
_BLOCK = 256


def resampling(metadata: RasterMetadata, overviews: str) -> str:
    """Name GDAL's way to make overviews.

    Parameters
    ----------
    metadata : RasterMetadata
    overviews : str
        One of `writer.OVERVIEWS` but ``none``.

    Raises
    ------
    InputError
        If there is no such way for the data type.
    """
    is_complex = metadata.dtype.startswith("complex")
    if overviews == "auto":
        return "mode" if metadata.is_classes and not is_complex else "average"
    if overviews == "mode" and is_complex:
        raise InputError(
            f"Overviews of {metadata.dtype} cannot be made by mode in a GeoTIFF: complex numbers "
            "have none there; choose average or nearest."
        )
    return overviews


def cog_overviews(metadata: RasterMetadata, overviews: str) -> dict[str, Any]:
    """Return the options of a Cloud Optimized GeoTIFF; see `resampling`."""
    if overviews == "none":
        return {"overviews": "none"}
    return {"overview_resampling": resampling(metadata, overviews)}


def build_overviews(
    part: Path, path: Path, metadata: RasterMetadata, overviews: str, workers: int
) -> None:
    """Put overviews into a GeoTIFF, each half as wide and high as the one before.

    Parameters
    ----------
    part : Path
        The file.
    path : Path
        What to call it in errors.
    metadata : RasterMetadata
    overviews : str
        See `resampling`.
    workers : int
        Threads that compress.

    Raises
    ------
    OutputError
        If GDAL cannot write.
    """
    method, longest = resampling(metadata, overviews), max(metadata.width, metadata.height)
    factors = [2**n for n in range(1, 32) if longest > _BLOCK << (n - 1)]
    if not factors:
        return
    settings = {"GDAL_NUM_THREADS": workers, "GDAL_TIFF_OVR_BLOCKSIZE": _BLOCK}
    with quiet_rasterio() as rasterio:
        try:
            with rasterio.Env(**settings), rasterio.open(part, "r+") as dataset:
                dataset.build_overviews(factors, rasterio.enums.Resampling[method])
        except failures(rasterio) as error:
            raise refused(path, error) from error
