"""Geospatial rasters as lossless FLAC: the engine behind QGIS plugin and command line.

Import it as ``flac_raster_qgis.engine``. `convert`, `compare`, `info`, `query`, `extract`, `sample`
and `verify` do what the command line and the Processing tools do; `FlacRaster.open` reads any
window of any level as a numpy array.
"""

from typing import TYPE_CHECKING, Any

from ._version import __version__
from .errors import (
    AreaInTwo,
    Cancelled,
    CorruptFile,
    CorruptTile,
    DisjointArea,
    FlacRasterError,
    InputError,
    MissingDependency,
    NotFlacRaster,
    OutputError,
    OutputExists,
    OutsideRaster,
    RemoteChanged,
    RemoteError,
    RemoteTimeout,
    UnsupportedRaster,
    UnsupportedVersion,
    WorkerError,
)
from .job import Job

if TYPE_CHECKING:
    from .model.grid import Window
    from .model.metadata import Band, RasterMetadata
    from .model.raster import ArrayRaster
    from .operations.area import Area
    from .operations.batch import FileOutcome, convert_files
    from .operations.compare import Comparison, compare
    from .operations.convert import ConvertResult, convert
    from .operations.extract import ExtractResult, extract
    from .operations.index import IndexResult, index
    from .operations.info import describe as describe
    from .operations.info import info
    from .operations.plan import AreaPlan, plan_area
    from .operations.query import query
    from .operations.sample import Samples, sample
    from .operations.sample_plan import SamplePlan, plan_sample
    from .operations.verify import TileCheck, Verification, verify
    from .parallel.processes import ProcessExecutor
    from .reading.flac_raster import FlacRaster
    from .storage.disk_cache import DiskCache
    from .storage.open import open_url
    from .storage.remote.http_session import new_session
    from .storage.remote.retry import RetryPolicy
    from .virtual_tiff import rasterio_opener
    from .writing.options import WriteOptions
    from .writing.writer import write_raster
    from .xarray_io.write import to_flac as to_flac

#: Where public names are, if not in operations. They are imported when they are asked for: numpy
#: alone takes a tenth of a second, in which the command line could not be interrupted, and some
#: need optional packages.
_PLACES = {
    "ArrayRaster": "model.raster",
    "Band": "model.metadata",
    "DiskCache": "storage.disk_cache",
    "FlacRaster": "reading.flac_raster",
    "ProcessExecutor": "parallel.processes",
    "RasterMetadata": "model.metadata",
    "RetryPolicy": "storage.remote.retry",
    "Window": "model.grid",
    "WriteOptions": "writing.options",
    "describe": "operations",
    "new_session": "storage.remote.http_session",
    "open_url": "storage.open",
    "rasterio_opener": "virtual_tiff",
    "to_flac": "xarray_io.write",  # not in `__all__`, which must not need xarray
    "write_raster": "writing.writer",
}
__all__ = [
    "Area",
    "AreaInTwo",
    "AreaPlan",
    "ArrayRaster",
    "Band",
    "Cancelled",
    "Comparison",
    "ConvertResult",
    "CorruptFile",
    "CorruptTile",
    "DisjointArea",
    "DiskCache",
    "ExtractResult",
    "FileOutcome",
    "FlacRaster",
    "FlacRasterError",
    "IndexResult",
    "InputError",
    "Job",
    "MissingDependency",
    "NotFlacRaster",
    "OutputError",
    "OutputExists",
    "OutsideRaster",
    "ProcessExecutor",
    "RasterMetadata",
    "RemoteChanged",
    "RemoteError",
    "RemoteTimeout",
    "RetryPolicy",
    "SamplePlan",
    "Samples",
    "TileCheck",
    "UnsupportedRaster",
    "UnsupportedVersion",
    "Verification",
    "Window",
    "WorkerError",
    "WriteOptions",
    "__version__",
    "compare",
    "convert",
    "convert_files",
    "extract",
    "index",
    "info",
    "new_session",
    "open_url",
    "plan_area",
    "plan_sample",
    "query",
    "rasterio_opener",
    "sample",
    "verify",
    "write_raster",
]


def __getattr__(name: str) -> Any:
    if name not in _PLACES and name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    # not by importlib: QGIS watches this function to know what to unload with the plugin
    module = __import__(f"{__name__}.{_PLACES.get(name, 'operations')}", fromlist=[name])
    value = globals()[name] = getattr(module, name)
    return value
