"""Read every other raster format, and write GeoTIFF and COG, through rasterio.

rasterio brings its own GDAL and PROJ, which a QGIS process should not load without need. This
package is the only one that depends on rasterio, and imports it when a raster of another format is
read or written.
"""

from .crs import (
    crs_to_wkt,
    linear_unit,
    same_crs,
    transform_bounds,
    transform_outline,
    units_per_turn,
)
from .environment import rasterio_environment
from .names import utf8_names
from .pyramids import build_overviews, cog_overviews, resampling
from .reader import RasterioRaster
from .sidecar import SIDECAR, sidecars, write_sidecar
from .template import geotiff_template
from .writer import GeoTiffWriter, check_written, copy_geotiff, needs_copy, reading_back

__all__ = [
    "SIDECAR",
    "GeoTiffWriter",
    "RasterioRaster",
    "build_overviews",
    "check_written",
    "cog_overviews",
    "copy_geotiff",
    "crs_to_wkt",
    "units_per_turn",
    "geotiff_template",
    "linear_unit",
    "needs_copy",
    "rasterio_environment",
    "reading_back",
    "resampling",
    "same_crs",
    "sidecars",
    "transform_bounds",
    "transform_outline",
    "utf8_names",
    "write_sidecar",
]
