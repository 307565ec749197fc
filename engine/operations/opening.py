"""Open whatever a user names: a FLAC raster by this engine, anything else by rasterio."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Union

from ..errors import InputError
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
    if is_flac_name(name):
        raster = FlacRaster.open(name, workers=workers)
    else:
        if os.path.exists(name):
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
    if not os.fspath(name):
        raise InputError("No file is given; give the name of a FLAC raster.")
    with FlacRaster.open(name, workers=workers) as raster:
        yield raster
