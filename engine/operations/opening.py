"""Open whatever a user names: a FLAC raster by this engine, anything else by rasterio."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Union

from ..errors import InputError
from ..parallel import check_workers
from ..raster import Raster
from ..reader import FlacRaster
from ..source import LocalFile

RasterName = Union[str, "os.PathLike[str]"]
FLAC_SUFFIX = ".flac"


def is_flac_name(name: RasterName) -> bool:
    """Whether a name says FLAC by its suffix."""
    return Path(os.fspath(name)).suffix.lower() == FLAC_SUFFIX


@contextmanager
def open_raster(name: RasterName, *, workers: int | None = None) -> Iterator[Raster]:
    """Open a raster of any kind for the length of a ``with`` block.

    Raises
    ------
    InputError
        With a sentence that says why it cannot be opened.
    """
    raster: Raster
    _check_name(name)
    check_workers(workers)
    if is_flac_name(name):
        raster = FlacRaster.open(name, workers=workers)
    else:
        if _is_path(name):
            LocalFile(name).close()  # says it better than GDAL where the system refuses
        # not at the top: a FLAC raster must open where rasterio is not installed
        from ..rasterio_io import RasterioRaster

        raster = RasterioRaster(os.fspath(name))
    try:
        yield raster
    finally:
        raster.close()


@contextmanager
def open_flac(name: RasterName, *, workers: int | None = None) -> Iterator[FlacRaster]:
    """Open a FLAC raster, whatever its suffix."""
    _check_name(name)
    with FlacRaster.open(name, workers=workers) as raster:
        yield raster


def _check_name(name: RasterName) -> None:
    if not os.fspath(name):
        raise InputError("No raster is given; give the name of a file.")


def _is_path(name: RasterName) -> bool:
    """Whether a name is that of a file or folder, and nothing that only GDAL understands."""
    text = os.fspath(name)
    if os.path.isabs(text) and not text.startswith("/vsi"):
        return True
    try:
        return Path(text).exists()
    except (OSError, ValueError):
        return False
