"""Open datasets of GDAL, and list the rasters in them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from ..errors import InputError
from ..storage.urls import redact, redact_text
from .environment import gdal_errors, rasterio_module
from .names import utf8_names
from .redaction import cause_of

_SUBDATASET = re.compile("SUBDATASET_([0-9]{1,9})_NAME")
#: Attributes of files that follow NetCDF's conventions.
_OF_NETCDF = ("_NCProperties", "Conventions")


@contextmanager
def opened_dataset(path: str) -> Iterator[tuple[Any, str]]:
    """Open a dataset of rasterio for the length of a ``with`` block, inside `quiet_rasterio`.

    It comes with the path by which GDAL knows it. Raises `InputError` if it cannot be opened.
    """
    name = redact(path)
    rasterio = rasterio_module()
    with ExitStack() as opened:
        try:
            here = path
            if os.path.exists(path):
                (here,) = map(str, opened.enter_context(utf8_names(Path(path))))
            dataset = _as_netcdf(rasterio.open(here), here, rasterio)
            dataset = _with_all_values(dataset, rasterio)
            opened.callback(dataset.close)  # as a context, it may keep an environment of GDAL
        except UnicodeEncodeError as error:
            raise InputError("input.name_not_utf8", name) from cause_of(path, error)
        except gdal_errors(rasterio, ValueError, TypeError, OSError) as error:
            reason = redact_text(path, str(error))
            raise _cannot_open(name, reason) from cause_of(path, error)
        yield dataset, here


def _as_netcdf(dataset: Any, path: str, rasterio: Any) -> Any:
    """Open a NetCDF file again that GDAL takes for one of HDF5 because of its suffix.

    The driver of HDF5 reads neither times nor coordinates.
    """
    if not dataset.driver.startswith("HDF5") or not os.path.exists(path):
        return dataset
    try:
        if not any(key in dataset.tags() for key in _OF_NETCDF):
            return dataset
        as_netcdf = rasterio.open(f'NETCDF:"{path}"')
    except gdal_errors(rasterio, ValueError, OSError):  # ValueError: texts that are not UTF-8
        return dataset
    dataset.close()
    return as_netcdf


def _with_all_values(dataset: Any, rasterio: Any) -> Any:
    """Open a NetCDF variable again that says which values are valid.

    The driver turns all others into nodata, so that they would be lost.
    """
    if dataset.driver != "netCDF" or not any("#valid_" in key for key in dataset.tags()):
        return dataset
    with_all = rasterio.open(dataset.name, HONOUR_VALID_RANGE="NO")
    dataset.close()
    return with_all


def _cannot_open(name: str, error: str) -> InputError:
    if "No such file" in error:
        return InputError("input.missing", name)
    if os.path.isdir(name):
        return InputError("input.folder_no_raster", name)
    return InputError("input.not_raster", name, reason=error)


def subdatasets(dataset: Any) -> list[str]:
    """Return GDAL's names of the rasters in a file, in order."""
    found = {}
    for key, name in dataset.tags(ns="SUBDATASETS").items():
        number = _SUBDATASET.fullmatch(key)
        if number:
            found[int(number[1])] = name
    return [found[number] for number in sorted(found)]
