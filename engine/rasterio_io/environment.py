"""Import rasterio on demand, with matching GDAL and PROJ data."""

from __future__ import annotations

import os
import threading
import warnings
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from types import ModuleType
from typing import Any

from ..errors import Message, MissingDependency

#: Set by launchers of QGIS to PROJ and GDAL data that do not match the libraries in rasterio's
#: wheels.
_FOREIGN_DATA = ("PROJ_LIB", "PROJ_DATA", "GDAL_DATA")
_ENVIRONMENT_LOCK = threading.RLock()
_THREAD = threading.local()
#: Size of GDAL's block cache in bytes; the default of 5% of the memory is more than one pass needs.
#: GDAL interprets small numbers as megabytes, rasterio all numbers as bytes.
_CACHE = 64 << 20
#: Masks are written into the file, not beside it.
_SETTINGS = {"GDAL_CACHEMAX": _CACHE, "GDAL_TIFF_INTERNAL_MASK": True}
#: Bytes by which the cache is reduced per step; most blocks are larger.
_STEP = 128 << 10


@contextmanager
def _foreign_data_hidden() -> Iterator[None]:
    """Remove the paths of another PROJ and GDAL from the environment, and restore them."""
    with _ENVIRONMENT_LOCK:
        hidden = {key: os.environ.pop(key) for key in _FOREIGN_DATA if key in os.environ}
        try:
            yield
        finally:
            os.environ.update(hidden)


@cache
def rasterio_module() -> ModuleType:
    """Import rasterio with its own PROJ and GDAL data; raises `MissingDependency`."""
    try:
        with _foreign_data_hidden():
            import rasterio
            import rasterio.control
            import rasterio.enums
            import rasterio.env
            import rasterio.errors
            import rasterio.rpc
            import rasterio.shutil
            import rasterio.windows
    except ImportError as error:
        raise MissingDependency(
            "package.broken", purpose=Message("purpose.geotiff"), package="rasterio", reason=error
        ) from error
    module: ModuleType = rasterio
    return module


@contextmanager
def quiet_rasterio() -> Iterator[ModuleType]:
    """Provide rasterio without warnings about missing georeference."""
    with rasterio_environment() as rasterio, warnings.catch_warnings():
        warnings.simplefilter("ignore", rasterio.errors.NotGeoreferencedWarning)
        yield rasterio


@contextmanager
def rasterio_environment() -> Iterator[ModuleType]:
    """Provide rasterio with our GDAL settings in this thread.

    Nested environments share one, since entering takes a millisecond.
    """
    rasterio = rasterio_module()
    if getattr(_THREAD, "holds_environment", False):
        yield rasterio
        return
    with ExitStack() as stack:
        with _foreign_data_hidden():  # rasterio looks for its data on entering
            stack.enter_context(rasterio.Env(**_SETTINGS))
        _THREAD.holds_environment = True
        try:
            yield rasterio
        finally:
            _THREAD.holds_environment = False


def has_driver(name: str) -> bool:
    """Whether GDAL has a driver, by its short name such as ``netCDF``."""
    with quiet_rasterio() as rasterio, rasterio.Env(**_SETTINGS) as environment:
        return name in environment.drivers()


def with_quick_indexes(dataset: Any) -> Any:
    """Replace the property ``indexes`` of an open dataset by a range.

    rasterio builds a tuple of all bands for each lookup; with 65,535 bands that takes minutes per
    block and cannot be cancelled.
    """
    kind: type = type(dataset)
    dataset.__class__ = _quick_class(kind)
    return dataset


@cache
def _quick_class(kind: type) -> type:
    indexes = property(lambda self: range(1, self.count + 1))
    return type(kind.__name__, (kind,), {"indexes": indexes, "__slots__": ()})


def flush_block_cache() -> None:
    """Write the contents of GDAL's block cache one block at a time; inside `quiet_rasterio`.

    Closing a file writes all of them while rasterio holds the GIL, which would block a user
    interface while tens of megabytes are compressed.
    """
    from rasterio._env import set_gdal_config

    for size in range(_CACHE - _STEP, 0, -_STEP):
        set_gdal_config("GDAL_CACHEMAX", size)
    set_gdal_config("GDAL_CACHEMAX", _CACHE)


def gdal_errors(rasterio: ModuleType, *others: type[Exception]) -> tuple[type[Exception], ...]:
    """Return the exceptions that rasterio raises when GDAL fails, followed by others.

    Its I/O error is not a RasterioError, and copying raises GDAL's errors directly.
    """
    from rasterio._err import CPLE_BaseError

    own = (rasterio.errors.RasterioError, rasterio.errors.RasterioIOError, CPLE_BaseError)
    return (*own, *others)
