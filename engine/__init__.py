"""Geospatial rasters as lossless FLAC: the engine behind QGIS plugin and command line.

Import it as ``flac_raster_qgis.engine``. `convert`, `compare`, `describe`, `query`, `extract` and
`verify` do what the command line and the Processing tools do; `FlacRaster.open` reads any window of
any level as a numpy array.
"""

from importlib import import_module
from typing import Any

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

#: Public names whose packages may be missing, or take long to import, and where they are.
_LATER = {
    "DiskCache": "storage.disk_cache",
    "ProcessExecutor": "parallel.processes",
    "new_session": "storage.remote.http_session",
    "open_url": "storage.open",
}
__all__ = [
    "Area",
    "ArrayRaster",
    "Band",
    "DiskCache",
    "FlacRaster",
    "FlacRasterError",
    "Job",
    "ProcessExecutor",
    "RasterMetadata",
    "Window",
    "WriteOptions",
    "__version__",
    "compare",
    "convert",
    "convert_files",
    "describe",
    "extract",
    "new_session",
    "open_url",
    "query",
    "verify",
    "write_raster",
]


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{_LATER[name]}", __name__), name)
