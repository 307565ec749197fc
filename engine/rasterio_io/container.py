"""Files of several rasters: which of their variables are rasters, and which describe others."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, replace
from typing import Any

from ..errors import InputError
from ..job import NO_JOB, Job
from .dataset import opened_dataset, subdatasets
from .environment import gdal_errors, quiet_rasterio
from .redaction import redacted_logs

#: What a variable is.
RASTER, BOUNDS, COORDINATES, TEXT, EMPTY, LINE = "raster bounds coordinates text empty line".split()
_BOUNDS_NAME = re.compile(r"(.+_)?(bnds|bounds)", re.IGNORECASE)
#: Attributes by which a variable names others, and what these are.
_REFERENCES = {
    "bounds": BOUNDS,
    "climatology": BOUNDS,
    "coordinates": COORDINATES,
    "geolocation": COORDINATES,
}
_COORDINATE_NAMES = {"latitude", "longitude", "projection_x_coordinate", "projection_y_coordinate"}
_COORDINATE_UNITS = re.compile(r"degrees?_?(north|east|n|e)", re.IGNORECASE)
#: The variable in a name of GDAL, which later releases put in quotes if it has a space.
_VARIABLE = re.compile(r'(?:NETCDF|HDF5|ZARR):.*:(?:"([^"]+)"|([^":]+))', re.IGNORECASE | re.DOTALL)
#: Tags that name the variable of a band, by the driver.
_BAND_NAMES = {"netCDF": "NETCDF_VARNAME", "GRIB": "GRIB_ELEMENT"}
#: How GDAL describes a variable, such as ``[3x2] lat_bnds (64-bit floating-point)``.
_SHAPE = re.compile(r"\[(\d+(?:x\d+)*)\]")
_NOT_NUMBERS = ("(8-bit character)", "()")


@dataclass(frozen=True)
class Part:
    """One of several rasters in a file.

    Parameters
    ----------
    source : str
        GDAL's name.
    path : str
        The variable, with its groups, such as ``model/tas``; empty where GDAL's name has none.
    role : str
        What it is, such as `RASTER`.
    """

    source: str
    path: str
    role: str = RASTER


@dataclass(frozen=True)
class Container:
    """What GDAL finds in a file.

    Parameters
    ----------
    bands : tuple of str
        The variable of each band of the raster that GDAL opens, or an empty text. Empty if it opens
        none.
    parts : tuple of Part
        Rasters that GDAL opens by names of their own.
    """

    bands: tuple[str, ...]
    parts: tuple[Part, ...]


def read_container(path: str, job: Job = NO_JOB) -> Container:
    """List the rasters in a file.

    Raises `InputError` if it cannot be opened, or is a raster of several in a file with a name that
    GDAL cannot use.
    """
    with quiet_rasterio() as rasterio, redacted_logs(path), ExitStack() as opened:
        dataset, here = opened.enter_context(opened_dataset(path))
        key = _BAND_NAMES.get(dataset.driver)
        bands = tuple(_variable_of(dataset, n, key, job) for n in range(1, dataset.count + 1))
        names = subdatasets(dataset)
        if names and here != path:
            raise InputError("input.name_not_utf8", path)
        if names and '"' in path and os.path.exists(path):
            raise InputError("variable.quoted", path, found=len(names))
        texts = dataset.tags(ns="SUBDATASETS")
        described = {texts[key]: texts.get(f"{key[:-4]}DESC", "") for key in texts}
        parts, references = [], set()
        for name in names:
            job.check()
            part, found = _read_part(name, described.get(name, ""), rasterio)
            parts.append(part)
            references |= found
    return Container(bands, tuple(_with_roles(parts, references)))


def _variable_of(dataset: Any, band: int, key: str | None, job: Job) -> str:
    job.check()
    return "" if key is None else str(_tags(dataset, band).get(key, ""))


def _tags(dataset: Any, band: int = 0) -> dict[str, str]:
    """Return items of metadata, none where one is not UTF-8; `reader` decodes them all."""
    try:
        return dict(dataset.tags(band))
    except UnicodeDecodeError:
        return {}


#: That a variable describes others: its group or one below that, its name and its role.
Reference = tuple[str, str, str]


def _read_part(name: str, description: str, rasterio: Any) -> tuple[Part, set[Reference]]:
    """Return a part as far as it says itself what it is, and what it says about others."""
    part = Part(name, _path_of(name))
    shape = _SHAPE.match(description)
    lengths = shape[1].split("x") if shape else ["", ""]
    if "0" in lengths:
        return replace(part, role=EMPTY), set()
    if description.endswith(_NOT_NUMBERS):
        return replace(part, role=TEXT), set()
    if len(lengths) == 1:
        return replace(part, role=LINE), set()
    if _BOUNDS_NAME.fullmatch(part.path.rpartition("/")[2]):
        part = replace(part, role=BOUNDS)
    try:
        with rasterio.open(name) as dataset:
            tags, own = _tags(dataset), _tags(dataset, 1) if dataset.count else {}
    except gdal_errors(rasterio, ValueError, OSError):  # raised again when it is converted
        return part, set()
    is_place = (
        own.get("standard_name") in _COORDINATE_NAMES
        or _COORDINATE_UNITS.fullmatch(own.get("units", "")) is not None
    )
    if is_place and part.role == RASTER:
        part = replace(part, role=COORDINATES)
    return part, set(_references(tags))


def _path_of(name: str) -> str:
    """Return the variable in a name of GDAL for files whose variables have groups."""
    found = _VARIABLE.fullmatch(name)
    return "" if found is None else (found[1] or found[2]).strip("/")


def _references(tags: Mapping[str, str]) -> Iterator[Reference]:
    for key, text in tags.items():
        variable, _, attribute = key.rpartition("#")
        role = _REFERENCES.get(attribute)
        if role is not None and variable:
            group = variable.rpartition("/")[0].strip("/")
            for name in text.split():
                place, _, last = name.strip("/").rpartition("/")
                yield place or group, last, role


def _with_roles(parts: Iterable[Part], references: set[Reference]) -> list[Part]:
    """Return parts with the roles that others give them."""
    found = []
    for part in parts:
        group, _, name = part.path.rpartition("/")
        for place, other, role in sorted(references):
            is_above = not group or f"{place}/".startswith(f"{group}/")
            if other == name and is_above and part.role == RASTER:
                part = replace(part, role=role)
        found.append(part)
    if all(part.role != RASTER for part in found):  # a file of nothing but coordinates
        found = [replace(p, role=RASTER) if p.role == COORDINATES else p for p in found]
    return found
