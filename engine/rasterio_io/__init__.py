"""Every other raster format, through rasterio: open anything GDAL reads, write GeoTIFF and COG.

rasterio carries a GDAL and a PROJ of its own, which a QGIS process should not be burdened with
before it must. So this package is the only one that knows rasterio, and imports it only when a
raster of another format is read or written.
"""

from .library import crs_to_wkt, rasterio_environment, same_crs
from .placing import transform_bounds
from .reading import RasterioRaster
from .sidecar import sidecar, sidecar_text, sidecars
from .writing import GeoTiffWriter, check_written, copy_geotiff, needs_copy

__all__ = [
    "GeoTiffWriter",
    "RasterioRaster",
    "check_written",
    "copy_geotiff",
    "crs_to_wkt",
    "needs_copy",
    "rasterio_environment",
    "same_crs",
    "sidecar",
    "sidecar_text",
    "sidecars",
    "transform_bounds",
]
