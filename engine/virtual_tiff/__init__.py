"""A FLAC raster as a virtual GeoTIFF: any program that reads GeoTIFF through GDAL reads it.

It must not import operations, command line or QGIS, and opens no sockets but on the loopback
address.
"""

from .served_rasters import ServedRasters
from .server import LoopbackServer, listen
from .virtual_file import VirtualFile, rasterio_opener
from .virtual_tiff import VirtualTiff

__all__ = [
    "LoopbackServer",
    "ServedRasters",
    "VirtualFile",
    "VirtualTiff",
    "listen",
    "rasterio_opener",
]
