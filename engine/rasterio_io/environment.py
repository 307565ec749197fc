"""rasterio itself: imported late, in an environment that fits it."""

from __future__ import annotations

import os
import re
import threading
import warnings
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from types import ModuleType
from typing import Any

from ..errors import Message, MissingDependency

#: Set by launchers of QGIS to its own PROJ and GDAL data, which do not fit the ones that rasterio
#: may carry.
_FOREIGN_DATA = ("PROJ_LIB", "PROJ_DATA", "GDAL_DATA")
_HIDING = threading.RLock()
_THREAD = threading.local()
#: Bytes of GDAL's cache of decoded blocks; the default, a twentieth of all memory, is far more than
#: one pass needs. GDAL takes small numbers for megabytes, rasterio all for bytes.
_CACHE = 64 << 20
#: Masks go inside the file, so that one file is all there is.
_SETTINGS = {"GDAL_CACHEMAX": _CACHE, "GDAL_TIFF_INTERNAL_MASK": True}
#: Bytes by which the cache is emptied, less than most blocks have.
_STEP = 128 << 10


@contextmanager
def _foreign_data_hidden() -> Iterator[None]:
    """Take the paths of another PROJ and GDAL out of the environment, and put them back."""
    with _HIDING:
        hidden = {key: os.environ.pop(key) for key in _FOREIGN_DATA if key in os.environ}
        try:
            yield
        finally:
            os.environ.update(hidden)


@cache
def rasterio_module() -> ModuleType:
    """Import rasterio with the environment it was built for.

    Raises
    ------
    MissingDependency
    """
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
    """Provide rasterio without its warning of rasters that have no georeference."""
    with rasterio_environment() as rasterio, warnings.catch_warnings():
        warnings.simplefilter("ignore", rasterio.errors.NotGeoreferencedWarning)
        yield rasterio


@contextmanager
def rasterio_environment() -> Iterator[ModuleType]:
    """Provide rasterio with our settings of GDAL, in this thread.

    Inside one, another one is the same: to begin or leave it takes a millisecond.
    """
    rasterio = rasterio_module()
    if getattr(_THREAD, "holds_environment", False):
        yield rasterio
        return
    with ExitStack() as stack:
        with _foreign_data_hidden():  # where an environment begins, rasterio looks for its data
            stack.enter_context(rasterio.Env(**_SETTINGS))
        _THREAD.holds_environment = True
        try:
            yield rasterio
        finally:
            _THREAD.holds_environment = False


def with_quick_indexes(dataset: Any) -> Any:
    """Have an open dataset say its bands as a range.

    rasterio looks each band up in a tuple of all of them, which it makes anew each time: of 65,535
    bands that takes minutes a block, which nothing can interrupt.
    """
    kind: type = type(dataset)
    dataset.__class__ = _quick_class(kind)
    return dataset


@cache
def _quick_class(kind: type) -> type:
    indexes = property(lambda self: range(1, self.count + 1))
    return type(kind.__name__, (kind,), {"indexes": indexes, "__slots__": ()})


def flush_block_cache() -> None:
    """Have GDAL write out what is in its cache, a block at a time; within `quiet_rasterio`.

    To close a file does so at once, and rasterio lets no other Python run meanwhile: an interface
    would stand still for as long as tens of megabytes take to compress.
    """
    from rasterio._env import set_gdal_config

    for size in range(_CACHE - _STEP, 0, -_STEP):
        set_gdal_config("GDAL_CACHEMAX", size)
    set_gdal_config("GDAL_CACHEMAX", _CACHE)


def gdal_errors(rasterio: ModuleType, *others: type[Exception]) -> tuple[type[Exception], ...]:
    """Return what rasterio raises when GDAL fails, and others along with it.

    Its I/O error is no RasterioError, and copying lets GDAL's own errors through.
    """
    from rasterio._err import CPLE_BaseError

    own = (rasterio.errors.RasterioError, rasterio.errors.RasterioIOError, CPLE_BaseError)
    return (*own, *others)


# ---------------------------------------------------------------- CRS


#: Of a WKT; two quotation marks are one that belongs to the name.
_KIND_AND_NAME = re.compile(r'\w+\["((?:[^"]|"")*)"')
