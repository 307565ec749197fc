"""Times of the bands of an open dataset, as tags."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from typing import Any

from ..errors import Message
from ..model.band_times import END, with_found_times
from ..model.cf_times import is_time_unit
from ..model.metadata import RasterMetadata
from .environment import gdal_errors, quiet_rasterio

#: Names of variables, with their groups, that may be put into a name of GDAL.
_VARIABLE = re.compile(r"[\w./@+-]{1,250}")
_SUBDATASET = re.compile(r'(netcdf:(?:"[^"]*"|.*)):"?[^:"]*"?', re.IGNORECASE | re.DOTALL)


def add_times(
    metadata: RasterMetadata, dataset: Any, name: str
) -> tuple[RasterMetadata, tuple[Message, ...]]:
    """Return metadata with the times of all bands, if these can be found, and a warning if not.

    The name is for the warning.
    """
    problems: list[Message] = []
    bounds = partial(_read_bounds, dataset)
    completed = with_found_times(metadata, problems, bounds)
    if completed is not metadata and _is_climatology(metadata):
        return completed, (Message("note.climatology", name),)
    if completed is not metadata:  # another rule may have found them
        unused = _unused_bounds(completed)
        return completed, () if unused is None else (Message("note.bounds", name, found=unused),)
    if not problems:
        return completed, ()
    return metadata, (Message("note.times", name, reason=problems[0]),)


def _is_climatology(metadata: RasterMetadata) -> bool:
    """Whether bands of NetCDF show several years together, such as all Januaries."""
    return any(key.endswith("#climatology") for key in metadata.tags.get("", {}))


def _unused_bounds(metadata: RasterMetadata) -> str | None:
    """Return the name of bounds of the times that the bands have not got."""
    top, items = metadata.tags.get("", {}), metadata.bands[0].tags.get("", {})
    for key, text in top.items():
        variable, _, attribute = key.rpartition("#")
        is_dimension = f"NETCDF_DIM_{variable.rpartition('/')[2]}" in items
        is_of_times = attribute == "bounds" and is_time_unit(top.get(f"{variable}#units", ""))
        if is_dimension and is_of_times and END not in items:
            return text
    return None


def _read_bounds(dataset: Any, variable: str) -> Sequence[tuple[str, str]] | None:
    """Read a variable of two columns beside a variable of NetCDF; None if there is none."""
    beside = name_beside(dataset, variable)
    if beside is None:
        return None
    with quiet_rasterio() as rasterio:
        try:
            with rasterio.open(beside) as opened:
                if (opened.count, opened.width) != (1, 2) or opened.height > dataset.count:
                    return None
                rows = opened.read(1).tolist()
        except gdal_errors(rasterio, ValueError, OSError):
            return None
    return [(repr(low), repr(high)) for low, high in rows]


def name_beside(dataset: Any, variable: str) -> str | None:
    """Return GDAL's name of a variable beside one of NetCDF; None if it may not be put into one."""
    if dataset.driver != "netCDF" or not _VARIABLE.fullmatch(variable):
        return None
    part = _SUBDATASET.fullmatch(dataset.name)
    return f"{part[1]}:{variable}" if part else f'NETCDF:"{dataset.name}":{variable}'
