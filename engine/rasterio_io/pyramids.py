"""Build overviews of GeoTIFF files with GDAL."""

from __future__ import annotations

import os
from pathlib import Path
from types import ModuleType
from typing import Any

from ..errors import InputError, OutputError
from ..model.metadata import RasterMetadata
from .environment import gdal_errors, quiet_rasterio
from .writer import copy_options, gdal_write_error

#: Width and height of blocks; a raster that fits into one block needs no overviews.
_BLOCK = 256


def resampling(metadata: RasterMetadata, overviews: str) -> str:
    """Return GDAL's name of a resampling method, one of `options.OVERVIEW_RESAMPLING` but ``none``.

    Raises `InputError` if the method does not support the data type.
    """
    is_complex = metadata.dtype.startswith("complex")
    if overviews == "auto":
        return "mode" if metadata.is_categorical and not is_complex else "average"
    if overviews == "mode" and is_complex:
        raise InputError("geotiff.complex_mode", found=metadata.dtype)
    return overviews


def cog_overviews(metadata: RasterMetadata, overviews: str) -> dict[str, Any]:
    """Return the options of a Cloud Optimized GeoTIFF; see `resampling`."""
    if overviews == "none":
        return {"overviews": "none"}
    return {"overview_resampling": resampling(metadata, overviews)}


def build_overviews(
    part: Path,
    path: Path,
    metadata: RasterMetadata,
    overviews: str,
    workers: int,
    has_sidecar: bool,
) -> None:
    """Add overviews to a GeoTIFF, each half as wide and high as the previous one.

    ``path`` is its name in errors, ``has_sidecar`` whether there is an ``.aux.xml`` beside it.
    Raises `OutputError` if GDAL cannot write.
    """
    method, longest = resampling(metadata, overviews), max(metadata.width, metadata.height)
    factors = [2**n for n in range(1, 32) if longest > _BLOCK << (n - 1)]
    if not factors:
        return
    settings = {"GDAL_NUM_THREADS": workers, "GDAL_TIFF_OVR_BLOCKSIZE": _BLOCK}
    with quiet_rasterio() as rasterio:
        try:
            # inside a TIFF with nodata in the sidecar GDAL would keep only the first overview
            with rasterio.Env(**settings, TIFF_USE_OVR=has_sidecar):
                with rasterio.open(part, "r+") as dataset:
                    dataset.build_overviews(factors, rasterio.enums.Resampling[method])
                if has_sidecar:
                    _internalize_overviews(part, copy_options(metadata, workers), rasterio)
            with rasterio.open(part) as dataset:
                found = dataset.overviews(1)
        except gdal_errors(rasterio) as error:
            raise gdal_write_error(path, error) from error
    if found != factors:
        raise OutputError("geotiff.overviews", path, found=str(found or "no"), expected=factors)


def _internalize_overviews(part: Path, options: dict[str, Any], rasterio: ModuleType) -> None:
    """Move external overviews into a GeoTIFF."""
    whole = part.with_suffix(".whole.tif")
    rasterio.shutil.copy(part, whole, **options, copy_src_overviews="yes")
    os.replace(whole, part)
    part.with_name(f"{part.name}.ovr").unlink()
