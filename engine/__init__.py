"""Geospatial rasters as lossless FLAC: the engine behind QGIS plugin and command line.

Import it as ``flac_raster_qgis.engine``. `convert`, `compare`, `describe`, `query`, `extract` and
`verify` do what the command line and the Processing tools do; `FlacRaster.open` reads any window of
any level as a numpy array.
"""

from ._version import __version__
from .errors import FlacRasterError
from .job import Job
from .model.grid import Window
from .model.metadata import Band, RasterMetadata
from .model.raster import ArrayRaster
from .operations import Area, compare, convert, convert_files, describe, extract, query, verify
from .reading.flac_raster import FlacRaster
from .writing.options import WriteOptions
from .writing.writer import write_raster

__all__ = [
    "Area",
    "ArrayRaster",
    "Band",
    "FlacRaster",
    "FlacRasterError",
    "Job",
    "RasterMetadata",
    "Window",
    "WriteOptions",
    "__version__",
    "compare",
    "convert",
    "convert_files",
    "describe",
    "extract",
    "query",
    "verify",
    "write_raster",
]
