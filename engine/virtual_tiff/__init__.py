"""A FLAC raster as a virtual GeoTIFF: any program that reads GeoTIFF through GDAL reads it.

It must not import operations, command line or QGIS, and opens no sockets but on the loopback
address.
"""

from .served_rasters import ServedRasters, address
from .server import HOST, LoopbackServer
from .virtual_file import VirtualFile, rasterio_opener
from .virtual_tiff import VirtualTiff

__all__ = [
    "HOST",
    "LoopbackServer",
    "ServedRasters",
    "VirtualFile",
    "VirtualTiff",
    "address",
    "rasterio_opener",
]
