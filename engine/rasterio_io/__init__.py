"""Every other raster format, through rasterio: open anything GDAL reads, write GeoTIFF and COG.

rasterio carries a GDAL and a PROJ of its own, which a QGIS process should not be burdened with
before it must. So this package is the only one that knows rasterio, and imports it only when a
raster of another format is read or written.
"""

from .library import crs_to_wkt, rasterio_environment, same_crs
from .placing import transform_bounds
from .reading import RasterioRaster
from .writing import GeoTiffWriter, check_written, copy_as_cog, sidecar, sidecars

__all__ = [
    "GeoTiffWriter",
    "RasterioRaster",
    "check_written",
    "copy_as_cog",
    "crs_to_wkt",
    "rasterio_environment",
    "same_crs",
    "sidecar",
    "sidecars",
    "transform_bounds",
]
