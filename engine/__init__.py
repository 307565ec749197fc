"""Geospatial rasters as lossless FLAC: the engine behind QGIS plugin and command line.

Import it as ``flac_raster_qgis.engine``. `convert`, `compare`, `info`, `query`, `extract` and
`verify` do what the command line and the Processing tools do; `FlacRaster.open` reads any window of
any level as a numpy array.
"""

from typing import TYPE_CHECKING, Any

from ._version import __version__
from .errors import FlacRasterError
from .job import Job

if TYPE_CHECKING:
    from .model.grid import Window
    from .model.metadata import Band, RasterMetadata
    from .model.raster import ArrayRaster
    from .operations.area import Area
    from .operations.batch import convert_files
    from .operations.compare import compare
    from .operations.convert import convert
    from .operations.extract import extract
    from .operations.info import describe as describe
    from .operations.info import info
    from .operations.plan import AreaPlan, plan_area
    from .operations.query import query
    from .operations.verify import verify
    from .parallel.processes import ProcessExecutor
    from .reading.flac_raster import FlacRaster
    from .storage.disk_cache import DiskCache
    from .storage.open import open_url
    from .storage.remote.http_session import new_session
    from .virtual_tiff import rasterio_opener
    from .writing.options import WriteOptions
    from .writing.writer import write_raster

#: Where public names are. They are imported when they are asked for: numpy alone takes a tenth of a
#: second, in which the command line could not be interrupted, and some need optional packages.
_PLACES = {
    **dict.fromkeys(
        (
            "Area",
            "AreaPlan",
            "compare",
            "convert",
            "convert_files",
            "describe",
            "extract",
            "info",
            "plan_area",
            "query",
            "verify",
        ),
        "operations",
    ),
    "ArrayRaster": "model.raster",
    "Band": "model.metadata",
    "DiskCache": "storage.disk_cache",
    "FlacRaster": "reading.flac_raster",
    "ProcessExecutor": "parallel.processes",
    "RasterMetadata": "model.metadata",
    "Window": "model.grid",
    "WriteOptions": "writing.options",
    "new_session": "storage.remote.http_session",
    "open_url": "storage.open",
    "rasterio_opener": "virtual_tiff",
    "write_raster": "writing.writer",
}
__all__ = [
    "Area",
    "AreaPlan",
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
    "extract",
    "info",
    "new_session",
    "open_url",
    "plan_area",
    "query",
    "rasterio_opener",
    "verify",
    "write_raster",
]


def __getattr__(name: str) -> Any:
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    # not by importlib: QGIS watches this function to know what to unload with the plugin
    module = __import__(f"{__name__}.{_PLACES[name]}", fromlist=[name])
    value = globals()[name] = getattr(module, name)
    return value
